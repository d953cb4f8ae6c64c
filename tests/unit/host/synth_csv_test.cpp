// A synthetic world survives both ways out: as tables read by the importer, and as world.h5. The two agree to the bit.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "host/synth/synth.hpp"
#include "io/import/import.hpp"
#include "io/world/csv_export.hpp"
#include "io/world/world_file.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

class SynthCsv : public ::testing::Test {
protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "potentia-synth-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  World imported(const World& world) {
    export_csv(world, folder_ + "/tables", "test");
    return import_world(folder_ + "/tables/world.toml", ImportOptions());
  }
  World stored(const World& world) {
    write_world(folder_ + "/world.h5", world);
    return read_world(folder_ + "/world.h5");
  }

  std::string folder_;
};

void expect_same_bits(const std::vector<double>& a, const std::vector<double>& b, const char* what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t n = 0; n < a.size(); ++n) {
    if (std::isnan(a[n]) && std::isnan(b[n])) continue;
    ASSERT_EQ(bits_of(a[n]), bits_of(b[n])) << what << " " << n << ": " << a[n] << " and " << b[n];
  }
}

void expect_same_trade(const TradeYear& a, const TradeYear& b) {
  EXPECT_EQ(a.year, b.year);
  ASSERT_EQ(a.product_offset, b.product_offset);
  ASSERT_EQ(a.value.size(), b.value.size());
  for (std::size_t n = 0; n < a.value.size(); ++n) {
    ASSERT_EQ(a.exporter[n], b.exporter[n]) << n;
    ASSERT_EQ(a.market[n], b.market[n]) << n;
    ASSERT_EQ(bits_of(a.value[n]), bits_of(b.value[n])) << n << ": " << a.value[n] << " and " << b.value[n];
  }
}

void expect_same_tariffs(const Tariffs& a, const Tariffs& b) {
  EXPECT_EQ(a.schedules, b.schedules);
  EXPECT_EQ(a.regimes, b.regimes);
  EXPECT_EQ(a.market_schedule, b.market_schedule);
  EXPECT_EQ(a.line_schedule, b.line_schedule);
  EXPECT_EQ(a.line_regime, b.line_regime);
  EXPECT_EQ(a.line_product, b.line_product);
  expect_same_bits(a.line_rate, b.line_rate, "rate");
  EXPECT_EQ(a.member_market, b.member_market);
  EXPECT_EQ(a.member_regime, b.member_regime);
  EXPECT_EQ(a.member_exporter, b.member_exporter);
  EXPECT_EQ(a.member_first_year, b.member_first_year);
  EXPECT_EQ(a.member_last_year, b.member_last_year);
}

void expect_same_world(const World& a, const World& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.hs_revision, b.hs_revision);
  EXPECT_EQ(a.base_years, b.base_years);
  EXPECT_EQ(a.horizon_year, b.horizon_year);
  ASSERT_EQ(a.country_count(), b.country_count());
  for (std::size_t c = 0; c < a.country_count(); ++c) {
    EXPECT_EQ(a.countries[c].iso3, b.countries[c].iso3);
    EXPECT_EQ(a.countries[c].iso2, b.countries[c].iso2);
    EXPECT_EQ(a.countries[c].name, b.countries[c].name);
  }
  EXPECT_EQ(a.sectors, b.sectors);
  ASSERT_EQ(a.product_count(), b.product_count());
  for (std::size_t k = 0; k < a.product_count(); ++k) {
    EXPECT_EQ(a.products[k].code, b.products[k].code);
    EXPECT_EQ(a.products[k].name, b.products[k].name);
    EXPECT_EQ(a.products[k].in_scope, b.products[k].in_scope) << a.products[k].code;
    EXPECT_EQ(a.products[k].sector, b.products[k].sector) << a.products[k].code;
    EXPECT_EQ(a.products[k].processing, b.products[k].processing) << a.products[k].code;
  }
  ASSERT_EQ(a.trade.size(), b.trade.size());
  for (std::size_t y = 0; y < a.trade.size(); ++y) expect_same_trade(a.trade[y], b.trade[y]);
  expect_same_bits(a.distance, b.distance, "distance");
  EXPECT_EQ(a.macro.years, b.macro.years);
  expect_same_bits(a.macro.gdp, b.macro.gdp, "gdp");
  expect_same_bits(a.macro.population, b.macro.population, "population");
  expect_same_bits(a.sigma, b.sigma, "sigma");
  expect_same_bits(a.income_elasticity, b.income_elasticity, "income elasticity");
  expect_same_tariffs(a.tariffs, b.tariffs);
}

TEST_F(SynthCsv, ImportGivesTheWorldBack) {
  for (const auto& [countries, products] : {std::pair<int, int>{226, 97}, {33, 597}, {5, 8}, {2, 1}}) {
    SynthOptions options;
    options.countries = countries;
    options.products = products;
    options.years = 3;
    const World world = make_synthetic_world(options);
    expect_same_world(world, imported(world));
    std::filesystem::remove_all(folder_ + "/tables");
  }
}

TEST_F(SynthCsv, WorldFileGivesTheWorldBack) {
  SynthOptions options;
  options.countries = 33;
  options.products = 597;
  options.years = 2;
  const World world = make_synthetic_world(options);
  expect_same_world(world, stored(world));
}

TEST_F(SynthCsv, ValuesThatAreNoWholeDollarsComeBackToo) {
  SynthOptions options;
  options.countries = 12;
  options.products = 30;
  options.years = 1;
  options.density = 0.3;
  World world = make_synthetic_world(options);
  const double awkward[] = {0.1, 1.0 / 3.0, 1e-7, 123456.789012345, 2e17, 9007199254740993.0, 0.0, 1e22, 5e-300};
  Buffer<double>& values = world.trade.front().value;
  for (std::size_t n = 0; n < values.size(); ++n) values[n] = awkward[n % 9] * static_cast<double>(n / 9 % 7 + 1);
  expect_same_world(world, imported(world));
}

TEST_F(SynthCsv, RowsAreInTheOrderOfBaci) {
  SynthOptions options;
  options.countries = 12;
  options.products = 30;
  options.years = 1;
  options.density = 0.3;
  const World world = make_synthetic_world(options);
  export_csv(world, folder_, "test");
  std::ifstream file(folder_ + "/BACI_HS17_Y2024_Vtest.csv");
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "t,i,j,k,v,q");
  std::size_t rows = 0;
  long last[3] = {0, 0, 0};
  while (std::getline(file, line)) {
    long year = 0, key[3] = {0, 0, 0};
    char quantity[4] = {};
    double value = 0.0;
    const int fields =
        std::sscanf(line.c_str(), "%ld,%ld,%ld,%ld,%lf,%3s", &year, &key[0], &key[1], &key[2], &value, quantity);
    ASSERT_EQ(fields, 6) << line;
    EXPECT_TRUE(std::lexicographical_compare(last, last + 3, key, key + 3)) << line;
    EXPECT_STREQ(quantity, "NA");
    std::copy(key, key + 3, last);
    ++rows;
  }
  EXPECT_EQ(rows, world.trade.front().value.size());
}

TEST_F(SynthCsv, AFolderThatCannotBeMadeIsAnInputError) {
  SynthOptions options;
  options.countries = 3;
  options.products = 2;
  try {
    export_csv(make_synthetic_world(options), folder_ + "/no/such", "test");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
  }
}

}  // namespace
}  // namespace potentia
