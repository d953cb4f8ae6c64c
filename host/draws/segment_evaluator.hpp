// All draws of one segment of products and of a block of exporters: who evaluates them, and where their values go.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "host/draws/draw_inputs.hpp"
#include "host/draws/draw_values.hpp"
#include "host/draws/listed_cells.hpp"
#include "host/draws/segment_trade.hpp"
#include "kernels/cpu/flow_ground.hpp"

namespace potentia {

/// Exporters [first, last), and which of their pairs trade.
struct ExporterBlock {
  std::int32_t first = 0, last = 0;
  struct Pair {
    std::int32_t exporter, market;
  };
  std::vector<Pair> pairs;

  ExporterBlock(const DrawInputs& inputs, std::int32_t begin, std::int32_t end);
};

/// One segment of a draw as a problem of its own, with the draw's ease and trade.
struct DrawnShare {
  std::shared_ptr<Problem> problem;
  std::vector<double> ease, traded;  ///< what it looks into
  std::shared_ptr<const Problem> whole;

  /// @param trade of the segment; null where it does not vary
  DrawnShare(DrawInputs& inputs, std::size_t draw, std::int32_t segment, const SegmentTrade* trade);
};

/// Where the values of a segment go. Nobody else writes to the places of a draw.
struct SegmentValues {
  SegmentValues(ListedCells& of_cells, DrawValues& of_pairs) : pairs(of_pairs), listed(of_cells) {}
  /// From now on a segment's.
  void start(const DrawInputs& inputs, const ExporterBlock& block, std::int32_t number);

  std::int32_t segment = 0;
  bool starts_sector = true;            ///< otherwise sums of pairs are added to those of the sector's segments before
  std::unique_ptr<SegmentTrade> trade;  ///< null where it does not vary
  /// What a block's exporter sells of the segment: the entries of `products`.
  struct Sale {
    std::int32_t exporter, product;  ///< product counts within the segment
  };
  std::vector<Sale> sales;
  std::vector<std::int64_t> place;  ///< [exporter from the block's first][product] of a sale in a draw's values
  DrawValues products, cells;
  DrawValues& pairs;  ///< [pair of the block]
  ListedCells& listed;
};

/// Working memory of one thread.
class SegmentEvaluator {
public:
  virtual ~SegmentEvaluator() = default;
  /// How many draws it likes to have at once.
  virtual std::size_t at_once() const = 0;
  /// Draws [first, last).
  virtual void evaluate(SegmentValues& values, std::size_t first, std::size_t last) = 0;
};

/// On the processor, from groundwork that all draws share (kernels/cpu/drawn_cells.hpp).
/// @param ground of the baseline, whole
std::unique_ptr<SegmentEvaluator> make_cell_evaluator(DrawInputs& inputs, const FlowGround& ground,
                                                      const ExporterBlock& block);

/// On any backend, which takes the problem of each draw by itself.
/// @param backend of one thread
std::unique_ptr<SegmentEvaluator> make_backend_evaluator(DrawInputs& inputs, Backend& backend,
                                                         const ExporterBlock& block);

}  // namespace potentia
