// What nightly says of its night: to the log on stderr, and once more into the run's own log.txt.
#pragma once

#include <cstdint>
#include <ctime>
#include <string>

#include "host/nightly/record.hpp"
#include "host/run/log.hpp"

namespace potentia::nightly {

class Journal {
public:
  void say(const std::string& line) {
    log_info(line);
    add("", line);
  }
  void warn(const std::string& line) {
    log_warning(line);
    add("warning: ", line);
  }
  const std::string& text() const noexcept { return text_; }

private:
  void add(const char* mark, const std::string& line) {
    text_ += utc_text(static_cast<std::int64_t>(std::time(nullptr))) + " " + mark + line + "\n";
  }
  std::string text_;
};

}  // namespace potentia::nightly
