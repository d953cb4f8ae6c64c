#include "host/backtest/regressors.hpp"

#include <algorithm>
#include <cstdint>

#include "kernels/portable.hpp"

namespace potentia::backtest {
namespace {

using statistics::column_stride;

/// The plain columns. @param at row of the block → position among the cells
template <class At>
void fill_plain(const Facts& facts, std::int32_t exporter, const Cells& cells, std::int32_t count, double* x, const At& at) {
  const std::int64_t countries = facts.countries, own = std::int64_t{exporter} * facts.products, pair = exporter * countries;
  const double* log_count = log_counts();
  const std::uint16_t *product = cells.product.data(), *market = cells.market.data();
  // Column by column: rows of eight columns at once, as far apart as a block is long, drive each other out of the cache.
  const auto put = [&x, count, &at](const auto& value_of) {
    double* PT_RESTRICT to = x;
    for (std::int32_t row = 0; row < count; ++row) to[row] = value_of(static_cast<std::size_t>(at(row)));
    x += column_stride;
  };
  put([potential = cells.log_potential.data()](std::size_t cell) { return potential[cell]; });
  put([=, exports = facts.log_exports.data() + own](std::size_t cell) { return exports[product[cell]]; });
  put([=, imports = facts.log_imports.data()](std::size_t cell) { return imports[product[cell] * countries + market[cell]]; });
  put([=, between = facts.log_between.data() + pair](std::size_t cell) { return between[market[cell]]; });
  put([=, world = facts.log_world.data()](std::size_t cell) { return world[product[cell]]; });
  put([=, shared = facts.shared.data() + pair](std::size_t cell) { return log_count[shared[market[cell]]]; });
  put([=, markets = facts.markets.data() + own](std::size_t cell) { return log_count[markets[product[cell]]]; });
  put([=, suppliers = facts.suppliers.data()](std::size_t cell) { return log_count[suppliers[product[cell] * countries + market[cell]]]; });
}

}  // namespace

std::vector<std::string> flow_names() {
  std::vector<std::string> names = {trade_name};
  names.insert(names.end(), plain_names().begin(), plain_names().end());
  return names;
}

StartRows::StartRows(const Origin& origin, const MoreColumns* more) : origin_(origin), more_(more), names_(plain_names()) {
  if (more != nullptr) names_.insert(names_.end(), more->names().begin(), more->names().end());
}

void StartRows::read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const {
  const Candidates& cells = origin_.candidates[cluster];
  fill_plain(origin_.facts, cluster, cells, count, x, [&](std::int32_t row) { return first + row; });
  for (std::int32_t row = 0; row < count; ++row) y[row] = cells.started[first + row];
  if (more_ != nullptr) more_->fill(cluster, cells, first, count, x + plain_names().size() * column_stride);
}

SizeRows::SizeRows(const Origin& origin) : origin_(origin), starters_(origin.candidates.size()) {
  for (std::size_t exporter = 0; exporter < starters_.size(); ++exporter) {
    const std::vector<std::uint8_t>& started = origin.candidates[exporter].started;
    for (std::size_t cell = 0; cell < started.size(); ++cell)
      if (started[cell]) starters_[exporter].push_back(static_cast<std::uint32_t>(cell));
  }
}

void SizeRows::read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const {
  const Candidates& cells = origin_.candidates[cluster];
  const std::uint32_t* starters = starters_[cluster].data() + first;
  fill_plain(origin_.facts, cluster, cells, count, x, [&](std::int32_t row) { return starters[row]; });
  for (std::int32_t row = 0; row < count; ++row) y[row] = cells.log_after[first + row];
}

void SurvivalRows::read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const {
  const Flows& cells = origin_.flows[cluster];
  std::copy_n(cells.log_before.begin() + static_cast<std::ptrdiff_t>(first), count, x);
  fill_plain(origin_.facts, cluster, cells, count, x + column_stride, [&](std::int32_t row) { return first + row; });
  for (std::int32_t row = 0; row < count; ++row) y[row] = cells.survived(first + row) ? 1.0 : 0.0;
}

GrowthRows::GrowthRows(const Origin& origin)
    : origin_(origin), survivors_(origin.flows.size()), names_(flow_names()) {
  for (std::size_t exporter = 0; exporter < survivors_.size(); ++exporter) {
    const Flows& flows = origin.flows[exporter];
    for (std::size_t cell = 0; cell < flows.size(); ++cell)
      if (flows.survived(cell)) survivors_[exporter].push_back(static_cast<std::uint32_t>(cell));
  }
}

void GrowthRows::read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const {
  const Flows& cells = origin_.flows[cluster];
  const std::uint32_t* survivors = survivors_[cluster].data() + first;
  for (std::int32_t row = 0; row < count; ++row) {
    x[row] = cells.log_before[survivors[row]];
    y[row] = cells.log_after[survivors[row]] - x[row];
  }
  fill_plain(origin_.facts, cluster, cells, count, x + column_stride, [&](std::int32_t row) { return survivors[row]; });
}

}  // namespace potentia::backtest
