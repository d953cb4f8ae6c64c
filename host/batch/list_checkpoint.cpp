#include "host/batch/list_checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "kernels/error.hpp"

namespace potentia {
namespace {

namespace fs = std::filesystem;

/// Entries and share by the name of a file, "scenarios-00000-00012-segments-00010-00020.h5".
struct Span {
  std::string name;
  std::array<int, 4> numbers{-1, -1, -1, -1};
  bool ours() const { return numbers[0] >= 0; }
  bool overlaps(std::int32_t first, std::int32_t last) const {
    return (numbers[2] < last && first < numbers[3]) || (numbers[2] == first && numbers[3] == last);
  }
};

Span span_of(std::string name, const ListWords& words) {
  Span span{std::move(name)};
  auto& n = span.numbers;
  int end = 0;
  const std::string entries = std::string(words.entries) + "-", share = std::string("-") + words.share + "-";
  const std::size_t middle = span.name.find(share);
  if (span.name.compare(0, entries.size(), entries) != 0 || middle == std::string::npos) return span;
  const std::string from = span.name.substr(entries.size(), middle - entries.size()), to = span.name.substr(middle + share.size());
  int rest = 0;
  if (std::sscanf(from.c_str(), "%d-%d%n", &n[0], &n[1], &end) != 2 || from.size() != static_cast<std::size_t>(end) ||
      std::sscanf(to.c_str(), "%d-%d.h5%n", &n[2], &n[3], &rest) != 2 || to.size() != static_cast<std::size_t>(rest))
    n.fill(-1);
  return span;
}

std::vector<Span> files_in(const std::string& folder, const ListWords& words) {
  std::vector<Span> files;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, none)) {
    Span span = span_of(entry.path().filename().string(), words);
    if (span.ours()) files.push_back(std::move(span));
  }
  std::sort(files.begin(), files.end(), [](const Span& a, const Span& b) { return a.name < b.name; });
  return files;
}

}  // namespace

ListCheckpoint::ListCheckpoint(CheckpointPlan plan, std::string job, std::int32_t first, std::int32_t last,
                               const ListWords& words)
    : plan_(std::move(plan)), words_(words) {
  open_.name.job = std::move(job);
  open_.first = first;
  open_.last = last;
  std::error_code failure;
  fs::create_directories(plan_.folder, failure);
  if (failure || !fs::is_directory(plan_.folder))
    throw input_error("the folder of the checkpoint cannot be made", plan_.folder, "choose another with --checkpoint");
  if (plan_.resume) return;
  for (const Span& file : files_in(plan_.folder, words_))
    if (file.overlaps(first, last))
      throw input_error("a checkpoint is there already", (fs::path(plan_.folder) / file.name).string(),
                        "go on from it with --resume, or remove the folder");
}

std::map<std::int32_t, Bytes> ListCheckpoint::restore() {
  std::map<std::int32_t, Bytes> saved;
  if (!plan_.resume) return saved;
  for (const Span& file : files_in(plan_.folder, words_)) {
    if (!file.overlaps(open_.first, open_.last)) continue;  // another rank's or shard's
    const std::string path = (fs::path(plan_.folder) / file.name).string();
    ScenarioPartFile parts = read_scenario_parts(path);
    if (parts.name.job != open_.name.job)
      throw input_error(fmt::format("a checkpoint of another world, of {}", words_.others), path,
                        "give those that it was made with, or another folder");
    if (parts.first != open_.first || parts.last != open_.last)
      throw input_error("a checkpoint of other shares of the work", path,
                        "use as many ranks and shards as before, or another folder");
    for (auto& [scenario, bytes] : parts.parts) saved[scenario] = std::move(bytes);
    written_.push_back(path);
  }
  return saved;
}

void ListCheckpoint::keep(std::int32_t scenario, Bytes part) {
  open_.parts[scenario] = std::move(part);
  const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - since_;
  if (waited.count() >= plan_.every) save();
}

void ListCheckpoint::save() {
  if (open_.parts.empty()) return;
  const std::string path =
      (fs::path(plan_.folder) / fmt::format("{}-{:05}-{:05}-{}-{:05}-{:05}.h5", words_.entries, open_.parts.begin()->first,
                                            open_.parts.rbegin()->first + 1, words_.share, open_.first, open_.last))
          .string();
  write_scenario_parts(path, open_);
  if (std::find(written_.begin(), written_.end(), path) == written_.end()) written_.push_back(path);
  open_.parts.clear();
  since_ = std::chrono::steady_clock::now();
}

void ListCheckpoint::remove() noexcept {
  std::error_code none;
  for (const std::string& path : written_) fs::remove(path, none);
  fs::remove(plan_.folder, none);  // fails, and shall, where something else is in it
}

}  // namespace potentia
