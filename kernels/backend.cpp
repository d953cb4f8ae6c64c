#include "kernels/backend.hpp"

#include <cstdlib>

#include "kernels/cpu/cpu_backend.hpp"
#include "kernels/cuda/cuda_backend.hpp"

namespace potentia {
namespace {

/// Why CUDA is not to be used; empty if it is.
std::string cuda_obstacle() {
  const char* disabled = std::getenv("POTENTIA_DISABLE_CUDA");
  if (disabled != nullptr && *disabled != '\0' && std::string(disabled) != "0") return "disabled by POTENTIA_DISABLE_CUDA";
  return cuda_unavailable_reason();
}

}  // namespace

std::vector<BackendInfo> list_backends() {
  std::vector<BackendInfo> backends;
  backends.push_back({"cpu", true, processor_name()});
  const std::string obstacle = cuda_obstacle();
  backends.push_back({"cuda", obstacle.empty(), obstacle.empty() ? cuda_device_name() : obstacle});
  return backends;
}

std::unique_ptr<Backend> make_backend(BackendChoice choice, int threads) {
  if (choice == BackendChoice::cpu) return make_cpu_backend(threads);
  const std::string obstacle = cuda_obstacle();
  if (obstacle.empty()) return make_cuda_backend(threads);
  if (choice == BackendChoice::cuda)
    throw Error(ErrorKind::backend, "the CUDA backend is not available: " + obstacle, "--backend cuda",
                "use --backend cpu, or run where `potentia backends` lists a device");
  return make_cpu_backend(threads);
}

}  // namespace potentia
