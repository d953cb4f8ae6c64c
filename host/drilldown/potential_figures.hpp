// The figures of the part on potential, by what they are about. Each is complete in itself: without potential it keeps
// its title and says so in its notice.
#pragma once

#include <string>
#include <vector>

#include "host/drilldown/context.hpp"
#include "host/drilldown/pair_sums.hpp"

namespace potentia::drilldown {

/// Rows that a figure shows of a longer list.
inline constexpr std::int64_t shown_markets = 15;
inline constexpr std::int64_t shown_products = 20;

Figure key_number_figure(const Context& context, const std::vector<Sums>& by_market);
std::vector<Figure> market_figures(const Context& context, const std::vector<Sums>& by_market);
std::vector<Figure> sector_figures(const Context& context);
std::vector<Figure> product_figures(const Context& context);

/// "Laos to China"
std::string pair_in_words(const Context& context);

/// "(2019–2023, yearly mean)", "(2024)"
std::string base_in_words(const Context& context);

/// "The largest are A (USD 3 million), B (USD 2 million) and C (USD 1 million)." or "" where there is none above 0.
/// @param by begins the sentence instead of "The": "By potential, the"
std::string largest_in_words(const std::vector<std::string>& names, const std::vector<double>& values,
                             const std::string& by = "The");

/// The line instead of a figure's rows where the pair has nothing to show.
std::string nothing_in_words(const Context& context);

/// "071410 Cassava, fresh or dried": code and name of one of the result's products.
std::string product_in_words(const Context& context, std::int32_t product);

}  // namespace potentia::drilldown
