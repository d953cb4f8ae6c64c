// Names of countries and products in another language, from tables as people save them.
#include "io/import/name_table.hpp"

#include <string>
#include <vector>

#include "folder.hpp"

namespace potentia {
namespace {

using Texts = std::vector<std::string>;

class NameTables : public ImportFolder {
protected:
  static World world() {
    World world;
    world.hs_revision = "HS17";
    world.countries = {
        {"CHN", "CN", "China"}, {"LAO", "LA", "Lao PDR"}, {"S19", "TW", "Other Asia"}, {"SRB", "RS", "Serbia"}};
    for (const char* code : {"071410", "400121"}) {
      Product product;
      product.code = code;
      world.products.push_back(product);
    }
    return world;
  }
  NameTable read(const std::string& text, const std::string& file = "noms.csv") {
    return read_name_table(put(file, text), world(), "names fr");
  }
  std::string complaint(const std::string& text) {
    try {
      read(text);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return "none";
  }
};

TEST_F(NameTables, AnyTableOfCodeAndName) {
  const NameTable names =
      read("code;name\nLAO;Laos\ncn;Chine\nTWN;\"Taïwan; Chine\"\n71410;Manioc\n400121;Caoutchouc\n");
  EXPECT_EQ(names.countries, (Texts{"Chine", "Laos", "Taïwan; Chine", ""}));
  EXPECT_EQ(names.products, (Texts{"Manioc", "Caoutchouc"}));
  EXPECT_TRUE(names.notices.empty());
  EXPECT_EQ(names.source.role, "names fr");
  EXPECT_EQ(names.source.name, "noms.csv");
  EXPECT_EQ(names.source.sha256.size(), 64u);
  EXPECT_EQ(read("Titre\n\nHS6\tShort_name\n071410.0\tManioc\n", "noms.tsv").products, (Texts{"Manioc", ""}));
  EXPECT_EQ(read("name,iso3\nLaos,LAO\n").countries, (Texts{"", "Laos", "", ""}));
}

TEST_F(NameTables, ChaptersAreNoCountries) {
  const NameTable names =
      read("code,name\n04,Lait\n0714,Racines\n156,Chiffres\nLIE,Liechtenstein\nLAO,Laos\n400121,\n");
  EXPECT_EQ(names.countries, (Texts{"", "Laos", "", ""}));
  EXPECT_EQ(names.products, (Texts{"", ""}));
  ASSERT_EQ(names.notices.size(), 2u);
  EXPECT_EQ(names.notices[0].rule, "names.empty");
  EXPECT_EQ(names.notices[0].whose, (Texts{"400121"}));
  EXPECT_EQ(names.notices[1].rule, "names.outside_world");
  EXPECT_EQ(names.notices[1].count, 4u);
  EXPECT_NE(std::find(names.notices[1].whose.begin(), names.notices[1].whose.end(), "0714"),
            names.notices[1].whose.end());
}

TEST_F(NameTables, ThePresentCodeOfACountryCounts) {
  for (const char* text : {"code,name\nYUG,Yougoslavie\nSRB,Serbie\nSCG,Serbie-et-Monténégro\n",
                           "code,name\nSRB,Serbie\nSCG,Serbie-et-Monténégro\nYUG,Yougoslavie\n"})
    EXPECT_EQ(read(text).countries[3], "Serbie");
}

TEST_F(NameTables, Faults) {
  EXPECT_NE(complaint("code,name\nLAO,Laos\nCHN,Chine\nlao,RDP lao\n").find("code lao stands on line 2 too"),
            std::string::npos);
  EXPECT_NE(complaint("code,name\n071410,Manioc\n71410,Manioc\n").find("code 71410 stands on line 2 too"),
            std::string::npos);
  EXPECT_NE(complaint("code,name\n").find("no rows"), std::string::npos);
  EXPECT_NE(complaint("code,name\nFRA,France\n99,Tout\n").find("none of the 2 rows"), std::string::npos);
  EXPECT_NE(complaint("").find("empty"), std::string::npos);
  EXPECT_NE(complaint("code,nom\nLAO,Laos\n").find("name"), std::string::npos);
}

}  // namespace
}  // namespace potentia
