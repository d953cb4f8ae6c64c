// Differences eight markets at a time.
#include <algorithm>
#include <cstring>

#include "kernels/cpu/access_row.hpp"
#include "kernels/cpu/difference_pass.hpp"

namespace potentia {
namespace {

constexpr int lanes = 8;

/// What one row of cells reads and adds to.
struct Row {
  const TableView* base;
  const TableView* view;
  std::int64_t product, exporter;
  const std::int32_t* blocks;  ///< [block_count] first market of each
  std::int64_t block_count;
  const double* actual;  ///< [stride]
  const double *base_access, *access_now, *access, *access_growth;
  const double* shares;  ///< [instrument][stride] φ of this row; null with one instrument at most
  std::int32_t instruments;
  double* potential;  ///< [stride] out: EP of the scenario
  double* sums;       ///< [slot][8 · block_count]: pair_slots, at risk, instruments
};

PT_CLONES void row_of_differences(const Row row) {
  const TableView& view = *row.view;
  const SupplyPoint supply = view.supply_point(row.product, row.exporter);
  const double base_supply = row.base->supply[row.product * view.stride + row.exporter];
  const std::int64_t width = lanes * row.block_count, stride = view.stride;
  double* PT_RESTRICT risk = row.sums + pair_slots * width;
  double* PT_RESTRICT part = risk + width;
  for (std::int64_t block = 0; block < row.block_count; ++block) {
    const std::int64_t at = row.blocks[block], to = lanes * block;
    const vec8 before =
        horizon_potential<vec8>(*row.base, base_supply, row.product, row.exporter, at, load(row.base_access + at));
    const vec8 actual = load(row.actual + at);
    const ExplainedCell<vec8> cell = cell_at<true>(
        view, supply, row.product, row.exporter, at,
        AccessTerms<vec8>{load(row.access_now + at), load(row.access + at), load(row.access_growth + at)}, actual);
    const vec8 after = cell.cell.potential;
    store(row.potential + at, after);
    add_to_pair<CellTerms::drivers, true, true>(
        cell, supply, [&](int slot, const vec8& value) __attribute__((always_inline)) {
          add_to(row.sums + slot * width + to, value);
        });
    add_to(risk + to, at_risk_of<vec8>(actual, before, after));
    if (row.instruments == 1) add_to(part + to, after - before);
    if (row.instruments < 2) continue;
    vec8 growth{};
    for (std::int32_t n = 0; n < row.instruments; ++n) growth += load(row.shares + n * stride + at);
    const vec8 weight = logarithmic_mean(before, after, growth);
    for (std::int32_t n = 0; n < row.instruments; ++n)
      add_to(part + n * width + to, weight * load(row.shares + n * stride + at));
  }
}

}  // namespace

DifferenceRows::DifferenceRows(const DifferencePass& pass)
    : pass_(pass),
      actual_(Buffer<double>::zeroed(pass.tables.view.stride)),
      potential_(pass.tables.view.stride),
      ignored_(pass.tables.view.stride),
      base_access_(pass.tables.view.stride),
      access_now_(pass.tables.view.stride),
      access_(pass.tables.view.stride),
      access_growth_(Buffer<double>::zeroed(pass.tables.view.stride)),
      shares_(Buffer<double>::zeroed(pass.shares.instruments * pass.tables.view.stride)),
      column_(pass.tables.view.stride, -1) {
  for (Buffer<double>* ones : {&base_access_, &access_now_, &access_}) std::fill(ones->begin(), ones->end(), 1.0);
  const std::vector<std::int32_t>& blocks = pass.layout.blocks;
  for (std::size_t block = 0; block < blocks.size(); ++block)
    for (int lane = 0; lane < lanes; ++lane)
      column_[blocks[block] + lane] = static_cast<std::int32_t>(lanes * block) + lane;
  // Of other markets no access term is looked at.
  const auto here = [&](const std::vector<std::int32_t>& all) {
    std::vector<std::int32_t> some;
    for (const std::int32_t market : all)
      if (column_[market] >= 0) some.push_back(market);
    return some;
  };
  base_tariffs_ = here(pass.base.tariff_markets);
  tariffs_ = here(pass.tables.tariff_markets);
}

void DifferenceRows::fill_shares(std::int64_t product, std::int64_t exporter) {
  const Problem& problem = pass_.problem;
  const std::int64_t stride = pass_.tables.view.stride;
  for (std::int32_t n = 0; n < pass_.shares.instruments; ++n)
    for (const std::int32_t market : pass_.layout.markets)
      shares_[n * stride + market] =
          pass_.shares.of(n, product, exporter, market, problem.countries, stride, problem.products);
}

void DifferenceRows::add(std::int32_t product, std::int32_t exporter, double* sums) {
  const Problem& problem = pass_.problem;
  const TableView &base = pass_.base.view, &view = pass_.tables.view;
  if (!(base.exports[product * base.stride + exporter] > 0.0)) return;
  const std::uint32_t* begin =
      pass_.base.row_begin.data() + static_cast<std::int64_t>(product) * (problem.countries + 1) + exporter;
  const std::uint64_t from = problem.flows.product_begin[product] + begin[0],
                      to = problem.flows.product_begin[product] + begin[1];
  for (std::uint64_t flow = from; flow < to; ++flow) actual_[problem.flows.market[flow]] = problem.flows.value[flow];
  if (base.tariff_rows > 0)
    fill_access_row(base, base_tariffs_.data(), base_tariffs_.size(), product, exporter, ignored_.data(),
                    base_access_.data(), nullptr);
  if (view.tariff_rows > 0)
    fill_access_row(view, tariffs_.data(), tariffs_.size(), product, exporter, access_now_.data(), access_.data(),
                    access_growth_.data());
  if (pass_.shares.instruments > 1) fill_shares(product, exporter);
  row_of_differences({&base, &view, product, exporter, pass_.layout.blocks.data(),
                      static_cast<std::int64_t>(pass_.layout.blocks.size()), actual_.data(), base_access_.data(),
                      access_now_.data(), access_.data(), access_growth_.data(), shares_.data(),
                      pass_.shares.instruments, potential_.data(), sums});
  const std::int64_t width = pass_.layout.width;
  for (std::uint64_t flow = from; flow < to; ++flow) {
    const std::size_t market = problem.flows.market[flow];
    actual_[market] = 0.0;
    if (column_[market] < 0) continue;
    const TradedParts traded = traded_parts(problem.flows.value[flow], potential_[market]);
    double* sum = sums + column_[market];
    sum[pair_actual * width] += traded.actual;
    sum[pair_realized * width] += traded.realized;
    sum[pair_overtrade * width] += traded.overtrade;
  }
}

}  // namespace potentia
