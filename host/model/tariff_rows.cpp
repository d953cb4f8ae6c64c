#include "host/model/tariff_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "kernels/error.hpp"

namespace potentia {
namespace {

using RegimeSet = std::vector<std::int32_t>;  // ascending, without MFN

using Lines = TariffDetail::Lines;

Lines collect_lines(const World& world, const std::vector<std::int32_t>& products) {
  const Tariffs& tariffs = world.tariffs;
  std::vector<std::int32_t> position(world.product_count(), -1);
  for (std::size_t at = 0; at < products.size(); ++at) position[products[at]] = static_cast<std::int32_t>(at);
  Lines lines(tariffs.schedules.size(), std::vector<std::vector<double>>(tariffs.regimes.size()));
  for (std::size_t line = 0; line < tariffs.line_rate.size(); ++line) {
    const std::int32_t at = position[tariffs.line_product[line]];
    std::vector<double>& rates = lines[tariffs.line_schedule[line]][tariffs.line_regime[line]];
    if (rates.empty()) rates.assign(products.size(), missing_value);
    if (at >= 0) rates[at] = tariffs.line_rate[line];
  }
  return lines;
}

/// The lowest of MFN (0 without a line) and of every regime's rate, where it lists the product.
void append_row(const std::vector<std::vector<double>>& schedule, const RegimeSet& regimes, std::size_t products,
                std::vector<double>& rate) {
  const std::size_t begin = rate.size();
  for (std::size_t at = 0; at < products; ++at) {
    const double mfn = schedule[0].empty() ? missing_value : schedule[0][at];
    rate.push_back(std::isnan(mfn) ? 0.0 : mfn);
  }
  for (const std::int32_t regime : regimes) {
    if (schedule[regime].empty()) continue;
    for (std::size_t at = 0; at < products; ++at)
      if (schedule[regime][at] < rate[begin + at]) rate[begin + at] = schedule[regime][at];
  }
}

/// Which regime grants each rate of a row: the first that reaches it, MFN before all others.
void append_regimes(const std::vector<std::vector<double>>& schedule, const RegimeSet& regimes, std::size_t products,
                    const double* rate, std::vector<std::int32_t>& granted_by) {
  for (std::size_t at = 0; at < products; ++at) {
    const auto grants = [&](std::int32_t regime) {
      return !schedule[regime].empty() && schedule[regime][at] == rate[at];
    };
    std::int32_t by = TariffDetail::no_line;
    if (!schedule[0].empty() && !std::isnan(schedule[0][at])) {
      by = 0;
      if (!grants(0)) by = *std::find_if(regimes.begin(), regimes.end(), grants);
    }
    granted_by.push_back(by);
  }
}

/// The regimes that each exporter may use in each market in a year.
std::vector<RegimeSet> eligible_regimes(const World& world, std::int32_t year) {
  const Tariffs& tariffs = world.tariffs;
  const std::size_t countries = world.country_count();
  std::vector<RegimeSet> eligible(countries * countries);
  for (std::size_t at = 0; at < tariffs.member_market.size(); ++at) {
    if (year < tariffs.member_first_year[at] || year > tariffs.member_last_year[at]) continue;
    eligible[tariffs.member_exporter[at] * countries + tariffs.member_market[at]].push_back(tariffs.member_regime[at]);
  }
  for (RegimeSet& regimes : eligible) {
    std::sort(regimes.begin(), regimes.end());
    regimes.erase(std::unique(regimes.begin(), regimes.end()), regimes.end());
  }
  return eligible;
}

void report_gaps(const World& world, const std::vector<std::int32_t>& products, const Lines& lines,
                 std::vector<Notice>& notices) {
  const Tariffs& tariffs = world.tariffs;
  Notice no_line{"fill", "tariff.no_mfn_line", 0, "no MFN rate for a product: it counts as 0", {}};
  for (std::size_t schedule = 0; schedule < lines.size(); ++schedule)
    for (std::size_t at = 0; at < products.size(); ++at) {
      const std::vector<double>& mfn = lines[schedule][0];
      if (!mfn.empty() && !std::isnan(mfn[at])) continue;
      ++no_line.count;
      no_line.whose.push_back(tariffs.schedules[schedule] + ":" + world.products[products[at]].code);
    }
  if (no_line.count > 0) notices.push_back(std::move(no_line));

  Notice no_schedule{"fill", "tariff.no_schedule", 0, "no tariffs known for a market: its tariffs count as 0", {}};
  for (std::size_t country = 0; country < world.country_count(); ++country)
    if (tariffs.market_schedule[country] < 0) no_schedule.whose.push_back(world.countries[country].iso3);
  no_schedule.count = no_schedule.whose.size();
  if (no_schedule.count > 0) notices.push_back(std::move(no_schedule));
}

}  // namespace

TariffRows make_tariff_rows(const World& world, const std::vector<std::int32_t>& products, std::int32_t base_year,
                            std::int32_t horizon_year, std::vector<Notice>& notices, TariffDetail* detail) {
  const Tariffs& tariffs = world.tariffs;
  const std::size_t countries = world.country_count();
  Lines lines = collect_lines(world, products);
  TariffRows rows;
  rows.now.assign(countries * countries, -1);
  rows.horizon.assign(countries * countries, -1);

  std::map<std::pair<std::int32_t, RegimeSet>, std::int16_t> known;
  const auto number_rows = [&](std::int32_t year, std::vector<std::int16_t>& row_of) {
    const std::vector<RegimeSet> eligible = eligible_regimes(world, year);
    for (std::size_t pair = 0; pair < eligible.size(); ++pair) {
      const std::int32_t schedule = tariffs.market_schedule[pair % countries];
      if (schedule < 0) continue;
      const auto [found, inserted] = known.emplace(std::make_pair(schedule, eligible[pair]), 0);
      if (inserted) {
        if (rows.rows == std::numeric_limits<std::int16_t>::max())
          throw input_error("more than 32,767 different combinations of tariff regimes", "/tariff/member_regime",
                            "merge regimes that grant the same rates");
        found->second = static_cast<std::int16_t>(rows.rows++);
        append_row(lines[schedule], eligible[pair], products.size(), rows.rate);
        if (detail != nullptr) {
          const double* rate = rows.rate.data() + rows.rate.size() - products.size();
          append_regimes(lines[schedule], eligible[pair], products.size(), rate, detail->granted_by);
          detail->schedule.push_back(schedule);
          detail->eligible.push_back(eligible[pair]);
        }
      }
      row_of[pair] = found->second;
    }
  };
  number_rows(base_year, rows.now);
  number_rows(horizon_year, rows.horizon);
  report_gaps(world, products, lines, notices);
  if (detail != nullptr) detail->lines = std::move(lines);
  return rows;
}

}  // namespace potentia
