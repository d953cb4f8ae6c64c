// Every CUDA call and launch is checked.
#pragma once

#include <cuda_runtime.h>

#include <string>

#include "kernels/error.hpp"

namespace potentia {

/// @throws Error(resources) when device memory ran out, Error(backend) otherwise
inline void check_cuda(cudaError_t status, const char* what) {
  if (status == cudaSuccess) return;
  const std::string text = std::string(cudaGetErrorString(status)) + " in " + what;
  if (status == cudaErrorMemoryAllocation)
    throw Error(ErrorKind::resources, "out of device memory: " + text, "CUDA", "use a larger device or --backend cpu");
  throw Error(ErrorKind::backend, "the CUDA device failed: " + text, "CUDA", "use --backend cpu");
}

}  // namespace potentia
