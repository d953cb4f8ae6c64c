// The memory of a device that is not there: heap that is never taken for the host's.
#pragma once

#include <cstddef>
#include <map>

#include "tests/support/cuda_on_host/asan.hpp"

namespace potentia::testing {

class DeviceMemory {
public:
  /// Filled with rubbish, as a device's memory is; null beyond the limit.
  void* allocate(std::size_t bytes);
  /// False if nothing was allocated there.
  bool free(void* data);
  /// Whether [data, data + bytes) lies within one allocation.
  bool holds(const void* data, std::size_t bytes) const;

  std::size_t allocations() const { return size_of_.size(); }
  /// The bytes that may be allocated at once from now on.
  void limit(std::size_t bytes) { limit_ = bytes; }

private:
  std::map<const char*, std::size_t> size_of_;
  std::size_t used_ = 0, limit_ = static_cast<std::size_t>(-1);
};

DeviceMemory& device_memory();

/// Ends the program if one of these words is the address of memory of the host.
void refuse_host_addresses(const void* words, std::size_t bytes);

/// The same for what a kernel is given. Only under AddressSanitizer, and with a compiler that can clear the bytes between
/// members, where an old address may stand.
template <class Argument>
void refuse_host_pointers([[maybe_unused]] Argument argument) {
#if defined(POTENTIA_ASAN) && defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
  __builtin_clear_padding(&argument);
  refuse_host_addresses(&argument, sizeof argument);
#endif
#endif
}

}  // namespace potentia::testing
