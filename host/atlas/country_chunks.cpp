// Chunks of one exporter or one market. See chunks.hpp.
#include "host/atlas/chunk.hpp"
#include "host/atlas/chunks.hpp"

namespace potentia::atlas {
namespace {

/// Columns of sums by sector: there are many of them. The potential is realised + static + dynamic.
constexpr std::array<Column, 4> sector_columns = {column_actual, column_realized, column_static, column_dynamic};

/// "columns": one list for each column of so many rows.
template <class Columns, class ValueAt>
void write_columns(Chunk& chunk, const Columns& columns, std::size_t rows, const ValueAt& value_at) {
  chunk.key("columns").open_list();
  for (const Column column : columns) chunk.column(rows, [&](std::size_t row) { return value_at(column, row); });
  chunk.close_list();
}

/// A country's largest products, of a table [country, product].
void write_products(Chunk& chunk, const SiteData& site, const Margin& margin, std::size_t country) {
  const std::size_t products = site.products();
  const auto value = [&](Column column, std::size_t k) { return margin.columns[column][country * products + k]; };
  const std::vector<std::int32_t> listed = largest(products, country_products, [&](std::size_t k) {
    return std::max(value(column_actual, k), value(column_potential, k));
  });
  std::size_t all = 0;
  for (std::size_t k = 0; k < products; ++k) all += value(column_actual, k) > 0.0 || value(column_potential, k) > 0.0;
  chunk.key("products").open_object();
  chunk.key("all").integer(static_cast<std::int64_t>(all));
  chunk.integers("product", listed.size(), [&](std::size_t at) { return listed[at]; });
  write_columns(chunk, compact_columns, listed.size(),
                [&](Column column, std::size_t at) { return value(column, listed[at]); });
  chunk.close_object();
}

void write_sectors(Chunk& chunk, const SiteData& site, std::size_t exporter) {
  const std::size_t countries = site.countries(), sectors = site.world.sectors.size();
  const Margin& margin = site.solution.margins.pair_sector;
  std::vector<std::size_t> places;
  for (std::size_t at = exporter * countries * sectors; at < (exporter + 1) * countries * sectors; ++at)
    if (margin.columns[column_actual][at] > 0.0 || margin.columns[column_potential][at] > 0.0) places.push_back(at);
  chunk.key("sectors").open_object();
  chunk.integers("market", places.size(), [&](std::size_t at) { return places[at] / sectors % countries; });
  chunk.integers("sector", places.size(), [&](std::size_t at) { return places[at] % sectors; });
  write_columns(chunk, sector_columns, places.size(),
                [&](Column column, std::size_t at) { return margin.columns[column][places[at]]; });
  chunk.close_object();
}

std::array<Column, column_count> every_column() {
  std::array<Column, column_count> columns{};
  for (int c = 0; c < column_count; ++c) columns[c] = static_cast<Column>(c);
  return columns;
}

}  // namespace

std::string exporter_chunk(const SiteData& site, std::size_t exporter, const PairProducts& products) {
  const std::size_t countries = site.countries();
  Chunk chunk("exporter/" + site.country_file[exporter]);
  chunk.key("pairs").open_object();
  write_columns(chunk, every_column(), countries, [&](Column column, std::size_t market) {
    return site.solution.margins.pair.columns[column][exporter * countries + market];
  });
  chunk.close_object();
  write_sectors(chunk, site, exporter);
  write_products(chunk, site, site.solution.margins.exporter_product, exporter);

  chunk.key("pair_products").open_object();
  chunk.integers("market", products.market.size(), [&](std::size_t at) { return products.market[at]; });
  chunk.integers("product", products.product.size(), [&](std::size_t at) { return products.product[at]; });
  chunk.key("columns").open_list();
  for (const std::vector<double>& column : products.columns)
    chunk.column(column.size(), [&](std::size_t at) { return column[at]; });
  chunk.close_list().close_object();

  const std::vector<Rival>& rivals = site.rivals[exporter];
  chunk.key("rivals").open_object();
  chunk.integers("country", rivals.size(), [&](std::size_t at) { return rivals[at].country; });
  chunk.integers("cells", rivals.size(), [&](std::size_t at) { return rivals[at].cells; });
  chunk.numbers("size", rivals.size(), [&](std::size_t at) { return rivals[at].size; });
  chunk.close_object();
  if (site.models != nullptr) {
    const PairOutlook& outlook = *site.solution.pair_outlook;
    chunk.key("outlook").open_object();
    chunk.numbers("expected", countries, [&](std::size_t at) { return outlook.expected[exporter * countries + at]; });
    chunk.numbers("starts", countries,
                  [&](std::size_t at) { return outlook.expected_starts[exporter * countries + at]; });
    chunk.close_object();
  }
  write_scenarios(chunk, site, exporter, true);
  return chunk.finish();
}

std::string cells_chunk(const SiteData& site, std::size_t exporter) {
  const CellList& cells = site.solution.cells;
  const CellFacts& facts = site.facts;
  const std::size_t first = cells.offsets[exporter], count = cells.offsets[exporter + 1] - first;
  Chunk chunk("cells/" + site.country_file[exporter]);
  chunk.integers("market", count, [&](std::size_t at) { return cells.market[first + at]; });
  chunk.integers("product", count, [&](std::size_t at) { return cells.product[first + at]; });
  write_columns(chunk, every_column(), count,
                [&](Column column, std::size_t at) { return cells.columns[column][first + at]; });
  chunk.numbers("tariff_now", count, [&](std::size_t at) { return facts.tariff_now[first + at]; });
  chunk.numbers("tariff", count, [&](std::size_t at) { return facts.tariff[first + at]; });
  chunk.numbers("growth", count, [&](std::size_t at) { return facts.growth[first + at]; });
  chunk.numbers("imports", count, [&](std::size_t at) { return facts.imports[first + at]; });
  chunk.integers("supplier", count, [&](std::size_t at) { return facts.supplier[first + at]; });
  chunk.numbers("supplier_share", count, [&](std::size_t at) { return facts.supplier_share[first + at]; });
  chunk.integers("flags", count, [&](std::size_t at) { return facts.flags[first + at].bits(); });
  if (site.models != nullptr)
    for (const auto& [name, values] : outlook_columns(site.outlook))
      chunk.numbers(name, count, [&, column = values](std::size_t at) { return (*column)[first + at]; });
  return chunk.finish();
}

std::string market_chunk(const SiteData& site, std::size_t market,
                         const std::vector<std::vector<std::size_t>>& listed) {
  const std::size_t countries = site.countries();
  const CellList& cells = site.solution.cells;
  const std::vector<std::size_t>& places = listed[market];
  Chunk chunk("market/" + site.country_file[market]);
  chunk.key("pairs").open_object();
  write_columns(chunk, every_column(), countries, [&](Column column, std::size_t exporter) {
    return site.solution.margins.pair.columns[column][exporter * countries + market];
  });
  chunk.close_object();
  write_products(chunk, site, site.solution.margins.market_product, market);
  chunk.key("cells").open_object();
  chunk.integers("exporter", places.size(), [&](std::size_t at) { return site.exporter_of[places[at]]; });
  chunk.integers("product", places.size(), [&](std::size_t at) { return cells.product[places[at]]; });
  write_columns(chunk, compact_columns, places.size(),
                [&](Column column, std::size_t at) { return cells.columns[column][places[at]]; });
  chunk.close_object();
  write_scenarios(chunk, site, market, false);
  return chunk.finish();
}

}  // namespace potentia::atlas
