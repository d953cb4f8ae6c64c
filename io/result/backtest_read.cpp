// backtest.h5 read back, and checked.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "io/hdf5/contents.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/numbers.hpp"
#include "io/result/backtest_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr const char* remedy = "write the file again with potentia backtest";

class Reader {
public:
  explicit Reader(const std::string& path) : path_(path), file_(hdf5::open_file(path)) {
    if (!hdf5::has_attribute(file_, "format") || hdf5::read_text_attribute(file_, "format") != backtest_format)
      throw input_error("no back-test of potentia", path, "make one with potentia backtest");
  }
  const hdf5::File& file() const { return file_; }

  Backtest backtest() const {
    Backtest out;
    out.origin = years("origin");
    out.outcome = years("outcome");
    out.candidates = count("new/candidates");
    out.starts = count("new/starts");
    const std::vector<std::string> names = texts("new/predictor");
    const std::vector<double> auc = numbers("new/auc", names.size());
    const std::vector<double> lift = numbers("new/lift", names.size() * backtest_tops.size());
    out.hs_revision = hdf5::read_text_attribute(file_, "hs_revision");
    out.products = texts("new/product");
    const std::vector<double> others = numbers("new/roc/others", backtest_curve_points);
    const std::vector<double> starters = numbers("new/roc/starters", names.size() * others.size());
    for (std::size_t at = 0; at < names.size(); ++at) {
      BacktestPredictor one;
      one.name = names[at];
      one.auc = auc[at];
      std::copy_n(lift.begin() + static_cast<std::ptrdiff_t>(at * one.lift.size()), one.lift.size(), one.lift.begin());
      for (std::size_t point = 0; point < others.size(); ++point)
        one.roc.push_back({others[point], starters[at * others.size() + point]});
      out.predictors.push_back(one);
    }
    for (const char* name : {"plain", "rich"})
      if (hdf5::exists(file_, std::string("chance/") + name)) out.chances.push_back(chance("chance/", name));
    if (hdf5::exists(file_, "new/size")) out.start_size = {size("new/size")};
    out.flows = count("continuing/flows");
    out.survivors = count("continuing/survivors");
    out.spearman_gap = number("continuing/spearman_gap");
    out.spearman_size = number("continuing/spearman_size");
    out.coverage90 = number("continuing/coverage90");
    out.r2_name = texts("continuing/model");
    out.r2 = numbers("continuing/r2", out.r2_name.size());
    if (hdf5::exists(file_, "continuing/growth")) out.growth = {size("continuing/growth")};
    if (hdf5::exists(file_, "continuing/survival")) out.survival = {chance("continuing/", "survival")};
    out.class_bound = numbers("continuing/interval/bound");
    out.class_width = numbers("continuing/interval/width", out.class_bound.size() + 1);
    out.class_smearing = numbers("continuing/interval/smearing", out.class_width.size());
    return out;
  }

  [[noreturn]] void complain(const std::string& what, const std::string& name) const {
    throw input_error(what, path_ + ":/" + name, remedy);
  }

private:
  std::vector<std::int32_t> years(const char* name) const {
    const std::vector<std::int64_t> from = hdf5::read_integers_attribute(file_, name);
    return {from.begin(), from.end()};
  }
  std::vector<std::string> texts(const std::string& name) const {
    return hdf5::read_strings(hdf5::open_dataset(file_, name));
  }
  std::vector<double> numbers(const std::string& name) const {
    const hdf5::Dataset dataset = hdf5::open_dataset(file_, name);
    std::vector<double> values(hdf5::element_count(hdf5::checked_shape(dataset)));
    hdf5::read_numbers(dataset, values.data(), values.size());
    return values;
  }
  std::vector<double> numbers(const std::string& name, std::size_t expected) const {
    std::vector<double> values = numbers(name);
    if (values.size() != expected) complain("does not fit its axes", name);
    return values;
  }
  double number(const std::string& name) const { return numbers(name, 1)[0]; }
  std::uint64_t count(const std::string& name) const {
    const double value = number(name);
    if (!(value >= 0.0 && value < 1e15 && value == std::floor(value))) complain("holds a value that is no count", name);
    return static_cast<std::uint64_t>(value);
  }

  void read_model(const std::string& group, BacktestModel& model) const {
    model.regressor = texts(group + "/regressor");
    model.coefficient = numbers(group + "/coefficient", model.regressor.size());
    if (hdf5::exists(file_, group + "/standard_error"))
      model.standard_error = numbers(group + "/standard_error", model.regressor.size());
    model.mean = numbers(group + "/mean", model.regressor.size());
    model.deviation = numbers(group + "/deviation", model.regressor.size());
  }

  BacktestChance chance(const std::string& parent, const std::string& name) const {
    BacktestChance out;
    const std::string group = parent + name;
    read_model(group, out);
    out.name = name;
    out.rows = count(group + "/rows");
    out.events = count(group + "/events");
    out.auc = number(group + "/auc");
    out.brier = number(group + "/brier");
    out.log_loss = number(group + "/log_loss");
    const auto tenths = [&](const char* column) { return numbers(group + "/calibration/" + column, out.count.size()); };
    const std::vector<double> predicted = tenths("predicted"), observed = tenths("observed"), counts = tenths("count");
    std::copy(predicted.begin(), predicted.end(), out.predicted.begin());
    std::copy(observed.begin(), observed.end(), out.observed.begin());
    for (std::size_t at = 0; at < counts.size(); ++at) {
      if (!(counts[at] >= 0.0 && counts[at] < 1e15)) complain("holds a value that is no count", group + "/calibration/count");
      out.count[at] = static_cast<std::uint64_t>(counts[at]);
    }
    return out;
  }

  BacktestSize size(const std::string& group) const {
    BacktestSize out;
    read_model(group, out);
    out.smearing = number(group + "/smearing");
    return out;
  }

  std::string path_;
  hdf5::File file_;
};

bool is_share(double value) { return value >= 0.0 && value <= 1.0; }

void check_model(const Reader& reader, const BacktestModel& model, const std::string& group) {
  if (model.regressor.empty() || model.regressor[0] != "constant") reader.complain("has no constant in front", group + "/regressor");
  for (std::size_t at = 0; at < model.regressor.size(); ++at)
    if (!std::isfinite(model.coefficient[at]) || !std::isfinite(model.mean[at]) || !(model.deviation[at] > 0.0))
      reader.complain("is no model: the regressor " + model.regressor[at] + " has a value that is not finite or a deviation of 0", group);
}

void check_chance(const Reader& reader, const BacktestChance& chance, const std::string& group) {
  check_model(reader, chance, group);
  if (!is_share(chance.auc) || !is_share(chance.brier) || !(chance.log_loss >= 0.0))
    reader.complain("has a score that is none", group);
  if (chance.events > chance.rows) reader.complain("has more events than rows", group + "/events");
  if (std::accumulate(chance.count.begin(), chance.count.end(), std::uint64_t{0}) != chance.rows)
    reader.complain("does not count every row once", group + "/calibration/count");
  double events = 0.0;
  for (std::size_t at = 0; at < chance.count.size(); ++at) {
    if (chance.count[at] == 0) continue;
    if (!is_share(chance.predicted[at]) || !is_share(chance.observed[at])) reader.complain("has a share that is none", group + "/calibration");
    events += chance.observed[at] * static_cast<double>(chance.count[at]);
  }
  if (std::fabs(events - static_cast<double>(chance.events)) > 0.5) reader.complain("does not add up to the events", group + "/calibration/observed");
}

}  // namespace

Backtest read_backtest(const std::string& path) { return Reader(path).backtest(); }

void check_backtest(const std::string& path) {
  const Reader reader(path);
  hdf5::check_all_values(reader.file());
  const Backtest backtest = reader.backtest();
  if (backtest.starts > backtest.candidates) reader.complain("has more starts than candidates", "new/starts");
  if (backtest.survivors > backtest.flows) reader.complain("has more survivors than flows", "continuing/survivors");
  if (!is_share(backtest.coverage90)) reader.complain("is no share", "continuing/coverage90");
  for (const BacktestPredictor& one : backtest.predictors) {
    if (!is_share(one.auc)) reader.complain("is no area under a curve: " + one.name, "new/auc");
    for (std::size_t at = 0; at < one.roc.size(); ++at)
      if (!is_share(one.roc[at][1]) || (at > 0 && one.roc[at][1] < one.roc[at - 1][1]))
        reader.complain("is no ROC curve: " + one.name, "new/roc/starters");
  }
  if (!std::is_sorted(backtest.products.begin(), backtest.products.end())) reader.complain("does not ascend", "new/product");
  for (const BacktestChance& chance : backtest.chances) {
    check_chance(reader, chance, "chance/" + chance.name);
    if (chance.rows != backtest.candidates || chance.events != backtest.starts)
      reader.complain("is of other cells than /new", "chance/" + chance.name);
  }
  for (const BacktestChance& chance : backtest.survival) check_chance(reader, chance, "continuing/survival");
  for (const BacktestSize& size : backtest.start_size) check_model(reader, size, "new/size");
  for (const BacktestSize& size : backtest.growth) check_model(reader, size, "continuing/growth");
  for (std::size_t at = 0; at < backtest.class_width.size(); ++at)
    if (!(backtest.class_width[at] >= 0.0) || !(backtest.class_smearing[at] > 0.0))
      reader.complain("has a width or a smearing that is none", "continuing/interval");
  if (!std::is_sorted(backtest.class_bound.begin(), backtest.class_bound.end()))
    reader.complain("does not ascend", "continuing/interval/bound");
}

}  // namespace potentia
