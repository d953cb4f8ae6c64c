// Whether tariff rates are the fractions they are taken for.
#pragma once

#include <string>
#include <vector>

#include "io/import/notice_book.hpp"

namespace potentia {

/// Warns where the rates of a market look like per cent: half of the positive ones are 0.5 (50 %) or more, or a tenth of
/// them are whole numbers from 1 on.
/// @param rates of one schedule, as fractions; missing ones count for nothing
void warn_of_percent(std::vector<double> rates, const std::string& schedule, NoticeBook& notices);

}  // namespace potentia
