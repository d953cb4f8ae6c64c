// A world in a few lines, and what in it deserves a second look.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "io/world/world_file.hpp"

namespace potentia {
namespace {

constexpr double suspicious_rate = 5.0;  // 500 %: more likely per cent taken for a fraction

Notice warning(const char* rule, std::uint64_t count, std::string detail) {
  return {"warning", rule, count, std::move(detail), {}};
}

/// Adds a warning about each of `whose`, if there are any.
void warn_of(std::vector<Notice>& findings, const char* rule, std::string detail, std::vector<std::string> whose) {
  if (whose.empty()) return;
  const std::uint64_t count = whose.size();
  findings.push_back({"warning", rule, count, std::move(detail), std::move(whose)});
}

/// Countries without a single known distance to another.
std::vector<std::string> without_distance(const World& world) {
  const std::size_t countries = world.country_count();
  std::vector<std::string> whose;
  for (std::size_t i = 0; i < countries; ++i) {
    bool known = countries == 1;
    for (std::size_t j = 0; j < countries && !known; ++j)
      known =
          i != j && (!std::isnan(world.distance[i * countries + j]) || !std::isnan(world.distance[j * countries + i]));
    if (!known) whose.push_back(world.countries[i].iso3);
  }
  return whose;
}

/// Countries without a level in the last base year or the horizon year.
std::vector<std::string> without_level(const World& world, const std::vector<double>& level) {
  const std::vector<std::int32_t>& years = world.macro.years;
  std::vector<std::string> whose;
  for (std::size_t i = 0; i < world.country_count(); ++i)
    for (const std::int32_t year : {world.base_years.back(), world.horizon_year}) {
      const auto at = std::lower_bound(years.begin(), years.end(), year);
      if (at != years.end() && *at == year &&
          !std::isnan(level[i * years.size() + static_cast<std::size_t>(at - years.begin())]))
        continue;
      whose.push_back(world.countries[i].iso3);
      break;
    }
  return whose;
}

/// In-scope products with trade in any base year.
std::vector<std::size_t> traded_products(const World& world) {
  std::vector<std::size_t> list;
  for (std::size_t k = 0; k < world.product_count(); ++k) {
    bool traded = false;
    for (const TradeYear& trade : world.trade)
      traded = traded || (std::binary_search(world.base_years.begin(), world.base_years.end(), trade.year) &&
                          trade.product_offset[k] < trade.product_offset[k + 1]);
    if (traded && world.products[k].in_scope) list.push_back(k);
  }
  return list;
}

void tariff_findings(const World& world, std::vector<Notice>& findings) {
  const Tariffs& tariffs = world.tariffs;
  std::set<std::pair<std::int32_t, std::int32_t>> granted;  // (schedule, regime) with lines, MFN apart
  std::uint64_t high = 0;
  for (std::size_t at = 0; at < tariffs.line_rate.size(); ++at) {
    if (tariffs.line_regime[at] != 0) granted.insert({tariffs.line_schedule[at], tariffs.line_regime[at]});
    high += tariffs.line_rate[at] > suspicious_rate;
  }
  std::set<std::pair<std::int32_t, std::int32_t>> used;
  std::uint64_t idle = 0;
  std::uint64_t never = 0;
  for (std::size_t at = 0; at < tariffs.member_market.size(); ++at) {
    const std::int32_t schedule = tariffs.market_schedule[static_cast<std::size_t>(tariffs.member_market[at])];
    used.insert({schedule, tariffs.member_regime[at]});
    never += tariffs.member_first_year[at] > tariffs.member_last_year[at];
    idle += granted.count({schedule, tariffs.member_regime[at]}) == 0;
  }
  std::vector<std::string> whose;
  for (const auto& [schedule, regime] : granted)
    if (used.count({schedule, regime}) == 0)
      whose.push_back(tariffs.schedules[static_cast<std::size_t>(schedule)] + " " +
                      tariffs.regimes[static_cast<std::size_t>(regime)]);
  warn_of(findings, "tariff.regime_without_member", "regimes have rates and no member that may use them",
          std::move(whose));
  if (idle > 0)
    findings.push_back(
        warning("tariff.member_without_rate", idle, "members of regimes for which their market has no rate"));
  if (never > 0) findings.push_back(warning("tariff.member_never", never, "memberships that end before they begin"));
  if (high > 0)
    findings.push_back(warning("tariff.rate_high", high, "rates above 5 (500 %): per cent given as a fraction?"));
  std::vector<bool> applied(tariffs.schedules.size(), false);
  for (const std::int32_t schedule : tariffs.market_schedule)
    if (schedule >= 0) applied[static_cast<std::size_t>(schedule)] = true;
  whose.clear();
  for (std::size_t s = 0; s < applied.size(); ++s)
    if (!applied[s]) whose.push_back(tariffs.schedules[s]);
  warn_of(findings, "tariff.schedule_without_market", "schedules that no country applies", std::move(whose));
}

std::string money(double value) {
  for (const auto& [unit, name] : {std::pair(1e12, "trillion"), std::pair(1e9, "billion"), std::pair(1e6, "million")})
    if (value >= unit) return fmt::format("{:.6g} {} USD", value / unit, name);
  return fmt::format("{:.6g} USD", value);
}

/// Sum of a year's values, product by product, so that threads cannot change it.
double total_of(const TradeYear& trade) {
  const auto products = static_cast<std::int64_t>(trade.product_offset.size()) - 1;
  std::vector<double> sums(trade.product_offset.size() - 1);
  const std::uint64_t* offset = trade.product_offset.data();
  const double* value = trade.value.data();
  double* sum = sums.data();
#pragma omp parallel for schedule(static) if (trade.value.size() > 65536)
  for (std::int64_t k = 0; k < products; ++k) {
    double total = 0;
    for (std::uint64_t at = offset[k]; at < offset[k + 1]; ++at) total += value[at];
    sum[k] = total;
  }
  double total = 0;
  for (const double part : sums) total += part;
  return total;
}

std::string coverage(std::size_t known, std::size_t all, const char* of) {
  return fmt::format("{} of {} {}", known, all, of);
}

std::string year_list(const std::vector<std::int32_t>& years) { return fmt::format("{}", fmt::join(years, ", ")); }

/// 12345678 as "12,345,678".
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace

std::vector<Notice> world_findings(const World& world) {
  std::vector<Notice> findings;
  std::vector<std::string> whose = without_distance(world);
  warn_of(findings, "distance.unknown", "countries without a known distance to any other", std::move(whose));
  whose = without_level(world, world.macro.gdp);
  warn_of(findings, "macro.gdp_missing", "countries without GDP in the last base year or the horizon year",
          std::move(whose));
  whose = without_level(world, world.macro.population);
  warn_of(findings, "macro.population_missing",
          "countries without population in the last base year or the horizon year", std::move(whose));
  whose.clear();
  for (const std::size_t k : traded_products(world))
    if (std::isnan(world.sigma[k])) whose.push_back(world.products[k].code);
  warn_of(findings, "elasticity.sigma_missing", "traded products in scope without an elasticity of substitution",
          std::move(whose));
  std::vector<bool> used(world.sectors.size(), false);
  for (const Product& product : world.products) used[static_cast<std::size_t>(product.sector)] = true;
  whose.clear();
  for (std::size_t s = 0; s < used.size(); ++s)
    if (!used[s]) whose.push_back(world.sectors[s]);
  warn_of(findings, "sector.unused", "sectors without a product", std::move(whose));
  if (!world.tariffs.empty()) tariff_findings(world, findings);
  return findings;
}

std::vector<std::pair<std::string, std::string>> describe_world(const World& world) {
  std::vector<std::pair<std::string, std::string>> lines;
  const auto add = [&lines](std::string name, std::string value) {
    lines.emplace_back(std::move(name), std::move(value));
  };
  const std::size_t countries = world.country_count();
  if (!world.title.empty()) add("title", world.title);
  if (!world.hs_revision.empty()) add("HS revision", world.hs_revision);
  add("digest", world.digest.empty() ? "none: not written by this program" : world.digest);
  add("base years", year_list(world.base_years));
  add("horizon", std::to_string(world.horizon_year));
  add("countries", std::to_string(countries));
  const auto in_scope = static_cast<std::size_t>(
      std::count_if(world.products.begin(), world.products.end(), [](const Product& p) { return p.in_scope; }));
  add("products", fmt::format("{}, {} of them in scope", world.product_count(), in_scope));
  add("sectors", std::to_string(world.sectors.size()));
  for (const TradeYear& trade : world.trade)
    add(fmt::format("trade {}", trade.year),
        fmt::format("{} flows, {}", grouped(trade.value.size()), money(total_of(trade))));

  std::size_t known = 0;
  for (std::size_t at = 0; at < world.distance.size(); ++at)
    known += at / countries != at % countries && !std::isnan(world.distance[at]);
  add("distance", coverage(known, countries * (countries - 1), "pairs"));
  if (world.macro.years.empty()) {
    add("GDP, population", "none");
  } else {
    add("macro years", fmt::format("{} to {}", world.macro.years.front(), world.macro.years.back()));
    add("GDP growth", coverage(countries - without_level(world, world.macro.gdp).size(), countries, "countries"));
    add("population growth",
        coverage(countries - without_level(world, world.macro.population).size(), countries, "countries"));
  }
  const std::vector<std::size_t> traded = traded_products(world);
  const auto with_sigma = static_cast<std::size_t>(
      std::count_if(traded.begin(), traded.end(), [&](std::size_t k) { return !std::isnan(world.sigma[k]); }));
  add("sigma", coverage(with_sigma, traded.size(), "traded products in scope"));
  add("income elasticity", world.income_elasticity.empty()                           ? "none"
                           : world.income_elasticity.size() == world.product_count() ? "by product"
                                                                                     : "by market and product");
  const Tariffs& tariffs = world.tariffs;
  if (tariffs.empty()) {
    add("tariffs", "none");
  } else {
    const auto markets = static_cast<std::size_t>(std::count_if(
        tariffs.market_schedule.begin(), tariffs.market_schedule.end(), [](std::int32_t s) { return s >= 0; }));
    add("tariffs", fmt::format("{} lines in {} schedules of {} markets, {} regimes, {} memberships",
                               grouped(tariffs.line_rate.size()), tariffs.schedules.size(), markets,
                               tariffs.regimes.size(), grouped(tariffs.member_market.size())));
  }
  if (!world.logistics.empty())
    add("logistics",
        fmt::format("{} rows of {} scores", world.logistics.country.size(), world.logistics.components.size()));
  if (!world.utilization.empty()) add("use of preferences", fmt::format("{} rows", world.utilization.market.size()));
  for (const SourceFile& source : world.sources)
    add("source " + source.role, fmt::format("{}, {} bytes{}", source.name, grouped(source.bytes),
                                             source.sha256.empty() ? "" : ", sha256 " + source.sha256));
  for (const Notice& notice : world.notices)
    add(notice.kind + " " + notice.rule, fmt::format("{}: {}", grouped(notice.count), notice.detail));
  return lines;
}

}  // namespace potentia
