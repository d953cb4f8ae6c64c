// Pieces of an output, made in threads and handed over in order: what is written does not depend on the threads.
#pragma once

#include <omp.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {

/// A piece of text in the making; its memory serves the next piece too.
struct TextPiece {
  Buffer<char> room;
  std::size_t size = 0;

  /// Begins a new piece of at most so many bytes. @return where it begins
  char* begin(std::size_t most) {
    if (room.size() < most) room = Buffer<char>(most);
    size = 0;
    return room.data();
  }
  void end(const char* at) { size = static_cast<std::size_t>(at - room.data()); }
};

/// For every number below `count`: make(number, piece) in one of the threads, then take(number, piece) in the order of
/// the numbers, one at a time. A Piece is used by one thread, again and again.
/// @throws what `make` or `take` throws, of several the first in order; Error(interrupted)
template <class Piece, class Make, class Take>
void in_order(std::int64_t count, int threads, const Make& make, const Take& take) {
  std::vector<Piece> pieces(static_cast<std::size_t>(std::max(threads, 1)));
  const std::int64_t batch = std::max(32, 4 * threads);  // between two looks at Ctrl-C
  for (std::int64_t first = 0; first < count; first += batch) {
    check_interrupted();
    const std::int64_t last = std::min(count, first + batch);
    std::exception_ptr failure;
#pragma omp parallel for ordered schedule(static, 1) num_threads(static_cast <int>(pieces.size()))
    for (std::int64_t number = first; number < last; ++number) {
      Piece& piece = pieces[static_cast<std::size_t>(omp_get_thread_num())];
      std::exception_ptr mine;
      try {
        make(number, piece);
      } catch (...) {
        mine = std::current_exception();
      }
#pragma omp ordered
      if (!failure) {
        failure = mine;
        try {
          if (!failure) take(number, piece);
        } catch (...) {
          failure = std::current_exception();
        }
      }
    }
    if (failure) std::rethrow_exception(failure);
  }
}

}  // namespace potentia
