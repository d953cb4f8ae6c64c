// A result made by formula.
#include "tests/unit/io/result_sample.hpp"

#include <cmath>
#include <cstdio>
#include <limits>

namespace potentia::testing {
namespace {

/// Value of a table at (a, b, c): zero on every third diagonal, like much of the world's trade.
double value(int column, std::int64_t a, std::int64_t b, std::int64_t c = 0) {
  if ((a + b + c) % 3 == 0) return 0.0;
  return (column + 1) * 1e6 + static_cast<double>(a) * 1e4 + static_cast<double>(b) + static_cast<double>(c) / 16.0;
}

using Indices = std::vector<std::int32_t>;

Indices up_to(std::int32_t size) {
  Indices all(size);
  for (std::int32_t i = 0; i < size; ++i) all[i] = i;
  return all;
}

Buffer<double> table(int column, const Indices& rows, const Indices& columns) {
  Buffer<double> values(rows.size() * columns.size());
  double* to = values.data();
  for (const auto a : rows)
    for (const auto b : columns) *to++ = value(column, a, b);
  return values;
}

Buffer<double> table(int column, const Indices& rows, const Indices& columns, const Indices& layers) {
  Buffer<double> values(rows.size() * columns.size() * layers.size());
  double* to = values.data();
  for (const auto a : rows)
    for (const auto b : columns)
      for (const auto c : layers) *to++ = value(column, a, b, c);
  return values;
}

}  // namespace

World result_world() {
  World world;
  world.hs_revision = "HS17";
  world.title = "Formula";
  const char* codes[] = {"AUT", "CHN", "CIV", "LAO", "THA"};
  const char* names[] = {"Austria", "China", "Côte d’Ivoire", "Lao People's Democratic Republic", "Thailand"};
  for (int i = 0; i < sample_countries; ++i) world.countries.push_back({codes[i], "", names[i]});
  for (int k = 0; k < 2 * sample_products; ++k) {  // every other product is out of scope
    char code[16];
    std::snprintf(code, sizeof code, "%06d", 10000 + k);
    Product product;
    product.code = code;
    product.name = std::string("Product ") + code;
    product.in_scope = k % 2 == 0;
    world.products.push_back(product);
  }
  world.sectors = {"Food", "Rubber", "Other"};
  world.sources = {{"trade", "trade.csv", std::string(64, 'a'), 123456789012}};
  world.notices = {
      {"drop", "distance.country_outside_world", 7, "Rows about countries outside this world", {"ANT", "PRI"}}};
  return world;
}

Solution result_solution(const Indices& exporters, const Indices& markets) {
  const Indices countries = up_to(sample_countries), products = up_to(sample_products), sectors = up_to(sample_sectors);
  Solution solution;
  solution.axes.exporters = exporters;
  solution.axes.markets = markets;
  for (const auto k : products) solution.axes.products.push_back(2 * k);
  solution.all_exporters = exporters == countries;
  solution.all_markets = markets == countries;
  for (int c = 0; c < column_count; ++c) {
    solution.margins.pair.columns[c] = table(c, exporters, markets);
    solution.margins.pair_sector.columns[c] = table(c, exporters, markets, sectors);
    if (solution.all_markets) solution.margins.exporter_product.columns[c] = table(c, exporters, products);
    if (solution.all_exporters) solution.margins.market_product.columns[c] = table(c, markets, products);
  }
  Buffer<double>* factors[] = {&solution.factors.supply_now, &solution.factors.supply, &solution.factors.demand_now,
                               &solution.factors.demand, &solution.factors.typical_distance};
  for (int f = 0; f < 5; ++f) *factors[f] = table(20 + f, countries, products);
  solution.factors.typical_distance[3 * sample_products + 5] = std::numeric_limits<double>::quiet_NaN();
  solution.factors.ease = table(25, countries, countries);

  solution.cells.offsets = {0};
  for (std::size_t e = 0; e < exporters.size(); ++e) {
    for (std::size_t n = 0; n < 10 * e; ++n) {
      solution.cells.market.push_back(static_cast<std::int32_t>(n % markets.size()));
      solution.cells.product.push_back(static_cast<std::int32_t>(7 * n % products.size()));
      for (int c = 0; c < column_count; ++c)
        solution.cells.columns[c].push_back(value(c, exporters[e], static_cast<std::int64_t>(n)));
    }
    solution.cells.offsets.push_back(solution.cells.market.size());
  }
  solution.notices = {{"fill", "gdp.median", 2, "GDP growth of the median country", {"CIV", "LAO"}}};
  solution.settings.world.base_years = {2023, 2024};
  solution.settings.world.horizon_year = 2029;
  return solution;
}

Solution whole_solution() { return result_solution(up_to(sample_countries), up_to(sample_countries)); }

void FormulaBackend::dense_tile(Column column, std::int32_t exporter, std::int32_t first, std::int32_t count,
                                float* out) const {
  ++tiles;
  if (exporter == failing_exporter) throw Error(ErrorKind::resources, "the device is gone");
  for (std::int32_t j = 0; j < sample_countries; ++j)
    for (std::int32_t k = first; k < first + count; ++k) *out++ = static_cast<float>(value(column, exporter, j, k));
}

}  // namespace potentia::testing
