#include "host/model/variant.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace potentia {
namespace {

struct OwningVariant {
  std::shared_ptr<const Problem> baseline;
  Variant inputs;
  std::vector<double> rate, multiplier;
  std::vector<std::int32_t> row_now, row_horizon;
  Problem problem;
};

/// Rates of the baseline, then those of the variant.
void join_rows(OwningVariant& own) {
  const Problem& baseline = *own.baseline;
  const Variant& variant = own.inputs;
  const std::size_t products = baseline.products, known = baseline.tariffs.rows;
  const std::size_t square = static_cast<std::size_t>(baseline.countries) * baseline.countries;
  own.rate.assign(baseline.tariffs.rate, baseline.tariffs.rate + (known > 0 ? known * products : 0));
  own.rate.insert(own.rate.end(), variant.rate.begin(), variant.rate.end());
  if (!variant.multiplier.empty()) {
    own.multiplier.assign(known * products, 1.0);
    own.multiplier.insert(own.multiplier.end(), variant.multiplier.begin(), variant.multiplier.end());
  }
  const auto rows_of = [&](const std::vector<std::int32_t>& replaced, const std::int32_t* of_baseline) {
    if (!replaced.empty()) return replaced;
    if (known == 0) return std::vector<std::int32_t>(square, -1);
    return std::vector<std::int32_t>(of_baseline, of_baseline + square);
  };
  own.row_now = rows_of(variant.row_now, baseline.tariffs.row_now);
  own.row_horizon = rows_of(variant.row_horizon, baseline.tariffs.row_horizon);
  if (!variant.sigma.empty()) {
    // Every row once more with the other σ, for the horizon alone.
    const auto rows = static_cast<std::int32_t>(known) + variant.rows;
    const auto twice = [](std::vector<double>& values) {
      const std::vector<double> copy = values;
      values.insert(values.end(), copy.begin(), copy.end());
    };
    twice(own.rate);
    twice(own.multiplier);
    for (std::int32_t& row : own.row_horizon)
      if (row >= 0) row += rows;
    own.problem.tariffs.first_horizon_row = rows;
    own.problem.tariffs.sigma_horizon = own.inputs.sigma.data();
  }
  TariffView& tariffs = own.problem.tariffs;
  tariffs.rows = (static_cast<std::int32_t>(known) + variant.rows) * (variant.sigma.empty() ? 1 : 2);
  tariffs.rate = own.rate.data();
  tariffs.multiplier = own.multiplier.empty() ? nullptr : own.multiplier.data();
  tariffs.row_now = own.row_now.data();
  tariffs.row_horizon = own.row_horizon.data();
}

}  // namespace

std::shared_ptr<const Problem> apply_variant(std::shared_ptr<const Problem> baseline, const Variant& variant) {
  if (variant.empty()) return baseline;
  auto own = std::make_shared<OwningVariant>();
  own->problem = *baseline;
  own->baseline = std::move(baseline);
  own->inputs = variant;
  Problem& problem = own->problem;
  if (!variant.gdp_growth.empty()) problem.gdp_growth = own->inputs.gdp_growth.data();
  if (!variant.population_growth.empty()) problem.population_growth = own->inputs.population_growth.data();
  if (!variant.income_elasticity.empty()) {
    problem.income_elasticity = own->inputs.income_elasticity.data();
    problem.elasticity_by_market = true;
  }
  if (!variant.ease.empty()) problem.ease_given = own->inputs.ease.data();
  const bool has_rows = own->baseline->tariffs.rows > 0 || variant.rows > 0;
  const bool changes_rows = variant.rows > 0 || !variant.row_horizon.empty() || !variant.sigma.empty();
  if (has_rows && changes_rows) join_rows(*own);
  return {own, &own->problem};
}

}  // namespace potentia
