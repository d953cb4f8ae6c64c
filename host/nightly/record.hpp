// What a run was: the manifest.json of its folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace potentia::nightly {

struct InputRecord {
  std::string role;  ///< manifest, data, world, settings, groups, scenario
  std::string path;
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;  ///< seconds since 1970
  std::string sha256;         ///< of the file, or the content digest of a world that an earlier step made
};

struct OutputRecord {
  std::string path;  ///< within the run's folder
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970
  std::string sha256;         ///< empty for HDF5 files, whose content digest is the step's
};

enum class StepState {
  done,     ///< ran, and succeeded
  carried,  ///< nothing that it depends on has changed: the outputs are those of an earlier run
  failed,
  not_run,  ///< because a step before it failed
};
const char* state_name(StepState state);

struct StepRecord {
  std::string kind;  ///< import, solve, report, scenario
  std::string name;  ///< of the world, of a report "world/report", likewise of a scenario
  StepState state = StepState::not_run;
  std::string key;   ///< SHA-256 of all that the outputs depend on; empty where they must not be carried over
  std::string from;  ///< of a carried step, the run that made the outputs
  std::vector<std::string> command;  ///< run in the run's folder
  int exit_code = 0;
  double seconds = 0;
  int threads = 0;
  std::string error;   ///< in words
  std::string digest;  ///< content digest of what was made, where it is an HDF5 file
  std::vector<InputRecord> inputs;
  std::vector<OutputRecord> outputs;
};

/// What moved since the run before: potential or unrealised potential of one exporter, market or product.
struct MoveRecord {
  std::string side;  ///< exporter, market, product
  std::string code, name;
  std::string column;      ///< potential or unrealized
  double was = 0, is = 0;  ///< USD
  std::string factor;      ///< that moved a potential most, in words; may be empty
};

struct WorldRecord {
  std::string name;
  std::string world_digest, result_digest;
  double actual = 0, potential_now = 0, potential = 0, realized = 0, unrealized = 0;  ///< USD, sums of all cells
  std::uint64_t exporters = 0, markets = 0, products = 0;
  std::int64_t drops = 0, fills = 0;
  std::int64_t data_modified = 0;    ///< seconds since 1970: when the newest input was written
  double solve_seconds = 0;          ///< of the solve alone, without reading and writing
  std::string compared_with;         ///< run; empty where there was none
  std::vector<std::string> changed;  ///< what it was made of and is another since then: names of files, "the program"
  std::vector<MoveRecord> moves;     ///< the largest of each side, largest first

  double cells() const {
    return static_cast<double>(exporters) * static_cast<double>(markets) * static_cast<double>(products);
  }
};

enum class RunState {
  success,
  alarm,    ///< complete, but a threshold was passed
  partial,  ///< some steps failed
  failed,   ///< all did
};
const char* state_name(RunState state);

struct RunRecord {
  std::string name;  ///< DATE-NUMBER, that of its folder
  std::int64_t number = 0;
  RunState state = RunState::failed;
  std::int64_t started = 0;  ///< seconds since 1970, by the machine's clock
  double seconds = 0;
  std::string version, commit, executable_sha256;
  std::string host;
  int threads = 0;
  std::string config, config_sha256;
  std::string previous;                                ///< the run that this one was compared with; empty = none
  std::vector<std::pair<std::string, double>> phases;  ///< → seconds
  std::vector<StepRecord> steps;
  std::vector<WorldRecord> worlds;
  std::vector<std::string> alarms;  ///< in words: failed steps and passed thresholds

  bool complete() const { return state == RunState::success || state == RunState::alarm; }
  const WorldRecord* world(const std::string& name) const;
};

/// "2026-11-26T02:04:58Z"
std::string utc_text(std::int64_t seconds);

std::string record_to_json(const RunRecord& run);

/// @throws Error(input) when it is not what record_to_json writes
RunRecord record_from_json(const std::string& text, const std::string& where);

}  // namespace potentia::nightly
