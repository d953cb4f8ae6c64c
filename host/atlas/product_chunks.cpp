// Chunks about products. See chunks.hpp.
#include "host/atlas/chunk.hpp"
#include "host/atlas/chunks.hpp"

namespace potentia::atlas {
namespace {

/// One side of a product: its largest countries, and all of them together.
void write_side(Chunk& chunk, const char* name, const SiteData& site, const Margin& margin, std::size_t k,
                const std::vector<std::int32_t>& countries) {
  const auto value = [&](Column column, std::size_t country) {
    return margin.columns[column][country * site.products() + k];
  };
  std::size_t all = 0;
  for (std::size_t country = 0; country < site.countries(); ++country)
    all += value(column_actual, country) > 0.0 || value(column_potential, country) > 0.0;
  chunk.key(name).open_object();
  chunk.key("all").integer(static_cast<std::int64_t>(all));
  chunk.integers("country", countries.size(), [&](std::size_t at) { return countries[at]; });
  chunk.key("columns").open_list();
  for (const Column column : compact_columns)
    chunk.column(countries.size(), [&](std::size_t at) { return value(column, countries[at]); });
  chunk.close_list();
  chunk.close_object();
}

}  // namespace

std::string products_chunk(const SiteData& site) {
  Chunk chunk("products");
  chunk.texts("code", site.products(), [&](std::size_t k) -> const std::string& { return site.product(k).code; });
  chunk.texts("name", site.products(), [&](std::size_t k) -> const std::string& { return site.product(k).name; });
  // Short names only where they are shorter.
  chunk.texts("short", site.products(), [&](std::size_t k) -> const std::string& {
    static const std::string none;
    const std::string& name = site.short_names[site.solution.axes.products[k]];
    return name == site.product(k).name ? none : name;
  });
  chunk.integers("sector", site.products(), [&](std::size_t k) { return site.product(k).sector; });
  chunk.integers("processing", site.products(), [&](std::size_t k) { return site.product(k).processing; });
  chunk.texts("groups", site.groups.size(), [&](std::size_t at) -> const std::string& { return site.groups[at]; });
  chunk.integers("group", site.products(), [&](std::size_t k) { return site.group_of[k]; });
  return chunk.finish();
}

std::string product_chunk(const SiteData& site, std::size_t group, const ProductMatrices& matrices) {
  const std::size_t products = site.products();
  const Margins& margins = site.solution.margins;
  Chunk chunk("product/" + site.groups[group]);
  for (std::size_t k = 0; k < products; ++k) {
    if (site.group_of[k] != static_cast<std::int32_t>(group)) continue;
    chunk.key(std::to_string(k)).open_object();
    chunk.numbers("total", column_count, [&](std::size_t column) {  // added up as exporters come, like all totals here
      double sum = 0.0;
      for (std::size_t exporter = 0; exporter < site.countries(); ++exporter)
        sum += margins.exporter_product.columns[column][exporter * products + k];
      return sum;
    });
    write_side(chunk, "exporters", site, margins.exporter_product, k, matrices.exporters(k));
    write_side(chunk, "markets", site, margins.market_product, k, matrices.markets(k));
    const std::size_t rows = std::min(matrix_side, matrices.exporters(k).size());
    const std::size_t columns = std::min(matrix_side, matrices.markets(k).size());
    chunk.numbers("actual", rows * columns,
                  [&](std::size_t at) { return matrices.actual(k, at / columns, at % columns); });
    chunk.numbers("potential", rows * columns,
                  [&](std::size_t at) { return matrices.potential(k, at / columns, at % columns); });
    chunk.close_object();
  }
  return chunk.finish();
}

}  // namespace potentia::atlas
