// See lock.hpp.
#include "host/nightly/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "host/nightly/record.hpp"
#include "host/run/host_name.hpp"
#include "io/output_file.hpp"

namespace potentia::nightly {
namespace {

/// Whether other hosts may see the file system.
bool is_network(int descriptor) {
  struct statfs status {};
  if (::fstatfs(descriptor, &status) != 0) return false;
  constexpr std::array<std::uint32_t, 9> kinds = {
      NFS_SUPER_MAGIC,         0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */,
      0x0bd00bd0 /* Lustre */, 0x65735546 /* FUSE */, 0x00c36400 /* Ceph */,
      0x01161970 /* GFS2 */,   0x47504653 /* GPFS */, 0x19830326 /* BeeGFS */};
  return std::find(kinds.begin(), kinds.end(), static_cast<std::uint32_t>(status.f_type)) != kinds.end();
}

/// The file system's own clock, which need not be this host's: the time of a file made now. −1 where none can be made.
std::int64_t file_system_now(const std::string& beside) {
  std::string name = beside + ".clock-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return -1;
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  ::close(descriptor);
  ::unlink(name.c_str());
  return known ? status.st_mtim.tv_sec : -1;
}

std::string read_all(int descriptor) {
  char text[1024];
  const auto got = ::pread(descriptor, text, sizeof text, 0);
  return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : "";
}

std::string in_words(const LockHolder& holder) {
  return fmt::format("process {} on {}, since {}", holder.process, holder.host, utc_text(holder.since));
}

}  // namespace

std::string holder_text(const LockHolder& holder) {
  return nlohmann::ordered_json{{"process", holder.process}, {"host", holder.host}, {"since", holder.since}}.dump(
             -1, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

std::optional<LockHolder> parse_holder(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  try {
    return LockHolder{json.at("process"), json.at("host"), json.at("since")};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

LockVerdict judge(const LockFacts& facts) {
  using Flock = LockFacts::Flock;
  if (facts.flock == Flock::refused) return LockVerdict::held;
  if (!facts.holder) return LockVerdict::free;
  const bool settled = facts.flock == Flock::got && (facts.same_host || !facts.network);
  if (settled) return LockVerdict::stale;
  if (facts.same_host) return facts.process_lives ? LockVerdict::held : LockVerdict::stale;
  return facts.silent_seconds < dead_after_seconds ? LockVerdict::held : LockVerdict::stale;
}

Lock::Lock(const std::string& path, bool shared, std::chrono::milliseconds rhythm) : path_(path), rhythm_(rhythm) {
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor_ < 0) throw_disk_error(errno, path);
  try {
    const LockFacts facts = look(shared);
    verdict_ = judge(facts);
    if (facts.holder)
      remark_ = in_words(*facts.holder);
    else if (verdict_ == LockVerdict::held)
      remark_ = "another process, which has not said its name";
    if (verdict_ == LockVerdict::held && facts.flock != LockFacts::Flock::refused && !facts.same_host)
      remark_ += fmt::format("; should it be gone, its lock counts as stale {} s after it was last heard of",
                             dead_after_seconds);
    if (held()) write(holder_text({::getpid(), host_name(), static_cast<std::int64_t>(std::time(nullptr))}));
    // Only other hosts look at it.
    if (held() && (facts.network || facts.flock == LockFacts::Flock::impossible))
      heart_ = std::thread([this] { beat(); });
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

LockFacts Lock::look(bool shared) {
  LockFacts facts;
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
    facts.flock = errno == EWOULDBLOCK ? LockFacts::Flock::refused : LockFacts::Flock::impossible;
  facts.network = shared || is_network(descriptor_);
  facts.holder = parse_holder(read_all(descriptor_));
  if (!facts.holder) return facts;
  facts.same_host = facts.holder->host == host_name();
  const auto process = static_cast<pid_t>(facts.holder->process);
  facts.process_lives = process > 0 && process != ::getpid() && (::kill(process, 0) == 0 || errno == EPERM);
  struct stat status {};
  const std::int64_t now = file_system_now(path_);
  if (now >= 0 && ::fstat(descriptor_, &status) == 0) facts.silent_seconds = now - status.st_mtim.tv_sec;
  return facts;
}

void Lock::write(const std::string& text) const {
  if (::ftruncate(descriptor_, 0) != 0) throw_disk_error(errno, path_);
  const auto written = ::pwrite(descriptor_, text.data(), text.size(), 0);
  if (written != static_cast<::ssize_t>(text.size())) throw_disk_error(written < 0 ? errno : ENOSPC, path_);
}

void Lock::beat() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!wake_.wait_for(lock, rhythm_, [this] { return ending_; })) ::futimens(descriptor_, nullptr);
}

Lock::~Lock() {
  if (heart_.joinable()) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
    heart_.join();
  }
  if (held()) [[maybe_unused]]
    const int emptied = ::ftruncate(descriptor_, 0);
  ::close(descriptor_);
}

}  // namespace potentia::nightly
