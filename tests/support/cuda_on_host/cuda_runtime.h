// A double of what kernels/cuda/ uses of the CUDA runtime, for tests on machines without a device: device code is
// compiled by the host's compiler and run on the processor, thread by thread, under AddressSanitizer.
//
// Memory of the device is heap of its own, so that a thread one place too far is caught. The threads of a warp meet at an
// exchange as on a device (warp.hpp). What it cannot show: the code that ptxas makes, Thrust's own scan on a device, real
// scheduling, and times.
#pragma once

#include <cstddef>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <utility>

#include "tests/support/cuda_on_host/device_memory.hpp"
#include "tests/support/cuda_on_host/warp.hpp"

#define POTENTIA_CUDA_ON_HOST  // functors take the branch that a device takes
#define __global__
#ifndef __device__  // Thrust brings some of these words
#define __device__
#define __host__
#endif
#ifndef __forceinline__
#define __forceinline__ inline
#endif
#define __launch_bounds__(threads)

enum cudaError_t { cudaSuccess, cudaErrorInvalidValue, cudaErrorMemoryAllocation, cudaErrorInvalidConfiguration };
enum cudaMemcpyKind { cudaMemcpyHostToDevice, cudaMemcpyDeviceToHost };

struct cudaDeviceProp {
  const char* name;
  int major, minor;
  std::size_t totalGlobalMem;
};

inline const char* cudaGetErrorString(cudaError_t status) {
  return status == cudaSuccess                 ? "no error"
         : status == cudaErrorMemoryAllocation ? "out of memory"
         : status == cudaErrorInvalidValue     ? "invalid argument"
                                               : "invalid configuration argument";
}
inline cudaError_t cudaGetLastError() { return cudaSuccess; }
inline cudaError_t cudaDeviceSynchronize() { return cudaSuccess; }  // a launch returns when it has run

inline cudaError_t cudaGetDeviceCount(int* devices) { return *devices = 1, cudaSuccess; }
inline cudaError_t cudaSetDevice(int device) { return device == 0 ? cudaSuccess : cudaErrorInvalidValue; }
inline cudaError_t cudaGetDevice(int* device) { return *device = 0, cudaSuccess; }
inline cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int) {
  *properties = {"the processor in place of a device", 0, 0, std::size_t{1} << 30};
  return cudaSuccess;
}

inline cudaError_t cudaMalloc(void** data, std::size_t bytes) {
  *data = potentia::testing::device_memory().allocate(bytes);
  return *data != nullptr ? cudaSuccess : cudaErrorMemoryAllocation;
}
inline cudaError_t cudaFree(void* data) {
  return potentia::testing::device_memory().free(data) ? cudaSuccess : cudaErrorInvalidValue;
}
inline cudaError_t cudaMemset(void* data, int value, std::size_t bytes) {
  if (!potentia::testing::device_memory().holds(data, bytes)) return cudaErrorInvalidValue;
  std::memset(data, value, bytes);
  return cudaSuccess;
}
/// A copy in the wrong direction, or beyond what was allocated, is an error as on a device.
inline cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
  const auto& memory = potentia::testing::device_memory();
  const bool upload = kind == cudaMemcpyHostToDevice;
  if (memory.holds(to, bytes) != upload || memory.holds(from, bytes) == upload) return cudaErrorInvalidValue;
  std::memcpy(to, from, bytes);
  return cudaSuccess;
}

// Device words; threadIdx and its like are in warp.hpp.
using dim3 = potentia::testing::Extent;

inline int __popc(unsigned word) { return __builtin_popcount(word); }
inline unsigned atomicOr(unsigned* word, unsigned bits) { return __atomic_fetch_or(word, bits, __ATOMIC_RELAXED); }
inline double __shfl_down_sync(unsigned mask, double value, unsigned offset, int width) {
  return potentia::testing::exchange_down({mask, offset, width}, value);
}

struct cudaLaunchConfig_t {
  dim3 gridDim, blockDim;
  std::size_t dynamicSmemBytes;
};

template <class... Expected, class... Actual>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Expected...), Actual&&... actual) {
  static_assert((std::is_trivially_copyable_v<Expected> && ...), "arguments of a kernel travel as bytes");
  using namespace potentia::testing;
  const dim3 grid = config->gridDim, block = config->blockDim;
  if (grid.x == 0 || grid.x > 0x7FFFFFFFu || block.x == 0 || block.x > 1024) return cudaErrorInvalidConfiguration;
  const std::tuple<Expected...> arguments(std::forward<Actual>(actual)...);
  std::apply([](const auto&... each) { (refuse_host_pointers(each), ...); }, arguments);
  run_grid(grid, block, [&] { std::apply(kernel, arguments); });
  return cudaSuccess;
}
