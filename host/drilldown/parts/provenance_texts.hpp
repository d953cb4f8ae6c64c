// Terms and thresholds of a report in words.
#pragma once

#include <string>
#include <vector>

namespace potentia::drilldown {

struct TermText {
  std::string term, meaning;
};

/// What decides which rows are shown, which flags are set and which findings are made.
std::vector<TermText> threshold_texts();

/// The indicator and its parts.
std::vector<TermText> definition_texts();

}  // namespace potentia::drilldown
