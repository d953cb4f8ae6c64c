#include "io/result/backtest_file.hpp"

#include <vector>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_writer.hpp"

namespace potentia {
namespace {

void number(hid_t group, const char* name, double value, const char* long_name) {
  hdf5::describe(hdf5::write_dataset(group, name, &value, {}), "1", long_name);
}
void count(hid_t group, const char* name, std::uint64_t value, const char* long_name) {
  const auto signed_value = static_cast<std::int64_t>(value);
  hdf5::describe(hdf5::write_dataset(group, name, &signed_value, {}), "1", long_name);
}

template <class Values>
void column(hid_t group, const char* name, const Values& values, const hdf5::Dataset& scale, const char* long_name,
            const char* units = "1") {
  const auto dataset = hdf5::write_dataset(group, name, values.data(), {values.size()});
  hdf5::describe(dataset, units, long_name);
  hdf5::attach_scale(dataset, scale, 0);
}

/// A curve of corners at one place; of a step its upper end.
double curve_at(const std::vector<std::array<double, 2>>& corners, double place) {
  double height = 0.0;
  for (std::size_t at = 1; at < corners.size(); ++at) {
    const double from = corners[at - 1][0], to = corners[at][0], below = corners[at - 1][1], above = corners[at][1];
    if (to <= place) height = above;
    else if (from <= place) return below + (above - below) * ((place - from) / (to - from));
  }
  return height;
}

void write_model(hid_t group, const BacktestModel& model) {
  const auto scale = hdf5::write_label_scale(group, "regressor", model.regressor, "regressor, used as (value - mean) / deviation");
  column(group, "coefficient", model.coefficient, scale, "coefficient of the scaled regressor");
  if (!model.standard_error.empty())
    column(group, "standard_error", model.standard_error, scale, "standard error, clustered by exporter");
  column(group, "mean", model.mean, scale, "mean of the regressor");
  column(group, "deviation", model.deviation, scale, "population standard deviation of the regressor");
}

void write_chance(hid_t parent, const BacktestChance& chance) {
  const auto group = hdf5::create_group(parent, chance.name);
  write_model(group, chance);
  count(group, "rows", chance.rows, "cells that the model was fitted to");
  count(group, "events", chance.events, "of these, those in which it happened");
  number(group, "auc", chance.auc, "area under the ROC curve, out of sample");
  number(group, "brier", chance.brier, "mean squared error of the chance, out of sample");
  number(group, "log_loss", chance.log_loss, "mean of -ln(chance of what happened), out of sample");
  const auto tenths = hdf5::create_group(group, "calibration");
  const auto scale = hdf5::write_bare_scale(tenths, "tenth", chance.count.size());
  column(tenths, "predicted", chance.predicted, scale, "mean chance of a tenth of the cells, in ascending order of chance");
  column(tenths, "observed", chance.observed, scale, "share of them in which it happened");
  std::vector<std::int64_t> counts(chance.count.begin(), chance.count.end());
  column(tenths, "count", counts, scale, "cells of the tenth");
}

void write_size(hid_t parent, const char* name, const BacktestSize& size) {
  const auto group = hdf5::create_group(parent, name);
  write_model(group, size);
  number(group, "smearing", size.smearing, "mean of exp(residual)");
}

/// ROC curves at the same shares of the others, so that they make one table.
void write_curves(hid_t parent, const std::vector<std::string>& names, const std::vector<BacktestPredictor>& predictors) {
  const auto group = hdf5::create_group(parent, "roc");
  const auto scale = hdf5::write_label_scale(group, "predictor", names, "what cells are ranked by");
  std::vector<double> others, starters;
  for (std::size_t at = 0; at < backtest_curve_points; ++at)
    others.push_back(static_cast<double>(at) / (backtest_curve_points - 1));
  for (const BacktestPredictor& one : predictors)
    for (const double share : others) starters.push_back(curve_at(one.roc, share));
  const auto shares = hdf5::write_dataset(group, "others", others.data(), {others.size()});
  hdf5::describe(shares, "1", "share of the cells that do not start among the first of a ranking");
  hdf5::make_scale(shares, "others");
  const auto curves = hdf5::write_dataset(group, "starters", starters.data(), {names.size(), others.size()});
  hdf5::describe(curves, "1", "share of the starts among them: ROC curve, straight between its corners");
  hdf5::attach_scale(curves, scale, 0);
  hdf5::attach_scale(curves, shares, 1);
}

void write_new(hid_t file, const Backtest& backtest) {
  const auto group = hdf5::create_group(file, "new");
  count(group, "candidates", backtest.candidates, "cells without trade at the origin in which a flow could start");
  count(group, "starts", backtest.starts, "of these, those with trade in the outcome");
  std::vector<std::string> names;
  std::vector<double> auc, lift;
  for (const BacktestPredictor& one : backtest.predictors) {
    names.push_back(one.name);
    auc.push_back(one.auc);
    lift.insert(lift.end(), one.lift.begin(), one.lift.end());
  }
  write_curves(group, names, backtest.predictors);
  const auto products = hdf5::write_strings(group, "product", backtest.products);
  hdf5::describe(products, "1", "products that took part, HS code of six digits");
  const auto scale = hdf5::write_label_scale(group, "predictor", names, "what cells are ranked by");
  column(group, "auc", auc, scale, "area under the ROC curve, ties by mid-ranks");
  const auto tops = hdf5::write_dataset(group, "top", backtest_tops.data(), {backtest_tops.size()});
  hdf5::describe(tops, "1", "length of each exporter's list");
  hdf5::make_scale(tops, "top");
  const auto lifts = hdf5::write_dataset(group, "lift", lift.data(), {names.size(), backtest_tops.size()});
  hdf5::describe(lifts, "1", "share of starts in the lists over share of starts among all candidates");
  hdf5::attach_scale(lifts, scale, 0);
  hdf5::attach_scale(lifts, tops, 1);
  for (const BacktestSize& size : backtest.start_size) write_size(group, "size", size);
}

void write_continuing(hid_t file, const Backtest& backtest) {
  const auto group = hdf5::create_group(file, "continuing");
  count(group, "flows", backtest.flows, "cells with trade at the origin");
  count(group, "survivors", backtest.survivors, "of these, those with trade in the outcome");
  number(group, "spearman_gap", backtest.spearman_gap, "rank correlation of growth with potential / trade of the origin");
  number(group, "spearman_size", backtest.spearman_size, "rank correlation of growth with trade of the origin");
  number(group, "coverage90", backtest.coverage90, "share of survivors inside their 90 % interval, out of sample");
  const auto scale = hdf5::write_label_scale(group, "model", backtest.r2_name, "regressors of growth besides a constant");
  column(group, "r2", backtest.r2, scale, "share of the variance of ln growth explained out of sample");
  for (const BacktestSize& size : backtest.growth) write_size(group, "growth", size);
  for (const BacktestChance& chance : backtest.survival) write_chance(group, chance);
  const auto interval = hdf5::create_group(group, "interval");
  const auto bounds = hdf5::write_bare_scale(interval, "bound_number", backtest.class_bound.size());
  column(interval, "bound", backtest.class_bound, bounds, "trade of the origin that divides two classes of size", "USD");
  const auto classes = hdf5::write_bare_scale(interval, "class", backtest.class_width.size());
  column(interval, "width", backtest.class_width, classes, "90 % quantile of absolute residuals of ln growth");
  column(interval, "smearing", backtest.class_smearing, classes, "mean of exp(residual) of ln growth");
}

std::vector<std::int64_t> wide(const std::vector<std::int32_t>& years) { return {years.begin(), years.end()}; }

}  // namespace

ResultReport write_backtest(const std::string& path, const World& world, const Backtest& backtest,
                            const ResultOptions& options) {
  OutputFile output(path, 0);
  Solution described;
  described.settings = backtest.settings;
  described.notices = backtest.notices;
  result::Writer writer{world, described, options, {}, output, hdf5::create_file(output.path()), {}, 0, 0};
  result::begin_file(writer, backtest_format, backtest_format_version);
  hdf5::write_attribute(writer.file, "origin", wide(backtest.origin));
  hdf5::write_attribute(writer.file, "outcome", wide(backtest.outcome));
  write_new(writer.file, backtest);
  const auto chance = hdf5::create_group(writer.file, "chance");
  for (const BacktestChance& one : backtest.chances) write_chance(chance, one);
  write_continuing(writer.file, backtest);
  return result::end_file(writer);
}

}  // namespace potentia
