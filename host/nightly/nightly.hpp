// A night: what `potentia nightly` does.
#pragma once

#include "host/nightly/config.hpp"

namespace potentia::nightly {

/// Exit codes of a night that is neither an error nor a success.
inline constexpr int alarm_exit_code = 10;  ///< a step failed, or a threshold was passed
inline constexpr int busy_exit_code = 75;   ///< another nightly is at work in this folder: come again later

/// Runs what is not up to date, compares, tells, and keeps the folder tidy (run_folder.hpp says how it lies).
/// @param threads that all steps together may use
/// @return 0, alarm_exit_code or busy_exit_code, the reasons having been told on stderr
/// @throws Error; the latest complete run and the link to it are then as they were
int run_nightly(const Config& config, int threads);

}  // namespace potentia::nightly
