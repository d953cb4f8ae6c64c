// Colours of series.
#pragma once

#include <vector>

#include "host/drilldown/forms/figures/picture.hpp"
#include "host/drilldown/report.hpp"

namespace potentia::drilldown::figures {

/// One colour for each role, another one where a chart has a colour already.
std::vector<Rgb> colours_of(const std::vector<Role>& roles);

}  // namespace potentia::drilldown::figures
