// result.h5 as others read it, the same whatever the threads, and never in part.
#include "io/result/result_file.hpp"

#include <gtest/gtest.h>
#include <omp.h>
#include <sys/resource.h>

#include <filesystem>

#include "io/output_file.hpp"
#include "kernels/interrupt.hpp"
#include "tests/unit/io/result_sample.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

ResultOptions sample_options() {
  ResultOptions options;
  options.run.version = "1.2.3";
  options.run.backend = "cpu";
  options.run.threads = 3;
  options.run.seconds = {{"solve", 0.5}};
  options.inputs = {{"world", "world.h5", std::string(64, 'b'), 42}};
  return options;
}

/// What tests/support/read_result.py says of a file.
std::string read_by_others(const std::string& path, const std::string& exporters, const std::string& markets,
                           const std::string& dense) {
  return run(std::string("/usr/bin/python3 -B '") + POTENTIA_SOURCE_DIR + "/tests/support/read_result.py' " + path + " " +
             exporters + " " + markets + " " + dense);
}

std::size_t files_in(const Folder& folder) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.path().empty() ? 0 : 1;
  return files;
}

TEST(ResultFile, OthersReadEveryTable) {
  const Folder folder;
  const std::string path = folder / "result.h5";
  const FormulaBackend backend;
  ResultOptions options = sample_options();
  options.dense = {column_unrealized, column_potential, column_unrealized};
  options.backend = &backend;
  const ResultReport report = write_result(path, result_world(), whole_solution(), options);
  EXPECT_EQ(report.bytes, std::filesystem::file_size(path));
  EXPECT_EQ(backend.tiles, 2 * sample_countries * 2);  // two columns, two chunks of products
  EXPECT_EQ(read_by_others(path, "0,1,2,3,4", "0,1,2,3,4", "potential,unrealized"), "ok\n");
}

TEST(ResultFile, ChosenExporters) {
  const Folder folder;
  const FormulaBackend backend;
  ResultOptions options = sample_options();
  options.dense = {column_dynamic};
  options.backend = &backend;
  write_result(folder / "r.h5", result_world(), result_solution({1, 3}, {0, 1, 2, 3, 4}), options);
  EXPECT_EQ(read_by_others(folder / "r.h5", "1,3", "0,1,2,3,4", "dynamic"), "ok\n");
}

TEST(ResultFile, ChosenMarkets) {
  const Folder folder;
  const FormulaBackend backend;
  ResultOptions options = sample_options();
  options.dense = {column_static};
  options.backend = &backend;
  write_result(folder / "r.h5", result_world(), result_solution({0, 1, 2, 3, 4}, {2, 4}), options);
  EXPECT_EQ(read_by_others(folder / "r.h5", "0,1,2,3,4", "2,4", "static"), "ok\n");
}

TEST(ResultFile, OnePairWithoutListedCells) {
  const Folder folder;
  write_result(folder / "r.h5", result_world(), result_solution({3}, {1}), sample_options());
  EXPECT_EQ(read_by_others(folder / "r.h5", "3", "1", "-"), "ok\n");
}

TEST(ResultFile, ThreadsDoNotChangeIt) {
  const Folder folder;
  const FormulaBackend backend;
  ResultOptions options = sample_options();
  options.dense = {column_potential};
  options.backend = &backend;
  const int before = omp_get_max_threads();
  std::string first;
  for (const int threads : {1, 2, 7}) {
    omp_set_num_threads(threads);
    write_result(folder / "r.h5", result_world(), whole_solution(), options);
    const std::string bytes = bytes_of(folder / "r.h5");
    if (first.empty()) first = bytes;
    EXPECT_TRUE(bytes == first) << threads << " threads";
  }
  omp_set_num_threads(before);
}

TEST(ResultFile, ProgressReachesItsEnd) {
  const Folder folder;
  ResultOptions options = sample_options();
  std::uint64_t last = 0, all = 1;
  options.progress = [&](const char* stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_STREQ(stage, "write");
    EXPECT_GE(done, last);
    last = done;
    all = total;
  };
  write_result(folder / "r.h5", result_world(), whole_solution(), options);
  EXPECT_EQ(last, all);
}

// Every failure leaves the older output as it was, and nothing beside it.
class ResultFileFailure : public ::testing::Test {
protected:
  void SetUp() override {
    write_output(path, "older");
    options.dense = {column_potential};
    options.backend = &backend;
  }
  void expect(ErrorKind kind) {
    try {
      write_result(path, result_world(), whole_solution(), options);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      EXPECT_EQ(std::string(error.what()).find("-tmp-"), std::string::npos) << error.what();
    }
    EXPECT_EQ(bytes_of(path), "older");
    EXPECT_EQ(files_in(folder), 1u);
  }
  const Folder folder;
  const std::string path = folder / "r.h5";
  FormulaBackend backend;
  ResultOptions options = sample_options();
};

TEST_F(ResultFileFailure, OfTheBackend) {
  backend.failing_exporter = 2;
  expect(ErrorKind::resources);
}

TEST_F(ResultFileFailure, ByInterruption) {
  options.progress = [](const char*, std::uint64_t done, std::uint64_t) { stop_requested = done > 100000; };
  expect(ErrorKind::interrupted);
  stop_requested = false;
}

TEST_F(ResultFileFailure, OfTheDisk) {
  struct rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  for (const rlim_t bytes : {2000, 30000, 200000}) {  // in the labels, in a table, in a chunk
    struct rlimit tight = before;
    tight.rlim_cur = bytes;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    expect(ErrorKind::resources);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  }
  options.dense.clear();
  write_result(path, result_world(), whole_solution(), options);  // and HDF5 still works
  EXPECT_EQ(read_by_others(path, "0,1,2,3,4", "0,1,2,3,4", "-"), "ok\n");
}

TEST(ResultColumns, HaveNames) {
  for (int c = 0; c < column_count; ++c) EXPECT_EQ(column_by_name(column_name(static_cast<Column>(c))), c);
  try {
    column_by_name("potentail");
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("'potential'"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace potentia::testing
