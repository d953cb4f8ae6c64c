// The page of runs: one file without scripts or requests, beside the runs that it links to.
#pragma once

#include <string>

#include "host/nightly/run_folder.hpp"

namespace potentia::nightly {

/// @param list   every run there is, the newest last
/// @param latest name of the run that the link names; may be empty
std::string index_page(const std::string& title, const RunList& list, const std::string& latest);

/// Text of index.css, compiled in.
const char* index_style();

}  // namespace potentia::nightly
