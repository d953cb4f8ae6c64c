// The whole report as data: its parts and figures, identities in every table, and the screenful of it.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "host/drilldown/drilldown.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::drilldown {
namespace {

Report report_of(const World& world, const Settings& settings, std::vector<std::int32_t> exporters,
                 std::vector<std::int32_t> markets) {
  const auto backend = make_backend(BackendChoice::cpu, 2);
  const auto party = [&](std::vector<std::int32_t> members) {
    const Country& first = world.countries[members[0]];
    return Party{first.iso3, first.name, std::move(members)};
  };
  return make_report(world, settings, party(std::move(exporters)), party(std::move(markets)), {}, {}, *backend, {});
}

int column_of(const Table& table, const std::string& key) {
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].key == key) return static_cast<int>(c);
  return -1;
}

double number(const std::vector<Value>& row, int column) {
  const auto* value = std::get_if<double>(&row[column]);
  return value == nullptr ? missing_value : *value;
}

bool kind_fits(Kind kind, const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  switch (kind) {
    case Kind::text:
    case Kind::code: return std::holds_alternative<std::string>(value);
    case Kind::year:
    case Kind::count: return std::holds_alternative<std::int64_t>(value);
    case Kind::flag: return std::holds_alternative<bool>(value);
    default: return std::holds_alternative<double>(value);
  }
}

/// Where all the columns are there, `whole` is the sum of `parts` in every row.
void expect_sum(const Figure& figure, const std::string& whole, const std::vector<std::string>& parts,
                const std::string& where) {
  const Table& table = figure.table;
  if (column_of(table, whole) < 0) return;
  for (const std::string& part : parts)
    if (column_of(table, part) < 0) return;
  for (const std::vector<Value>& row : table.rows) {
    double sum = 0.0, scale = 0.0;
    for (const std::string& part : parts) {
      sum += number(row, column_of(table, part));
      scale += std::fabs(number(row, column_of(table, part)));
    }
    EXPECT_NEAR(number(row, column_of(table, whole)), sum, 1e-9 * scale + 1e-6) << where << " " << whole;
  }
}

void check_figure(const Figure& figure, const std::string& where) {
  EXPECT_FALSE(figure.title.empty()) << where;
  EXPECT_FALSE(figure.definition.empty()) << where;
  EXPECT_NE(figure.table.rows.empty(), figure.notice.empty()) << where << ": rows or a notice, not both";
  EXPECT_EQ(figure.notice.find('\n'), std::string::npos) << where;
  std::set<std::string> keys;
  for (const TableColumn& column : figure.table.columns) {
    EXPECT_TRUE(keys.insert(column.key).second) << where << ": two columns " << column.key;
    EXPECT_FALSE(column.label.empty()) << where;
  }
  EXPECT_FALSE(keys.empty()) << where;
  for (const std::vector<Value>& row : figure.table.rows) {
    ASSERT_EQ(row.size(), figure.table.columns.size()) << where;
    for (std::size_t c = 0; c < row.size(); ++c)
      EXPECT_TRUE(kind_fits(figure.table.columns[c].kind, row[c])) << where << " " << figure.table.columns[c].key;
  }
  for (const Chart& chart : figure.charts) {
    EXPECT_TRUE(keys.count(chart.category)) << where << ": no column " << chart.category;
    EXPECT_FALSE(chart.series.empty()) << where;
    for (const Series& series : chart.series) EXPECT_TRUE(keys.count(series.column)) << where << ": " << series.column;
    EXPECT_FALSE(figure.alternative.empty()) << where << ": a chart without its text alternative";
  }
  expect_sum(figure, "unrealized", {"static", "dynamic"}, where);
  expect_sum(figure, "potential", {"realized", "unrealized"}, where);
  expect_sum(figure, "change", {"change_supply", "change_population", "change_income", "change_tariff"}, where);
}

void check(const Report& report, const std::string& where) {
  std::vector<std::string> ids;
  std::set<std::string> files;
  for (const Part& part : report.parts) {
    ids.push_back(part.id);
    EXPECT_FALSE(part.title.empty());
    EXPECT_FALSE(part.figures.empty()) << part.id;
    for (const Figure& figure : part.figures) {
      EXPECT_TRUE(files.insert(part.id + "_" + figure.id).second) << "two files of one name: " << figure.id;
      check_figure(figure, where + " " + part.id + "/" + figure.id);
    }
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"trade", "composition", "access", "logistics", "potential", "opportunities",
                                           "findings", "provenance"}));
  std::set<std::string> rules;
  for (const Rule& rule : report.rules) EXPECT_TRUE(rules.insert(rule.name).second) << rule.name;
  for (const Finding& finding : report.findings) EXPECT_TRUE(rules.count(finding.rule)) << finding.rule;
}

TEST(Report, TheWorkedExampleHasItsEightParts) {
  const World world = potentia::testing::small_world();
  const Report report = report_of(world, {}, {potentia::testing::small_lao}, {potentia::testing::small_chn});
  check(report, "worked example");
  EXPECT_EQ(report.base_years, std::vector<std::int32_t>{2023});
  EXPECT_EQ(report.horizon_year, 2028);
}

TEST(Report, HoldsOnAnyWorld) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    const potentia::testing::Case random = potentia::testing::random_case(seed, potentia::testing::random_shape(seed));
    const std::int32_t last = static_cast<std::int32_t>(random.world.country_count()) - 1;
    std::vector<std::int32_t> all, some{0};
    for (std::int32_t c = 0; c <= last; ++c) all.push_back(c);
    if (last > 1) some.push_back(last);
    const std::string where = "seed " + std::to_string(seed);
    check(report_of(random.world, random.settings, {0}, {last}), where + " pair");
    check(report_of(random.world, random.settings, {last}, all), where + " to the world");
    check(report_of(random.world, random.settings, all, some), where + " from the world");
  }
}

TEST(Report, TheScreenfulNamesNumbersAndOpportunities) {
  const World world = potentia::testing::small_world();
  const Report report = report_of(world, {}, {potentia::testing::small_lao}, {potentia::testing::small_chn});
  std::string text;
  for (const std::string& line : report_lines(report)) {
    EXPECT_LE(line.size(), 200u) << line;
    text += line + "\n";
  }
  EXPECT_NE(text.find("Laos to China: potential in 2028, trade of 2023"), std::string::npos) << text;
  EXPECT_NE(text.find("071410 Cassava"), std::string::npos) << text;
  EXPECT_NE(text.find("65.6"), std::string::npos) << text;  // potential of cassava, USD million
  EXPECT_NE(text.find("35.6"), std::string::npos) << text;  // and what of it is unrealised
  EXPECT_NE(text.find("63 %"), std::string::npos) << text;  // of which static
  EXPECT_NE(text.find("unofficial replication of ITC's method"), std::string::npos) << text;
}

}  // namespace
}  // namespace potentia::drilldown
