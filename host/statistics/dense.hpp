// The small dense algebra of estimates, by Eigen without vectors, so that its bits are the same on every machine.
#pragma once

#include <string>
#include <vector>

namespace potentia::statistics {

/// A symmetric positive definite matrix, taken apart.
class Symmetric {
public:
  /// @param packed entries (a, b), a ≤ b, of a matrix of `size` rows, as add_cross_products() orders them
  Symmetric(const std::vector<double>& packed, std::size_t size);

  /// A row that others say already (its part that they do not explain is below 1e-9), or −1.
  int dependent() const { return dependent_; }
  std::vector<double> solve(const std::vector<double>& right) const;
  /// Diagonal of A⁻¹ M A⁻¹. @param meat packed likewise
  std::vector<double> sandwich(const std::vector<double>& meat) const;

private:
  std::size_t size_;
  std::vector<double> inverse_;  ///< [size, size]
  int dependent_ = -1;
};

}  // namespace potentia::statistics
