// The parties, the base period and the products of a report as they stand in its titles and sentences.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/drilldown/facts/context.hpp"

namespace potentia::drilldown {

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

/// "elasticities of substitution": a group of inputs that draws vary, as files name it.
std::string group_in_words(const std::string& group);

}  // namespace potentia::drilldown
