#include "host/backtest/windows.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "kernels/error.hpp"

namespace potentia::backtest {
namespace {

std::string text_of(const std::vector<std::int32_t>& years) {
  const std::string first = std::to_string(years.front()), last = std::to_string(years.back());
  return years.size() == 1 ? first : first + "-" + last;
}

Settings settings_of_years(const std::vector<std::int32_t>& years) {
  Settings settings;
  settings.world.base_years = years;
  return settings;
}

/// Whether each product is traded in the years.
std::vector<std::uint8_t> traded_in(const World& world, const std::vector<std::int32_t>& years) {
  std::vector<std::uint8_t> traded(world.product_count(), 0);
  for (const TradeYear& year : world.trade) {
    if (std::find(years.begin(), years.end(), year.year) == years.end()) continue;
    for (std::size_t product = 0; product < traded.size(); ++product) {
      const double* begin = year.value.data() + year.product_offset[product];
      const double* end = year.value.data() + year.product_offset[product + 1];
      if (std::any_of(begin, end, [](double value) { return value > 0.0; })) traded[product] = 1;
    }
  }
  return traded;
}

}  // namespace

std::vector<std::int32_t> years_of_window(const std::string& text, const std::string& flag) {
  const auto year = [&](std::string_view part) {
    std::int32_t number = 0;
    const auto end = std::from_chars(part.data(), part.data() + part.size(), number);
    if (part.size() != 4 || end.ec != std::errc{} || end.ptr != part.data() + part.size())
      throw Error(ErrorKind::usage, "\"" + text + "\" is neither a year nor a range of years", flag, "say 2017, or 2017-2019");
    return number;
  };
  const std::string_view all = text;
  const std::size_t dash = all.find('-');
  const std::int32_t first = year(all.substr(0, dash));
  const std::int32_t last = dash == std::string_view::npos ? first : year(all.substr(dash + 1));
  if (last < first)
    throw Error(ErrorKind::usage, "the years of \"" + text + "\" descend", flag, "say the earlier year first, 2017-2019");
  std::vector<std::int32_t> years;
  for (std::int32_t number = first; number <= last; ++number) years.push_back(number);
  return years;
}

Settings settings_of_origin(Settings settings, const std::vector<std::int32_t>& origin,
                            const std::vector<std::int32_t>& outcome) {
  if (outcome.front() <= origin.back())
    throw Error(ErrorKind::usage, "the outcome " + text_of(outcome) + " does not lie after the origin " + text_of(origin),
                "--outcome", "choose later years");
  settings.world.base_years = origin;
  settings.world.horizon_year = outcome.back();
  return settings;
}

void keep_common_products(World& world, const std::vector<std::int32_t>& origin, const std::vector<std::int32_t>& outcome,
                          std::vector<Notice>& notices) {
  resolve_base_years(world, settings_of_years(origin));
  resolve_base_years(world, settings_of_years(outcome));
  const std::vector<std::uint8_t> before = traded_in(world, origin), after = traded_in(world, outcome);
  Notice dropped{"drop", "backtest.product_of_one_window", 0, "traded in one of the two windows only: takes no part", {}};
  std::size_t kept = 0;
  for (std::size_t product = 0; product < world.product_count(); ++product) {
    if (!world.products[product].in_scope) continue;
    if (before[product] && after[product]) {
      ++kept;
      continue;
    }
    if (before[product] || after[product]) dropped.whose.push_back(world.products[product].code);
    world.products[product].in_scope = false;
  }
  if (kept == 0)
    throw input_error("no product in scope is traded in both windows", text_of(origin) + " and " + text_of(outcome),
                      "choose years with trade in the same products");
  dropped.count = dropped.whose.size();
  if (dropped.count > 0) notices.push_back(std::move(dropped));
}

Outcome::Outcome(const World& world, const std::vector<std::int32_t>& years, int threads)
    : trades(world.country_count(), 0), trade_(make_base_trade(world, settings_of_years(years), years, threads)) {
  for (std::size_t product = 0; product < world.product_count(); ++product)
    for (std::uint64_t at = trade_.product_begin[product]; at < trade_.product_end[product]; ++at)
      if (trade_.value[at] > 0.0) trades[trade_.exporter[at]] = trades[trade_.market[at]] = 1;
}

Outcome::Row Outcome::row(std::int32_t product, std::uint16_t exporter) const {
  const std::uint16_t* begin = trade_.exporter + trade_.product_begin[product];
  const std::uint16_t* end = trade_.exporter + trade_.product_end[product];
  const auto range = std::equal_range(begin, end, exporter);
  const std::ptrdiff_t first = range.first - trade_.exporter, last = range.second - trade_.exporter;
  return {trade_.market + first, trade_.market + last, trade_.value + first};
}

}  // namespace potentia::backtest
