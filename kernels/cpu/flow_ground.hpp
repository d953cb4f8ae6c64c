// What the flows and tariffs of a world alone determine: groundwork for any number of problems that differ from each
// other in growth, elasticities and ease of trade, whose tables follow without a look at the flows and without a
// logarithm.
#pragma once

#include <cstdint>
#include <memory>

#include "kernels/buffer.hpp"
#include "kernels/country_tables.hpp"
#include "kernels/cpu/compute_tables.hpp"
#include "kernels/problem.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Logarithms as double-doubles: powers of the same number to many exponents (real_math.hpp, power_of_log).
struct LogTable {
  Buffer<double> high, low;
};

class FlowGround {
public:
  /// Takes the flows of a problem; may be called again with another one, which then uses the same memory, and, where it
  /// is the same segment of the same world, what its rates came to.
  /// @param problem baseline or drawn, no variant; its arrays are looked at until the next call
  /// @param country its distances, kept; the same object says that countries and their rows of tariffs are the same
  /// @throws Error(resources), Error(interrupted)
  /// @param sums_only leaves typical distances and all that tables are made of: exports, imports and trade of pairs are
  /// there
  void take(const Problem& problem, std::shared_ptr<const CountryTables> country, int threads, bool sums_only = false);

  const Problem& problem() const { return *problem_; }
  const CountryTables& country() const { return *country_; }
  /// Only what follows from flows is there: exports, imports, typical distances, where rows of flows begin, tariff
  /// markets.
  const Tables& tables() const { return tables_; }
  std::int64_t stride() const { return stride_; }
  std::int64_t tariff_markets() const { return static_cast<std::int64_t>(tables_.tariff_markets.size()); }
  /// [exporter][stride] Σ v of the products taken; with one thread only
  const double* traded() const { return traded_.data(); }
  const double* world_exports() const { return sums_.world_exports.data(); }

  const double* share_now() const {
    return share_now_.data();
  }  ///< [product][exporter] x / Σ x, 0 where nothing is sold
  const double* correction() const { return correction_.data(); }  ///< [product][exporter] min(1, x / m)
  // Without tariffs the rest is empty.
  const LogTable& log_relative_cost() const {
    return log_relative_cost_;
  }  ///< [product][exporter] ln((1 + t̄_ik) / (1 + t̄_k))
  const LogTable& log_cost_now() const { return log_cost_now_; }  ///< [product][tariff market] ln(1 + t̄_jk)
  const LogTable& log_cost_horizon() const { return log_cost_horizon_; }
  const LogTable& log_rate() const { return log_rate_; }  ///< [product][row] ln(1 + t)

private:
  void allocate();
  void take_products(int threads, bool sums_only, bool same_rates);
  void take_product(std::int32_t product, double* traded, bool sums_only, bool same_rates);

  const Problem* problem_ = nullptr;
  std::shared_ptr<const CountryTables> country_;
  std::int64_t stride_ = 0;
  std::int32_t rates_segment_ = -1, rates_products_ = 0;  ///< whose rates are there
  Tables tables_;
  FlowSums sums_;
  Buffer<double> duty_paid_, duty_paid_now_, duty_paid_horizon_;  ///< of sums_
  Buffer<double> traded_, share_now_, correction_;
  LogTable log_relative_cost_, log_cost_now_, log_cost_horizon_, log_rate_;
};

}  // namespace potentia
