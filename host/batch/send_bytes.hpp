// Bytes of any length from one rank to another.
#pragma once

#include <cstdint>

#include "host/batch/ranks.hpp"
#include "io/result/scenario_archive.hpp"

namespace potentia {

inline void send_bytes(Ranks& ranks, int to, const Bytes& bytes) {
  const std::uint64_t size = bytes.size();
  ranks.send(to, &size, sizeof size);
  if (size > 0) ranks.send(to, bytes.data(), size);
}

inline Bytes receive_bytes(Ranks& ranks, int from) {
  std::uint64_t size = 0;
  ranks.receive(from, &size, sizeof size);
  Bytes bytes(size);
  if (size > 0) ranks.receive(from, bytes.data(), size);
  return bytes;
}

}  // namespace potentia
