// Where an output lies while it is being made: a file without a name where the file system has such (O_TMPFILE), so that
// nothing stays behind whatever kills the process; elsewhere one named beside the target.
#pragma once

#include <string>

namespace potentia {

/// An open file that becomes the target or nothing.
class TemporaryFile {
public:
  /// Makes it in the target's folder. Named files that dead processes left of this target are removed first.
  /// @throws Error(input) or Error(resources) as throw_disk_error says
  explicit TemporaryFile(const std::string& target);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  /// Removes what did not become the target.
  ~TemporaryFile();

  /// A path under which the file can be opened again as long as this object lives: its name, or /proc/self/fd/N.
  const std::string& path() const noexcept { return path_; }
  int descriptor() const noexcept { return descriptor_; }

  /// Gives the file the target's name, replacing what had it. @throws Error as throw_disk_error says
  void become_target();

private:
  bool open_unnamed();
  void open_named();
  void name_it(const std::string& name);

  std::string target_;
  std::string path_;
  std::string name_;  // empty while it has none
  int descriptor_ = -1;
  int slot_ = -1;     // in the registry of names
};

/// The target's name if `path` is a TemporaryFile's, else `path` itself.
std::string target_of_temporary(const std::string& path);

/// Removes the named temporaries of this process. Async-signal-safe: for handlers of fatal signals.
void remove_temporaries() noexcept;

/// For tests: whether files without a name may be used; true at the start.
void allow_unnamed_files(bool allowed) noexcept;

/// "out" for "out/world.h5", "." for "world.h5".
std::string folder_of(const std::string& path);

}  // namespace potentia
