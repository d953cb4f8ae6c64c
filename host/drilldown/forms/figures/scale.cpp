// See scale.hpp.
#include "host/drilldown/forms/figures/scale.hpp"

#include <algorithm>
#include <cmath>

namespace potentia::drilldown::figures {
namespace {

/// Decimals that tell multiples of a step apart.
int decimals_of(double step) { return std::clamp(-static_cast<int>(std::floor(std::log10(step) + 1e-9)), 0, 9); }

/// The smallest of 1, 2, 5 times a power of ten that is no smaller than a length.
double nice_step(double length) {
  const double power = std::pow(10.0, std::floor(std::log10(length)));
  for (const double times : {1.0, 2.0, 5.0})
    if (times * power >= length * (1 - 1e-9)) return times * power;
  return 10 * power;
}

}  // namespace

double Scale::at(double value) const {
  if (by_powers) return std::log(value / low) / std::log(high / low);
  return (value - low) / (high - low);
}

Scale linear_scale(double low, double high, bool from_nothing, int most, const Unit& unit) {
  low *= unit.factor, high *= unit.factor;
  if (from_nothing) low = std::min(low, 0.0), high = std::max(high, 0.0);
  if (!(high > low)) high = low + (low == 0 ? 1 : std::fabs(low));  // one value alone
  most = std::max(most, 3);
  double step = nice_step((high - low) / (most - 1));
  const auto first = [&] { return std::floor(low / step + 1e-6); };
  const auto last = [&] { return std::ceil(high / step - 1e-6); };
  while (last() - first() + 1 > most) step = nice_step(step * 1.5);
  Scale scale;
  scale.low = first() * step / unit.factor;
  scale.high = last() * step / unit.factor;
  for (double n = first(); n <= last(); ++n)
    scale.ticks.push_back({n * step / unit.factor, fixed(n * step, n == 0 ? 0 : decimals_of(step)) + unit.suffix});
  return scale;
}

Scale whole_scale(const Unit& unit) { return linear_scale(0, 100 / unit.factor, true, 6, unit); }

Scale power_scale(double low, double high, const Unit& unit) {
  Scale scale;
  scale.by_powers = true;
  scale.low = low;
  scale.high = std::max(high, low) * 1.1;
  const auto first = static_cast<int>(std::ceil(std::log10(low * unit.factor) - 1e-9));
  const auto last = static_cast<int>(std::floor(std::log10(scale.high * unit.factor) + 1e-9));
  const auto add = [&](double shown, int power) {
    scale.ticks.push_back({shown / unit.factor, fixed(shown, std::max(0, -power)) + unit.suffix});
  };
  const int skip = std::max(1, (last - first + 6) / 7);
  for (int power = first; power <= last; ++power)
    if ((power - first) % skip == 0) add(std::pow(10.0, power), power);
  if (last - first >= 1) return scale;
  scale.ticks.clear();
  for (int power = first - 1; power <= last; ++power)
    for (const double times : {1.0, 2.0, 5.0}) {
      const double shown = times * std::pow(10.0, power), value = shown / unit.factor;
      if (value >= low * (1 - 1e-9) && value <= scale.high * (1 + 1e-9)) add(shown, power);
    }
  return scale;
}

}  // namespace potentia::drilldown::figures
