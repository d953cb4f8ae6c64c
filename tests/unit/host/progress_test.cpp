// What is shown while work is under way, and what is said in which form.
#include "host/run/progress.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>

#include "host/run/log.hpp"

namespace potentia {
namespace {

using std::chrono::milliseconds;

std::string shown(Progress& progress) {
  testing::internal::CaptureStderr();
  const ProgressSink sink = progress.sink();
  sink("cells", 0, 1000);
  std::this_thread::sleep_for(milliseconds(300));
  sink("cells", 250, 1000);
  std::this_thread::sleep_for(milliseconds(150));
  sink("cells", 500, 1000);
  progress.finish();
  return testing::internal::GetCapturedStderr();
}

TEST(Progress, ABarIsDrawnAndWiped) {
  Progress progress(ProgressStyle::bar);
  const std::string text = shown(progress);
  EXPECT_NE(text.find("\rcells [#"), std::string::npos) << text;
  EXPECT_NE(text.find(" 50 %, "), std::string::npos) << text;
  EXPECT_NE(text.find(" s left"), std::string::npos) << text;
  EXPECT_EQ(text.back(), '\r');
  const std::size_t last = text.rfind('\r', text.size() - 2);
  EXPECT_EQ(text.find_first_not_of(' ', last + 1), text.size() - 1) << "the bar is still there";
}

TEST(Progress, ALogGetsLines) {
  start_logging(false, false);
  Progress progress(ProgressStyle::lines, milliseconds(200));
  EXPECT_EQ(shown(progress).substr(0, 14), "cells:  25 %, ");
}

TEST(Progress, ALogGetsNoLineTooEarly) {
  Progress progress(ProgressStyle::lines, std::chrono::seconds(5));
  EXPECT_EQ(shown(progress), "");
}

TEST(Progress, QuietIsQuiet) {
  Progress progress;
  EXPECT_EQ(shown(progress), "");
}

TEST(Log, JsonLinesHoldWhatTextHolds) {
  start_logging(true, false);
  testing::internal::CaptureStderr();
  log_info("a \"quoted\"\nword \xff");
  log_progress("cells", 5, 10, "50 %");
  log_error("no such file", 3);
  start_logging(false, false);
  std::istringstream lines(testing::internal::GetCapturedStderr());
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(nlohmann::json::parse(line)["level"], "info");
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(nlohmann::json::parse(line)["total"], 10);
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(nlohmann::json::parse(line)["exit_code"], 3);
  EXPECT_FALSE(std::getline(lines, line));
}

TEST(Log, TextIsOneLineThatCannotSteerTheTerminal) {
  start_logging(false, false);
  testing::internal::CaptureStderr();
  log_error("a\nb\x1b[2J", 1);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "potentia: error: a b\\x1b[2J\n");
}

TEST(Log, QuietKeepsWarningsAndErrors) {
  start_logging(false, true);
  testing::internal::CaptureStderr();
  log_info("talk");
  log_warning("careful");
  start_logging(false, false);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "potentia: warning: careful\n");
}

}  // namespace
}  // namespace potentia
