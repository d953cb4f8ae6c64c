// From a world to a site of static files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/atlas/languages.hpp"
#include "host/atlas/logo.hpp"
#include "host/atlas/report_links.hpp"
#include "host/model/groups.hpp"
#include "host/model/outlook_models.hpp"
#include "io/result/scenario_result.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::atlas {

struct AtlasRequest {
  std::vector<std::int32_t> exporters;  ///< countries that get a page as exporters, ascending; empty = all that trade
  std::vector<std::int32_t> markets;    ///< likewise as markets
  std::map<std::string, CountryGroup> groups;  ///< by which exporters can be chosen on the site
  std::string title;                           ///< of the site; empty = the world's
  Logo logo;                                   ///< beside the title; no bytes = none
  std::vector<Language> languages;             ///< of names, beside the world's own
  const OutlookModels* outlook = nullptr;      ///< by which chances and expected exports are told; may be null
  std::vector<ScenarioResult> scenarios;       ///< of the same world and settings, without sectors; by name
  std::vector<SourceFile> sources;             ///< of outlook and scenarios
  std::vector<ReportLink> reports;             ///< full reports on pairs
  std::string folder;
};

struct AtlasReport {
  std::size_t files = 0, cells = 0, exporters = 0, markets = 0, products = 0;
  std::uint64_t bytes = 0;
};

/// Solves the whole world and writes the site. What a page shows does not depend on who else has one.
/// @param settings `cells.top` is how many cells of each exporter the site lists
/// @throws Error as solve() and SiteFolder do
AtlasReport write_atlas(const World& world, const Settings& settings, const AtlasRequest& request, Backend& backend,
                        const ProgressSink& progress);

}  // namespace potentia::atlas
