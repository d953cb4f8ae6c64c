// Every damage of tests/support/break_world.py is refused, in one line that names the file and the dataset.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "io/world/world_file.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

const std::string support = "/usr/bin/python3 -B '" POTENTIA_SOURCE_DIR "/tests/support/";

TEST(WorldDamage, EveryDamageIsNamed) {
  const Folder folder;
  const std::string good = folder / "good.h5";
  run(support + "write_world_by_hand.py' " + good);
  ASSERT_NO_THROW(read_world(good));
  std::istringstream list(run(support + "break_world.py' " + good + " " + folder.path()));
  std::set<std::string> names;
  for (std::string line; std::getline(list, line);) {
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    ASSERT_NE(second, std::string::npos) << line;
    const std::string name = line.substr(0, first);
    const std::string where = line.substr(first + 1, second - first - 1);
    const std::string said = line.substr(second + 1);
    const std::string path = folder / (name + ".h5");
    SCOPED_TRACE(name);
    EXPECT_TRUE(names.insert(name).second) << "two damages of one name";
    try {
      read_world(path);
      ADD_FAILURE() << "was read";
    } catch (const Error& error) {
      const std::string complaint = error.what();
      EXPECT_EQ(error.kind(), ErrorKind::input) << complaint;
      EXPECT_NE(complaint.find("(" + path + where), std::string::npos) << complaint;
      EXPECT_NE(complaint.find(said), std::string::npos) << complaint;
      EXPECT_NE(complaint.find("); "), std::string::npos) << "no remedy: " << complaint;
      EXPECT_EQ(std::count(complaint.begin(), complaint.end(), '\n'), 0) << complaint;
    } catch (const std::exception& error) {
      ADD_FAILURE() << "not an Error: " << error.what();
    }
  }
  EXPECT_GT(names.size(), 180u);
}

TEST(WorldDamage, FilesThatAreNone) {
  const Folder folder;
  for (const std::string& path : {folder / "missing.h5", folder.path(), std::string("/dev/null")}) {
    try {
      read_world(path);
      ADD_FAILURE() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input);
      EXPECT_NE(std::string(error.what()).find("(" + path + ")"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace potentia::testing
