// result.h5: the answer of a solve as others read it. Its datasets are a contract, listed in io/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "io/result/solution.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia {

inline constexpr const char* result_format = "potentia-result";
inline constexpr std::int64_t result_format_version = 1;

/// What may differ between two runs of the same job; all of it, and nothing else, goes to the attribute `run` of
/// /provenance, as one JSON text.
struct RunInfo {
  std::string version;  ///< of the program
  std::string commit;
  std::string backend;  ///< "cpu" or "cuda"
  std::string device;   ///< in words
  int threads = 0;
  int ranks = 1;
  std::string host;
  std::string started;                                  ///< ISO 8601
  std::vector<std::pair<std::string, double>> seconds;  ///< stage → how long it took
};

struct ResultOptions {
  RunInfo run;
  std::vector<SourceFile> inputs;    ///< inputs of this run (role "world", "settings"), before those of the world
  std::vector<Column> dense;         ///< columns also written as float32 cubes; needs `backend`
  const Backend* backend = nullptr;  ///< still holding the problem of this solution
  ProgressSink progress;
};

struct ResultReport {
  std::uint64_t bytes = 0;   ///< size of the file
  double flush_seconds = 0;  ///< of the time taken, waiting for the disk at the end
};

/// Writes result.h5, whole or not at all. Its contents depend on world and solution alone, except /provenance@run.
/// @throws Error(input) when the path cannot be an output, Error(resources) for a full disk, Error(interrupted)
ResultReport write_result(const std::string& path, const World& world, const Solution& solution,
                          const ResultOptions& options);

/// Name of a value column as files and flags spell it: "actual", "potential_now" …
const char* column_name(Column column);
/// @throws Error(usage) naming the nearest known one
Column column_by_name(const std::string& name);

}  // namespace potentia
