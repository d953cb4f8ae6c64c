// Groups of countries: the built-in ones and a user's own.
#include "host/model/groups.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/support/complaint.hpp"

namespace potentia {
namespace {

using testing::complaint_about_input;
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
    const std::string line = complaint_about_input([&] { read_groups(file.path()); });
    EXPECT_NE(line.find(said), std::string::npos) << text << line;
    EXPECT_NE(line.find("groups.toml"), std::string::npos) << line;
  }
  complaint_about_input([] { read_groups("/nowhere/groups.toml"); });
}

}  // namespace
}  // namespace potentia
