// See outlook_check.hpp.
#include "io/result/outlook_check.hpp"

#include <fmt/format.h>

#include <cmath>

namespace potentia::result {
namespace {

constexpr double rounding = 1e-9;

bool is_share(double value) { return value >= 0.0 && value <= 1.0; }

}  // namespace

std::string OutlookCheck::what_is_wrong() const {
  const std::size_t exporters = offsets.size() - 1, markets = exporters == 0 ? 0 : expected_of_pairs.size() / exporters;
  for (std::size_t pair = 0; pair < expected_of_pairs.size(); ++pair)
    if (expected_of_pairs[pair] < 0.0 || starts_of_pairs[pair] < 0.0)
      return fmt::format("the outlook of pair {} is negative", pair);
  for (std::size_t exporter = 0; exporter < exporters; ++exporter) {
    std::vector<double> listed(markets, 0.0), starts(markets, 0.0);
    for (std::uint64_t cell = offsets[exporter]; cell < offsets[exporter + 1]; ++cell) {
      const auto wrong = [&](const char* what) { return fmt::format("{} at element {}", what, cell); };
      const bool traded = actual[cell] > 0.0;
      if (!std::isfinite(expected[cell]) || expected[cell] < 0.0) return wrong("expected is no value of exports");
      if (!is_share(chance[cell]) && !(traded && std::isnan(chance[cell]))) return wrong("chance is no share");
      if (traded != !std::isnan(low[cell]) || traded != !std::isnan(high[cell]))
        return wrong("low and high are not there where there is trade, and only there");
      if (traded && !(low[cell] <= expected[cell] && expected[cell] <= high[cell]))
        return wrong("expected is not between low and high");
      listed[market[cell]] += expected[cell];
      if (!traded) starts[market[cell]] += chance[cell];
    }
    for (std::size_t to = 0; to < markets; ++to) {
      const std::size_t pair = exporter * markets + to;
      if (listed[to] > expected_of_pairs[pair] * (1.0 + rounding) || starts[to] > starts_of_pairs[pair] * (1.0 + rounding))
        return fmt::format("the listed cells of pair {} come to more than pair/expected or pair/expected_starts", pair);
    }
  }
  return {};
}

}  // namespace potentia::result
