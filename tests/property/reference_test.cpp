// The engine against the literal reference, on every number of a solve.
#include "tests/property/property.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::testing {
namespace {

TEST(Reference, GivesTheNumbersOfTheWorkedExample) {
  Settings settings;
  const reference::Answer answer = reference::solve(small_world(), settings);
  const auto near = [](long double value, long double expected) {
    EXPECT_NEAR(static_cast<double>(value / expected), 1.0, 1e-11);
  };
  near(answer.supply_now(small_lao, small_cassava), 0.129834481451L);
  near(answer.demand(small_chn, small_rubber), 1323058828.337L);
  const reference::Columns& cassava = answer.cells(small_lao, small_chn, small_cassava);
  near(cassava[column_potential_now], 52535587.0497L);
  near(cassava[column_potential], 65592515.6879L);
  near(cassava[column_dynamic], 13056928.6382L);
  near(cassava[column_change_income], 10595701.0852L);
  near(answer.cells(small_lao, small_chn, small_rubber)[column_change_tariff], -35262949.1237L);
  settings.method.ease = "calibrated";
  const reference::Answer calibrated = reference::solve(small_world(), settings);
  near(calibrated.ease(small_lao, small_chn), 0.922605107529L);
  near(calibrated.cells(small_lao, small_chn, small_rubber)[column_potential], 72996355.8900L);
}

TEST(Reference, EngineAgreesOnRandomWorlds) {
  expect_holds(800, 1, [](const Case& c) { return difference(solved(c), reference::solve(c.world, c.settings)); });
}

TEST(Reference, EngineAgreesOnAwkwardSizes) {
  const Shape shapes[] = {{2, 1, 1, 1, false, false, false, false}, {2, 1, 3, 1, true, true, true, true},
                          {3, 597, 1, 9, true, true, true, false},  {33, 33, 2, 4, true, true, true, true},
                          {65, 17, 1, 2, true, true, true, false},  {33, 597, 1, 15, true, true, true, true}};
  std::uint64_t seed = 9001;
  for (const Shape& shape : shapes) {
    if (shape.countries * shape.products > 5000 && world_count(6) < 6) continue;  // too slow under a sanitizer
    const Case c = random_case(++seed, shape);
    EXPECT_EQ(difference(solved(c.world, c.settings, {}, 2), reference::solve(c.world, c.settings)), "")
        << c.describe();
  }
}

}  // namespace
}  // namespace potentia::testing
