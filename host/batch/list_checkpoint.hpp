// Progress of a list (of scenarios, of blocks of draws) that survives its process: every so often, what one process's share
// tells of the entries evaluated since the last time goes to a file of its own, as checkpoint.hpp keeps a solve's segments.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/batch/checkpoint.hpp"
#include "io/result/scenario_part_file.hpp"

namespace potentia {

/// What a list is of, in the names of files and in complaints.
struct ListWords {
  const char* entries = "scenarios";                                      ///< what the list has
  const char* share = "segments";                                         ///< what processes share
  const char* others = "other scenarios, settings or countries";          ///< what another job may differ in
};

class ListCheckpoint {
public:
  /// Makes the folder if need be.
  /// @param job see PartName; @param first, last the segments of this process
  /// @throws Error(input) when the folder holds parts of these segments and the plan is not to resume
  ListCheckpoint(CheckpointPlan plan, std::string job, std::int32_t first, std::int32_t last, const ListWords& words = {});

  /// What was saved, by position in the list; nothing where the plan is not to resume.
  /// @throws Error(input) for parts of another job or of other shares, or damaged ones
  std::map<std::int32_t, Bytes> restore();

  /// Takes what has been evaluated, and saves it if it is time.
  void keep(std::int32_t scenario, Bytes part);
  /// Saves what has not been saved yet. @throws Error(resources)
  void save();
  /// Removes the files, and the folder if nothing else is in it: the job is done.
  void remove() noexcept;

private:
  CheckpointPlan plan_;
  ListWords words_;
  ScenarioPartFile open_;  ///< not yet saved
  std::vector<std::string> written_;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

}  // namespace potentia
