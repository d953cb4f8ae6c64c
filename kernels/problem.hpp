// What a backend is given and what it gives back: plain tables.
//
// Index names: exporter i and market j are countries 0..countries-1; product k is 0..products-1, the in-scope traded
// products sorted by (sector, code), so that a sector is one run of products.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/buffer.hpp"

namespace potentia {

/// The value columns of every margin and of the list of cells, in the order in which they are written.
enum Column : int {
  column_actual = 0,
  column_potential_now,
  column_potential,
  column_realized,
  column_unrealized,
  column_static,
  column_dynamic,
  column_overtrade,
  column_change_supply,
  column_change_population,
  column_change_income,
  column_change_tariff,
  column_count
};

enum class Ease { trade_share, calibrated };

/// Base-period trade. Flows of product k are [product_begin[k], product_end[k]) of the three arrays, sorted by
/// (exporter, market). The arrays may hold further products that nobody asks about.
struct FlowView {
  const std::uint64_t* product_begin = nullptr;  ///< [products]
  const std::uint64_t* product_end = nullptr;    ///< [products]
  const std::uint16_t* exporter = nullptr;
  const std::uint16_t* market = nullptr;
  const double* value = nullptr;                 ///< USD of the base period
  std::uint64_t flows = 0;                       ///< length of the three arrays
};

/// Effective tariffs: one row of rates per (schedule, set of regimes), and which row an exporter faces in a market.
struct TariffView {
  std::int32_t rows = 0;                        ///< 0 = no tariffs at all
  const double* rate = nullptr;                 ///< [rows, products] ad-valorem fraction
  const std::int32_t* row_now = nullptr;        ///< [exporter, market], -1 = no tariff known (rate 0)
  const std::int32_t* row_horizon = nullptr;    ///< [exporter, market]

  // Of variants alone; see METHOD.md, "Variants".
  const double* multiplier = nullptr;           ///< [rows, products] ≥ 0: what it multiplies a cell's potential by; null = 1
  const double* sigma_horizon = nullptr;        ///< [products] σ of the horizon; null = the problem's own
  std::int32_t first_horizon_row = 0;           ///< rows from here on have `sigma_horizon`, if there is one
};

/// Everything a backend needs. All pointers are to host memory that outlives the backend's use of it.
struct Problem {
  std::int32_t countries = 0;
  std::int32_t products = 0;
  std::int32_t sectors = 0;
  const std::int32_t* sector_begin = nullptr;    ///< [sectors + 1] first product of each sector
  const std::int32_t* product_column = nullptr;  ///< [products] column of product k in every table given back
  FlowView flows;
  const double* distance = nullptr;              ///< [exporter, market] km, NaN = unknown
  const double* gdp_growth = nullptr;            ///< [countries] G: GDP(horizon) / GDP(base)
  const double* population_growth = nullptr;     ///< [countries] P
  const double* sigma = nullptr;                 ///< [products]
  const double* income_elasticity = nullptr;     ///< [products] if !elasticity_by_market, else [market, product]
  bool elasticity_by_market = false;
  TariffView tariffs;

  /// Where the problem is a run of segments of a larger one, whose other products another process has:
  std::int32_t first_segment = 0;           ///< number of its first segment in the whole
  bool begins_inside_sector = false;        ///< the sector of its first product has products before it
  bool elasticity_varies_elsewhere = false; ///< some product of the whole has another income elasticity than the first

  Ease ease = Ease::trade_share;
  bool distance_fit = true;
  bool net_importer_correction = true;

  const double* ease_given = nullptr;            ///< [exporter, market] replaces what trade says, NaN = does not; null = nowhere
};

/// Factor tables; product k is column `product_column[k]`.
struct Factors {
  Buffer<double> exports;                        ///< [exporter, product] x_ik, USD
  Buffer<double> imports;                        ///< [market, product] m_jk, USD
  Buffer<double> supply_now, supply;             ///< [exporter, product] plain numbers
  Buffer<double> demand_now, demand;             ///< [market, product] USD
  Buffer<double> typical_distance;               ///< [market, product] km, NaN where no supplier's distance is known
  Buffer<double> ease;                           ///< [exporter, market]
};

/// One table of sums: a buffer per column, all of the same shape.
struct Margin {
  std::array<Buffer<double>, column_count> columns;
};

struct Margins {
  Margin pair;              ///< [exporter, market]
  Margin pair_sector;       ///< [exporter, market, sector]
  Margin exporter_product;  ///< [exporter, product]
  Margin market_product;    ///< [market, product]
};

/// The listed cells, exporter-major, largest unrealised first; ties by (market, product).
struct CellList {
  std::vector<std::uint64_t> offsets;            ///< [exporters + 1]
  std::vector<std::int32_t> market;              ///< [cells]
  std::vector<std::int32_t> product;             ///< [cells]
  std::array<std::vector<double>, column_count> columns;
};

}  // namespace potentia
