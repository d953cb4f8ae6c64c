// A result made by formula, so that any reader can say what must be in it. tests/support/read_result.py knows the same
// formulas.
#pragma once

#include <atomic>

#include "io/result/result_file.hpp"

namespace potentia::testing {

inline constexpr int sample_countries = 5, sample_products = 700, sample_sectors = 3;

World result_world();

/// A solution of result_world() over the given countries (ascending).
Solution result_solution(const std::vector<std::int32_t>& exporters, const std::vector<std::int32_t>& markets);
Solution whole_solution();

/// Serves dense tiles by formula, and fails at one exporter if asked to.
class FormulaBackend : public Backend {
public:
  std::int32_t failing_exporter = -1;
  mutable std::atomic<int> tiles{0};

  std::string name() const override { return "cpu"; }
  std::string device() const override { return "formula"; }
  int threads() const override { return 1; }
  void load(std::shared_ptr<const Problem>, const SumPieces&) override {}
  void unload() override {}
  Factors factors() const override { return {}; }
  const Tables& tables() const override { throw Error(ErrorKind::internal, "no tables"); }
  std::int32_t segments() const override { return 0; }
  PartialSums begin(const Rows&, const AskedSums&) const override { return {}; }
  std::int32_t evaluate_segments(std::int32_t, std::int32_t last, PartialSums&, const SegmentSink&,
                                 const ProgressSink&) override {
    return last;
  }
  CellList list_cells(const Rows&, const ListingRule&, const ProgressSink&) override { return {}; }
  void pair_cells(std::int32_t, std::int32_t, double*) const override {}
  void group_cells(const std::vector<std::int32_t>&, const std::vector<std::int32_t>&, double*) const override {}
  void dense_tile(Column column, std::int32_t exporter, std::int32_t first, std::int32_t count,
                  float* out) const override;

protected:
  std::int32_t sectors() const override { return 0; }
};

}  // namespace potentia::testing
