// See tidy.hpp.
#include "host/export/tidy.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "kernels/error.hpp"

namespace potentia::exports {
namespace {

using Which = std::vector<std::int32_t>;
using Texts = std::shared_ptr<const std::vector<std::string>>;

struct AxisWords {
  const char *key, *code, *name;
};

const AxisWords& words_of(ResultAxis axis) {
  static constexpr AxisWords words[result_axis_count] = {
      {"exporter", "exporter, ISO3 code", "exporter, name"},
      {"market", "market, ISO3 code", "market, name"},
      {"product", "product, HS code of six digits", "product, name"},
      {"sector", "sector", nullptr},  // is a name
  };
  return words[static_cast<std::size_t>(axis)];
}

TidyColumn text_column(std::string key, std::string label, Texts texts, std::shared_ptr<const Which> which) {
  TidyColumn column;
  column.key = std::move(key);
  column.label = std::move(label);
  column.texts = std::move(texts);
  column.which = std::move(which);
  return column;
}

Texts shared(std::vector<std::string> texts) {
  return std::make_shared<const std::vector<std::string>>(std::move(texts));
}

/// Code and name of an axis. @param which [rows] position along it; one beyond its end is no place at all
void add_axis(TidyTable& table, const ResultGroup& group, ResultAxis axis, Which which) {
  const AxisWords& words = words_of(axis);
  const auto rows = std::make_shared<const Which>(std::move(which));
  std::vector<std::string> codes = group.axis(axis).codes, names = group.axis(axis).names;
  codes.emplace_back();
  names.emplace_back();
  table.columns.push_back(text_column(words.key, words.code, shared(std::move(codes)), rows));
  table.columns.back().is_code = axis != ResultAxis::sector;
  if (words.name != nullptr)
    table.columns.push_back(text_column(std::string(words.key) + "_name", words.name, shared(std::move(names)), rows));
}

Which all_of(std::size_t count) {
  Which positions(count);
  for (std::size_t n = 0; n < count; ++n) positions[n] = static_cast<std::int32_t>(n);
  return positions;
}

/// Positions along an axis that were chosen.
Which wanted(const ResultGroup& group, const Choice& choice, ResultAxis axis) {
  const Which& chosen = axis == ResultAxis::exporter ? choice.exporters : choice.markets;
  const bool is_free = (axis != ResultAxis::exporter && axis != ResultAxis::market) || chosen.empty();
  return is_free ? all_of(group.axis(axis).codes.size()) : chosen;
}

/// Places of a table that were chosen: where each lies in its values, and its position along every axis.
struct Places {
  std::vector<std::size_t> at;
  std::vector<Which> along;  // [axes][places]
};

Places places_of(const ResultGroup& group, const Choice& choice, const std::vector<ResultAxis>& axes) {
  Places places;
  places.at = {0};
  places.along.resize(axes.size());
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const Which positions = wanted(group, choice, axes[a]);
    const std::size_t size = group.axis(axes[a]).codes.size();
    Places longer;
    longer.along.resize(axes.size());
    longer.at.reserve(places.at.size() * positions.size());
    for (std::size_t n = 0; n < places.at.size(); ++n)
      for (const std::int32_t position : positions) {
        longer.at.push_back(places.at[n] * size + static_cast<std::size_t>(position));
        for (std::size_t before = 0; before < a; ++before) longer.along[before].push_back(places.along[before][n]);
        longer.along[a].push_back(position);
      }
    places = std::move(longer);
  }
  return places;
}

Places places_of_cells(const ResultGroup& group, const Choice& choice) {
  std::vector<char> is_market(group.axis(ResultAxis::market).codes.size(), 0);
  for (const std::int32_t market : wanted(group, choice, ResultAxis::market))
    is_market[static_cast<std::size_t>(market)] = 1;
  Places places;
  places.along.resize(3);
  for (const std::int32_t exporter : wanted(group, choice, ResultAxis::exporter)) {
    const auto row = static_cast<std::size_t>(exporter);
    for (std::size_t cell = group.cell_offsets[row]; cell < group.cell_offsets[row + 1]; ++cell) {
      if (!is_market[static_cast<std::size_t>(group.cell_market[cell])]) continue;
      places.at.push_back(cell);
      places.along[0].push_back(exporter);
      places.along[1].push_back(group.cell_market[cell]);
      places.along[2].push_back(group.cell_product[cell]);
    }
  }
  return places;
}

bool is_something(double value) { return value != 0.0 && !std::isnan(value); }

/// Keeps the places at which some of the tables holds something.
void drop_zeros(const ResultTable* tables, std::size_t count, Places& places) {
  std::size_t kept = 0;
  for (std::size_t n = 0; n < places.at.size(); ++n) {
    const std::size_t at = places.at[n];
    if (std::none_of(tables, tables + count, [at](const ResultTable& table) { return is_something(table.values[at]); }))
      continue;
    places.at[kept] = at;
    for (Which& positions : places.along) positions[kept] = positions[n];
    ++kept;
  }
  places.at.resize(kept);
  for (Which& positions : places.along) positions.resize(kept);
}

/// The values at some places, ascending, moved to the front.
Buffer<double> gathered(Buffer<double> values, const std::vector<std::size_t>& at) {
  for (std::size_t n = 0; n < at.size(); ++n) values[n] = values[at[n]];
  return values;
}

TidyTable of_columns(ResultGroup group, const Choice& choice) {
  const bool is_cells = group.name == "cells";
  const std::vector<ResultAxis> axes =
      is_cells ? std::vector<ResultAxis>{ResultAxis::exporter, ResultAxis::market, ResultAxis::product}
               : group.tables.front().axes;
  Places places = is_cells ? places_of_cells(group, choice) : places_of(group, choice, axes);
  if (choice.without_zeros) drop_zeros(group.tables.data(), group.tables.size(), places);
  TidyTable table;
  table.rows = places.at.size();
  for (std::size_t a = 0; a < axes.size(); ++a) add_axis(table, group, axes[a], std::move(places.along[a]));
  for (ResultTable& values : group.tables) {
    TidyColumn column;
    column.key = values.name;
    column.label = values.long_name;
    column.units = values.units;
    column.values = gathered(std::move(values.values), places.at);
    table.columns.push_back(std::move(column));
  }
  return table;
}

TidyTable of_factors(const ResultGroup& group, const Choice& choice) {
  constexpr ResultAxis axes[] = {ResultAxis::exporter, ResultAxis::market, ResultAxis::product};
  TidyTable table;
  Which factor, along[3];
  std::vector<double> value;
  std::vector<std::string> names, units;
  for (const ResultTable& each : group.tables) {
    Places places = places_of(group, choice, each.axes);
    if (choice.without_zeros) drop_zeros(&each, 1, places);
    factor.insert(factor.end(), places.at.size(), static_cast<std::int32_t>(names.size()));
    for (const std::size_t at : places.at) value.push_back(each.values[at]);
    for (std::size_t a = 0; a < 3; ++a) {
      const auto found = std::find(each.axes.begin(), each.axes.end(), axes[a]);
      if (found == each.axes.end()) {
        along[a].insert(along[a].end(), places.at.size(), static_cast<std::int32_t>(group.axis(axes[a]).codes.size()));
      } else {
        const Which& positions = places.along[static_cast<std::size_t>(found - each.axes.begin())];
        along[a].insert(along[a].end(), positions.begin(), positions.end());
      }
    }
    names.push_back(each.name);
    units.push_back(each.units);
  }
  table.rows = value.size();
  const auto which = std::make_shared<const Which>(std::move(factor));
  std::string meaning = "which factor:";
  for (const ResultTable& each : group.tables)
    meaning += (&each == &group.tables.front() ? " " : "; ") + each.name + " = " + each.long_name;
  table.columns.push_back(text_column("factor", meaning, shared(names), which));
  for (std::size_t a = 0; a < 3; ++a) add_axis(table, group, axes[a], std::move(along[a]));
  TidyColumn column;
  column.key = "value";
  column.label = "value of the factor, in the unit beside it";
  column.units = "1";
  column.values = Buffer<double>(value.size());
  std::copy(value.begin(), value.end(), column.values.begin());
  table.columns.push_back(std::move(column));
  table.columns.push_back(text_column("unit", "unit of the value; 1 = a plain number", shared(units), which));
  return table;
}

void check_choice(const ResultGroup& group, const Choice& choice) {
  const auto refuse = [&](const char* flag, const char* axis) {
    throw Error(ErrorKind::usage, "the table " + group.name + " has no " + axis + " to choose", flag,
                std::string("leave ") + flag + " out");
  };
  if (!choice.exporters.empty() && group.name == "market_product") refuse("--exporters", "exporters");
  if (!choice.markets.empty() && group.name == "exporter_product") refuse("--markets", "markets");
}

const char* title_of(const std::string& group) {
  if (group == "pair") return "export potential by exporter and market";
  if (group == "pair_sector") return "export potential by exporter, market and sector";
  if (group == "exporter_product") return "export potential by exporter and product, over all markets";
  if (group == "market_product") return "export potential by market and product, over all exporters";
  if (group == "cells") return "export potential by exporter, market and product: the largest unrealised cells";
  return "factors of export potential";
}

}  // namespace

TidyTable tidy_table(ResultGroup group, const Choice& choice) {
  check_choice(group, choice);
  const std::string name = group.name;
  TidyTable table = name == "factors" ? of_factors(group, choice) : of_columns(std::move(group), choice);
  table.name = name;
  table.title = title_of(name);
  return table;
}

}  // namespace potentia::exports
