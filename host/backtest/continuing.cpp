#include "host/backtest/continuing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/backtest/chance.hpp"
#include "host/backtest/models.hpp"
#include "host/backtest/regressors.hpp"
#include "host/statistics/least_squares.hpp"
#include "host/statistics/ranks.hpp"
#include "kernels/real_math.hpp"

namespace potentia::backtest {
namespace {

constexpr std::size_t size_classes = 20;
constexpr double covered = 0.9;
constexpr const char* growth_where = "growth of flows that survive";

using statistics::fold_count;
using statistics::fold_of;

std::vector<std::size_t> every(std::size_t columns) {
  std::vector<std::size_t> all(columns);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

/// Mean of exp(residual): what an exponent of a mean of logarithms is short of the mean.
double smearing_of(const statistics::Predictions& in_sample) {
  double sum = 0.0;
  for (std::size_t row = 0; row < in_sample.actual.size(); ++row)
    sum += potentia::exp(in_sample.actual[row] - in_sample.predicted[row]);
  return sum / static_cast<double>(in_sample.actual.size());
}

/// Classes of size, equal in number among the flows that were looked at, and how wide 90 % of their errors reach.
struct Widths {
  std::vector<double> bound;     ///< [classes − 1]
  std::vector<double> width;     ///< [classes]
  std::vector<double> smearing;  ///< [classes] mean of exp(error): small flows err far more widely than large ones

  std::size_t class_of(double size) const {
    return static_cast<std::size_t>(std::lower_bound(bound.begin(), bound.end(), size) - bound.begin());
  }
};

/// @param by_size rows in ascending order of size
/// @param use whether a row is looked at
template <class Use>
Widths widths_of(const std::vector<std::uint32_t>& by_size, const std::vector<double>& size,
                 const std::vector<double>& actual, const std::vector<double>& predicted, const Use& use) {
  std::vector<double> sizes;
  std::vector<std::uint32_t> rows;
  for (const std::uint32_t row : by_size)
    if (use(row)) {
      sizes.push_back(size[row]);
      rows.push_back(row);
    }
  Widths widths;
  for (std::size_t at = 1; at < size_classes; ++at)
    widths.bound.push_back(statistics::quantile_of_sorted(sizes, static_cast<double>(at) / size_classes));
  std::vector<std::vector<double>> errors(size_classes);
  std::size_t of = 0;  // rows ascend by size
  for (const std::uint32_t row : rows) {
    while (of < widths.bound.size() && size[row] > widths.bound[of]) ++of;
    errors[of].push_back(actual[row] - predicted[row]);
  }
  for (std::vector<double>& of_class : errors) {
    double sum = 0.0;
    for (double& error : of_class) {
      sum += potentia::exp(error);
      error = std::fabs(error);
    }
    widths.smearing.push_back(of_class.empty() ? missing_value : sum / static_cast<double>(of_class.size()));
    statistics::sort_numbers(of_class);
    widths.width.push_back(of_class.empty() ? missing_value : statistics::quantile_of_sorted(of_class, covered));
  }
  return widths;
}

/// Survivors in the order of GrowthRows.
struct Survivors {
  std::vector<double> size;             ///< ln v0
  std::vector<double> gap;              ///< ln(potential / v0)
  std::vector<std::uint8_t> fold;
  std::vector<std::uint32_t> by_size;   ///< ascending
};

Survivors survivors_of(const Origin& origin) {
  Survivors out;
  for (std::size_t exporter = 0; exporter < origin.flows.size(); ++exporter) {
    const Flows& flows = origin.flows[exporter];
    for (std::size_t at = 0; at < flows.size(); ++at) {
      if (!flows.survived(at)) continue;
      out.size.push_back(flows.log_before[at]);
      out.gap.push_back(flows.log_potential[at] - flows.log_before[at]);
      out.fold.push_back(static_cast<std::uint8_t>(fold_of(static_cast<std::int32_t>(exporter))));
    }
  }
  out.by_size = statistics::order_of(out.size);
  return out;
}

/// Share of survivors inside the interval that the other folds give them.
double coverage_of(const Survivors& survivors, const statistics::CrossProducts& products, const GrowthRows& rows,
                   const statistics::LeastSquares& fit, int threads) {
  std::uint64_t inside = 0;
  for (std::int32_t fold = 0; fold < fold_count; ++fold) {
    if (products.rows[fold] == 0) continue;
    const statistics::Predictions by_fold = statistics::predict(rows, products.scaling, {fit.folds[fold]}, threads);
    const Widths widths = widths_of(survivors.by_size, survivors.size, by_fold.actual, by_fold.predicted,
                                    [&](std::uint32_t row) { return survivors.fold[row] != fold; });
    for (std::size_t row = 0; row < survivors.size.size(); ++row)
      if (survivors.fold[row] == fold)
        inside += std::fabs(by_fold.actual[row] - by_fold.predicted[row]) <= widths.width[widths.class_of(survivors.size[row])];
  }
  return static_cast<double>(inside) / static_cast<double>(survivors.size.size());
}

void judge_growth(const Origin& origin, int threads, Backtest& result) {
  const GrowthRows rows(origin);
  const std::vector<std::string>& names = rows.columns();
  const statistics::CrossProducts products = statistics::cross_products(rows, threads, growth_where);
  result.r2_name = {"size", "size_potential", "all"};
  const std::vector<std::size_t> used[] = {{0}, {0, 1}, every(names.size())};
  statistics::LeastSquares all;
  statistics::Predictions out_of_sample;
  for (const std::vector<std::size_t>& columns : used) {
    all = statistics::least_squares(products, columns, names, growth_where);
    out_of_sample = statistics::predict(rows, products.scaling, all.folds, threads);
    result.r2.push_back(statistics::explained(out_of_sample));
  }

  const Survivors survivors = survivors_of(origin);
  result.spearman_gap = statistics::rank_correlation(out_of_sample.actual, survivors.gap);
  result.spearman_size = statistics::rank_correlation(out_of_sample.actual, survivors.size);
  result.coverage90 = coverage_of(survivors, products, rows, all, threads);

  const statistics::Predictions in_sample = statistics::predict(rows, products.scaling, {all.coefficient}, threads);
  BacktestSize model;
  describe_model(names, products.scaling, all.coefficient, model);
  model.name = "growth";
  model.smearing = smearing_of(in_sample);
  result.growth = {model};
  const Widths widths = widths_of(survivors.by_size, survivors.size, in_sample.actual, in_sample.predicted,
                                  [](std::uint32_t) { return true; });
  result.class_width = widths.width;
  result.class_smearing = widths.smearing;
  for (const double bound : widths.bound) result.class_bound.push_back(potentia::exp(bound));
}

}  // namespace

void judge_continuing(const Origin& origin, int threads, Backtest& result) {
  result.flows = origin.flow_count;
  result.survivors = origin.survivor_count;
  if (origin.survivor_count == origin.flow_count) {
    result.notices.push_back({"warning", "backtest.no_deaths", 1,
                              "every flow of the origin is there in the outcome: survival cannot be estimated, and a file "
                              "with survivors only makes starts look rarer and growth look better than they are",
                              {}});
  } else {
    const SurvivalRows rows(origin);
    result.survival = {judge_chance(rows, "survival", "survival of flows", threads).model};
  }
  judge_growth(origin, threads, result);
}

BacktestSize size_of_starters(const Origin& origin, int threads) {
  constexpr const char* where = "size of flows that start";
  const SizeRows rows(origin);
  const statistics::CrossProducts products = statistics::cross_products(rows, threads, where);
  const statistics::LeastSquares fit = statistics::least_squares(products, every(rows.columns().size()), rows.columns(), where);
  BacktestSize model;
  describe_model(rows.columns(), products.scaling, fit.coefficient, model);
  model.name = "start size";
  model.smearing = smearing_of(statistics::predict(rows, products.scaling, {fit.coefficient}, threads));
  return model;
}

}  // namespace potentia::backtest
