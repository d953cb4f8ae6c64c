// See coverage.hpp.
#include "io/world/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace potentia {
namespace {

bool is_known(double value) { return value == value; }

/// Adds one year's trade to the tables. A fixed number of shares of the products, each with a table of its own, gives
/// the same sums whatever the threads.
/// @return the year's trade by pair
std::vector<double> add_year(const TradeYear& year, std::size_t countries, std::vector<double>& pair, std::vector<double>& product) {
  constexpr int shares = 8;
  const std::size_t products = product.size();
  std::vector<std::vector<double>> tables(shares, std::vector<double>(pair.size(), 0.0));
  double* to_product = product.data();
#pragma omp parallel for schedule(static, 1)
  for (int part = 0; part < shares; ++part) {
    double* table = tables[static_cast<std::size_t>(part)].data();
    const std::size_t end = products * static_cast<std::size_t>(part + 1) / shares;
    for (std::size_t k = products * static_cast<std::size_t>(part) / shares; k < end; ++k) {
      double sum = 0.0;
      for (std::uint64_t i = year.product_offset[k]; i < year.product_offset[k + 1]; ++i) {
        table[year.exporter[i] * countries + year.market[i]] += year.value[i];
        sum += year.value[i];
      }
      to_product[k] += sum;
    }
  }
  std::vector<double>& sum = tables[0];
  for (std::size_t i = 0; i < pair.size(); ++i) {
    for (std::size_t part = 1; part < shares; ++part) sum[i] += tables[part][i];
    pair[i] += sum[i];
  }
  return std::move(sum);
}

struct Named {
  std::string code;
  double value;
};

CoverageLine line_of(std::string rule, std::string words, std::vector<Named> whose, double share) {
  std::stable_sort(whose.begin(), whose.end(), [](const Named& a, const Named& b) { return a.value > b.value; });
  CoverageLine line{std::move(rule), std::move(words), whose.size(), share, {}};
  for (const Named& named : whose) {
    line.largest.push_back(named.code);
  }
  return line;
}

class Coverage {
public:
  Coverage(const World& world, const TradeShares& trade) : world_(world), trade_(trade), n_(world.country_count()) {}

  std::vector<CoverageLine> lines() {
    growth();
    distance();
    elasticities();
    tariffs();
    for (const std::int32_t year : world_.base_years) gaps(year);
    return std::move(lines_);
  }

private:
  void add(CoverageLine line) {
    if (line.count != 0) lines_.push_back(std::move(line));
  }

  void add_countries(const std::string& rule, const std::string& words, const std::vector<char>& is_one) {
    std::vector<Named> whose;
    for (std::size_t i = 0; i < n_; ++i) {
      if (is_one[i] != 0) whose.push_back({world_.countries[i].iso3, trade_.exports(i) + trade_.imports(i)});
    }
    add(line_of(rule, words, std::move(whose), trade_.of_countries(is_one)));
  }

  bool has(const std::vector<double>& levels, std::size_t country, std::int32_t year) const {
    const std::vector<std::int32_t>& years = world_.macro.years;
    const auto at = std::lower_bound(years.begin(), years.end(), year);
    if (at == years.end() || *at != year) return false;
    return is_known(levels[country * years.size() + static_cast<std::size_t>(at - years.begin())]);
  }

  void growth() {
    std::vector<char> without(n_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      for (const std::vector<double>* levels : {&world_.macro.gdp, &world_.macro.population}) {
        if (!has(*levels, i, world_.base_years.back()) || !has(*levels, i, world_.horizon_year)) without[i] = 1;
      }
    }
    add_countries("coverage.growth",
                  fmt::format("countries without a growth path from {} to {}: they get the median growth",
                              world_.base_years.back(), world_.horizon_year),
                  without);
  }

  void distance() {
    std::vector<Named> whose(n_);
    double dollars = 0.0;
    std::uint64_t pairs = 0;
    for (std::size_t i = 0; i < n_; ++i) whose[i] = {world_.countries[i].iso3, 0.0};
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        const double value = trade_.pair(i, j);
        if (i == j || is_known(world_.distance[i * n_ + j]) || value <= 0.0) continue;
        ++pairs;
        dollars += value;
        whose[i].value += value;
        whose[j].value += value;
      }
    }
    whose.erase(std::remove_if(whose.begin(), whose.end(), [](const Named& named) { return named.value <= 0.0; }), whose.end());
    CoverageLine line = line_of("coverage.distance", "pairs that trade and have no distance: their distance fit is 1",
                                std::move(whose), trade_.share(dollars));
    line.count = pairs;
    add(std::move(line));
  }

  void elasticities() {
    std::vector<Named> whose;
    double dollars = 0.0;
    for (std::size_t k = 0; k < world_.product_count(); ++k) {
      if (!world_.products[k].in_scope || is_known(world_.sigma[k])) continue;
      whose.push_back({world_.products[k].code, trade_.product(k)});
      dollars += trade_.product(k);
    }
    add(line_of("coverage.elasticity", "products in scope without an elasticity: they get the median", std::move(whose),
                trade_.share(dollars)));
  }

  void tariffs() {
    if (world_.tariffs.empty()) return;
    std::vector<Named> whose;
    double dollars = 0.0;
    for (std::size_t j = 0; j < n_; ++j) {
      if (world_.tariffs.market_schedule[j] >= 0) continue;
      whose.push_back({world_.countries[j].iso3, trade_.imports(j)});
      dollars += trade_.imports(j);
    }
    add(line_of("coverage.tariffs", "markets without tariffs: their rates count as 0", std::move(whose), trade_.share(dollars)));
  }

  void gaps(std::int32_t year) {
    const std::vector<double>& exports = trade_.exports_in(year);
    const std::vector<double>& imports = trade_.imports_in(year);
    if (exports.empty()) return;
    std::vector<char> no_exports(n_, 0), no_imports(n_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      // Who trades in no base year at all is only a name in the country table.
      if (trade_.exports(i) + trade_.imports(i) <= 0.0) continue;
      no_exports[i] = exports[i] <= 0.0 ? 1 : 0;
      no_imports[i] = imports[i] <= 0.0 ? 1 : 0;
    }
    const std::string when = std::to_string(year);
    add_countries("coverage.exporter_gap." + when, "exporters without any trade in " + when + ", which counts as 0", no_exports);
    add_countries("coverage.market_gap." + when, "markets without any trade in " + when + ", which counts as 0", no_imports);
  }

  const World& world_;
  const TradeShares& trade_;
  const std::size_t n_;
  std::vector<CoverageLine> lines_;
};

}  // namespace

TradeShares::TradeShares(const World& world)
    : countries_(world.country_count()), pair_(countries_ * countries_, 0.0), product_(world.product_count(), 0.0) {
  for (const TradeYear& year : world.trade) {
    if (std::find(world.base_years.begin(), world.base_years.end(), year.year) == world.base_years.end()) continue;
    const std::vector<double> traded = add_year(year, countries_, pair_, product_);
    Ends& ends = of_year_[year.year];
    ends.exports.assign(countries_, 0.0);
    ends.imports.assign(countries_, 0.0);
    for (std::size_t i = 0; i < traded.size(); ++i) {
      ends.exports[i / countries_] += traded[i];
      ends.imports[i % countries_] += traded[i];
    }
  }
  for (const double value : pair_) total_ += value;
}

const std::vector<double>& TradeShares::exports_in(std::int32_t year) const {
  static const std::vector<double> none;
  const auto found = of_year_.find(year);
  return found == of_year_.end() ? none : found->second.exports;
}

const std::vector<double>& TradeShares::imports_in(std::int32_t year) const {
  static const std::vector<double> none;
  const auto found = of_year_.find(year);
  return found == of_year_.end() ? none : found->second.imports;
}

double TradeShares::exports(std::size_t i) const {
  double sum = 0.0;
  for (std::size_t j = 0; j < countries_; ++j) sum += pair(i, j);
  return sum;
}

double TradeShares::imports(std::size_t j) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < countries_; ++i) sum += pair(i, j);
  return sum;
}

double TradeShares::of_countries(const std::vector<char>& is_one) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < countries_; ++i) {
    for (std::size_t j = 0; j < countries_; ++j) {
      if (is_one[i] != 0 || is_one[j] != 0) sum += pair(i, j);
    }
  }
  return share(sum);
}

std::vector<CoverageLine> coverage_of(const World& world, const TradeShares& trade) {
  return Coverage(world, trade).lines();
}

Notice coverage_notice(const CoverageLine& line) {
  return {"warning", line.rule, line.count, line.words + " (" + share_in_words(line.share) + " of world trade)", line.largest};
}

std::string share_in_words(double share) {
  if (share <= 0.0) return "none";
  return share < 0.0005 ? "below 0.1 %" : fmt::format("{:.1f} %", 100.0 * share);
}

}  // namespace potentia
