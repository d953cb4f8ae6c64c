// See mover_lines.hpp.
#include "host/model/mover_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/model/summary.hpp"
#include "io/result/result_file.hpp"

namespace potentia {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t shown_factors = 3, shown_codes = 12;
constexpr double worth_a_word = 0.01;  // of the change

std::string with_sign(double dollars) { return (dollars < 0 ? "" : "+") + millions(dollars); }

std::string relative(const ColumnSums& before, const ColumnSums& after, Column column) {
  if (before[column] == 0) return after[column] == 0 ? "-" : "new";
  return fmt::format("{:+.1f} %", 100 * (after[column] - before[column]) / before[column]);
}

/// "imports~ +50.2, ease of trade -3.1"
std::string factors_in_words(const MoverList& list, const Mover& mover) {
  std::string text;
  const std::vector<MoverFactor> factors = factors_by_size(mover);
  for (std::size_t n = 0; n < std::min(factors.size(), shown_factors); ++n) {
    const std::size_t factor = static_cast<std::size_t>(factors[n]);
    if (n > 0 && std::abs(mover.parts[factor]) < worth_a_word * std::abs(mover.change(column_potential))) break;
    text += fmt::format("{}{}{} {}", n == 0 ? "" : ", ", factor_in_words(factors[n]), list.estimated[factor] ? "~" : "",
                        with_sign(mover.parts[factor]));
  }
  return text;
}

std::string value_line(const std::string& code, const std::string& name, const ColumnSums& before,
                       const ColumnSums& after) {
  return fmt::format(
      "  {:<6} {:<22.21}{:>14}{:>14}{:>13}{:>10}{:>13}{:>10}", code, name, millions(before[column_potential]),
      millions(after[column_potential]), with_sign(after[column_potential] - before[column_potential]),
      relative(before, after, column_potential), with_sign(after[column_unrealized] - before[column_unrealized]),
      relative(before, after, column_unrealized));
}

void add_unmatched(const std::vector<Unmatched>& list, const std::string& noun, const char* which,
                   std::vector<std::string>& lines) {
  if (list.empty()) return;
  std::string codes;
  for (std::size_t n = 0; n < std::min(list.size(), shown_codes); ++n) codes += (n == 0 ? "" : ", ") + list[n].code;
  if (list.size() > shown_codes) codes += fmt::format(" and {} more", list.size() - shown_codes);
  lines.push_back(fmt::format("  {} only in the {} result: {}", noun, which, codes));
}

void add_axis(const MoverList& list, const std::string& noun, std::size_t most, std::vector<std::string>& lines) {
  const std::vector<std::size_t> order = largest_movers(list, column_potential, most);
  lines.push_back(fmt::format("{:<30}", noun + (order.empty() ? ": none moved" : "")));
  for (const std::size_t n : order) {
    const Mover& mover = list.movers[n];
    lines.push_back(value_line(mover.code, mover.name, mover.before, mover.after) + "  " +
                    factors_in_words(list, mover));
  }
  add_unmatched(list.only_before, noun, "first", lines);
  add_unmatched(list.only_after, noun, "second", lines);
}

Json columns_json(const ColumnSums& values) {
  Json json;
  for (int c = 0; c < column_count; ++c)
    json[column_name(static_cast<Column>(c))] = values[static_cast<std::size_t>(c)];
  return json;
}

Json unmatched_json(const std::vector<Unmatched>& list) {
  Json json = Json::array();
  for (const Unmatched& one : list)
    json.push_back({{"code", one.code}, {"name", one.name}, {"values", columns_json(one.values)}});
  return json;
}

Json mover_json(const Mover& mover) {
  Json json{{"code", mover.code}, {"name", mover.name}};
  json["before"] = columns_json(mover.before);
  json["after"] = columns_json(mover.after);
  for (int c = 0; c < column_count; ++c) {
    const Column column = static_cast<Column>(c);
    json["change"][column_name(column)] = mover.change(column);
    const double before = mover.before[static_cast<std::size_t>(c)];
    json["relative_change"][column_name(column)] = before == 0 ? Json() : Json(mover.change(column) / std::abs(before));
  }
  for (std::size_t f = 0; f < mover_factor_count; ++f)
    json["parts"][factor_name(static_cast<MoverFactor>(f))] = mover.parts[f];
  return json;
}

Json axis_json(const MoverList& list, std::size_t most) {
  Json json{{"estimated", Json::array()}, {"movers", Json::array()}};
  for (std::size_t f = 0; f < mover_factor_count; ++f)
    if (list.estimated[f]) json["estimated"].push_back(factor_name(static_cast<MoverFactor>(f)));
  for (const std::size_t n : largest_movers(list, column_potential, most))
    json["movers"].push_back(mover_json(list.movers[n]));
  json["only_before"] = unmatched_json(list.only_before);
  json["only_after"] = unmatched_json(list.only_after);
  return json;
}

}  // namespace

std::vector<std::string> mover_lines(const Movers& movers, std::size_t most) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{:<31}{:>14}{:>14}{:>13}{:>10}{:>13}{:>10}  {}", "potential, USD million", "before",
                              "after", "change", "", "unrealised", "", "what moved it"));
  lines.push_back(value_line("all", "", movers.before, movers.after));
  add_axis(movers.exporters, "exporters", most, lines);
  add_axis(movers.markets, "markets", most, lines);
  if (movers.has_products)
    add_axis(movers.products, "products", most, lines);
  else
    lines.push_back("products: the results have no sums of products in common, because of --exporters and --markets");
  lines.push_back(Movers::method());
  return lines;
}

Json movers_json(const Movers& movers, std::size_t most) {
  Json json{{"method", Movers::method()}};
  json["total"] = {{"before", columns_json(movers.before)}, {"after", columns_json(movers.after)}};
  json["exporters"] = axis_json(movers.exporters, most);
  json["markets"] = axis_json(movers.markets, most);
  json["products"] = movers.has_products ? axis_json(movers.products, most) : Json();
  return json;
}

}  // namespace potentia
