// Scenarios once more, as slowly and as literally as they can be written: the potential of one cell under any set of
// instruments by METHOD.md's formulas in long double, shared among instruments by Shapley values over all their
// subsets.
#pragma once

#include <vector>

#include "io/scenario/scenario.hpp"
#include "tests/support/reference.hpp"

namespace potentia::reference {

/// One instrument with its selection spelt out.
struct Tool {
  Instrument instrument;                            ///< kind, words, numbers, side
  std::vector<char> exporters, markets, countries;  ///< by country
  std::vector<char> products;                       ///< along Answer::products
  std::size_t like_exporter = 0, like_market = 0;

  bool hits(std::size_t i, std::size_t j, std::size_t k) const { return exporters[i] && markets[j] && products[k]; }
};

/// EP at the horizon of every cell, [exporter, market, product]. @param on [tools] which of them act
Table<Real> potential(const World& world, const Settings& settings, const Answer& answer,
                      const std::vector<Tool>& tools, const std::vector<char>& on);

}  // namespace potentia::reference
