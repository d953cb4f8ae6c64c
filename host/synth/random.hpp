// Random numbers by counter: a draw is a hash of what it is for, so a world never depends on threads or on order.
#pragma once

#include <cstdint>

#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia::synth {

/// What a draw is for. Each purpose has a stream of its own.
enum class Stream : std::uint64_t {
  country = 1,
  growth,
  distance,
  pair,
  product,
  product_size,
  chapter_advantage,
  sector_advantage,
  product_advantage,
  chapter_demand,
  product_demand,
  cell,
  tariff,
  preference,
  elasticity,
};

/// The finaliser of splitmix64 (Steele, Lea & Flood 2014): every bit of the result depends on every bit of x.
PT_HD constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

inline constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15ull;

/// Draw number n of the sequence that `key` starts.
PT_HD constexpr std::uint64_t draw(std::uint64_t key, std::uint64_t n) { return mix(key + (n + 1) * golden_gamma); }

/// The key of one thing's sequence: seed, purpose, up to two indices.
PT_HD constexpr std::uint64_t key_of(std::uint64_t seed, Stream stream, std::uint64_t a = 0, std::uint64_t b = 0) {
  return draw(draw(draw(mix(seed ^ 0x706F74656E746961ull), static_cast<std::uint64_t>(stream)), a), b);
}

/// A number in (0, 1) from 52 bits; never 0 and never 1.
PT_HD double unit_interval(std::uint64_t bits) {
  return double_of(0x3FF0000000000000ull | (bits >> 12)) - (1.0 - 0x1p-53);
}

/// A nearly normal number (mean 0, variance 1, within ±3.47): the sum of four 16-bit uniforms.
PT_HD double nearly_normal(std::uint64_t bits) {
  const std::int32_t sum = static_cast<std::int32_t>(bits & 0xFFFF) + static_cast<std::int32_t>((bits >> 16) & 0xFFFF) +
                           static_cast<std::int32_t>((bits >> 32) & 0xFFFF) + static_cast<std::int32_t>(bits >> 48);
  return (sum - 131070) * (1.7320508075688772 / 65536.0);  // √3 / 2¹⁶: each uniform has variance 2³² / 12
}

}  // namespace potentia::synth
