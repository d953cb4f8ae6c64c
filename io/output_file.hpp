// Outputs that are either whole or not there: written to a temporary file, flushed, then given their name.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "io/temporary_file.hpp"
#include "kernels/error.hpp"

namespace potentia {

/// One output in the making. The caller writes to path() and closes it, or calls write(), and then commit(); without that
/// nothing is left of it and an older output stays as it was.
class OutputFile {
public:
  /// Makes the temporary file in the folder of the target.
  /// @param target         final name; a symbolic link is followed
  /// @param expected_bytes what will be written at most, checked against the free space; 0 = unknown
  /// @throws Error(input) for a folder that does not exist or a target that is no regular file,
  ///         Error(resources) when the space does not suffice
  explicit OutputFile(const std::string& target, std::uint64_t expected_bytes = 0);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  const std::string& path() const noexcept { return file_->path(); }
  const std::string& target() const noexcept { return target_; }

  /// Appends bytes where the file is not written through path(). @throws Error(resources) naming the target
  void write(const void* bytes, std::size_t count);
  /// Writes bytes over those from `at` on. @throws likewise
  void overwrite(std::uint64_t at, const void* bytes, std::size_t count);

  /// Has the system write what has arrived so far to the disk, in the background, so that commit() waits less.
  /// Cheap; call it after every few megabytes.
  void start_write_back();

  /// Flushes the file to the disk, gives it its name and flushes the folder.
  /// @return seconds spent waiting for the disk
  /// @throws Error(resources) naming the file, Error(interrupted)
  double commit();

  /// The first half of commit(): flushes the file to the disk. @throws as commit()
  void flush();
  /// The second half: gives the flushed file its name. The folder is left to flush_folder().
  void publish();
  void flush_folder() const noexcept;

private:
  void write_back_loop();
  void stop_write_back() noexcept;
  void flush_in_steps();

  std::string target_;
  std::optional<TemporaryFile> file_;

  std::thread write_back_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false;
  bool finished_ = false;
};

/// Writes a small text or binary output whole.
/// @throws as OutputFile
void write_output(const std::string& target, const std::string& contents);

/// Writes several small files of one folder, as (name, contents): every one is whole on the disk before the first takes
/// its name, so that a failure leaves older files as they were.
/// @return the paths of the files
/// @throws as OutputFile
std::vector<std::string> write_outputs(const std::string& folder,
                                       const std::vector<std::pair<std::string, std::string>>& files);

/// The same for files of several folders, as (path, contents).
void write_outputs(const std::vector<std::pair<std::string, std::string>>& files);

/// @throws Error(resources) for a full or failing disk, with the system's word for it and a remedy
[[noreturn]] void throw_disk_error(int system_error, const std::string& where);

}  // namespace potentia
