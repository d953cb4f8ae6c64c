// What a scenario comes to, as scenario.h5 holds it. Axes cover every country of the world, in its order.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "io/world/world.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// One line of what a scenario rests on.
struct AssumptionLine {
  std::string instrument;  ///< name
  std::string kind;        ///< "cost"
  std::string side;        ///< scenario, baseline, both
  std::string what;        ///< "days -20 hours; exporters LAO; markets CHN; …", all of `says` and `applies_to`
  std::string source;      ///< empty where it is an assumption without a reason
  bool assumption = false;
  bool acts = true;   ///< false: its years do not include the horizon
  std::string where;  ///< file:line of the instrument
  std::string says, applies_to;  ///< "days -20 hours"; "exporters LAO; markets CHN"
  bool already_in_base = false;  ///< the base trade has it in it: the scenario takes it out
};

/// A total to be reached, and what it takes (METHOD.md does not define it; see host/scenario/target.hpp).
struct TargetLine {
  std::string instrument;
  std::vector<std::int32_t> exporters, markets;  ///< country indices
  bool two_way = false;
  std::int32_t year = 0, compared_year = 0;  ///< that of the target, and the horizon
  double value = 0.0, actual = 0.0;          ///< USD
  double baseline = 0.0, potential = 0.0;    ///< USD at the horizon, baseline and scenario
  double required_growth = 0.0;              ///< a year, from the base trade to the target
  double potential_growth = 0.0;             ///< a year, from the base trade to the scenario's potential at the horizon
  double past_growth = 0.0;                  ///< a year, over the years of trade of the world; NaN if there is but one
  std::int32_t past_first = 0, past_last = 0;
  double static_part = 0.0, dynamic = 0.0;  ///< USD of the scenario
  bool reached = false;                     ///< whether the potential at the horizon is the target or more
  /// Unrealised potential of the scenario by product, largest first, until the gap to the target is covered.
  std::vector<std::int32_t> product;                    ///< world indices
  std::vector<double> product_static, product_dynamic;  ///< USD
  bool covered = false;                                 ///< whether unrealised potential covers the gap at all
};

/// Cells of the countries asked for: products that the one exports and the other imports, from whomever.
struct ScenarioCells {
  std::vector<std::int32_t> exporter, market, product;  ///< country indices; result's product columns
  std::array<std::vector<double>, column_count> baseline, scenario;
  std::vector<double> at_risk;
  std::vector<std::vector<double>> by_instrument;  ///< [instrument][cell]
};

/// The same summed by product over the countries asked for, pairs in ascending order of exporter and market. [products],
/// the result's product columns; empty where nobody was asked for.
struct ScenarioProducts {
  std::array<std::vector<double>, column_count> baseline, scenario;
  std::vector<double> at_risk;
  std::vector<std::vector<double>> by_instrument;  ///< [instrument][product]
};

/// A product whose place among opportunities changes.
struct RankChange {
  std::int32_t product = 0;                                     ///< column of the result
  std::int32_t place_baseline = 0, place_scenario = 0;          ///< by unrealised potential, 1 = the largest
  double unrealized_baseline = 0.0, unrealized_scenario = 0.0;  ///< USD
};

/// Opportunities of the countries asked for: products by unrealised potential.
struct OpportunityRanks {
  double correlation = std::numeric_limits<double>::quiet_NaN();  ///< Spearman's, of all products
  std::vector<RankChange> changes;                                ///< the largest at the top of the list, largest first
};

struct ScenarioResult {
  std::string name, description;
  std::vector<std::string> files;  ///< names without folders
  std::vector<AssumptionLine> assumptions;
  std::vector<std::string> instruments;  ///< that differ between baseline and scenario and act at the horizon
  std::vector<TargetLine> targets;
  std::vector<Notice> notices;
  bool changes_nothing = false;

  Margin baseline_pair, scenario_pair;  ///< [exporter, market]
  std::vector<std::int32_t> sector_exporters,
      sector_markets;                                 ///< country indices of the axes of pair_sector, ascending
  Margin baseline_pair_sector, scenario_pair_sector;  ///< [exporter, market, sector] of these
  Margin baseline_exporter_product, scenario_exporter_product;  ///< empty unless all groups were asked for
  Margin baseline_market_product, scenario_market_product;
  Buffer<double> at_risk;        ///< [exporter, market] USD
  Buffer<double> by_instrument;  ///< [instrument, exporter, market] USD
  ScenarioCells cells;
  ScenarioProducts products;
  OpportunityRanks opportunities;              ///< as cells
  Factors baseline_factors, scenario_factors;  ///< empty unless all groups were asked for
};

}  // namespace potentia
