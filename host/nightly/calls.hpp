// Calling for somebody: the `on_alarm` command.
#pragma once

#include <string>
#include <vector>

namespace potentia::nightly {

struct Call {
  std::string state;                 ///< of the run: alarm, partial, failed, or error
  std::string run;                   ///< its folder; empty where it has none
  int exit_code = 0;                 ///< that this program will end with
  std::vector<std::string> summary;  ///< reasons, a line each
};

/// Runs the command with the summary as its standard input, and POTENTIA_STATE, POTENTIA_RUN, POTENTIA_EXIT_CODE and
/// POTENTIA_SUMMARY in its environment. It has a minute.
/// @return what went wrong with it; empty if nothing did. @throws Error(interrupted)
std::string call_for_somebody(const std::vector<std::string>& command, const Call& call);

}  // namespace potentia::nightly
