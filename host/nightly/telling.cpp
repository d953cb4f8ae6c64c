// See telling.hpp.
#include "host/nightly/telling.hpp"

#include <fmt/format.h>

#include <ctime>
#include <string>

#include "host/nightly/metrics.hpp"
#include "host/nightly/run_folder.hpp"
#include "host/run/log.hpp"
#include "io/output_file.hpp"

namespace potentia::nightly {

void write_metrics(const Config& config, const RunRecord* run, const RunRecord* complete) {
  if (config.metrics_file.empty()) return;
  Metrics metrics;
  metrics.run = run;
  metrics.finished = static_cast<std::int64_t>(std::time(nullptr));
  if (complete != nullptr) metrics.last_success = complete->started;
  write_output(config.metrics_file, metrics_text(metrics));
}

void call(const Config& config, const Call& reason) {
  if (config.on_alarm.empty()) return;
  const std::string complaint = call_for_somebody(config.on_alarm, reason);
  if (!complaint.empty()) log_warning(fmt::format("the on_alarm command {} failed: {}", config.on_alarm[0], complaint));
}

void tell_of(const Config& config, const Error& error) {
  try {
    const RunList list = RunFolder(config.folder).list();
    write_metrics(config, nullptr, list.latest_complete());
  } catch (const Error& other) {
    log_warning(fmt::format("the metrics could not be written: {}", other.what()));
  }
  call(config, {"error", "", error.exit_code(), {error.what()}});
}

}  // namespace potentia::nightly
