// See fingerprints.hpp.
#include "host/nightly/fingerprints.hpp"

#include <sys/stat.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "io/output_file.hpp"
#include "io/sha256.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::nightly {
namespace {

constexpr const char* state_format = "potentia-nightly-state";
constexpr int state_version = 1;
constexpr std::int64_t second = 1000000000;
// Times of files come in steps: some milliseconds on Linux' own file systems, two seconds on FAT and some servers.
constexpr std::int64_t coarsest_step = 2 * second;

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * second + time.tv_nsec; }

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

/// Hashes a file, again where it changed meanwhile.
Fingerprint hash(const std::string& path) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    Fingerprint fingerprint;
    fingerprint.stamp = stamp_of(path);
    fingerprint.hashed = now();
    fingerprint.sha256 = sha256_file(path);
    if (stamp_of(path) == fingerprint.stamp) return fingerprint;
  }
  throw input_error("changes while it is being read", path, "run again when it is complete");
}

}  // namespace

Stamp stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    throw input_error(errno == ENOENT ? "no such file" : std::string("cannot be read: ") + std::strerror(errno), path,
                      "check the name");
  }
  if (!S_ISREG(status.st_mode)) throw input_error("not a regular file", path, "name a file");
  return {static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim), nanoseconds(status.st_ctim),
          static_cast<std::uint64_t>(status.st_ino)};
}

bool still_holds(const Fingerprint& known, const Stamp& now) {
  if (known.stamp != now) return false;
  return std::max(now.modified, now.changed) + coarsest_step < known.hashed;
}

std::string Fingerprints::load(const std::string& path) {
  known_.clear();
  std::ifstream file(path, std::ios::binary);
  if (!file) return "";
  try {
    const auto state = nlohmann::json::parse(file);
    if (state.at("format") != state_format || state.at("version") != state_version) return "is of another version";
    std::map<std::string, Fingerprint> known;
    for (const auto& [name, entry] : state.at("files").items()) {
      Fingerprint& fingerprint = known[name];
      fingerprint.stamp = {entry.at("bytes"), entry.at("modified"), entry.at("changed"), entry.at("inode")};
      fingerprint.hashed = entry.at("hashed");
      fingerprint.sha256 = entry.at("sha256");
      if (fingerprint.sha256.size() != 64) return "is damaged";
    }
    known_ = std::move(known);
  } catch (const nlohmann::json::exception&) {
    return "is damaged";
  }
  return "";
}

void Fingerprints::update(const std::vector<std::string>& paths, int threads) {
  const std::set<std::string> wanted(paths.begin(), paths.end());
  std::vector<std::string> changed;
  for (const std::string& path : wanted) {
    try {
      const Stamp stamp = stamp_of(path);
      const auto found = known_.find(path);
      if (found != known_.end() && still_holds(found->second, stamp))
        current_[path] = found->second;
      else
        changed.push_back(path);
    } catch (const Error& error) {
      errors_[path] = error.what();
    }
  }
  std::vector<Fingerprint> made(changed.size());
  std::vector<std::string> failed(changed.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t at = next++; at < changed.size() && !stop_requested; at = next++) {
      try {
        made[at] = hash(changed[at]);
      } catch (const std::exception& error) {
        failed[at] = error.what();
      }
    }
  };
  std::vector<std::thread> workers;
  for (int n = 1; n < threads && static_cast<std::size_t>(n) < changed.size(); ++n) {
    try {
      workers.emplace_back(work);
    } catch (const std::system_error&) {
      break;  // no more threads to be had: those there are do the work
    }
  }
  work();
  for (std::thread& worker : workers) worker.join();
  check_interrupted();
  for (std::size_t n = 0; n < changed.size(); ++n) {
    if (!failed[n].empty()) {
      errors_[changed[n]] = failed[n];
      continue;
    }
    ++hashed_;
    hashed_bytes_ += made[n].stamp.bytes;
    current_[changed[n]] = std::move(made[n]);
  }
}

const Fingerprint& Fingerprints::of(const std::string& path) const {
  const auto error = errors_.find(path);
  if (error != errors_.end()) throw input_error(error->second);
  const auto found = current_.find(path);
  if (found == current_.end()) throw Error(ErrorKind::internal, "no fingerprint was made", path);
  return found->second;
}

void Fingerprints::save(const std::string& path) const {
  nlohmann::ordered_json state{
      {"format", state_format}, {"version", state_version}, {"files", nlohmann::ordered_json::object()}};
  for (const auto& [name, fingerprint] : current_) {
    state["files"][name] = {{"bytes", fingerprint.stamp.bytes},     {"modified", fingerprint.stamp.modified},
                            {"changed", fingerprint.stamp.changed}, {"inode", fingerprint.stamp.inode},
                            {"hashed", fingerprint.hashed},         {"sha256", fingerprint.sha256}};
  }
  write_output(path, state.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace potentia::nightly
