// See run_folder.hpp.
#include "host/nightly/run_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "io/output_file.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

namespace fs = std::filesystem;

constexpr const char *making = ".making-", *removing = ".removing-";
constexpr std::int64_t day_seconds = 86400;

bool begins_with(const std::string& text, const std::string& beginning) {
  return text.compare(0, beginning.size(), beginning) == 0;
}

bool is_folder(const fs::path& path) {
  std::error_code none;
  return fs::symlink_status(path, none).type() == fs::file_type::directory;
}

void make_folder(const std::string& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) throw_disk_error(failure.value(), path);
  if (!fs::is_directory(path, failure)) throw input_error("is not a folder", path, "choose another with nightly.folder");
}

/// Flushes what a folder says of its entries. Some file systems cannot, and need not.
void flush_folder(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::optional<std::int64_t> run_number(const std::string& name) {
  // 2026-11-26-0012
  constexpr std::size_t date = 10, most = 10 + 1 + 12;
  if (name.size() < date + 5 || name.size() > most) return std::nullopt;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool is_dash = at == 4 || at == 7 || at == date;
    if (is_dash ? name[at] != '-' : name[at] < '0' || name[at] > '9') return std::nullopt;
  }
  return std::stoll(name.substr(date + 1));
}

std::string run_name(std::int64_t started, std::int64_t number) {
  return fmt::format("{}-{:04}", utc_text(started).substr(0, 10), number);
}

const RunRecord* RunList::latest_complete() const {
  const auto found = std::find_if(runs.rbegin(), runs.rend(), [](const RunRecord& run) { return run.complete(); });
  return found == runs.rend() ? nullptr : &*found;
}

const RunRecord* RunList::find(const std::string& name) const {
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const RunRecord& run) { return run.name == name; });
  return found == runs.end() ? nullptr : &*found;
}

std::vector<std::string> runs_to_remove(const RunList& list, std::int64_t keep_runs, std::int64_t keep_days,
                                        std::int64_t now, const std::string& linked) {
  const RunRecord* const complete = list.latest_complete();
  std::vector<std::string> names;
  for (std::size_t at = 0; at < list.runs.size(); ++at) {
    const RunRecord& run = list.runs[at];
    const bool is_new = static_cast<std::int64_t>(list.runs.size() - at) <= keep_runs;
    const bool is_young = now - run.started < keep_days * day_seconds;
    if (!is_new && !is_young && &run != complete && run.name != linked) names.push_back(run.name);
  }
  return names;
}

RunFolder::RunFolder(const std::string& path) : path_(path) { make_folder(path_ + "/runs"); }

void RunFolder::require_ours() const {
  std::error_code none;
  const auto link = fs::symlink_status(path("latest"), none).type();
  if (link != fs::file_type::not_found && link != fs::file_type::symlink)
    throw input_error("is in the way of the link to the latest run", path("latest"),
                      "move it away, or choose another nightly.folder");
  const auto index = fs::symlink_status(path("index.html"), none).type();
  if (index != fs::file_type::not_found && text_of(path("index.html")).find(index_mark) == std::string::npos)
    throw input_error("is not a page of nightly's, which would replace it", path("index.html"),
                      "move it away, or choose another nightly.folder");
}

std::vector<std::string> RunFolder::remove_leftovers() const {
  std::vector<std::string> names;
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(path("runs"), failure)) {
    const std::string name = entry.path().filename().string();
    for (const std::string mark : {making, removing})
      if (begins_with(name, mark) && run_number(name.substr(mark.size())) && is_folder(entry.path()))
        names.push_back(name);
  }
  for (const std::string& name : names) fs::remove_all(run_path(name), failure);
  std::sort(names.begin(), names.end());
  return names;
}

RunList RunFolder::list() const {
  RunList list;
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(path("runs"), failure)) {
    const std::string name = entry.path().filename().string();
    const auto number = run_number(name);
    if (!number || !is_folder(entry.path())) continue;
    list.last_number = std::max(list.last_number, *number);
    try {
      RunRecord run = record_from_json(text_of(run_path(name) + "/manifest.json"), run_path(name) + "/manifest.json");
      if (run.name != name || run.number != *number) throw input_error("is of another run");
      list.runs.push_back(std::move(run));
    } catch (const Error&) {
      list.unreadable.push_back(name);
    }
  }
  if (failure) throw_disk_error(failure.value(), path("runs"));
  std::sort(list.runs.begin(), list.runs.end(),
            [](const RunRecord& a, const RunRecord& b) { return a.number < b.number; });
  std::sort(list.unreadable.begin(), list.unreadable.end());
  return list;
}

std::string RunFolder::begin(const std::string& name) const {
  const std::string folder = run_path(making + name);
  make_folder(folder);
  return folder;
}

void RunFolder::publish(const std::string& name) const {
  const fs::path folder = run_path(making + name);
  std::set<fs::path> folders{folder};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_directory()) folders.insert(entry.path());
  for (const fs::path& each : folders) flush_folder(each);
  if (std::rename(folder.c_str(), run_path(name).c_str()) != 0) throw_disk_error(errno, run_path(name));
  flush_folder(path("runs"));
}

void RunFolder::abandon(const std::string& name) const noexcept {
  std::error_code failure;
  fs::remove_all(run_path(making + name), failure);
}

void RunFolder::remove(const std::string& name) const {
  // Out of the list first, so that half a run never passes for one.
  if (std::rename(run_path(name).c_str(), run_path(removing + name).c_str()) != 0)
    throw_disk_error(errno, run_path(name));
  std::error_code failure;
  fs::remove_all(run_path(removing + name), failure);
  if (failure) throw_disk_error(failure.value(), run_path(name));
}

void RunFolder::switch_latest(const std::string& name) const {
  const std::string fresh = path(".latest-new");
  ::unlink(fresh.c_str());
  if (::symlink(("runs/" + name).c_str(), fresh.c_str()) != 0) throw_disk_error(errno, fresh);
  if (std::rename(fresh.c_str(), path("latest").c_str()) != 0) throw_disk_error(errno, path("latest"));
  flush_folder(path_);
}

std::string RunFolder::latest() const {
  std::error_code failure;
  const fs::path target = fs::read_symlink(path("latest"), failure);
  return failure ? "" : target.filename().string();
}

}  // namespace potentia::nightly
