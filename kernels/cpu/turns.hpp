// Lets parallel workers add their partial sums in a fixed order.
#pragma once

#include <atomic>
#include <thread>

namespace potentia {

/// Workers take segments in ascending order (a monotonic dynamic schedule of one), compute in any order, and commit in ascending
/// order: sums then do not depend on who was faster. The lowest uncommitted segment is always being worked on, so
/// nobody waits for ever.
class Turns {
public:
  explicit Turns(int first = 0) : next_(first) {}

  template <class Commit>
  void in_turn(int segment, const Commit& commit) {
    while (next_.load(std::memory_order_acquire) != segment) std::this_thread::yield();
    commit();
    next_.store(segment + 1, std::memory_order_release);
  }

private:
  std::atomic<int> next_;
};

}  // namespace potentia
