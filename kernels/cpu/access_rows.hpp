// The access terms of exporters whose products are evaluated one after the other: which rows of rates an exporter faces
// is looked up once, not for every product.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "kernels/tables.hpp"

namespace potentia {

class AccessRows {
public:
  /// @param tables with tariffs or without; @param exporters country indices
  AccessRows(const Tables& tables, const std::vector<std::int32_t>& exporters) : view_(tables.view) {
    if (view_.tariff_rows == 0) return;
    begin_.push_back(0);
    for (const std::int32_t exporter : exporters) {
      const auto add = [&](bool known) {
        for (const std::int32_t market : tables.tariff_markets) {
          const std::int64_t at = exporter * std::int64_t{view_.countries} + market;
          const Duty duty{market, view_.row_now[at], view_.row_horizon[at]};
          if ((duty.row_now >= 0 && duty.row_horizon >= 0) == known) duties_.push_back(duty);
        }
        begin_.push_back(duties_.size());
      };
      add(true);
      add(false);
    }
  }

  bool empty() const { return view_.tariff_rows == 0; }

  /// No access terms. @param now,horizon,growth [stride]
  void reset(double* now, double* horizon, double* growth) const {
    std::fill_n(now, view_.stride, 1.0);
    std::fill_n(horizon, view_.stride, 1.0);
    std::fill_n(growth, view_.stride, 0.0);
  }

  /// Fills the entries of markets with tariffs, and leaves the others as reset() does.
  /// @param row position in the list of exporters; all products of one exporter before another's, or reset() between them
  /// @param growth may be null
  void fill(std::size_t row, std::int64_t product, double* now, double* horizon, double* growth) const {
    const double* const access = view_.access + product * view_.tariff_rows;
    const double* const log_cost = view_.log_cost + product * view_.tariff_rows;
    const double* const log_pull = view_.log_pull + product * view_.stride;
    const Duty* duty = duties_.data() + begin_[2 * row];
    const Duty* const end_of_known = duties_.data() + begin_[2 * row + 1];
    const Duty* const end = duties_.data() + begin_[2 * row + 2];
    if (growth == nullptr) {
      for (; duty < end_of_known; ++duty) {
        now[duty->market] = access[duty->row_now];
        horizon[duty->market] = access[duty->row_horizon];
      }
    }
    for (; duty < end_of_known; ++duty) {
      now[duty->market] = access[duty->row_now];
      horizon[duty->market] = access[duty->row_horizon];
      growth[duty->market] = log_pull[duty->market] - (log_cost[duty->row_horizon] - log_cost[duty->row_now]);
    }
    for (; duty < end; ++duty) {  // without a row nothing is known to be paid
      const auto of = [&](const double* table, std::int32_t number, double nothing) { return number < 0 ? nothing : table[number]; };
      now[duty->market] = of(access, duty->row_now, 1.0);
      horizon[duty->market] = of(access, duty->row_horizon, 1.0);
      if (growth != nullptr)
        growth[duty->market] = log_pull[duty->market] -
                               (of(log_cost, duty->row_horizon, 0.0) - of(log_cost, duty->row_now, 0.0));
    }
  }

private:
  struct Duty {
    std::int32_t market, row_now, row_horizon;
  };
  TableView view_;
  std::vector<Duty> duties_;         ///< exporter by exporter: where both rows are known, then the others
  std::vector<std::size_t> begin_;   ///< [exporter][2], and the end
};

}  // namespace potentia
