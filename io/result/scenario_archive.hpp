// Parts of scenarios as bytes, to be sent or kept. Numbers lie as in memory: whoever reads them has the machine's
// order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/result/scenario_part.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia {

using Bytes = std::vector<std::uint8_t>;

/// What merging needs besides parts: what a file of scenarios shows of their world.
struct ScenarioHead {
  World world;        ///< countries, products, sectors, title, revision, sources, notices
  Solution baseline;  ///< axes, settings, notices
  std::vector<SourceFile> inputs;
  ScenarioShare share;
  std::vector<std::string> names;  ///< of the scenarios, in their order
};

Bytes to_bytes(const ScenarioPart& part);
Bytes to_bytes(const ScenarioHead& head);

/// @param where they are from, for complaints
/// @throws Error(input) where they are not what was written
ScenarioPart part_from_bytes(const Bytes& bytes, const std::string& where);
ScenarioHead head_from_bytes(const Bytes& bytes, const std::string& where);

}  // namespace potentia
