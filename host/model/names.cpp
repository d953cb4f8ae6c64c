// See names.hpp.
#include "host/model/names.hpp"

#include <algorithm>

#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {

std::string nearest_country(const std::string& wanted, const std::vector<std::string>& codes,
                            const std::vector<std::string>& names) {
  const bool is_code_like = wanted.size() <= 4;
  const std::string nearest = nearest_name(wanted, is_code_like ? codes : names);
  const std::vector<std::string>& searched = is_code_like ? codes : names;
  const auto found = std::find(searched.begin(), searched.end(), nearest);
  if (found == searched.end()) return {};
  const auto at = static_cast<std::size_t>(found - searched.begin());
  return names[at].empty() ? codes[at] : codes[at] + " (" + names[at] + ")";
}

std::vector<std::int32_t> country_indices(const World& world, const std::vector<std::string>& codes,
                                          const std::string& flag) {
  std::vector<std::int32_t> indices;
  for (const std::string& code : codes) {
    const auto found = std::lower_bound(world.countries.begin(), world.countries.end(), code,
                                        [](const Country& country, const std::string& key) { return country.iso3 < key; });
    if (found == world.countries.end() || found->iso3 != code) {
      std::vector<std::string> known, names;
      for (const Country& country : world.countries) {
        known.push_back(country.iso3);
        names.push_back(country.name);
      }
      throw input_error("unknown country code " + code, flag, "did you mean " + nearest_country(code, known, names) + "?");
    }
    indices.push_back(static_cast<std::int32_t>(found - world.countries.begin()));
  }
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  return indices;
}

}  // namespace potentia
