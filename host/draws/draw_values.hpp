// The values of all draws of a block of a table, and their statistics.
#pragma once

#include <cstddef>
#include <functional>

#include "io/result/draws_result.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

/// What is kept of each draw: potential now, potential, unrealised, static; dynamic is unrealised less static.
inline constexpr std::size_t kept_columns = 4;

class DrawValues {
public:
  DrawValues() = default;
  DrawValues(std::size_t draws, std::size_t entries)
      : draws_(draws), entries_(entries), values_(draws * kept_columns * entries) {}

  std::size_t entries() const { return entries_; }
  /// [entry] of a draw, counted from 0.
  double* of(std::size_t draw, std::size_t column) { return values_.data() + (draw * kept_columns + column) * entries_; }
  const double* of(std::size_t draw, std::size_t column) const {
    return values_.data() + (draw * kept_columns + column) * entries_;
  }

  /// Puts the statistics of entry e into entry place(e) of a table of `size` entries.
  void summarize(const std::function<std::size_t(std::size_t)>& place, std::size_t size, int threads, DrawTable& table) const;

private:
  std::size_t draws_ = 0, entries_ = 0;
  Buffer<double> values_;
};

/// Room for a table of so many entries.
void make_table(DrawTable& table, std::size_t size);

}  // namespace potentia
