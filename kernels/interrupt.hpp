// Ctrl-C and termination: the signal handler raises a flag, long loops look at it.
#pragma once

#include <atomic>

#include "kernels/error.hpp"

namespace potentia {

inline std::atomic<bool> stop_requested{false};

/// Set by a signal that asks for a pause: work that can be resumed ends at the next place from which it can go on.
inline std::atomic<bool> pause_requested{false};
/// Whether somebody looks at `pause_requested` at the moment; otherwise a request for a pause is one to stop.
inline std::atomic<bool> pause_is_awaited{false};

/// @throws Error(interrupted) once a signal has asked the program to stop. Never call it inside an OpenMP region.
inline void check_interrupted() {
  if (stop_requested.load(std::memory_order_relaxed)) throw Error(ErrorKind::interrupted, "interrupted");
}

}  // namespace potentia
