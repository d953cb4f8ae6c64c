#include "host/draws/drawn_problem.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "kernels/normal.hpp"

namespace potentia {
namespace {

// Numbers that belong to no single product or country have places of their own behind all of them.
constexpr std::uint64_t common = std::uint64_t{1} << 32;

/// The problem together with the inputs that were drawn.
struct Drawn {
  std::shared_ptr<const Problem> baseline;
  std::vector<double> sigma, income_elasticity, gdp_growth, population_growth;
  Problem problem;
};

}  // namespace

DrawMaker::DrawMaker(const World& world, const BuiltProblem& built, const Uncertainty& uncertainty, std::uint64_t seed,
                     std::vector<Notice>& notices)
    : built_(built), uncertainty_(uncertainty), seed_(seed), base_years_(built.settings.world.base_years) {
  years_ = built.settings.world.horizon_year - base_years_.back();
  std::set<std::string> chapters;
  for (const Product& product : world.products) chapters.insert(product.code.substr(0, 2));
  for (std::int32_t k = 0; k < built.problem->products; ++k) {
    products_.push_back(built.products[built.problem->product_column[k]]);
    const auto chapter = chapters.find(world.products[products_.back()].code.substr(0, 2));
    chapters_.push_back(static_cast<std::int32_t>(std::distance(chapters.begin(), chapter)));
  }
  const std::vector<double>& weights = built.settings.method.weights;
  GroupSpread& trade = uncertainty_.of(DrawGroup::trade);
  const bool all_count = std::find(weights.begin(), weights.end(), 0.0) == weights.end();
  if (trade.on && (base_years_.size() < 3 || !all_count)) {
    trade.on = false;
    notices.push_back({"fill",
                       "draws.trade",
                       base_years_.size(),
                       all_count ? "trade is not drawn: that takes three base years at least, and there are " +
                                       std::to_string(base_years_.size())
                                 : "trade is not drawn: the settings give a base year no weight",
                       {}});
  }
  GroupSpread& sigma = uncertainty_.of(DrawGroup::sigma);
  if (uncertainty_.varies(DrawGroup::sigma) && built.problem->tariffs.rows == 0) {
    sigma.on = false;  // σ multiplies the logarithms of tariffs alone
    notices.push_back({"fill",
                       "draws.sigma",
                       0,
                       "the elasticity of substitution is not drawn: without tariffs it has no effect",
                       {}});
  }
}

double DrawMaker::normal(DrawGroup group, std::uint32_t draw, std::uint64_t index) const {
  return normal_number(seed_, draw, static_cast<std::uint32_t>(group), index);
}

/// √½ of the chapter and √½ of the product.
double DrawMaker::product_number(DrawGroup group, std::uint32_t draw, std::size_t product) const {
  const double half = std::sqrt(0.5);
  return half * normal(group, draw, common + static_cast<std::uint64_t>(chapters_[product])) +
         half * normal(group, draw, static_cast<std::uint64_t>(products_[product]));
}

std::shared_ptr<const Problem> DrawMaker::problem(const DrawNumbers& numbers) const {
  auto drawn = std::make_shared<Drawn>();
  drawn->baseline = built_.problem;
  drawn->problem = *built_.problem;
  Problem& problem = drawn->problem;
  const std::size_t countries = problem.countries, products = problem.products;

  if (this->drawn(DrawGroup::sigma, numbers)) {
    const double spread = uncertainty_.of(DrawGroup::sigma).spread;
    drawn->sigma.assign(problem.sigma, problem.sigma + products);
    for (std::size_t k = 0; k < products; ++k)
      drawn->sigma[k] *= potentia::exp(spread * product_number(DrawGroup::sigma, numbers.of(DrawGroup::sigma), k));
    problem.sigma = drawn->sigma.data();
  }
  if (this->drawn(DrawGroup::income_elasticity, numbers)) {
    const double spread = uncertainty_.of(DrawGroup::income_elasticity).spread;
    const std::size_t rows = problem.elasticity_by_market ? countries : 1;
    drawn->income_elasticity.assign(problem.income_elasticity, problem.income_elasticity + rows * products);
    for (std::size_t k = 0; k < products; ++k) {
      const double move =
          spread * product_number(DrawGroup::income_elasticity, numbers.of(DrawGroup::income_elasticity), k);
      for (std::size_t row = 0; row < rows; ++row) drawn->income_elasticity[row * products + k] += move;
    }
    problem.income_elasticity = drawn->income_elasticity.data();
  }
  if (this->drawn(DrawGroup::gdp, numbers)) {
    const std::uint32_t draw = numbers.of(DrawGroup::gdp);
    const double spread = uncertainty_.of(DrawGroup::gdp).spread * years_;
    const double of_all = std::sqrt(0.3) * normal(DrawGroup::gdp, draw, common);
    drawn->gdp_growth.assign(problem.gdp_growth, problem.gdp_growth + countries);
    for (std::size_t i = 0; i < countries; ++i)
      drawn->gdp_growth[i] *= potentia::exp(spread * (of_all + std::sqrt(0.7) * normal(DrawGroup::gdp, draw, i)));
    problem.gdp_growth = drawn->gdp_growth.data();
  }
  if (this->drawn(DrawGroup::population, numbers)) {
    const double spread = uncertainty_.of(DrawGroup::population).spread * years_;
    drawn->population_growth.assign(problem.population_growth, problem.population_growth + countries);
    for (std::size_t i = 0; i < countries; ++i)
      drawn->population_growth[i] *=
          potentia::exp(spread * normal(DrawGroup::population, numbers.of(DrawGroup::population), i));
    problem.population_growth = drawn->population_growth.data();
  }
  return std::shared_ptr<const Problem>(drawn, &drawn->problem);
}

std::vector<double> DrawMaker::weights(std::uint32_t draw) const {
  std::vector<double> weights;
  double sum = 0.0;
  for (const std::int32_t year : base_years_) {
    weights.push_back(-potentia::log(
        uniform_number(seed_, draw, static_cast<std::uint32_t>(DrawGroup::trade), static_cast<std::uint64_t>(year))));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

double DrawMaker::ease_factor(std::uint32_t draw, std::int32_t exporter, std::int32_t market) const {
  const std::uint64_t pair = static_cast<std::uint64_t>(exporter) << 16 | static_cast<std::uint64_t>(market);
  return potentia::exp(uncertainty_.of(DrawGroup::ease).spread * normal(DrawGroup::ease, draw, pair));
}

}  // namespace potentia
