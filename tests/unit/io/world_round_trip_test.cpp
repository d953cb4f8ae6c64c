// A world comes back from its file as it went in, and the file does not depend on threads.
#include <gtest/gtest.h>
#include <omp.h>

#include <filesystem>

#include "io/world/world_file.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

std::string round_trip(const World& world, const std::string& path) {
  write_world(path, world);
  return world_difference(world, read_world(path));
}

TEST(WorldRoundTrip, RandomWorlds) {
  const Folder folder;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SampleShape shape;
    shape.countries = 2 + static_cast<int>(seed % 13);
    shape.products = 1 + static_cast<int>(seed * 7 % 41);
    shape.years = 1 + static_cast<int>(seed % 3);
    shape.density = 0.1 * static_cast<double>(seed % 11);
    shape.values = static_cast<SampleShape::Values>(seed % 3);
    shape.by_market = seed % 2;
    shape.tariffs = seed % 4 != 0;
    shape.reports = seed % 5 != 0;
    EXPECT_EQ(round_trip(sample_world(seed, shape), folder / "world.h5"), "") << "seed " << seed;
  }
}

TEST(WorldRoundTrip, SeveralChunksAndSixteenBitCountries) {
  const Folder folder;
  SampleShape shape;
  shape.countries = 257;
  shape.products = 5;
  shape.density = 0.9;  // 296,000 flows: three chunks
  for (const auto values : {SampleShape::dollars, SampleShape::billions, SampleShape::cents}) {
    shape.values = values;
    EXPECT_EQ(round_trip(sample_world(1, shape), folder / "world.h5"), "") << "values " << values;
  }
}

TEST(WorldRoundTrip, ValuesThatNoIntegerHolds) {
  const Folder folder;
  World world = sample_world(1, {});
  for (const double value : {0.0, 1e-300, 1.7e308, 9007199254740991.0, 9007199254740993.0, 1.8446744073709552e19,
                             4294967295.0, 4294967296.0, 0.5}) {
    world.trade[0].value[0] = value;
    EXPECT_EQ(round_trip(world, folder / "world.h5"), "") << value;
  }
}

TEST(WorldRoundTrip, WhatIsOptionalMayBeEmpty) {
  const Folder folder;
  World world = sample_world(1, {});
  world.income_elasticity.clear();
  world.macro = {};
  world.tariffs = {};
  world.logistics = {};
  world.utilization = {};
  world.sources.clear();
  world.notices.clear();
  world.title.clear();
  EXPECT_EQ(round_trip(world, folder / "world.h5"), "");
}

TEST(WorldRoundTrip, TheSameFileWhateverTheThreads) {
  const Folder folder;
  SampleShape shape;
  shape.countries = 100;
  shape.products = 60;
  const World world = sample_world(3, shape);
  const int before = omp_get_max_threads();
  for (const int threads : {1, 2, 7}) {
    omp_set_num_threads(threads);
    const std::string path = folder / ("world" + std::to_string(threads) + ".h5");
    EXPECT_EQ(round_trip(world, path), "") << threads << " threads";
    EXPECT_TRUE(bytes_of(path) == bytes_of(folder / "world1.h5")) << threads << " threads";
  }
  omp_set_num_threads(before);
}

TEST(WorldRoundTrip, ABadWorldIsNotWritten) {
  const Folder folder;
  const std::string path = folder / "world.h5";
  write_bytes(path, "older");
  World world = sample_world(1, {});
  world.sigma[0] = -1;
  try {
    write_world(path, world);
    FAIL() << "was written";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_NE(std::string(error.what()).find(path + ":/elasticity/sigma"), std::string::npos) << error.what();
  }
  EXPECT_EQ(bytes_of(path), "older");
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.exists();
  EXPECT_EQ(files, 1);
}

TEST(WorldRoundTrip, SizesInMemoryThatDoNotMatchAreRefused) {
  const auto refuses = [](void (*change)(World&), const char* dataset) {
    World world = sample_world(1, {});
    change(world);
    try {
      check_world(world, "w.h5");
      ADD_FAILURE() << dataset;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(std::string("w.h5:") + dataset), std::string::npos) << error.what();
    }
  };
  refuses([](World& world) { world.distance.pop_back(); }, "/distance");
  refuses([](World& world) { world.sigma.push_back(1); }, "/elasticity/sigma");
  refuses([](World& world) { world.income_elasticity.push_back(1); }, "/elasticity/income");
  refuses([](World& world) { world.macro.gdp.pop_back(); }, "/macro/gdp");
  refuses([](World& world) { world.macro.population.clear(); }, "/macro/population");
  refuses([](World& world) { world.trade[0].product_offset.pop_back(); }, "/trade/2020/product_offset");
  refuses([](World& world) { world.trade[0].market = Buffer<std::uint16_t>(1); }, "/trade/2020/market");
  refuses([](World& world) { world.tariffs.market_schedule.clear(); }, "/tariff/market_schedule");
  refuses([](World& world) { world.tariffs.line_product.pop_back(); }, "/tariff/line_product");
  refuses([](World& world) { world.logistics.score.pop_back(); }, "/logistics/score");
  refuses([](World& world) { world.logistics.year.pop_back(); }, "/logistics/year");
  refuses([](World& world) { world.utilization.share.pop_back(); }, "/utilization/share");
  refuses([](World& world) { world.tariffs.member_last_year.pop_back(); }, "/tariff/member_last_year");
}

}  // namespace
}  // namespace potentia::testing
