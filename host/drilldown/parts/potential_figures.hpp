// The figures of the part on potential, by what they are about. Each is complete in itself: without potential it keeps
// its title and says so in its notice.
#pragma once

#include <cstdint>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/facts/pair_sums.hpp"

namespace potentia::drilldown {

/// Rows that a figure shows of a longer list.
inline constexpr std::int64_t shown_markets = 15;
inline constexpr std::int64_t shown_products = 20;

Figure key_number_figure(const Context& context, const std::vector<Sums>& by_market);
std::vector<Figure> market_figures(const Context& context, const std::vector<Sums>& by_market);
std::vector<Figure> sector_figures(const Context& context);
std::vector<Figure> product_figures(const Context& context);

}  // namespace potentia::drilldown
