// Terms and thresholds of a report in words.
#pragma once

#include <vector>

#include "host/model/definitions.hpp"

namespace potentia::drilldown {

/// What decides which rows are shown, which flags are set and which findings are made.
std::vector<TermText> threshold_texts();

}  // namespace potentia::drilldown
