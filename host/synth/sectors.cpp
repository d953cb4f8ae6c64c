// The built-in sectors of the importer, given to made-up products.
#include <cstring>
#include <map>
#include <string>

#include "host/synth/parts.hpp"
#include "io/import/sector_groups.hpp"

namespace potentia::synth {

void assign_sectors(World& world) {
  std::map<std::string, std::int32_t> index_of;
  for (Product& product : world.products) {
    const SectorPrefix* longest = nullptr;
    for (std::size_t n = 0; n < built_in_sector_count; ++n) {
      const SectorPrefix& candidate = built_in_sectors[n];
      const std::size_t length = std::strlen(candidate.prefix);
      if (product.code.compare(0, length, candidate.prefix) != 0) continue;
      if (longest == nullptr || length > std::strlen(longest->prefix)) longest = &candidate;
    }
    // Every chapter has a sector. They are numbered as the importer does it, by their first product.
    const auto [known, is_new] = index_of.emplace(longest->sector, static_cast<std::int32_t>(world.sectors.size()));
    if (is_new) world.sectors.push_back(longest->sector);
    product.sector = known->second;
  }
}

}  // namespace potentia::synth
