// The values of all draws of a block of a table, and their statistics.
#pragma once

#include <cstddef>
#include <functional>

#include "io/result/draws_result.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

/// What is kept of each draw: potential now, potential, unrealised, static; dynamic is unrealised less static.
inline constexpr std::size_t kept_columns = 4;

/// Eight entries lie side by side and their draws one after the other, so that statistics read memory in its order.
class DrawValues {
public:
  DrawValues() = default;
  DrawValues(std::size_t draws, std::size_t entries) { shape(draws, entries); }
  /// Another block, in the same memory where that is large enough; its values say nothing.
  void shape(std::size_t draws, std::size_t entries);

  std::size_t draws() const { return draws_; }
  std::size_t entries() const { return entries_; }
  /// Entry e of a column in a draw, counted from 0, lies at of(draw, column)[place(e)]; null without entries.
  double* of(std::size_t draw, std::size_t column) {
    return values_.empty() ? nullptr : values_.data() + column * column_ + draw * 8;
  }
  std::size_t place(std::size_t entry) const { return entry / 8 * (draws_ * 8) + entry % 8; }

  /// Adds the values of another block of this shape; `first` puts them in place of what is here.
  void add(const DrawValues& other, bool first, int threads);

  /// Puts the statistics of entry e into entry to(e) of a table of `size` entries.
  void summarize(const std::function<std::size_t(std::size_t)>& to, std::size_t size, int threads,
                 DrawTable& table) const;

private:
  std::size_t draws_ = 0, entries_ = 0, column_ = 0;
  Buffer<double> values_;  ///< [column][eight entries][draw][8]
};

/// A table of so many entries, all 0.
void make_table(DrawTable& table, std::size_t size);

}  // namespace potentia
