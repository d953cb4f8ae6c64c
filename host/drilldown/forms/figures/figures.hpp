// The figures of a report as files for a text: every chart as SVG and as PNG.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/drilldown/report.hpp"

namespace potentia::drilldown {

struct FigureFiles {
  /// (name, contents): PART_FIGURE.svg and .png, the second chart's PART_FIGURE_2
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> lacking;  ///< texts with letters that no installed font has
};

/// @throws Error(input) where no font is installed. To be asked before there is anything to draw.
void check_fonts();

/// Draws every chart that has something to show. The same report and fonts give the same bytes, whatever the threads.
/// @throws Error(input) where no font is installed, Error(resources) without memory, Error(interrupted)
FigureFiles draw_figures(const Report& report, int threads);

/// Whether a file of the folder is called as a figure that a report may have: this one or one with other chapters.
bool is_figure_file(const Report& report, const std::string& file_name);

}  // namespace potentia::drilldown
