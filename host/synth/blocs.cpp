// The lists behind blocs.hpp. Membership is real, coverage and rates are not.
#include "host/synth/blocs.hpp"

#include <algorithm>
#include <cstring>

namespace potentia::synth {
namespace {

bool contains(const std::vector<const char*>& codes, const char* iso3) noexcept {
  return std::any_of(codes.begin(), codes.end(), [&](const char* code) { return std::strcmp(code, iso3) == 0; });
}

const std::vector<const char*>& least_developed() {
  static const std::vector<const char*> codes = {
      "AFG", "AGO", "BDI", "BEN", "BFA", "BGD", "CAF", "COD", "COM", "DJI", "ERI", "ETH", "GIN", "GMB", "GNB",
      "HTI", "KHM", "KIR", "LAO", "LBR", "LSO", "MDG", "MLI", "MMR", "MOZ", "MRT", "MWI", "NER", "NPL", "RWA",
      "SDN", "SEN", "SLB", "SLE", "SOM", "SSD", "TCD", "TGO", "TLS", "TUV", "TZA", "UGA", "YEM", "ZMB"};
  return codes;
}

}  // namespace

const std::vector<Agreement>& agreements() {
  static const std::vector<Agreement> list = {
      {"ASEAN", {"BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"}, 0.97, 0.0, 0},
      {"ASEAN-CHINA", {"BRN", "CHN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"}, 0.90, 0.1, 0},
      {"RCEP",
       {"AUS", "BRN", "CHN", "IDN", "JPN", "KHM", "KOR", "LAO", "MMR", "MYS", "NZL", "PHL", "SGP", "THA", "VNM"},
       0.85,
       0.4,
       -2},
      {"CPTPP",
       {"AUS", "BRN", "CAN", "CHL", "GBR", "JPN", "MEX", "MYS", "NZL", "PER", "SGP", "VNM"},
       0.95,
       0.1,
       0},
      {"USMCA", {"CAN", "MEX", "USA"}, 0.98, 0.0, 0},
      {"EU-VIET NAM", {"EU", "VNM"}, 0.90, 0.2, -4},
      {"EU-EFTA", {"EU", "CHE", "ISL", "NOR"}, 0.85, 0.0, 0},
      {"EU-JAPAN", {"EU", "JPN"}, 0.95, 0.1, 0},
      {"EU-UK", {"EU", "GBR"}, 0.99, 0.0, 0},
      {"MERCOSUR", {"ARG", "BRA", "PRY", "URY"}, 0.95, 0.0, 0},
      {"EAEU", {"ARM", "BLR", "KAZ", "KGZ", "RUS"}, 1.0, 0.0, 0},
      {"GCC", {"ARE", "BHR", "KWT", "OMN", "QAT", "SAU"}, 1.0, 0.0, 0},
      {"SAARC", {"BGD", "BTN", "IND", "LKA", "MDV", "NPL", "PAK"}, 0.6, 0.5, 0},
      {"AFRICA",  // comes into force before the horizon: a tariff change in the other direction
       {"CIV", "EGY", "ETH", "GHA", "KEN", "MAR", "NGA", "RWA", "SEN", "TUN", "TZA", "UGA", "ZAF", "ZMB"},
       0.8,
       0.2,
       2},
  };
  return list;
}

const std::vector<Preference>& preferences() {
  static const std::vector<Preference> list = {
      {"LDC", {"AUS", "CAN", "CHE", "CHN", "EU", "GBR", "IND", "JPN", "KOR", "NOR", "RUS", "THA"}, true, 0.97, 0.0},
      {"GSP", {"CAN", "JPN", "USA"}, false, 0.45, 0.5},
  };
  return list;
}

bool is_least_developed(const char* iso3) noexcept { return contains(least_developed(), iso3); }
bool graduates(const char* iso3) noexcept { return contains({"BGD", "LAO", "NPL"}, iso3); }

}  // namespace potentia::synth
