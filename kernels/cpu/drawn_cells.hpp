// Levels of cells (potential now and at the horizon, unrealised, static) of several problems on the same flows: what a
// cell reads of flows and distances is read once for all of them, and tables are filled block by block, in the caches.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/cpu/drawn_tables.hpp"
#include "kernels/cpu/flow_ground.hpp"
#include "kernels/problem.hpp"
#include "kernels/sums.hpp"

namespace potentia {

/// The columns of sums, in the order in which they lie side by side.
enum LevelColumn { level_now, level_potential, level_unrealized, level_static, level_columns };

/// A single cell. @param product counts in the view
inline Cell<double> level_at(const TableView& view, std::int64_t product, std::int64_t exporter, std::int64_t market,
                             double access_now, double access, double actual) {
  const std::int64_t pair = exporter * view.stride + market, entry = product * view.stride + market;
  const double reach =
      distance_fit(view.distance[pair], view.inverse_distance[pair], view.typical[entry], view.inverse_typical[entry]) *
      view.ease[pair];
  const SupplyPoint supply{view.supply_now[product * view.stride + exporter],
                           view.supply[product * view.stride + exporter], 0.0};
  return evaluate_cell(supply, view.pull_now[entry], view.pull[entry], reach, access_now, access, 1.0, actual);
}

/// One of the problems: the ground's flows with growth, elasticities and ease of its own.
struct DrawnProblem {
  const Problem* problem;  ///< products as in the ground's problem
  const double* ease;      ///< [exporter][stride]
};

/// Where the sums over markets of one problem go.
struct ExporterSums {
  double* column[level_columns];
};

/// Working memory of one thread.
class DrawnCells {
public:
  /// Exporters [first, last).
  DrawnCells(std::int32_t first, std::int32_t last) : first_(first), last_(last) {}

  /// Sums over a run of products start at 0. What is passed must outlive the sums.
  /// @param pairs_only leaves out all but the unrealised potential of pairs
  void start(const FlowGround& ground, const std::vector<DrawnProblem>& problems, bool pairs_only);

  /// Called after each block of products with the number of a problem, its tables (products counted from `first`), and
  /// the products [first, last).
  using BlockSink = std::function<void(std::size_t, const TableView&, std::int32_t first, std::int32_t last)>;

  /// Adds products [first, last) of the ground, one after the other.
  /// @param sums [problems], empty with `pairs_only`
  /// @param place [exporter from the first][product from `first`] of what is sold, behind each column of `sums`
  void add(std::int32_t first, std::int32_t last, const std::vector<ExporterSums>& sums, const std::int64_t* place,
           const BlockSink& after);

  /// Sums of pairs so far: column c of exporter i and market j at place(i, j) + 8 c, or at place(i, j) with
  /// `pairs_only`.
  const double* pairs(std::size_t problem) const { return pairs_[problem].data(); }
  std::size_t place(std::int32_t exporter, std::int32_t market) const {
    return ((exporter - first_) * vectors_ + market / sum_lanes) * columns_ * sum_lanes + market % sum_lanes;
  }

private:
  void place_flows(std::int32_t product, std::int32_t exporter, double* actual) const;
  void fill_reach(const TableView& view, std::int32_t exporter);
  void fill_access(const TableView& view, std::int32_t exporter, bool both);
  void add_exporter(std::size_t problem, std::int32_t exporter, bool both, const ExporterSums* sums,
                    const std::int64_t* place);

  std::int32_t first_, last_;
  const FlowGround* ground_ = nullptr;
  bool pairs_only_ = false;
  std::size_t vectors_ = 0, columns_ = level_columns;
  std::vector<DrawnTables> tables_;    ///< [problem]
  std::vector<Buffer<double>> pairs_;  ///< [problem] [exporter][vector][column][8]
  std::vector<std::int32_t> sold_;     ///< some products that the exporter sells, from the block's first
  std::vector<std::uint8_t> moves_;    ///< [exporter] whether it faces other rows of tariffs at the horizon than now
  Buffer<double> reach_, actual_, access_now_, access_;  ///< [product sold][stride]
};

}  // namespace potentia
