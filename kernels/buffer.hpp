// Memory for large tables: move-only, sized once, not initialised, on huge pages where the system has them.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

#include "kernels/error.hpp"

namespace potentia {

/// An uninitialised array of trivial values. Page faults cost as much as the arithmetic on tables of this size, so
/// nothing is cleared that will be overwritten; ask for `zeroed` where the zeros matter.
template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable<T>::value, "buffers hold plain values");

public:
  Buffer() = default;
  /// @throws Error(resources) when the memory is not to be had
  explicit Buffer(std::size_t size) : Buffer(size, MADV_HUGEPAGE) {}
  /// For memory of which much will never be touched: on small pages gaps cost nothing.
  static Buffer with_gaps(std::size_t size) { return Buffer(size, MADV_NOHUGEPAGE); }
  static Buffer zeroed(std::size_t size) {
    Buffer buffer(size);
    if (size != 0) std::memset(static_cast<void*>(buffer.data_), 0, size * sizeof(T));
    return buffer;
  }
  Buffer(Buffer&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { std::free(data_); }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  T& operator[](std::size_t i) noexcept { return data_[i]; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  T* begin() noexcept { return data_; }
  T* end() noexcept { return data_ + size_; }
  const T* begin() const noexcept { return data_; }
  const T* end() const noexcept { return data_ + size_; }

private:
  Buffer(std::size_t size, int advice) : size_(size) {
    if (size == 0) return;
    constexpr std::size_t huge_page = std::size_t{2} << 20;
    if (size > std::numeric_limits<std::size_t>::max() / sizeof(T) - huge_page) throw_no_memory(size);
    const std::size_t bytes = size * sizeof(T);
    const std::size_t alignment = bytes >= huge_page ? huge_page : 64;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    data_ = static_cast<T*>(std::aligned_alloc(alignment, rounded));
    if (data_ == nullptr) throw_no_memory(bytes);
    if (bytes < huge_page) return;
    // What does not fill a huge page lies on small ones: a table of 9 MB would take 10. Only advice: failure is harmless.
    const std::size_t filled = bytes / huge_page * huge_page;
    ::madvise(data_, filled, advice);
    if (filled < rounded) ::madvise(reinterpret_cast<char*>(data_) + filled, rounded - filled, MADV_NOHUGEPAGE);
  }
  [[noreturn]] static void throw_no_memory(std::size_t bytes) {
    throw Error(ErrorKind::resources, "out of memory: " + std::to_string(bytes >> 20) + " MiB more were needed", "",
                "free memory or restrict the run with --exporters");
  }
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace potentia
