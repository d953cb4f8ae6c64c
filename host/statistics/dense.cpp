#define EIGEN_DONT_VECTORIZE  // lanes would differ between machines, and with them the order of sums
#include "host/statistics/dense.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace potentia::statistics {
namespace {

Eigen::MatrixXd unpacked(const std::vector<double>& packed, std::size_t size) {
  const auto n = static_cast<Eigen::Index>(size);
  Eigen::MatrixXd matrix(n, n);
  std::size_t at = 0;
  for (Eigen::Index a = 0; a < n; ++a)
    for (Eigen::Index b = a; b < n; ++b) matrix(a, b) = matrix(b, a) = packed[at++];
  return matrix;
}

}  // namespace

Symmetric::Symmetric(const std::vector<double>& packed, std::size_t size) : size_(size), inverse_(size * size) {
  Eigen::MatrixXd matrix = unpacked(packed, size);
  const auto n = static_cast<Eigen::Index>(size);
  // To a diagonal of ones, so that what is small says dependence, not scale.
  Eigen::VectorXd scale(n);
  for (Eigen::Index a = 0; a < n; ++a) {
    if (!(matrix(a, a) > 0.0) || !std::isfinite(matrix(a, a))) {
      dependent_ = static_cast<int>(a);
      return;
    }
    scale(a) = 1.0 / std::sqrt(matrix(a, a));
  }
  matrix = (scale.asDiagonal() * matrix * scale.asDiagonal()).eval();
  // Row by row in the order of the columns: the first that those before it explain is the one to name.
  const Eigen::LLT<Eigen::MatrixXd> parts(matrix);
  if (parts.info() != Eigen::Success || parts.matrixL().toDenseMatrix().diagonal().array().square().minCoeff() < 1e-9) {
    Eigen::LDLT<Eigen::MatrixXd> pivoted(matrix);
    Eigen::VectorXi order = Eigen::VectorXi::LinSpaced(n, 0, static_cast<int>(n) - 1);
    order = (pivoted.transpositionsP() * order).eval();
    dependent_ = order(n - 1);
    return;
  }
  const Eigen::MatrixXd inverse = parts.solve(Eigen::MatrixXd::Identity(n, n));
  for (Eigen::Index a = 0; a < n; ++a)
    for (Eigen::Index b = 0; b < n; ++b) inverse_[a * n + b] = scale(a) * inverse(a, b) * scale(b);
}

std::vector<double> Symmetric::solve(const std::vector<double>& right) const {
  std::vector<double> solution(size_, 0.0);
  for (std::size_t a = 0; a < size_; ++a)
    for (std::size_t b = 0; b < size_; ++b) solution[a] += inverse_[a * size_ + b] * right[b];
  return solution;
}

std::vector<double> Symmetric::sandwich(const std::vector<double>& meat) const {
  const auto n = static_cast<Eigen::Index>(size_);
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> bread(inverse_.data(), n, n);
  const Eigen::MatrixXd whole = bread * unpacked(meat, size_) * bread;
  std::vector<double> diagonal(size_);
  for (Eigen::Index a = 0; a < n; ++a) diagonal[a] = whole(a, a);
  return diagonal;
}

}  // namespace potentia::statistics
