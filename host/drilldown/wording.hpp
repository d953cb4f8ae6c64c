// Numbers and names as they stand in a sentence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace potentia::drilldown {

/// Dollars to three figures: "USD 904 million", "USD 8.64 billion", "USD 10.5 trillion"; to thousands below a million ("USD
/// 56,000"), "less than USD 1,000" below that, "minus USD 3 million".
std::string in_dollars(double value);

/// part / whole to the nearest per cent: "46 %". What is not nothing is "less than 1 %", and what is not everything
/// "more than 99 %". @pre whole > 0
std::string in_percent(double part, double whole);

/// "1 product", "2,345 products"
std::string counted(std::uint64_t number, const std::string& singular, const std::string& plural);

/// "1st", "2nd", "12th"
std::string ordinal(std::uint64_t number);

/// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& items);

/// At most `bytes` bytes of a text, cut at a space if there is one in its second half, with "…" where it was cut.
std::string shortened(const std::string& text, std::size_t bytes);

/// “text”
std::string in_quotes(const std::string& text);

/// "13.2 % a year", "−1.5 % a year". @param growth a plain ratio, finite
std::string growth_in_words(double growth);

/// "2024", "2019–2023", "2019, 2021"
std::string years_in_words(const std::vector<std::int32_t>& years);

}  // namespace potentia::drilldown
