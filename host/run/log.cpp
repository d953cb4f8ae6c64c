// See log.hpp. spdlog writes the lines; the JSON fields are ours, so that what a message holds cannot break a line.
#include "host/run/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "io/printable.hpp"

namespace potentia {
namespace {

using Json = nlohmann::ordered_json;

struct Logging {
  std::shared_ptr<spdlog::logger> logger = std::make_shared<spdlog::logger>(
      "potentia", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  bool json = false;
  void (*before)(void*) = nullptr;
  void* argument = nullptr;

  Logging() {
    logger->set_pattern("%v");
    logger->flush_on(spdlog::level::trace);
  }
};

Logging& logging() {
  static Logging instance;
  return instance;
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, length};
}

void write(spdlog::level::level_enum level, const char* name, const char* prefix, const std::string& message,
           const Json& fields = Json::object()) {
  Logging& state = logging();
  if (!state.logger->should_log(level)) return;
  if (state.before != nullptr) state.before(state.argument);
  if (!state.json) {
    state.logger->log(level, "{}{}", prefix, printable(message));
    return;
  }
  Json line;
  line["time"] = now_utc();
  line["level"] = name;
  line["message"] = message;
  line.update(fields);
  state.logger->log(level, "{}", line.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

void start_logging(bool json, bool quiet) {
  logging().json = json;
  logging().logger->set_level(quiet ? spdlog::level::warn : spdlog::level::info);
}

void set_before_message(void (*hook)(void*), void* argument) {
  logging().before = hook;
  logging().argument = argument;
}

void log_info(const std::string& message) { write(spdlog::level::info, "info", "", message); }

void log_warning(const std::string& message) {
  write(spdlog::level::warn, "warning", "potentia: warning: ", message);
}

void log_error(const std::string& message, int exit_code) {
  write(spdlog::level::err, "error", "potentia: error: ", message, Json{{"exit_code", exit_code}});
}

void log_progress(const std::string& stage, std::uint64_t done, std::uint64_t total, const std::string& text) {
  Json fields{{"stage", stage}, {"done", done}};
  if (total != 0) fields["total"] = total;
  write(spdlog::level::info, "progress", "", stage + ": " + text, fields);
}

}  // namespace potentia
