// Device memory: move-only, sized once, freed by a destructor that never throws.
#pragma once

#include <cstddef>
#include <utility>

#include "kernels/cuda/check.cuh"

namespace potentia {

template <class T>
class DeviceBuffer {
public:
  DeviceBuffer() = default;
  explicit DeviceBuffer(std::size_t size) : size_(size) {
    if (size > 0) check_cuda(cudaMalloc(reinterpret_cast<void**>(&data_), size * sizeof(T)), "cudaMalloc");
  }
  static DeviceBuffer zeroed(std::size_t size) {
    DeviceBuffer buffer(size);
    if (size > 0) check_cuda(cudaMemset(buffer.data_, 0, size * sizeof(T)), "cudaMemset");
    return buffer;
  }
  /// A copy of host memory.
  static DeviceBuffer of(const T* host, std::size_t size) {
    DeviceBuffer buffer(size);
    if (size > 0) check_cuda(cudaMemcpy(buffer.data_, host, size * sizeof(T), cudaMemcpyHostToDevice), "copy to device");
    return buffer;
  }
  DeviceBuffer(DeviceBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  DeviceBuffer& operator=(DeviceBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  DeviceBuffer(const DeviceBuffer&) = delete;
  DeviceBuffer& operator=(const DeviceBuffer&) = delete;
  ~DeviceBuffer() {
    if (data_ != nullptr) cudaFree(data_);  // at exit the driver may be gone: its complaint has no listener
  }

  void to_host(T* host) const { to_host(host, 0, size_); }
  /// Copies `count` values from `first` on.
  void to_host(T* host, std::size_t first, std::size_t count) const {
    if (count > 0) check_cuda(cudaMemcpy(host, data_ + first, count * sizeof(T), cudaMemcpyDeviceToHost), "copy to host");
  }
  T* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace potentia
