// The manifest: what it must have, where its paths lead, and how it complains.
#include "folder.hpp"

namespace potentia {
namespace {

class ManifestFile : public ImportFolder {
protected:
  void expect_failure_with(const std::string& table, const std::string& lines, const std::string& complaint) {
    set_table(table, lines);
    expect_failure(complaint);
  }
  const std::string trade_rest = "countries = \"country_codes.csv\"\nproducts = \"product_codes.csv\"\n";
};

TEST_F(ManifestFile, UnknownKeysNameTheNearest) {
  expect_failure_with("world", "hs_revision = \"HS17\"\nbase_year = [2023]\nbase_years = [2023]\nhorizon_year = 2028", "base_years");
  set_table("world", "hs_revision = \"HS17\"\nbase_years = [2023]\nhorizon_year = 2028");
  expect_failure_with("tarifs", "rates = \"x\"", "tariffs");
}

TEST_F(ManifestFile, ComplaintsHaveLineAndColumn) {
  expect_failure_with("distance", "file = \"nowhere.csv\"", "no such file: nowhere.csv (manifest.toml:2:");
  expect_failure_with("distance", "file = 3", "distance.file must be text");
  expect_failure_with("distance", "", "no key distance.file (manifest.toml:1:1)");
  expect_failure_with("distance", "file = \"dist.csv\"\nformat = \"geodist\"", "unknown distance.format \"geodist\"");
  expect_failure_with("distance", "file = \"dist.csv", "not valid TOML");
}

TEST_F(ManifestFile, YearsMustMakeSense) {
  const std::string rest = "hs_revision = \"HS17\"\n";
  expect_failure_with("world", rest + "base_years = [2023]\nhorizon_year = 2022", "the horizon 2022 is before the last base year 2023");
  expect_failure_with("world", rest + "base_years = []\nhorizon_year = 2028", "world.base_years is empty");
  expect_failure_with("world", rest + "base_years = [2023, 2023]\nhorizon_year = 2028", "names a year twice");
  expect_failure_with("world", rest + "base_years = [2023]", "no key world.horizon_year");
  expect_failure_with("world", rest + "horizon_year = 2028", "no key world.base_years");
  expect_failure_with("world", rest + "base_year = [2023]\nhorizon_year = 2028", "unknown key world.base_year (manifest.toml:");
  expect_failure("did you mean world.base_years?");
}

TEST_F(ManifestFile, PatternsMustMatch) {
  expect_failure_with("trade", "files = [\"BACI_*.zip\"]\n" + trade_rest, "no file matches \"BACI_*.zip\" (manifest.toml:");
  expect_failure_with("trade", "files = []\n" + trade_rest, "no trade.files");
  expect_failure_with("trade", "files = [\"BACI_*.csv\", \"BACI_HS17_Y2023.csv\"]\n" + trade_rest, "named twice");
  set_table("trade", "files = \"BACI_HS17_Y????.csv\"\n" + trade_rest);
  EXPECT_EQ(import().trade.size(), 1u);
}

TEST_F(ManifestFile, AMissingManifestIsAnErrorOfInput) {
  try {
    import_world(path("none.toml"), {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_NE(std::string(error.what()).find("none.toml"), std::string::npos);
  }
}

TEST_F(ManifestFile, ProgressTellsOfReadingAndStopsTheImport) {
  int calls = 0;
  options_.progress = [&calls](const char*, std::uint64_t done, std::uint64_t total) {
    EXPECT_LE(done, total);
    ++calls;
  };
  import();
  EXPECT_GT(calls, 2);
  options_.progress = [](const char*, std::uint64_t, std::uint64_t) { throw Error(ErrorKind::interrupted, "interrupted"); };
  EXPECT_THROW(import_world(manifest(), options_), Error);
}

}  // namespace
}  // namespace potentia
