// See temporary_file.hpp.
#include "io/temporary_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

#include "io/output_file.hpp"

namespace potentia {
namespace {

constexpr const char* temporary_mark = ".potentia-tmp-";
std::atomic<bool> unnamed_allowed{true};

// Names of the temporaries, where a signal handler can reach them without allocating.
struct Slot {
  std::atomic<int> state{0};  // 0 free, 1 being filled or emptied, 2 in use
  char path[PATH_MAX];
};
std::array<Slot, 128> slots;

int register_name(const std::string& path) noexcept {
  if (path.size() >= PATH_MAX) return -1;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    int expected = 0;
    if (!slots[i].state.compare_exchange_strong(expected, 1)) continue;
    std::memcpy(slots[i].path, path.c_str(), path.size() + 1);
    slots[i].state = 2;
    return static_cast<int>(i);
  }
  return -1;
}

void forget_name(int slot) noexcept {
  if (slot >= 0) slots[static_cast<std::size_t>(slot)].state = 0;
}

// Targets of files without a name, for messages.
std::mutex targets_guard;
std::map<std::string, std::string>& unnamed_targets() {
  static std::map<std::string, std::string> targets;
  return targets;
}

// The name says whose it is, the lock whether that process lives: also in another container or on another host.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

/// @param rest of the name behind the mark: "4711" or "4711-2", nothing else was made here
bool is_abandoned(const std::string& path, const std::string& rest) {
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const bool counted = digits < rest.size() && rest[digits] == '-' && digits + 1 < rest.size() &&
                       rest.find_first_not_of("0123456789", digits + 1) == std::string::npos;
  if (digits == 0 || digits > 9 || (digits < rest.size() && !counted)) return false;
  if (::kill(static_cast<pid_t>(std::stol(rest.substr(0, digits))), 0) == 0 || errno == EPERM) return false;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return false;
  struct stat status {};
  struct flock lock = whole_file();
  const bool free = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && ::fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
  ::close(descriptor);
  return free;
}

void remove_abandoned(const std::string& target) {
  const std::string folder = folder_of(target);
  const std::string begins = target.substr(target.rfind('/') + 1) + temporary_mark;
  DIR* const entries = ::opendir(folder.c_str());
  if (entries == nullptr) return;
  while (const dirent* const entry = ::readdir(entries)) {
    const std::string name = entry->d_name;
    if (name.compare(0, begins.size(), begins) != 0) continue;
    const std::string path = folder + "/" + name;
    if (is_abandoned(path, name.substr(begins.size()))) ::unlink(path.c_str());
  }
  ::closedir(entries);
}

/// Calls `make(name)` with one name after the other until it is not taken. @return the name
template <class Make>
std::string first_free_name(const std::string& target, Make make) {
  const std::string stem = target + temporary_mark + std::to_string(::getpid());
  for (int attempt = 0;; ++attempt) {
    std::string name = stem + (attempt == 0 ? "" : "-" + std::to_string(attempt));
    if (make(name)) return name;
    if (errno != EEXIST || attempt == 100) throw_disk_error(errno, target);
  }
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

TemporaryFile::TemporaryFile(const std::string& target) : target_(target) {
  remove_abandoned(target_);
  if (!open_unnamed()) open_named();
}

bool TemporaryFile::open_unnamed() {
  if (!unnamed_allowed) return false;
  descriptor_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return false;  // whatever the reason: a named file works, or says why not
  path_ = "/proc/self/fd/" + std::to_string(descriptor_);
  if (::access(path_.c_str(), W_OK) != 0) {  // no /proc, as in a bare chroot
    ::close(descriptor_);
    descriptor_ = -1;
    return false;
  }
  const std::lock_guard<std::mutex> lock(targets_guard);
  unnamed_targets()[path_] = target_;
  return true;
}

void TemporaryFile::open_named() {
  path_ = first_free_name(target_, [this](const std::string& name) {
    descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return descriptor_ >= 0;
  });
  name_it(path_);
  struct flock lock = whole_file();
  ::fcntl(descriptor_, F_OFD_SETLK, &lock);  // where locks do not work, the process number alone decides
}

void TemporaryFile::name_it(const std::string& name) {
  name_ = name;
  slot_ = register_name(name_);
}

void TemporaryFile::become_target() {
  if (name_.empty()) {
    const auto link_as = [this](const std::string& name) {
      return ::linkat(AT_FDCWD, path_.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (link_as(target_)) return;
    if (errno != EEXIST) throw_disk_error(errno, target_);
    name_it(first_free_name(target_, link_as));  // a link cannot replace a file, but a rename can
  }
  if (std::rename(name_.c_str(), target_.c_str()) != 0) throw_disk_error(errno, target_);
  forget_name(slot_);
  slot_ = -1;
  name_.clear();
}

TemporaryFile::~TemporaryFile() {
  if (!name_.empty()) ::unlink(name_.c_str());
  forget_name(slot_);
  {
    const std::lock_guard<std::mutex> lock(targets_guard);
    unnamed_targets().erase(path_);
  }
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string target_of_temporary(const std::string& path) {
  {
    const std::lock_guard<std::mutex> lock(targets_guard);
    const auto found = unnamed_targets().find(path);
    if (found != unnamed_targets().end()) return found->second;
  }
  const std::size_t mark = path.rfind(temporary_mark);
  return mark == std::string::npos ? path : path.substr(0, mark);
}

void remove_temporaries() noexcept {
  for (Slot& slot : slots)
    if (slot.state == 2) ::unlink(slot.path);
}

void allow_unnamed_files(bool allowed) noexcept { unnamed_allowed = allowed; }

}  // namespace potentia
