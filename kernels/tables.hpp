// Every table that the cell loops read, and the vectors behind them.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "kernels/buffer.hpp"
#include "kernels/cell.hpp"
#include "kernels/problem.hpp"
#include "kernels/sums.hpp"

namespace potentia {

/// Pointers to the tables, on the host or on a device. [product][country] and [exporter][market] rows have length
/// `stride`, a multiple of eight; entries beyond the last country are 0, or infinite in the distance tables.
struct TableView {
  std::int32_t countries, stride, products, sectors, tariff_rows;
  bool income_by_product;              ///< log_income is [product][market], otherwise [market]

  const double* exports;               ///< [product][exporter] x_ik
  const double* imports;               ///< [product][market] m_jk, the demand of now
  const double* supply_now;            ///< [product][exporter]
  const double* supply;
  const double* demand;                ///< [product][market]
  const double* pull_now;              ///< [product][market]; the same memory as `imports` without tariffs
  const double* pull;                  ///< the same memory as `demand` without tariffs
  const double* log_pull;              ///< null without tariffs
  const double* typical;               ///< [product][market] km
  const double* inverse_typical;

  const double* distance;              ///< [exporter][market] km, infinite where unknown or not wanted
  const double* inverse_distance;
  const double* ease;                  ///< [exporter][market]

  const double* log_gdp_growth;        ///< [exporter] ln G
  const double* log_share_shift;       ///< [product] ln(Σ x / Σ x G)
  const double* log_population;        ///< [market] ln P
  const double* log_income;            ///< ε ln(G / P)

  const double* access;                ///< [product][row]
  const double* log_cost;              ///< [product][row]
  const std::int32_t* row_now;         ///< [exporter][market], no padding; null without tariffs
  const std::int32_t* row_horizon;

  PT_HD SupplyPoint supply_point(std::int64_t product, std::int64_t exporter) const {
    const std::int64_t at = product * stride + exporter;
    return {supply_now[at], supply[at], log_gdp_growth[exporter] + log_share_shift[product]};
  }
};

/// A table that variants of a world have in common.
template <class T>
class SharedBuffer {
public:
  SharedBuffer() = default;
  SharedBuffer(Buffer<T> buffer) : buffer_(std::make_shared<Buffer<T>>(std::move(buffer))) {}
  T* data() noexcept { return buffer_ ? buffer_->data() : nullptr; }
  const T* data() const noexcept { return buffer_ ? buffer_->data() : nullptr; }
  std::size_t size() const noexcept { return buffer_ ? buffer_->size() : 0; }

private:
  std::shared_ptr<Buffer<T>> buffer_;
};

/// The tables in host memory.
struct Tables {
  std::vector<Segment> segments;
  SharedBuffer<std::uint32_t> row_begin;  ///< [product][exporter + 1] flows of a row, counted from the product's first
  Buffer<double> exports, imports, supply_now, supply, demand, pull_now, pull, log_pull, typical, inverse_typical;
  Buffer<double> distance, inverse_distance, ease;
  std::vector<double> log_gdp_growth, log_share_shift, log_population;
  Buffer<double> log_income;
  Buffer<double> access, log_cost;
  std::vector<std::uint8_t> tariff_change;     ///< [product] whether some cell's access changes until the horizon
  std::vector<std::int32_t> tariff_markets;    ///< markets for which some exporter has a row, ascending
  TableView view{};

  /// Points `view` at the buffers above.
  void bind(const Problem& problem);
};

inline std::int32_t padded(std::int32_t countries) { return (countries + sum_lanes - 1) / sum_lanes * sum_lanes; }

/// σ of the horizon: the problem's own but in variants. For rows of rates, first_horizon_row() is where it begins.
inline const double* sigma_horizon(const Problem& problem) {
  return problem.tariffs.sigma_horizon != nullptr ? problem.tariffs.sigma_horizon : problem.sigma;
}
inline std::int32_t first_horizon_row(const Problem& problem) {
  return problem.tariffs.sigma_horizon != nullptr ? problem.tariffs.first_horizon_row : problem.tariffs.rows;
}

/// First flow of every (product, exporter), counted from the product's first; see Tables::row_begin.
Buffer<std::uint32_t> row_begins(const Problem& problem);

/// Whether a segment is the first of its sector.
inline bool starts_sector(const Problem& problem, const Segment& segment) {
  return segment.first == problem.sector_begin[segment.sector] && !(segment.first == 0 && problem.begins_inside_sector);
}

/// Whether all income elasticities are one number, so that ln(income) is a property of the market alone.
bool uniform_elasticity(const Problem& problem);

/// Which markets have tariffs, for the list `tariff_markets`.
void find_tariff_markets(const Problem& problem, Tables& tables);

/// Which products see some tariff change between the vintages, from the tables `log_pull` and `log_cost`.
void find_tariff_changes(const Problem& problem, Tables& tables);

/// Factor tables as the result shows them: [country, product column], unpadded.
Factors export_factors(const Problem& problem, const Tables& tables, int threads);

}  // namespace potentia
