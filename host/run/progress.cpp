// See progress.hpp.
#include "host/run/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "host/run/log.hpp"

namespace potentia {
namespace {

constexpr auto bar_interval = std::chrono::milliseconds(100);
constexpr auto bar_delay = std::chrono::milliseconds(250);  // a stage that is over by then needs no bar

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

std::string in_words(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

std::string with_thousands(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t end = text.size(); end > 3;) text.insert(end -= 3, ",");
  return text;
}

ProgressSink Progress::sink() {
  return [this](const char* stage, std::uint64_t done, std::uint64_t total) { update(stage, done, total); };
}

void Progress::update(const char* stage, std::uint64_t done, std::uint64_t total) {
  if (style_ == ProgressStyle::none) return;
  const auto now = Clock::now();
  if (stage_ != stage) {
    finish();
    stage_ = stage;
    started_ = now;
    drawn_ = style_ == ProgressStyle::bar ? now + bar_delay - bar_interval : now;
  }
  if (style_ == ProgressStyle::bar) {
    if (now - drawn_ < bar_interval) return;
    drawn_ = now;
    draw_bar(done, total, now);
  } else {
    if (now - drawn_ < line_interval_) return;
    drawn_ = now;
    log_progress(stage_, done, total, describe(done, total, now));
  }
}

// "43 %, 1,234/s, 12 s left"; without a known total "1,234 done, 56/s".
std::string Progress::describe(std::uint64_t done, std::uint64_t total, Clock::time_point now) const {
  const double elapsed = std::chrono::duration<double>(now - started_).count();
  const double rate = elapsed > 0 ? static_cast<double>(done) / elapsed : 0;
  const std::string speed = with_thousands(static_cast<std::uint64_t>(rate)) + "/s";
  if (total == 0) return with_thousands(done) + " done, " + speed;
  const std::uint64_t shown = std::min(done, total);
  const double percent = 100.0 * static_cast<double>(shown) / static_cast<double>(total);
  std::string text = fmt::format("{:3.0f} %, {}", percent, speed);
  if (rate > 0) text += ", " + in_words(static_cast<double>(total - shown) / rate) + " left";
  return text;
}

void Progress::draw_bar(std::uint64_t done, std::uint64_t total, Clock::time_point now) {
  const std::string tail = " " + describe(done, total, now);
  std::string line = stage_ + " ";
  const std::size_t columns = terminal_columns() - 1;
  if (total != 0 && line.size() + tail.size() + 12 <= columns) {
    const std::size_t width = std::min<std::size_t>(30, columns - line.size() - tail.size() - 2);
    const auto filled = static_cast<std::size_t>(static_cast<double>(width) * static_cast<double>(std::min(done, total)) /
                                                 static_cast<double>(total));
    line += "[" + std::string(filled, '#') + std::string(width - filled, '.') + "]";
  }
  line += tail;
  line.resize(std::min(line.size(), columns));
  const std::size_t length = line.size();
  if (length < shown_) line.append(shown_ - length, ' ');
  shown_ = length;
  std::fprintf(stderr, "\r%s", line.c_str());
  std::fflush(stderr);
}

void Progress::finish() {
  if (shown_ == 0) return;
  std::fprintf(stderr, "\r%s\r", std::string(shown_, ' ').c_str());
  std::fflush(stderr);
  shown_ = 0;
}

}  // namespace potentia
