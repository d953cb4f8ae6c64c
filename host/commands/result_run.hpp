// What the commands that write a result share: what it says of its run and inputs, and what is told of it.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "host/commands/command.hpp"
#include "host/model/outlook_models.hpp"
#include "io/result/result_file.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia {

/// How long each stage took, in the order in which they ran.
class Stopwatch {
public:
  void lap(const char* stage);
  std::string stages() const { return stages_; }
  const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }
  double total() const { return std::chrono::duration<double>(last_ - started_).count(); }

private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), last_ = started_;
  std::string stages_;
  std::vector<std::pair<std::string, double>> seconds_;
};

std::string now_utc();  ///< ISO 8601

/// @throws Error(input) when the output is this input
void refuse_to_overwrite(const std::string& output, const std::string& input);

/// Digest and size of a file that was read.
SourceFile fingerprint(const char* role, const std::string& path);

/// What was read, so that a result says which world it is of.
/// @param settings may be empty; @param world_digest empty for a world of another program
std::vector<SourceFile> fingerprints(const std::string& world, const std::string& settings, const std::string& world_digest);

/// The back-test behind an outlook.
SourceFile fingerprint_of(const OutlookModels& outlook);

/// What may differ between two runs: program, machine, backend, times.
void describe_run(const Backend* backend, int ranks, const Stopwatch& watch, const std::vector<Stage>& stages, RunInfo& run);

/// Summary, stages and size of a result that has been written.
void tell_result(const std::string& path, const World& world, const Solution& solution, const ResultReport& report,
                 const Stopwatch& watch, const std::string& where);

}  // namespace potentia
