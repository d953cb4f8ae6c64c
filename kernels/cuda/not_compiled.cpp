// Stands in for the CUDA backend where it was not compiled.
#include "kernels/cuda/cuda_backend.hpp"

namespace potentia {

std::string cuda_unavailable_reason() { return "not compiled: CUDA"; }

std::string cuda_device_name() { return {}; }

std::unique_ptr<Backend> make_cuda_backend(int, int) {
  throw Error(ErrorKind::backend, "the CUDA backend is not available: " + cuda_unavailable_reason());
}

}  // namespace potentia
