// What many draws of a world come to, as draws.h5 holds it.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "io/result/solution.hpp"
#include "io/uncertainty.hpp"
#include "kernels/buffer.hpp"
#include "kernels/problem.hpp"

namespace potentia {

/// The figures of which statistics are kept.
inline constexpr std::array<Column, 5> drawn_columns = {column_potential_now, column_potential, column_unrealized,
                                                        column_static, column_dynamic};
inline constexpr std::array<double, 5> draw_probabilities = {0.05, 0.25, 0.50, 0.75, 0.95};

/// Statistics of each entry of a table, for each of `drawn_columns`.
struct DrawTable {
  std::array<Buffer<double>, drawn_columns.size()> mean, sd;    ///< [entry]
  std::array<Buffer<double>, drawn_columns.size()> quantile;    ///< [probability, entry]
};

/// Sobol' indices of unrealised potential by group of inputs, NaN where it does not vary.
struct Sensitivity {
  struct Table {
    Buffer<double> first, total, first_error, total_error;  ///< [group, entry]
  };
  std::vector<DrawGroup> groups;  ///< that vary; none = not asked for
  Table pair;                     ///< entries [exporter, market]
  Table exporter;                 ///< entries [exporter], of its pairs together
};

/// Tables have rows for exporters [first_exporter, last_exporter), but for those along `list`: a process's share, or all.
struct DrawsResult {
  std::uint32_t draws = 0;
  std::uint64_t seed = 1;
  Uncertainty uncertainty;                  ///< as used: groups that this world cannot vary are off
  Axes axes;                                ///< all countries
  std::int32_t first_exporter = 0, last_exporter = 0;
  std::pair<std::int32_t, std::int32_t> own{0, 0};  ///< exporters that this process evaluated, [first, last)
  DrawTable pair;                           ///< [exporter, market]
  DrawTable pair_sector;                    ///< [exporter, market, sector]
  DrawTable exporter_product;               ///< [exporter, product]
  CellList list;                            ///< the baseline's listed cells
  DrawTable cells;                          ///< [cell of `list`]
  std::vector<double> in_top10, in_top50;   ///< [cell of `list`] share of draws
  Sensitivity sensitivity;
  std::vector<Notice> notices;
};

}  // namespace potentia
