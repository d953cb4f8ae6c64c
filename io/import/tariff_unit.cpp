// See tariff_unit.hpp.
#include "io/import/tariff_unit.hpp"

#include <algorithm>
#include <cmath>

namespace potentia {
namespace {

constexpr double high_rate = 0.5;
constexpr double common_share = 0.1;

}  // namespace

void warn_of_percent(std::vector<double> rates, const std::string& schedule, NoticeBook& notices) {
  rates.erase(std::remove_if(rates.begin(), rates.end(), [](double rate) { return !(rate > 0.0); }), rates.end());
  if (rates.empty()) return;
  const auto whole = std::count_if(rates.begin(), rates.end(), [](double rate) { return rate >= 1.0 && rate == std::floor(rate); });
  const auto middle = rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2);
  std::nth_element(rates.begin(), middle, rates.end());
  if (*middle < high_rate && static_cast<double>(whole) < common_share * static_cast<double>(rates.size())) return;
  notices.add("warning", "tariffs.per_cent", "markets whose rates look like per cent given as fractions; say unit = \"percent\" under "
              "[tariffs] if they are", schedule);
}

}  // namespace potentia
