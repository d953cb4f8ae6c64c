// backtest.h5: what a back-test found, and the models that it fitted. Its datasets are a contract, listed in
// io/README.md.
#pragma once

#include <string>

#include "io/result/backtest_result.hpp"
#include "io/result/result_file.hpp"

namespace potentia {

inline constexpr const char* backtest_format = "potentia-backtest";
inline constexpr std::int64_t backtest_format_version = 1;

/// Writes backtest.h5, whole or not at all. Its contents depend on world and findings alone, except /provenance@run.
/// @throws Error(input) when the path cannot be an output, Error(resources) for a full disk, Error(interrupted)
ResultReport write_backtest(const std::string& path, const World& world, const Backtest& backtest,
                            const ResultOptions& options);

/// @throws Error(input) naming file and dataset
Backtest read_backtest(const std::string& path);

/// Checks every number against the file's fingerprints, and that figures are what they claim: shares between 0 and 1,
/// counts that add up, models that are whole.
/// @throws Error(input) naming file and dataset
void check_backtest(const std::string& path);

}  // namespace potentia
