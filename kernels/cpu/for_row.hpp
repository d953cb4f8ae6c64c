// The CPU's launcher: one functor over a row of entries, compiled for several instruction sets.
#pragma once

#include <cstdint>

#include "kernels/portable.hpp"

namespace potentia {

template <class Functor>
PT_CLONES void for_row(const Functor functor, std::int64_t row, std::int64_t entries) {
#if defined(__clang__)
#pragma clang loop vectorize(assume_safety)
#else
#pragma GCC ivdep
#endif
  for (std::int64_t entry = 0; entry < entries; ++entry) functor(row, entry);
}

}  // namespace potentia
