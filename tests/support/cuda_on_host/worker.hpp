// A stack of its own on which threads of a device run one after the other, and on which one of them can wait.
#pragma once

#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>
#include <functional>
#include <utility>

#include "tests/support/cuda_on_host/asan.hpp"

namespace potentia::testing {

/// AddressSanitizer is told of every change of stacks.
class Worker {
public:
  /// @param work what each call of resume() begins, unless it goes on with what has been parked
  explicit Worker(std::function<void()> work)
      : work_(std::move(work)), fiber_(std::allocator_arg, Stack{this}, [this](boost::context::fiber&& caller) {
          caller_ = std::move(caller);
          arrived(nullptr, &caller_stack_.bottom, &caller_stack_.size);
          while (!ended_) {
            work_();
            park();
          }
          leave(nullptr, caller_stack_);
          return std::move(caller_);
        }) {}
  ~Worker() {
    ended_ = true;
    resume();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Runs on the own stack until the work has ended or is parked.
  void resume() {
    void* fake = nullptr;
    leave(&fake, own_stack_);
    fiber_ = std::move(fiber_).resume();
    arrived(fake, nullptr, nullptr);
  }

  /// Called on the own stack: back to who called resume(), until the next resume().
  void park() {
    void* fake = nullptr;
    leave(&fake, caller_stack_);
    caller_ = std::move(caller_).resume();
    arrived(fake, &caller_stack_.bottom, &caller_stack_.size);
  }

private:
  struct Bounds {
    const void* bottom = nullptr;
    std::size_t size = 0;
  };

  /// Boost's allocator, which also says where the stack lies.
  struct Stack {
    Worker* worker;
    boost::context::stack_context allocate() {
      const auto stack = boost::context::fixedsize_stack(std::size_t{1} << 17).allocate();
      worker->own_stack_ = {static_cast<char*>(stack.sp) - stack.size, stack.size};
      return stack;
    }
    void deallocate(boost::context::stack_context& stack) { boost::context::fixedsize_stack().deallocate(stack); }
  };

  static void leave([[maybe_unused]] void** fake, [[maybe_unused]] const Bounds& to) {
#ifdef POTENTIA_ASAN
    __sanitizer_start_switch_fiber(fake, to.bottom, to.size);
#endif
  }
  static void arrived([[maybe_unused]] void* fake, [[maybe_unused]] const void** bottom, [[maybe_unused]] std::size_t* size) {
#ifdef POTENTIA_ASAN
    __sanitizer_finish_switch_fiber(fake, bottom, size);
#endif
  }

  std::function<void()> work_;
  bool ended_ = false;
  Bounds own_stack_, caller_stack_;
  boost::context::fiber caller_, fiber_;
};

}  // namespace potentia::testing
