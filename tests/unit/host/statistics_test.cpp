// Estimates on streamed rows and figures of order, against values worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "host/statistics/least_squares.hpp"
#include "host/statistics/logit.hpp"
#include "host/statistics/ranks.hpp"
#include "tests/support/complaint.hpp"
#include "tests/support/random.hpp"

namespace potentia {
namespace {

using namespace statistics;
using testing::complaint_about_input;

/// Rows held in memory: of each cluster a list of (y, regressors).
class HeldRows : public RowStream {
public:
  using Row = std::pair<double, std::vector<double>>;
  HeldRows(std::vector<std::vector<Row>> rows, std::vector<std::string> names)
      : rows_(std::move(rows)), names_(std::move(names)) {}

  std::int32_t clusters() const override { return static_cast<std::int32_t>(rows_.size()); }
  std::uint64_t rows(std::int32_t cluster) const override { return rows_[cluster].size(); }
  const std::vector<std::string>& columns() const override { return names_; }
  void read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const override {
    for (std::int32_t row = 0; row < count; ++row) {
      const Row& from = rows_[cluster][first + row];
      y[row] = from.first;
      for (std::size_t column = 0; column < names_.size(); ++column) x[column * column_stride + row] = from.second[column];
    }
  }

  std::vector<std::vector<Row>> rows_;

private:
  std::vector<std::string> names_;
};

/// Ten clusters of a yes-or-no regressor: of `ones_of_40` forty rows with x = 1, so many happen; and likewise with x = 0.
HeldRows yes_or_no(const std::vector<std::pair<int, int>>& happened_of_40) {
  std::vector<std::vector<HeldRows::Row>> rows;
  for (const auto& [with, without] : happened_of_40) {
    rows.emplace_back();
    for (int n = 0; n < 40; ++n) {
      rows.back().push_back({n < with ? 1.0 : 0.0, {1.0}});
      rows.back().push_back({n < without ? 1.0 : 0.0, {0.0}});
    }
  }
  return HeldRows(std::move(rows), {"yes"});
}

double logit_of(double share) { return std::log(share / (1.0 - share)); }

TEST(Logit, OfOneYesOrNoRegressorIsTheOddsRatio) {
  const HeldRows rows = yes_or_no(std::vector<std::pair<int, int>>(10, {30, 10}));
  const Logit logit = fit_logit(rows, 1, "test");
  ASSERT_EQ(logit.rows, 800u);
  ASSERT_EQ(logit.events, 400u);
  EXPECT_NEAR(logit.scaling.mean[0], 0.5, 1e-15);
  EXPECT_NEAR(logit.scaling.deviation[0], 0.5, 1e-15);  // of the population
  EXPECT_NEAR(logit.coefficient[1] / 0.5, logit_of(0.75) - logit_of(0.25), 1e-9);
  EXPECT_NEAR(logit.coefficient[0] - logit.coefficient[1], logit_of(0.25), 1e-9);
  // Every cluster is like the whole, so that its gradient vanishes: nothing varies between exporters.
  EXPECT_NEAR(logit.standard_error[1], 0.0, 1e-6);
}

TEST(Logit, ErrorsAreClusteredAndFoldsHaveNotSeenTheirOwn) {
  // Clusters 0, 5 (fold 0) differ from the others.
  std::vector<std::pair<int, int>> shares(10, {30, 10});
  shares[0] = shares[5] = {20, 20};
  const HeldRows rows = yes_or_no(shares);
  const Logit logit = fit_logit(rows, 1, "test");
  const double with = 280.0 / 400.0, without = 120.0 / 400.0;
  EXPECT_NEAR(logit.coefficient[1] / 0.5, logit_of(with) - logit_of(without), 1e-9);
  // Saturated: in terms of the two shares the Hessian is diagonal, n p (1 − p) with n = 400, and a cluster's gradient is
  // its number of events less 40 p. β = logit(with) − logit(without).
  double meat_with = 0.0, meat_without = 0.0, cross = 0.0;
  for (const auto& [a, b] : shares) {
    meat_with += (a - 40 * with) * (a - 40 * with);
    meat_without += (b - 40 * without) * (b - 40 * without);
    cross += (a - 40 * with) * (b - 40 * without);
  }
  const double h1 = 400 * with * (1 - with), h0 = 400 * without * (1 - without);
  const double variance = (meat_with / (h1 * h1) + meat_without / (h0 * h0) - 2 * cross / (h1 * h0)) * 10.0 / 9.0;
  EXPECT_NEAR(logit.standard_error[1] / 0.5, std::sqrt(variance), 1e-8);
  ASSERT_GT(variance, 0.0);
  // Fold 0 is judged by clusters that are all alike; fold 1 by eight of which two differ.
  EXPECT_NEAR(logit.folds[0][1] / 0.5, logit_of(0.75) - logit_of(0.25), 1e-8);
  EXPECT_NEAR(logit.folds[1][1] / 0.5, logit_of(220.0 / 320) - logit_of(100.0 / 320), 1e-8);
  const LogitScore score = score_folds(rows, logit, 1);
  ASSERT_EQ(score.starters.size(), 400u);
  ASSERT_EQ(score.others.size(), 400u);
  EXPECT_NEAR(score.starters[0], 0.75, 1e-9);  // the first of fold 0
}

TEST(Logit, SaysBrierScoreAndLogLoss) {
  const HeldRows rows = yes_or_no(std::vector<std::pair<int, int>>(10, {30, 10}));
  const LogitScore score = score_folds(rows, fit_logit(rows, 2, "test"), 2);
  EXPECT_NEAR(score.brier, 0.25 * 0.75, 1e-9);
  EXPECT_NEAR(score.log_loss, -(0.75 * std::log(0.75) + 0.25 * std::log(0.25)), 1e-9);
}

/// Rows of many blocks that a logit with these coefficients makes.
HeldRows random_rows(std::uint64_t seed, std::size_t columns, int clusters, int most_rows) {
  testing::Random random(seed);
  std::vector<std::vector<HeldRows::Row>> rows(clusters);
  std::vector<std::string> names;
  for (std::size_t column = 0; column < columns; ++column) names.push_back("column " + std::to_string(column));
  for (int cluster = 0; cluster < clusters; ++cluster) {
    const auto count = static_cast<int>(random.below(static_cast<std::size_t>(most_rows)));
    for (int n = 0; n < count; ++n) {
      double index = -0.5;
      std::vector<double> x;
      for (std::size_t column = 0; column < columns; ++column) {
        x.push_back(random.uniform(-2.0, 2.0) + 10.0 * static_cast<double>(column));
        index += (column % 2 == 0 ? 0.4 : -0.3) * (x.back() - 10.0 * static_cast<double>(column));
      }
      rows[cluster].push_back({random.uniform(0.0, 1.0) < 1.0 / (1.0 + std::exp(-index)) ? 1.0 : 0.0, x});
    }
  }
  return HeldRows(std::move(rows), names);
}

TEST(Logit, HasTheSameBitsWithAnyNumberOfThreads) {
  const HeldRows rows = random_rows(3, 5, 17, 900);
  const Logit one = fit_logit(rows, 1, "test");
  for (const int threads : {2, 7}) {
    const Logit other = fit_logit(rows, threads, "test");
    EXPECT_EQ(one.coefficient, other.coefficient);
    EXPECT_EQ(one.standard_error, other.standard_error);
    EXPECT_EQ(one.folds, other.folds);
    EXPECT_EQ(one.scaling.deviation, other.scaling.deviation);
  }
}

TEST(Logit, MaximisesTheLikelihood) {
  const HeldRows rows = random_rows(4, 3, 11, 700);
  const Logit logit = fit_logit(rows, 2, "test");
  std::vector<long double> gradient(4, 0.0L);
  for (const auto& cluster : rows.rows_)
    for (const auto& [y, x] : cluster) {
      long double index = logit.coefficient[0];
      for (std::size_t c = 0; c < 3; ++c)
        index += logit.coefficient[c + 1] * (x[c] - logit.scaling.mean[c]) / logit.scaling.deviation[c];
      const long double residual = y - 1.0L / (1.0L + std::exp(-index));
      gradient[0] += residual;
      for (std::size_t c = 0; c < 3; ++c) gradient[c + 1] += residual * (x[c] - logit.scaling.mean[c]) / logit.scaling.deviation[c];
    }
  for (const long double part : gradient) EXPECT_NEAR(static_cast<double>(part), 0.0, 1e-6);
}

TEST(Logit, SaysWhatCannotBeEstimated) {
  const auto complaint = [](const HeldRows& rows) { return complaint_about_input([&] { fit_logit(rows, 2, "here"); }); };
  // Separation: yes always happens, no never does; and quasi-separation, where yes always happens.
  for (const int without : {0, 10}) {
    const std::string said = complaint(yes_or_no(std::vector<std::pair<int, int>>(10, {40, without})));
    EXPECT_NE(said.find("exactly what happens"), std::string::npos) << said;
    EXPECT_NE(said.find("here"), std::string::npos) << said;
  }
  EXPECT_NE(complaint(yes_or_no(std::vector<std::pair<int, int>>(10, {0, 0}))).find("none of these happened"), std::string::npos);
  EXPECT_NE(complaint(yes_or_no(std::vector<std::pair<int, int>>(10, {40, 40}))).find("all of these happened"), std::string::npos);
  EXPECT_NE(complaint(yes_or_no({{30, 10}})).find("too few exporters"), std::string::npos);

  HeldRows constant = random_rows(5, 3, 9, 300);
  for (auto& cluster : constant.rows_)
    for (auto& row : cluster) row.second[1] = 7.1;
  EXPECT_NE(complaint(constant).find("column 1 is the same everywhere"), std::string::npos);

  HeldRows dependent = random_rows(6, 3, 9, 300);
  for (auto& cluster : dependent.rows_)
    for (auto& row : cluster) row.second[2] = row.second[0] - 2.0 * row.second[1];
  EXPECT_NE(complaint(dependent).find("follows from the others"), std::string::npos);

  EXPECT_NE(complaint(HeldRows({{}, {}}, {"x"})).find("nothing to estimate from"), std::string::npos);
}

TEST(LeastSquares, FindsALineAndWhatItExplains) {
  // y = 1 + 2 a − 3 b exactly, in ten clusters; a alone explains less.
  HeldRows rows = random_rows(7, 2, 10, 400);
  for (auto& cluster : rows.rows_)
    for (auto& row : cluster) row.first = 1.0 + 2.0 * row.second[0] - 3.0 * row.second[1];
  const CrossProducts products = cross_products(rows, 2, "test");
  const LeastSquares both = least_squares(products, {0, 1}, rows.columns(), "test");
  EXPECT_NEAR(both.coefficient[1] / products.scaling.deviation[0], 2.0, 1e-10);
  EXPECT_NEAR(both.coefficient[2] / products.scaling.deviation[1], -3.0, 1e-10);
  EXPECT_NEAR(explained(predict(rows, products.scaling, both.folds, 2)), 1.0, 1e-12);
  const LeastSquares one = least_squares(products, {0}, rows.columns(), "test");
  EXPECT_EQ(one.coefficient[2], 0.0);
  const double share = explained(predict(rows, products.scaling, one.folds, 2));
  EXPECT_GT(share, 0.1);
  EXPECT_LT(share, 0.6);
}

TEST(LeastSquares, JudgesEachFoldByTheOthers) {
  // One column that says nothing: predictions are means without the fold.
  std::vector<std::vector<HeldRows::Row>> clusters;
  for (int cluster = 0; cluster < 10; ++cluster)
    clusters.push_back({{double(cluster % 5), {1.0}}, {double(cluster % 5), {-1.0}}});
  const HeldRows rows(clusters, {"x"});
  const CrossProducts products = cross_products(rows, 1, "test");
  const LeastSquares fit = least_squares(products, {0}, rows.columns(), "test");
  for (int fold = 0; fold < fold_count; ++fold) EXPECT_NEAR(fit.folds[fold][0], (10.0 - fold) / 4.0, 1e-12);
  // Σ error² / Σ apart²: errors are 1.25 times the distances from the mean.
  EXPECT_NEAR(explained(predict(rows, products.scaling, fit.folds, 1)), 1.0 - 1.25 * 1.25, 1e-12);
}

TEST(Ranks, AreaUnderTheCurveCountsTiesHalf) {
  // Pairs of 1, 2, 2 with 0, 2, 3: 1 beats 0; each 2 beats 0 and ties with 2.
  const SortedScores scores{{1, 2, 2}, {0, 2, 3}};
  EXPECT_DOUBLE_EQ(roc_auc(scores), 4.0 / 9.0);
  EXPECT_DOUBLE_EQ(roc_auc(std::vector<Tally>{{2, 2, 3}, {0, 0, 1}, {3, 0, 1}, {1, 1, 1}}), 4.0 / 9.0);
  EXPECT_DOUBLE_EQ(roc_auc(SortedScores{{2, 3}, {0, 1}}), 1.0);
  EXPECT_TRUE(std::isnan(roc_auc(SortedScores{{}, {1}})));
}

TEST(Ranks, TheCurveGoesThroughItsCorners) {
  const std::vector<RocPoint> points = roc_curve(SortedScores{{1, 3}, {0, 2}}, 2);
  ASSERT_GE(points.size(), 4u);
  EXPECT_EQ(points[0].others, 0.0);
  EXPECT_EQ(points[1].others, 0.5);     // 3 and 2 are at or above 2
  EXPECT_EQ(points[1].starters, 0.5);
  EXPECT_EQ(points.back().starters, 1.0);
}

TEST(Ranks, CalibrationKeepsEqualChancesTogether) {
  SortedScores chances;
  for (int n = 0; n < 10; ++n) chances.others.push_back(0.1);   // the first half, all in the first tenth
  for (int n = 0; n < 5; ++n) chances.others.push_back(0.5 + 0.01 * n);
  for (int n = 0; n < 5; ++n) chances.starters.push_back(0.8 + 0.01 * n);
  const Calibration found = calibrate(chances);
  EXPECT_EQ(found.count[0], 10u);
  EXPECT_NEAR(found.predicted[0], 0.1, 1e-15);
  EXPECT_EQ(found.observed[0], 0.0);
  EXPECT_EQ(found.count[1], 0u);
  EXPECT_TRUE(std::isnan(found.observed[1]));
  EXPECT_EQ(found.count[5], 2u);        // the 11th and 12th of twenty
  EXPECT_NEAR(found.predicted[5], 0.505, 1e-15);
  EXPECT_EQ(found.count[7], 2u);
  EXPECT_EQ(found.observed[7], 0.5);    // 0.54 did not start, 0.80 did
  EXPECT_EQ(found.observed[9], 1.0);
}

TEST(Ranks, CorrelationOfRanksWithTies) {
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3}, {10, 20, 30}), 1.0);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3}, {3, 2, 1}), -1.0);
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
  EXPECT_NEAR(rank_correlation({1, 5, 5, 9}, {0, 1, 2, 3}), 4.5 / std::sqrt(4.5 * 5.0), 1e-15);
  EXPECT_TRUE(std::isnan(rank_correlation({1, 1}, {0, 1})));
}

TEST(Ranks, SortsManyNumbersWithSeveralThreads) {
  testing::Random random(9);
  std::vector<double> values;
  for (int n = 0; n < 200003; ++n) values.push_back(std::floor(random.uniform(0.0, 5e4)));
  std::vector<double> expected = values;
  std::sort(expected.begin(), expected.end());
  const std::vector<std::uint32_t> one = order_of(values), seven = order_of(values);
  EXPECT_EQ(one, seven);
  for (std::size_t at = 1; at < one.size(); ++at)
    ASSERT_TRUE(values[one[at - 1]] < values[one[at]] || (values[one[at - 1]] == values[one[at]] && one[at - 1] < one[at]));
  sort_numbers(values);
  EXPECT_EQ(values, expected);
}

TEST(Ranks, QuantilesInterpolate) {
  EXPECT_DOUBLE_EQ(quantile_of_sorted({1, 2, 4, 8}, 0.5), 3.0);
  EXPECT_DOUBLE_EQ(quantile_of_sorted({1, 2, 4, 8}, 0.9), 4.0 + 0.7 * 4.0);
  EXPECT_DOUBLE_EQ(quantile_of_sorted({5}, 0.9), 5.0);
}

}  // namespace
}  // namespace potentia
