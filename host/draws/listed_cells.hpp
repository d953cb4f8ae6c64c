// The baseline's listed cells of a block of exporters in every draw: their values, and their places among themselves.
#pragma once

#include <cstdint>
#include <vector>

#include "host/draws/draw_values.hpp"
#include "kernels/problem.hpp"
#include "kernels/sums.hpp"
#include "kernels/tables.hpp"

namespace potentia {

class ListedCells {
public:
  /// @param list of the whole world; the block has the exporters [first, last)
  ListedCells(const Problem& whole, const CellList& list, const std::vector<Segment>& segments, std::size_t first,
              std::size_t last, std::size_t draws);

  std::size_t of_segment(std::size_t segment) const { return cells_[segment].size(); }
  /// Number in the list of the e-th cell of a segment.
  std::size_t place(std::size_t segment, std::size_t e) const { return cells_[segment][e].number; }

  /// Values of a segment's cells in a draw, those of products [first, last) of the segment. Different draws may be
  /// evaluated side by side.
  /// @param view tables in host memory whose products count from `first`
  /// @param flows of the draw, whose products count from the segment's first
  void evaluate(const TableView& view, const FlowView& flows, std::int32_t first, std::int32_t last,
                std::size_t segment, std::size_t draw, DrawValues& values);

  /// Sets, for the block's cells, the share of draws in which a cell is among the ten and fifty largest unrealised ones
  /// of its exporter, of those that the baseline lists; equals by their place in the list. Call it after the last
  /// segment.
  void add_ranks(std::vector<double>& in_top10, std::vector<double>& in_top50) const;

private:
  struct Cell {
    std::size_t number;                      ///< in the list
    std::int32_t exporter, market, product;  ///< product counts within the segment
    std::int64_t flow;                       ///< behind the product's first flow, -1 = nothing is traded
  };
  struct Ranked {
    double unrealized;
    std::size_t number;
  };
  static constexpr std::size_t longest = 50;

  std::vector<std::vector<Cell>> cells_;  ///< [segment] products ascending
  std::size_t first_, exporters_, draws_;
  std::vector<std::vector<Ranked>> top_;  ///< [draw, exporter of the block] largest first
};

}  // namespace potentia
