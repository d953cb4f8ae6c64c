// Eight markets at a time. The compiler lowers it to whatever registers a clone has: one, two or four.
#pragma once

#include <cstring>

#include "kernels/cell_at.hpp"
#include "kernels/portable.hpp"

namespace potentia {

typedef double vec8 __attribute__((vector_size(64)));

PT_HD vec8 load(const double* from) {
  vec8 value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

PT_HD void store(double* to, const vec8& value) { std::memcpy(to, &value, sizeof value); }

PT_HD void add_to(double* to, const vec8& value) { store(to, load(to) + value); }

template <>
PT_HD vec8 load_as<vec8>(const double* from) {
  return load(from);
}

}  // namespace potentia
