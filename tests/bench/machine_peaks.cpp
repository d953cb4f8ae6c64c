// See machine_peaks.hpp.
#include "tests/bench/machine_peaks.hpp"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>

#include "kernels/buffer.hpp"
#include "kernels/portable.hpp"

namespace potentia::bench {
namespace {

typedef double vec8 __attribute__((vector_size(64)));

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Eight independent chains of additions and eight of multiplications: enough to fill every unit.
PT_CLONES double spin(std::int64_t rounds) {
  vec8 sum[8], product[8];
  for (int n = 0; n < 8; ++n) {
    sum[n] = vec8{} + n;
    product[n] = vec8{} + (1.0 + n);
  }
  const vec8 step = vec8{} + 1e-9, factor = vec8{} + (1.0 - 1e-12);
  for (std::int64_t round = 0; round < rounds; ++round) {
    for (int n = 0; n < 8; ++n) {
      sum[n] += step;
      product[n] *= factor;
    }
  }
  vec8 total{};
  for (int n = 0; n < 8; ++n) total += sum[n] + product[n];
  return total[0] + total[7];
}

}  // namespace

double memory_bandwidth(int threads) {
  constexpr std::size_t size = std::size_t{32} << 20;  // 256 MiB each: beyond any cache
  Buffer<double> from(size), to(size);
  double* source = from.data();
  double* target = to.data();
  const std::size_t part = size / static_cast<std::size_t>(threads);
  double best = 0.0;
  for (int run = 0; run < 4; ++run) {  // the first one touches the pages
    const auto start = Clock::now();
#pragma omp parallel num_threads(threads)
    {
      const std::size_t first = part * static_cast<std::size_t>(omp_get_thread_num());
      if (run == 0) std::fill_n(source + first, part, 1.0);
      std::memcpy(target + first, source + first, part * sizeof(double));
    }
    const double bytes = 2.0 * static_cast<double>(part * static_cast<std::size_t>(threads) * sizeof(double));
    if (run > 0) best = std::max(best, bytes / seconds_since(start));
  }
  return best;
}

double arithmetic_rate(int threads) {
  constexpr std::int64_t rounds = 3000000;
  double best = 0.0, sink = 0.0;
  for (int run = 0; run < 4; ++run) {
    const auto start = Clock::now();
#pragma omp parallel num_threads(threads) reduction(+ : sink)
    sink += spin(rounds);
    best = std::max(best, 128.0 * static_cast<double>(rounds) * threads / seconds_since(start));
  }
  return sink > 0.0 ? best : 0.0;
}

}  // namespace potentia::bench
