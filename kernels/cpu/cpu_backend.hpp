// The backend that every machine has.
#pragma once

#include <memory>

#include "kernels/backend.hpp"

namespace potentia {

/// @param threads worker threads, 0 = all cores this process may use
std::unique_ptr<Backend> make_cpu_backend(int threads);

/// The processor in words.
std::string processor_name();

}  // namespace potentia
