// See calls.hpp.
#include "host/nightly/calls.hpp"

#include <chrono>

#include "host/nightly/children.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

constexpr auto time_limit = std::chrono::seconds(60);
constexpr std::size_t longest_variable = 60000;  // Linux takes 128 KiB

}  // namespace

std::string call_for_somebody(const std::vector<std::string>& command, const Call& call) {
  std::string summary;
  for (const std::string& line : call.summary) summary += line + "\n";
  Command child;
  child.arguments = command;
  child.input = summary;
  child.environment = {"POTENTIA_STATE=" + call.state, "POTENTIA_RUN=" + call.run,
                       "POTENTIA_EXIT_CODE=" + std::to_string(call.exit_code),
                       "POTENTIA_SUMMARY=" + summary.substr(0, longest_variable)};
  try {
    Children children;
    children.start(child);
    const auto ended = children.wait(time_limit);
    if (ended.empty()) return "it did not end within a minute";
    return ended[0].exit_code == 0 ? "" : ended[0].error;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    return error.what();
  }
}

}  // namespace potentia::nightly
