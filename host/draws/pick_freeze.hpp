// Which group of inputs matters: Sobol' indices by pick-freeze. Two independent draws A and B of all inputs, and for
// each group A with that group's inputs from B.
//
//   first order   S = Σ (f(B) − m) (f(AB) − f(A)) / Σ v      (Saltelli et al. 2010)
//   total         T = Σ (f(A) − f(AB))² / 2 / Σ v            (Jansen 1999)
//
// with m the mean of all f(A) and f(B), and v = ((f(A) − m)² + (f(B) − m)²) / 2. S is the share of the variance that
// would go if the group were known, T the share that would stay if all others were. Standard errors are those of a
// ratio of two means (delta method).
#pragma once

#include <cstddef>
#include <vector>

#include "kernels/buffer.hpp"

namespace potentia {

/// [group][figure]; NaN where a figure does not vary.
struct SobolIndices {
  Buffer<double> first, total, first_error, total_error;
};

/// Sums of many figures, sample after sample, so that no value is kept.
class PickFreeze {
public:
  PickFreeze(std::size_t groups, std::size_t figures);

  /// The next sample. Different figures do not touch each other: sums do not depend on the threads.
  /// @param a,b [figures]; @param mixed [groups] A with the group's inputs of B, [figures] each
  void add(const double* a, const double* b, const std::vector<const double*>& mixed, int threads);

  std::size_t samples() const { return samples_; }
  SobolIndices indices() const;

private:
  enum Common { s1, s2, s11, s12, s22, commons };
  enum OfGroup { d, bd, dd, bdd, bbdd, bd_s1, bd_s2, d_s1, d_s2, dddd, dd_s1, dd_s2, of_groups };

  std::size_t groups_, figures_, samples_ = 0;
  std::vector<double>
      centre_;  ///< [figure] f(A) of the first sample: all values are taken less it, so that nothing cancels
  std::vector<double> common_;  ///< [Common][figure]
  std::vector<double> group_;   ///< [group][OfGroup][figure]
};

}  // namespace potentia
