// See mover_estimates.hpp.
#include "host/model/mover_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "kernels/interrupt.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

/// A factor of both results and its growth, elementwise.
struct Blend {
  Blend(const Buffer<double>& before, const Buffer<double>& after, const Buffer<double>& growth_before,
        const Buffer<double>& growth_after)
      : mean(before.size()), change(before.size()), growth(before.size()) {
    const std::int64_t size = static_cast<std::int64_t>(before.size());
#pragma omp parallel for schedule(static)
    for (std::int64_t n = 0; n < size; ++n) {
      const std::size_t at = static_cast<std::size_t>(n);
      mean[at] = logarithmic_mean(before[at], after[at]);
      change[at] = after[at] - before[at];
      growth[at] = mean[at] * (growth_after[at] - growth_before[at]);
    }
  }
  Buffer<double> mean;    ///< logarithmic
  Buffer<double> change;  ///< mean · ln(after / before), and its limit at 0
  Buffer<double> growth;  ///< mean · how much its growth to the horizon differs
};

struct Terms {
  std::size_t exporters, markets, products;
  Blend supply, demand;       ///< [E, K], [M, K]
  Buffer<double> scale;       ///< [E, M] L(EP_ij) / Σ_k S_ik D_jk
  Buffer<double> ease;        ///< [E, M] ln(after / before)
  Buffer<double> population;  ///< [M] how much ln P differs
};

void estimate_pairs(const MoverTables& tables, Terms& terms, MoverEstimates::Pairs& pairs) {
  const std::size_t products = terms.products;
  const std::int64_t exporters = static_cast<std::int64_t>(terms.exporters);
#pragma omp parallel for schedule(dynamic, 1)
  for (std::int64_t i = 0; i < exporters; ++i) {
    const std::size_t row = static_cast<std::size_t>(i) * products;
    const double* const s = terms.supply.mean.data() + row;
    const double* const s_change = terms.supply.change.data() + row;
    const double* const s_growth = terms.supply.growth.data() + row;
    for (std::size_t j = 0; j < terms.markets; ++j) {
      const double* const d = terms.demand.mean.data() + j * products;
      const double* const d_change = terms.demand.change.data() + j * products;
      const double* const d_growth = terms.demand.growth.data() + j * products;
      double sum = 0, supply = 0, supply_growth = 0, imports = 0, income = 0;
      for (std::size_t k = 0; k < products; ++k) {
        sum += s[k] * d[k];
        supply += s_change[k] * d[k];
        supply_growth += s_growth[k] * d[k];
        imports += s[k] * d_change[k];
        income += s[k] * d_growth[k];
      }
      const std::size_t at = static_cast<std::size_t>(i) * terms.markets + j;
      const double mean =
          logarithmic_mean(tables.before.pair[column_potential][at], tables.after.pair[column_potential][at]);
      const double scale = sum > 0 ? mean / sum : 0.0;
      terms.scale[at] = scale;
      pairs.supply[at] = scale * supply;
      pairs.supply_growth[at] = scale * supply_growth;
      pairs.imports[at] = scale * imports;
      pairs.income[at] = scale * income;
    }
  }
}

constexpr std::size_t block = 64;  // products that one thread adds up together

/// Products of one block: sums over exporters, then markets, always in this order.
void estimate_block(const Terms& terms, const Buffer<double>& product_mean, std::size_t first,
                    MoverEstimates::Products& out) {
  const std::size_t products = terms.products, markets = terms.markets;
  const std::size_t count = std::min(block, products - first);
  double sum[block] = {}, supply[block] = {}, supply_growth[block] = {}, imports[block] = {}, income[block] = {},
         population[block] = {}, ease[block] = {};
  for (std::size_t i = 0; i < terms.exporters; ++i) {
    double reach[block] = {}, reach_imports[block] = {}, reach_income[block] = {}, reach_population[block] = {},
           reach_ease[block] = {};
    for (std::size_t j = 0; j < markets; ++j) {
      const double scale = terms.scale[i * markets + j];
      if (scale == 0) continue;
      const double eased = scale * terms.ease[i * markets + j], peopled = scale * terms.population[j];
      const std::size_t row = j * products + first;
      const double* const d = terms.demand.mean.data() + row;
      const double* const d_change = terms.demand.change.data() + row;
      const double* const d_growth = terms.demand.growth.data() + row;
      for (std::size_t k = 0; k < count; ++k) {
        reach[k] += scale * d[k];
        reach_imports[k] += scale * d_change[k];
        reach_income[k] += scale * d_growth[k];
        reach_population[k] += peopled * d[k];
        reach_ease[k] += eased * d[k];
      }
    }
    const std::size_t row = i * products + first;
    for (std::size_t k = 0; k < count; ++k) {
      const double s = terms.supply.mean[row + k];
      sum[k] += s * reach[k];
      supply[k] += terms.supply.change[row + k] * reach[k];
      supply_growth[k] += terms.supply.growth[row + k] * reach[k];
      imports[k] += s * reach_imports[k];
      income[k] += s * reach_income[k];
      population[k] += s * reach_population[k];
      ease[k] += s * reach_ease[k];
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    const double scale = sum[k] > 0 ? product_mean[first + k] / sum[k] : 0.0;
    out.supply[first + k] = scale * supply[k];
    out.supply_growth[first + k] = scale * supply_growth[k];
    out.imports[first + k] = scale * imports[k];
    out.income[first + k] = scale * income[k];
    out.population[first + k] = scale * population[k];
    out.ease[first + k] = scale * ease[k];
  }
}

void estimate_products(const MoverTables& tables, Terms& terms, const Buffer<double>& product_mean,
                       MoverEstimates::Products& out) {
  for (Buffer<double>* list : {&out.supply, &out.supply_growth, &out.imports, &out.income, &out.population, &out.ease})
    *list = Buffer<double>(terms.products);
  terms.ease = Buffer<double>::zeroed(terms.scale.size());
  for (std::size_t at = 0; at < terms.ease.size(); ++at) {
    const double before = tables.before.ease[at], after = tables.after.ease[at];
    if (before > 0 && after > 0) terms.ease[at] = log(after / before);
  }
  terms.population = Buffer<double>(terms.markets);
  for (std::size_t j = 0; j < terms.markets; ++j)
    terms.population[j] = tables.after.population[j] - tables.before.population[j];
  const std::int64_t blocks = static_cast<std::int64_t>((terms.products + block - 1) / block);
#pragma omp parallel for schedule(dynamic, 1)
  for (std::int64_t b = 0; b < blocks; ++b)
    estimate_block(terms, product_mean, static_cast<std::size_t>(b) * block, out);
}

}  // namespace

double logarithmic_mean(double a, double b) {
  if (!(a > 0) || !(b > 0)) return 0.0;
  const double r = log(b / a);
  if (std::abs(r) >= 0x1p-10) return (b - a) / r;
  return a * (1 + r / 2 + r * r / 6 + r * r * r / 24);  // METHOD.md's series, where the quotient loses digits
}

MoverEstimates estimate_movers(const MoverTables& tables, const Buffer<double>& product_mean) {
  const MoverSide &before = tables.before, &after = tables.after;
  Terms terms{tables.exporters.size(),
              tables.markets.size(),
              tables.products.size(),
              Blend(before.supply_now, after.supply_now, before.supply_growth, after.supply_growth),
              Blend(before.demand_now, after.demand_now, before.income, after.income),
              Buffer<double>(before.ease.size()),
              {},
              {}};
  MoverEstimates estimates;
  MoverEstimates::Pairs& pairs = estimates.pairs;
  for (Buffer<double>* table : {&pairs.supply, &pairs.supply_growth, &pairs.imports, &pairs.income})
    *table = Buffer<double>(before.ease.size());
  check_interrupted();
  estimate_pairs(tables, terms, pairs);
  check_interrupted();
  if (!product_mean.empty()) estimate_products(tables, terms, product_mean, estimates.products);
  check_interrupted();
  return estimates;
}

}  // namespace potentia
