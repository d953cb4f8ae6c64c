// See numbers.hpp.
#include "host/drilldown/forms/figures/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace potentia::drilldown::figures {
namespace {

constexpr const char* minus = "\u2212";

}  // namespace

Unit unit_of(Kind kind, double largest) {
  if (kind == Kind::share) return {100, "", "%", 2};
  if (kind == Kind::points) return {100, "percentage points", "", 2};
  if (kind != Kind::usd) return {};
  if (largest >= 1e13) return {1e-12, "USD trillion", "", 4};
  if (largest >= 1e10) return {1e-9, "USD billion", "", 4};
  if (largest >= 1e6) return {1e-6, "USD million", "", 4};
  if (largest >= 1e3) return {1e-3, "USD thousand", "", 4};
  return {1, "USD", "", 4};
}

std::string fixed(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", std::fabs(value), decimals);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, ",");
  const bool is_nothing = text.find_first_of("123456789") == text.npos;
  return value < 0 && !is_nothing ? minus + text : text;
}

int usual_decimals(const std::vector<double>& values, Kind kind, const Unit& unit) {
  if (kind == Kind::count || kind == Kind::year) return 0;
  if (kind == Kind::share || kind == Kind::points) return 1;
  double largest = 0;
  bool whole = kind == Kind::number;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    largest = std::max(largest, std::fabs(value * unit.factor));
    whole = whole && value == std::floor(value);
  }
  if (whole || largest >= 10000) return 0;
  return largest >= 10 ? 1 : 2;
}

std::string amount(double value, Kind kind, const Unit& unit, int decimals) {
  const double shown = value * unit.factor, size = std::fabs(shown);
  if (kind == Kind::count || shown == 0) return fixed(shown, 0) + unit.suffix;
  const double least = std::pow(10.0, -unit.most_decimals);
  if (size < 0.5 * least)
    return (shown < 0 ? std::string(">") + minus : std::string("<")) + fixed(least, unit.most_decimals) + unit.suffix;
  const int needed = 1 - static_cast<int>(std::floor(std::log10(size)));
  return fixed(shown, std::max(decimals, std::min(unit.most_decimals, needed))) + unit.suffix;
}

}  // namespace potentia::drilldown::figures
