#include "host/model/outlook.hpp"

#include <utility>

#include "host/model/outlook_cells.hpp"
#include "host/model/outlook_pairs.hpp"
#include "kernels/cpu/cell_row.hpp"

namespace potentia {

Outlook::Outlook(const OutlookModels& models, const OutlookScale& scale, CellFacts facts,
                 std::shared_ptr<const Problem> problem, const Tables& tables, Axes axes, int threads)
    : outlook_(models, scale, std::move(facts)), problem_(std::move(problem)), tables_(tables),
      axes_(std::move(axes)), threads_(threads) {}

PairOutlook Outlook::pairs() const { return sum_outlook(outlook_, *problem_, tables_, axes_, threads_); }

CellOutlook Outlook::of_cells(const CellList& cells) const {
  const std::vector<std::int32_t> product_at = products_by_column(*problem_);
  const std::vector<double>& potential = cells.columns[column_potential];
  const std::vector<double>& actual = cells.columns[column_actual];
  CellOutlook out;
  for (std::vector<double>* column : {&out.chance, &out.expected, &out.low, &out.high})
    column->assign(cells.market.size(), missing_value);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads_)
  for (std::size_t exporter = 0; exporter < axes_.exporters.size(); ++exporter)
    for (std::uint64_t at = cells.offsets[exporter]; at < cells.offsets[exporter + 1]; ++at) {
      if (!(potential[at] >= least_potential)) continue;
      const OneCell cell{axes_.exporters[exporter], axes_.markets[cells.market[at]], product_at[cells.product[at]], potential[at],
                         actual[at]};
      const CellJudgement judged = judge_cell(outlook_, cell);
      out.chance[at] = judged.chance;
      out.expected[at] = judged.expected;
      out.low[at] = judged.low;
      out.high[at] = judged.high;
    }
  return out;
}

}  // namespace potentia
