// See column_meaning.hpp.
#include "io/import/column_meaning.hpp"

#include <map>

namespace potentia {

const char* column_meaning(const std::string& name) {
  static const std::map<std::string, const char*> meanings = {// trade and its code tables
                                                              {"t", "year"},
                                                              {"i", "exporter"},
                                                              {"j", "market"},
                                                              {"k", "product"},
                                                              {"v", "value in thousand USD"},
                                                              {"country_code", "number in the trade files"},
                                                              {"country_name", "name"},
                                                              {"country_iso2", "ISO2"},
                                                              {"country_iso3", "ISO3"},
                                                              {"code", "product"},
                                                              {"description", "name"},
                                                              // distance
                                                              {"iso_o", "exporter"},
                                                              {"iso_d", "market"},
                                                              // growth
                                                              {"iso3", "country"},
                                                              {"gdp", "GDP"},
                                                              {"countrycode", "country"},
                                                              {"seriescode", "series"},
                                                              {"time", "year"},
                                                              {"value", "level"},
                                                              {"weosubjectcode", "series"},
                                                              {"subjectdescriptor", "series"},
                                                              {"series_code", "country and series"},
                                                              {"iso", "country"},
                                                              {"weocountrycode", "country"},
                                                              {"iso3_code", "country"},
                                                              {"locid", "country"},
                                                              {"location", "country"},
                                                              {"poptotal", "population"},
                                                              // elasticities, tariffs, lists
                                                              {"hs6", "product"},
                                                              {"sigma", "elasticity of substitution"},
                                                              {"elasticity", "elasticity of substitution"},
                                                              {"first_year", "first year of use"},
                                                              {"last_year", "last year of use"},
                                                              {"bec4", "level of processing"},
                                                              {"prefix", "product"},
                                                              {"economy", "country"},
                                                              {"current_year", "year"},
                                                              {"share_used", "share"}};
  const auto found = meanings.find(name);
  return found == meanings.end() ? "" : found->second;
}

}  // namespace potentia
