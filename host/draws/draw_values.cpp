#include "host/draws/draw_values.hpp"

#include <algorithm>
#include <utility>

#include "host/draws/order_statistics.hpp"

namespace potentia {

void DrawValues::shape(std::size_t draws, std::size_t entries) {
  draws_ = draws;
  entries_ = entries;
  column_ = (entries + 7) / 8 * 8 * draws;
  if (values_.size() < kept_columns * column_) values_ = {};
  if (values_.empty()) values_ = Buffer<double>(kept_columns * column_);
  for (std::size_t column = 0; column < kept_columns; ++column)  // what pads the last eight
    for (std::size_t entry = entries; entry % 8 != 0; ++entry)
      for (std::size_t draw = 0; draw < draws; ++draw) of(draw, column)[place(entry)] = 0.0;
}

void DrawValues::add(const DrawValues& other, bool first, int threads) {
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::size_t at = 0; at < kept_columns * column_; ++at)
    values_[at] = first ? other.values_[at] : values_[at] + other.values_[at];
}

void DrawValues::summarize(const std::function<std::size_t(std::size_t)>& to, std::size_t size, int threads,
                           DrawTable& table) const {
  static_assert(drawn_columns.size() == kept_columns + 1 && drawn_columns[kept_columns] == column_dynamic);
#pragma omp parallel num_threads(threads)
  {
    OrderStatistics order(draws_);
    DrawStatistics found[8];
#pragma omp for schedule(dynamic, 8)
    for (std::size_t first = 0; first < entries_; first += 8) {
      const std::size_t count = std::min<std::size_t>(8, entries_ - first);
      std::size_t at[8];
      for (std::size_t e = 0; e < count; ++e) at[e] = to(first + e);
      for (std::size_t column = 0; column <= kept_columns; ++column) {
        const double* rows = values_.data() + place(first);
        if (column < kept_columns)
          order.take(rows + column * column_);
        else
          order.take_difference(rows + 2 * column_, rows + 3 * column_);
        order.statistics(found);
        for (std::size_t e = 0; e < count; ++e) {
          table.mean[column][at[e]] = found[e].mean;
          table.sd[column][at[e]] = found[e].sd;
          for (std::size_t q = 0; q < draw_probabilities.size(); ++q)
            table.quantile[column][q * size + at[e]] = found[e].quantile[q];
        }
      }
    }
  }
}

void make_table(DrawTable& table, std::size_t size) {
  for (std::size_t column = 0; column < drawn_columns.size(); ++column) {
    table.mean[column] = Buffer<double>::zeroed(size);
    table.sd[column] = Buffer<double>::zeroed(size);
    table.quantile[column] = Buffer<double>::zeroed(draw_probabilities.size() * size);
  }
}

}  // namespace potentia
