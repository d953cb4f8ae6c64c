// Scenario files: what is accepted, in which units, and what each complaint says.
#include "io/scenario/scenario.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/complaint.hpp"

namespace potentia {
namespace {

std::string complaint(const std::string& text) {
  return testing::complaint_about_input([&] { parse_scenario(text, "s.toml"); });
}

Scenario of(const std::string& instruments) { return parse_scenario("name = \"s\"\n" + instruments, "s.toml"); }

void expect_complaint(const std::string& instruments, const std::string& part) {
  const std::string said = complaint("name = \"s\"\n" + instruments);
  EXPECT_NE(said.find(part), std::string::npos) << said;
}

TEST(ScenarioFile, AnEmptyScenarioHasANameAndNoInstrument) {
  const Scenario scenario = of("description = \"nothing\"\n");
  EXPECT_EQ(scenario.name, "s");
  EXPECT_EQ(scenario.description, "nothing");
  EXPECT_TRUE(scenario.instruments.empty());
  EXPECT_EQ(scenario.files, std::vector<std::string>{"s.toml"});
}

TEST(ScenarioFile, EveryKindOfInstrumentIsRead) {
  const Scenario scenario = of(R"(
[tags]
perishable = ["0803", 7]
[[tariff]]
name = "end"
exporters = "LAO"
markets = ["CHN", "EU"]
regime = "LDC"
eligibility = "end"
from = 2027
source = "UN"
[[tariff]]
name = "rates"
regime = "MFN"
add = { value = -2, unit = "points", assumption = true }
[[utilisation]]
regime = "LDC"
side = "both"
set = { value = 34.8, unit = "per cent", source = "x" }
[[cost]]
already_in_base = true
tags = "perishable"
days = { value = -20, unit = "hours", source = "x" }
border = { value = -1.5, unit = "days", source = "x" }
value_of_day = { value = 0.6, unit = "per cent a day", source = "x" }
freight = { value = -6, unit = "per cent", source = "x" }
freight_share = { value = 0.1, unit = "fraction", assumption = true }
spoilage = { value = -9, unit = "per cent", source = "x" }
[[ease]]
like = "LAO,VNM"
assumption = true
[[ease]]
name = "more"
scale = { value = 10, unit = "per cent", source = "x" }
[[gdp]]
countries = ["CHN"]
add = { value = -1, unit = "points a year", source = "x" }
[[population]]
replace = { value = 0.5, unit = "per cent a year", source = "x" }
[[income_elasticity]]
processing = ["raw", "semi-processed"]
set = { value = 0.8, unit = "number", source = "x" }
[[sigma]]
sectors = ["Textiles"]
scale = { value = 2, unit = "factor", source = "x" }
[[distance]]
set = { value = 1035, unit = "km", source = "x" }
[[target]]
exporters = "KHM"
markets = "LAO"
year = 2030
two_way = true
value = { value = 700, unit = "USD million", source = "x" }
)");
  ASSERT_EQ(scenario.instruments.size(), 12U);
  const auto named = [&](const std::string& name) {
    for (const Instrument& instrument : scenario.instruments)
      if (instrument.name == name) return instrument;
    ADD_FAILURE() << name;
    return Instrument{};
  };
  const Instrument end = named("end");
  EXPECT_EQ(end.words.at("eligibility"), "end");
  EXPECT_EQ(end.from, 2027);
  EXPECT_EQ(end.selection.exporters, std::vector<std::string>{"LAO"});
  EXPECT_EQ(end.selection.markets, (std::vector<std::string>{"CHN", "EU"}));
  EXPECT_EQ(end.basis.source, "UN");
  EXPECT_DOUBLE_EQ(named("rates").number("add"), -0.02);
  EXPECT_TRUE(named("rates").numbers.at("add").assumption);
  EXPECT_EQ(named("utilisation 1").side, Side::both);
  EXPECT_DOUBLE_EQ(named("utilisation 1").number("set"), 0.348);
  const Instrument cost = named("cost 1");
  EXPECT_TRUE(cost.already_in_base);
  EXPECT_DOUBLE_EQ(cost.number("days"), -20.0 / 24.0);
  EXPECT_DOUBLE_EQ(cost.number("border"), -1.5);
  EXPECT_DOUBLE_EQ(cost.number("value_of_day"), 0.006);
  EXPECT_DOUBLE_EQ(cost.number("freight"), -0.06);
  EXPECT_EQ(cost.numbers.at("freight").as_written, "-6 per cent");
  EXPECT_EQ(cost.tag_products.at("perishable"), (std::vector<std::string>{"0803", "7"}));
  EXPECT_EQ(named("ease 1").words.at("like"), "LAO,VNM");
  EXPECT_DOUBLE_EQ(named("more").number("scale"), 1.1);
  EXPECT_DOUBLE_EQ(named("gdp 1").number("add"), -0.01);
  EXPECT_DOUBLE_EQ(named("population 1").number("replace"), 0.005);
  EXPECT_DOUBLE_EQ(named("distance 1").number("set"), 1035.0);
  EXPECT_DOUBLE_EQ(named("target 1").number("value"), 7e8);
  EXPECT_EQ(named("target 1").years.at("year"), 2030);
  EXPECT_TRUE(named("target 1").two_way);
}

TEST(ScenarioFile, WhatIsUnknownNamesTheNearestKnownName) {
  EXPECT_EQ(complaint("name = \"s\"\n[[tarif]]\nregime = \"LDC\"\n"),
            "unknown key tarif (s.toml:2:3); did you mean tariff?");
  expect_complaint("[[tariff]]\nregime = \"LDC\"\nelegibility = \"end\"\n",
                   "unknown key tariff 1.elegibility (s.toml:4:1); did you mean tariff 1.eligibility?");
  expect_complaint("[[tariff]]\nregime = \"LDC\"\neligibility = \"ends\"\n", "(s.toml:4:1); did you mean \"end\"?");
  expect_complaint("[[gdp]]\nadd = { value = 1, unit = \"points\", source = \"x\" }\n",
                   "did you mean \"points a year\"?");
  expect_complaint("[tags]\nperishable = [\"08\"]\n[[cost]]\ntags = [\"perishible\"]\n",
                   "(s.toml:5:1); did you mean \"perishable\"?");
  expect_complaint("[[sigma]]\nprocessing = [\"rawe\"]\n", "(s.toml:3:1); did you mean \"raw\"?");
  expect_complaint("[[gdp]]\nexporters = [\"CHN\"]\nadd = { value = 1, unit = \"points a year\", source = \"x\" }\n",
                   "unknown key gdp 1.exporters (s.toml:3:1)");
  expect_complaint("[[tariff]]\nregime = \"LDC\"\neligibility = \"end\"\nassumption = true\nalready_in_base = true\n",
                   "unknown key tariff 1.already_in_base");
}

TEST(ScenarioFile, ANumberWithoutASourceMustBeMarked) {
  const std::string head = "[[ease]]\nscale = ";
  expect_complaint(head + "{ value = 1.1, unit = \"factor\" }\n",
                   "ease 1.scale has no source (s.toml:3:1); give source");
  expect_complaint(head + "{ value = 1.1, unit = \"factor\", source = \"\" }\n", "has no source");
  expect_complaint(head + "{ value = 1.1, unit = \"factor\", assumption = false }\n", "has no source");
  expect_complaint(head + "1.1\n", "says neither its unit nor its source (s.toml:3:1)");
  expect_complaint(head + "{ unit = \"factor\", assumption = true }\n", "ease 1.scale.value is missing");
  expect_complaint(head + "{ value = 1.1, assumption = true }\n",
                   "ease 1.scale.unit is missing (s.toml:3:1); give one of: factor, per cent");
  EXPECT_TRUE(of(head + "{ value = 1.1, unit = \"factor\", assumption = true }\n")
                  .instruments[0]
                  .numbers.at("scale")
                  .assumption);
  expect_complaint("[[tariff]]\nregime = \"LDC\"\neligibility = \"end\"\n", "tariff 1 has no source");
  expect_complaint("[[ease]]\nlike = \"LAO,VNM\"\n", "ease 1 has no source");
  expect_complaint("[tariffs]\nrates = \"r.csv\"\nmembers = \"m.csv\"\n", "the tariffs have no source");
}

TEST(ScenarioFile, WhatContradictsItselfOrDoesNothingIsRefused) {
  expect_complaint(
      "[[ease]]\nset = { value = 1, unit = \"number\", source = \"x\" }\nscale = { value = 2, unit = \"factor\", "
      "source = \"x\" }\n",
      "ease 1: set, scale contradict each other in one instrument (s.toml:4:1)");
  expect_complaint("[[ease]]\nmarkets = \"CHN\"\n", "ease 1 does nothing (s.toml:2:1); give one of: like, set, scale");
  expect_complaint("[[cost]]\nvalue_of_day = { value = 1, unit = \"per cent a day\", source = \"x\" }\n",
                   "cost 1 does nothing");
  expect_complaint(
      "[[cost]]\nfreight = { value = -6, unit = \"per cent\", source = \"x\" }\nvalue_of_day = { value = 1, unit = "
      "\"per cent a day\", source = \"x\" }\n",
      "value_of_day without days or border (s.toml:4:1)");
  expect_complaint("[[tariff]]\nregime = \"MFN\"\neligibility = \"end\"\nassumption = true\n",
                   "everyone is eligible for MFN");
  expect_complaint("[[tariff]]\nregime = \"LDC\"\neligibility = \"end\"\nproducts = [\"08\"]\nassumption = true\n",
                   "eligibility is for all products");
  expect_complaint("[[tariff]]\nregime = \"LDC\"\neligibility = \"end\"\nuntil = 2030\nassumption = true\n",
                   "until is the last year");
  expect_complaint("[[tariff]]\neligibility = \"end\"\nassumption = true\n", "tariff 1.regime is missing");
  expect_complaint(
      "[[target]]\nexporters = \"LAO\"\nmarkets = \"KHM\"\nvalue = { value = 1, unit = \"USD\", source = \"x\" }\n",
      "target 1.year is missing");
  expect_complaint(
      "[[ease]]\nname = \"a\"\nlike = \"A,B\"\nsource = \"x\"\n[[ease]]\nname = \"a\"\nlike = \"A,B\"\nsource = "
      "\"x\"\n",
      "two instruments are called \"a\" (s.toml:6:1); give each a name of its own; the other is at s.toml:2:1");
}

TEST(ScenarioFile, HostileValuesAreRefused) {
  expect_complaint("[[cost]]\ndays = { value = nan, unit = \"days\", source = \"x\" }\n", "out of range");
  expect_complaint("[[cost]]\ndays = { value = inf, unit = \"days\", source = \"x\" }\n", "out of range");
  expect_complaint("[[cost]]\nspoilage = { value = -100, unit = \"per cent\", source = \"x\" }\n",
                   "is -100 per cent, which is out of range");
  expect_complaint("[[ease]]\nscale = { value = -0.5, unit = \"factor\", source = \"x\" }\n", "out of range");
  expect_complaint("[[utilisation]]\nregime = \"LDC\"\nset = { value = 101, unit = \"per cent\", source = \"x\" }\n",
                   "out of range");
  expect_complaint("[[sigma]]\nset = { value = 0, unit = \"number\", source = \"x\" }\n", "out of range");
  expect_complaint("[[ease]]\nproducts = [\"08O3\"]\n", "not the beginning of an HS code: \"08O3\" (s.toml:3:1)");
  expect_complaint("[[ease]]\nproducts = [\"0803001\"]\n", "not the beginning of an HS code");
  expect_complaint("[[ease]]\nmarkets = []\n", "ease 1.markets is an empty list");
  expect_complaint("[[ease]]\nfrom = 27\n", "is not a year");
  expect_complaint("ease = 3\n", "ease must be a list of tables, [[ease]], not a whole number");
  expect_complaint("[ease]\nscale = 3\n", "ease must be a list of tables");
  expect_complaint("ease = [3]\n", "ease must be a list of tables");
  expect_complaint("[[ease]]\nscale = { value = \"x\", unit = \"factor\", source = \"x\" }\n",
                   "ease 1.scale.value must be a number, not text");
  EXPECT_NE(complaint("description = \"x\"\n").find("the scenario has no name (s.toml)"), std::string::npos);
  EXPECT_NE(complaint("name = \"\"\n").find("the scenario has no name"), std::string::npos);
  EXPECT_NE(complaint("name = [\n").find("not valid TOML"), std::string::npos);
}

class IncludedScenarios : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("potentia_scenarios_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    write("a.toml", "name = \"a\"\n[[ease]]\nname = \"first\"\nlike = \"A,B\"\nsource = \"x\"\n");
    write("b.toml",
          "name = \"b\"\n[[ease]]\nname = \"second\"\nlike = \"A,B\"\nsource = \"x\"\n[[cost]]\nname = "
          "\"third\"\nfreight = { value = 1, unit = \"per cent\", source = \"x\" }\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  std::filesystem::path folder_;
};

TEST_F(IncludedScenarios, TheOrderOfFilesDoesNotMatter) {
  const Scenario one = read_scenario(write("ab.toml", "name = \"both\"\ninclude = [\"a.toml\", \"b.toml\"]\n"));
  const Scenario other =
      read_scenario(write("ab.toml", "name = \"both\"\ninclude = [\"b.toml\", \"a.toml\", \"b.toml\"]\n"));
  EXPECT_EQ(one.name, "both");
  ASSERT_EQ(one.instruments.size(), 3U);
  ASSERT_EQ(other.instruments.size(), 3U);
  for (std::size_t at = 0; at < 3; ++at) EXPECT_EQ(one.instruments[at].name, other.instruments[at].name);
  EXPECT_EQ(one.instruments[0].name, "third");  // costs before ease
  EXPECT_EQ(one.files, other.files);
  EXPECT_EQ(one.files.size(), 3U);
}

TEST_F(IncludedScenarios, CirclesAndAbsentFilesAreRefused) {
  const std::string circle = write("c.toml", "name = \"c\"\ninclude = [\"d.toml\"]\n");
  write("d.toml", "name = \"d\"\ninclude = [\"c.toml\"]\n");
  EXPECT_NE(testing::complaint_about_input([&] { read_scenario(circle); }).find("include each other"),
            std::string::npos);
  const std::string absent = write("e.toml", "name = \"e\"\ninclude = [\"nowhere.toml\"]\n");
  const std::string said = testing::complaint_about_input([&] { read_scenario(absent); });
  EXPECT_NE(said.find("no such file to include"), std::string::npos) << said;
  EXPECT_NE(said.find("e.toml:2:1"), std::string::npos) << said;
  EXPECT_NE(
      testing::complaint_about_input([&] { read_scenario("/nowhere/s.toml"); }).find("no such file (/nowhere/s.toml)"),
      std::string::npos);
}

}  // namespace
}  // namespace potentia
