#include "host/draws/draw_values.hpp"

#include <algorithm>
#include <vector>

#include "host/draws/order_statistics.hpp"

namespace potentia {
namespace {

constexpr std::size_t tile = 16;  // entries that are gathered at once: two cache lines of each draw

void put(const DrawStatistics& found, std::size_t column, std::size_t at, std::size_t size, DrawTable& table) {
  table.mean[column][at] = found.mean;
  table.sd[column][at] = found.sd;
  for (std::size_t q = 0; q < draw_probabilities.size(); ++q) table.quantile[column][q * size + at] = found.quantile[q];
}

}  // namespace

void DrawValues::summarize(const std::function<std::size_t(std::size_t)>& place, std::size_t size, int threads,
                           DrawTable& table) const {
  static_assert(drawn_columns.size() == kept_columns + 1 && drawn_columns[kept_columns] == column_dynamic);
#pragma omp parallel num_threads(threads)
  {
    std::vector<double> gathered[kept_columns][tile];
    std::vector<double> dynamic;
#pragma omp for schedule(dynamic, 8)
    for (std::size_t first = 0; first < entries_; first += tile) {
      const std::size_t count = std::min(tile, entries_ - first);
      for (std::size_t column = 0; column < kept_columns; ++column) {
        for (std::size_t e = 0; e < count; ++e) gathered[column][e].resize(draws_);
        for (std::size_t draw = 0; draw < draws_; ++draw)
          for (std::size_t e = 0; e < count; ++e) gathered[column][e][draw] = of(draw, column)[first + e];
      }
      for (std::size_t e = 0; e < count; ++e) {
        const std::size_t at = place(first + e);
        dynamic.resize(draws_);
        for (std::size_t draw = 0; draw < draws_; ++draw) dynamic[draw] = gathered[2][e][draw] - gathered[3][e][draw];
        for (std::size_t column = 0; column < kept_columns; ++column)
          put(statistics_of(gathered[column][e]), column, at, size, table);
        put(statistics_of(dynamic), kept_columns, at, size, table);
      }
    }
  }
}

void make_table(DrawTable& table, std::size_t size) {
  for (std::size_t column = 0; column < drawn_columns.size(); ++column) {
    table.mean[column] = Buffer<double>(size);
    table.sd[column] = Buffer<double>(size);
    table.quantile[column] = Buffer<double>(draw_probabilities.size() * size);
  }
}

}  // namespace potentia
