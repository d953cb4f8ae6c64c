#include "host/model/tariff_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "host/model/lowest_rate.hpp"
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

/// Where a schedule lists a product, but not its MFN rate, the highest rate that it lists stands for MFN: at least so much
/// is paid by those who have no preference.
/// @return [schedule][product] whether the MFN rate is missing
std::vector<std::vector<char>> complete_mfn(Lines& lines, std::size_t products) {
  std::vector<std::vector<char>> missing(lines.size(), std::vector<char>(products, 0));
  for (std::size_t schedule = 0; schedule < lines.size(); ++schedule) {
    std::vector<double>& mfn = lines[schedule][0];
    if (mfn.empty()) mfn.assign(products, missing_value);
    for (std::size_t at = 0; at < products; ++at) missing[schedule][at] = std::isnan(mfn[at]);
    for (std::size_t regime = 1; regime < lines[schedule].size(); ++regime) {
      const std::vector<double>& rates = lines[schedule][regime];
      if (rates.empty()) continue;
      for (std::size_t at = 0; at < products; ++at)
        if (missing[schedule][at] && !(rates[at] <= mfn[at]) && !std::isnan(rates[at])) mfn[at] = rates[at];
    }
  }
  return missing;
}

/// What an exporter of a market may claim.
struct RowKey {
  std::int32_t schedule;
  bool in_union;     ///< exporter and market belong to the schedule's customs union
  RegimeSet regimes;

  bool operator<(const RowKey& other) const {
    return std::tie(schedule, in_union, regimes) < std::tie(other.schedule, other.in_union, other.regimes);
  }
};

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

/// [schedule] whether it is a customs union's.
std::vector<char> find_unions(const World& world) {
  std::vector<char> is_union;
  for (const std::string& schedule : world.tariffs.schedules)
    is_union.push_back(std::none_of(world.countries.begin(), world.countries.end(),
                                    [&](const Country& country) { return country.iso3 == schedule; }));
  return is_union;
}

void report_mfn(const World& world, const std::vector<std::int32_t>& products, const Lines& lines,
                const std::vector<std::vector<char>>& mfn_missing, std::vector<Notice>& notices) {
  Notice highest{"fill", "tariff.mfn_by_highest", 0,
                 "no MFN rate for a product, but preferences: the highest listed rate stands for MFN", {}};
  Notice no_line{"fill", "tariff.no_line", 0, "no rate of any regime for a product: it counts as 0", {}};
  for (std::size_t schedule = 0; schedule < lines.size(); ++schedule) {
    // A table of bilateral rates has no MFN rates at all: that is said once.
    const bool lists_none = std::all_of(mfn_missing[schedule].begin(), mfn_missing[schedule].end(), [](char missing) { return missing != 0; });
    std::set<Notice*> concerned;
    for (std::size_t at = 0; at < products.size(); ++at) {
      if (!mfn_missing[schedule][at]) continue;
      Notice& notice = std::isnan(lines[schedule][0][at]) ? no_line : highest;
      ++notice.count;
      concerned.insert(&notice);
      if (!lists_none) notice.whose.push_back(world.tariffs.schedules[schedule] + ":" + world.products[products[at]].code);
    }
    if (!lists_none) continue;
    for (Notice* notice : concerned) notice->whose.push_back(world.tariffs.schedules[schedule]);
  }
  for (Notice* notice : {&highest, &no_line}) {
    if (notice->count > 0) notices.push_back(std::move(*notice));
  }
}

void report_markets(const World& world, const std::vector<char>& is_union, std::vector<Notice>& notices) {
  const Tariffs& tariffs = world.tariffs;
  Notice no_schedule{"fill", "tariff.no_schedule", 0, "no tariffs known for a market: its tariffs count as 0", {}};
  std::vector<Notice> unions(is_union.size());
  for (std::size_t country = 0; country < world.country_count(); ++country) {
    const std::int32_t schedule = tariffs.market_schedule[country];
    if (schedule < 0) no_schedule.whose.push_back(world.countries[country].iso3);
    else if (is_union[schedule]) unions[schedule].whose.push_back(world.countries[country].iso3);
  }
  no_schedule.count = no_schedule.whose.size();
  if (no_schedule.count > 0) notices.push_back(std::move(no_schedule));
  for (std::size_t schedule = 0; schedule < unions.size(); ++schedule) {
    Notice& notice = unions[schedule];
    if (notice.whose.size() < 2) continue;  // nobody to trade with inside
    notice.kind = "note";
    notice.rule = "tariff.customs_union";
    notice.count = notice.whose.size();
    notice.detail = "countries that apply the tariffs of " + tariffs.schedules[schedule] +
                    " pay nothing to each other, but for what its regimes list";
    notices.push_back(std::move(notice));
  }
}

}  // namespace

TariffRows make_tariff_rows(const World& world, const std::vector<std::int32_t>& products, std::int32_t base_year,
                            std::int32_t horizon_year, std::vector<Notice>& notices, TariffDetail* detail) {
  const Tariffs& tariffs = world.tariffs;
  const std::size_t countries = world.country_count();
  Lines lines = collect_lines(world, products);
  std::vector<std::vector<char>> mfn_missing = complete_mfn(lines, products.size());
  const std::vector<char> is_union = find_unions(world);
  TariffRows rows;
  rows.now.assign(countries * countries, -1);
  rows.horizon.assign(countries * countries, -1);

  std::map<RowKey, std::int32_t> known;
  std::vector<const RowKey*> keys;
  const auto number_rows = [&](std::int32_t year, std::vector<std::int32_t>& row_of) {
    std::vector<RegimeSet> eligible = eligible_regimes(world, year);
    for (std::size_t pair = 0; pair < eligible.size(); ++pair) {
      const std::int32_t schedule = tariffs.market_schedule[pair % countries];
      if (schedule < 0) continue;
      const bool in_union = is_union[schedule] && tariffs.market_schedule[pair / countries] == schedule;
      const auto [found, inserted] = known.emplace(RowKey{schedule, in_union, std::move(eligible[pair])}, 0);
      if (inserted) {
        found->second = static_cast<std::int32_t>(keys.size());
        keys.push_back(&found->first);
      }
      row_of[pair] = found->second;
    }
  };
  number_rows(base_year, rows.now);
  number_rows(horizon_year, rows.horizon);
  rows.rows = static_cast<std::int32_t>(keys.size());
  rows.rate.resize(keys.size() * products.size());
  if (detail != nullptr) detail->granted_by.resize(rows.rate.size());
#pragma omp parallel for schedule(dynamic) if (keys.size() > 1000)
  for (std::size_t row = 0; row < keys.size(); ++row)
    for (std::size_t at = 0; at < products.size(); ++at) {
      const std::int32_t schedule = keys[row]->schedule;
      const auto rate_of = [&](std::int32_t regime) {
        return lines[schedule][regime].empty() ? missing_value : lines[schedule][regime][at];
      };
      const Granted granted =
          lowest_rate(tariffs, rate_of, mfn_missing[schedule][at] != 0, keys[row]->in_union, keys[row]->regimes);
      rows.rate[row * products.size() + at] = granted.rate;
      if (detail != nullptr) detail->granted_by[row * products.size() + at] = granted.by;
    }
  if (detail != nullptr)
    for (const RowKey* key : keys) {
      detail->schedule.push_back(key->schedule);
      detail->in_union.push_back(key->in_union);
      detail->eligible.push_back(key->regimes);
    }
  report_mfn(world, products, lines, mfn_missing, notices);
  report_markets(world, is_union, notices);
  if (detail != nullptr) {
    detail->lines = std::move(lines);
    detail->mfn_missing = std::move(mfn_missing);
  }
  return rows;
}

}  // namespace potentia
