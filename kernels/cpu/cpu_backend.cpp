#include "kernels/cpu/cpu_backend.hpp"

#include <omp.h>

#include <fstream>
#include <string>

#include "kernels/cpu/cell_row.hpp"
#include "kernels/cpu/compute_tables.hpp"
#include "kernels/cpu/evaluate.hpp"
#include "kernels/cpu/group_cells.hpp"
#include "kernels/cpu/listing.hpp"

namespace potentia {
namespace {

class CpuBackend : public Backend {
public:
  explicit CpuBackend(int threads) : threads_(threads > 0 ? threads : omp_get_num_procs()) {}

  std::string name() const override { return "cpu"; }
  std::string device() const override { return processor_name(); }
  int threads() const override { return threads_; }

  void load(std::shared_ptr<const Problem> problem, const SumPieces& sum_pieces) override {
    problem_ = std::move(problem);
    tables_ = compute_tables(*problem_, threads_, sum_pieces);
    tables_.bind(*problem_);
    column_product_ = products_by_column(*problem_);
  }

  void unload() override {
    problem_ = nullptr;
    tables_ = {};
    forget_totals();
  }

  Factors factors() const override { return export_factors(*problem_, tables_, threads_); }

  const Tables& tables() const override { return tables_; }

  std::int32_t segments() const override { return static_cast<std::int32_t>(tables_.segments.size()); }

  PartialSums begin(const Rows& rows, const AskedSums& asked) const override {
    return begin_sums(*problem_, tables_.view, rows, asked);
  }

  std::int32_t evaluate_segments(std::int32_t first, std::int32_t last, PartialSums& sums, const SegmentSink& committed,
                                 const ProgressSink& progress) override {
    return potentia::evaluate_segments(*problem_, tables_, first, last, sums, committed, threads_, progress);
  }

  CellList list_cells(const Rows& rows, const ListingRule& rule, const ProgressSink&) override {
    return potentia::list_cells(*problem_, tables_, world_, rows, rule, threads_);
  }

  void pair_cells(std::int32_t exporter, std::int32_t market, double* out) const override {
    potentia::pair_cells(*problem_, tables_, exporter, market, out);
  }

  void group_cells(const std::vector<std::int32_t>& exporters, const std::vector<std::int32_t>& markets,
                   double* out) const override {
    potentia::group_cells(*problem_, tables_, exporters, markets, threads_, out);
  }

  void dense_tile(Column column, std::int32_t exporter, std::int32_t first, std::int32_t count,
                  float* out) const override {
    potentia::dense_tile(*problem_, tables_, column_product_, column, exporter, first, count, out);
  }

protected:
  std::int32_t sectors() const override { return problem_->sectors; }

private:
  int threads_;
  std::shared_ptr<const Problem> problem_;
  Tables tables_;
  std::vector<std::int32_t> column_product_;
};

}  // namespace

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("model name", 0) == 0) {
      const std::size_t colon = line.find(':');
      if (colon != std::string::npos && colon + 2 < line.size()) return line.substr(colon + 2);
    }
  return "processor";
}

std::unique_ptr<Backend> make_cpu_backend(int threads) { return std::make_unique<CpuBackend>(threads); }

}  // namespace potentia
