// Sums of an evaluation under way: what the segments of products evaluated so far add up to, wherever the rest is
// evaluated (later, by another process, on another machine).
//
// Segments of a sector are added one after the other (sums.hpp). Whoever begins in the middle of a sector cannot add the
// sector's first segments to each other, because what comes before them is missing: they stay pieces of their own until
// somebody has all of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "kernels/asked.hpp"
#include "kernels/buffer.hpp"
#include "kernels/problem.hpp"
#include "kernels/product_sums.hpp"
#include "kernels/sums.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Sums of pairs over a run of segments of one sector.
struct PairPiece {
  std::int32_t segment = 0;  ///< the first of the run, by its number in the whole world
  std::int32_t sector = 0;
  bool continues = false;    ///< the sector has segments before this one
  Buffer<double> sums;       ///< of whatever is summed; tables of [exporter][…][padded market]
};

/// Collects sums segment by segment, in ascending order.
class PairPieces {
public:
  PairPieces() = default;
  /// @param segments how many will come at most: pieces stay where they are in memory while more are added
  explicit PairPieces(std::size_t segments) { pieces_.reserve(segments); }

  /// @param own the segment's sums; @param starts_sector whether it is its sector's first
  void add(std::int32_t segment, std::int32_t sector, bool starts_sector, const double* own, std::size_t size);
  /// The same; sums that begin a piece become it, and `own` is empty then.
  void add(std::int32_t segment, std::int32_t sector, bool starts_sector, Buffer<double>& own);
  /// What comes next is not added to what is there: somebody is going to look at that.
  void close() { open_ = false; }

  const std::vector<PairPiece>& list() const { return pieces_; }
  std::vector<PairPiece> take() { return std::move(pieces_); }
  void put(PairPiece piece) { pieces_.push_back(std::move(piece)); }

private:
  /// Whether the next sums are added to the last piece.
  bool follows(bool starts_sector) const {
    return open_ && !starts_sector && !pieces_.empty() && !pieces_.back().continues;
  }
  std::vector<PairPiece> pieces_;
  bool open_ = false;
};

/// Adds pieces of a sector to the one before them, in the order of their segments, wherever the sector's beginning is
/// there: of a whole world one piece a sector is left.
void fold_pieces(std::vector<PairPiece>& pieces);

/// total[at] = Σ over sectors, one after the other, of the sector's sums. @param pieces folded, of the whole world
void add_sectors(const std::vector<PairPiece>& pieces, std::size_t size, double* total);

/// Σ over all products of the sums whose pieces this process has: folds them with those of the others.
/// @param total [size], the same in every process
using SumPieces = std::function<void(std::vector<PairPiece> own, std::size_t size, double* total)>;

/// By `others`, or of the pieces here where that is empty.
void sum_all(std::vector<PairPiece> pieces, std::size_t size, const SumPieces& others, double* total);

/// Per evaluated exporter and product, over all markets: what the reporting thresholds are judged on, and a bound on
/// the largest unrealised cell of a row. Filled whatever markets are written, unless not asked for.
struct WorldTotals {
  std::vector<std::int32_t> exporters;  ///< country indices, ascending
  Buffer<double> potential;             ///< [exporters, product column]
  Buffer<double> unrealized;            ///< [exporters, product column]
  std::shared_ptr<const ProductSums> sums = nullptr;  ///< has them instead, where it is kept

  /// One exporter's totals. @param column potential or unrealized; @param room for them, where they must be put together
  const double* row(Column column, std::size_t row, std::size_t products, std::vector<double>& room) const;
};

/// What turns sums of pairs into value columns, without the tables that they came from.
struct PairTerms {
  std::int32_t countries = 0;
  bool tariffs = false, income_by_product = false;
  CellTerms cells = CellTerms::drivers;
  std::vector<double> log_population;  ///< [padded market]
  std::vector<double> log_income;      ///< [padded market], empty where it differs between products

  static PairTerms of(const TableView& view, CellTerms cells = CellTerms::drivers);
  /// A view with these terms and no tables.
  TableView view() const;

  // One exporter's row of a piece is [padded market / 8][slot][8]: what a cell adds to lies side by side.
  std::size_t slots() const;
  std::size_t row_size() const;  ///< in doubles
  std::size_t place(std::size_t slot, std::size_t market) const {
    return (market / sum_lanes * slots() + slot) * sum_lanes + market % sum_lanes;
  }
};

/// An evaluation under way. Tables have rows for the listed countries.
struct PartialSums {
  std::vector<std::int32_t> exporters, markets;  ///< country indices, ascending
  AskedSums asked;                               ///< what is not asked for stays empty
  bool by_exporter_product = true;               ///< false under chosen markets, or where it is not asked for
  bool by_market_product = true;                 ///< false under chosen exporters, likewise
  PairTerms terms;
  PairPieces pairs;                              ///< [exporter], rows as PairTerms says
  Margin exporter_product, market_product;       ///< columns of products not yet evaluated are not set
  std::shared_ptr<ProductSums> exporter_sums, market_sums;  ///< instead of them where asked for (AskedSums::sparse), or null
  WorldTotals world;                             ///< likewise
};

/// Sums of pairs of a finished evaluation by sector, folded, of the whole world: null where a sector has no product.
std::vector<const double*> sums_by_sector(const std::vector<PairPiece>& pieces, std::int32_t sectors);

/// The sums behind one pair's value columns.
/// @param view of these terms; @param row an exporter's row of a piece
CellSums sums_of_pair(const PairTerms& terms, const TableView& view, const double* row, std::int32_t market);

/// The margins of pairs of a finished evaluation.
/// @param pieces folded, of the whole world; @param sectors of the world
void write_pair_margins(const PairTerms& terms, const std::vector<PairPiece>& pieces, std::int32_t sectors,
                        const std::vector<std::int32_t>& exporters, const std::vector<std::int32_t>& markets, int threads,
                        Margins& margins, const AskedSums& asked = {});

/// Room for the columns asked for.
void make_columns(Margin& margin, std::size_t size, ColumnSet asked = ColumnSet::all());

/// Writes one entry of every column that there is room for.
void write_columns(Margin& margin, std::size_t at, const CellSums& sums);

}  // namespace potentia
