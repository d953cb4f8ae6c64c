// The synthetic world: the same bits whatever the threads, the shape of real trade, and every feature that the solver
// and its tests count on.
#include "host/synth/synth.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "io/world/world_file.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

SynthOptions options_of(std::int32_t countries, std::int32_t products, std::int32_t years = 2) {
  SynthOptions options;
  options.countries = countries;
  options.products = products;
  options.years = years;
  return options;
}

/// FNV-1a over every number of the world, missing ones as one bit pattern.
class Fingerprint {
public:
  explicit Fingerprint(const World& world) {
    for (const TradeYear& trade : world.trade) {
      add_bits(static_cast<std::uint64_t>(trade.year));
      for (std::uint64_t offset : trade.product_offset) add_bits(offset);
      for (std::uint16_t country : trade.exporter) add_bits(country);
      for (std::uint16_t country : trade.market) add_bits(country);
      for (double value : trade.value) add(value);
    }
    for (const std::vector<double>* table : {&world.distance, &world.macro.gdp, &world.macro.population, &world.sigma,
                                             &world.income_elasticity, &world.tariffs.line_rate}) {
      for (double value : *table) add(value);
    }
    for (std::int32_t year : world.tariffs.member_last_year) add_bits(static_cast<std::uint64_t>(year));
    for (const Product& product : world.products) add_bits(product.in_scope ? 1 : 0);
  }
  std::uint64_t value() const { return state_; }

private:
  void add(double value) { add_bits(std::isnan(value) ? 0x7ff8ull << 48 : bits_of(value)); }
  void add_bits(std::uint64_t bits) {
    for (int byte = 0; byte < 8; ++byte) state_ = (state_ ^ (bits >> (8 * byte) & 0xff)) * 0x100000001b3ull;
  }
  std::uint64_t state_ = 0xcbf29ce484222325ull;
};

std::int32_t index_of(const World& world, const std::string& iso3) {
  for (std::size_t c = 0; c < world.country_count(); ++c) {
    if (world.countries[c].iso3 == iso3) return static_cast<std::int32_t>(c);
  }
  return -1;
}

TEST(Synth, SameBitsWithAnyNumberOfThreads) {
  const int before = omp_get_max_threads();
  std::set<std::uint64_t> fingerprints;
  for (int threads : {1, 2, 7}) {
    omp_set_num_threads(threads);
    fingerprints.insert(Fingerprint(make_synthetic_world(options_of(33, 597))).value());
  }
  omp_set_num_threads(before);
  EXPECT_EQ(fingerprints.size(), 1u);
}

TEST(Synth, SameBitsAsEver) {
  // Whoever changes the recipe on purpose writes the new number here.
  EXPECT_EQ(Fingerprint(make_synthetic_world(options_of(12, 40, 3))).value(), 13026149995463269003ull);
}

TEST(Synth, AnotherSeedIsAnotherWorld) {
  SynthOptions options = options_of(12, 40);
  const std::uint64_t first = Fingerprint(make_synthetic_world(options)).value();
  options.seed = 2;
  EXPECT_NE(Fingerprint(make_synthetic_world(options)).value(), first);
}

TEST(Synth, EveryShapeIsAWorldThatCanBeSolved) {
  for (const auto& [countries, products] : {std::pair<int, int>{2, 1}, {2, 50}, {3, 2}, {8, 1}, {33, 7}, {300, 4}}) {
    const World world = make_synthetic_world(options_of(countries, products, 4));
    ASSERT_NO_THROW(check_world(world, "world")) << countries << " x " << products;
    EXPECT_EQ(world.country_count(), static_cast<std::size_t>(countries));
    EXPECT_EQ(world.product_count(), static_cast<std::size_t>(products));
    EXPECT_EQ(world.base_years, (std::vector<std::int32_t>{2021, 2022, 2023, 2024}));
    EXPECT_TRUE(std::any_of(world.products.begin(), world.products.end(), [](const Product& p) { return p.in_scope; }));
    for (const TradeYear& trade : world.trade) {
      for (int k = 0; k < products; ++k) {
        EXPECT_LT(trade.product_offset[k], trade.product_offset[k + 1]) << "product " << k << " in " << trade.year;
      }
    }
  }
}

TEST(Synth, OneCountryHasNobodyToTradeWith) {
  const World world = make_synthetic_world(options_of(1, 3));
  for (const TradeYear& trade : world.trade) EXPECT_EQ(trade.value.size(), 0u);
}

TEST(Synth, OptionsOutOfRangeAreUsageErrors) {
  const auto kind_of = [](const SynthOptions& options) {
    try {
      make_synthetic_world(options);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  };
  SynthOptions dense = options_of(3, 3);
  dense.density = 1.5;
  SynthOptions undefined = options_of(3, 3);
  undefined.density = std::nan("");
  for (const SynthOptions& options : {options_of(0, 3), options_of(3, 0), options_of(3, 3, 0), options_of(1 << 20, 3),
                                      options_of(3, 1 << 30), dense, undefined}) {
    EXPECT_EQ(kind_of(options), ErrorKind::usage);
  }
}

class SynthShape : public ::testing::Test {
protected:
  static void SetUpTestSuite() { world_ = new World(make_synthetic_world(options_of(226, 300, 3))); }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  static const World& world() { return *world_; }
  static const TradeYear& last() { return world_->trade.back(); }

private:
  static World* world_;
};
World* SynthShape::world_ = nullptr;

TEST_F(SynthShape, CodesLookReal) {
  for (const char* iso3 : {"LAO", "CHN", "THA", "VNM", "KHM", "MMR", "RUS", "USA", "DEU", "S19"}) {
    EXPECT_GE(index_of(world(), iso3), 0) << iso3;
  }
  std::set<std::string> chapters;
  for (const Product& product : world().products) {
    chapters.insert(product.code.substr(0, 2));
    EXPECT_EQ(product.name, "Product " + product.code + " (synthetic)");
  }
  EXPECT_GT(chapters.size(), 80u);
  EXPECT_EQ(chapters.count("77"), 0u);
  EXPECT_NE(world().title.find("Synthetic"), std::string::npos);
}

TEST_F(SynthShape, DensityIsThatAskedFor) {
  const double cells = 226.0 * 225.0 * 300.0;
  for (const TradeYear& trade : world().trade) {
    EXPECT_NEAR(static_cast<double>(trade.value.size()) / cells, 0.04, 0.006);
  }
}

TEST_F(SynthShape, TradeIsWholeDollarsWithAHeavyTail) {
  std::vector<double> values(last().value.begin(), last().value.end());
  double total = 0.0;
  for (double value : values) {
    ASSERT_EQ(value, std::floor(value));
    ASSERT_GE(value, 1.0);
    total += value;
  }
  std::sort(values.begin(), values.end());
  double top = 0.0;  // of the largest hundredth
  for (std::size_t n = values.size() - values.size() / 100; n < values.size(); ++n) top += values[n];
  EXPECT_GT(top / total, 0.5);
  EXPECT_LT(values.back() / total, 0.1);
  EXPECT_LT(values[values.size() / 2], 1e-1 * total / static_cast<double>(values.size()));
}

TEST_F(SynthShape, NeighboursTradeMore) {
  // Laos sells to Thailand in more products than to any country of Latin America, though Brazil is larger.
  const auto lao = static_cast<std::uint16_t>(index_of(world(), "LAO"));
  std::vector<int> products(world().country_count(), 0);
  for (std::size_t n = 0; n < last().value.size(); ++n) products[last().market[n]] += last().exporter[n] == lao;
  for (const char* far : {"BRA", "ARG", "CHL", "PER"}) {
    EXPECT_GT(products[index_of(world(), "THA")], products[index_of(world(), far)]) << far;
  }
}

TEST_F(SynthShape, FlowsLastAndSomeFlicker) {
  const TradeYear& before = world().trade[1];
  std::set<std::uint64_t> keys;
  for (std::size_t k = 0; k < world().product_count(); ++k) {
    for (std::uint64_t n = before.product_offset[k]; n < before.product_offset[k + 1]; ++n) {
      keys.insert((k << 32) | (std::uint64_t{before.exporter[n]} << 16) | before.market[n]);
    }
  }
  std::size_t kept = 0;
  for (std::size_t k = 0; k < world().product_count(); ++k) {
    for (std::uint64_t n = last().product_offset[k]; n < last().product_offset[k + 1]; ++n) {
      kept += keys.count((k << 32) | (std::uint64_t{last().exporter[n]} << 16) | last().market[n]);
    }
  }
  const double share = static_cast<double>(kept) / static_cast<double>(keys.size());
  EXPECT_GT(share, 0.7);
  EXPECT_LT(share, 0.98);
}

TEST_F(SynthShape, GapsAreThereToBeFilled) {
  const auto missing = [](const std::vector<double>& table) {
    return std::count_if(table.begin(), table.end(), [](double x) { return std::isnan(x); });
  };
  EXPECT_GT(missing(world().distance), 0);
  EXPECT_GT(missing(world().macro.gdp), 0);
  EXPECT_GT(missing(world().macro.population), 0);
  EXPECT_GT(missing(world().sigma), 0);
  EXPECT_GT(missing(world().income_elasticity), 0);
  EXPECT_LT(missing(world().distance), 226 * 226 / 4);
  EXPECT_GT(std::count(world().tariffs.market_schedule.begin(), world().tariffs.market_schedule.end(), -1), 0);
  const auto out_of_scope = [](const Product& product) { return !product.in_scope; };
  EXPECT_TRUE(std::any_of(world().products.begin(), world().products.end(), out_of_scope));
}

TEST_F(SynthShape, SigmaIsAroundSixWithATail) {
  std::vector<double> known;
  for (double sigma : world().sigma) {
    if (!std::isnan(sigma)) known.push_back(sigma);
  }
  std::sort(known.begin(), known.end());
  EXPECT_GT(known.front(), 1.0);
  EXPECT_NEAR(known[known.size() / 2], 6.0, 1.5);
  EXPECT_GT(known.back(), 15.0);
}

TEST_F(SynthShape, TheUnionHasOneSchedule) {
  const Tariffs& tariffs = world().tariffs;
  const auto union_schedule = std::find(tariffs.schedules.begin(), tariffs.schedules.end(), "EU");
  ASSERT_NE(union_schedule, tariffs.schedules.end());
  const auto schedule = static_cast<std::int32_t>(union_schedule - tariffs.schedules.begin());
  EXPECT_EQ(std::count(tariffs.market_schedule.begin(), tariffs.market_schedule.end(), schedule), 27);
  EXPECT_EQ(tariffs.market_schedule[index_of(world(), "FRA")], schedule);
  EXPECT_NE(tariffs.market_schedule[index_of(world(), "CHE")], schedule);
}

TEST_F(SynthShape, PreferencesEndAndBeginBeforeTheHorizon) {
  const Tariffs& tariffs = world().tariffs;
  ASSERT_EQ(tariffs.regimes.front(), "MFN");
  EXPECT_GT(tariffs.regimes.size(), 5u);
  const std::int32_t lao = index_of(world(), "LAO"), chn = index_of(world(), "CHN");
  bool graduates = false, keeps_an_agreement = false, begins_later = false;
  for (std::size_t n = 0; n < tariffs.member_market.size(); ++n) {
    const std::string& regime = tariffs.regimes[tariffs.member_regime[n]];
    const bool lao_in_china = tariffs.member_market[n] == chn && tariffs.member_exporter[n] == lao;
    graduates |= lao_in_china && regime == "LDC" && tariffs.member_last_year[n] == 2026;
    keeps_an_agreement |= lao_in_china && regime == "ASEAN-CHINA" && tariffs.member_last_year[n] == Tariffs::last_open;
    begins_later |= tariffs.member_first_year[n] > 2024 && tariffs.member_first_year[n] <= world().horizon_year;
    EXPECT_NE(tariffs.member_market[n], tariffs.member_exporter[n]);
  }
  EXPECT_TRUE(graduates);
  EXPECT_TRUE(keeps_an_agreement);
  EXPECT_TRUE(begins_later);
}

}  // namespace
}  // namespace potentia
