// See random_problem.hpp.
#include "tests/parity/random_problem.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include "tests/support/owned_problem.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

/// Flows of every product, the products in any order with strangers between them; country 0 only sells, the last only
/// buys, and one in the middle does nothing, where there are enough of them.
void add_flows(OwnedProblem& owned, const ProblemShape& shape, Random& random, const std::vector<std::int32_t>& order) {
  const std::int32_t n = shape.countries;
  owned.product_begin.resize(static_cast<std::size_t>(shape.products));
  owned.product_end = owned.product_begin;
  const auto flow = [&](std::int32_t i, std::int32_t j, double value) {
    owned.exporter.push_back(static_cast<std::uint16_t>(i));
    owned.market.push_back(static_cast<std::uint16_t>(j));
    owned.value.push_back(value);
  };
  for (const std::int32_t k : order) {
    if (n > 1 && random.chance(0.2)) flow(0, 1, 1e12);  // of a product that nobody asks about
    owned.product_begin[static_cast<std::size_t>(k)] = owned.value.size();
    const double density = random.chance(0.3) ? shape.density / 8 : shape.density;
    for (std::int32_t i = 0; i < n; ++i) {
      for (std::int32_t j = 0; j < n; ++j) {
        const bool idle = n > 4 && (i == n - 1 || j == 0 || i == n / 2 || j == n / 2);
        if (i == j || idle || !random.chance(density)) continue;
        flow(i, j, random.chance(0.03) ? 0.0 : random.spread(1.0, 1e10));
      }
    }
    bool traded = false;
    for (std::uint64_t f = owned.product_begin[static_cast<std::size_t>(k)]; f < owned.value.size(); ++f) {
      traded = traded || owned.value[f] > 0;
    }
    if (!traded && n > 1) {  // every product of a problem is traded
      owned.exporter.resize(owned.product_begin[static_cast<std::size_t>(k)]);
      owned.market.resize(owned.exporter.size());
      owned.value.resize(owned.exporter.size());
      flow(0, n - 1, random.spread(1.0, 1e10));
    }
    owned.product_end[static_cast<std::size_t>(k)] = owned.value.size();
  }
}

/// @return rows of rates
std::size_t add_tariffs(OwnedProblem& owned, const ProblemShape& shape, Random& random) {
  const auto n = static_cast<std::size_t>(shape.countries), products = static_cast<std::size_t>(shape.products);
  const std::size_t rows = 1 + random.below(3 * n);
  for (std::size_t r = 0; r < rows * products; ++r) {
    owned.rate.push_back(random.chance(0.4) ? 0.0 : random.chance(0.02) ? 3.0 : random.uniform(0.0, 0.5));
  }
  for (std::size_t pair = 0; pair < n * n; ++pair) {
    const auto row = static_cast<std::int32_t>(random.chance(0.2) ? -1 : static_cast<int>(random.below(rows)));
    owned.row_now.push_back(row);
    const bool same = random.chance(0.7), unknown = random.chance(0.1);
    const auto other = static_cast<std::int32_t>(unknown ? -1 : static_cast<int>(random.below(rows)));
    owned.row_horizon.push_back(same ? row : other);
  }
  return rows;
}

/// Multipliers with zeros, the second half of the rows with a σ of the horizon, ease given for some pairs.
void add_variant(OwnedProblem& owned, Random& random) {
  Problem& problem = owned.problem;
  const auto n = static_cast<std::size_t>(problem.countries), products = static_cast<std::size_t>(problem.products);
  const auto rows = static_cast<std::size_t>(problem.tariffs.rows);
  for (std::size_t at = 0; at < rows * products; ++at)
    owned.multiplier.push_back(random.chance(0.3) ? 1.0 : random.chance(0.1) ? 0.0 : random.spread(0.1, 10));
  for (std::size_t k = 0; k < products; ++k)
    owned.sigma_horizon.push_back(random.chance(0.5) ? owned.sigma[k] : random.spread(0.3, 20));
  for (std::size_t pair = 0; pair < n * n; ++pair)
    owned.ease_given.push_back(random.chance(0.9) ? std::numeric_limits<double>::quiet_NaN() : random.uniform(0.0, 3.0));
  problem.tariffs.multiplier = owned.multiplier.data();
  problem.tariffs.sigma_horizon = owned.sigma_horizon.data();
  problem.tariffs.first_horizon_row = static_cast<std::int32_t>(rows / 2);
  problem.ease_given = owned.ease_given.data();
}

void shuffle(std::vector<std::int32_t>& order, Random& random) {
  for (std::size_t e = order.size(); e > 1; --e) std::swap(order[e - 1], order[random.below(e)]);
}

}  // namespace

std::string ProblemShape::describe() const {
  std::ostringstream text;
  text << countries << " countries, " << products << " products, " << sectors << " sectors, density " << density
       << (tariffs ? ", tariffs" : "") << (elasticity_by_market ? ", elasticity by market" : "") << (variant ? ", variant" : "");
  return text.str();
}

std::string describe(std::uint64_t seed, const ProblemShape& shape, const Problem& problem) {
  std::ostringstream text;
  text << "seed " << seed << ": " << shape.describe() << ", "
       << (problem.ease == Ease::calibrated ? "calibrated" : "trade_share") << ", distance_fit " << problem.distance_fit
       << ", net_importer_correction " << problem.net_importer_correction << ", " << problem.flows.flows << " flows";
  return text.str();
}

std::shared_ptr<const Problem> random_problem(std::uint64_t seed, const ProblemShape& shape) {
  Random random(seed);
  auto owned = std::make_shared<OwnedProblem>();
  Problem& problem = owned->problem;
  const auto n = static_cast<std::size_t>(shape.countries), products = static_cast<std::size_t>(shape.products);
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

  std::vector<std::int32_t> order(products);
  for (std::size_t k = 0; k < products; ++k) order[k] = static_cast<std::int32_t>(k);
  shuffle(order, random);
  owned->product_column = order;
  shuffle(order, random);
  add_flows(*owned, shape, random, order);

  // Sectors are runs of products, some of them empty.
  owned->sector_begin.assign(static_cast<std::size_t>(shape.sectors) + 1, shape.products);
  for (auto& begin : owned->sector_begin) begin = static_cast<std::int32_t>(random.below(products + 1));
  owned->sector_begin.front() = 0, owned->sector_begin.back() = shape.products;
  std::sort(owned->sector_begin.begin(), owned->sector_begin.end());

  const bool grows = !random.chance(0.15), next_to_nothing = random.chance(0.2);
  const double spread = !grows ? 0.0 : next_to_nothing ? 2e-4 : 0.6;
  for (std::size_t c = 0; c < n; ++c) {
    owned->gdp_growth.push_back(1 + spread * random.uniform(-0.3, 1.0));
    owned->population_growth.push_back(1 + spread * random.uniform(-0.2, 0.4));
  }
  const double unknown_share = random.chance(0.5) ? 0.2 : 0.0;
  for (std::size_t pair = 0; pair < n * n; ++pair) {
    owned->distance.push_back(pair % (n + 1) == 0 || random.chance(unknown_share) ? unknown : random.spread(60, 19500));
  }
  for (std::size_t k = 0; k < products; ++k) owned->sigma.push_back(random.spread(0.3, 20));
  for (std::size_t e = 0; e < (shape.elasticity_by_market ? n * products : products); ++e) {
    owned->income_elasticity.push_back(random.chance(0.1) ? 1.0 : random.uniform(0.0, 2.5));
  }
  const std::size_t tariff_rows = shape.tariffs ? add_tariffs(*owned, shape, random) : 0;

  owned->point(shape.countries, shape.products, shape.sectors, tariff_rows);
  problem.elasticity_by_market = shape.elasticity_by_market;
  problem.ease = random.chance(0.5) ? Ease::calibrated : Ease::trade_share;
  problem.distance_fit = random.chance(0.8);
  problem.net_importer_correction = random.chance(0.8);
  if (shape.variant && shape.tariffs) add_variant(*owned, random);
  return {owned, &owned->problem};
}

}  // namespace potentia::testing
