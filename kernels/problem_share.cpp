#include "kernels/problem_share.hpp"

#include <algorithm>

#include "kernels/tables.hpp"

namespace potentia {
namespace {

struct OwningShare {
  Problem problem;
  std::shared_ptr<const Problem> whole;
  std::vector<std::int32_t> sector_begin, product_column;
  std::vector<double> income_elasticity, rate, multiplier;
};

/// Rows of a table [rows, products], products [first, last) of each.
std::vector<double> cut(const double* table, std::size_t rows, std::size_t products, std::size_t first, std::size_t last) {
  std::vector<double> part;
  part.reserve(rows * (last - first));
  for (std::size_t row = 0; row < rows; ++row)
    part.insert(part.end(), table + row * products + first, table + row * products + last);
  return part;
}

}  // namespace

ProblemShare share_of(std::shared_ptr<const Problem> whole, std::int32_t first, std::int32_t last) {
  const std::vector<Segment> segments = make_segments(whole->sector_begin, whole->sectors);
  const std::int32_t begin = first < last ? segments[first].first : 0, end = first < last ? segments[last - 1].last : 0;
  const std::size_t products = whole->products;

  auto own = std::make_shared<OwningShare>();
  Problem& problem = own->problem;
  problem = *whole;
  problem.products = end - begin;
  problem.first_segment = first;
  problem.begins_inside_sector = first < last && segments[first].first != whole->sector_begin[segments[first].sector];
  problem.elasticity_varies_elsewhere = !uniform_elasticity(*whole);

  for (std::int32_t sector = 0; sector <= whole->sectors; ++sector)
    own->sector_begin.push_back(std::clamp(whole->sector_begin[sector], begin, end) - begin);
  problem.sector_begin = own->sector_begin.data();

  ProblemShare share;
  share.columns.assign(whole->product_column + begin, whole->product_column + end);
  std::sort(share.columns.begin(), share.columns.end());
  for (std::int32_t product = begin; product < end; ++product)
    own->product_column.push_back(static_cast<std::int32_t>(
        std::lower_bound(share.columns.begin(), share.columns.end(), whole->product_column[product]) - share.columns.begin()));
  problem.product_column = own->product_column.data();

  problem.flows.product_begin += begin;
  problem.flows.product_end += begin;
  problem.sigma += begin;
  if (whole->elasticity_by_market) {
    own->income_elasticity = cut(whole->income_elasticity, whole->countries, products, begin, end);
    problem.income_elasticity = own->income_elasticity.data();
  } else {
    problem.income_elasticity += begin;
  }
  if (whole->tariffs.rows > 0) {
    own->rate = cut(whole->tariffs.rate, whole->tariffs.rows, products, begin, end);
    problem.tariffs.rate = own->rate.data();
    if (whole->tariffs.multiplier != nullptr) {
      own->multiplier = cut(whole->tariffs.multiplier, whole->tariffs.rows, products, begin, end);
      problem.tariffs.multiplier = own->multiplier.data();
    }
    if (whole->tariffs.sigma_horizon != nullptr) problem.tariffs.sigma_horizon += begin;
  }
  own->whole = std::move(whole);
  share.problem = std::shared_ptr<const Problem>(own, &own->problem);
  return share;
}

}  // namespace potentia
