#include "host/scenario/cells.hpp"

#include <algorithm>
#include <utility>

#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

/// What is known of one pair's cells: rows of values, each as long as there are products, in the order of the result.
class PairRows {
public:
  PairRows(std::size_t instruments, std::size_t products) : products_(products), rows_(first_part() + instruments) {}

  static constexpr std::size_t risk() { return 2 * column_count; }
  static constexpr std::size_t first_part() { return risk() + 1; }
  std::size_t rows() const { return rows_; }
  std::size_t size() const { return rows_ * products_; }

private:
  std::size_t products_, rows_;
};

class Cells {
public:
  Cells(const SolvedWorld& solved, const ScenarioEnds& ends, const std::vector<std::int32_t>& products,
        ScenarioResult& result)
      : ends_(ends),
        result_(result),
        view_(solved.backend.tables().view),
        products_(products.size()),
        layout_(result.instruments.size(), products.size()),
        threads_(std::max(solved.backend.threads(), 1)),
        product_at_(products.size()) {
    for (std::size_t k = 0; k < products_; ++k)
      product_at_[solved.built.problem->product_column[k]] = static_cast<std::int32_t>(k);
  }

  void fill(const Pairs& pairs, bool list) {
    ScenarioProducts& sums = result_.products;
    for (int c = 0; c < column_count; ++c) {
      sums.baseline[c].assign(products_, 0.0);
      sums.scenario[c].assign(products_, 0.0);
    }
    sums.at_risk.assign(products_, 0.0);
    sums.by_instrument.assign(result_.instruments.size(), std::vector<double>(products_, 0.0));
    result_.cells.by_instrument.resize(result_.instruments.size());

    // Pairs in threads, then sums in the pairs' order, which threads cannot change.
    constexpr std::size_t batch = 32;
    Buffer<double> rows(std::min(batch, pairs.size()) * layout_.size());
    double* values = rows.data();
    for (std::size_t first = 0; first < pairs.size(); first += batch) {
      check_interrupted();
      const std::int64_t count = static_cast<std::int64_t>(std::min(batch, pairs.size() - first));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads_)
      for (std::int64_t at = 0; at < count; ++at)
        evaluate(pairs[first + at].first, pairs[first + at].second, values + at * layout_.size());
      add(values, count);
      if (!list) continue;
      for (std::int64_t at = 0; at < count; ++at)
        append(pairs[first + at].first, pairs[first + at].second, values + at * layout_.size());
    }
  }

private:
  void evaluate(std::int32_t exporter, std::int32_t market, double* rows) const {
    pair_cells(ends_.baseline_problem, ends_.baseline, exporter, market, rows);
    pair_cells(ends_.scenario_problem, ends_.scenario, exporter, market, rows + column_count * products_);
    double* parts = rows + PairRows::risk() * products_;
    std::fill(parts, rows + layout_.size(), 0.0);
    if (ends_.shares.instruments == 0) return;
    std::vector<double> of_cell(result_.instruments.size());
    for (std::size_t column = 0; column < products_; ++column) {
      if (!is_listed(exporter, market, column)) continue;
      std::fill(of_cell.begin(), of_cell.end(), 0.0);
      parts[column] = cell_difference(ends_.shares, ends_.baseline.view, ends_.scenario.view, product_at_[column],
                                      exporter, market, rows[column_actual * products_ + column], of_cell.data());
      for (std::size_t n = 0; n < of_cell.size(); ++n) parts[(n + 1) * products_ + column] = of_cell[n];
    }
  }

  /// The same list for every scenario: what one side sells and the other buys, of whomever. Elsewhere there is nothing.
  bool is_listed(std::int32_t exporter, std::int32_t market, std::size_t column) const {
    const std::size_t row = static_cast<std::size_t>(product_at_[column]) * view_.stride;
    return view_.exports[row + exporter] > 0.0 && view_.imports[row + market] > 0.0;
  }

  std::vector<double>& sum(std::size_t row) const {
    ScenarioProducts& sums = result_.products;
    if (row < column_count) return sums.baseline[row];
    if (row < PairRows::risk()) return sums.scenario[row - column_count];
    return row == PairRows::risk() ? sums.at_risk : sums.by_instrument[row - PairRows::first_part()];
  }

  void add(const double* values, std::int64_t pairs) const {
    const std::int64_t rows = static_cast<std::int64_t>(layout_.rows());
#pragma omp parallel for schedule(static) num_threads(threads_)
    for (std::int64_t row = 0; row < rows; ++row) {
      double* to = sum(row).data();
      for (std::int64_t pair = 0; pair < pairs; ++pair) {
        const double* from = values + pair * layout_.size() + row * products_;
        for (std::size_t column = 0; column < products_; ++column) to[column] += from[column];
      }
    }
  }

  void append(std::int32_t exporter, std::int32_t market, const double* rows) {
    ScenarioCells& cells = result_.cells;
    for (std::size_t column = 0; column < products_; ++column) {
      if (!is_listed(exporter, market, column)) continue;
      cells.exporter.push_back(exporter);
      cells.market.push_back(market);
      cells.product.push_back(static_cast<std::int32_t>(column));
      for (int c = 0; c < column_count; ++c) {
        cells.baseline[c].push_back(rows[c * products_ + column]);
        cells.scenario[c].push_back(rows[(column_count + c) * products_ + column]);
      }
      cells.at_risk.push_back(rows[PairRows::risk() * products_ + column]);
      for (std::size_t n = 0; n < cells.by_instrument.size(); ++n)
        cells.by_instrument[n].push_back(rows[(PairRows::first_part() + n) * products_ + column]);
    }
  }

  const ScenarioEnds& ends_;
  ScenarioResult& result_;
  const TableView& view_;
  std::size_t products_;
  PairRows layout_;
  int threads_;
  std::vector<std::int32_t> product_at_;  ///< [column] place in the problem's order
};

}  // namespace

void fill_cells(const SolvedWorld& solved, const ScenarioEnds& ends, const std::vector<std::int32_t>& products,
                bool cells, ScenarioResult& result) {
  Pairs pairs;
  for (const std::int32_t exporter : result.sector_exporters)
    for (const std::int32_t market : result.sector_markets)
      if (exporter != market) pairs.emplace_back(exporter, market);
  Cells(solved, ends, products, result).fill(pairs, cells);
}

}  // namespace potentia
