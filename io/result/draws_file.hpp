// draws.h5: the distribution of every sum and listed cell over many draws of a world. Its datasets are a contract, listed in
// io/README.md.
#pragma once

#include <string>
#include <vector>

#include "io/result/draws_result.hpp"
#include "io/result/result_file.hpp"

namespace potentia {

inline constexpr const char* draws_format = "potentia-draws";
inline constexpr std::int64_t draws_format_version = 1;

/// Writes draws.h5, whole or not at all.
/// @param baseline axes, settings and notices of the solve that all draws start from; its tables are not looked at
/// @throws Error(input) when the path cannot be an output, Error(resources) for a full disk, Error(interrupted)
ResultReport write_draws(const std::string& path, const World& world, const Solution& baseline, const DrawsResult& draws,
                         const ResultOptions& options);

}  // namespace potentia
