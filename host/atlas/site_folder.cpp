// See site_folder.hpp.
#include "host/atlas/site_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

#include "io/output_file.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::atlas {
namespace {

namespace fs = std::filesystem;

/// What a site has in its folder; whatever else lies there is somebody's.
bool is_of_a_site(const std::string& name) {
  return name == site_mark || name == "index.html" || name == "assets" || name == "data";
}

/// The folder that a path means: symbolic links followed, no slash at its end.
fs::path real_target(const std::string& target) {
  std::error_code failure;
  fs::path path = fs::weakly_canonical(fs::absolute(target), failure);
  if (failure) path = fs::absolute(target);
  return path.has_filename() ? path : path.parent_path();
}

int flush(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return failure;
}

/// A disk takes many flushes at once in little more time than one.
void flush_files(const fs::path& folder, const std::vector<std::string>& names) {
  constexpr std::size_t at_once = 16;
  std::atomic<std::size_t> next{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (std::size_t n = 0; n < at_once; ++n)
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < names.size() && failed == 0 && !stop_requested; at = next++)
        if (const int failure = flush(folder / names[at], O_RDONLY)) failed = failure;
    });
  for (std::thread& thread : threads) thread.join();
  if (failed != 0) throw_disk_error(failed, folder.string());
  check_interrupted();
}

/// Sites that nobody is making any more: their lock died with their program.
void remove_leftovers(const fs::path& parent, const std::string& prefix) {
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, failure)) {
    if (entry.path().filename().string().rfind(prefix, 0) != 0 || !fs::is_directory(entry.symlink_status())) continue;
    const int descriptor = ::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) continue;
    std::error_code ignored;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path(), ignored);
    ::close(descriptor);
  }
}

}  // namespace

void SiteFolder::require_ours(const std::string& target) {
  const fs::path path = real_target(target);
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) throw input_error("the output is no folder", target, "choose another folder with -o");
  bool is_site = false;
  std::string other;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, failure)) {
    const std::string name = entry.path().filename().string();
    if (name == site_mark) is_site = true;
    if (!is_of_a_site(name)) other = name;
  }
  if (failure)
    throw input_error("the output folder cannot be read: " + failure.message(), target,
                      "choose another folder with -o");
  if (!other.empty() || (!is_site && !fs::is_empty(path, failure)))
    throw input_error(
        "the output folder holds other things than an atlas" + (other.empty() ? "" : ", such as " + other), target,
        "choose an empty or new folder with -o, or move them away: an atlas takes the whole folder");
}

SiteFolder::SiteFolder(const std::string& target) {
  require_ours(target);
  const fs::path path = real_target(target);
  target_ = path.string();
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  if (failure)
    throw input_error("the output folder cannot be made: " + failure.message(), target,
                      "choose another folder with -o");
  const std::string prefix = "." + path.filename().string() + ".making-";
  remove_leftovers(path.parent_path(), prefix);
  std::string name = (path.parent_path() / (prefix + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr)
    throw input_error(
        "the output folder cannot be made: " + std::string(std::error_code(errno, std::generic_category()).message()),
        target, "choose another folder with -o");
  making_ = name;
  lock_ = ::open(making_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ >= 0) ::flock(lock_, LOCK_EX | LOCK_NB);
}

SiteFolder::~SiteFolder() {
  std::error_code ignored;
  if (!making_.empty()) fs::remove_all(making_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

void SiteFolder::write(const std::string& name, const std::string& contents) {
  const fs::path path = fs::path(making_) / name;
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  if (failure) throw_disk_error(failure.value(), target_ + "/" + name);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) throw_disk_error(errno, target_ + "/" + name);
  int wrong = 0;
  for (std::size_t done = 0; done < contents.size() && wrong == 0;) {
    const ssize_t count = ::write(descriptor, contents.data() + done, contents.size() - done);
    if (count >= 0)
      done += static_cast<std::size_t>(count);
    else if (errno != EINTR)
      wrong = errno;
  }
  if (::close(descriptor) != 0 && wrong == 0) wrong = errno;
  if (wrong != 0) throw_disk_error(wrong, target_ + "/" + name);
  names_.push_back(name);
  bytes_ += contents.size();
}

void SiteFolder::publish() {
  flush_files(making_, names_);
  std::set<fs::path> folders{making_};
  for (const std::string& name : names_) folders.insert((fs::path(making_) / name).parent_path());
  for (const fs::path& folder : folders)
    flush(folder, O_RDONLY | O_DIRECTORY);  // some file systems cannot, and need not
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::chmod(making_.c_str(), 0777 & ~mask);  // mkdtemp made it for one user only

  require_ours(target_);  // meanwhile somebody may have put something there
  if (::rename(making_.c_str(), target_.c_str()) != 0) {
    if (errno != ENOTEMPTY && errno != EEXIST) throw_disk_error(errno, target_);
    // An older site: the two change places in one step where the file system can.
    if (::renameat2(AT_FDCWD, making_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0) {
      const std::string aside = making_ + "-old";
      if (::rename(target_.c_str(), aside.c_str()) != 0) throw_disk_error(errno, target_);
      if (::rename(making_.c_str(), target_.c_str()) != 0) {
        const int reason = errno;
        ::rename(aside.c_str(), target_.c_str());
        throw_disk_error(reason, target_);
      }
      making_ = aside;
    }
    std::error_code ignored;
    fs::remove_all(making_, ignored);
  }
  making_.clear();
  flush(fs::path(target_).parent_path(), O_RDONLY | O_DIRECTORY);
}

}  // namespace potentia::atlas
