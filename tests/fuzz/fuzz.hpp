// What the fuzz targets share: input as a file, options taken from its first bytes, what an error may be.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kernels/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace potentia::fuzz {

/// Stops the fuzzer with the input at hand unless `holds`.
inline void require(bool holds, const char* rule) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", rule);
  std::abort();
}

/// A file in memory; the readers open it by its path like any other.
class MemoryFile {
public:
  /// @param descriptor of a file to take over instead
  explicit MemoryFile(int descriptor = ::memfd_create("fuzz", MFD_CLOEXEC)) : descriptor_(descriptor) {
    require(descriptor_ >= 0, "a file in memory");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  void put(std::string_view bytes) const {
    require(::ftruncate(descriptor_, 0) == 0, "an empty file");
    write(bytes, 0);
  }
  void write(std::string_view bytes, std::uint64_t offset) const {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    require(written == static_cast<ssize_t>(bytes.size()), "bytes written");
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
  int descriptor_;
};

/// The input: first the bytes that choose options, then the rest. Where it has ended, zeros.
class Input {
public:
  Input(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}
  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return first;
  }
  /// A number from `low` to `high`.
  std::size_t number(std::size_t low, std::size_t high) { return low + byte() % (high - low + 1); }
  /// So many bytes, or what is left.
  std::string_view take(std::size_t count) {
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() const { return left_; }

private:
  std::string_view left_;
};

/// What `read` complains of, empty if it does not. Only an error of input may come out of bytes.
template <class Read>
std::string complaint_of(Read read) {
  try {
    read();
    return {};
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::input, "bytes of a file are an error of input");
    return error.what();
  }
}

}  // namespace potentia::fuzz
