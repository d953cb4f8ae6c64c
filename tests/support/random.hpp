// A small deterministic generator: the same worlds on every machine and standard library.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace potentia::testing {

/// SplitMix64 (Steele, Lea & Flood 2014).
class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform in 0..bound-1.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  bool chance(double probability) { return uniform() < probability; }
  /// Log-uniform in [low, high): heavy-tailed, as trade is.
  double spread(double low, double high) { return low * std::pow(high / low, uniform()); }
  template <class T, std::size_t n>
  const T& pick(const T (&choices)[n]) {
    return choices[below(n)];
  }

private:
  std::uint64_t state_;
};

}  // namespace potentia::testing
