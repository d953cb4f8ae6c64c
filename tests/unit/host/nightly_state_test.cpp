// What nightly knows of files: fingerprints, outputs that are carried over, who holds the lock.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "host/nightly/fingerprints.hpp"
#include "host/nightly/lock.hpp"
#include "host/nightly/outputs.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

class Folder : public ::testing::Test {
protected:
  Folder() {
    char name[] = "/tmp/potentia-nightly-XXXXXX";
    EXPECT_NE(::mkdtemp(name), nullptr);
    path_ = name;
  }
  ~Folder() override { std::filesystem::remove_all(path_); }
  std::string put(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
    return path_ + "/" + name;
  }
  static std::string text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::string path_;
};
using LockFile = Folder;
using FingerprintState = Folder;
using Outputs = Folder;

LockFacts somebody() {
  LockFacts facts;
  facts.holder = LockHolder{1234, "there", 0};
  return facts;
}

TEST(NightlyLock, OneThatIsRefusedIsHeldWhateverTheFileSays) {
  LockFacts facts;
  facts.flock = LockFacts::Flock::refused;
  EXPECT_EQ(judge(facts), LockVerdict::held);
  facts = somebody();
  facts.flock = LockFacts::Flock::refused;
  facts.silent_seconds = 1000000;
  EXPECT_EQ(judge(facts), LockVerdict::held);
}

TEST(NightlyLock, NobodyInTheFileIsFree) {
  LockFacts facts;
  EXPECT_EQ(judge(facts), LockVerdict::free);
  facts.flock = LockFacts::Flock::impossible;
  EXPECT_EQ(judge(facts), LockVerdict::free);
}

TEST(NightlyLock, AGrantedLockSettlesItOnALocalDisk) {
  LockFacts facts = somebody();
  EXPECT_EQ(judge(facts), LockVerdict::stale);  // another host's: a container that is gone, under a new name each night
  facts.same_host = true;
  facts.process_lives = true;  // another process of that number, or it would hold the lock
  EXPECT_EQ(judge(facts), LockVerdict::stale);
}

TEST(NightlyLock, OnANetworkAnotherHostIsBelievedWhileItIsHeardOf) {
  LockFacts facts = somebody();
  facts.network = true;
  facts.silent_seconds = dead_after_seconds - 1;
  EXPECT_EQ(judge(facts), LockVerdict::held);
  facts.silent_seconds = dead_after_seconds;
  EXPECT_EQ(judge(facts), LockVerdict::stale);
  facts.silent_seconds = -50;  // clocks apart: rather held
  EXPECT_EQ(judge(facts), LockVerdict::held);
  facts.same_host = true;
  EXPECT_EQ(judge(facts), LockVerdict::stale);  // this host's locks are known to this host
}

TEST(NightlyLock, WithoutLocksTheProcessCounts) {
  LockFacts facts = somebody();
  facts.flock = LockFacts::Flock::impossible;
  facts.same_host = true;
  EXPECT_EQ(judge(facts), LockVerdict::stale);
  facts.process_lives = true;
  EXPECT_EQ(judge(facts), LockVerdict::held);
}

TEST(NightlyLock, HoldersAreReadBack) {
  const auto holder = parse_holder(holder_text({77, "a \"host\"", 1795659871}));
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->process, 77);
  EXPECT_EQ(holder->host, "a \"host\"");
  EXPECT_EQ(holder->since, 1795659871);
  for (const char* text : {"", "77", "{", "{\"process\": \"x\"}", "[]", "null"})
    EXPECT_FALSE(parse_holder(text)) << text;
}

TEST_F(LockFile, IsOneObjectsAndEmptyAfterwards) {
  const std::string path = path_ + "/lock";
  {
    const Lock first(path);
    EXPECT_TRUE(first.held());
    EXPECT_EQ(first.remark(), "");
    const Lock second(path);
    EXPECT_FALSE(second.held());
    EXPECT_NE(second.remark().find("process " + std::to_string(::getpid())), std::string::npos) << second.remark();
  }
  EXPECT_EQ(std::filesystem::file_size(path), 0u);
  EXPECT_TRUE(Lock(path).held());
}

TEST_F(LockFile, SeenByOtherHostsIsTouchedAndTheirsBelievedWhileTouched) {
  using namespace std::chrono_literals;
  const std::string path = put("lock", holder_text({1, "another", 0}));
  {
    const Lock ours(path, true);
    EXPECT_FALSE(ours.held());
    EXPECT_NE(ours.remark().find("stale 120 s after"), std::string::npos) << ours.remark();
  }
  EXPECT_TRUE(parse_holder(text(path)));  // left alone
  std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - 200s);
  const Lock ours(path, true, 5ms);
  EXPECT_TRUE(ours.held());
  std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - 200s);
  for (int n = 0;
       n < 1000 && std::filesystem::last_write_time(path) < std::filesystem::file_time_type::clock::now() - 100s; ++n)
    std::this_thread::sleep_for(5ms);
  EXPECT_GT(std::filesystem::last_write_time(path), std::filesystem::file_time_type::clock::now() - 100s);
  EXPECT_EQ(parse_holder(text(path))->process, ::getpid());
}

TEST(NightlyFingerprint, HoldsOnlyForTheSameStampAndNotFromTheSameMoment) {
  constexpr std::int64_t second = 1000000000;
  const Stamp stamp{10, 100 * second, 100 * second, 5};
  const Fingerprint known{stamp, std::string(64, 'a'), 200 * second};
  EXPECT_TRUE(still_holds(known, stamp));
  for (const Stamp& other : {Stamp{11, 100 * second, 100 * second, 5}, Stamp{10, 99 * second, 100 * second, 5},
                             Stamp{10, 100 * second, 101 * second, 5}, Stamp{10, 100 * second, 100 * second, 6}})
    EXPECT_FALSE(still_holds(known, other));
  // Hashed within what a file system tells apart of its writing, or before it by a clock that has gone backwards since.
  EXPECT_FALSE(still_holds({stamp, "", 101 * second}, stamp));
  EXPECT_FALSE(still_holds({stamp, "", 50 * second}, stamp));
  const Stamp future{10, 100 * second, 300 * second, 5};
  EXPECT_FALSE(still_holds({future, "", 200 * second}, future));
}

TEST_F(FingerprintState, IsSavedAndReadBackAndAnythingElseIsNot) {
  const std::string a = put("a", "alpha"), state = path_ + "/state.json";
  Fingerprints first;
  EXPECT_EQ(first.load(state), "");
  first.update({a, path_ + "/none", a}, 2);
  EXPECT_EQ(first.hashed(), 1u);
  EXPECT_EQ(first.of(a).sha256, "8ed3f6ad685b959ead7022518e1af76cd816f8e8ec7ccdda1ed4018e8f2223f8");
  EXPECT_THROW(first.of(path_ + "/none"), Error);
  first.save(state);
  Fingerprints second;
  EXPECT_EQ(second.load(state), "");
  second.update({a}, 1);
  EXPECT_EQ(second.of(a).sha256, first.of(a).sha256);
  for (const char* text :
       {"", "{", "[]", "{\"format\": \"potentia-nightly-state\", \"version\": 1, \"files\": {\"a\": {}}}",
        "{\"format\": \"potentia-nightly-state\", \"version\": 1, \"files\": []}x"}) {
    put("state.json", text);
    EXPECT_EQ(Fingerprints().load(state), "is damaged") << text;
  }
  put("state.json", "{\"format\": \"potentia-nightly-state\", \"version\": 2, \"files\": {}}");
  EXPECT_EQ(Fingerprints().load(state), "is of another version");
}

TEST_F(Outputs, AreCarriedOverWithTheirTimes) {
  std::filesystem::create_directories(path_ + "/one/sub");
  put("one/a.csv", "a");
  put("one/sub/b.h5", "b");
  const auto outputs = list_outputs(path_ + "/one", "");
  ASSERT_EQ(outputs.size(), 2u);
  EXPECT_EQ(outputs[0].path, "a.csv");
  EXPECT_EQ(outputs[0].sha256, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  EXPECT_EQ(outputs[1].sha256, "");
  carry_outputs(path_ + "/one", path_ + "/two", outputs);
  EXPECT_TRUE(outputs_are_whole(path_ + "/two", outputs));
  EXPECT_EQ(std::filesystem::hard_link_count(path_ + "/two/a.csv"), 2u);
  put("two/a.csv", "longer");
  EXPECT_FALSE(outputs_are_whole(path_ + "/two", outputs));
  std::filesystem::remove(path_ + "/one/a.csv");
  EXPECT_FALSE(outputs_are_whole(path_ + "/one", outputs));
}

TEST_F(Outputs, AreCopiedWhereThereAreNoLinks) {
  const std::filesystem::path shared = "/dev/shm/potentia-nightly-test";
  std::error_code failure;
  std::filesystem::create_directories(shared, failure);
  if (failure) GTEST_SKIP() << "no second file system";
  put("a.csv", "a");
  const auto outputs = list_outputs(path_, "a.csv");
  carry_outputs(path_, shared.string(), outputs);
  EXPECT_TRUE(outputs_are_whole(shared.string(), outputs));
  std::filesystem::remove_all(shared);
}

}  // namespace
}  // namespace potentia::nightly
