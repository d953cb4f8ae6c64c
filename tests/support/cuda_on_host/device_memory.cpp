#include "tests/support/cuda_on_host/device_memory.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string>

#include "tests/support/cuda_on_host/warp.hpp"

namespace potentia::testing {

void* DeviceMemory::allocate(std::size_t bytes) {
  if (bytes > limit_ || used_ > limit_ - bytes) return nullptr;
  void* data = std::malloc(bytes);
  if (data == nullptr) return nullptr;
  std::memset(data, 0xB7, bytes);
  size_of_[static_cast<const char*>(data)] = bytes;
  used_ += bytes;
  return data;
}

bool DeviceMemory::free(void* data) {
  const auto found = size_of_.find(static_cast<const char*>(data));
  if (found == size_of_.end()) return data == nullptr;
  used_ -= found->second;
  size_of_.erase(found);
  std::free(data);
  return true;
}

bool DeviceMemory::holds(const void* data, std::size_t bytes) const {
  const char* first = static_cast<const char*>(data);
  const auto after = size_of_.upper_bound(first);
  if (after == size_of_.begin()) return false;
  const auto& [begin, size] = *std::prev(after);
  const std::size_t at = static_cast<std::size_t>(first - begin);
  return at <= size && bytes <= size - at;
}

DeviceMemory& device_memory() {
  static DeviceMemory memory;
  return memory;
}

void refuse_host_addresses([[maybe_unused]] const void* words, [[maybe_unused]] std::size_t bytes) {
#ifdef POTENTIA_ASAN
  for (std::size_t at = 0; at + sizeof(void*) <= bytes; at += sizeof(void*)) {
    void* address = nullptr;
    std::memcpy(&address, static_cast<const char*>(words) + at, sizeof address);
    // Pairs of sizes are no addresses: what AddressSanitizer allocates lies far above them, and looking for it is slow.
    if (reinterpret_cast<std::uintptr_t>(address) < std::uintptr_t{0x500000000000}) continue;
    if (device_memory().holds(address, 1)) continue;
    char name[1] = "";
    void* region = nullptr;
    std::size_t size = 0;
    const std::string where = __asan_locate_address(address, name, sizeof name, &region, &size);
    if (where == "heap" || where == "stack" || where == "global")
      refuse("a kernel is given the address of memory of the host");
  }
#endif
}

}  // namespace potentia::testing
