// A scenario's words looked up in a world: which countries, products and regimes its instruments mean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/model/parties.hpp"
#include "io/scenario/scenario.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// What the look-up needs of a world as it was built.
struct ScenarioGround {
  const World& world;
  const Parties& parties;
  const std::vector<std::int32_t>& products;  ///< world indices in the problem's order
  std::int32_t base_year, horizon_year;
  bool tariffs;  ///< whether the settings have tariffs on
  bool distance_fit;
};

/// One instrument in terms of the world.
struct ResolvedInstrument {
  const Instrument* instrument = nullptr;
  std::vector<char> exporters, markets, countries;  ///< [countries] 1 where it applies
  std::vector<char> products;                       ///< [products] in the problem's order
  std::vector<char> perishable;                     ///< [products] of the file's tag of that name
  std::int32_t regime = -1;
  std::int32_t like_exporter = -1, like_market = -1;
  bool acts = true;        ///< false: its years do not include the horizon
  std::int32_t years = 0;  ///< until the horizon, in which it acts

  InstrumentKind kind() const { return instrument->kind; }
  bool applies(std::size_t exporter, std::size_t market) const { return exporters[exporter] && markets[market]; }
  bool is_player() const { return acts && instrument->side != Side::both && kind() != InstrumentKind::target; }
  bool in_baseline() const { return instrument->side != Side::scenario; }
  bool in_scenario() const { return instrument->side != Side::baseline; }
};

/// @param notices receives instruments that do not act at the horizon, and members of groups that are not here
/// @throws Error(input) naming file and line: a country, sector or regime that does not exist (with the nearest that
/// does),
///         a selection that is empty, instruments that contradict each other, a year that an instrument cannot have
std::vector<ResolvedInstrument> resolve(const Scenario& scenario, const ScenarioGround& ground,
                                        std::vector<Notice>& notices);

/// What moves as one from the baseline to the scenario: an instrument, or several that say different things of the same
/// cells on the two sides (a preference kept against ended), of which no mixture means anything.
struct Player {
  std::vector<std::int32_t> instruments;  ///< ascending
  std::string name;                       ///< "preference kept / preference ended"
};

/// The players among instruments that act, in their order.
std::vector<Player> find_players(const std::vector<ResolvedInstrument>& instruments);

}  // namespace potentia
