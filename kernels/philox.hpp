// Random numbers that are a function of where they are used: any draw can be computed alone, on any device, to the same bits.
#pragma once

#include <cstdint>

#include "kernels/portable.hpp"

namespace potentia {

struct PhiloxCounter {
  std::uint32_t word[4];
};

/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011): 128 random bits for each key and counter.
PT_HD PhiloxCounter philox4x32_10(PhiloxCounter counter, std::uint64_t key) {
  std::uint32_t key_low = static_cast<std::uint32_t>(key), key_high = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53u} * counter.word[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57u} * counter.word[2];
    counter = {{static_cast<std::uint32_t>(second >> 32) ^ counter.word[1] ^ key_low, static_cast<std::uint32_t>(second),
                static_cast<std::uint32_t>(first >> 32) ^ counter.word[3] ^ key_high, static_cast<std::uint32_t>(first)}};
    key_low += 0x9E3779B9u;
    key_high += 0xBB67AE85u;
  }
  return counter;
}

/// A number in (0, 1), one of 2⁵² equally likely ones that lie symmetrically about ½.
/// @param seed the key; `draw`, `group` and `index` are the counter
PT_HD double uniform_number(std::uint64_t seed, std::uint32_t draw, std::uint32_t group, std::uint64_t index) {
  const PhiloxCounter bits = philox4x32_10(
      {{draw, group, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32)}}, seed);
  const std::uint64_t number = (static_cast<std::uint64_t>(bits.word[0]) << 32 | bits.word[1]) >> 12;  // 52 bits
  return (static_cast<double>(number) + 0.5) * (1.0 / 4503599627370496.0);                             // exact
}

}  // namespace potentia
