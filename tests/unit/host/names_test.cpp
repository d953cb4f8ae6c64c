// "Did you mean": nearest names, country codes in flags.
#include "host/model/names.hpp"

#include <gtest/gtest.h>

#include "io/nearest.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

TEST(NearestName, CountsEditsAndSwaps) {
  EXPECT_EQ(nearest_name("eaze", {"tariffs", "ease", "weights"}), "ease");
  EXPECT_EQ(nearest_name("wieghts", {"heights", "weights"}), "weights");  // one swap beats two replacements
  EXPECT_EQ(nearest_name("LAO", {"THA", "lao"}), "lao");
  EXPECT_EQ(nearest_name("x", {}), "");
  EXPECT_EQ(nearest_name("", {"abc", "a"}), "a");
}

TEST(NearestName, OfEqualsTheFirst) { EXPECT_EQ(nearest_name("ab", {"ax", "ay"}), "ax"); }

TEST(NearestName, AMonstrousNameIsNoTrouble) {
  EXPECT_EQ(nearest_name(std::string(10000000, 'a'), {"aaa", "b"}), "aaa");
}

World three_countries() {
  World world;
  world.countries = {{"CHN", "CN", "China"}, {"LAO", "LA", "Lao People's Dem. Rep."}, {"THA", "TH", "Thailand"}};
  return world;
}

TEST(CountryIndices, AreAscendingAndUnique) {
  EXPECT_EQ(country_indices(three_countries(), {"THA", "CHN", "THA"}, "--markets"), (std::vector<std::int32_t>{0, 2}));
  EXPECT_TRUE(country_indices(three_countries(), {}, "--markets").empty());
}

TEST(CountryIndices, AnUnknownCodeIsBadInputAndNamesTheNearest) {
  const struct {
    const char* code;
    const char* said;
  } cases[] = {
      {"LOA", "unknown country code LOA (--exporters); did you mean LAO (Lao People's Dem. Rep.)?"},
      {"lao", "did you mean LAO"},
      {"Thialand", "did you mean THA (Thailand)?"},
      {"", "unknown country code  (--exporters)"},
  };
  for (const auto& one : cases) {
    try {
      country_indices(three_countries(), {"CHN", one.code}, "--exporters");
      FAIL() << one.code;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input);
      EXPECT_NE(std::string(error.what()).find(one.said), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace potentia
