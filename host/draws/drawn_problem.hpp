// The problem of one draw: the baseline's inputs, each moved by a random number of its own (METHOD.md, "Draws").
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "host/model/problem_builder.hpp"
#include "io/uncertainty.hpp"

namespace potentia {

/// Which draw each group of inputs has its numbers from: 1, 2, …; 0 = as in the baseline.
struct DrawNumbers {
  std::array<std::uint32_t, draw_groups.size()> of_group{};

  static DrawNumbers all(std::uint32_t draw) {
    DrawNumbers numbers;
    numbers.of_group.fill(draw);
    return numbers;
  }
  std::uint32_t& of(DrawGroup group) { return of_group[static_cast<unsigned>(group) - 1]; }
  std::uint32_t of(DrawGroup group) const { return of_group[static_cast<unsigned>(group) - 1]; }
};

/// Any draw can be made alone, in any order, on any machine, to the same bits: its numbers are a function of the seed,
/// the draw, the group and what they are drawn for (the product's place in the world, its HS2 chapter, the country).
class DrawMaker {
public:
  /// Groups that cannot vary in this world (trade of fewer than three base years) are switched off, and said.
  /// @param world and @param built must outlive this
  DrawMaker(const World& world, const BuiltProblem& built, const Uncertainty& uncertainty, std::uint64_t seed,
            std::vector<Notice>& notices);

  /// What varies in this world.
  bool varies(DrawGroup group) const { return uncertainty_.varies(group); }
  const Uncertainty& uncertainty() const { return uncertainty_; }

  /// The baseline's problem with growth and elasticities of a draw; trade and ease are the baseline's.
  std::shared_ptr<const Problem> problem(const DrawNumbers& numbers) const;

  /// Weights of the base years in a draw, adding up to one. @pre varies(DrawGroup::trade)
  std::vector<double> weights(std::uint32_t draw) const;

  /// What a draw multiplies the ease of trade of a pair by. @pre varies(DrawGroup::ease)
  double ease_factor(std::uint32_t draw, std::int32_t exporter, std::int32_t market) const;

private:
  bool drawn(DrawGroup group, const DrawNumbers& numbers) const { return varies(group) && numbers.of(group) != 0; }
  double normal(DrawGroup group, std::uint32_t draw, std::uint64_t index) const;
  double product_number(DrawGroup group, std::uint32_t draw, std::size_t product) const;

  const BuiltProblem& built_;
  Uncertainty uncertainty_;
  std::uint64_t seed_;
  std::vector<std::int32_t> products_;  ///< [products in the problem's order] world index
  std::vector<std::int32_t> chapters_;  ///< likewise: number of the HS2 chapter among the world's
  std::vector<std::int32_t> base_years_;
  double years_;  ///< from base to horizon
};

}  // namespace potentia
