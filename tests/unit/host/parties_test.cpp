// What people type for one side of trade, and whom they mean.
#include "host/model/parties.hpp"

#include <gtest/gtest.h>

#include "tests/support/complaint.hpp"

namespace potentia {
namespace {

using testing::complaint_about_input;
using Indices = std::vector<std::int32_t>;

class FindParty : public ::testing::Test {
protected:
  enum : std::int32_t { bel, che, chn, deu, hkg, kor, lao, s19, srb, tha };

  Party find(const std::string& text) { return parties_.find(text, "--market", notices_); }
  void says(const std::string& text, const std::string& said) {
    const std::string line = complaint_about_input([&] { find(text); });
    EXPECT_NE(line.find(said), std::string::npos) << text << ": " << line;
  }

  std::vector<Country> countries_{{"BEL", "BE", "Belgium"},     {"CHE", "CH", "Switzerland"}, {"CHN", "CN", "China"},
                                  {"DEU", "DE", "Germany"},     {"HKG", "HK", "Hong Kong"},   {"KOR", "KR", "Republic of Korea"},
                                  {"LAO", "LA", "Lao People's Dem. Rep."}, {"S19", "", "Other Asia"}, {"SRB", "RS", "Serbia"},
                                  {"THA", "TH", "Thailand"}};
  std::map<std::string, CountryGroup> groups_ = read_groups("");
  Parties parties_{countries_, groups_};
  std::vector<Notice> notices_;
};

TEST_F(FindParty, ACountryByWhateverItIsCalled) {
  for (const char* word : {"LAO", "lao", " Lao ", "Laos", "lao people's dem. rep.", "Lao PDR", "LAO,"}) {
    const Party party = find(word);
    EXPECT_EQ(party.code, "LAO") << word;
    EXPECT_EQ(party.name, "Lao People's Dem. Rep.") << word;
    EXPECT_EQ(party.members, Indices{lao}) << word;
  }
  EXPECT_EQ(find("TWN").code, "S19");
  EXPECT_EQ(find("Taiwan").members, Indices{s19});
  EXPECT_EQ(find("YUG").members, Indices{srb});
}

TEST_F(FindParty, ANameMayHoldCommas) {
  EXPECT_EQ(find("Korea, Rep.").members, Indices{kor});
  EXPECT_EQ(find("thailand, Korea, Rep., LAO").members, (Indices{kor, lao, tha}));
  // Two countries or one: nobody can tell.
  says("LAO, Hong Kong, China", "\"Hong Kong, China\" is the name of HKG, but can be read as a list (--market); write HKG");
  EXPECT_EQ(find("HKG, China").members, (Indices{chn, hkg}));
}

TEST_F(FindParty, AGroupLeavesOutAndListsWhatTheWorldLacks) {
  const Party party = find("asean");
  EXPECT_EQ(party.code, "ASEAN");
  EXPECT_EQ(party.members, (Indices{lao, tha}));
  ASSERT_EQ(notices_.size(), 1u);
  EXPECT_EQ(notices_[0].count, 9u);
  EXPECT_EQ(notices_[0].whose.size(), 9u);
  EXPECT_EQ(notices_[0].whose.front(), "BRN");
  EXPECT_EQ(notices_[0].detail, "members of ASEAN that are no country of the world");
}

TEST_F(FindParty, TheEuropeanUnionAndGroupsByName) {
  for (const char* word : {"EU", "eu27", "European Union", "EUN"}) {
    EXPECT_EQ(find(word).code, "EU27") << word;
    EXPECT_EQ(find(word).members, (Indices{bel, deu})) << word;
  }
  EXPECT_EQ(find("least developed countries").code, "LDC");
}

TEST_F(FindParty, AGroupOfOnesOwnIsTakenAsItIsWritten) {
  groups_["Lao"] = {"Not the country", {"THA", "twn"}};
  groups_["EU"] = {"Half of it", {"BEL"}};
  groups_["CHN"] = {"Hidden by the country", {"THA"}};
  const Parties parties(countries_, groups_);
  EXPECT_EQ(parties.find("Lao", "", notices_).members, (Indices{s19, tha}));
  EXPECT_EQ(parties.find("LAO", "", notices_).members, Indices{lao});
  EXPECT_EQ(parties.find("EU", "", notices_).members, Indices{bel});
  EXPECT_EQ(parties.find("CHN", "", notices_).members, Indices{chn});
}

TEST_F(FindParty, TheWorldIsEveryCountry) {
  for (const char* word : {"world", "World", "all", "WLD"}) {
    EXPECT_EQ(find(word).code, "world");
    EXPECT_EQ(find(word).members.size(), countries_.size());
  }
  EXPECT_TRUE(notices_.empty());
}

TEST_F(FindParty, AListOfCountriesAndGroupsCountsEachOnce) {
  const Party party = find("THA, CHN");
  EXPECT_EQ(party.code, "THA+CHN");
  EXPECT_EQ(party.name, "Thailand, China");
  EXPECT_EQ(party.members, (Indices{chn, tha}));
  EXPECT_EQ(find("LAO,lao,Laos").code, "LAO");
  EXPECT_EQ(find("LMC,LAO,CHN").members, (Indices{chn, lao, tha}));
}

TEST_F(FindParty, WhatIsCountedWithAnotherIsSaidToBe) {
  says("LIE", "LIE (Liechtenstein) is counted with CHE (--market); ask for CHE");
  says("CHN, liechtenstein", "LIE (Liechtenstein) is counted with CHE (--market); ask for CHE");
  // Not where the whole is not here either, and not where the part is a country of its own.
  says("MCO", "\"MCO\" is no country of the world and no group (--market)");
  countries_[6] = {"LIE", "LI", "Liechtenstein"};
  EXPECT_EQ(Parties(countries_, groups_).find("LIE", "", notices_).members, Indices{6});
}

TEST_F(FindParty, WhatIsUnknownNamesTheNearest) {
  says("LAA", "\"LAA\" is no country of the world and no group (--market); did you mean LAO (Lao People's Dem. Rep.)?");
  says("CHN,ASEAM", "did you mean ASEAN (");
  says("Thialnad", "did you mean THA (Thailand)?");
  says("Viet Nm,China", "\"Viet Nm\"");
  says("South Koera", "did you mean KOR (Republic of Korea)?");
  says("Least developed contries", "did you mean LDC (Least developed countries)?");
  says("CN", "did you mean CHN (China)?");
}

TEST_F(FindParty, WhatIsNearNothingIsAnsweredWithTheGroups) {
  const std::string groups = "(--market); give ISO3 codes, names of countries, or groups: ASEAN, EAEU, EU27, LDC, LLDC, LMC, RCEP, world";
  for (const char* word : {"XQZ", "XX", "X", "-", "LOX", "Thailandesa", "Foobarland", "Thxxxand"}) says(word, groups);
}

TEST_F(FindParty, NobodyAndGroupsWithoutMembersAreRefused) {
  for (const char* word : {"", " , ", ","}) says(word, "no country is given (--market)");
  says("EAEU", "no member of group EAEU is a country of the world (--market); choose another group");
}

TEST_F(FindParty, OneSideOfAResultNamesItself) {
  const Parties parties({{"CHN", "", "China"}}, groups_, "exporter of the result");
  EXPECT_NE(complaint_about_input([&] { parties.find("LAO", "--pair", notices_); }).find("\"LAO\" is no exporter of the result and no group (--pair)"),
            std::string::npos);
  EXPECT_NE(complaint_about_input([&] { parties.find("EU", "--pair", notices_); }).find("no member of group EU27 is an exporter of the result"),
            std::string::npos);
}

TEST_F(FindParty, ANamelessCountryIsNotWhatHasNoLetters) {
  countries_[0].name = "";
  const Parties parties(countries_, groups_);
  complaint_about_input([&] { parties.find("?", "", notices_); });
  EXPECT_EQ(parties.find("BEL", "", notices_).members, Indices{bel});
}

TEST_F(FindParty, ASelectionIsAscendingAndEmptyForEveryone) {
  EXPECT_EQ(parties_.indices({"THA, chn", "THA"}, "--markets", notices_), (Indices{chn, tha}));
  EXPECT_TRUE(parties_.indices({}, "--markets", notices_).empty());
  EXPECT_TRUE(parties_.indices({"world"}, "--markets", notices_).empty());
  complaint_about_input([&] { parties_.indices({""}, "--markets", notices_); });
}

TEST(PartsBetweenCommas, HaveNoBlanksAroundThem) {
  EXPECT_EQ(parts_between_commas(" a b ,, c\t,"), (std::vector<std::string>{"a b", "c"}));
  EXPECT_TRUE(parts_between_commas("").empty());
}

}  // namespace
}  // namespace potentia
