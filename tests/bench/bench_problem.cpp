// See bench_problem.hpp. Draws are hashes of (purpose, indices), as in the synthetic world.
#include "tests/bench/bench_problem.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "host/synth/random.hpp"
#include "tests/support/owned_problem.hpp"

namespace potentia::bench {
namespace {

using synth::draw;
using synth::nearly_normal;
using synth::unit_interval;
using testing::OwnedProblem;

double normal(std::uint64_t purpose, std::uint64_t a, std::uint64_t b = 0) {
  return nearly_normal(draw(draw(draw(purpose, purpose), a), b));
}

/// Odds that exporter i sells product k to market j, up to the scale.
class Odds {
public:
  explicit Odds(const BenchShape& shape) {
    for (std::int32_t c = 0; c < shape.countries; ++c) {
      seller_.push_back(exp(1.9 * normal(1, c)));
      buyer_.push_back(exp(0.9 * normal(2, c)));
    }
    for (std::int32_t k = 0; k < shape.products; ++k) product_.push_back(exp(1.2 * normal(3, k)));
    calibrate(shape);
  }
  /// The factor of one row; the odds are that times buyer(j).
  double row(std::int32_t i, std::int32_t k) const {
    return scale_ * seller_[i] * product_[k] * exp(1.3 * normal(4, i, k));
  }
  double buyer(std::int32_t j) const { return buyer_[j]; }

private:
  /// The scale at which the mean of odds / (1 + odds) over a sample of cells is the density.
  void calibrate(const BenchShape& shape) {
    std::vector<double> sample;
    for (std::uint64_t n = 0; n < 20000; ++n) {
      const auto i = static_cast<std::int32_t>(draw(5, 3 * n) % seller_.size());
      const auto j = static_cast<std::int32_t>(draw(5, 3 * n + 1) % buyer_.size());
      const auto k = static_cast<std::int32_t>(draw(5, 3 * n + 2) % product_.size());
      sample.push_back(row(i, k) * buyer_[j]);
    }
    double low = -60.0, high = 60.0;
    for (int round = 0; round < 50; ++round) {
      const double middle = 0.5 * (low + high);
      double mean = 0.0;
      for (double odds : sample) mean += odds * exp(middle) / (1.0 + odds * exp(middle)) / 20000.0;
      (mean < shape.density ? low : high) = middle;
    }
    scale_ = exp(low);
  }

  std::vector<double> seller_, buyer_, product_;
  double scale_ = 1.0;
};

void add_flows(OwnedProblem& owned, const BenchShape& shape) {
  const Odds odds(shape);
  for (std::int32_t k = 0; k < shape.products; ++k) {
    owned.product_begin.push_back(owned.value.size());
    for (std::int32_t i = 0; i < shape.countries; ++i) {
      const double row = odds.row(i, k);
      const std::uint64_t key = draw(draw(6, static_cast<std::uint64_t>(k)), static_cast<std::uint64_t>(i));
      for (std::int32_t j = 0; j < shape.countries; ++j) {
        const double u = unit_interval(draw(key, static_cast<std::uint64_t>(j)));
        const double chance = row * odds.buyer(j);
        const bool first = k % shape.countries == i && j == (i + 1) % shape.countries;  // every product is traded
        if (i == j || (u * (1.0 + chance) >= chance && !first)) continue;
        owned.exporter.push_back(static_cast<std::uint16_t>(i));
        owned.market.push_back(static_cast<std::uint16_t>(j));
        owned.value.push_back(std::floor(1.0 + 9000.0 * exp(3.0 * nearly_normal(draw(key, (1u << 20) + j)))));
      }
    }
    owned.product_end.push_back(owned.value.size());
  }
}

void add_tables(OwnedProblem& owned, const BenchShape& shape) {
  const auto n = static_cast<std::size_t>(shape.countries);
  for (std::int32_t s = 0; s <= shape.sectors; ++s) {
    owned.sector_begin.push_back(static_cast<std::int32_t>(std::int64_t{shape.products} * s / shape.sectors));
  }
  for (std::int32_t k = 0; k < shape.products; ++k) {
    owned.product_column.push_back(k);
    owned.sigma.push_back(1.1 + 5.0 * exp(0.5 * normal(7, k)));
    owned.income_elasticity.push_back(1.0 + 0.2 * normal(8, k));
  }
  for (std::size_t c = 0; c < n; ++c) {
    owned.gdp_growth.push_back(exp(0.15 + 0.08 * normal(9, c)));
    owned.population_growth.push_back(exp(0.05 + 0.04 * normal(10, c)));
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const bool known = draw(11, std::min(i, j) * n + std::max(i, j)) % 10 != 0;
      const double km = exp(8.6 + 0.5 * normal(12, std::min(i, j), std::max(i, j)));
      owned.distance.push_back(known && i != j ? km : std::numeric_limits<double>::quiet_NaN());
    }
  }
}

std::size_t tariff_rows(const BenchShape& shape) { return 3 * static_cast<std::size_t>(shape.countries); }

/// A schedule for every market, three sets of regimes in each; one pair in ten loses its regime before the horizon.
void add_tariffs(OwnedProblem& owned, const BenchShape& shape) {
  const auto n = static_cast<std::size_t>(shape.countries);
  const std::size_t rows = tariff_rows(shape);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::int32_t k = 0; k < shape.products; ++k) {
      const double mfn = 0.08 * exp(0.7 * normal(13, r / 3, k));
      owned.rate.push_back(mfn * (2.0 - static_cast<double>(r % 3)) / 2.0);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::uint64_t bits = draw(14, i * n + j);
      const auto now = static_cast<std::int32_t>(3 * j + bits % 3);
      const bool graduates = bits / 3 % 10 == 0;
      owned.row_now.push_back(now);
      owned.row_horizon.push_back(graduates ? static_cast<std::int32_t>(3 * j) : now);
    }
  }
}

}  // namespace

std::shared_ptr<const Problem> make_bench_problem(const BenchShape& shape) {
  auto owned = std::make_shared<OwnedProblem>();
  add_flows(*owned, shape);
  add_tables(*owned, shape);
  if (shape.tariffs) add_tariffs(*owned, shape);
  owned->point(shape.countries, shape.products, shape.sectors, shape.tariffs ? tariff_rows(shape) : 0);
  return {owned, &owned->problem};
}

std::uint64_t live_cells(const Problem& problem) {
  std::uint64_t rows = 0;
  for (std::int32_t k = 0; k < problem.products; ++k) {
    std::int32_t last = -1;
    for (std::uint64_t f = problem.flows.product_begin[k]; f < problem.flows.product_end[k]; ++f) {
      rows += problem.flows.exporter[f] != last;
      last = problem.flows.exporter[f];
    }
  }
  return rows * static_cast<std::uint64_t>(problem.countries);
}

}  // namespace potentia::bench
