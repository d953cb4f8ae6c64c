// See trade_shares.hpp.
#include "io/world/trade_shares.hpp"

#include <algorithm>
#include <utility>

namespace potentia {
namespace {

/// Adds one year's trade to the tables. A fixed number of shares of the products, each with a table of its own, gives
/// the same sums whatever the threads.
/// @return the year's trade by pair
std::vector<double> add_year(const TradeYear& year, std::size_t countries, std::vector<double>& pair,
                             std::vector<double>& product) {
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

}  // namespace

TradeShares::TradeShares(const World& world, const std::vector<std::int32_t>& base_years)
    : countries_(world.country_count()), pair_(countries_ * countries_, 0.0), product_(world.product_count(), 0.0) {
  for (const TradeYear& year : world.trade) {
    if (std::find(base_years.begin(), base_years.end(), year.year) == base_years.end()) continue;
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

}  // namespace potentia
