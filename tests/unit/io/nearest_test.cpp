// "Did you mean": nearest names.
#include "io/nearest.hpp"

#include <gtest/gtest.h>

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

TEST(NearestName, NothingThatTakesMoreEditsThanAllowed) {
  EXPECT_EQ(nearest_name("Thialnad", {"Thailand"}, 2), "Thailand");
  EXPECT_EQ(nearest_name("Thialnad", {"Thailand"}, 1), "");
}

}  // namespace
}  // namespace potentia
