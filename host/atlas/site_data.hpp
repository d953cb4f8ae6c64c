// What the chunks of a site are cut from. Rows of the solution are all countries of the world, whoever has a page: what
// is shown of a few is the same as of all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/atlas/cell_facts.hpp"
#include "host/atlas/languages.hpp"
#include "host/atlas/report_links.hpp"
#include "host/model/groups.hpp"
#include "host/model/outlook_models.hpp"
#include "io/result/scenario_result.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::atlas {

/// How much of the long lists a site carries.
inline constexpr std::size_t pair_products = 5;       ///< products of every pair, most unrealised first
inline constexpr std::size_t country_products = 300;  ///< products of an exporter or a market
inline constexpr std::size_t product_countries = 15;  ///< exporters and markets of a product
inline constexpr std::size_t matrix_side = 10;        ///< of these, as many against each other
inline constexpr std::size_t shown_rivals = 20;

struct SiteData {
  const World& world;
  const Solution& solution;                                   ///< of all exporters and markets
  const Backend& backend;                                     ///< holds the solved problem
  const std::map<std::string, CountryGroup>& country_groups;  ///< by code
  const std::vector<Language>& languages;                     ///< of names, beside the world's own
  std::string title{};
  std::vector<char> has_exporter{}, has_market{};  ///< [countries] whether a country has a page
  std::vector<std::string> country_file{};   ///< [countries] how files of a country are called, without ending
  std::vector<std::string> groups{};         ///< files of products, a group being the products with the same two digits
  std::vector<std::int32_t> group_of{};      ///< [products of the result] index into groups
  std::vector<std::string> short_names{};    ///< [products of the world]
  CellFacts facts{};                         ///< of the listed cells
  std::vector<std::vector<Rival>> rivals{};  ///< [exporters]
  std::vector<std::int32_t> exporter_of{};   ///< of each listed cell; -1 = has no page
  const OutlookModels* models = nullptr;     ///< null = a site without an outlook
  CellOutlook outlook{};                     ///< of the listed cells; empty without
  const std::vector<ScenarioResult>* scenarios = nullptr;
  std::vector<ReportLink> reports{};
  std::vector<SourceFile> more_sources{};    ///< read beside those of the world

  std::size_t countries() const { return world.country_count(); }
  std::size_t products() const { return solution.axes.products.size(); }
  const Product& product(std::size_t k) const { return world.products[solution.axes.products[k]]; }
};

/// What an outlook says of cells, by the names that result.h5 has for it.
inline std::vector<std::pair<const char*, const std::vector<double>*>> outlook_columns(const CellOutlook& outlook) {
  return {{"chance", &outlook.chance}, {"expected", &outlook.expected}, {"low", &outlook.low}, {"high", &outlook.high}};
}

/// What can be a part of a file's name on every system stays as it is; anything else is called by its number.
std::string file_name(const std::string& code, std::size_t number);

/// Places with the largest values, those above zero only, largest first, ties by place.
template <class ValueAt>
std::vector<std::int32_t> largest(std::size_t count, std::size_t at_most, const ValueAt& value_at) {
  std::vector<std::int32_t> places;
  for (std::size_t at = 0; at < count; ++at)
    if (value_at(at) > 0.0) places.push_back(static_cast<std::int32_t>(at));
  const auto before = [&](std::int32_t a, std::int32_t b) {
    const double x = value_at(static_cast<std::size_t>(a)), y = value_at(static_cast<std::size_t>(b));
    return x != y ? x > y : a < b;
  };
  const std::size_t kept = std::min(places.size(), at_most);
  std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(kept), places.end(), before);
  places.resize(kept);
  return places;
}

}  // namespace potentia::atlas
