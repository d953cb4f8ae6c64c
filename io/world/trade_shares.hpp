// How a world's trade is spread over countries and products.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Trade of the base years, all of them together, by pair and by product. Sums do not depend on threads.
class TradeShares {
public:
  explicit TradeShares(const World& world) : TradeShares(world, world.base_years) {}
  /// @param base_years other ones than the world's own; those without trade count as nothing
  TradeShares(const World& world, const std::vector<std::int32_t>& base_years);

  double total() const noexcept { return total_; }  ///< USD
  double pair(std::size_t exporter, std::size_t market) const { return pair_[exporter * countries_ + market]; }
  double product(std::size_t k) const { return product_[k]; }  ///< USD
  double exports(std::size_t i) const;
  double imports(std::size_t j) const;
  /// Exports and imports of one base year by country, USD; empty for another year.
  const std::vector<double>& exports_in(std::int32_t year) const;
  const std::vector<double>& imports_in(std::int32_t year) const;
  /// Share of all trade that has one of these countries at an end.
  double of_countries(const std::vector<char>& is_one) const;
  double share(double dollars) const noexcept { return total_ > 0.0 ? dollars / total_ : 0.0; }

private:
  std::size_t countries_;
  std::vector<double> pair_;
  std::vector<double> product_;
  double total_ = 0.0;
  struct Ends {
    std::vector<double> exports, imports;  // [countries]
  };
  std::map<std::int32_t, Ends> of_year_;
};

}  // namespace potentia
