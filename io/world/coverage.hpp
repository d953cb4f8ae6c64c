// What a world is short of, and how much of its trade that concerns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Trade of the base years, all of them together, by pair and by product. Sums do not depend on threads.
class TradeShares {
public:
  explicit TradeShares(const World& world);

  double total() const noexcept { return total_; }                      ///< USD
  double pair(std::size_t exporter, std::size_t market) const { return pair_[exporter * countries_ + market]; }
  double product(std::size_t k) const { return product_[k]; }           ///< USD
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

/// One line of the table of coverage.
struct CoverageLine {
  std::string rule;                 ///< "coverage.growth", "coverage.exporter_gap.2022" …
  std::string words;                ///< "countries without a growth path …"
  std::uint64_t count = 0;          ///< countries, pairs or products concerned; above 0
  double share = 0.0;               ///< of the trade of the base years
  std::vector<std::string> largest; ///< codes of the countries or products, by their trade in question, largest first
};

/// What is missing: growth paths, distances, elasticities of products in scope, tariffs of markets (where the world has
/// any), and exporters and markets without any trade in a base year. Nothing missing = no lines.
std::vector<CoverageLine> coverage_of(const World& world, const TradeShares& trade);

/// The same as a notice, for the world's provenance.
Notice coverage_notice(const CoverageLine& line);

/// "1.2 %"; what rounds to nothing is "below 0.1 %".
std::string share_in_words(double share);

}  // namespace potentia
