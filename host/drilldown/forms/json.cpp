// report.json: the report one to one.
#include <nlohmann/json.hpp>

#include <cmath>

#include "host/drilldown/drilldown.hpp"
#include "host/version.hpp"

namespace potentia::drilldown {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::text:
      return "text";
    case Kind::code:
      return "code";
    case Kind::year:
      return "year";
    case Kind::count:
      return "count";
    case Kind::usd:
      return "usd";
    case Kind::share:
      return "share";
    case Kind::points:
      return "points";
    case Kind::number:
      return "number";
    case Kind::flag:
      return "flag";
  }
  return "text";
}

const char* name_of(Role role) {
  switch (role) {
    case Role::plain:
      return "plain";
    case Role::exports:
      return "exports";
    case Role::imports:
      return "imports";
    case Role::balance:
      return "balance";
    case Role::market:
      return "market";
    case Role::rest:
      return "rest";
    case Role::actual:
      return "actual";
    case Role::realized:
      return "realized";
    case Role::unrealized:
      return "unrealized";
    case Role::static_part:
      return "static";
    case Role::dynamic_part:
      return "dynamic";
    case Role::supply:
      return "supply";
    case Role::population:
      return "population";
    case Role::income:
      return "income";
    case Role::tariff:
      return "tariff";
    case Role::before:
      return "before";
    case Role::after:
      return "after";
    case Role::raw:
      return "raw";
    case Role::semi_processed:
      return "semi_processed";
    case Role::processed:
      return "processed";
    case Role::change:
      return "change";
  }
  return "plain";
}

const char* name_of(Chart::Type type) {
  switch (type) {
    case Chart::Type::line:
      return "line";
    case Chart::Type::bar:
      return "bar";
    case Chart::Type::stacked_bar:
      return "stacked_bar";
    case Chart::Type::horizontal_bar:
      return "horizontal_bar";
    case Chart::Type::horizontal_stacked:
      return "horizontal_stacked";
    case Chart::Type::waterfall:
      return "waterfall";
    case Chart::Type::scatter:
      return "scatter";
    case Chart::Type::interval:
      return "interval";
  }
  return "bar";
}

Json json_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return std::isfinite(*number) ? Json(*number) : Json(nullptr);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return nullptr;
}

Json json_of(const Table& table) {
  Json columns = Json::array(), rows = Json::array();
  for (const TableColumn& column : table.columns)
    columns.push_back({{"key", column.key}, {"label", column.label}, {"kind", name_of(column.kind)}});
  for (const std::vector<Value>& row : table.rows) {
    Json cells = Json::array();
    for (const Value& value : row) cells.push_back(json_of(value));
    rows.push_back(std::move(cells));
  }
  return {{"columns", std::move(columns)}, {"rows", std::move(rows)}};
}

Json json_of(const Figure& figure) {
  Json charts = Json::array();
  for (const Chart& chart : figure.charts) {
    Json series = Json::array();
    for (const Series& each : chart.series) {
      series.push_back({{"column", each.column}, {"role", name_of(each.role)}});
      if (!each.low.empty()) series.back().update({{"low", each.low}, {"high", each.high}});
    }
    charts.push_back({{"type", name_of(chart.type)},
                      {"category", chart.category},
                      {"first_rows", chart.first_rows},
                      {"series", std::move(series)}});
    if (!chart.along.empty()) charts.back()["along"] = chart.along;
  }
  Json json = {{"id", figure.id},
               {"title", figure.title},
               {"definition", figure.definition},
               {"alternative", figure.alternative},
               {"notice", figure.notice},
               {"charts", std::move(charts)},
               {"table", json_of(figure.table)}};
  if (!figure.section.empty()) json["section"] = figure.section;
  return json;
}

Json json_of(const World& world, const Party& party) {
  Json members = Json::array();
  for (const std::int32_t member : party.members) members.push_back(world.countries[member].iso3);
  return {{"code", party.code}, {"name", party.name}, {"members", std::move(members)}};
}

}  // namespace

std::string report_json(const World& world, const Report& report) {
  Json parts = Json::array(), findings = Json::array(), rules = Json::array();
  for (const Part& part : report.parts) {
    Json figures = Json::array();
    for (const Figure& figure : part.figures) figures.push_back(json_of(figure));
    parts.push_back({{"id", part.id}, {"title", part.title}, {"figures", std::move(figures)}});
  }
  for (const Finding& finding : report.findings)
    findings.push_back({{"rule", finding.rule}, {"sentence", finding.sentence}});
  for (const Rule& rule : report.rules)
    rules.push_back({{"name", rule.name}, {"when", rule.when}, {"says", rule.says}});
  const Json all = {{"format", "potentia drill-down"},
                    {"version", 2},
                    {"program", {{"version", program_version()}, {"commit", program_commit()}}},
                    {"exporter", json_of(world, report.exporter)},
                    {"market", json_of(world, report.market)},
                    {"base_years", report.base_years},
                    {"horizon_year", report.horizon_year},
                    {"world_title", report.world_title},
                    {"short_names", report.short_names},
                    {"parts", std::move(parts)},
                    {"findings", std::move(findings)},
                    {"rules", std::move(rules)}};
  // Names that are not valid UTF-8 are shown with a replacement character instead of failing the report.
  return all.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace potentia::drilldown
