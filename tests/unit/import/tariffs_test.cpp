// Tariff lines, regimes and members; the European Union as one market.
#include <string>
#include <tuple>
#include <vector>

#include "folder.hpp"

namespace potentia {
namespace {

class TariffTables : public ImportFolder {
protected:
  TariffTables() {
    put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n418,Lao,LA,LAO\n156,China,CN,CHN\n"
                             "764,Thailand,TH,THA\n752,Sweden,SE,SWE\n276,Germany,DE,DEU\n");
    set_table("tariffs", "rates = \"rates.csv\"\nmembers = \"members.csv\"");
    put("rates.csv", rates_header);
    put("members.csv", members_header);
  }
  using Line = std::tuple<std::string, std::string, std::string, double>;
  static std::vector<Line> lines(const World& world) {
    std::vector<Line> list;
    const Tariffs& t = world.tariffs;
    for (std::size_t i = 0; i < t.line_rate.size(); ++i) {
      list.emplace_back(t.schedules[t.line_schedule[i]], t.regimes[t.line_regime[i]], world.products[t.line_product[i]].code,
                        t.line_rate[i]);
    }
    return list;
  }
  using Membership = std::tuple<std::string, std::string, std::string, int, int>;
  static std::vector<Membership> members(const World& world) {
    std::vector<Membership> list;
    const Tariffs& t = world.tariffs;
    for (std::size_t i = 0; i < t.member_market.size(); ++i) {
      list.emplace_back(world.countries[t.member_market[i]].iso3, t.regimes[t.member_regime[i]],
                        world.countries[t.member_exporter[i]].iso3, t.member_first_year[i], t.member_last_year[i]);
    }
    return list;
  }
  void expect_failure_of(const std::string& file, const std::string& text, const std::string& complaint) {
    put(file, text);
    expect_failure(complaint);
  }
  const std::string rates_header = "market,regime,hs6,rate\n";
  const std::string members_header = "market,regime,exporter,first_year,last_year\n";
  static constexpr int first = Tariffs::first_open, last = Tariffs::last_open;
};

TEST_F(TariffTables, AnEmptyFileHasNoHeader) {
  put("rates.csv", "");
  expect_failure("empty file (rates.csv)");
}

TEST_F(TariffTables, ATableWithoutLinesIsNoTariffKnown) {
  const World world = import();
  EXPECT_TRUE(world.tariffs.schedules.empty());
  EXPECT_EQ(count(world, "tariffs.none"), 0u);
  EXPECT_EQ(count(world, "tariffs.market_without"), 5u);
}

TEST_F(TariffTables, LinesAndMembersAreSortedWhateverTheirOrder) {
  put("rates.csv", rates_header + "CHN,LDC,71410,0\nTHA,MFN,400121,0.05\nCHN,MFN,400121,0.2\nCHN,FTA,400121,0.1\n"
                                  "CHN,MFN,071410,0.08\nUSA,MFN,071410,0.1\nCHN,MFN,090111,0.1\nTHA,MFN,071410,\n");
  put("members.csv", members_header + "CHN,LDC,LAO,,2025\nCHN,FTA,THA,,\nCHN,FTA,LAO,2010,\nCHN,FTA,USA,,\nTHA,FTA,LAO,,\n"
                                      "CHN,LDC,LAO,2030,2031\n");
  const World world = import();
  EXPECT_EQ(world.tariffs.regimes, (std::vector<std::string>{"MFN", "FTA", "LDC"}));
  EXPECT_EQ(world.tariffs.schedules, (std::vector<std::string>{"CHN", "THA"}));
  EXPECT_EQ(lines(world), (std::vector<Line>{{"CHN", "MFN", "071410", 0.08}, {"CHN", "MFN", "400121", 0.2},
                                             {"CHN", "FTA", "400121", 0.1}, {"CHN", "LDC", "071410", 0},
                                             {"THA", "MFN", "400121", 0.05}}));
  EXPECT_EQ(members(world), (std::vector<Membership>{{"CHN", "FTA", "LAO", 2010, last}, {"CHN", "FTA", "THA", first, last},
                                                     {"CHN", "LDC", "LAO", first, 2025}, {"CHN", "LDC", "LAO", 2030, 2031}}));
  EXPECT_EQ(count(world, "tariffs.lines"), 8u);
  EXPECT_EQ(count(world, "tariffs.rate_missing"), 1u);
  EXPECT_EQ(count(world, "tariffs.country_outside_world"), 1u);
  EXPECT_EQ(count(world, "tariffs.product_outside_world"), 1u);
  EXPECT_EQ(count(world, "members.country_outside_world"), 1u);
  EXPECT_EQ(count(world, "members.regime_without_lines"), 1u);
  EXPECT_EQ(count(world, "tariffs.regime_without_members"), 0u);
}

TEST_F(TariffTables, TheEuIsOneScheduleOfItsMembers) {
  put("rates.csv", rates_header + "EU,MFN,71410,0.1\nEU,EBA,71410,0\nEU,IN,71410,0\nLAO,ASIA,71410,0\nLAO,MFN,71410,0.2\n");
  put("members.csv", members_header + "EU,EBA,LAO,,2029\nSWE,IN,DEU,,\nLAO,ASIA,EU,,\nDEU,IN,EU,,\n");
  const World world = import();  // CHN DEU LAO SWE THA
  EXPECT_EQ(world.tariffs.market_schedule, (std::vector<std::int32_t>{-1, 0, 1, 0, -1}));
  EXPECT_EQ(lines(world).size(), 5u);
  EXPECT_EQ(members(world), (std::vector<Membership>{{"DEU", "EBA", "LAO", first, 2029}, {"DEU", "IN", "SWE", first, last},
                                                     {"LAO", "ASIA", "DEU", first, last}, {"LAO", "ASIA", "SWE", first, last},
                                                     {"SWE", "EBA", "LAO", first, 2029}, {"SWE", "IN", "DEU", first, last}}));
  EXPECT_EQ(notice(world, "tariffs.market_without")->whose, (std::vector<std::string>{"CHN", "THA"}));
  put("rates.csv", rates_header + "EU,MFN,71410,0.1\nSWE,MFN,71410,0.1\n");
  expect_failure("the market SWE has lines of its own and those of the EU (");
}

TEST_F(TariffTables, ARegimeWithoutMembersIsAWarning) {
  put("rates.csv", rates_header + "CHN,FTA,71410,0\nCHN,MFN,71410,0.1\n");
  const World world = import();
  ASSERT_NE(notice(world, "tariffs.regime_without_members"), nullptr);
  EXPECT_EQ(notice(world, "tariffs.regime_without_members")->kind, "warning");
  EXPECT_EQ(notice(world, "tariffs.regime_without_members")->whose, std::vector<std::string>{"CHN FTA"});
}

TEST_F(TariffTables, APercentageIsAWarning) {
  put("rates.csv", rates_header + "CHN,MFN,71410,8\n");
  const World world = import();
  EXPECT_EQ(notice(world, "tariffs.rate_above_5")->kind, "warning");
  EXPECT_EQ(lines(world).size(), 1u);
}

TEST_F(TariffTables, Faults) {
  expect_failure_of("rates.csv", rates_header + "CHN,MFN,71410,-0.1\n", "rate -0.1 is negative (rates.csv:2)");
  expect_failure_of("rates.csv", rates_header + "CHN,MFN,71410,8%\n", "rate \"8%\" is not a number (rates.csv:2)");
  expect_failure_of("rates.csv", rates_header + "CHN,MFN,71410,inf\n", "rate \"inf\" is infinite (rates.csv:2)");
  expect_failure_of("rates.csv", rates_header + "CHN,MFN,0714101,1\n", "\"0714101\" is no HS code of six digits (rates.csv:2)");
  expect_failure_of("rates.csv", rates_header + "CHN,,71410,1\n", "no regime (rates.csv:2)");
  expect_failure_of("rates.csv", rates_header + "CHN,MFN,71410,1\nCHN,MFN,071410,1\n",
                    "the line of CHN, MFN, 071410 stands on line 2 too (rates.csv:3)");
  expect_failure_of("rates.csv", "market,regime,hs,rate\nCHN,MFN,71410,1\n", "missing column \"hs6\" (rates.csv:1)");
  put("rates.csv", rates_header + "CHN,FTA,71410,0\n");
  expect_failure_of("members.csv", members_header + "CHN,MFN,LAO,,\n", "MFN is open to everyone and has no members (members.csv:2)");
  expect_failure_of("members.csv", members_header + "CHN,FTA,LAO,2025,2020\n", "first_year is after last_year (members.csv:2)");
  expect_failure_of("members.csv", members_header + "CHN,FTA,LAO,x,\n", "\"x\" is no year (members.csv:2)");
  expect_failure_of("members.csv", members_header + "CHN,FTA,LAO,,\nCHN,FTA,LAO,,\n",
                    "FTA of CHN for LAO stands on line 2 too, for the same years (members.csv:3)");
  expect_failure_of("members.csv", members_header + "CHN,FTA,LAO,2020,2024\nCHN,FTA,LAO,2024,\n", "(members.csv:3)");
  put("members.csv", members_header + "CHN,FTA,SWE,,\nCHN,FTA,EU,,\n");
  expect_failure("FTA of CHN for SWE stands on line 2 too, for the same years (members.csv:3)");
}

TEST_F(TariffTables, RatesInPerCent) {
  put("rates.csv", "market,regime,hs6,rate\nCHN,MFN,071410,8\nCHN,MFN,400121,20\nLAO,MFN,071410,0.1\nLAO,MFN,400121,0.6\n");
  set_table("tariffs", "rates = \"rates.csv\"");
  EXPECT_EQ(notice(import(), "tariffs.per_cent")->whose, (std::vector<std::string>{"CHN", "LAO"}));
  put("rates.csv", "market,regime,hs6,rate\nCHN,MFN,071410,8\nCHN,MFN,400121,20\n");
  set_table("tariffs", "rates = \"rates.csv\"\nunit = \"percent\"");
  const World world = import();
  EXPECT_EQ(world.tariffs.line_rate, (std::vector<double>{0.08, 0.20}));
  EXPECT_EQ(notice(world, "tariffs.per_cent"), nullptr);
}

}  // namespace
}  // namespace potentia
