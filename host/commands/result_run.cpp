// See result_run.hpp.
#include "host/commands/result_run.hpp"

#include <fmt/format.h>

#include <ctime>
#include <filesystem>

#include "host/commands/reading.hpp"
#include "host/model/summary.hpp"
#include "host/run/host_name.hpp"
#include "host/run/log.hpp"
#include "host/version.hpp"
#include "io/sha256.hpp"

namespace potentia {

void Stopwatch::lap(const char* stage) {
  const auto now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - last_).count();
  stages_ += fmt::format("{}{} {:.2f} s", stages_.empty() ? "" : ", ", stage, seconds);
  seconds_.emplace_back(stage, seconds);
  last_ = now;
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

void refuse_to_overwrite(const std::string& output, const std::string& input) {
  std::error_code none;
  if (!input.empty() && std::filesystem::equivalent(output, input, none)) {
    throw input_error("the output would replace an input", output, "choose another name");
  }
}

SourceFile fingerprint(const char* role, const std::string& path) {
  const std::filesystem::path name(path);
  return {role, name.filename().string(), sha256_file(path), std::filesystem::file_size(name)};
}

// How large a file of this program is depends on the version of HDF5, so its digest stands alone.
std::vector<SourceFile> fingerprints(const std::string& world, const std::string& settings, const std::string& world_digest) {
  std::vector<SourceFile> inputs;
  if (world_digest.empty()) inputs.push_back(fingerprint("world", world));
  else inputs.push_back({"world", std::filesystem::path(world).filename().string(), world_digest, 0});
  if (!settings.empty()) inputs.push_back(fingerprint("settings", settings));
  return inputs;
}

SourceFile fingerprint_of(const OutlookModels& outlook) {
  if (outlook.digest.empty()) return fingerprint("outlook", outlook.file);
  return {"outlook", std::filesystem::path(outlook.file).filename().string(), outlook.digest, 0};
}

void describe_run(const Backend* backend, int ranks, const Stopwatch& watch, const std::vector<Stage>& stages, RunInfo& run) {
  run.version = program_version();
  run.commit = program_commit();
  if (backend != nullptr) {
    run.backend = backend->name();
    run.device = backend->device();
    run.threads = backend->threads();
  }
  run.ranks = ranks;
  run.host = host_name();
  run.seconds = watch.seconds();
  for (const Stage& stage : stages) run.seconds.emplace_back(stage.name, stage.seconds);
}

void tell_result(const std::string& path, const World& world, const Solution& solution, const ResultReport& report,
                 const Stopwatch& watch, const std::string& where) {
  std::string stages;
  for (const Stage& stage : solution.stages) stages += fmt::format("{}{} {:.2f} s", stages.empty() ? "" : ", ", stage.name, stage.seconds);
  for (const std::string& line : notice_lines(world.notices)) log_info(line);
  tell_notices(solution.notices);
  for (const std::string& line : summary_lines(summarize(world, solution))) log_info(line);
  if (!stages.empty()) log_info("stages of the solve: " + stages);
  log_info(fmt::format("{} ({:.1f} MB) in {:.2f} s ({}, of which {:.2f} s waiting for the disk){}", path,
                       static_cast<double>(report.bytes) / 1e6, watch.total(), watch.stages(), report.flush_seconds, where));
}

}  // namespace potentia
