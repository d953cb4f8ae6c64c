// The backend for CUDA devices, or a stub that says it was not compiled.
#pragma once

#include <memory>
#include <string>

#include "kernels/backend.hpp"

namespace potentia {

/// Empty if a device can be used, otherwise why not.
std::string cuda_unavailable_reason();

/// The device in words; only where one can be used.
std::string cuda_device_name();

/// @param threads host threads for what runs on the host
/// @param place takes device `place` modulo their number
std::unique_ptr<Backend> make_cuda_backend(int threads, int place);

}  // namespace potentia
