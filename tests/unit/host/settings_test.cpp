// Settings files: what is accepted, and what each complaint says.
#include "io/settings.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "io/toml.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

std::string complaint(const std::string& text) {
  try {
    parse_settings(text, "s.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    return error.what();
  }
  return "no complaint";
}

TEST(Settings, AnEmptyFileGivesTheDefaults) {
  EXPECT_EQ(settings_to_toml(parse_settings("", "s.toml")), settings_to_toml(Settings{}));
}

TEST(Settings, TheCommentedFileHoldsTheDefaults) {
  EXPECT_EQ(settings_to_toml(parse_settings(default_settings_toml(), "defaults")), settings_to_toml(Settings{}));
}

// Every key that is written when all differ from their defaults must also be named in the commented file.
TEST(Settings, TheCommentedFileNamesEveryKey) {
  std::istringstream written(settings_to_toml(Settings{}));
  const std::string commented = default_settings_toml();
  int keys = 0;
  for (std::string line; std::getline(written, line);) {
    if (line.empty()) continue;
    EXPECT_NE(commented.find("\n" + line), std::string::npos) << line;
    ++keys;
  }
  EXPECT_GE(keys, 13);  // three tables, ten keys
}

TEST(Settings, CharactersBeyondAsciiBelongIntoQuotesAndComments) {
  EXPECT_EQ(parse_settings("# für Laos\n[drilldown]\nexporter = \"Côte d'Ivoire\" # é\nmarket = 'Türkiye'\n", "s").drilldown.exporter,
            "Côte d'Ivoire");
  for (const char* text : {"é = 1\n", "[method]\nease = é\n", "\xca\x84"}) {
    try {
      parse_settings(text, "s.toml");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("not ASCII outside of quotes (s.toml:"), std::string::npos) << error.what();
    }
  }
}

TEST(TomlText, CharactersBeyondAsciiInQuotesAreReadAndPlacesCountThemOnce) {
  const toml::table table = parse_toml_text("\"\u00e9\" = 1\n\"\u00e0\" = '\u00fc'\n", "s.toml");
  EXPECT_EQ(table["\u00e9"].value_or(0), 1);
  EXPECT_EQ(table["\u00e0"].value_or(std::string()), "\u00fc");
  try {
    parse_toml_text("a = '\u00fc' x\n", "s.toml");
    FAIL() << "read";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("(s.toml:1:9)"), std::string::npos) << error.what();
  }
}

TEST(Settings, SurviveWritingAndReading) {
  Settings settings;
  settings.world.base_years = {2019, 2021, 2023};
  settings.world.horizon_year = 2030;
  settings.method.ease = "calibrated";
  settings.method.distance_fit = false;
  settings.method.net_importer_correction = false;
  settings.method.tariffs = false;
  settings.method.weights = {0.1, 1, 1e-300};
  settings.method.missing_years = "skip";
  settings.cells.top = 0;
  settings.cells.thresholds = false;
  const Settings read = parse_settings(settings_to_toml(settings), "s.toml");
  EXPECT_EQ(read.world.base_years, settings.world.base_years);
  EXPECT_EQ(read.world.horizon_year, 2030);
  EXPECT_EQ(read.method.ease, "calibrated");
  EXPECT_FALSE(read.method.distance_fit);
  EXPECT_FALSE(read.method.net_importer_correction);
  EXPECT_FALSE(read.method.tariffs);
  EXPECT_EQ(read.method.weights, settings.method.weights);
  EXPECT_EQ(read.method.missing_years, "skip");
  EXPECT_EQ(read.cells.top, 0);
  EXPECT_FALSE(read.cells.thresholds);
}

TEST(Settings, AWholeNumberIsAWeight) {
  EXPECT_EQ(parse_settings("[method]\nweights = [1, 2.5]", "s.toml").method.weights, (std::vector<double>{1, 2.5}));
}

TEST(Settings, ComplaintsNamePlaceAndRemedy) {
  const struct {
    const char* text;
    const char* said;
  } cases[] = {
      {"[method]\neaze = \"calibrated\"", "unknown key method.eaze (s.toml:2:1); did you mean method.ease?"},
      {"\n[metod]\nease = \"calibrated\"", "unknown table metod (s.toml:2:2); did you mean method?"},
      {"top = 5", "unknown key top (s.toml:1:1); did you mean "},
      {"[method]\nease = \"calibrate\"", "did you mean \"calibrated\"? Known are: trade_share, calibrated"},
      {"[method]\nease = 1", "method.ease must be text, not a whole number (s.toml:2:8)"},
      {"[method]\ntariffs = \"yes\"", "method.tariffs must be true or false, not text (s.toml:2:11)"},
      {"[method]\nmissing_years = \"none\"", "unknown method.missing_years \"none\" (s.toml:2:1)"},
      {"[method]\nweights = [1.0, -0.5]", "method.weights holds -0.5"},
      {"[method]\nweights = [nan]", "method.weights holds nan"},
      {"[method]\nweights = [inf, 1.0]", "method.weights holds inf"},
      {"[method]\nweights = [0.0, 0]", "method.weights are all zero (s.toml:2:1)"},
      {"[method]\nweights = [\"a\"]", "method.weights must be a list of numbers, not text"},
      {"[method]\nweights = 1.0", "method.weights must be a list of numbers, not a number"},
      {"[world]\nbase_years = [2020, 2021]\n[method]\nweights = [1.0]", "method.weights has 1 values for 2 base years"},
      {"[world]\nbase_years = [2021, 2020]", "ascending order"},
      {"[world]\nbase_years = [2020, 2020]", "each year once"},
      {"[world]\nbase_years = [20]", "world.base_years 20 is not a year"},
      {"[world]\nbase_years = [2020.5]", "world.base_years must be a list of whole numbers, not a number"},
      {"[world]\nbase_years = [2020]\nhorizon_year = 2019", "horizon_year 2019 lies before the last base year 2020 (s.toml:3:1)"},
      {"[world]\nhorizon_year = 99999999999", "out of range"},
      {"[cells]\ntop = -1", "cells.top is -1, below 0 (s.toml:2:1)"},
      {"[cells]\nthresholds = 1", "cells.thresholds must be true or false"},
      {"cells = 1", "cells must be a table, not a whole number (s.toml:1:9)"},
      {"[method]\nease = \"calibrated\"\nease = \"calibrated\"", "not valid TOML"},
      {"[method\n", "not valid TOML"},
  };
  for (const auto& one : cases) {
    EXPECT_NE(complaint(one.text).find(one.said), std::string::npos) << one.text << "\n" << complaint(one.text);
  }
}

TEST(Settings, ATableWithoutAProperNameIsRefused) {
  for (const char* text : {"[!]\n", "[\x0eworld]\n", "[[=]]\n", "[ ", "= 1\n", "!a = 1\n"})
    EXPECT_NE(complaint(text).find("s.toml:1:"), std::string::npos) << text << complaint(text);
}

TEST(Settings, AMissingFileIsNamed) {
  try {
    read_settings("/no/such/settings.toml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_STREQ(error.what(), "no such file (/no/such/settings.toml); check the name");
  }
}

TEST(Settings, TheFileInConfigsIsTheOneThatIsPrinted) {
  std::ifstream file(POTENTIA_SOURCE_DIR "/configs/default.toml", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), default_settings_toml());
}

}  // namespace
}  // namespace potentia
