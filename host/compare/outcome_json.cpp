// An outcome as JSON.
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/compare/compare.hpp"
#include "host/model/mover_lines.hpp"

namespace potentia::compare {
namespace {

using Json = nlohmann::ordered_json;
using Kind = hdf5::DatasetDifference::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::only_first:
      return "only_first";
    case Kind::only_second:
      return "only_second";
    case Kind::form:
      return "form";
    case Kind::numbers:
      return "numbers";
    case Kind::texts:
      return "texts";
  }
  return "";
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json place_json(const hdf5::NumberPlace& place, const std::string& at) {
  return {{"difference", number(place.difference)},
          {"at", at},
          {"index", place.index},
          {"first", number(place.first)},
          {"second", number(place.second)}};
}

Json change_json(const Change& change) {
  const hdf5::DatasetDifference& one = change.dataset;
  Json json{{"path", one.path}, {"kind", name_of(one.kind)}};
  json["first"] = one.first.empty() ? Json() : Json(one.first);
  json["second"] = one.second.empty() ? Json() : Json(one.second);
  json["elements"] = one.elements;
  json["differing"] = one.differing;
  json["nan_in_one"] = one.nan_in_one;
  json["largest_absolute"] = one.has_numbers ? place_json(one.absolute, change.absolute_at) : Json();
  json["largest_relative"] = one.has_numbers ? place_json(one.relative, change.relative_at) : Json();
  if (one.kind == Kind::texts || !one.only_in_first.empty() || !one.only_in_second.empty()) {
    json["only_in_first"] = one.only_in_first;
    json["only_in_second"] = one.only_in_second;
  }
  return json;
}

Json cells_json(const CellDifference& cells) {
  Json json{
      {"in_both", cells.in_both},         {"only_first", cells.only_first},     {"only_second", cells.only_second},
      {"named_first", cells.named_first}, {"named_second", cells.named_second}, {"other_order", cells.other_order},
      {"columns", Json::array()}};
  for (const CellColumn& column : cells.columns)
    json["columns"].push_back({{"name", column.name},
                               {"differing", column.differing},
                               {"largest_absolute", number(column.absolute)},
                               {"at", column.at},
                               {"first", number(column.first)},
                               {"second", number(column.second)}});
  return json;
}

Json digest(const std::string& text) { return text.empty() ? Json() : Json(text); }

}  // namespace

std::string outcome_json(const Outcome& outcome, std::size_t most) {
  const hdf5::FileDifference& files = outcome.files;
  Json json;
  json["format"] = files.format;
  json["first"] = {{"file", outcome.first}, {"digest", digest(files.first_digest)}};
  json["second"] = {{"file", outcome.second}, {"digest", digest(files.second_digest)}};
  json["same"] = outcome.is_same();
  json["tolerance"] = outcome.options.tolerance;
  json["by_digest"] = files.by_digest;
  json["datasets"] = files.datasets;
  json["datasets_read"] = files.read;
  json["differences"] = Json::array();
  for (const Change& change : outcome.changes) json["differences"].push_back(change_json(change));
  json["attributes"] = Json::array();
  for (const hdf5::AttributeDifference& one : files.attributes)
    json["attributes"].push_back(
        {{"path", one.path}, {"name", one.name}, {"first", one.first}, {"second", one.second}});
  json["other"] = files.other;
  json["cells"] = outcome.cells ? cells_json(*outcome.cells) : Json();
  json["movers"] = outcome.movers ? movers_json(*outcome.movers, most) : Json();
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace potentia::compare
