// report.html: the report as one page that opens offline.
#pragma once

#include <string>

namespace potentia::drilldown {

/// The whole page: skeleton, style, charts, script and the report itself. Nothing in it is fetched from elsewhere, and
/// its Content-Security-Policy allows no request. Numbers with more than eight significant digits are rounded to
/// eight to keep the page small; report.json has all of them.
/// @param report_json the text of report.json
/// @param title       of the window; any text
std::string report_html(const std::string& report_json, const std::string& title);

}  // namespace potentia::drilldown
