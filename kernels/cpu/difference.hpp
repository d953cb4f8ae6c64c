// A scenario against its baseline, cell by cell, summed to pairs (METHOD.md, "Scenarios").
//
//   by instrument   L(EP, EP') · φ_n, where Σ_n φ_n = ln(EP'/EP) and L is their logarithmic mean      (instrument,
//   exporter, market) at risk         max(0, min(v, EP) − EP') (exporter, market)
//
// and the scenario's own value columns of the same pairs, in the order of sums that an evaluation of all markets has.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/cpu/flows_by_market.hpp"
#include "kernels/partial_sums.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// φ of each instrument: its part of the logarithm of every factor, as tables; their sum over the parts is a cell's.
struct InstrumentShares {
  std::int32_t instruments = 0;
  std::vector<double> exporter;  ///< [instrument][exporter]: of supply
  std::vector<double> product;   ///< [instrument][product]: of supply
  Buffer<double> market;  ///< [instrument][product][market], rows padded: population, income, the market's mean tariff
  std::int32_t classes = 0;            ///< of pairs that face the same costs under every set of instruments
  std::vector<double> own;             ///< [class][instrument][product]: the exporter's own costs and ease
  std::vector<std::int32_t> class_of;  ///< [exporter][market], -1 = nothing of its own

  /// Adds what an instrument does to one cell.
  double of(std::int32_t instrument, std::int64_t product, std::int64_t exporter_at, std::int64_t market_at,
            std::int64_t countries, std::int64_t stride, std::int64_t products) const;
};

/// Rows of markets are those that were asked for, ascending.
struct Difference {
  std::vector<std::int32_t> markets;
  Margin pair;                   ///< [exporter, market] of the scenario
  Margin pair_sector;            ///< [exporter, market, sector]
  Buffer<double> at_risk;        ///< [exporter, market] USD
  Buffer<double> by_instrument;  ///< [instrument, exporter, market] USD
};

/// How the sums of a run of segments lie in a piece. Slots are PairSlot, at risk, and the instruments.
/// Of few markets, cells are taken eight exporters at a time; of many, eight markets at a time, as in an evaluation.
struct DifferenceLayout {
  DifferenceLayout(std::int32_t of_countries, std::int32_t of_instruments, std::vector<std::int32_t> of_markets);

  std::int32_t countries, instruments;
  std::vector<std::int32_t> markets;  ///< ascending country indices, not empty
  bool by_market;                     ///< [market][slot][padded exporter], else [exporter][slot][8 · blocks]
  std::int64_t slots, width;
  std::vector<std::int32_t> blocks;  ///< first market of each, where by exporter
  std::vector<std::int64_t> column;  ///< [markets] place of each along the width, where by exporter

  std::size_t size() const;
  /// Slot 0 of a pair; slot s lies `width` · s behind it. @param m position among the markets
  std::size_t pair(std::int64_t exporter, std::int64_t m) const {
    return by_market ? m * slots * width + exporter : exporter * slots * width + column[m];
  }
};

/// Sums of the problem's segments: of a whole world a piece a sector.
/// @param problem the scenario's; @param base, tables of baseline and scenario
std::vector<PairPiece> sum_differences(const Problem& problem, const Tables& base, const Tables& tables,
                                       const InstrumentShares& shares, const DifferenceLayout& layout,
                                       FlowsByMarket& flows, int threads);

/// @param terms of the scenario; @param pieces folded, of the whole world; @param sectors of the world
Difference finish_differences(const DifferenceLayout& layout, const PairTerms& terms,
                              const std::vector<PairPiece>& pieces, std::int32_t sectors, int threads);

/// Both, where the problem is the whole world.
Difference evaluate_difference(const Problem& problem, const Tables& base, const Tables& tables,
                               const InstrumentShares& shares, const std::vector<std::int32_t>& markets,
                               FlowsByMarket& flows, int threads);

/// One cell's parts, USD: of each instrument, and at risk.
/// @param actual v; @param parts [instruments]
double cell_difference(const InstrumentShares& shares, const TableView& base, const TableView& view,
                       std::int64_t product, std::int64_t exporter, std::int64_t market, double actual, double* parts);

}  // namespace potentia
