// How far the inputs of a world may lie from what its file says: one spread for each group of inputs (METHOD.md, "Draws").
#pragma once

#include <array>
#include <string>

namespace potentia {

/// Groups of inputs that are drawn together; the number is part of the random numbers' counter and never changes.
enum class DrawGroup : unsigned { sigma = 1, income_elasticity, gdp, population, trade, ease };

inline constexpr std::array<DrawGroup, 6> draw_groups = {DrawGroup::sigma,      DrawGroup::income_elasticity,
                                                         DrawGroup::gdp,        DrawGroup::population,
                                                         DrawGroup::trade,      DrawGroup::ease};

/// "sigma", as files name the group.
const char* group_name(DrawGroup group);
/// What the spread is the standard deviation of, in words.
const char* spread_meaning(DrawGroup group);

struct GroupSpread {
  bool on = true;
  double spread = 0.0;  ///< a standard deviation; trade has none, its weights are drawn from all that there are
  std::string source;   ///< where it is from; with `assumption`, why it is thought so, may then be empty
  bool assumption = true;

  /// Whether draws differ by it.
  bool varies(DrawGroup group) const { return on && (group == DrawGroup::trade || spread > 0.0); }
};

struct Uncertainty {
  std::array<GroupSpread, draw_groups.size()> groups;

  Uncertainty();  ///< the defaults
  GroupSpread& of(DrawGroup group) { return groups[static_cast<unsigned>(group) - 1]; }
  const GroupSpread& of(DrawGroup group) const { return groups[static_cast<unsigned>(group) - 1]; }
  bool varies(DrawGroup group) const { return of(group).varies(group); }
};

/// Reads a file; what it leaves out keeps its default.
/// @throws Error(input) with file, line and column: not TOML, an unknown group or key (naming the nearest known one), a
///         spread that is negative or beyond reason, or that has neither a source nor the word `assumption`
Uncertainty read_uncertainty(const std::string& path);

/// The same from text; `name` stands for the file in complaints.
Uncertainty parse_uncertainty(const std::string& text, const std::string& name);

}  // namespace potentia
