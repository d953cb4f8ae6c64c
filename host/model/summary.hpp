// Results in words and numbers for a screen.
#pragma once

#include <string>
#include <vector>

#include "io/result/result_summary.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// The summary of a solution that has just been computed: the same that reading its file back gives.
ResultSummary summarize(const World& world, const Solution& solution);

/// Size, totals, why potential changes, the exporters with most unrealised potential: lines of plain text.
std::vector<std::string> summary_lines(const ResultSummary& summary);

/// One pair of countries in all its columns.
/// @throws Error(input) when the result does not hold it
std::vector<std::string> pair_lines(const ResultSummary& summary, const std::string& exporter,
                                    const std::string& market);

/// What was dropped, filled or noticed, a line each; names whose it was, the first dozen of a longer list.
std::vector<std::string> notice_lines(const std::vector<Notice>& notices);

}  // namespace potentia
