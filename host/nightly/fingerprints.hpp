// Whether inputs are what they were: size and times first, SHA-256 only where those changed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace potentia::nightly {

/// What the file system says of a file. No one of these alone says that its contents are the same: a clock may go
/// backwards, and a copy may keep its time. The change time cannot be set by hand.
struct Stamp {
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970, likewise `changed`
  std::int64_t changed = 0;
  std::uint64_t inode = 0;
  bool operator==(const Stamp& other) const {
    return bytes == other.bytes && modified == other.modified && changed == other.changed && inode == other.inode;
  }
  bool operator!=(const Stamp& other) const { return !(*this == other); }
};

/// @throws Error(input) when there is no such file, or it is no regular one
Stamp stamp_of(const std::string& path);

struct Fingerprint {
  Stamp stamp;
  std::string sha256;
  std::int64_t hashed = 0;  ///< when, nanoseconds since 1970 by this machine's clock
};

/// Whether a hash still tells what a file with this stamp holds. A file written in the same moment as it was hashed, or
/// by the clock after it, may have been changed since without a trace.
bool still_holds(const Fingerprint& known, const Stamp& now);

/// Fingerprints by path, kept between nights in one file.
class Fingerprints {
public:
  /// Reads what an earlier night knew. A file that is missing or damaged leaves nothing known: everything is hashed
  /// anew.
  /// @return what is wrong with the file, empty if nothing is or there is none
  std::string load(const std::string& path);

  /// Makes the fingerprints of these files current, in threads. A file that cannot be read has its error kept for `of`.
  /// @throws Error(interrupted)
  void update(const std::vector<std::string>& paths, int threads);

  /// @throws Error(input) when the file could not be read, or changes while it is being read
  const Fingerprint& of(const std::string& path) const;

  std::size_t hashed() const noexcept { return hashed_; }  ///< files hashed by `update`
  std::uint64_t hashed_bytes() const noexcept { return hashed_bytes_; }

  /// What `load` reads; files that `update` was not asked for are forgotten.
  /// @throws as write_output
  void save(const std::string& path) const;

private:
  std::map<std::string, Fingerprint> known_, current_;
  std::map<std::string, std::string> errors_;
  std::size_t hashed_ = 0;
  std::uint64_t hashed_bytes_ = 0;
};

}  // namespace potentia::nightly
