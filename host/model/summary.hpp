// Results in words and numbers for a screen.
#pragma once

#include <string>
#include <vector>

#include "host/model/party.hpp"
#include "io/result/result_summary.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// "1,234.5": USD million with thousands separators, readable from one shipment to the whole world.
std::string millions(double dollars);

/// The summary of a solution that has just been computed: the same that reading its file back gives.
ResultSummary summarize(const World& world, const Solution& solution);

/// Size, totals, why potential changes, the exporters with most unrealised potential: lines of plain text.
std::vector<std::string> summary_lines(const ResultSummary& summary);

/// The exporters (or markets) of a result as countries, to be found by what people type.
std::vector<Country> countries_of(const std::vector<std::string>& codes, const std::vector<std::string>& names);

/// One exporter and one market in all columns; of groups the sum over their members.
/// @param exporter with indices into the result's exporters; market into its markets
std::vector<std::string> pair_lines(const ResultSummary& summary, const Party& exporter, const Party& market);

/// What was dropped, filled or noticed, a line each; names whose it was, the first dozen of a longer list.
std::vector<std::string> notice_lines(const std::vector<Notice>& notices);

}  // namespace potentia
