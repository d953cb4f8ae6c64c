// How likely the opportunities of a pair are, by the models of a back-test, and how sure its potentials, by draws.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/model/outlook_models.hpp"
#include "io/result/draws_pair.hpp"

namespace potentia::drilldown {

/// How many products the figures on chances and intervals show.
inline constexpr std::size_t shown_prospects = 40;
/// Of how many of the largest potentials without trade the chart shows the chances.
inline constexpr std::size_t quadrant_products = 100;

struct Prospects {
  bool has_outlook = false;
  double expected_of_pair = 0.0;   ///< exports at the horizon over all products, USD
  double starts_of_pair = 0.0;     ///< number of flows expected to start

  /// By product of the result, NaN where nothing is said; empty without outlook, or for groups of countries.
  std::vector<double> chance, expected, low, high;
  std::vector<std::int32_t> without_trade;  ///< products with potential and no trade, by potential, largest first
  double middle_chance = 0.0, middle_potential = 0.0;  ///< medians of the first quadrant_products of them

  std::optional<PairDraws> draws;
  std::vector<std::int32_t> drawn;          ///< by product of the result: position in draws->cells, −1 = not listed

  std::vector<SourceFile> files;            ///< behind all this

  bool any() const { return has_outlook || draws.has_value(); }
  bool by_product() const { return !chance.empty(); }
  const PairDraws::Cell* drawn_cell(std::int32_t product) const {
    return drawn.empty() || drawn[product] < 0 ? nullptr : &draws->cells[drawn[product]];
  }
};

/// @param draws may be none
/// @param outlook what the context was solved with; null = nothing
Prospects find_prospects(const Context& context, std::optional<PairDraws> draws, const OutlookModels* outlook);

/// Refuses draws of other years. @throws Error(input)
void check_years(const PairDraws& draws, const Settings& settings);

}  // namespace potentia::drilldown
