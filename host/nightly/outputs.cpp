// See outputs.hpp.
#include "host/nightly/outputs.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "io/output_file.hpp"
#include "io/sha256.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

namespace fs = std::filesystem;

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1000000000 + time.tv_nsec; }

OutputRecord describe(const std::string& run, const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw_disk_error(errno, path.string());
  OutputRecord output{path.lexically_relative(run).string(), static_cast<std::uint64_t>(status.st_size),
                      nanoseconds(status.st_mtim), ""};
  if (path.extension() != ".h5") output.sha256 = sha256_file(path.string());
  return output;
}

/// A copy that cannot be told from a link by size and time. On a file system that knows copies which share their
/// blocks, the system makes such.
void copy_with_times(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::copy_file(from, to, failure);
  if (failure) throw_disk_error(failure.value(), to.string());
  struct stat status {};
  if (::stat(from.c_str(), &status) != 0) throw_disk_error(errno, from.string());
  const timespec times[2] = {status.st_atim, status.st_mtim};
  const int descriptor = ::open(to.c_str(), O_WRONLY | O_CLOEXEC);
  const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0 && ::futimens(descriptor, times) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!flushed) throw_disk_error(reason, to.string());
}

}  // namespace

std::vector<OutputRecord> list_outputs(const std::string& run, const std::string& path) {
  const fs::path full = fs::path(run) / path;
  std::vector<OutputRecord> outputs;
  if (!fs::is_directory(full)) return {describe(run, full)};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(full))
    if (entry.is_regular_file()) outputs.push_back(describe(run, entry.path()));
  std::sort(outputs.begin(), outputs.end(),
            [](const OutputRecord& a, const OutputRecord& b) { return a.path < b.path; });
  return outputs;
}

bool outputs_are_whole(const std::string& run, const std::vector<OutputRecord>& outputs) {
  return std::all_of(outputs.begin(), outputs.end(), [&](const OutputRecord& output) {
    struct stat status {};
    return ::lstat((run + "/" + output.path).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           static_cast<std::uint64_t>(status.st_size) == output.bytes && nanoseconds(status.st_mtim) == output.modified;
  });
}

void carry_outputs(const std::string& from, const std::string& to, const std::vector<OutputRecord>& outputs) {
  for (const OutputRecord& output : outputs) {
    const fs::path source = fs::path(from) / output.path, target = fs::path(to) / output.path;
    std::error_code failure;
    fs::create_directories(target.parent_path(), failure);
    if (failure) throw_disk_error(failure.value(), target.parent_path().string());
    if (::link(source.c_str(), target.c_str()) == 0) continue;
    const bool no_links = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK ||
                          errno == EXDEV || errno == EACCES;
    if (!no_links) throw_disk_error(errno, target.string());
    copy_with_times(source, target);
  }
}

}  // namespace potentia::nightly
