// Elasticities: tidy tables, and ProTEE of Fontagné, Guimbard and Orefice (HS6, zero, positive, sigma), whose trade
// elasticities are negative: the elasticity of substitution here is that number without its sign.
#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/import/cells.hpp"
#include "io/import/concordance.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "io/import/tariff_names.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct Entry {
  std::int32_t code;
  double sigma, income;  ///< NaN = not known
};

/// The mean of what is known. Of one number it is that number.
struct Mean {
  double sum = 0.0;
  int count = 0;
  void add(double value) {
    if (value != value) return;
    sum += value;
    ++count;
  }
  double value() const { return count == 0 ? missing_value : sum / count; }
};

/// Fills sigma and income_elasticity [products]: of a product to which several codes of another revision lead, the means.
/// @return whether there is any income elasticity
bool store(const SideTables& tables, std::vector<Entry> rows, const std::string& where) {
  World& world = tables.world;
  std::sort(rows.begin(), rows.end(), [](const Entry& a, const Entry& b) { return a.code < b.code; });
  std::vector<std::int32_t> codes;
  for (const Entry& row : rows) codes.push_back(row.code);
  const Conversion conversion(tables, "elasticities", std::move(codes));
  std::vector<Mean> sigma(world.product_count()), income(world.product_count());
  WorldRows seen(tables, where, WorldRows::CodesOf::products);
  for (const Entry& row : rows)
    for (const std::int32_t code : conversion.codes_here(row.code)) {
      const std::int32_t product = tables.products.find(six_digits(code));
      seen.see(product >= 0, six_digits(code));
      if (product < 0) {
        note_outside_product(tables, "elasticities", six_digits(code));
        continue;
      }
      sigma[static_cast<std::size_t>(product)].add(row.sigma);
      income[static_cast<std::size_t>(product)].add(row.income);
    }
  seen.require_some();
  bool any = false;
  for (std::size_t k = 0; k < world.product_count(); ++k) {
    world.sigma.push_back(sigma[k].value());
    world.income_elasticity.push_back(income[k].value());
    any |= income[k].count != 0;
  }
  return any;
}

}  // namespace

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
  std::vector<Entry> rows;
  std::unordered_map<std::int32_t, std::uint64_t> line_of;
  while (table.next()) {
    Entry row{0, missing_value, missing_value};
    parse_integer(table.hs6(hs6), row.code);
    const auto [known, is_new] = line_of.emplace(row.code, table.line());
    if (!is_new) {
      throw input_error("product " + six_digits(row.code) + " stands on line " + std::to_string(known->second) + " too", table.where(),
                        "remove one of the two rows");
    }
    const double published = table.number(sigma);
    row.sigma = (protee ? -published : published) * map.unit;
    if (row.sigma <= 0.0) {
      throw input_error(table.header()[static_cast<std::size_t>(sigma)] + " " + std::string(table.cell(sigma)) +
                            (protee ? " is not below 0" : " is not above 0"),
                        table.where(), protee ? "positive elasticities are of format tidy" : "correct it, or leave it empty");
    }
    if (income >= 0) row.income = table.number(income);
    rows.push_back(row);
  }
  const bool any_income = store(tables, std::move(rows), table.where(1));
  if (!any_income) world.income_elasticity.clear();
  world.sources.push_back(table.fingerprint("elasticities"));
  for (std::size_t k = 0; k < world.product_count(); ++k) {
    if (world.sigma[k] == world.sigma[k]) continue;
    tables.notices.add("note", "elasticities.sigma_missing", "products without an elasticity: they get the median",
                       world.products[k].code);
  }
}

}  // namespace potentia
