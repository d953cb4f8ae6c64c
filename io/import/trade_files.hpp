// What the names of trade files promise, and what the files hold, must fit the world: one nomenclature, one release, one
// file a year.
#pragma once

#include <string>
#include <vector>

#include "io/import/lenient.hpp"
#include "io/import/manifest.hpp"
#include "io/import/notice_book.hpp"
#include "io/import/trade_reader.hpp"

namespace potentia {

/// "17" of "BACI_HS17_Y2024.csv", "baci17_2024.csv" and "HS2017"; empty where a name has none.
std::string revision_in(const std::string& text);

/// @throws Error(input) for a file of trade or products whose name has another HSxx than the world's, and for two files
///         of trade whose names have two releases (_V202401, _V202501). Where there is a concordance trade may be of
///         another revision, but of one alone.
void check_names(const Manifest& manifest);

/// Likewise for the members of archives. @throws Error(input)
void check_member_names(const std::vector<TradeMember>& members, const Manifest& manifest);

/// @throws Error(input) for two files that hold the same year, naming both
void check_years_apart(const std::vector<TradeMember>& members);

/// Notes the rows that were dropped, with their share of the file.
/// @throws Error(input) where they are all rows of a file, or more than half of its rows or of its value
void note_drops(const std::vector<TradeMember>& members, const std::vector<TradeBlock>& blocks, NoticeBook& notices);

}  // namespace potentia
