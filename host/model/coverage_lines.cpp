// See coverage_lines.hpp.
#include "host/model/coverage_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/run/progress.hpp"

namespace potentia {
namespace {

constexpr std::size_t most_names = 3, most_codes = 6;
constexpr std::size_t longest_name = 20;

/// As many letters of a name as fit, whole characters of UTF-8.
std::string shortened(const std::string& name) {
  if (name.size() <= longest_name) return name;
  std::size_t end = longest_name - 2;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  while (end > 0 && (name[end - 1] == ' ' || name[end - 1] == ',')) --end;
  return name.substr(0, end) + "..";
}

std::string name_of(const World& world, const std::string& code) {
  const auto country = std::lower_bound(world.countries.begin(), world.countries.end(), code,
                                        [](const Country& a, const std::string& b) { return a.iso3 < b; });
  if (country != world.countries.end() && country->iso3 == code) return country->name;
  const auto product = std::lower_bound(world.products.begin(), world.products.end(), code,
                                        [](const Product& a, const std::string& b) { return a.code < b; });
  return product != world.products.end() && product->code == code ? product->name : "";
}

/// @param world for names; null = codes alone
std::string largest_of(const Coverage& row, const World* world) {
  if (row.known == 0 && row.all != 0) return "all";
  const std::size_t shown = std::min(row.missing.size(), world != nullptr ? most_names : most_codes);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string name = world == nullptr ? row.missing[i] : name_of(*world, row.missing[i]);
    if (i != 0) text += world == nullptr ? ", " : "; ";  // names have commas of their own
    text += row.missing[i] + (name.empty() || name == row.missing[i] ? "" : " " + shortened(name));
  }
  if (row.missing.size() > shown) text += fmt::format(" and {} more", row.missing.size() - shown);
  return text;
}

std::string line_of(const Coverage& row, const World* world) {
  std::string line =
      fmt::format("  {:<36}{:>8} of {:<8}{:>13}  {}", row.variable + ", " + row.of, with_thousands(row.known),
                  with_thousands(row.all), share_in_words(row.missing_share), largest_of(row, world));
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string head_line() {
  return fmt::format("{:<38}{:>8}{:>11}{:>14}  {}", "coverage", "known", "", "trade without", "the largest without");
}

}  // namespace

std::vector<std::string> coverage_lines(const World& world, const std::vector<Coverage>& rows) {
  std::vector<std::string> lines = {head_line()};
  for (const Coverage& row : rows) lines.push_back(line_of(row, &world));
  return lines;
}

std::vector<std::string> short_coverage_lines(const std::vector<Coverage>& rows) {
  std::vector<std::string> lines = {head_line()};
  for (const Coverage& row : rows) {
    if (row.known != row.all) lines.push_back(line_of(row, nullptr));
  }
  if (lines.size() == 1) return {"coverage: nothing is missing of any variable"};
  return lines;
}

}  // namespace potentia
