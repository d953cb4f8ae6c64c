#include "host/draws/listed_cells.hpp"

#include <algorithm>
#include <tuple>

#include "kernels/cpu/drawn_cells.hpp"

namespace potentia {
namespace {

/// Place of a flow behind its product's first, or -1.
std::int64_t find_flow(const Problem& problem, std::int32_t product, std::int32_t exporter, std::int32_t market) {
  const FlowView& flows = problem.flows;
  std::uint64_t low = flows.product_begin[product], high = flows.product_end[product];
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (std::tie(flows.exporter[middle], flows.market[middle]) <
        std::make_tuple(static_cast<std::uint16_t>(exporter), static_cast<std::uint16_t>(market)))
      low = middle + 1;
    else
      high = middle;
  }
  const bool found = low < flows.product_end[product] && flows.exporter[low] == exporter && flows.market[low] == market;
  return found ? static_cast<std::int64_t>(low - flows.product_begin[product]) : -1;
}

}  // namespace

ListedCells::ListedCells(const Problem& whole, const CellList& list, const std::vector<Segment>& segments,
                         std::size_t first, std::size_t last, std::size_t draws)
    : cells_(segments.size()), first_(first), exporters_(last - first), draws_(draws), top_(draws * (last - first)) {
  std::vector<std::int32_t> product_of(whole.products), segment_of(whole.products);
  for (std::int32_t product = 0; product < whole.products; ++product)
    product_of[whole.product_column[product]] = product;
  for (std::size_t s = 0; s < segments.size(); ++s)
    for (std::int32_t product = segments[s].first; product < segments[s].last; ++product)
      segment_of[product] = static_cast<std::int32_t>(s);
  for (std::size_t exporter = first; exporter < last; ++exporter)
    for (std::size_t number = list.offsets[exporter]; number < list.offsets[exporter + 1]; ++number) {
      const std::int32_t product = product_of[list.product[number]], from = static_cast<std::int32_t>(exporter);
      cells_[segment_of[product]].push_back({number, from, list.market[number],
                                             product - segments[segment_of[product]].first,
                                             find_flow(whole, product, from, list.market[number])});
    }
  for (std::vector<Cell>& cells : cells_)
    std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.product < b.product; });
}

void ListedCells::evaluate(const TableView& view, const FlowView& flows, std::int32_t first, std::int32_t last,
                           std::size_t segment, std::size_t draw, DrawValues& values) {
  const std::vector<Cell>& cells = cells_[segment];
  const auto before = [](const Cell& cell, std::int32_t product) { return cell.product < product; };
  const auto begin = std::lower_bound(cells.begin(), cells.end(), first, before),
             end = std::lower_bound(begin, cells.end(), last, before);
  for (auto cell_at = begin; cell_at != end; ++cell_at) {
    const Cell& at = *cell_at;
    const std::int32_t product = at.product - first;
    const double actual =
        at.flow < 0 ? 0.0 : flows.value[flows.product_begin[at.product] + static_cast<std::uint64_t>(at.flow)];
    double access_now = 1.0, access = 1.0;
    if (view.tariff_rows > 0) {
      const std::int64_t pair = static_cast<std::int64_t>(at.exporter) * view.countries + at.market;
      const std::int32_t now = view.row_now[pair], horizon = view.row_horizon[pair];
      const double* of_rows = view.access + static_cast<std::int64_t>(product) * view.tariff_rows;
      access_now = now < 0 ? 1.0 : of_rows[now];
      access = horizon < 0 ? 1.0 : of_rows[horizon];
    }
    const auto cell = level_at(view, product, at.exporter, at.market, access_now, access, actual);
    const double kept[kept_columns] = {cell.potential_now, cell.potential, cell.unrealized, cell.static_part};
    const std::size_t place = values.place(static_cast<std::size_t>(cell_at - cells.begin()));
    for (std::size_t c = 0; c < kept_columns; ++c) values.of(draw, c)[place] = kept[c];

    if (!(cell.unrealized > 0.0)) continue;
    std::vector<Ranked>& top = top_[draw * exporters_ + static_cast<std::size_t>(at.exporter) - first_];
    const Ranked own{cell.unrealized, at.number};
    const auto larger_first = [](const Ranked& a, const Ranked& b) {
      return a.unrealized != b.unrealized ? a.unrealized > b.unrealized : a.number < b.number;
    };
    if (top.size() == longest && !larger_first(own, top.back())) continue;
    if (top.size() == longest) top.pop_back();
    top.insert(std::upper_bound(top.begin(), top.end(), own, larger_first), own);
  }
}

void ListedCells::add_ranks(std::vector<double>& in_top10, std::vector<double>& in_top50) const {
  for (const std::vector<Ranked>& top : top_)
    for (std::size_t place = 0; place < top.size(); ++place) {
      in_top50[top[place].number] += 1.0;
      if (place < 10) in_top10[top[place].number] += 1.0;
    }
  for (const std::vector<Cell>& cells : cells_)
    for (const Cell& cell : cells)
      for (std::vector<double>* share : {&in_top10, &in_top50}) (*share)[cell.number] /= static_cast<double>(draws_);
}

}  // namespace potentia
