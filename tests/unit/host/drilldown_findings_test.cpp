// Findings: the sentences of the worked example, and what no sentence may ever say.
#include <algorithm>
#include <set>

#include "host/drilldown/findings/findings.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/wording.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/small_world.hpp"
#include "tests/unit/host/drilldown_rows.hpp"

namespace potentia::testing {
namespace {

using drilldown::Finding;

std::vector<Finding> findings_of(World world, std::vector<std::int32_t> exporters = {small_lao},
                                 std::vector<std::int32_t> markets = {small_chn}, const Settings& settings = {}) {
  const Evaluated evaluated(std::move(world), settings, std::move(exporters), std::move(markets));
  return make_findings(evaluated.context(), find_opportunities(evaluated.context()), {});
}

/// The rule's sentence, "" where it made none.
std::string sentence(const std::vector<Finding>& findings, const std::string& rule) {
  for (const Finding& finding : findings)
    if (finding.rule == rule) return finding.sentence;
  return "";
}

TEST(Wording, RoundsSensibly) {
  using namespace drilldown;
  EXPECT_EQ(in_dollars(0), "USD 0");
  EXPECT_EQ(in_dollars(12), "less than USD 1,000");
  EXPECT_EQ(in_dollars(999.6), "USD 1,000");
  EXPECT_EQ(in_dollars(56049), "USD 56,000");
  EXPECT_EQ(in_dollars(999600), "USD 1 million");
  EXPECT_EQ(in_dollars(35592515.7), "USD 35.6 million");
  EXPECT_EQ(in_dollars(904e6), "USD 904 million");
  EXPECT_EQ(in_dollars(8.6449e9), "USD 8.64 billion");
  EXPECT_EQ(in_dollars(15023.83e9), "USD 15 trillion");
  EXPECT_EQ(in_dollars(10487.2e9), "USD 10.5 trillion");
  EXPECT_EQ(in_dollars(999.6e9), "USD 1 trillion") << "not 1,000 billion";
  EXPECT_EQ(in_dollars(-3e6), "minus USD 3 million");
  EXPECT_EQ(in_percent(0, 5), "0 %");
  EXPECT_EQ(in_percent(0.001, 5), "less than 1 %");
  EXPECT_EQ(in_percent(2.3, 5), "46 %");
  EXPECT_EQ(in_percent(4.999, 5), "more than 99 %");
  EXPECT_EQ(in_percent(5, 5), "100 %");
  EXPECT_EQ(counted(1, "product", "products"), "1 product");
  EXPECT_EQ(counted(1234, "product", "products"), "1,234 products");
  const std::pair<std::uint64_t, const char*> places[] = {{1, "1st"},     {2, "2nd"},    {3, "3rd"},   {4, "4th"},
                                                          {11, "11th"},   {12, "12th"},  {13, "13th"}, {21, "21st"},
                                                          {112, "112th"}, {103, "103rd"}};
  for (const auto& [number, place] : places) EXPECT_EQ(ordinal(number), place);
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(shortened("short", 10), "short");
  EXPECT_EQ(shortened("manioc (cassava), fresh or dried", 20), "manioc (cassava)…");
  EXPECT_EQ(shortened("éééé", 5), "éé…") << "cut between characters";
  EXPECT_EQ(years_in_words({2019, 2020, 2021}), "2019–2021");
  EXPECT_EQ(years_in_words({2019, 2021}), "2019, 2021");
}

TEST(Findings, OfTheWorkedExample) {
  const std::vector<Finding> findings = findings_of(small_world());
  EXPECT_EQ(
      sentence(findings, "potential"),
      "The potential of exports from LAO to CHN in 2028 is estimated at USD 128 million; USD 35.6 million of it, or "
      "28 %, is unrealised.");
  EXPECT_EQ(
      sentence(findings, "frictions"),
      "Frictions explain 63 % of what is untapped (USD 22.5 million, static); growth and tariff change up to 2028 "
      "explain the other USD 13.1 million (dynamic).");
  EXPECT_EQ(sentence(findings, "leading_sectors"),
            "All untapped potential lies in one sector: Agriculture (USD 35.6 million, 100 %).");
  EXPECT_EQ(
      sentence(findings, "realized_sectors"),
      "Of the sectors that matter most, Rubber has realised the largest share of its potential (100 %), Agriculture "
      "the smallest (46 %).");
  EXPECT_EQ(
      sentence(findings, "largest_product"),
      "The largest untapped product is 071410 Cassava: USD 35.6 million, 100 % of all; frictions explain 63 % of it "
      "(read with care: single supplier).");
  EXPECT_EQ(sentence(findings, "overtrade"),
            "1 product sells above potential, by USD 57.2 million (38 % of exports in scope): 400121 Natural rubber.");
  EXPECT_EQ(
      sentence(findings, "drivers"),
      "Up to 2028 the potential falls by USD 708,000 (1 % of what the conditions of the base period allow), "
      "by income per head in CHN +USD 29.4 million, population there −USD 1.29 million, supply from LAO as it grows "
      "relative to that of others +USD 6.47 million and tariffs −USD 35.3 million.");
  EXPECT_EQ(
      sentence(findings, "tariff_change"),
      "The tariff that LAO faces in CHN rises on 1 product up to 2028 and falls on no product; together with what "
      "rivals come to face, tariffs lower the potential by USD 35.3 million (27 % of what the conditions of the base "
      "period allow).");
  EXPECT_EQ(sentence(findings, "filled_inputs"),
            "No untapped potential rests on an input of the pair that was missing and filled by rule.");
  EXPECT_NE(sentence(findings, "one_year").find("2023"), std::string::npos);
  for (const char* rule : {"no_potential", "dynamic_products", "concentration", "new_products", "no_tariffs",
                           "small_trade", "out_of_scope", "net_importer", "main_rival"})
    EXPECT_EQ(sentence(findings, rule), "") << rule;
}

TEST(Findings, SmallTradeIsCalledUncertain) {
  World world = small_world();
  scale_trade(world, 1e-2);  // LAO sells 1.5 million to CHN
  const std::string small = sentence(findings_of(std::move(world)), "small_trade");
  EXPECT_NE(small.find("USD 1.5 million"), std::string::npos) << small;
  EXPECT_NE(small.find("uncertain"), std::string::npos) << small;
}

TEST(Findings, NoTradeGivesNoNumbers) {
  const std::vector<Finding> findings = findings_of(small_world(), {small_tha}, {small_tha});
  EXPECT_NE(sentence(findings, "no_potential"), "");
  for (const char* rule : {"potential", "frictions", "leading_sectors", "largest_product", "market_rank", "drivers",
                           "tariff_change", "small_trade"})
    EXPECT_EQ(sentence(findings, rule), "") << rule;
}

TEST(Findings, TariffsThatDoNotCountAreNamed) {
  Settings off;
  off.method.tariffs = false;
  EXPECT_NE(sentence(findings_of(small_world(), {small_lao}, {small_chn}, off), "no_tariffs").find("switched off"),
            std::string::npos);
  World world = small_world();
  world.tariffs.market_schedule[small_chn] = -1;
  const std::vector<Finding> findings = findings_of(std::move(world));
  EXPECT_NE(sentence(findings, "no_tariffs").find("known"), std::string::npos);
  EXPECT_EQ(sentence(findings, "tariff_change"), "");
}

TEST(Findings, OutOfScopeAndFilledInputs) {
  World world = small_world();
  world.products[small_rubber].in_scope = false;
  EXPECT_EQ(sentence(findings_of(std::move(world)), "out_of_scope"),
            "Products out of scope make up 80 % of the exports from LAO to CHN and take no part in these estimates.");
  world = small_world();
  world.sigma[small_cassava] = missing_value;
  EXPECT_NE(sentence(findings_of(std::move(world)), "filled_inputs").find("100 % of untapped"), std::string::npos);
}

TEST(Findings, AGroupNamesTheMemberThatHoldsMost) {
  const std::string rank = sentence(findings_of(small_world(), {small_lao}, {small_chn, small_tha}), "market_rank");
  EXPECT_TRUE(rank.find("100 %") != std::string::npos && rank.find("among its members") != std::string::npos) << rank;
}

TEST(Findings, RulesCanBeLookedUp) {
  std::set<std::string> names;
  for (const drilldown::Rule& rule : drilldown::finding_rules(true)) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name << " twice";
    EXPECT_FALSE(rule.when.empty() || rule.says.empty()) << rule.name;
  }
  EXPECT_GE(names.size(), 12u);
  const drilldown::Part part = findings_part(findings_of(small_world()), drilldown::finding_rules(true));
  EXPECT_EQ(figure_of(part, "finding_rules").table.rows.size(), names.size());
  for (const Finding& finding : findings_of(small_world())) EXPECT_EQ(names.count(finding.rule), 1u) << finding.rule;
}

/// Sentences about nothing, not numbers, or in bad form.
TEST(Findings, ReadWellOnRandomWorlds) {
  EXPECT_EQ(falsify(
                [](const Case& c) -> std::string {
                  Random random(c.seed);
                  const std::size_t countries = c.world.countries.size();
                  const auto exporter = static_cast<std::int32_t>(random.below(countries));
                  std::vector<std::int32_t> markets;
                  const bool all = random.chance(0.2);
                  const auto one = random.below(countries);
                  for (std::size_t j = 0; j < countries; ++j)
                    if (all || j == one || random.chance(0.1)) markets.push_back(static_cast<std::int32_t>(j));
                  const std::vector<Finding> findings =
                      findings_of(copy_of(c.world), {exporter}, markets, c.settings);
                  if (findings.empty()) return "no sentence at all";
                  if (sentence(findings, "potential").empty() == sentence(findings, "no_potential").empty())
                    return "there either is potential or there is none";
                  for (const Finding& finding : findings) {
                    const std::string& text = finding.sentence;
                    if (text.back() != '.') return text + " has no full stop";
                    for (const char* bad : {"nan", "inf", "  ", "..", " 1 products", "%%", "USD 0", "minus"})
                      if (text.find(bad) != std::string::npos && text.find("information") == std::string::npos)
                        return "\"" + text + "\" has " + bad;
                    for (std::size_t at = text.find(" %"); at != std::string::npos; at = text.find(" %", at + 1)) {
                      std::size_t begin = at;
                      while (begin > 0 && (std::isdigit(static_cast<unsigned char>(text[begin - 1])) != 0)) --begin;
                      const bool whole = finding.rule != "drivers" && finding.rule != "tariff_change";
                      if (begin == at || (whole && std::stol(text.substr(begin, at - begin)) > 100))
                        return "\"" + text + "\"";
                    }
                  }
                  return "";
                },
                world_count(100), 750001),
            "");
}

}  // namespace
}  // namespace potentia::testing
