#include "host/model/outlook_cells.hpp"

#include <algorithm>

#include "host/model/outlook_rows.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

/// The regressors of a cell.
struct Regressors {
  Regressors(const OutlookTables& outlook, const OneCell& cell) {
    const CellFacts& facts = outlook.facts;
    const std::int64_t own = std::int64_t{cell.exporter} * facts.products + cell.product;
    const std::int64_t bought = std::int64_t{cell.product} * facts.countries + cell.market;
    const std::int64_t pair = std::int64_t{cell.exporter} * facts.countries + cell.market;
    value[on_potential] = potentia::log(cell.potential);
    value[on_exports] = facts.log_exports[own];
    value[on_imports] = facts.log_imports[bought];
    value[on_between] = facts.log_between[pair] + outlook.log_share_of_trade;
    value[on_world] = facts.log_world[cell.product];
    value[on_shared] = outlook.log_shared[facts.shared[pair]];
    value[on_markets] = log_counts()[facts.markets[own]];
    value[on_suppliers] = log_counts()[facts.suppliers[bought]];
    if (cell.trade > 0.0) log_trade = potentia::log(cell.trade);
  }

  double index(const OutlookForm& form) const {
    double sum = form.constant + form.trade * log_trade;
    for (int regressor = 0; regressor < plain_regressors; ++regressor) sum += form.weight[regressor] * value[regressor];
    return sum;
  }

  double value[plain_regressors];
  double log_trade = 0.0;
};

/// 1 − (1 − p)^years
double chance_of(double log_odds, double years) {
  double row[8] = {potentia::exp(std::min(log_odds, 700.0))};  // beyond them it is 1
  outlook_chances(row, 1, years);
  return row[0];
}

}  // namespace

CellJudgement judge_cell(const OutlookTables& outlook, const OneCell& cell) {
  const Regressors regressors(outlook, cell);
  const OutlookModels& models = outlook.models;
  const double years = outlook.scale.years;
  CellJudgement judged;
  if (!(cell.trade > 0.0)) {
    judged.chance = chance_of(regressors.index(models.start), years);
    judged.expected = judged.chance * (models.smearing * potentia::exp(regressors.index(models.size)));
    return judged;
  }
  const auto of_class = std::lower_bound(models.class_bound.begin(), models.class_bound.end(), cell.trade) - models.class_bound.begin();
  const double middle = cell.trade * potentia::exp(years * regressors.index(models.growth)), reach = outlook.reach[of_class];
  judged.expected = middle * outlook.mean_ratio[of_class];
  judged.low = middle / reach;
  judged.high = middle * reach;
  if (models.survival)  // that a flow ends is what happens
    judged.chance = 1.0 - chance_of(-regressors.index(*models.survival), years);
  return judged;
}

}  // namespace potentia
