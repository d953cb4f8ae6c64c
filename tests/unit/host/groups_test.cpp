// Groups of countries, and what people type for one side of a report.
#include "host/model/groups.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "kernels/error.hpp"
#include "tests/support/small_world.hpp"

namespace potentia {
namespace {

using Codes = std::vector<std::string>;

/// A groups file that is gone after the test.
class GroupsFile {
public:
  explicit GroupsFile(const std::string& text) {
    char name[] = "/tmp/potentia-groups-XXXXXX";
    EXPECT_NE(::mkdtemp(name), nullptr);
    folder_ = name;
    std::ofstream(path()) << text;
  }
  ~GroupsFile() { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ + "/groups.toml"; }

private:
  std::string folder_;
};

std::string complaint(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

class FindParty : public ::testing::Test {
protected:
  Party find(const std::string& text) { return find_party(world_, groups_, text, "--market", notices_); }

  World world_ = potentia::testing::small_world();
  std::map<std::string, CountryGroup> groups_ = read_groups("");
  std::vector<Notice> notices_;
};

TEST(Groups, TheBuiltInOnesAreSound) {
  const auto groups = read_groups("");
  const std::map<std::string, std::size_t> sizes{{"ASEAN", 11}, {"LMC", 5},   {"EU27", 27}, {"RCEP", 15},
                                                 {"LDC", 44},   {"LLDC", 32}, {"EAEU", 5}};
  for (const auto& [code, size] : sizes) {
    ASSERT_TRUE(groups.count(code)) << code;
    EXPECT_EQ(groups.at(code).members.size(), size) << code;
  }
  for (const auto& [code, group] : groups) {
    EXPECT_NE(code.size(), 0u);
    EXPECT_NE(group.name, code);
    EXPECT_EQ(std::set<std::string>(group.members.begin(), group.members.end()).size(), group.members.size()) << code;
    for (const std::string& member : group.members) EXPECT_EQ(member.size(), 3u) << code << " " << member;
  }
  EXPECT_EQ(groups.at("LMC").members, (Codes{"KHM", "LAO", "MMR", "THA", "VNM"}));
}

TEST(Groups, AFileAddsAndReplaces) {
  const GroupsFile file("[LMC]\nname = \"Mine\"\nmembers = [\"LAO\"]\n[Neighbours]\nmembers = [\"THA\", \"CHN\"]\n");
  const auto groups = read_groups(file.path());
  EXPECT_EQ(groups.at("LMC").name, "Mine");
  EXPECT_EQ(groups.at("LMC").members, Codes{"LAO"});
  EXPECT_EQ(groups.at("Neighbours").name, "Neighbours");
  EXPECT_EQ(groups.at("ASEAN").members.size(), 11u);
}

TEST(Groups, AFileIsReadStrictly) {
  const std::map<std::string, std::string> wrong{{"[A]\nname = \"x\"\n", "members"},
                                                 {"[A]\nmembers = []\n", "members"},
                                                 {"[A]\nmembres = [\"LAO\"]\n", "members"},
                                                 {"[A]\nmembers = [1]\n", ":2"},
                                                 {"[A\n", ":1"}};
  for (const auto& [text, said] : wrong) {
    const GroupsFile file(text);
    const std::string line = complaint([&] { read_groups(file.path()); });
    EXPECT_NE(line.find(said), std::string::npos) << text << line;
    EXPECT_NE(line.find("groups.toml"), std::string::npos) << line;
  }
  complaint([] { read_groups("/nowhere/groups.toml"); });
}

TEST_F(FindParty, ACountry) {
  const Party party = find("LAO");
  EXPECT_EQ(party.code, "LAO");
  EXPECT_EQ(party.name, "Laos");
  EXPECT_EQ(party.members, std::vector<std::int32_t>{1});
}

TEST_F(FindParty, AGroupLeavesOutAndListsWhatTheWorldLacks) {
  const Party party = find("ASEAN");
  EXPECT_EQ(party.members, (std::vector<std::int32_t>{1, 2}));
  ASSERT_EQ(notices_.size(), 1u);
  EXPECT_EQ(notices_[0].count, 9u);
  EXPECT_EQ(notices_[0].whose.size(), 9u);
  EXPECT_EQ(notices_[0].whose.front(), "BRN");
}

TEST_F(FindParty, TheWorldIsEveryCountry) {
  EXPECT_EQ(find("world").members, (std::vector<std::int32_t>{0, 1, 2}));
  EXPECT_TRUE(notices_.empty());
}

TEST_F(FindParty, AListOfCountriesAndGroupsCountsEachOnce) {
  const Party party = find("THA, CHN");
  EXPECT_EQ(party.code, "THA+CHN");
  EXPECT_EQ(party.name, "Thailand, China");
  EXPECT_EQ(party.members, (std::vector<std::int32_t>{0, 2}));
  EXPECT_EQ(find("LAO,LAO").code, "LAO");
  EXPECT_EQ(find("LAO,LAO").members, std::vector<std::int32_t>{1});
  EXPECT_EQ(find("LMC,LAO,CHN").members, (std::vector<std::int32_t>{0, 1, 2}));
}

TEST_F(FindParty, WhatIsUnknownNamesTheNearest) {
  const std::string country = complaint([&] { find("LAA"); });
  EXPECT_NE(country.find("\"LAA\" (--market); did you mean LAO (Laos)?"), std::string::npos) << country;
  const std::string group = complaint([&] { find("CHN,ASEAM"); });
  EXPECT_NE(group.find("did you mean ASEAN"), std::string::npos) << group;
  const std::string name = complaint([&] { find("Thailnd"); });
  EXPECT_NE(name.find("did you mean THA (Thailand)"), std::string::npos) << name;
  complaint([&] { find(""); });
  complaint([&] { find(" , "); });
  const std::string absent = complaint([&] { find("EU27"); });
  EXPECT_NE(absent.find("no member"), std::string::npos) << absent;
}

}  // namespace
}  // namespace potentia
