// Ctrl-C and termination: the signal handler raises a flag, long loops look at it.
#pragma once

#include <atomic>

#include "kernels/error.hpp"

namespace potentia {

inline std::atomic<bool> stop_requested{false};

/// @throws Error(interrupted) once a signal has asked the program to stop. Never call it inside an OpenMP region.
inline void check_interrupted() {
  if (stop_requested.load(std::memory_order_relaxed)) throw Error(ErrorKind::interrupted, "interrupted");
}

}  // namespace potentia
