// See flags.hpp.
#include "host/model/flags.hpp"

#include <algorithm>

namespace potentia {

const std::array<FlagText, flag_count> flag_texts = {{
    {"few_years", "few years", "Few years",
     "The exporter sold the product abroad in fewer than half of the base years, or the base period is a single year."},
    {"single_supplier", "single supplier", "Single supplier",
     "One rival supplies more than 80 % of what the market imports of the product."},
    {"net_importer", "net importer", "Net importer",
     "The exporter imports more of the product than it exports: its sales may be re-exports."},
    {"filled_sigma", "filled elasticity", "Filled elasticity",
     "The product's elasticity of substitution is unknown; the median of the known ones is used."},
    {"filled_distance", "filled distance", "Filled distance",
     "The distance between the countries is unknown, in groups of pairs with a tenth or more of what their members "
     "trade "
     "of the product; the distance fit counts as 1."},
    {"filled_growth", "filled growth", "Filled growth",
     "Growth of the exporter's GDP, or of the market's GDP or population, is unknown, in groups of members "
     "with a tenth or more of the trade in the product; the median of the known ones is used."},
    {"unmatched_tariff", "unmatched tariff", "Unmatched tariff",
     "The market's tariff schedule has no MFN line for the product; the highest rate that it lists stands for it, or "
     "0."},
    {"tiny_market", "tiny market", "Tiny market",
     "The market imports less than USD 1 million of the product from all suppliers."},
    {"small_flow", "small flow", "Small flow",
     "The exporter's sales of the product to the market are below USD 100,000, or nothing: the estimate rests on its "
     "sales elsewhere and on the trade of others."},
}};

std::string FlagSet::names() const {
  std::string text;
  for (int flag = 0; flag < flag_count; ++flag)
    if (has(static_cast<Flag>(flag))) text += (text.empty() ? "" : ", ") + std::string(flag_texts[flag].name);
  return text;
}

std::vector<char> filled_countries(const World& world, const std::vector<Notice>& notices, const std::string& rule) {
  std::vector<char> filled(world.country_count(), 0);
  const std::vector<Country>& countries = world.countries;
  for (const Notice& notice : notices) {
    if (notice.kind != "fill" || notice.rule != rule) continue;
    for (const std::string& code : notice.whose) {
      const auto at = std::lower_bound(countries.begin(), countries.end(), code,
                                       [](const Country& country, const std::string& c) { return country.iso3 < c; });
      if (at != countries.end() && at->iso3 == code) filled[at - countries.begin()] = 1;
    }
  }
  return filled;
}

}  // namespace potentia
