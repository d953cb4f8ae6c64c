// What draws say in a screenful.
#pragma once

#include <string>
#include <vector>

#include "io/result/draws_result.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// What was drawn, by how much, and where that is from.
std::vector<std::string> uncertainty_lines(const Uncertainty& uncertainty);

/// Potential and unrealised potential of a pair: median and the interval that nine draws of ten lie in; and, where it
/// was asked for, which groups of inputs matter.
std::vector<std::string> draws_lines(const World& world, const DrawsResult& draws, std::int32_t exporter,
                                     std::int32_t market);

}  // namespace potentia
