#include "host/backtest/chance.hpp"

#include "host/backtest/models.hpp"
#include "host/statistics/ranks.hpp"

namespace potentia::backtest {

ChanceResult judge_chance(const statistics::RowStream& rows, const std::string& name, const std::string& where, int threads,
                          const statistics::ProbabilitySink& each) {
  const statistics::Logit logit = statistics::fit_logit(rows, threads, where);
  statistics::LogitScore score = statistics::score_folds(rows, logit, threads, each);
  ChanceResult result;
  BacktestChance& model = result.model;
  describe_model(rows.columns(), logit.scaling, logit.coefficient, model);
  model.name = name;
  model.standard_error = logit.standard_error;
  model.rows = logit.rows;
  model.events = logit.events;
  model.brier = score.brier;
  model.log_loss = score.log_loss;
  statistics::SortedScores sorted{std::move(score.starters), std::move(score.others)};
  statistics::sort_numbers(sorted.starters);
  statistics::sort_numbers(sorted.others);
  model.auc = statistics::roc_auc(sorted);
  const statistics::Calibration calibration = statistics::calibrate(sorted);
  model.predicted = calibration.predicted;
  model.observed = calibration.observed;
  model.count = calibration.count;
  for (const statistics::RocPoint& point : statistics::roc_curve(sorted, 100))
    result.roc.push_back({point.others, point.starters});
  return result;
}

}  // namespace potentia::backtest
