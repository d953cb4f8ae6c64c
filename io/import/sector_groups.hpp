// The built-in sectors: named groups of HS chapters and headings, those of ITC's country reports.
#pragma once

#include <cstddef>

namespace potentia {

struct SectorPrefix {
  const char* prefix;  ///< two, four or six digits; the longest that fits a product decides
  const char* sector;
};

extern const SectorPrefix built_in_sectors[];
extern const std::size_t built_in_sector_count;

}  // namespace potentia
