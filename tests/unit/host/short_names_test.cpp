#include "host/model/short_names.hpp"

#include <gtest/gtest.h>

namespace potentia::testing {
namespace {

std::vector<std::string> shortened(const std::vector<std::string>& names) {
  World world;
  for (const std::string& name : names) {
    Product product;
    product.name = name;
    world.products.push_back(product);
  }
  return short_names(world);
}

TEST(ShortNames, EndAtTheFirstCommaOrColonThatTellsTheProduct) {
  EXPECT_EQ(shortened({"Chromatographs, electrophoresis instruments", "Blockboard: of bamboo", "Maize", "Gelatin (in sheets, squares): dyed"}),
            (std::vector<std::string>{"Chromatographs", "Blockboard", "Maize", "Gelatin (in sheets, squares)"}));
}

TEST(ShortNames, HaveAsManyPhrasesAsTellThemFromOthers) {
  EXPECT_EQ(shortened({"Roots: manioc (cassava), fresh, dried", "Roots: sweet potatoes, fresh", "Roots: sweet potatoes, dried"}),
            (std::vector<std::string>{"Roots: manioc (cassava)", "Roots: sweet potatoes, fresh", "Roots: sweet potatoes, dried"}));
}

TEST(ShortNames, StayLongWhereTheyWouldBeMistaken) {
  const std::vector<std::string> names = {"Compounds, of rare earths", "Salts and compounds of gold", "Fish: live",
                                          "Fish, frozen", "Rice", "Rice: broken", "Tea, b", ", odd"};
  EXPECT_EQ(shortened(names), names);
  EXPECT_EQ(shortened({"Rafts: inflatable", "Raftsmen's tools", "Aircrafts"})[0], "Rafts") << "whole words count";
}

}  // namespace
}  // namespace potentia::testing
