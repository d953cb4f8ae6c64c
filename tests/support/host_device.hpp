// A device of plain loops: runs the walkers of kernels/walk/ on the host, so that all that CUDA does but for memory, two
// launchers and a scan is tested where there is no device.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "kernels/sums.hpp"

namespace potentia::testing {

/// Filled with rubbish first, as a device's memory is.
template <class T>
class HostDeviceBuffer {
public:
  HostDeviceBuffer() = default;
  explicit HostDeviceBuffer(std::size_t size) : values_(size) {
    if (size > 0) std::fill_n(reinterpret_cast<unsigned char*>(values_.data()), size * sizeof(T), std::uint8_t{0xB7});
  }
  static HostDeviceBuffer zeroed(std::size_t size) {
    HostDeviceBuffer buffer;
    buffer.values_.assign(size, T{});
    return buffer;
  }
  static HostDeviceBuffer of(const T* host, std::size_t size) {
    HostDeviceBuffer buffer(size);
    std::copy(host, host + size, buffer.values_.begin());
    return buffer;
  }
  void to_host(T* host) const { to_host(host, 0, size()); }
  void to_host(T* host, std::size_t first, std::size_t count) const { std::copy_n(values_.data() + first, count, host); }
  /// Null if empty, as a device's is.
  T* data() const { return values_.empty() ? nullptr : const_cast<T*>(values_.data()); }
  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }

private:
  std::vector<T> values_;
};

struct HostDevice {
  template <class T>
  using Buffer = HostDeviceBuffer<T>;

  static std::string name() { return "walk"; }
  static std::string description() { return "plain loops"; }

  /// Backwards, because no result may depend on who comes first.
  template <class Functor>
  static void launch(const Functor& functor, std::int64_t rows, std::int64_t entries, const char*) {
    for (std::int64_t at = rows * entries; at-- > 0;) functor(at / entries, at % entries);
  }

  template <class Functor>
  static void launch_groups(const Functor& functor, std::int64_t rows, std::int64_t entries, const char*) {
    for (std::int64_t at = rows * entries; at-- > 0;) {
      double slot[sum_lanes][Functor::slots] = {}, total[Functor::slots];
      for (int lane = 0; lane < sum_lanes; ++lane) functor.lane(at / entries, at % entries, lane, slot[lane]);
      for (int s = 0; s < Functor::slots; ++s) {
        double lanes[sum_lanes];
        for (int lane = 0; lane < sum_lanes; ++lane) lanes[lane] = slot[lane][s];
        total[s] = lane_total(lanes);
      }
      functor.finish(at / entries, at % entries, total);
    }
  }

  template <class Key, class Value>
  static void exclusive_sum_by_key(const Key& key, const Value& value, std::int64_t size, std::uint32_t* out) {
    std::uint32_t sum = 0;
    for (std::int64_t at = 0; at < size; ++at) {
      if (at > 0 && key(at) != key(at - 1)) sum = 0;
      out[at] = sum;
      sum += value(at);
    }
  }

  static void synchronize(const char*) {}
};

}  // namespace potentia::testing
