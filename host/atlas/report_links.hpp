// Links from a pair's page to the full report on it, where one was made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/model/parties.hpp"

namespace potentia::atlas {

struct ReportLink {
  std::int32_t exporter = -1, market = -1;  ///< country indices
  std::string address;                      ///< relative to the site's folder
};

/// @param typed "LAO/CHN=laos-china/report.html" each, paths as of the working directory
/// @param notices receives files that are not there: a report may be made after its atlas
/// @throws Error(usage) for another form or a pair given twice, Error(input) for what is no country
std::vector<ReportLink> read_report_links(const std::vector<std::string>& typed, const Parties& parties,
                                          const std::string& site_folder, std::vector<Notice>& notices);

}  // namespace potentia::atlas
