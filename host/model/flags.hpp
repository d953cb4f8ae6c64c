// Confidence flags: why a potential is to be read with care. They are kept apart from the score; no figure is changed
// or left out because of one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

enum Flag : int {
  flag_few_years = 0,
  flag_single_supplier,
  flag_net_importer,
  flag_filled_sigma,
  flag_filled_distance,
  flag_filled_growth,
  flag_unmatched_tariff,
  flag_tiny_market,
  flag_small_flow,
  flag_count
};

struct FlagText {
  const char* key;   ///< name of its column
  const char* name;  ///< in the column that lists them
  const char* label;
  const char* meaning;  ///< when it is set
};

/// By Flag.
extern const std::array<FlagText, flag_count> flag_texts;

/// Thresholds; `flag_texts` names them in words.
inline constexpr double single_supplier_share = 0.8;  ///< of the market's imports
inline constexpr double tiny_market_imports = 1e6;    ///< USD
inline constexpr double filled_weight = 0.1;          ///< of a group's trade in the product
inline constexpr double small_flow_exports = 1e5;     ///< USD

/// The flags of one product.
class FlagSet {
public:
  void set(Flag flag) { bits_ |= 1u << flag; }
  void clear(Flag flag) { bits_ &= ~(1u << flag); }
  bool has(Flag flag) const { return (bits_ >> flag & 1u) != 0; }
  /// Whether an input was missing and filled by rule: σ, distance, growth or a tariff line.
  bool has_fill() const {
    return has(flag_filled_sigma) || has(flag_filled_distance) || has(flag_filled_growth) || has(flag_unmatched_tariff);
  }
  bool any() const { return bits_ != 0; }
  /// Bit f is Flag f.
  std::uint32_t bits() const { return bits_; }
  std::string names() const;  ///< "few years, small flow"

private:
  std::uint32_t bits_ = 0;
};

/// Countries that a fill of a solve concerns. [countries]
/// @param notices of the solution
/// @param rule "growth.gdp", "growth.population"
std::vector<char> filled_countries(const World& world, const std::vector<Notice>& notices, const std::string& rule);

}  // namespace potentia
