// What a walker needs of CUDA: memory, two launchers and one scan. All mathematics is in the functors they call.
#pragma once

#include <thrust/device_ptr.h>
#include <thrust/execution_policy.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/iterator/transform_iterator.h>
#include <thrust/scan.h>

#include <cstdint>
#include <string>

#include "kernels/cuda/device_buffer.cuh"
#include "kernels/sums.hpp"

namespace potentia {

inline constexpr int block_threads = 128;

/// One thread an entry; neighbouring threads take neighbouring entries of a row.
template <class Functor>
__global__ void __launch_bounds__(block_threads) entry_kernel(Functor functor, std::int64_t rows, std::int64_t entries) {
  const std::int64_t total = rows * entries, step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t at = blockIdx.x * static_cast<std::int64_t>(blockDim.x) + threadIdx.x; at < total; at += step)
    functor(at / entries, at % entries);
}

/// The tree of `lane_total` over a group of eight threads; the group's first thread gets the sum.
inline __device__ double group_total(double lane) {
  lane += __shfl_down_sync(0xFFFFFFFFu, lane, 4, sum_lanes);
  lane += __shfl_down_sync(0xFFFFFFFFu, lane, 2, sum_lanes);
  lane += __shfl_down_sync(0xFFFFFFFFu, lane, 1, sum_lanes);
  return lane;
}

/// Eight threads an entry: each sums its lanes into slots, the first finishes with the totals.
template <class Functor>
__global__ void __launch_bounds__(block_threads) group_kernel(Functor functor, std::int64_t rows, std::int64_t entries) {
  const std::int64_t group = (blockIdx.x * static_cast<std::int64_t>(blockDim.x) + threadIdx.x) / sum_lanes;
  const int lane = threadIdx.x % sum_lanes;
  const bool real = group < rows * entries;  // the others stay for the exchange, which all threads of a warp must join
  double slot[Functor::slots] = {};
  if (real) functor.lane(group / entries, group % entries, lane, slot);
  for (int s = 0; s < Functor::slots; ++s) slot[s] = group_total(slot[s]);
  if (real && lane == 0) functor.finish(group / entries, group % entries, slot);
}

struct CudaDevice {
  template <class T>
  using Buffer = DeviceBuffer<T>;

  static std::string name() { return "cuda"; }
  static std::string description();

  /// Calls functor(row, entry) for every entry.
  template <class Functor>
  static void launch(const Functor& functor, std::int64_t rows, std::int64_t entries, const char* what) {
    start(entry_kernel<Functor>, rows * entries, functor, rows, entries, what);
  }

  /// Calls functor.lane(row, entry, lane, slots) for eight lanes of every entry, then functor.finish(row, entry, totals).
  template <class Functor>
  static void launch_groups(const Functor& functor, std::int64_t rows, std::int64_t entries, const char* what) {
    start(group_kernel<Functor>, rows * entries * sum_lanes, functor, rows, entries, what);
  }

  /// out[n] = Σ of value(m) over the m < n that have the key of n.
  template <class Key, class Value>
  static void exclusive_sum_by_key(const Key& key, const Value& value, std::int64_t size, std::uint32_t* out) {
    if (size == 0) return;
    const thrust::counting_iterator<std::int64_t> number(0);
    const auto keys = thrust::make_transform_iterator(number, key);
    const auto values = thrust::make_transform_iterator(number, value);
    thrust::exclusive_scan_by_key(thrust::device, keys, keys + size, values, thrust::device_pointer_cast(out),
                                  std::uint32_t{0});
    check_cuda(cudaGetLastError(), "a scan");
  }

  static void synchronize(const char* what) { check_cuda(cudaDeviceSynchronize(), what); }

private:
  /// A launch in plain C++, so that a compiler of the host takes this file too (tests/support/cuda_on_host).
  template <class Functor>
  static void start(void (*kernel)(Functor, std::int64_t, std::int64_t), std::int64_t threads, const Functor& functor,
                    std::int64_t rows, std::int64_t entries, const char* what) {
    if (threads == 0) return;
    cudaLaunchConfig_t config{};
    config.gridDim = dim3(blocks(threads));
    config.blockDim = dim3(block_threads);
    check_cuda(cudaLaunchKernelEx(&config, kernel, functor, rows, entries), what);
  }

  static unsigned blocks(std::int64_t threads) {
    constexpr std::int64_t most = (std::int64_t{1} << 31) - 1;
    const std::int64_t wanted = (threads + block_threads - 1) / block_threads;
    return static_cast<unsigned>(wanted < most ? wanted : most);
  }
};

}  // namespace potentia
