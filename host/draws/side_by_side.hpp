// Work on many draws by a few threads, which may fail or be interrupted.
#pragma once

#include <omp.h>

#include <cstddef>
#include <exception>
#include <vector>

#include "kernels/interrupt.hpp"

namespace potentia {

/// Calls work(worker, n) for n = 0 … count − 1, as many side by side as there are workers, in any order.
/// @throws what work throws, once all have stopped; Error(interrupted)
template <class Work>
void side_by_side(std::size_t count, int workers, const Work& work) {
  std::vector<std::exception_ptr> failures(workers);
#pragma omp parallel for schedule(dynamic) num_threads(workers)
  for (std::size_t n = 0; n < count; ++n) {
    const int worker = omp_get_thread_num();
    if (stop_requested.load(std::memory_order_relaxed) || failures[worker] != nullptr) continue;
    try {
      work(worker, n);
    } catch (...) {
      failures[worker] = std::current_exception();
    }
  }
  check_interrupted();
  for (const std::exception_ptr& failure : failures)
    if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace potentia
