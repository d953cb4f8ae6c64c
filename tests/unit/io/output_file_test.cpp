// Outputs are whole or not there.
#include "io/output_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "kernels/interrupt.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

std::size_t files_in(const Folder& folder) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.path().empty() ? 0 : 1;
  return files;
}

template <class Call>
std::string complaint(Call call, ErrorKind kind) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

TEST(OutputFile, AppearsWholeAtCommit) {
  const Folder folder;
  const std::string target = folder / "a.txt";
  OutputFile output(target);
  EXPECT_EQ(std::filesystem::path(output.path()).parent_path(), folder.path());
  write_bytes(output.path(), "whole");
  output.start_write_back();
  EXPECT_FALSE(std::filesystem::exists(target));
  EXPECT_GE(output.commit(), 0.0);
  EXPECT_EQ(bytes_of(target), "whole");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST(OutputFile, LeavesTheOlderOneWithoutCommit) {
  const Folder folder;
  const std::string target = folder / "a.txt";
  write_output(target, "older");
  {
    OutputFile output(target);
    write_bytes(output.path(), "newer");
    EXPECT_EQ(files_in(folder), 2u);
  }
  EXPECT_EQ(bytes_of(target), "older");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST(OutputFile, ReplacesTheOlderOne) {
  const Folder folder;
  write_output(folder / "a.txt", "older");
  write_output(folder / "a.txt", "newer");
  EXPECT_EQ(bytes_of(folder / "a.txt"), "newer");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST(OutputFile, ManyAppearTogether) {
  const Folder folder;
  std::vector<std::pair<std::string, std::string>> files;
  for (int n = 0; n < 40; ++n) files.emplace_back("f" + std::to_string(n), std::string(1000, static_cast<char>('a' + n % 26)));
  write_output(folder / "f3", "older");
  const std::vector<std::string> paths = write_outputs(folder.path(), files);
  ASSERT_EQ(paths.size(), files.size());
  for (std::size_t n = 0; n < files.size(); ++n) EXPECT_EQ(bytes_of(paths[n]), files[n].second);
  EXPECT_EQ(files_in(folder), files.size());
}

TEST(OutputFile, OneThatFailsLeavesAllOthersAsTheyWere) {
  const Folder folder;
  write_output(folder / "a.txt", "older");
  std::filesystem::create_directory(folder / "c.txt");
  complaint([&] { write_outputs(folder.path(), {{"a.txt", "newer"}, {"b.txt", "newer"}, {"c.txt", "newer"}}); },
            ErrorKind::input);
  EXPECT_EQ(bytes_of(folder / "a.txt"), "older");
  EXPECT_EQ(files_in(folder), 2u);
}

TEST(OutputFile, WritesThroughALink) {
  const Folder folder;
  write_output(folder / "real.txt", "older");
  std::filesystem::create_symlink(folder / "real.txt", folder / "link.txt");
  write_output(folder / "link.txt", "newer");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.txt"));
  EXPECT_EQ(bytes_of(folder / "real.txt"), "newer");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.txt");
  complaint([&] { OutputFile output(folder / "dangling.txt"); }, ErrorKind::input);
}

TEST(OutputFile, TwoAtOnceDoNotMeet) {
  const Folder folder;
  OutputFile first(folder / "a.txt"), second(folder / "a.txt");
  EXPECT_NE(first.path(), second.path());
}

TEST(OutputFile, NamesAFolderThatIsNotThere) {
  const Folder folder;
  const std::string text = complaint([&] { OutputFile output(folder / "no/a.txt"); }, ErrorKind::input);
  EXPECT_NE(text.find(folder / "no"), std::string::npos) << text;
}

TEST(OutputFile, RefusesWhatIsNoFile) {
  const Folder folder;
  std::filesystem::create_directory(folder / "d");
  complaint([&] { OutputFile output(folder / "d"); }, ErrorKind::input);
  complaint([&] { OutputFile output(folder / "d/"); }, ErrorKind::input);
  complaint([&] { OutputFile output(""); }, ErrorKind::input);
  complaint([&] { OutputFile output("/dev/null"); }, ErrorKind::input);
  write_output(folder / "f", "x");
  complaint([&] { OutputFile output(folder / "f/a.txt"); }, ErrorKind::input);
  EXPECT_EQ(bytes_of(folder / "f"), "x");
}

TEST(OutputFile, ChecksTheSpaceBefore) {
  const Folder folder;
  const std::string text =
      complaint([&] { OutputFile output(folder / "a.txt", std::uint64_t{1} << 60); }, ErrorKind::resources);
  EXPECT_NE(text.find("a.txt"), std::string::npos) << text;
  EXPECT_EQ(files_in(folder), 0u);
}

TEST(OutputFile, AFileSizeLimitIsAnError) {
  const Folder folder;
  write_output(folder / "a.txt", "older");
  struct rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  struct rlimit tight = before;
  tight.rlim_cur = 4096;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const std::string text =
      complaint([&] { write_output(folder / "a.txt", std::string(100000, 'x')); }, ErrorKind::resources);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_NE(text.find("a.txt"), std::string::npos) << text;
  EXPECT_EQ(text.find(".tmp-"), std::string::npos) << text;
  EXPECT_EQ(bytes_of(folder / "a.txt"), "older");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST(OutputFile, StopsAtCommitWhenAsked) {
  const Folder folder;
  complaint(
      [&] {
        OutputFile output(folder / "a.txt");
        write_bytes(output.path(), "x");
        stop_requested = true;
        try {
          output.commit();
        } catch (...) {
          stop_requested = false;
          throw;
        }
        stop_requested = false;
      },
      ErrorKind::interrupted);
  EXPECT_EQ(files_in(folder), 0u);
}

TEST(OutputFile, CanBeRemovedFromASignalHandler) {
  const Folder folder;
  OutputFile output(folder / "a.txt");
  ASSERT_TRUE(std::filesystem::exists(output.path()));
  remove_unfinished_outputs();
  EXPECT_FALSE(std::filesystem::exists(output.path()));
}

TEST(OutputFile, KnowsTheTargetOfATemporary) {
  const Folder folder;
  OutputFile output(folder / "a.h5");
  EXPECT_EQ(target_of_temporary(output.path()), folder / "a.h5");
  EXPECT_EQ(target_of_temporary("/x/result.h5"), "/x/result.h5");
}

}  // namespace
}  // namespace potentia::testing
