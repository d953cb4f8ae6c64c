#include "kernels/cpu/listing.hpp"

#include <omp.h>

#include <algorithm>

#include "kernels/cpu/cell_row.hpp"
#include "kernels/cpu/potential_row.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/listing_rule.hpp"
#include "kernels/margins.hpp"

namespace potentia {
namespace {

struct Candidate {
  double unrealized;
  std::int32_t market, column, product;  ///< country, product column, product
};

bool in_order(const Candidate& a, const Candidate& b) {
  return listed_before(a.unrealized, a.market, a.column, b.unrealized, b.market, b.column);
}

/// The best candidates of one exporter, kept in a buffer that is cut back whenever it has doubled.
class Shortlist {
public:
  explicit Shortlist(std::int64_t top) : top_(top) {}

  bool full() const { return top_ > 0 && static_cast<std::int64_t>(best_.size()) >= top_ && cut_done_; }
  double bound() const { return bound_; }  ///< no cell below it is among the best

  void add(const Candidate& candidate) {
    if (candidate.unrealized < bound_) return;
    best_.push_back(candidate);
    if (top_ > 0 && static_cast<std::int64_t>(best_.size()) >= 2 * top_ + 64) cut();
  }

  /// Whether the cell would be among the best if nothing else came.
  bool may_last(const Candidate& candidate) const { return !full() || candidate.unrealized >= bound_; }

  std::vector<Candidate> take() {
    if (top_ > 0 && static_cast<std::int64_t>(best_.size()) > top_) cut();
    std::sort(best_.begin(), best_.end(), in_order);
    return std::move(best_);
  }

private:
  void cut() {
    std::nth_element(best_.begin(), best_.begin() + (top_ - 1), best_.end(), in_order);
    bound_ = best_[top_ - 1].unrealized;
    best_.resize(top_);
    cut_done_ = true;
  }
  std::int64_t top_;
  double bound_ = -1.0;
  bool cut_done_ = false;
  std::vector<Candidate> best_;
};

struct ExporterList {
  std::vector<Candidate> cells;
  std::array<std::vector<double>, column_count> columns;
};

}  // namespace

CellList list_cells(const Problem& problem, const Tables& tables, const WorldTotals& world, const Rows& rows,
                    const ListingRule& rule, int threads) {
  const std::vector<std::int32_t> exporters = listed_or_all(rows.exporters, problem.countries);
  const std::vector<std::int32_t> markets = listed_or_all(rows.markets, problem.countries);
  if (exporters != world.exporters)
    throw Error(ErrorKind::internal, "cells were listed for other exporters than were evaluated");
  std::vector<std::int32_t> market_position(problem.countries, -1);
  for (std::size_t at = 0; at < markets.size(); ++at) market_position[markets[at]] = static_cast<std::int32_t>(at);
  const std::vector<std::int32_t> column_product = products_by_column(problem);

  const std::vector<double> access = largest_access(problem, tables, threads);
  const std::size_t products = problem.products;
  const std::int64_t exporter_count = static_cast<std::int64_t>(exporters.size());
  std::vector<ExporterList> lists(exporters.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::int64_t row = 0; row < exporter_count; ++row) {
    if (stop_requested.load(std::memory_order_relaxed)) continue;
    const std::int32_t exporter = exporters[row];
    std::vector<double> room[2];
    const double* unrealized = world.row(column_unrealized, row, products, room[0]);
    const double* world_potential = world.row(column_potential, row, products, room[1]);
    std::vector<std::int32_t> columns =
        rule.provisional ? certain_columns(world_potential, problem.products, rule)
                         : qualifying_columns(world_potential, problem.products, rule);
    // Rows with much unrealised first: a row's sum bounds its cells, so once the shortlist is full most are skipped. Of
    // the others most are left after a glance, since no cell's unrealised part exceeds its potential.
    sort_descending(unrealized, columns);

    Shortlist shortlist(rule.top);
    CellRow cells(problem, tables);
    PotentialRow potentials(problem, tables, access);
    const double least = rule.thresholds ? rule.cell_minimum : 0.0;
    for (const std::int32_t column : columns) {
      if (shortlist.full() && unrealized[column] < shortlist.bound()) break;
      const std::int32_t product = column_product[column];
      for (const auto& cell : potentials.at_least(std::max(least, shortlist.bound()), product, exporter))
        shortlist.add({cell.unrealized, cell.market, column, product});
    }
    std::vector<Candidate> doubtful;
    if (rule.provisional && rule.thresholds)
      for (std::int32_t column = 0; column < problem.products; ++column) {
        // No cell exceeds the sum that it is in.
        if (world_potential[column] < rule.cell_minimum || world_potential[column] >= rule.product_minimum) continue;
        if (shortlist.full() && unrealized[column] < shortlist.bound()) continue;
        const std::int32_t product = column_product[column];
        for (const auto& found : potentials.at_least(least, product, exporter)) {
          const Candidate cell{found.unrealized, found.market, column, product};
          if (shortlist.may_last(cell)) doubtful.push_back(cell);
        }
      }
    ExporterList& list = lists[row];
    list.cells = shortlist.take();
    list.cells.insert(list.cells.end(), doubtful.begin(), doubtful.end());
    std::sort(list.cells.begin(), list.cells.end(), in_order);
    // A restriction of markets shows a slice of the full list: what is listed never depends on what is shown.
    list.cells.erase(std::remove_if(list.cells.begin(), list.cells.end(),
                                    [&](const Candidate& cell) { return market_position[cell.market] < 0; }),
                     list.cells.end());
    for (auto& column : list.columns) column.reserve(list.cells.size());
    for (const Candidate& cell : list.cells) {
      double value[column_count];
      cells.columns(cell.product, exporter, cell.market, value);
      for (int c = 0; c < column_count; ++c) list.columns[c].push_back(value[c]);
    }
  }
  check_interrupted();

  CellList all;
  all.offsets.push_back(0);
  for (const ExporterList& list : lists) {
    for (const Candidate& cell : list.cells) {
      all.market.push_back(market_position[cell.market]);
      all.product.push_back(cell.column);
    }
    for (int c = 0; c < column_count; ++c)
      all.columns[c].insert(all.columns[c].end(), list.columns[c].begin(), list.columns[c].end());
    all.offsets.push_back(all.market.size());
  }
  return all;
}

void pair_cells(const Problem& problem, const Tables& tables, std::int32_t exporter, std::int32_t market, double* out) {
  CellRow cells(problem, tables);
  for (std::int32_t product = 0; product < problem.products; ++product) {
    double value[column_count];
    cells.columns(product, exporter, market, value);
    for (int c = 0; c < column_count; ++c)
      out[static_cast<std::size_t>(c) * problem.products + problem.product_column[product]] = value[c];
  }
}

void dense_tile(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& column_product,
                Column column, std::int32_t exporter, std::int32_t first, std::int32_t count, float* out) {
  CellRow cells(problem, tables);
  // A few products at a time are turned from rows of markets to rows of products.
  constexpr std::int32_t block = 16;
  const std::size_t stride = tables.view.stride;
  std::vector<float> tile(block * stride);
  for (std::int32_t begin = 0; begin < count; begin += block) {
    const std::int32_t width = std::min(block, count - begin);
    for (std::int32_t at = 0; at < width; ++at)
      cells.dense(column, column_product[first + begin + at], exporter, tile.data() + at * stride);
    for (std::int32_t market = 0; market < problem.countries; ++market)
      for (std::int32_t at = 0; at < width; ++at)
        out[static_cast<std::size_t>(market) * count + begin + at] = tile[at * stride + market];
  }
}

}  // namespace potentia
