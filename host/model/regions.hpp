// Sub-regions of the world, for tables by region.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace potentia {

/// Sub-region of a country as the United Nations' M49 standard draws it ("South-eastern Asia"), with the Americas and
/// Africa in M49's finer division; "Not in a region" for a code that it does not know.
/// @param iso3 ISO 3166 code; also S19, under which trade statistics keep Asia not elsewhere specified
const char* region_of(const std::string& iso3);

/// All regions that `region_of` can name, in M49's order by continent, "Not in a region" last.
const std::vector<std::string>& region_names();

}  // namespace potentia
