// What follows from order alone: ROC, calibration by tenths, rank correlation, quantiles.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace potentia::statistics {

/// Sorts numbers (no NaN).
void sort_numbers(std::vector<double>& values);

/// Positions in ascending order of value, ties in their order.
std::vector<std::uint32_t> order_of(const std::vector<double>& values);

/// Scores of those who started and of those who did not, each ascending.
struct SortedScores {
  std::vector<double> starters, others;
};

/// Share of pairs of a starter and another in which the starter has the higher score, ties counting half: the area
/// under the ROC curve with mid-ranks. Counted in integers. NaN where one of the two is empty.
double roc_auc(const SortedScores& scores);

/// The same where many candidates share a score: how many of them start.
struct Tally {
  double score;
  std::uint64_t starts, candidates;
};
double roc_auc(std::vector<Tally> tallies);

/// Corners of the ROC curve, from (0, 0) to (1, 1): where about each of `steps` equal shares of the others is reached.
struct RocPoint {
  double others, starters;  ///< shares at or above a score
};
std::vector<RocPoint> roc_curve(const SortedScores& scores, int steps);
std::vector<RocPoint> roc_curve(std::vector<Tally> tallies, int steps);

inline constexpr int tenths = 10;

/// Candidates by tenths of their chance, ascending; those of equal chance stay together, in the tenth of the first.
struct Calibration {
  std::array<double, tenths> predicted{}, observed{};  ///< means, NaN where a tenth is empty
  std::array<std::uint64_t, tenths> count{};
};
Calibration calibrate(const SortedScores& chances);

/// Spearman's correlation of ranks, ties by mid-ranks; NaN where one is constant.
double rank_correlation(const std::vector<double>& left, const std::vector<double>& right);

/// Type 7: linear interpolation of order statistics. @param sorted ascending, not empty
double quantile_of_sorted(const std::vector<double>& sorted, double probability);

}  // namespace potentia::statistics
