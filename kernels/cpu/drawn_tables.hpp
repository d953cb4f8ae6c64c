// The tables of one problem over a few products, from groundwork: no flow is looked at and no logarithm taken, so that
// they cost a power an entry. To the bits of compute_tables().
#pragma once

#include <cstdint>

#include "kernels/cpu/flow_ground.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Working memory; one for each problem that is evaluated side by side.
class DrawnTables {
public:
  /// @param drawn products as in the ground's problem, with other growth or elasticities
  /// @param ease [exporter][stride]
  void start(const FlowGround& ground, const Problem& drawn, const double* ease);

  /// Products [first, last) of the ground, counted from `first` in the view.
  void fill(std::int32_t first, std::int32_t last);

  /// What levels of cells need (cell_at.hpp, level_at); without what explains their growth.
  const TableView& view() const { return view_; }
  const double* ease() const { return view_.ease; }

private:
  void fill_product(std::int32_t product, std::int64_t row);

  const FlowGround* ground_ = nullptr;
  const Problem* problem_ = nullptr;
  Buffer<double> income_high_, income_low_;  ///< [market] ln(G / P)
  Buffer<double> supply_now_, supply_, demand_, pull_now_, access_;
  Buffer<double> powers_;  ///< of one product: two for each tariff market
  TableView view_{};
};

}  // namespace potentia
