// The backend for CUDA devices: walkers on the device.
#include "kernels/cuda/cuda_backend.hpp"

#include "kernels/cuda/cuda_device.cuh"
#include "kernels/walk/walk_backend.hpp"

namespace potentia {

std::string cuda_unavailable_reason() {
  int devices = 0;  // the runtime leaves it unwritten where there is no driver
  const cudaError_t status = cudaGetDeviceCount(&devices);
  if (status != cudaSuccess) {
    cudaGetLastError();  // forget it
    return std::string("no usable CUDA device: ") + cudaGetErrorString(status);
  }
  return devices > 0 ? "" : "no CUDA device";
}

std::string cuda_device_name() {
  int device = 0;
  cudaDeviceProp properties;
  check_cuda(cudaGetDevice(&device), "cudaGetDevice");
  check_cuda(cudaGetDeviceProperties(&properties, device), "cudaGetDeviceProperties");
  return std::string(properties.name) + ", sm_" + std::to_string(properties.major) + std::to_string(properties.minor) +
         ", " + std::to_string(properties.totalGlobalMem >> 30) + " GiB";
}

std::string CudaDevice::description() { return cuda_device_name(); }

std::unique_ptr<Backend> make_cuda_backend(int threads, int place) {
  int devices = 0;
  check_cuda(cudaGetDeviceCount(&devices), "cudaGetDeviceCount");
  check_cuda(cudaSetDevice(place % devices), "cudaSetDevice");
  return std::make_unique<WalkBackend<CudaDevice>>(threads);
}

}  // namespace potentia
