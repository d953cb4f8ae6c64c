// The table behind regions.hpp.
#include "host/model/regions.hpp"

namespace potentia {
namespace {

constexpr const char* unknown_region = "Not in a region";

struct Region {
  const char* name;
  const char* members;  ///< codes between spaces
};

constexpr Region regions[] = {
    {"Northern Africa", "DZA EGY ESH LBY MAR SDN TUN"},
    {"Eastern Africa", "ATF BDI COM DJI ERI ETH IOT KEN MDG MOZ MUS MWI MYT REU RWA SOM SSD SYC TZA UGA ZMB ZWE"},
    {"Middle Africa", "AGO CAF CMR COD COG GAB GNQ STP TCD"},
    {"Southern Africa", "BWA LSO NAM SWZ ZAF"},
    {"Western Africa", "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI MRT NER NGA SEN SHN SLE TGO"},
    {"Caribbean",
     "ABW AIA ANT ATG BES BHS BLM BRB CUB CUW CYM DMA DOM GLP GRD HTI JAM KNA LCA MAF MSR MTQ PRI SXM TCA "
     "TTO VCT VGB VIR"},
    {"Central America", "BLZ CRI GTM HND MEX NIC PAN SLV"},
    {"South America", "ARG BOL BRA BVT CHL COL ECU FLK GUF GUY PER PRY SGS SUR URY VEN"},
    {"Northern America", "BMU CAN GRL SPM USA"},
    {"Central Asia", "KAZ KGZ TJK TKM UZB"},
    {"Eastern Asia", "CHN HKG JPN KOR MAC MNG PRK S19 TWN"},
    {"South-eastern Asia", "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM"},
    {"Southern Asia", "AFG BGD BTN IND IRN LKA MDV NPL PAK"},
    {"Western Asia", "ARE ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM"},
    {"Eastern Europe", "BGR BLR CZE HUN MDA POL ROU RUS SVK UKR"},
    {"Northern Europe", "ALA DNK EST FIN FRO GBR GGY IMN IRL ISL JEY LTU LVA NOR SJM SWE"},
    {"Southern Europe", "ALB AND BIH ESP GIB GRC HRV ITA MKD MLT MNE PRT SCG SMR SRB SVN VAT"},
    {"Western Europe", "AUT BEL CHE DEU FRA LIE LUX MCO NLD"},
    {"Australia and New Zealand", "AUS CCK CXR HMD NFK NZL"},
    {"Melanesia", "FJI NCL PNG SLB VUT"},
    {"Micronesia", "FSM GUM KIR MHL MNP NRU PLW UMI"},
    {"Polynesia", "ASM COK NIU PCN PYF TKL TON TUV WLF WSM"},
    {"Antarctica", "ATA"},
};

}  // namespace

const char* region_of(const std::string& iso3) {
  if (iso3.size() != 3 || iso3.find(' ') != std::string::npos) return unknown_region;
  for (const Region& region : regions)
    if (std::string(region.members).find(iso3) != std::string::npos) return region.name;
  return unknown_region;
}

const std::vector<std::string>& region_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Region& region : regions) list.emplace_back(region.name);
    list.emplace_back(unknown_region);
    return list;
  }();
  return names;
}

}  // namespace potentia
