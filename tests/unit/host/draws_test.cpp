// Draws: the inputs that are drawn, and what statistics say of many of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "host/draws/draw_values.hpp"
#include "host/draws/order_statistics.hpp"
#include "host/draws/run.hpp"
#include "tests/support/random.hpp"
#include "tests/support/random_world.hpp"

namespace potentia::testing {
namespace {

TEST(OrderStatistics, QuantilesLieBetweenNeighboursInOrder) {
  std::vector<double> draws = {40, 10, 30, 20};
  const DrawStatistics found = statistics_of(draws);
  EXPECT_DOUBLE_EQ(found.mean, 25.0);
  EXPECT_DOUBLE_EQ(found.sd, std::sqrt(500.0 / 3.0));
  EXPECT_DOUBLE_EQ(found.quantile[0], 10 + 0.15 * 10);  // place 0.05 · 3
  EXPECT_DOUBLE_EQ(found.quantile[1], 10 + 0.75 * 10);
  EXPECT_DOUBLE_EQ(found.quantile[2], 25.0);
  EXPECT_DOUBLE_EQ(found.quantile[3], 30 + 0.25 * 10);
  EXPECT_DOUBLE_EQ(found.quantile[4], 30 + 0.85 * 10);
}

TEST(OrderStatistics, OneDrawIsAllThereIs) {
  std::vector<double> draws = {7};
  const DrawStatistics found = statistics_of(draws);
  EXPECT_EQ(found.mean, 7.0);
  EXPECT_EQ(found.sd, 0.0);
  for (const double quantile : found.quantile) EXPECT_EQ(quantile, 7.0);
}

TEST(OrderStatistics, AgreesWithSortingWhateverTheOrder) {
  Random random(3);
  for (const std::size_t count : {2, 3, 19, 20, 21, 100, 1000}) {
    std::vector<double> draws;
    for (std::size_t n = 0; n < count; ++n) draws.push_back(std::floor(random.uniform() * 50.0));  // with ties
    std::vector<double> sorted = draws;
    std::sort(sorted.begin(), sorted.end());
    const DrawStatistics found = statistics_of(draws);
    for (std::size_t q = 0; q < draw_probabilities.size(); ++q) {
      const double place = draw_probabilities[q] * static_cast<double>(count - 1);
      const std::size_t low = static_cast<std::size_t>(place), high = std::min(low + 1, count - 1);
      EXPECT_DOUBLE_EQ(found.quantile[q], sorted[low] + (place - std::floor(place)) * (sorted[high] - sorted[low]))
          << count;
    }
  }
}

TEST(OrderStatistics, EightAtATimeAreEachByItself) {
  Random random(4);
  for (const std::size_t count : {1, 2, 19, 20, 100, 1000, 1025, 20000}) {
    std::vector<double> rows, less;
    for (std::size_t at = 0; at < 8 * count; ++at) {
      rows.push_back(at % 8 == 3 ? 7.0 : random.uniform() * 1e9 + 1e9);
      less.push_back(at % 8 == 3 ? 3.0 : random.uniform() * 1e9);
    }
    OrderStatistics order(count);
    for (const bool difference : {false, true}) {
      if (difference)
        order.take_difference(rows.data(), less.data());
      else
        order.take(rows.data());
      DrawStatistics found[8];
      order.statistics(found);
      for (std::size_t lane = 0; lane < 8; ++lane) {
        std::vector<double> one;
        for (std::size_t draw = 0; draw < count; ++draw)
          one.push_back(rows[8 * draw + lane] - (difference ? less[8 * draw + lane] : 0.0));
        const DrawStatistics expected = statistics_of(one);
        EXPECT_EQ(found[lane].mean, expected.mean) << count;
        EXPECT_EQ(found[lane].sd, expected.sd) << count;
        EXPECT_EQ(found[lane].quantile, expected.quantile) << count << ", lane " << lane;
      }
    }
  }
}

TEST(DrawValues, EntriesComeBackWhereTheyBelong) {
  constexpr std::size_t draws = 5, entries = 19;
  DrawValues values(2 * draws, 2 * entries);
  values.shape(draws, entries);  // in the memory of a larger block
  for (std::size_t draw = 0; draw < draws; ++draw)
    for (std::size_t column = 0; column < kept_columns; ++column)
      for (std::size_t e = 0; e < entries; ++e)
        values.of(draw, column)[values.place(e)] =
            1000.0 * static_cast<double>(3 - column + 1) + 10.0 * static_cast<double>(e) + static_cast<double>(draw);
  DrawTable table;
  make_table(table, 2 * entries);
  values.summarize([](std::size_t e) { return 2 * e + 1; }, 2 * entries, 2, table);
  for (std::size_t e = 0; e < entries; ++e) {
    EXPECT_EQ(table.mean[0][2 * e], 0.0) << "nobody's";
    for (std::size_t column = 0; column < kept_columns; ++column)
      EXPECT_EQ(table.quantile[column][2 * 2 * entries + 2 * e + 1],
                1000.0 * static_cast<double>(4 - column) + 10.0 * static_cast<double>(e) + 2.0);
    EXPECT_EQ(table.mean[kept_columns][2 * e + 1], 1000.0) << "unrealised less static";
  }
}

Uncertainty only(DrawGroup group, double spread) {
  Uncertainty uncertainty;
  for (GroupSpread& each : uncertainty.groups) each.on = false;
  uncertainty.of(group).on = true;
  uncertainty.of(group).spread = spread;
  return uncertainty;
}

class DrawnWorld : public ::testing::Test {
protected:
  Case sample = random_case(11, {6, 40, 1, 2});
  const World& world = sample.world;
  BuiltProblem built = make();
  BuiltProblem make() {
    sample.settings.world.horizon_year = sample.world.trade.back().year + 5;
    return build_problem(sample.world, sample.settings, 1);
  }
  std::vector<Notice> notices;
};

TEST_F(DrawnWorld, WhatDoesNotVaryIsTheBaselinesMemory) {
  const DrawMaker maker(world, built, only(DrawGroup::gdp, 0.01), 1, notices);
  const auto drawn = maker.problem(DrawNumbers::all(1));
  EXPECT_NE(drawn->gdp_growth, built.problem->gdp_growth);
  EXPECT_EQ(drawn->population_growth, built.problem->population_growth);
  EXPECT_EQ(drawn->sigma, built.problem->sigma);
  EXPECT_EQ(drawn->income_elasticity, built.problem->income_elasticity);
  EXPECT_EQ(maker.problem(DrawNumbers{})->gdp_growth, built.problem->gdp_growth) << "draw 0 is the baseline";
}

TEST_F(DrawnWorld, AnyDrawCanBeMadeAlone) {
  const DrawMaker maker(world, built, Uncertainty{}, 1, notices), again(world, built, Uncertainty{}, 1, notices);
  for (std::uint32_t draw = 1; draw < 5; ++draw) maker.problem(DrawNumbers::all(draw));
  const auto one = maker.problem(DrawNumbers::all(7)), other = again.problem(DrawNumbers::all(7));
  const DrawMaker reseeded(world, built, Uncertainty{}, 2, notices);
  const auto third = reseeded.problem(DrawNumbers::all(7));
  for (std::int32_t i = 0; i < built.problem->countries; ++i) {
    EXPECT_EQ(one->gdp_growth[i], other->gdp_growth[i]);
    EXPECT_NE(one->gdp_growth[i], third->gdp_growth[i]);
  }
}

TEST_F(DrawnWorld, MomentsAreThoseOfTheMethod) {
  constexpr int draws = 4000;
  const double years = built.settings.world.horizon_year - built.settings.world.base_years.back();
  ASSERT_GT(years, 0.0);
  const DrawMaker maker(world, built, Uncertainty{}, 5, notices);
  double gdp_square = 0.0, gdp_product = 0.0, income_square = 0.0, population_square = 0.0;
  for (std::uint32_t draw = 1; draw <= draws; ++draw) {
    const auto drawn = maker.problem(DrawNumbers::all(draw));
    const auto move = [](const double* now, const double* then, int at) { return std::log(now[at] / then[at]); };
    const double a = move(drawn->gdp_growth, built.problem->gdp_growth, 0) / (0.010 * years);
    const double b = move(drawn->gdp_growth, built.problem->gdp_growth, 1) / (0.010 * years);
    const double income = (drawn->income_elasticity[0] - built.problem->income_elasticity[0]) / 0.15;
    const double population = move(drawn->population_growth, built.problem->population_growth, 0) / (0.002 * years);
    gdp_square += a * a, gdp_product += a * b, income_square += income * income,
        population_square += population * population;
  }
  const double error = 5 * std::sqrt(2.0 / draws);
  EXPECT_NEAR(gdp_square / draws, 1.0, error);
  EXPECT_NEAR(gdp_product / draws, 0.3, error) << "three tenths of the variance are common to all countries";
  EXPECT_NEAR(income_square / draws, 1.0, error);
  EXPECT_NEAR(population_square / draws, 1.0, error);
}

TEST_F(DrawnWorld, ProductsOfAChapterMoveTogetherByHalf) {
  constexpr int draws = 4000;
  const DrawMaker maker(world, built, only(DrawGroup::income_elasticity, 0.15), 5, notices);
  const auto code_of = [&](std::int32_t k) {
    return world.products[built.products[built.problem->product_column[k]]].code;
  };
  std::int32_t same = -1, other = -1;
  for (std::int32_t k = 1; k < built.problem->products; ++k)
    (code_of(k).substr(0, 2) == code_of(0).substr(0, 2) ? same : other) = k;
  ASSERT_TRUE(same > 0 || other > 0);
  double of_same = 0.0, of_other = 0.0;
  for (std::uint32_t draw = 1; draw <= draws; ++draw) {
    const auto drawn = maker.problem(DrawNumbers::all(draw));
    const auto move = [&](std::int32_t k) {
      return (drawn->income_elasticity[k] - built.problem->income_elasticity[k]) / 0.15;
    };
    if (same > 0) of_same += move(0) * move(same);
    if (other > 0) of_other += move(0) * move(other);
  }
  const double error = 5 * std::sqrt(1.25 / draws);
  if (same > 0) {
    EXPECT_NEAR(of_same / draws, 0.5, error);
  }
  if (other > 0) {
    EXPECT_NEAR(of_other / draws, 0.0, error);
  }
}

TEST_F(DrawnWorld, TradeOfFewerThanThreeYearsIsNotDrawnAndThatIsSaid) {
  const DrawMaker maker(world, built, Uncertainty{}, 1, notices);
  if (built.settings.world.base_years.size() < 3) {
    EXPECT_FALSE(maker.varies(DrawGroup::trade));
    EXPECT_FALSE(notices.empty());
  } else {
    const std::vector<double> weights = maker.weights(3);
    double sum = 0.0;
    for (const double weight : weights) sum += weight;
    EXPECT_NEAR(sum, 1.0, 1e-15);
  }
}

}  // namespace
}  // namespace potentia::testing
