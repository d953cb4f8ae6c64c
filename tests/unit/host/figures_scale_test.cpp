// Scales and numbers of figures.
#include "host/drilldown/forms/figures/scale.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace potentia::drilldown::testing {
namespace {

using namespace figures;

std::vector<std::string> texts(const Scale& scale) {
  std::vector<std::string> found;
  for (const Tick& tick : scale.ticks) found.push_back(tick.text);
  return found;
}

TEST(FigureNumbers, UnitsSuitTheLargestValue) {
  const auto name = [](double largest) { return unit_of(Kind::usd, largest).name; };
  EXPECT_EQ(name(999), "USD");
  EXPECT_EQ(name(1e3), "USD thousand");
  EXPECT_EQ(name(1e6), "USD million");
  EXPECT_EQ(name(9.99e9), "USD million");
  EXPECT_EQ(name(1e10), "USD billion");
  EXPECT_EQ(name(1.05e13), "USD trillion");
  EXPECT_EQ(unit_of(Kind::share, 1).name, "");
  EXPECT_EQ(unit_of(Kind::points, 1).name, "percentage points");
}

TEST(FigureNumbers, HaveSeparatorsAndATrueMinus) {
  EXPECT_EQ(fixed(1234567.891, 1), "1,234,567.9");
  EXPECT_EQ(fixed(999, 0), "999");
  EXPECT_EQ(fixed(-1234, 0), "\u22121,234");
  EXPECT_EQ(fixed(-0.004, 2), "0.00");
}

TEST(FigureNumbers, AmountsKeepTwoDigits) {
  const Unit million = unit_of(Kind::usd, 1e8), share = unit_of(Kind::share, 1);
  EXPECT_EQ(amount(221.04e6, Kind::usd, million, 1), "221.0");
  EXPECT_EQ(amount(12345, Kind::usd, million, 1), "0.012");
  EXPECT_EQ(amount(20, Kind::usd, million, 1), "<0.0001");
  EXPECT_EQ(amount(-20, Kind::usd, million, 1), ">\u22120.0001");
  EXPECT_EQ(amount(0, Kind::usd, million, 1), "0");
  EXPECT_EQ(amount(0.085, Kind::share, share, 1), "8.5%");
  EXPECT_EQ(amount(0.00009, Kind::share, share, 1), "0.01%");
  EXPECT_EQ(amount(0.00001, Kind::share, share, 1), "<0.01%");
  EXPECT_EQ(amount(1234, Kind::count, unit_of(Kind::count, 1234), 0), "1,234");
}

TEST(FigureScale, StepsAreRoundInTheUnitShown) {
  const Unit million = unit_of(Kind::usd, 2.7e8);
  const Scale scale = linear_scale(1e6, 2.7e8, true, 7, million);
  EXPECT_EQ(texts(scale), (std::vector<std::string>{"0", "50", "100", "150", "200", "250", "300"}));
  EXPECT_DOUBLE_EQ(scale.low, 0);
  EXPECT_DOUBLE_EQ(scale.high, 3e8);
  EXPECT_DOUBLE_EQ(scale.at(1.5e8), 0.5);
  EXPECT_EQ(texts(linear_scale(-405e6, 175e6, true, 8, million)),
            (std::vector<std::string>{"\u2212500", "\u2212400", "\u2212300", "\u2212200", "\u2212100", "0", "100", "200"}));
  EXPECT_EQ(texts(linear_scale(0, 0.007, true, 7, unit_of(Kind::share, 1))),
            (std::vector<std::string>{"0%", "0.2%", "0.4%", "0.6%", "0.8%"}));
}

TEST(FigureScale, HoldsWhatItIsFor) {
  for (const double low : {-3.7e11, -1e-7, 0.0, 2.45, 9e9})
    for (const double width : {0.0, 1e-9, 0.3, 1.0, 17.0, 6.02e12})
      for (const int most : {3, 4, 7}) {
        const Scale scale = linear_scale(low, low + width, false, most, Unit{});
        EXPECT_LE(scale.ticks.size(), static_cast<std::size_t>(most)) << low << " " << width;
        EXPECT_GE(scale.ticks.size(), 2u) << low << " " << width;
        EXPECT_LE(scale.low, low + 1e-5 * width + 1e-9 * std::abs(low));
        EXPECT_GE(scale.high, low + width * (1 - 1e-5) - 1e-9 * std::abs(low));
        EXPECT_LT(scale.low, scale.high);
      }
}

TEST(FigureScale, PowersOfTen) {
  const Unit million = unit_of(Kind::usd, 5e8);
  const Scale scale = power_scale(1e3, 5e8, million);
  EXPECT_EQ(texts(scale), (std::vector<std::string>{"0.001", "0.01", "0.1", "1", "10", "100"}));
  EXPECT_DOUBLE_EQ(scale.at(1e3), 0);
  EXPECT_NEAR(scale.at(1e6) - scale.at(1e5), scale.at(1e4) - scale.at(1e3), 1e-12);
  EXPECT_DOUBLE_EQ(scale.at(5.5e8), 1);
}

TEST(FigureScale, FewPowersHaveTicksBetween) {
  const Unit million = unit_of(Kind::usd, 4e7);
  EXPECT_EQ(texts(power_scale(3e6, 4e7, million)), (std::vector<std::string>{"5", "10", "20"}));
  EXPECT_GE(power_scale(2e6, 2e6, million).ticks.size(), 1u);
}

TEST(FigureScale, ManyPowersAreThinnedOut) {
  const Scale scale = power_scale(1e-9, 1e12, Unit{});
  EXPECT_LE(scale.ticks.size(), 8u);
  EXPECT_GE(scale.ticks.size(), 5u);
}

}  // namespace
}  // namespace potentia::drilldown::testing
