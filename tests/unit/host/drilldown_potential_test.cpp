// Figures on potential, against METHOD.md's worked example and its invariants on random worlds.
#include <algorithm>
#include <cmath>

#include "host/drilldown/parts/parts.hpp"
#include "host/model/regions.hpp"
#include "host/model/solver.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/small_world.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

Part lao_to_chn() { return potential_part(Evaluated(small_world(), {}, {small_lao}, {small_chn}).context()); }

double key_number(const Part& part, const std::string& key, const std::string& column) {
  const Figure& figure = figure_of(part, "key_numbers");
  return number_at(figure, row_of(figure, "key", key), column);
}

constexpr double digits = 1e-4;  // METHOD.md prints so many

TEST(PotentialPart, KeyNumbersOfTheWorkedExample) {
  const Part part = lao_to_chn();
  EXPECT_EQ(key_number(part, "all_exports", "market"), 150e6);
  EXPECT_EQ(key_number(part, "all_exports", "world"), 200e6);
  EXPECT_EQ(key_number(part, "all_exports", "market_in_world"), 0.75);
  EXPECT_EQ(key_number(part, "actual", "market"), 150e6);
  EXPECT_EQ(key_number(part, "actual", "market_share"), 1.0);
  EXPECT_NEAR(key_number(part, "potential_now", "market"), 52535587.0497 + 76614186.0133, 2 * digits);
  EXPECT_NEAR(key_number(part, "potential", "market"), 65592515.6879 + 62849751.9841, 2 * digits);
  EXPECT_NEAR(key_number(part, "realized", "market"), 30e6 + 62849751.9841, digits);
  EXPECT_NEAR(key_number(part, "unrealized", "market"), 35592515.6879, digits);
  EXPECT_NEAR(key_number(part, "unrealized", "market_share"), 35592515.6879 / (65592515.6879 + 62849751.9841), 1e-12);
  EXPECT_NEAR(key_number(part, "static", "market"), 22535587.0497, digits);
  EXPECT_NEAR(key_number(part, "dynamic", "market_share"), 13056928.6382 / 35592515.6879, 1e-11);
  EXPECT_NEAR(key_number(part, "overtrade", "market"), 57150248.0159, digits);
  EXPECT_NEAR(key_number(part, "change_tariff", "market"), -35262949.1237, digits);
  EXPECT_NEAR(key_number(part, "change_supply", "market"), 3052415.7257 + 3417235.0851, 2 * digits);
}

TEST(PotentialPart, ProductsOutOfScopeAreExportedAndNothingElse) {
  World world = small_world();
  world.products[small_rubber].in_scope = false;
  const Part part = potential_part(Evaluated(std::move(world), {}, {small_lao}, {small_chn}).context());
  EXPECT_EQ(key_number(part, "all_exports", "market"), 150e6);
  EXPECT_EQ(key_number(part, "actual", "market"), 30e6);
  EXPECT_EQ(key_number(part, "actual", "market_share"), 0.2);
  EXPECT_EQ(figure_of(part, "by_product").table.rows.size(), 1u);
}

TEST(PotentialPart, MarketsAndRegions) {
  const Part part = lao_to_chn();
  const double to_china = key_number(part, "unrealized", "market"),
               everywhere = key_number(part, "unrealized", "world");
  const Figure& markets = figure_of(part, "by_market");
  ASSERT_EQ(markets.table.rows.size(), 2u);
  const std::size_t china = row_of(markets, "market", "CHN"), thailand = row_of(markets, "market", "THA");
  EXPECT_EQ(number_at(markets, china, "unrealized"), to_china);
  EXPECT_EQ(number_at(markets, china, "unrealized") + number_at(markets, thailand, "unrealized"), everywhere);
  EXPECT_TRUE(flag_at(markets, china, "chosen"));
  EXPECT_FALSE(flag_at(markets, thailand, "chosen"));
  EXPECT_GE(number_at(markets, 0, "unrealized"), number_at(markets, 1, "unrealized"));
  const Figure& regions = figure_of(part, "by_region");
  ASSERT_EQ(regions.table.rows.size(), 2u);
  EXPECT_EQ(number_at(regions, row_of(regions, "region", "Eastern Asia"), "unrealized"), to_china);
  EXPECT_EQ(number_at(regions, row_of(regions, "region", "South-eastern Asia"), "markets"), 1);
}

TEST(PotentialPart, SectorsAndProductsOfTheWorkedExample) {
  const Part part = lao_to_chn();
  const Figure& sectors = figure_of(part, "by_sector");
  const std::size_t agriculture = row_of(sectors, "sector", "Agriculture"),
                    rubber = row_of(sectors, "sector", "Rubber");
  EXPECT_EQ(agriculture, 0u) << "most unrealised first";
  EXPECT_NEAR(number_at(sectors, agriculture, "static"), 22535587.0497, digits);
  EXPECT_NEAR(number_at(sectors, agriculture, "realized_share"), 30e6 / 65592515.6879, 1e-12);
  EXPECT_EQ(number_at(sectors, rubber, "realized_share"), 1.0);
  EXPECT_EQ(number_at(sectors, rubber, "unrealized"), 0.0);
  const Figure& shares = figure_of(part, "realized_by_sector");
  EXPECT_NEAR(number_at(shares, row_of(shares, "sector", "Agriculture"), "unrealized_share"),
              35592515.6879 / 65592515.6879, 1e-12);

  const Figure& products = figure_of(part, "by_product");
  ASSERT_EQ(products.table.rows.size(), 1u) << "nothing of 400121 is untapped";
  EXPECT_EQ(text_at(products, 0, "product"), "071410");
  EXPECT_EQ(number_at(products, 0, "share"), 1.0);
  EXPECT_NEAR(number_at(products, 0, "dynamic"), 13056928.6382, digits);
  const Figure& change = figure_of(part, "change_by_product");
  const std::size_t cassava = row_of(change, "product", "071410"), natural_rubber = row_of(change, "product", "400121");
  EXPECT_NEAR(number_at(change, cassava, "change_population"), -591188.1727, digits);
  EXPECT_NEAR(number_at(change, cassava, "change_income"), 10595701.0852, digits);
  EXPECT_NEAR(number_at(change, natural_rubber, "change_tariff"), -35262949.1237, digits);
  EXPECT_EQ(natural_rubber, 0u) << "it falls by more than cassava rises";
  const Figure& overtrade = figure_of(part, "overtrade");
  ASSERT_EQ(overtrade.table.rows.size(), 1u);
  EXPECT_NEAR(number_at(overtrade, 0, "overtrade"), 57150248.0159, digits);
  EXPECT_NEAR(number_at(overtrade, 0, "overtrade_share"), 57150248.0159 / 120e6, 1e-12);
}

TEST(PotentialPart, SaysSoWhereThereIsNothing) {
  const Part part = potential_part(Evaluated(small_world(), {}, {small_tha}, {small_tha}).context());
  for (const char* id : {"by_sector", "realized_by_sector", "change_by_sector", "by_product", "overtrade"}) {
    EXPECT_TRUE(figure_of(part, id).table.rows.empty()) << id;
    EXPECT_NE(figure_of(part, id).notice.find("THA"), std::string::npos) << id << " names the parties";
    EXPECT_TRUE(figure_of(part, id).charts.empty()) << id;
  }
  EXPECT_EQ(key_number(part, "potential", "market"), 0.0);
  EXPECT_TRUE(empty_at(figure_of(part, "key_numbers"), 5, "market_share")) << "no share of nothing";
}

TEST(PotentialPart, HostileNamesPassAsData) {
  World world = small_world();
  const std::string name = "<script>alert(1)</script>, \"quoted\"";
  world.products[small_cassava].name = name;
  const Part part = potential_part(Evaluated(std::move(world), {}, {small_lao}, {small_chn}).context());
  EXPECT_EQ(text_at(figure_of(part, "by_product"), 0, "name"), name);
}

TEST(Regions, NameEveryKindOfCode) {
  EXPECT_STREQ(region_of("LAO"), "South-eastern Asia");
  EXPECT_STREQ(region_of("S19"), "Eastern Asia");
  EXPECT_STREQ(region_of("MEX"), "Central America");
  for (const char* code : {"XYZ", "", "LA", "DZA EGY", " DZ"}) EXPECT_STREQ(region_of(code), "Not in a region") << code;
  const std::vector<std::string>& names = region_names();
  EXPECT_EQ(std::count(names.begin(), names.end(), "South-eastern Asia"), 1);
  EXPECT_EQ(names.back(), "Not in a region");
}

/// Members of one side, now one, now several.
std::vector<std::int32_t> some_members(const Case& c, Random& random) {
  const std::size_t countries = c.world.countries.size();
  std::vector<std::int32_t> members;
  if (random.chance(0.5))
    for (std::size_t country = 0; country < countries; ++country)
      if (random.chance(0.4)) members.push_back(static_cast<std::int32_t>(country));
  if (members.empty()) members.push_back(static_cast<std::int32_t>(random.below(countries)));
  return members;
}

bool near(double a, double b, double scale) { return std::fabs(a - b) <= 1e-9 * (1.0 + std::fabs(scale)); }

/// The identities that hold in every row that has the columns, and the sums of shares.
std::string identities(const Part& part) {
  for (const Figure& figure : part.figures) {
    const std::string complaint = figure_complaint(figure);
    if (!complaint.empty()) return figure.id + ": " + complaint;
    double shares = 0.0, markets = 0.0;
    for (std::size_t row = 0; row < figure.table.rows.size(); ++row) {
      const auto at = [&](const char* key) { return number_at(figure, row, key); };
      const auto has = [&](const char* key) { return has_column(figure, key); };
      const std::string where = figure.id + " row " + std::to_string(row) + ": ";
      if (has("static") && has("unrealized") && !near(at("static") + at("dynamic"), at("unrealized"), at("unrealized")))
        return where + "static + dynamic is not unrealised";
      if (has("realized") && has("unrealized") && has("potential") &&
          !near(at("realized") + at("unrealized"), at("potential"), at("potential")))
        return where + "realised + unrealised is not potential";
      if (has("change") &&
          !near(at("change_supply") + at("change_population") + at("change_income") + at("change_tariff"), at("change"),
                at("potential") + at("potential_now")))
        return where + "the drivers do not sum to the change";
      if (has("share") && figure.id != "by_product") shares += std::isnan(at("share")) ? 0.0 : at("share");
      if (has("share")) markets += at("unrealized");
    }
    if (figure.id != "by_product" && markets > 0.0 && !near(shares, 1.0, 1.0))
      return figure.id + ": shares do not sum to 1";
  }
  return "";
}

TEST(PotentialPart, IdentitiesOnRandomWorlds) {
  EXPECT_EQ(falsify(
                [](const Case& c) {
                  Random random(c.seed);
                  const std::vector<std::int32_t> exporters = some_members(c, random),
                                                  markets = some_members(c, random);
                  return identities(
                      potential_part(Evaluated(copy_of(c.world), c.settings, exporters, markets).context()));
                },
                world_count(80), 710001),
            "");
}

/// Every figure on the pair of one country each is the engine's slice, to the bit.
TEST(PotentialPart, IsASliceOfTheFullSolve) {
  EXPECT_EQ(
      falsify(
          [](const Case& c) -> std::string {
            Random random(c.seed);
            const std::size_t countries = c.world.countries.size(), sectors = c.world.sectors.size();
            const auto i = static_cast<std::int32_t>(random.below(countries));
            const auto j = static_cast<std::int32_t>(random.below(countries));
            const auto backend = make_backend(BackendChoice::cpu, 1);
            const Solution full = solve(c.world, c.settings, {}, *backend, {});
            const Part part = potential_part(Evaluated(copy_of(c.world), c.settings, {i}, {j}).context());
            const auto margin = [&](const Margin& table, Column column, std::size_t at) {
              return table.columns[column][at];
            };
            const std::size_t pair = static_cast<std::size_t>(i) * countries + static_cast<std::size_t>(j);
            const std::pair<const char*, Column> columns[] = {
                {"actual", column_actual},     {"potential_now", column_potential_now}, {"potential", column_potential},
                {"realized", column_realized}, {"unrealized", column_unrealized},       {"static", column_static},
                {"dynamic", column_dynamic},   {"overtrade", column_overtrade}};
            for (const auto& [key, column] : columns) {
              if (key_number(part, key, "market") != margin(full.margins.pair, column, pair))
                return std::string("key number ") + key;
              const Figure& by_sector = figure_of(part, "by_sector");
              for (std::size_t row = 0; row < by_sector.table.rows.size(); ++row) {
                const auto& names = c.world.sectors;
                const std::size_t sector = static_cast<std::size_t>(
                    std::find(names.begin(), names.end(), text_at(by_sector, row, "sector")) - names.begin());
                if (number_at(by_sector, row, key) != margin(full.margins.pair_sector, column, pair * sectors + sector))
                  return std::string("sector ") + key;
              }
              const Figure& by_market = figure_of(part, "by_market");
              for (std::size_t row = 0; row < by_market.table.rows.size(); ++row) {
                const std::string code = text_at(by_market, row, "market");
                std::size_t market = 0;
                while (c.world.countries[market].iso3 != code) ++market;
                if (number_at(by_market, row, key) !=
                    margin(full.margins.pair, column, static_cast<std::size_t>(i) * countries + market))
                  return std::string("market ") + key;
              }
            }
            return "";
          },
          world_count(50), 720001),
      "");
}

TEST(PotentialPart, AGroupIsTheSumOfItsMembers) {
  EXPECT_EQ(falsify(
                [](const Case& c) -> std::string {
                  Random random(c.seed);
                  const std::vector<std::int32_t> exporters = some_members(c, random),
                                                  markets = some_members(c, random);
                  const auto part_of = [&](std::vector<std::int32_t> from, std::vector<std::int32_t> to) {
                    return potential_part(
                        Evaluated(copy_of(c.world), c.settings, std::move(from), std::move(to)).context());
                  };
                  const Part group = part_of(exporters, markets);
                  for (const char* key :
                       {"all_exports", "actual", "potential", "unrealized", "static", "overtrade", "change_income"}) {
                    double sum = 0.0, scale = 0.0;
                    for (const std::int32_t i : exporters)
                      for (const std::int32_t j : markets) {
                        const double value = key_number(part_of({i}, {j}), key, "market");
                        sum += value;
                        scale += std::fabs(value);
                      }
                    if (!near(key_number(group, key, "market"), sum, scale)) return key;
                  }
                  return "";
                },
                world_count(12), 730001),
            "");
}

}  // namespace
}  // namespace potentia::testing
