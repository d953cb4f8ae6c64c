// Measures the stages of a solve.
#pragma once

#include <chrono>
#include <vector>

#include "io/result/solution.hpp"

namespace potentia {

class StageWatch {
public:
  /// @param stages receives each lap
  explicit StageWatch(std::vector<Stage>& stages) : stages_(stages), last_(Clock::now()) {}
  void lap(const char* name) {
    const Clock::time_point now = Clock::now();
    stages_.push_back({name, std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }

private:
  using Clock = std::chrono::steady_clock;
  std::vector<Stage>& stages_;
  Clock::time_point last_;
};

}  // namespace potentia
