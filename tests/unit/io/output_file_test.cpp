// Outputs are whole or not there, on file systems that have files without a name and on others.
#include "io/output_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "io/temporary_file.hpp"
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

/// The parameter says whether files without a name may be used.
class Outputs : public ::testing::TestWithParam<bool> {
protected:
  void SetUp() override { allow_unnamed_files(GetParam()); }
  void TearDown() override { allow_unnamed_files(true); }
};
INSTANTIATE_TEST_SUITE_P(, Outputs, ::testing::Bool(),
                         [](const auto& about) { return about.param ? "Unnamed" : "Named"; });

TEST_P(Outputs, AppearsWholeAtCommit) {
  const Folder folder;
  const std::string target = folder / "a.txt";
  OutputFile output(target);
  EXPECT_EQ(files_in(folder), GetParam() ? 0u : 1u);
  write_bytes(output.path(), "whole");
  output.start_write_back();
  EXPECT_FALSE(std::filesystem::exists(target));
  EXPECT_GE(output.commit(), 0.0);
  EXPECT_EQ(bytes_of(target), "whole");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST_P(Outputs, LeavesTheOlderOneWithoutCommit) {
  const Folder folder;
  const std::string target = folder / "a.txt";
  write_output(target, "older");
  {
    OutputFile output(target);
    write_bytes(output.path(), "newer");
    EXPECT_EQ(files_in(folder), GetParam() ? 1u : 2u);
  }
  EXPECT_EQ(bytes_of(target), "older");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST_P(Outputs, ReplacesTheOlderOne) {
  const Folder folder;
  write_output(folder / "a.txt", "older");
  write_output(folder / "a.txt", "newer");
  EXPECT_EQ(bytes_of(folder / "a.txt"), "newer");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST_P(Outputs, ManyAppearTogether) {
  const Folder folder;
  std::vector<std::pair<std::string, std::string>> files;
  for (int n = 0; n < 40; ++n) files.emplace_back("f" + std::to_string(n), std::string(1000, static_cast<char>('a' + n % 26)));
  write_output(folder / "f3", "older");
  const std::vector<std::string> paths = write_outputs(folder.path(), files);
  ASSERT_EQ(paths.size(), files.size());
  for (std::size_t n = 0; n < files.size(); ++n) EXPECT_EQ(bytes_of(paths[n]), files[n].second);
  EXPECT_EQ(files_in(folder), files.size());
}

TEST_P(Outputs, OneThatFailsLeavesAllOthersAsTheyWere) {
  const Folder folder;
  write_output(folder / "a.txt", "older");
  std::filesystem::create_directory(folder / "c.txt");
  complaint([&] { write_outputs(folder.path(), {{"a.txt", "newer"}, {"b.txt", "newer"}, {"c.txt", "newer"}}); },
            ErrorKind::input);
  EXPECT_EQ(bytes_of(folder / "a.txt"), "older");
  EXPECT_EQ(files_in(folder), 2u);
}

TEST_P(Outputs, SeveralFoldersAreOneOutput) {
  const Folder one, other;
  write_output(one / "a.txt", "older");
  std::filesystem::create_directory(other / "b.txt");
  complaint([&] { write_outputs({{one / "a.txt", "newer"}, {other / "b.txt", "newer"}}); }, ErrorKind::input);
  EXPECT_EQ(bytes_of(one / "a.txt"), "older");
  std::filesystem::remove(other / "b.txt");
  write_outputs({{one / "a.txt", "newer"}, {other / "b.txt", "newest"}});
  EXPECT_EQ(bytes_of(one / "a.txt"), "newer");
  EXPECT_EQ(bytes_of(other / "b.txt"), "newest");
  EXPECT_EQ(files_in(one) + files_in(other), 2u);
}

TEST_P(Outputs, WritesThroughALink) {
  const Folder folder;
  write_output(folder / "real.txt", "older");
  std::filesystem::create_symlink(folder / "real.txt", folder / "link.txt");
  write_output(folder / "link.txt", "newer");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.txt"));
  EXPECT_EQ(bytes_of(folder / "real.txt"), "newer");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.txt");
  complaint([&] { OutputFile output(folder / "dangling.txt"); }, ErrorKind::input);
}

TEST_P(Outputs, TwoAtOnceDoNotMeet) {
  const Folder folder;
  OutputFile first(folder / "a.txt"), second(folder / "a.txt");
  EXPECT_NE(first.path(), second.path());
}

TEST_P(Outputs, NamesAFolderThatIsNotThere) {
  const Folder folder;
  const std::string text = complaint([&] { OutputFile output(folder / "no/a.txt"); }, ErrorKind::input);
  EXPECT_NE(text.find(folder / "no"), std::string::npos) << text;
}

TEST_P(Outputs, RefusesWhatIsNoFile) {
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

TEST_P(Outputs, ChecksTheSpaceBefore) {
  const Folder folder;
  const std::string text =
      complaint([&] { OutputFile output(folder / "a.txt", std::uint64_t{1} << 60); }, ErrorKind::resources);
  EXPECT_NE(text.find("a.txt"), std::string::npos) << text;
  EXPECT_EQ(files_in(folder), 0u);
}

TEST_P(Outputs, AFileSizeLimitIsAnError) {
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
  EXPECT_EQ(text.find("-tmp-"), std::string::npos) << text;
  EXPECT_EQ(bytes_of(folder / "a.txt"), "older");
  EXPECT_EQ(files_in(folder), 1u);
}

TEST_P(Outputs, StopsAtCommitWhenAsked) {
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

TEST_P(Outputs, CanBeRemovedFromASignalHandler) {
  const Folder folder;
  OutputFile output(folder / "a.txt");
  remove_temporaries();
  EXPECT_EQ(files_in(folder), 0u);
}

TEST_P(Outputs, OfAKilledProcessAreGoneAtTheNext) {
  const Folder folder;
  const auto killed_while_writing = [&](const std::string& target) {
    const pid_t child = ::fork();
    if (child == 0) {
      OutputFile output(target);
      write_bytes(output.path(), "half");
      ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
  };
  killed_while_writing(folder / "a.txt");
  EXPECT_EQ(files_in(folder), GetParam() ? 0u : 1u);
  killed_while_writing(folder / "b.txt");
  write_bytes(folder / "a.txt.potentia-tmp-3999998-notes", "a user's own");
  OutputFile living(folder / "a.txt");  // of this process, which lives
  write_bytes(living.path(), "kept");
  write_output(folder / "a.txt", "next");
  EXPECT_EQ(files_in(folder), GetParam() ? 2u : 4u);  // a.txt, the notes; the temporaries of the living one and of b.txt
  living.commit();
  EXPECT_EQ(bytes_of(folder / "a.txt"), "kept");
}

TEST_P(Outputs, KnowsTheTargetOfATemporary) {
  const Folder folder;
  OutputFile output(folder / "a.h5");
  EXPECT_EQ(target_of_temporary(output.path()), folder / "a.h5");
  EXPECT_EQ(target_of_temporary("/x/result.h5"), "/x/result.h5");
}

}  // namespace
}  // namespace potentia::testing
