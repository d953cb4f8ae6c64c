// One nightly at a time in a folder.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace potentia::nightly {

/// Who holds a lock, as written inside the file.
struct LockHolder {
  std::int64_t process = 0;
  std::string host;
  std::int64_t since = 0;  ///< seconds since 1970
};
std::string holder_text(const LockHolder& holder);
/// Empty when the text names nobody, as after an orderly end.
std::optional<LockHolder> parse_holder(const std::string& text);

/// What can be seen of a lock.
struct LockFacts {
  enum class Flock { got, refused, impossible } flock = Flock::got;  ///< impossible: the file system has no such locks
  bool network = false;              ///< a file system that other hosts may see, whose locks may be of this host alone
  std::optional<LockHolder> holder;  ///< who wrote itself into the file and has not taken itself out
  bool same_host = false;            ///< that is this host …
  bool process_lives = false;        ///< … and the process is there
  std::int64_t silent_seconds = 0;   ///< since the holder last touched the file, by the file system's clock
};

/// A holder touches its file this often, and is believed dead after so long.
inline constexpr std::int64_t heartbeat_seconds = 10, dead_after_seconds = 120;

enum class LockVerdict { free, stale, held };
/// Locks die with their process, so one that is granted settles it on a local disk. Where it does not, the holder's own
/// word counts: a process that is there, or on another host one that was heard of lately.
LockVerdict judge(const LockFacts& facts);

/// The lock of a folder, held as long as the object lives, and touched meanwhile.
class Lock {
public:
  /// @param path   file of the lock; made where it is missing
  /// @param shared for tests: as if other hosts saw the file
  /// @param rhythm of touching it
  /// @throws Error(input) or Error(resources) when there cannot be such a file
  explicit Lock(const std::string& path, bool shared = false,
                std::chrono::milliseconds rhythm = std::chrono::seconds(heartbeat_seconds));
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();

  bool held() const noexcept { return verdict_ != LockVerdict::held; }  ///< by this object
  /// Who else holds it, or whose stale lock was taken over; empty if neither.
  const std::string& remark() const noexcept { return remark_; }

private:
  LockFacts look(bool shared);
  void write(const std::string& text) const;
  void beat();

  std::string path_, remark_;
  int descriptor_ = -1;
  LockVerdict verdict_ = LockVerdict::held;
  std::chrono::milliseconds rhythm_;
  std::thread heart_;  // tells other hosts that the holder lives
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
};

}  // namespace potentia::nightly
