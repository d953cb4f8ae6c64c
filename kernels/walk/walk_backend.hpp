// A backend that walks: tables and sums on a device, lists and dense tiles on the host from the same tables.
#pragma once

#include <omp.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cpu/cell_row.hpp"
#include "kernels/cpu/group_cells.hpp"
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

  void load(std::shared_ptr<const Problem> problem, const SumPieces& sum_pieces) override {
    problem_ = std::move(problem);
    flows_ = WalkFlows<Device>(*problem_);
    tables_ = WalkTables<Device>(*problem_, flows_.lookup(), sum_pieces);
    host_tables_ = tables_.to_host(*problem_);
    host_tables_.bind(*problem_);
    column_product_ = products_by_column(*problem_);
    check_interrupted();
  }

  void unload() override {
    problem_ = nullptr;
    flows_ = {};
    tables_ = {};
    host_tables_ = {};
    this->forget_totals();
  }

  Factors factors() const override { return export_factors(*problem_, host_tables_, threads_); }

  const Tables& tables() const override { return host_tables_; }

  std::int32_t segments() const override { return static_cast<std::int32_t>(tables_.host_segments().size()); }

  PartialSums begin(const Rows& rows, const AskedSums& asked = {}) const override {
    AskedSums columns = asked;
    columns.sparse = false;  // walkers write whole tables
    return begin_sums(*problem_, host_tables_.view, rows, columns);
  }

  /// All on the device, the sums of pairs too.
  Margins evaluate(const Rows& rows, const ProgressSink& progress, const AskedSums& asked = {}) override {
    if (progress) progress("cells", 0, 1);
    PartialSums sums = begin(rows, asked);
    WalkMargins<Device> walk(*problem_, sums);
    walk.run(*problem_, tables_, flows_.lookup(), 0, segments());
    if (progress) progress("cells", 1, 1);
    check_interrupted();
    walk.products_to_host(*problem_, tables_.host_segments(), sums);
    Margins margins = finish_share(std::move(sums));
    if (asked.any_pair()) walk.pairs_to_host(tables_, problem_->sectors, margins);
    return margins;
  }

  /// A device takes all of them in one go; what the sink says is heard afterwards.
  std::int32_t evaluate_segments(std::int32_t first, std::int32_t last, PartialSums& sums, const SegmentSink& committed,
                                 const ProgressSink& progress) override {
    if (progress) progress("cells", 0, 1);
    WalkMargins<Device> walk(*problem_, sums);
    walk.run(*problem_, tables_, flows_.lookup(), first, last);
    if (progress) progress("cells", 1, 1);
    check_interrupted();
    walk.products_to_host(*problem_, tables_.host_segments(), sums);
    std::vector<double> own(sums.asked.any_pair() ? sums.exporters.size() * sums.terms.row_size() : 0);
    for (std::int32_t s = first; s < last; ++s) {
      const Segment& segment = tables_.host_segments()[s];
      if (sums.asked.any_pair()) {
        walk.segment_to_host(sums.terms, s, own.data());
        sums.pairs.add(problem_->first_segment + s, segment.sector, starts_sector(*problem_, segment), own.data(), own.size());
      }
      const AfterSegment then = committed ? committed(s) : AfterSegment::go_on;
      if (then != AfterSegment::go_on) sums.pairs.close();
      if (then == AfterSegment::stop) return s + 1;
    }
    return last;
  }

  CellList list_cells(const Rows& rows, const ListingRule& rule, const ProgressSink&) override {
    return potentia::list_cells(*problem_, host_tables_, this->world_, rows, rule, threads_);
  }

  void pair_cells(std::int32_t exporter, std::int32_t market, double* out) const override {
    potentia::pair_cells(*problem_, host_tables_, exporter, market, out);
  }

  void group_cells(const std::vector<std::int32_t>& exporters, const std::vector<std::int32_t>& markets,
                   double* out) const override {
    potentia::group_cells(*problem_, host_tables_, exporters, markets, threads_, out);
  }

  void dense_tile(Column column, std::int32_t exporter, std::int32_t first, std::int32_t count,
                  float* out) const override {
    potentia::dense_tile(*problem_, host_tables_, column_product_, column, exporter, first, count, out);
  }

protected:
  std::int32_t sectors() const override { return problem_->sectors; }

private:
  int threads_;
  std::shared_ptr<const Problem> problem_;
  WalkFlows<Device> flows_;
  WalkTables<Device> tables_;
  Tables host_tables_;
  std::vector<std::int32_t> column_product_;
};

}  // namespace potentia
