// A backend that walks: tables and sums on a device, lists and dense tiles on the host from the same tables.
#pragma once

#include <omp.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cpu/cell_row.hpp"
#include "kernels/cpu/listing.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/walk/walk_margins.hpp"

namespace potentia {

template <class Device>
class WalkBackend : public Backend {
public:
  /// @param threads host threads for what runs on the host, 0 = all cores this process may use
  explicit WalkBackend(int threads) : threads_(threads > 0 ? threads : omp_get_num_procs()) {}

  std::string name() const override { return Device::name(); }
  std::string device() const override { return Device::description(); }
  int threads() const override { return threads_; }

  void load(std::shared_ptr<const Problem> problem) override {
    problem_ = std::move(problem);
    flows_ = WalkFlows<Device>(*problem_);
    tables_ = WalkTables<Device>(*problem_, flows_.lookup());
    host_tables_ = tables_.to_host(*problem_);
    host_tables_.bind(*problem_);
    column_product_ = products_by_column(*problem_);
    check_interrupted();
  }

  Factors factors() const override { return export_factors(*problem_, host_tables_, threads_); }

  Margins evaluate(const Rows& rows, const ProgressSink& progress) override {
    if (progress) progress("cells", 0, 1);
    const WalkMargins<Device> margins(*problem_, tables_, flows_.lookup(), rows);
    if (progress) progress("cells", 1, 1);
    check_interrupted();
    return margins.to_host(*problem_, world_);
  }

  CellList list_cells(const Rows& rows, const ListingRule& rule, const ProgressSink&) override {
    return potentia::list_cells(*problem_, host_tables_, world_, rows, rule, threads_);
  }

  void pair_cells(std::int32_t exporter, std::int32_t market, double* out) const override {
    potentia::pair_cells(*problem_, host_tables_, exporter, market, out);
  }

  void dense_tile(Column column, std::int32_t exporter, std::int32_t first, std::int32_t count,
                  float* out) const override {
    potentia::dense_tile(*problem_, host_tables_, column_product_, column, exporter, first, count, out);
  }

private:
  int threads_;
  std::shared_ptr<const Problem> problem_;
  WalkFlows<Device> flows_;
  WalkTables<Device> tables_;
  Tables host_tables_;
  WorldTotals world_;
  std::vector<std::int32_t> column_product_;
};

}  // namespace potentia
