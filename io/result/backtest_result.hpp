// What a back-test found, as backtest.h5 shows it (io/README.md).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "io/settings.hpp"
#include "io/world/world.hpp"

namespace potentia {

inline constexpr std::array<std::int32_t, 3> backtest_tops = {10, 50, 500};

inline constexpr std::size_t backtest_curve_points = 101;  ///< of a ROC curve in the file

/// A figure that ranks cells without trade.
struct BacktestPredictor {
  std::string name;
  double auc = missing_value;                   ///< area under the ROC curve, ties by mid-ranks
  std::array<double, 3> lift{};                 ///< [top] how much likelier a start is in each exporter's top so many
  std::vector<std::array<double, 2>> roc;       ///< corners of the curve: share of the others, share of the starters
};

/// A fitted model. Regressors are used as (value − mean) / deviation; the constant is first in what is fitted.
struct BacktestModel {
  std::string name;
  std::vector<std::string> regressor;           ///< "constant" first
  std::vector<double> coefficient;
  std::vector<double> standard_error;           ///< sandwich, clustered by exporter; of logits
  std::vector<double> mean, deviation;          ///< 0 and 1 of the constant
};

/// A logit, judged out of sample.
struct BacktestChance : BacktestModel {
  std::uint64_t rows = 0, events = 0;
  double auc = missing_value, brier = missing_value, log_loss = missing_value;
  std::array<double, 10> predicted{}, observed{};  ///< by tenths of the chance
  std::array<std::uint64_t, 10> count{};
};

/// Least squares on a logarithm, and what its residuals say.
struct BacktestSize : BacktestModel {
  double smearing = missing_value;              ///< mean of exp(residual), after Duan (1983)
};

/// How the chances of some cells compare with what came of them.
struct BacktestGroup {
  std::string name;
  std::uint64_t candidates = 0, starts = 0;
  double expected = 0.0;                        ///< sum of the chances, out of sample
  double auc = missing_value;                   ///< of the chance among these cells
};
struct BacktestGrouping {
  std::string name;                             ///< "region of the exporter"
  std::vector<BacktestGroup> groups;
};

/// One cell, what was expected of it and what came of it.
struct BacktestCall {
  std::int32_t exporter = 0, market = 0, product = 0;  ///< indices into the world's tables
  double chance = 0.0;                          ///< out of sample
  double potential = 0.0;                       ///< USD at the horizon
  double after = 0.0;                           ///< USD, mean of the outcome
};

/// What a page shows beside the figures; not part of backtest.h5.
struct BacktestDetail {
  std::string model;                            ///< whose chances these are
  std::vector<BacktestGrouping> groupings;
  std::vector<BacktestCall> right;              ///< cells that started, by chance × potential
  std::vector<BacktestCall> missing;            ///< cells that did not, likewise
  std::vector<BacktestCall> surprising;         ///< cells that started below the mean chance, by what they sold
};

struct Backtest {
  std::vector<std::int32_t> origin, outcome;    ///< years
  Settings settings;                            ///< of the origin's solve, resolved
  std::vector<Notice> notices;
  std::string hs_revision;
  std::vector<std::string> products;            ///< codes of those that took part, ascending

  std::uint64_t candidates = 0, starts = 0;
  std::vector<BacktestPredictor> predictors;
  std::vector<BacktestChance> chances;          ///< "plain", "rich"
  std::vector<BacktestSize> start_size;         ///< of starters, ln v1; none or one

  std::uint64_t flows = 0, survivors = 0;
  std::vector<BacktestChance> survival;         ///< none where all survive
  double spearman_gap = missing_value;          ///< of growth with potential / trade
  double spearman_size = missing_value;         ///< of growth with trade
  std::vector<std::string> r2_name;             ///< size, size_potential, all
  std::vector<double> r2;                       ///< out of sample
  double coverage90 = missing_value;            ///< share of survivors inside their interval, out of sample
  std::vector<BacktestSize> growth;             ///< ln(v1 / v0); none or one
  std::vector<double> class_bound;              ///< USD of v0, ascending: one fewer than classes
  std::vector<double> class_width;              ///< 90 % quantile of absolute residuals, of ln(v1 / v0)
  std::vector<double> class_smearing;           ///< mean of exp(residual), after Duan (1983), within each class

  BacktestDetail detail;
};

}  // namespace potentia
