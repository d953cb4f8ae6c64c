// The report in a screenful: key numbers, and the first rows of the opportunities. The sentences are on the page.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "host/drilldown/drilldown.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t shown_rows = 10;
constexpr std::size_t name_width = 44;

const Figure* find_figure(const Report& report, const std::string& id) {
  for (const Part& part : report.parts)
    for (const Figure& figure : part.figures)
      if (figure.id == id) return &figure;
  return nullptr;
}

/// Reads the entries of a table by the keys of its columns.
class Reader {
public:
  explicit Reader(const Table& table) : table_(table) {}

  std::string text(std::size_t row, const std::string& key) const {
    const Value* value = at(row, key);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return text == nullptr ? "" : *text;
  }

  double number(std::size_t row, const std::string& key) const {
    const Value* value = at(row, key);
    const auto* number = value == nullptr ? nullptr : std::get_if<double>(value);
    return number == nullptr ? missing_value : *number;
  }

private:
  const Value* at(std::size_t row, const std::string& key) const {
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      if (table_.columns[c].key == key) return &table_.rows[row][c];
    return nullptr;
  }
  const Table& table_;
};

/// 1234567.8 as "1,234,567.8".
std::string with_commas(const std::string& number) {
  std::string out;
  const std::size_t point = std::min(number.find('.'), number.size());
  for (std::size_t at = 0; at < number.size(); ++at) {
    out += number[at];
    const bool between_digits = at + 1 < point && number[at] != '-';
    if (between_digits && (point - at - 1) % 3 == 0) out += ',';
  }
  return out;
}

/// USD million with one decimal, three for what would round to nothing.
std::string millions(double value) {
  if (std::isnan(value)) return "-";
  const double scaled = value / 1e6;
  return with_commas(fmt::format("{:.{}f}", scaled, std::fabs(scaled) < 1.0 && scaled != 0.0 ? 3 : 1));
}

std::string percent(double share) { return std::isnan(share) ? "" : fmt::format("{:.0f} %", 100.0 * share); }

/// Characters, not bytes: names have accents and dashes.
std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// Exactly `width` characters, cut between characters; a line break in a name is no line break on the screen.
std::string fitted(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t characters = 0;
  const bool cut = length(text) > width;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && cut && characters + 3 == width) break;
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++characters;
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  if (cut) out += "...";
  return out + std::string(width - (cut ? width : characters), ' ');
}

void add_key_numbers(const Report& report, std::vector<std::string>& lines) {
  const Figure* figure = find_figure(report, "key_numbers");
  if (figure == nullptr || figure->table.rows.empty()) return;
  const Reader table(figure->table);
  lines.push_back(fmt::format("  {} {:>14} {:>8} {:>18}", fitted("USD million", name_width + 7), "to the market", "",
                              "to all markets"));
  for (std::size_t row = 0; row < figure->table.rows.size(); ++row) {
    const std::string key = table.text(row, "key");
    if (key.rfind("change_", 0) == 0) continue;
    lines.push_back(without_trailing_spaces(fmt::format(
        "  {} {:>14} {:>8} {:>18} {:>8}", fitted(table.text(row, "measure"), name_width + 7),
        millions(table.number(row, "market")), percent(table.number(row, "market_share")),
        millions(table.number(row, "world")), percent(table.number(row, "world_share")))));
  }
}

void add_opportunities(const Report& report, std::vector<std::string>& lines) {
  const Figure* figure = find_figure(report, "opportunities");
  if (figure == nullptr) return;
  if (figure->table.rows.empty()) {
    lines.push_back("no opportunities: " + figure->notice);
    return;
  }
  const Reader table(figure->table);
  lines.push_back(fmt::format("largest of {} opportunities", figure->table.rows.size()));
  lines.push_back(fmt::format("  {} {:>12} {:>12} {:>12} {:>7}  {}", fitted("USD million", name_width + 7), "potential",
                              "actual", "unrealised", "static", "doubts"));
  for (std::size_t row = 0; row < std::min(shown_rows, figure->table.rows.size()); ++row) {
    lines.push_back(without_trailing_spaces(fmt::format(
        "  {:<6} {} {:>12} {:>12} {:>12} {:>7}  {}", table.text(row, "product"),
        fitted(table.text(row, "name"), name_width), millions(table.number(row, "potential")),
        millions(table.number(row, "actual")), millions(table.number(row, "unrealized")),
        percent(table.number(row, "static_share")), table.text(row, "flags"))));
  }
}

/// What each scenario comes to for the pair, and whether targets are reached; all else of them is on the page.
void add_scenarios(const Report& report, std::vector<std::string>& lines) {
  for (const Finding& finding : report.findings)
    for (const char* rule : {"scenario_difference", "scenario_nothing", "target_reach"})
      if (finding.rule == rule) lines.push_back(finding.sentence);
}

}  // namespace

std::vector<std::string> report_lines(const Report& report) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{} to {}: potential in {}, trade of {}{}", report.exporter.name, report.market.name,
                              report.horizon_year, report.base_years.front(),
                              report.base_years.size() > 1 ? fmt::format("-{}", report.base_years.back()) : ""));
  add_key_numbers(report, lines);
  add_opportunities(report, lines);
  add_scenarios(report, lines);
  lines.push_back("unofficial replication of ITC's method: these are not ITC's figures");
  return lines;
}

}  // namespace potentia::drilldown
