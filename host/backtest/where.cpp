#include "host/backtest/where.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <utility>

#include "host/model/regions.hpp"
#include "host/statistics/ranks.hpp"
#include "kernels/real_math.hpp"

namespace potentia::backtest {
namespace {

/// Chances to seven bits of their mantissa (1 %), by which cells of a group are counted: enough to rank them.
constexpr std::size_t bins = 0x3F80 + 1;

std::size_t bin_of(double chance) {
  const auto narrow = static_cast<float>(chance);
  std::uint32_t bits = 0;
  std::memcpy(&bits, &narrow, sizeof bits);
  return bits >> 16;
}

/// Counts of one group.
struct Counts {
  std::vector<std::uint32_t> candidates, starts;
  double expected = 0.0;
  Counts() : candidates(bins, 0), starts(bins, 0) {}
};

/// A way of dividing the cells: names, and which of them a cell belongs to.
struct Division {
  std::string name;
  std::vector<std::string> groups;
  std::function<std::size_t(std::size_t exporter, const Candidates& cells, std::size_t cell)> group_of;
};

BacktestGroup summed(const std::string& name, const Counts& counts) {
  BacktestGroup group;
  group.name = name;
  group.expected = counts.expected;
  std::vector<statistics::Tally> tallies;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    if (counts.candidates[bin] == 0) continue;
    group.candidates += counts.candidates[bin];
    group.starts += counts.starts[bin];
    tallies.push_back({static_cast<double>(bin), counts.starts[bin], counts.candidates[bin]});
  }
  group.auc = statistics::roc_auc(std::move(tallies));
  return group;
}

BacktestGrouping divided(const Division& division, const Origin& origin, const std::vector<std::vector<double>>& chances) {
  std::vector<Counts> counts(division.groups.size());
  for (std::size_t exporter = 0; exporter < chances.size(); ++exporter) {
    const Candidates& cells = origin.candidates[exporter];
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      Counts& to = counts[division.group_of(exporter, cells, cell)];
      const double chance = chances[exporter][cell];
      const std::size_t bin = bin_of(chance);
      ++to.candidates[bin];
      to.starts[bin] += cells.started[cell];
      to.expected += chance;
    }
  }
  BacktestGrouping grouping{division.name, {}};
  for (std::size_t group = 0; group < counts.size(); ++group) {
    BacktestGroup one = summed(division.groups[group], counts[group]);
    if (one.candidates > 0) grouping.groups.push_back(std::move(one));
  }
  return grouping;
}

/// GDP per head of the year, NaN where it is not known.
std::vector<double> income_of(const World& world, std::int32_t year) {
  std::vector<double> income(world.country_count(), missing_value);
  const auto& years = world.macro.years;
  const auto at = std::find(years.begin(), years.end(), year) - years.begin();
  if (at == static_cast<std::ptrdiff_t>(years.size())) return income;
  for (std::size_t country = 0; country < income.size(); ++country) {
    const std::size_t entry = country * years.size() + static_cast<std::size_t>(at);
    income[country] = world.macro.gdp[entry] / world.macro.population[entry];
  }
  return income;
}

/// 0 the poorest third of the countries whose income is known, 1, 2 the richest; 3 unknown.
std::vector<std::size_t> income_classes(const std::vector<double>& income) {
  std::vector<double> known;
  for (const double value : income)
    if (!std::isnan(value)) known.push_back(value);
  std::sort(known.begin(), known.end());
  std::vector<std::size_t> classes;
  for (const double value : income) {
    const auto below = std::lower_bound(known.begin(), known.end(), value) - known.begin();
    classes.push_back(std::isnan(value) ? 3 : static_cast<std::size_t>(below) * 3 / known.size());
  }
  return classes;
}

std::vector<Division> divisions_of(const World& world, const std::vector<std::int32_t>& product_of, std::int32_t base_year) {
  std::vector<Division> divisions;
  const std::vector<std::string>& regions = region_names();
  std::vector<std::size_t> region;
  std::vector<std::string> names;
  for (const Country& country : world.countries) {
    region.push_back(static_cast<std::size_t>(std::find(regions.begin(), regions.end(), region_of(country.iso3)) - regions.begin()));
    names.push_back(country.name);
  }
  const std::vector<std::size_t> income = income_classes(income_of(world, base_year));
  const std::vector<std::string> incomes = {"poorest third by GDP per head", "middle third", "richest third", "GDP per head unknown"};
  divisions.push_back({"Region of the exporter", regions, [region](std::size_t i, const Candidates&, std::size_t) { return region[i]; }});
  divisions.push_back({"Income of the exporter", incomes, [income](std::size_t i, const Candidates&, std::size_t) { return income[i]; }});
  divisions.push_back({"Income of the market", incomes, [income](std::size_t, const Candidates& cells, std::size_t at) { return income[cells.market[at]]; }});
  divisions.push_back({"Sector", world.sectors, [&world, product_of](std::size_t, const Candidates& cells, std::size_t at) {
                         return static_cast<std::size_t>(world.products[product_of[cells.product[at]]].sector);
                       }});
  divisions.push_back({"Potential",
                       {"below USD 1,000", "USD 1,000 to 10,000", "USD 10,000 to 100,000", "USD 100,000 to 1 million", "above USD 1 million"},
                       [](std::size_t, const Candidates& cells, std::size_t at) {
                         static const double bounds[] = {potentia::log(1e3), potentia::log(1e4), potentia::log(1e5), potentia::log(1e6)};
                         return static_cast<std::size_t>(std::upper_bound(bounds, bounds + 4, cells.log_potential[at]) - bounds);
                       }});
  divisions.push_back({"Exporter", names, [](std::size_t i, const Candidates&, std::size_t) { return i; }});
  return divisions;
}

/// A cell by its exporter and position.
struct Place {
  double score;
  std::uint32_t exporter, cell, start;  ///< start: how many of the exporter's cells before it started
};

/// The so many places with the highest scores, kept as cells come by in order.
class Best {
public:
  void offer(const Place& place) {
    if (kept_.size() == calls_told && !(place.score > kept_.back().score)) return;
    const auto higher = [](const Place& a, const Place& b) { return a.score > b.score; };
    kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), place, higher), place);
    if (kept_.size() > calls_told) kept_.pop_back();
  }
  const std::vector<Place>& kept() const { return kept_; }

private:
  std::vector<Place> kept_;  ///< those that came first before others of the same score
};

void tell_calls(const std::vector<std::int32_t>& product_of, const Origin& origin,
                const std::vector<std::vector<double>>& chances, BacktestDetail& detail) {
  const double usual = static_cast<double>(origin.start_count) / static_cast<double>(origin.candidate_count);
  Best right, missing, surprising;
  for (std::uint32_t exporter = 0; exporter < chances.size(); ++exporter) {
    const Candidates& cells = origin.candidates[exporter];
    std::uint32_t start = 0;
    for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
      const double chance = chances[exporter][cell];
      const double hoped = potentia::log(chance) + cells.log_potential[cell];
      (cells.started[cell] ? right : missing).offer({hoped, exporter, cell, start});
      if (!cells.started[cell]) continue;
      if (chance < usual) surprising.offer({cells.log_after[start], exporter, cell, start});
      ++start;
    }
  }
  const auto called = [&](const Best& best) {
    std::vector<BacktestCall> calls;
    for (const Place& place : best.kept()) {
      const Candidates& cells = origin.candidates[place.exporter];
      BacktestCall call;
      call.exporter = static_cast<std::int32_t>(place.exporter);
      call.market = cells.market[place.cell];
      call.product = product_of[cells.product[place.cell]];
      call.chance = chances[place.exporter][place.cell];
      call.potential = potentia::exp(cells.log_potential[place.cell]);
      if (cells.started[place.cell]) call.after = potentia::exp(cells.log_after[place.start]);
      calls.push_back(call);
    }
    return calls;
  };
  detail.right = called(right);
  detail.missing = called(missing);
  detail.surprising = called(surprising);
}

}  // namespace

BacktestDetail look_where(const World& world, const std::vector<std::int32_t>& product_of, const Origin& origin,
                          const std::vector<std::vector<double>>& chances, std::int32_t base_year) {
  BacktestDetail detail;
  for (const Division& division : divisions_of(world, product_of, base_year))
    detail.groupings.push_back(divided(division, origin, chances));
  tell_calls(product_of, origin, chances, detail);
  return detail;
}

}  // namespace potentia::backtest
