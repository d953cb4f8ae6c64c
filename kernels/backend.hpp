// A backend evaluates the whole world's cells: on the processor's cores or on a CUDA device, to the same bits.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernels/asked.hpp"
#include "kernels/partial_sums.hpp"
#include "kernels/problem.hpp"

namespace potentia {

struct Tables;  // kernels/tables.hpp

/// Called now and then from the calling thread: name of the stage, units done, units in all.
using ProgressSink = std::function<void(const char* stage, std::uint64_t done, std::uint64_t total)>;

/// Which cells are evaluated. An empty list means all countries; otherwise ascending country indices.
struct Rows {
  std::vector<std::int32_t> exporters;
  std::vector<std::int32_t> markets;
};

/// What is listed of the cells, see `[cells]` in the settings.
struct ListingRule {
  std::int64_t top = 500;                  ///< largest unrealised cells of each exporter, 0 = all that qualify
  bool thresholds = true;                  ///< ITC's reporting thresholds
  double product_minimum = 200000.0;       ///< USD: a product with at least this potential to the world qualifies
  double product_coverage = 0.95;          ///< … or one that starts below this share of the exporter's total
  double cell_minimum = 10000.0;           ///< USD: smallest potential of a listed cell
  /// Lists more than that, because an exporter's other products are not here: also what may turn out to qualify.
  bool provisional = false;
};

/// What is to happen after a segment has been added to the sums.
enum class AfterSegment { go_on, close, stop };

/// Called after each segment, in ascending order, one call at a time, from any thread. Until then columns of later
/// segments say nothing; from then on the segment's columns do not change any more, nor do, after `close`, the pieces
/// collected so far.
using SegmentSink = std::function<AfterSegment(std::int32_t segment)>;

class Backend {
public:
  virtual ~Backend() = default;

  virtual std::string name() const = 0;    ///< "cpu" or "cuda"
  virtual std::string device() const = 0;  ///< the processor or card, in words
  virtual int threads() const = 0;         ///< worker threads, 0 where that says nothing

  /// Computes every factor table of the problem and keeps it until the next one is loaded.
  /// @param sum_pieces adds up over products where the problem is a run of a larger one; empty = it is the whole
  /// @throws Error(resources) when the tables do not fit
  virtual void load(std::shared_ptr<const Problem> problem, const SumPieces& sum_pieces = {}) = 0;

  /// Forgets the loaded problem and its tables.
  virtual void unload() = 0;

  /// Factor tables of the loaded problem, in the order of its `product_column`.
  virtual Factors factors() const = 0;

  /// The tables behind them, in host memory, for what is evaluated beside the backend (variants). They live until the
  /// next problem is loaded.
  virtual const Tables& tables() const = 0;

  /// Sums of cells. Rows of `margins` follow `rows`; what a restriction would leave partial has empty columns
  /// (market_product under chosen exporters, exporter_product under chosen markets), and so has what is not asked for.
  virtual Margins evaluate(const Rows& rows, const ProgressSink& progress, const AskedSums& asked = {});

  /// The same in steps: an evaluation of which nothing is done yet …
  virtual PartialSums begin(const Rows& rows, const AskedSums& asked = {}) const = 0;
  /// … the segments [first, last) of the loaded problem, in ascending order of calls …
  /// @return one behind the last segment that was added: less than `last` if the sink said stop
  virtual std::int32_t evaluate_segments(std::int32_t first, std::int32_t last, PartialSums& sums,
                                         const SegmentSink& committed, const ProgressSink& progress) = 0;
  /// … and its end, once all segments have been added; the totals of exporters stay here for `list_cells`.
  Margins finish(PartialSums sums);
  /// The end where other processes hold the other products: margins of pairs are left empty.
  Margins finish_share(PartialSums sums);

  /// Segments of the loaded problem.
  virtual std::int32_t segments() const = 0;

  /// The cells that `rule` lists, of the exporters and markets in `rows`: a slice of the full list, since qualification
  /// and rank are judged on all markets. Needs a finished evaluation of the same exporters, asked for their `world`.
  /// `market` and `product` of the list count along `rows.markets` and the product columns.
  virtual CellList list_cells(const Rows& rows, const ListingRule& rule, const ProgressSink& progress) = 0;

  /// All twelve columns of every cell of one pair (country indices): out[c * products + product column], USD.
  /// May be called from several threads at once.
  virtual void pair_cells(std::int32_t exporter, std::int32_t market, double* out) const = 0;

  /// The same of all pairs of two groups (country indices) together: cells of a market are added up in the order of the
  /// exporters, and markets in their order. out[c * products + product column], USD.
  virtual void group_cells(const std::vector<std::int32_t>& exporters, const std::vector<std::int32_t>& markets,
                           double* out) const = 0;

  /// One value column of one exporter (country index) as float32 [market][product column], for all markets and the
  /// product columns [first, first + count). May be called from several threads at once.
  virtual void dense_tile(Column column, std::int32_t exporter, std::int32_t first, std::int32_t count,
                          float* out) const = 0;

protected:
  void forget_totals() { world_ = {}; }
  virtual std::int32_t sectors() const = 0;  ///< of the loaded problem
  WorldTotals world_;                        ///< of the last evaluation
};

enum class BackendChoice { automatic, cpu, cuda };

struct BackendInfo {
  std::string name;    ///< "cpu" or "cuda"
  bool available = false;
  std::string detail;  ///< device in words, or why it is not available
};

/// Every backend this program knows, available or not.
std::vector<BackendInfo> list_backends();

/// @param threads worker threads of the CPU backend, 0 = all cores this process may use
/// @param place number of this process among those of its machine: of several devices each takes another
/// @throws Error(backend) when the choice is not available; `automatic` falls back to the CPU
std::unique_ptr<Backend> make_backend(BackendChoice choice, int threads, int place = 0);

}  // namespace potentia
