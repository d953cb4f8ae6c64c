// Part 4: logistics performance against region, market and world (figure 10 of the report).
#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/values.hpp"
#include "host/model/regions.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t most_members = 12;  // of a group whose members get a column each

/// Mean score of the marked countries that have one; nothing if none has.
Value mean_score(const Logistics& logistics, const std::vector<char>& marks, std::int32_t year, std::size_t component) {
  double sum = 0.0, countries = 0.0;
  for (std::size_t row = 0; row < logistics.country.size(); ++row) {
    const double score = logistics.score[row * logistics.components.size() + component];
    if (logistics.year[row] != year || !marks[logistics.country[row]] || std::isnan(score)) continue;
    sum += score;
    countries += 1.0;
  }
  return countries > 0.0 ? Value(sum / countries) : Value();
}

/// Years in which some marked country has a score of some component, ascending.
std::vector<std::int32_t> years_with_scores(const Logistics& logistics, const std::vector<char>& marks) {
  std::set<std::int32_t> years;
  const std::size_t components = logistics.components.size();
  for (std::size_t row = 0; row < logistics.country.size(); ++row) {
    const double* scores = logistics.score.data() + row * components;
    const bool known = std::any_of(scores, scores + components, [](double score) { return !std::isnan(score); });
    if (marks[logistics.country[row]] && known) years.insert(logistics.year[row]);
  }
  return {years.begin(), years.end()};
}

/// Countries whose scores are averaged, and how they are called.
struct Group {
  std::string key, label;
  Role role;
  std::vector<char> marks;
};

/// The countries of the regions of the exporter's members.
Group region_group(const Context& context) {
  std::set<std::string> regions;
  for (const std::int32_t member : context.exporter.members)
    regions.insert(region_of(context.world->countries[member].iso3));
  regions.erase(region_names().back());  // belongs together in no sense
  Group group{"region", regions.size() == 1 ? *regions.begin() : "Regions of the exporters", Role::plain, {}};
  for (const Country& country : context.world->countries)
    group.marks.push_back(static_cast<char>(regions.count(region_of(country.iso3)) > 0));
  return group;
}

std::vector<Group> compared_groups(const Context& context) {
  return {{"exporter", context.exporter.name, Role::actual, context.is_exporter},
          region_group(context),
          {"market", context.market.name, Role::market, context.is_market},
          {"world", "World", Role::rest, std::vector<char>(context.world->country_count(), 1)}};
}

void draw(const std::vector<Group>& groups, Chart::Type type, const std::string& category, Figure& figure) {
  Chart chart{type, category, {}, 0};
  for (const Group& group : groups) chart.series.push_back({group.key, group.role});
  figure.charts = {chart};
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// Why there are no scores of the exporter's; nothing if there are.
std::string missing_scores(const Context& context, const std::vector<std::int32_t>& years) {
  if (context.world->logistics.empty()) return "This world has no table of logistics performance.";
  if (years.empty()) return context.exporter.name + " has no score in the table of logistics performance.";
  return "";
}

Figure components_figure(const Context& context, const std::vector<Group>& groups,
                         const std::vector<std::int32_t>& years) {
  Figure figure;
  figure.id = "components";
  figure.title = "Logistics performance of " + context.exporter.name;
  figure.definition =
      "Logistics Performance Index (LPI) of the World Bank, from 1 (low) to 5 (high), overall and by component, in "
      "the latest year with a score of the exporter. Groups, regions and the world are plain means of the "
      "countries with a score in that year.";
  figure.table.columns = {{"component", "Component", Kind::text}, {"year", "Year", Kind::year}};
  for (const Group& group : groups) figure.table.columns.push_back({group.key, group.label, Kind::number});
  std::vector<Group> members;
  const std::size_t count = context.exporter.members.size();
  if (count > 1 && count <= most_members)
    for (const std::int32_t member : context.exporter.members) {
      const Country& country = context.world->countries[member];
      Group group{"exporter_" + country.iso3, country.name, Role::plain,
                  std::vector<char>(context.is_exporter.size(), 0)};
      group.marks[member] = 1;
      figure.table.columns.push_back({group.key, group.label, Kind::number});
      members.push_back(std::move(group));
    }
  figure.notice = missing_scores(context, years);
  if (!figure.notice.empty()) return figure;

  const Logistics& logistics = context.world->logistics;
  for (std::size_t component = 0; component < logistics.components.size(); ++component) {
    std::vector<Value> row = {capitalised(logistics.components[component]), static_cast<std::int64_t>(years.back())};
    for (const Group& group : groups) row.push_back(mean_score(logistics, group.marks, years.back(), component));
    for (const Group& member : members) row.push_back(mean_score(logistics, member.marks, years.back(), component));
    figure.table.rows.push_back(std::move(row));
  }
  draw(groups, Chart::Type::bar, "component", figure);
  figure.alternative = "Scores from 1 to 5 in " + std::to_string(years.back()) + " of " + context.exporter.name +
                       ", its region, " + context.market.name + " and the world, overall and by component.";
  return figure;
}

Figure years_figure(const Context& context, const std::vector<Group>& groups, const std::vector<std::int32_t>& years) {
  Figure figure;
  figure.id = "years";
  figure.title = "Logistics performance over the years";
  figure.definition =
      "The overall score of the Logistics Performance Index in each year with a score of the exporter; means as "
      "above, each of the countries with a score in that year.";
  figure.table.columns = {{"year", "Year", Kind::year}};
  for (const Group& group : groups) figure.table.columns.push_back({group.key, group.label, Kind::number});
  figure.notice = missing_scores(context, years);
  if (figure.notice.empty() && years.size() == 1)
    figure.notice =
        "Scores of " + context.exporter.name + " are known for one year alone, " + std::to_string(years[0]) + ".";
  if (!figure.notice.empty()) return figure;

  const Logistics& logistics = context.world->logistics;
  const auto overall = std::find(logistics.components.begin(), logistics.components.end(), "overall");
  const std::size_t component =
      overall == logistics.components.end() ? 0 : static_cast<std::size_t>(overall - logistics.components.begin());
  for (const std::int32_t year : years) {
    std::vector<Value> row = {static_cast<std::int64_t>(year)};
    for (const Group& group : groups) row.push_back(mean_score(logistics, group.marks, year, component));
    figure.table.rows.push_back(std::move(row));
  }
  draw(groups, Chart::Type::line, "year", figure);
  figure.alternative =
      "Overall scores from " + std::to_string(years.front()) + " to " + std::to_string(years.back()) + ".";
  return figure;
}

}  // namespace

Part logistics_part(const Context& context) {
  const std::vector<Group> groups = compared_groups(context);
  const std::vector<std::int32_t> years = years_with_scores(context.world->logistics, context.is_exporter);
  return {"logistics", "Logistics", {components_figure(context, groups, years), years_figure(context, groups, years)}};
}

}  // namespace potentia::drilldown
