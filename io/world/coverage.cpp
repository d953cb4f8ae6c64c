// See coverage.hpp.
#include "io/world/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace potentia {
namespace {

bool is_known(double value) { return value == value; }

struct Named {
  std::string code;
  double value;
};

/// Codes by value, largest first.
std::vector<std::string> by_value(std::vector<Named> whose) {
  std::stable_sort(whose.begin(), whose.end(), [](const Named& a, const Named& b) { return a.value > b.value; });
  std::vector<std::string> codes;
  codes.reserve(whose.size());
  for (Named& named : whose) codes.push_back(std::move(named.code));
  return codes;
}

class Table {
public:
  Table(const World& world, const TradeShares& trade, const std::vector<std::int32_t>& base_years, std::int32_t horizon)
      : world_(world), trade_(trade), base_years_(base_years), horizon_(horizon), n_(world.country_count()) {}

  std::vector<Coverage> rows() const {
    std::vector<Coverage> rows;
    for (const std::int32_t year : base_years_) {
      rows.push_back(gap(year, true));
      rows.push_back(gap(year, false));
    }
    rows.push_back(growth("GDP", without(world_.macro.gdp)));
    rows.push_back(growth("population", without(world_.macro.population)));
    rows.push_back(distance());
    rows.push_back(elasticity());
    rows.push_back(income_elasticity());
    rows.push_back(tariffs());
    return rows;
  }

  /// Countries that lack GDP or population, in one line.
  Coverage all_growth() const {
    std::vector<char> either = without(world_.macro.gdp);
    const std::vector<char> other = without(world_.macro.population);
    for (std::size_t i = 0; i < n_; ++i) either[i] = either[i] | other[i];
    Coverage row = growth("growth", either);
    row.rule = "coverage.growth";
    row.warning = fmt::format("countries without a growth path from {} to {}: they get the median growth",
                              base_years_.back(), horizon_);
    return row;
  }

private:
  Coverage of_countries(std::string variable, std::uint64_t all, const std::vector<char>& is_without) const {
    std::vector<Named> whose;
    for (std::size_t i = 0; i < n_; ++i) {
      if (is_without[i] != 0) whose.push_back({world_.countries[i].iso3, trade_.exports(i) + trade_.imports(i)});
    }
    Coverage row;
    row.variable = std::move(variable);
    row.of = "countries";
    row.all = all;
    row.known = all - whose.size();
    row.missing = by_value(std::move(whose));
    row.missing_share = trade_.of_countries(is_without);
    return row;
  }

  bool has(const std::vector<double>& levels, std::size_t country, std::int32_t year) const {
    const std::vector<std::int32_t>& years = world_.macro.years;
    const auto at = std::lower_bound(years.begin(), years.end(), year);
    if (at == years.end() || *at != year) return false;
    return is_known(levels[country * years.size() + static_cast<std::size_t>(at - years.begin())]);
  }

  std::vector<char> without(const std::vector<double>& levels) const {
    std::vector<char> is_without(n_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      is_without[i] = has(levels, i, base_years_.back()) && has(levels, i, horizon_) ? 0 : 1;
    }
    return is_without;
  }

  Coverage growth(const std::string& what, const std::vector<char>& is_without) const {
    Coverage row = of_countries(fmt::format("{} {} and {}", what, base_years_.back(), horizon_), n_, is_without);
    row.instead = "the median growth";
    return row;
  }

  Coverage distance() const {
    Coverage row{"distance",
                 "pairs that trade",
                 0,
                 0,
                 0.0,
                 {},
                 "a distance fit of 1",
                 "coverage.distance",
                 "pairs that trade and have no distance: their distance fit is 1"};
    std::vector<Named> whose(n_);
    double dollars = 0.0;
    for (std::size_t i = 0; i < n_; ++i) whose[i] = {world_.countries[i].iso3, 0.0};
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        const double value = trade_.pair(i, j);
        if (i == j || value <= 0.0) continue;
        ++row.all;
        if (!world_.distance.empty() && is_known(world_.distance[i * n_ + j])) {
          ++row.known;
          continue;
        }
        dollars += value;
        whose[i].value += value;
        whose[j].value += value;
      }
    }
    whose.erase(std::remove_if(whose.begin(), whose.end(), [](const Named& named) { return named.value <= 0.0; }),
                whose.end());
    row.missing = by_value(std::move(whose));
    row.missing_share = trade_.share(dollars);
    return row;
  }

  /// @param is_missing of a product
  template <class IsMissing>
  Coverage of_products(std::string variable, const IsMissing& is_missing) const {
    Coverage row;
    row.variable = std::move(variable);
    row.of = "products in scope";
    std::vector<Named> whose;
    double dollars = 0.0;
    for (std::size_t k = 0; k < world_.product_count(); ++k) {
      if (!world_.products[k].in_scope) continue;
      ++row.all;
      if (!is_missing(k)) continue;
      whose.push_back({world_.products[k].code, trade_.product(k)});
      dollars += trade_.product(k);
    }
    row.known = row.all - whose.size();
    row.missing = by_value(std::move(whose));
    row.missing_share = trade_.share(dollars);
    return row;
  }

  Coverage elasticity() const {
    Coverage row =
        of_products("elasticity", [this](std::size_t k) { return world_.sigma.empty() || !is_known(world_.sigma[k]); });
    row.instead = "the median";
    row.rule = "coverage.elasticity";
    row.warning = "products in scope without an elasticity: they get the median";
    return row;
  }

  Coverage income_elasticity() const {
    const std::vector<double>& values = world_.income_elasticity;
    const std::size_t products = world_.product_count();
    Coverage row = of_products("income elasticity", [&](std::size_t k) {  // known for some market is known here
      for (std::size_t at = k; at < values.size(); at += products) {
        if (is_known(values[at])) return false;
      }
      return true;
    });
    row.instead = "1";
    return row;
  }

  Coverage tariffs() const {
    const bool any = !world_.tariffs.empty();
    Coverage row{"tariffs",
                 "markets",
                 0,
                 n_,
                 0.0,
                 {},
                 any ? "rates of 0" : "no part played by tariffs",
                 any ? "coverage.tariffs" : "",
                 "markets without tariffs: their rates count as 0"};
    std::vector<Named> whose;
    double dollars = 0.0;
    for (std::size_t j = 0; j < n_; ++j) {
      if (any && world_.tariffs.market_schedule[j] >= 0) continue;
      whose.push_back({world_.countries[j].iso3, trade_.imports(j)});
      dollars += trade_.imports(j);
    }
    row.known = n_ - whose.size();
    row.missing = by_value(std::move(whose));
    row.missing_share = trade_.share(dollars);
    return row;
  }

  Coverage gap(std::int32_t year, bool of_exports) const {
    const std::vector<double>& traded = of_exports ? trade_.exports_in(year) : trade_.imports_in(year);
    std::vector<char> is_without(n_, 0);
    std::uint64_t traders = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (trade_.exports(i) + trade_.imports(i) <= 0.0) continue;
      ++traders;
      is_without[i] = traded.empty() || traded[i] <= 0.0 ? 1 : 0;
    }
    Coverage row = of_countries(fmt::format("{} {}", of_exports ? "exports" : "imports", year), traders, is_without);
    row.instead = "0 in that year";
    row.rule = fmt::format("coverage.{}_gap.{}", of_exports ? "exporter" : "market", year);
    row.warning =
        fmt::format("{} without any trade in {}, which counts as 0", of_exports ? "exporters" : "markets", year);
    return row;
  }

  const World& world_;
  const TradeShares& trade_;
  const std::vector<std::int32_t>& base_years_;
  const std::int32_t horizon_;
  const std::size_t n_;
};

}  // namespace

std::vector<Coverage> coverage_table(const World& world, const TradeShares& trade,
                                     const std::vector<std::int32_t>& base_years, std::int32_t horizon_year) {
  return Table(world, trade, base_years, horizon_year).rows();
}

std::vector<Notice> coverage_notices(const World& world, const TradeShares& trade) {
  const Table table(world, trade, world.base_years, world.horizon_year);
  std::vector<Coverage> rows = table.rows();
  // What is missing everywhere first, then the gaps of single years.
  std::stable_partition(rows.begin(), rows.end(),
                        [](const Coverage& row) { return row.rule.find("_gap.") == std::string::npos; });
  rows.insert(rows.begin(), table.all_growth());
  std::vector<Notice> notices;
  for (Coverage& row : rows) {
    if (row.rule.empty() || row.known == row.all) continue;
    notices.push_back({"warning", row.rule, row.all - row.known,
                       row.warning + " (" + share_in_words(row.missing_share) + " of world trade)",
                       std::move(row.missing)});
  }
  return notices;
}

std::string share_in_words(double share) {
  if (share <= 0.0) return "none";
  return share < 0.0005 ? "below 0.1 %" : fmt::format("{:.1f} %", 100.0 * share);
}

}  // namespace potentia
