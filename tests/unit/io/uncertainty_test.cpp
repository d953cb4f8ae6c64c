// Spreads of the inputs as files state them.
#include "io/uncertainty.hpp"

#include <gtest/gtest.h>

#include "kernels/error.hpp"
#include "tests/support/complaint.hpp"

namespace potentia {
namespace {

TEST(Uncertainty, TheFileOfDefaultsSaysTheDefaults) {
  const Uncertainty defaults, read = read_uncertainty(std::string(POTENTIA_SOURCE_DIR) + "/configs/uncertainty.toml");
  for (const DrawGroup group : draw_groups) {
    EXPECT_EQ(read.of(group).spread, defaults.of(group).spread) << group_name(group);
    EXPECT_EQ(read.of(group).on, defaults.of(group).on) << group_name(group);
    EXPECT_TRUE(read.of(group).assumption) << group_name(group);
  }
  EXPECT_EQ(defaults.of(DrawGroup::sigma).spread, 0.25);
  EXPECT_EQ(defaults.of(DrawGroup::income_elasticity).spread, 0.15);
  EXPECT_EQ(defaults.of(DrawGroup::gdp).spread, 0.010);
  EXPECT_EQ(defaults.of(DrawGroup::population).spread, 0.002);
  EXPECT_TRUE(defaults.varies(DrawGroup::trade));
  EXPECT_FALSE(defaults.varies(DrawGroup::ease));
}

TEST(Uncertainty, WhatIsLeftOutKeepsItsDefault) {
  const Uncertainty read = parse_uncertainty("[gdp]\nspread = 0.02\nsource = \"forecast errors\"\n[trade]\non = false\n", "u");
  EXPECT_EQ(read.of(DrawGroup::gdp).spread, 0.02);
  EXPECT_EQ(read.of(DrawGroup::gdp).source, "forecast errors");
  EXPECT_FALSE(read.of(DrawGroup::gdp).assumption);
  EXPECT_EQ(read.of(DrawGroup::sigma).spread, 0.25);
  EXPECT_FALSE(read.varies(DrawGroup::trade));
}

TEST(Uncertainty, ASpreadSwitchesItsGroupOnUnlessTheFileSaysOtherwise) {
  EXPECT_TRUE(parse_uncertainty("ease = { spread = 0.1, assumption = true }", "u").varies(DrawGroup::ease));
  EXPECT_FALSE(parse_uncertainty("ease = { on = false, spread = 0.1, assumption = true }", "u").varies(DrawGroup::ease));
  EXPECT_FALSE(parse_uncertainty("sigma = { spread = 0, assumption = true }", "u").varies(DrawGroup::sigma));
}

TEST(Uncertainty, MistakesAreNamedWithTheirPlace) {
  const auto complaint = [](const std::string& text) {
    return testing::complaint_about_input([&] { parse_uncertainty(text, "u.toml"); });
  };
  EXPECT_NE(complaint("[sigm]\nspread = 1\n").find("sigma"), std::string::npos);
  EXPECT_NE(complaint("[gdp]\nspread = 0.02\n").find("gdp.spread has no source (u.toml:2"), std::string::npos);
  EXPECT_NE(complaint("[gdp]\nspread = -0.1\nassumption = true").find("gdp.spread -0.1 is not between"), std::string::npos);
  EXPECT_NE(complaint("[gdp]\nspread = 2\nassumption = true").find("standard deviation of"), std::string::npos);
  EXPECT_NE(complaint("[gdp]\nspread = nan\nassumption = true").find("gdp.spread"), std::string::npos);
  EXPECT_NE(complaint("[ease]\non = true\n").find("ease.spread is missing"), std::string::npos);
  EXPECT_NE(complaint("[trade]\nspread = 0.1\n").find("trade.spread"), std::string::npos);
}

}  // namespace
}  // namespace potentia
