// See wording.hpp.
#include "host/drilldown/wording.hpp"

#include <fmt/format.h>

#include <cmath>

#include "host/run/progress.hpp"

namespace potentia::drilldown {
namespace {

/// Rounded to three significant figures.
double three_figures(double value) {
  if (value == 0.0) return 0.0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::fabs(value))) - 2.0);
  return std::round(value / unit) * unit;
}

/// Up to three figures of a number from 1 on, thousands with separators.
std::string figures(double value) {
  if (value >= 1000.0) return with_thousands(static_cast<std::uint64_t>(std::llround(value)));
  std::string text = fmt::format("{:.{}f}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
  if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::string in_dollars(double value) {
  if (value < 0.0) return "minus " + in_dollars(-value);
  const double rounded = three_figures(value);
  if (value == 0.0) return "USD 0";
  if (rounded >= 1e12) return "USD " + figures(rounded / 1e12) + " trillion";
  if (rounded >= 1e9) return "USD " + figures(rounded / 1e9) + " billion";
  if (rounded >= 1e6) return "USD " + figures(rounded / 1e6) + " million";
  if (rounded < 1e3) return "less than USD 1,000";
  return "USD " + with_thousands(static_cast<std::uint64_t>(std::llround(rounded / 1e3))) + ",000";
}

std::string in_percent(double part, double whole) {
  const double percent = 100.0 * part / whole;
  const double rounded = std::round(percent);
  if (part > 0.0 && rounded < 1.0) return "less than 1 %";
  if (part < whole && rounded == 100.0) return "more than 99 %";
  return fmt::format("{:.0f} %", rounded);
}

std::string counted(std::uint64_t number, const std::string& singular, const std::string& plural) {
  return with_thousands(number) + " " + (number == 1 ? singular : plural);
}

std::string ordinal(std::uint64_t number) {
  const std::uint64_t last = number % 10, teen = number % 100;
  const bool plain = teen >= 11 && teen <= 13;
  return with_thousands(number) + (plain || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd");
}

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t at = 0; at < items.size(); ++at)
    text += (at == 0 ? "" : at + 1 == items.size() ? " and " : ", ") + items[at];
  return text;
}

std::string shortened(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const std::size_t space = text.rfind(' ', bytes);
  std::size_t end = bytes;
  if (space != std::string::npos && space >= bytes / 2)
    end = space;
  else
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == ',' || text[end - 1] == ';')) --end;
  return text.substr(0, end) + "…";
}

std::string in_quotes(const std::string& text) { return "“" + text + "”"; }

std::string growth_in_words(double growth) {
  return fmt::format("{}{:.1f} % a year", growth < 0.0 ? "−" : "", std::fabs(100.0 * growth));
}

std::string years_in_words(const std::vector<std::int32_t>& years) {
  if (years.empty()) return "";
  if (years.size() == 1) return std::to_string(years[0]);
  const bool run = years.back() - years.front() == static_cast<std::int32_t>(years.size()) - 1;
  if (run) return fmt::format("{}–{}", years.front(), years.back());
  return fmt::format("{}", fmt::join(years, ", "));
}

}  // namespace potentia::drilldown
