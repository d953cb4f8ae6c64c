// The folder that nightly keeps: runs by number, the link to the latest, what is removed.
//
//   lock  state.json  index.html  latest → runs/2026-11-26-0012
//   runs/2026-11-26-0012/           a run, whole; its name is the day (UTC) and its number
//   runs/.making-2026-11-26-0013/   one that is being made, and runs/.removing-… one that is being removed
//
// Runs follow one another by their numbers, whatever the clock said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/nightly/record.hpp"

namespace potentia::nightly {

/// Number of a run by its folder's name; nothing for a folder that is no run's.
std::optional<std::int64_t> run_number(const std::string& name);
std::string run_name(std::int64_t started, std::int64_t number);

/// The runs of a folder.
struct RunList {
  std::vector<RunRecord> runs;  ///< ascending by number
  std::vector<std::string>
      unreadable;  ///< folders of runs whose manifest is damaged or missing: never removed, never read
  std::int64_t last_number = 0;

  const RunRecord* latest_complete() const;
  const RunRecord* find(const std::string& name) const;
};

/// Runs that may go: neither among the newest `keep_runs`, nor younger than `keep_days`, nor the latest complete one,
/// nor `linked`, which the link names.
std::vector<std::string> runs_to_remove(const RunList& list, std::int64_t keep_runs, std::int64_t keep_days,
                                        std::int64_t now, const std::string& linked);

class RunFolder {
public:
  /// Makes the folder where it is missing. @throws Error(input), Error(resources)
  explicit RunFolder(const std::string& path);

  std::string path(const std::string& name) const { return path_ + "/" + name; }
  std::string run_path(const std::string& name) const { return path_ + "/runs/" + name; }

  /// Whether a file or folder is in the way of what nightly makes: a `latest` that is no link, an index.html of
  /// another's.
  /// @throws Error(input) naming it
  void require_ours() const;
  /// Removes what nights that were killed left behind. @return the folders
  std::vector<std::string> remove_leftovers() const;
  RunList list() const;

  /// Makes a folder for a run under way. @return its path
  std::string begin(const std::string& name) const;
  /// Gives it its name. It and what is in it are on the disk afterwards. @throws Error(resources)
  void publish(const std::string& name) const;
  void abandon(const std::string& name) const noexcept;
  void remove(const std::string& name) const;

  /// Points the link at a run in one step: a reader sees the old one or the new one.
  void switch_latest(const std::string& name) const;
  /// Name of the run that the link names; empty if there is none.
  std::string latest() const;

private:
  std::string path_;
};

/// Mark by which an index.html is known as nightly's.
inline constexpr const char* index_mark = "<meta name=\"generator\" content=\"potentia nightly\">";

}  // namespace potentia::nightly
