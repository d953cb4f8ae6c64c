// What an evaluation is asked for: which value columns of which margins. What is asked for has the bytes that it has when
// everything is asked for; the rest is not computed and its columns stay empty.
//
// A draw or a variant that is judged by its totals asks for those alone: no sums of sectors are kept, no list can be
// made, and cells go without their drivers (a logarithmic mean costs more than all the rest of a cell).
#pragma once

#include <cstdint>
#include <initializer_list>

#include "kernels/portable.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// A set of value columns.
class ColumnSet {
public:
  constexpr ColumnSet() = default;
  constexpr ColumnSet(std::initializer_list<Column> columns) {
    for (const Column column : columns) bits_ |= std::uint32_t{1} << column;
  }
  static constexpr ColumnSet all() {
    ColumnSet set;
    set.bits_ = (std::uint32_t{1} << column_count) - 1;
    return set;
  }
  PT_HD constexpr bool has(int column) const { return (bits_ >> column & 1) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  /// Whether it has nothing but what is in `other`.
  constexpr bool within(ColumnSet other) const { return (bits_ & ~other.bits_) == 0; }
  constexpr ColumnSet operator|(ColumnSet other) const {
    other.bits_ |= bits_;
    return other;
  }
  constexpr bool operator==(ColumnSet other) const { return bits_ == other.bits_; }
  int size() const {
    int count = 0;
    for (int column = 0; column < column_count; ++column) count += has(column);
    return count;
  }

private:
  std::uint32_t bits_ = 0;
};

/// How much of each cell its sums need: each has what the one before it has.
enum class CellTerms {
  potential,  ///< EP at the horizon
  levels,     ///< also EP⁰, what is unrealised of them, and the trade that realises them
  drivers     ///< also the logarithmic mean that shares the change
};

/// The columns that terms are enough for.
constexpr ColumnSet columns_of(CellTerms terms) {
  if (terms == CellTerms::potential) return {column_potential};
  if (terms == CellTerms::levels)
    return {column_actual,     column_potential_now, column_potential, column_realized,
            column_unrealized, column_static,        column_dynamic,   column_overtrade};
  return ColumnSet::all();
}

struct AskedSums {
  ColumnSet pair = ColumnSet::all(), pair_sector = ColumnSet::all();
  ColumnSet exporter_product = ColumnSet::all(), market_product = ColumnSet::all();
  bool world = true;  ///< what cells are listed by: potential and unrealised of each exporter and product
  /// All columns by product may come as ProductSums, without what is nothing: the processor's backend then keeps no others.
  bool sparse = false;

  bool any_pair() const { return !pair.empty() || !pair_sector.empty(); }
  bool any_exporter() const { return !exporter_product.empty() || world; }

  CellTerms terms() const {
    const ColumnSet all = pair | pair_sector | exporter_product | market_product;
    if (!all.within(columns_of(CellTerms::levels))) return CellTerms::drivers;
    return world || !all.within(columns_of(CellTerms::potential)) ? CellTerms::levels : CellTerms::potential;
  }
};

}  // namespace potentia
