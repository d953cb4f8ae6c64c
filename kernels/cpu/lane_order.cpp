// Batcher's bitonic sorter in the form whose runs all ascend: a merge first compares the ends of two neighbouring runs
// inward, then ever shorter distances. Two levels are done in one walk through memory, the last four in registers.
#include "kernels/cpu/lane_order.hpp"

#include "kernels/cpu/vec8.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

constexpr std::size_t in_registers = 16;

PT_HD void order(vec8& a, vec8& b) {
  const vec8 low = smaller<vec8>(a, b), high = larger<vec8>(a, b);
  a = low;
  b = high;
}

/// Distances 8, 4, 2, 1 (or from `from` on) within sixteen rows.
template <int from>
PT_HD void finish(vec8 (&row)[in_registers]) {
#pragma GCC unroll 4
  for (int distance = from; distance > 0; distance /= 2)
#pragma GCC unroll 16
    for (int at = 0; at < 16; ++at)
      if ((at & distance) == 0) order(row[at], row[at + distance]);
}

template <int run>
PT_HD void merge(vec8 (&row)[in_registers]) {
#pragma GCC unroll 16
  for (int begin = 0; begin < 16; begin += run)
#pragma GCC unroll 8
    for (int at = 0; at < run / 2; ++at) order(row[begin + at], row[begin + run - 1 - at]);
  finish<run / 4>(row);
}

PT_CLONES void sort_sixteens(double* rows, std::size_t count) {
  for (std::size_t begin = 0; begin < count; begin += in_registers) {
    vec8 row[in_registers];
#pragma GCC unroll 16
    for (int at = 0; at < 16; ++at) row[at] = load(rows + 8 * (begin + at));
    merge<2>(row);
    merge<4>(row);
    merge<8>(row);
    merge<16>(row);
#pragma GCC unroll 16
    for (int at = 0; at < 16; ++at) store(rows + 8 * (begin + at), row[at]);
  }
}

PT_CLONES void finish_sixteens(double* rows, std::size_t count) {
  for (std::size_t begin = 0; begin < count; begin += in_registers) {
    vec8 row[in_registers];
#pragma GCC unroll 16
    for (int at = 0; at < 16; ++at) row[at] = load(rows + 8 * (begin + at));
    finish<8>(row);
#pragma GCC unroll 16
    for (int at = 0; at < 16; ++at) store(rows + 8 * (begin + at), row[at]);
  }
}

/// The ends of two runs inward, and the distance of a quarter of both.
PT_CLONES void meet(double* rows, std::size_t count, std::size_t run) {
  const std::size_t quarter = run / 4;
  for (std::size_t begin = 0; begin < count; begin += run)
    for (std::size_t at = 0; at < quarter; ++at) {
      double *a = rows + 8 * (begin + at), *b = a + 8 * quarter, *d = rows + 8 * (begin + run - 1 - at),
             *c = d - 8 * quarter;
      vec8 first = load(a), second = load(b), third = load(c), fourth = load(d);
      order(first, fourth);
      order(second, third);
      order(first, second);
      order(third, fourth);
      store(a, first);
      store(b, second);
      store(c, third);
      store(d, fourth);
    }
}

/// The distances `distance` and half of it.
PT_CLONES void narrow_twice(double* rows, std::size_t count, std::size_t distance) {
  const std::size_t half = distance / 2;
  for (std::size_t begin = 0; begin < count; begin += 2 * distance)
    for (std::size_t at = 0; at < half; ++at) {
      double *a = rows + 8 * (begin + at), *b = a + 8 * half, *c = b + 8 * half, *d = c + 8 * half;
      vec8 first = load(a), second = load(b), third = load(c), fourth = load(d);
      order(first, third);
      order(second, fourth);
      order(first, second);
      order(third, fourth);
      store(a, first);
      store(b, second);
      store(c, third);
      store(d, fourth);
    }
}

PT_CLONES void narrow(double* rows, std::size_t count, std::size_t distance) {
  for (std::size_t begin = 0; begin < count; begin += 2 * distance)
    for (std::size_t at = begin; at < begin + distance; ++at) {
      double *a = rows + 8 * at, *b = a + 8 * distance;
      vec8 first = load(a), second = load(b);
      order(first, second);
      store(a, first);
      store(b, second);
    }
}

PT_CLONES void moments(const double* rows, std::size_t count, LaneMoments& found) {
  vec8 sum{};
  const vec8 first = load(rows);
  vec8 low = first, high = first;
  for (std::size_t row = 0; row < count; ++row) {
    const vec8 value = load(rows + 8 * row);
    sum += value;
    low = smaller<vec8>(low, value);
    high = larger<vec8>(high, value);
  }
  const vec8 mean = sum / static_cast<double>(count);
  vec8 squares{};
  for (std::size_t row = 0; row < count; ++row) {
    const vec8 away = load(rows + 8 * row) - mean;
    squares += away * away;
  }
  store(found.mean, mean);
  store(found.squares, squares);
  double least[8], most[8];
  store(least, low);
  store(most, high);
  found.constant = true;
  for (int lane = 0; lane < 8; ++lane) found.constant = found.constant && least[lane] == most[lane];
}

}  // namespace

std::size_t lane_rows(std::size_t count) {
  std::size_t rows = in_registers;
  while (rows < count) rows *= 2;
  return rows;
}

void sort_lanes(double* rows, std::size_t count) {
  const std::size_t all = lane_rows(count);
  for (std::size_t at = 8 * count; at < 8 * all; ++at) rows[at] = infinity();
  sort_sixteens(rows, all);
  for (std::size_t run = 2 * in_registers; run <= all; run *= 2) {
    meet(rows, all, run);
    std::size_t distance = run / 8;
    for (; distance >= 2 * in_registers; distance /= 4) narrow_twice(rows, all, distance);
    if (distance >= in_registers) narrow(rows, all, distance);
    finish_sixteens(rows, all);
  }
}

LaneMoments lane_moments(const double* rows, std::size_t count) {
  LaneMoments found;
  moments(rows, count, found);
  return found;
}

}  // namespace potentia
