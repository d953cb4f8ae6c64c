// Threads of a device on the processor: blocks in any order, warps of 32, whose threads meet at an exchange.
#pragma once

#include <functional>

namespace potentia::testing {

struct Extent {
  unsigned x = 1;
  constexpr Extent() = default;
  constexpr explicit Extent(unsigned size) : x(size) {}
};

/// What all threads of a warp that meet must agree on.
struct Exchange {
  unsigned mask;    ///< a bit for each thread that takes part
  unsigned offset;  ///< a thread gets the value of the thread so many places after it, within its group
  int width;        ///< threads of a group
};

/// Waits for the other threads of the warp and gives the value of one of them; the own value at the end of a group.
/// Ends the program if a thread that takes part has left, or if the threads disagree.
double exchange_down(const Exchange& exchange, double value);

/// Runs `thread` for every thread of every block; two threads of the host share the blocks.
void run_grid(Extent grid, Extent block, const std::function<void()>& thread);

/// Ends the program: what a device would not say, or would say much later.
[[noreturn]] void refuse(const char* what);

}  // namespace potentia::testing

// A thread of the host runs one thread of the device at a time, so these are that thread's own.
inline thread_local potentia::testing::Extent threadIdx, blockIdx, blockDim, gridDim;
