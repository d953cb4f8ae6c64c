// See finder_chunks.hpp.
#include "host/atlas/finder_chunks.hpp"

#include <algorithm>
#include <cstdint>

#include "host/atlas/chunk.hpp"
#include "host/atlas/pair_walk.hpp"
#include "io/result/result_file.hpp"

namespace potentia::atlas {
namespace {

FinderColumn numbers(const char* name, const std::vector<double>& column) {
  return {name, false, [&column](std::size_t at) { return column[at]; }};
}

FinderColumn indices(const char* name, const std::vector<std::int32_t>& column) {
  return {name, true, [&column](std::size_t at) { return static_cast<double>(column[at]); }};
}

FinderColumn bits(const char* name, const std::vector<FlagSet>& column) {
  return {name, true, [&column](std::size_t at) { return static_cast<double>(column[at].bits()); }};
}

}  // namespace

std::vector<FinderColumn> finder_columns(const SiteData& site) {
  const CellList& cells = site.solution.cells;
  std::vector<FinderColumn> columns;
  columns.push_back(indices("exporter", site.exporter_of));
  columns.push_back(indices("market", cells.market));
  columns.push_back(indices("product", cells.product));
  for (const Column column : compact_columns) columns.push_back(numbers(column_name(column), cells.columns[column]));
  columns.push_back(numbers("growth", site.facts.growth));
  columns.push_back(numbers("tariff", site.facts.tariff));
  columns.push_back(bits("flags", site.facts.flags));
  if (site.models != nullptr)
    for (const auto& [name, values] : outlook_columns(site.outlook)) columns.push_back(numbers(name, *values));
  return columns;
}

std::vector<FinderColumn> finder_more_columns(const SiteData& site) {
  return {numbers("tariff_now", site.facts.tariff_now), numbers("imports", site.facts.imports),
          indices("supplier", site.facts.supplier), numbers("supplier_share", site.facts.supplier_share)};
}

std::vector<std::size_t> finder_order(const SiteData& site) {
  std::vector<std::size_t> order;
  for (std::size_t at = 0; at < site.exporter_of.size(); ++at)
    if (site.exporter_of[at] >= 0) order.push_back(at);
  // Cells come by exporter, each one's cells of the same size by market and product.
  const std::vector<double>& unrealized = site.solution.cells.columns[column_unrealized];
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return unrealized[a] > unrealized[b]; });
  return order;
}

std::string finder_name(std::size_t part, bool more) {
  return (more ? "finder_more/" : "finder/") + std::to_string(part);
}

std::string finder_chunk(const SiteData& site, const std::vector<std::size_t>& order, std::size_t part, bool more) {
  const std::size_t* places = order.data() + part * finder_cells;
  const std::size_t count = std::min(finder_cells, order.size() - part * finder_cells);
  Chunk chunk(finder_name(part, more));
  chunk.key("columns").open_object();
  for (const FinderColumn& column : more ? finder_more_columns(site) : finder_columns(site)) {
    const auto number = [&](std::size_t at) { return column.number(places[at]); };
    if (column.whole)
      chunk.integers(column.name, count, number);
    else
      chunk.numbers(column.name, count, number);
  }
  chunk.close_object();
  return chunk.finish();
}

}  // namespace potentia::atlas
