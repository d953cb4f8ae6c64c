// Elasticities: tidy tables, and ProTEE of Fontagné, Guimbard and Orefice (HS6, zero, positive, sigma), whose trade
// elasticities are negative: the elasticity of substitution here is that number without its sign.
#include <unordered_map>

#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {

void import_elasticities(const SideTables& tables) {
  World& world = tables.world;
  const bool protee = tables.manifest.elasticity_format == "protee";
  const ColumnMap& map = tables.manifest.elasticity_columns;
  const char* code_name = map.given() ? "product" : "hs6";
  Table table(tables.manifest.elasticities.path, {{"ProTEE*.csv"}, false},
              {{{code_name}}, false, map.given() ? &map : nullptr});
  const int hs6 = table.column({code_name});
  const int sigma = protee ? table.column({"sigma", "elasticity", "epsilon", "trade_elasticity"}) : table.column({"sigma"});
  const int income = protee ? -1 : table.find_column({"income_elasticity"});
  table.expect_numbers({sigma, income});
  world.sigma.assign(world.product_count(), missing_value);
  std::vector<double> income_elasticity(world.product_count(), missing_value);
  bool any_income = false;
  std::unordered_map<std::string, std::uint64_t> line_of;
  WorldRows rows(tables, table.where(1), WorldRows::CodesOf::products);
  while (table.next()) {
    const std::string code = table.hs6(hs6);
    const auto [known, is_new] = line_of.emplace(code, table.line());
    if (!is_new) {
      throw input_error("product " + code + " stands on line " + std::to_string(known->second) + " too", table.where(),
                        "remove one of the two rows");
    }
    const double published = table.number(sigma);
    const double value = (protee ? -published : published) * map.unit;
    if (value <= 0.0) {
      throw input_error(table.header()[static_cast<std::size_t>(sigma)] + " " + std::string(table.cell(sigma)) +
                            (protee ? " is not below 0" : " is not above 0"),
                        table.where(), protee ? "positive elasticities are of format tidy" : "correct it, or leave it empty");
    }
    const double epsilon = income < 0 ? missing_value : table.number(income);
    const std::int32_t product = tables.products.find(code);
    rows.see(product >= 0, code);
    if (product < 0) {
      note_outside_product(tables, "elasticities", code);
      continue;
    }
    world.sigma[static_cast<std::size_t>(product)] = value;
    income_elasticity[static_cast<std::size_t>(product)] = epsilon;
    any_income |= epsilon == epsilon;
  }
  rows.require_some();
  if (any_income) world.income_elasticity = std::move(income_elasticity);
  world.sources.push_back(table.fingerprint("elasticities"));
  for (std::size_t k = 0; k < world.product_count(); ++k) {
    if (world.sigma[k] == world.sigma[k]) continue;
    tables.notices.add("note", "elasticities.sigma_missing", "products without an elasticity: they get the median",
                       world.products[k].code);
  }
}

}  // namespace potentia
