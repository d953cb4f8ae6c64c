#include "tests/support/cuda_on_host/warp.hpp"

#include <algorithm>
#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "tests/support/cuda_on_host/asan.hpp"
#include "tests/support/cuda_on_host/worker.hpp"

namespace potentia::testing {
namespace {

constexpr unsigned warp_threads = 32;

class Warp {
public:
  /// Runs `lanes` threads from `first` on, until all have ended.
  void run(unsigned first, unsigned lanes, const std::function<void()>& thread) {
    first_ = first, lanes_ = lanes, begun_ = 0, waiting_ = 0, thread_ = &thread;
    while (begun_ < lanes_) {  // a worker that has to wait is left where it is; another goes on with the rest
      if (idle_.empty()) idle_.push_back(std::make_unique<Worker>([this] { run_rest(); }));
      std::unique_ptr<Worker> worker = std::move(idle_.back());
      idle_.pop_back();
      go_on(std::move(worker));
    }
    while (waiting_ != 0) {
      exchange();
      const unsigned pending = std::exchange(waiting_, 0u);
      for (unsigned lane = 0; lane < lanes_; ++lane)
        if (pending >> lane & 1u) {
          enter(lane);
          go_on(std::move(worker_[lane]));
        }
    }
  }

  /// Called by the thread that runs.
  double meet(const Exchange& call, double value) {
    const unsigned lane = lane_;
    call_[lane] = call, value_[lane] = value, waiting_ |= 1u << lane;
    current_->park();
    return value_[lane];
  }

private:
  void enter(unsigned lane) {
    lane_ = lane;
    threadIdx = Extent(first_ + lane);
  }

  void run_rest() {
    while (begun_ < lanes_) {
      enter(begun_++);
      (*thread_)();
    }
  }

  void go_on(std::unique_ptr<Worker> worker) {
    current_ = worker.get();
    current_->resume();
    (waiting_ >> lane_ & 1u ? worker_[lane_] : idle_.emplace_back()) = std::move(worker);
  }

  /// Gives each waiting thread its value.
  void exchange() {
    double given[warp_threads];
    std::copy(value_, value_ + warp_threads, given);
    for (unsigned lane = 0; lane < lanes_; ++lane) {
      if (!(waiting_ >> lane & 1u)) continue;
      const Exchange& call = call_[lane];
      if ((call.mask & ~waiting_) != 0) refuse("threads of a warp left before an exchange that waits for them");
      for (unsigned other = 0; other < lanes_; ++other)
        if ((call.mask >> other & 1u) && (call_[other].mask != call.mask || call_[other].offset != call.offset || call_[other].width != call.width))
          refuse("threads of a warp meet at different exchanges");
      const unsigned from = lane + call.offset, width = static_cast<unsigned>(call.width);
      if (lane % width + call.offset < width) value_[lane] = given[from];
    }
  }

  unsigned first_ = 0, lanes_ = 0, begun_ = 0, waiting_ = 0, lane_ = 0;
  const std::function<void()>* thread_ = nullptr;
  Worker* current_ = nullptr;
  Exchange call_[warp_threads] = {};
  double value_[warp_threads] = {};
  std::unique_ptr<Worker> worker_[warp_threads];  ///< of the threads that wait
  std::vector<std::unique_ptr<Worker>> idle_;
};

thread_local Warp* running = nullptr;

}  // namespace

double exchange_down(const Exchange& exchange, double value) { return running->meet(exchange, value); }

void run_grid(Extent grid, Extent block, const std::function<void()>& thread) {
#pragma omp parallel num_threads(2) if (grid.x > 4)
  {
    Warp warp;
    running = &warp;
    gridDim = grid, blockDim = block;
#pragma omp for schedule(dynamic)
    for (unsigned turn = 0; turn < grid.x; ++turn) {
      blockIdx = Extent(grid.x - 1 - turn);  // backwards: no result may depend on who comes first
      for (unsigned first = 0; first < block.x; first += warp_threads)
        warp.run(first, std::min(warp_threads, block.x - first), thread);
    }
  }
}

void refuse(const char* what) {
  std::fprintf(stderr, "cuda_on_host: %s\n", what);
  std::_Exit(1);
}

}  // namespace potentia::testing
