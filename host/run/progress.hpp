// How far long work has come: a bar on a terminal, a line every few seconds in a log, nothing when asked to be quiet.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "kernels/backend.hpp"

namespace potentia {

enum class ProgressStyle { none, bar, lines };

/// Draws progress on stderr. Used from one thread.
class Progress {
public:
  Progress() = default;
  /// @param line_interval least time between two lines
  explicit Progress(ProgressStyle style, std::chrono::milliseconds line_interval = std::chrono::seconds(5))
      : style_(style), line_interval_(line_interval) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { finish(); }

  void set_style(ProgressStyle style) { style_ = style; }

  /// What long work calls: name of the stage, units done, units in all (0 = not known). Never throws Error, so that a
  /// parallel region may call it from the thread that started it. Valid as long as this object.
  ProgressSink sink();

  void update(const char* stage, std::uint64_t done, std::uint64_t total);

  /// Wipes the bar, if one is shown. Called before anything else is written to the terminal.
  void finish();

private:
  using Clock = std::chrono::steady_clock;

  std::string describe(std::uint64_t done, std::uint64_t total, Clock::time_point now) const;
  void draw_bar(std::uint64_t done, std::uint64_t total, Clock::time_point now);

  ProgressStyle style_ = ProgressStyle::none;
  std::chrono::milliseconds line_interval_ = std::chrono::seconds(5);
  std::string stage_;
  Clock::time_point started_{};
  Clock::time_point drawn_{};
  std::size_t shown_ = 0;  // columns that the bar takes now
};

/// "1,234,567"
std::string with_thousands(std::uint64_t number);

}  // namespace potentia
