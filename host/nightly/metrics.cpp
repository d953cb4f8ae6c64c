// See metrics.hpp.
#include "host/nightly/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace potentia::nightly {
namespace {

/// A series for each value of one label; a name without a label has a single one.
class Family {
public:
  Family(const char* name, const char* help) : name_(std::string("potentia_nightly_") + name) {
    text_ = fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name_, help, name_);
  }
  Family& value(double number) {
    text_ += fmt::format("{} {}\n", name_, number);
    return *this;
  }
  Family& value(const char* label, const std::string& of, double number) {
    text_ += fmt::format("{}{{{}=\"{}\"}} {}\n", name_, label, escaped(of), number);
    return *this;
  }
  const std::string& text() const { return text_; }

private:
  static std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '\\' || c == '"') out += '\\';
      out += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return out;
  }
  std::string name_, text_;
};

std::string phases_text(const RunRecord& run) {
  Family family("phase_duration_seconds",
                "How long each phase of the last run took; import, solve, report and scenario: their steps, one after "
                "the other.");
  for (const auto& [phase, seconds] : run.phases) family.value("phase", phase, seconds);
  return family.text();
}

std::string steps_text(const RunRecord& run) {
  std::map<std::string, int> counts{{"done", 0}, {"carried", 0}, {"failed", 0}, {"not_run", 0}};
  for (const StepRecord& step : run.steps) ++counts[state_name(step.state)];
  Family family("steps", "Steps of the last run by what became of them.");
  for (const auto& [state, count] : counts) family.value("state", state, count);
  return family.text();
}

std::string worlds_text(const RunRecord& run, std::int64_t now) {
  Family rate("cells_per_second", "Cells (exporter x market x product) per second of the solve that made the result.");
  Family fills("fills", "Gaps of the data that were filled by a rule."),
      drops("drops", "Rows of the data that were dropped.");
  Family age("data_age_seconds", "Time since the newest input was written.");
  Family potential("potential_usd", "Potential at the horizon, all cells, in US dollars.");
  Family unrealized("unrealized_usd", "Unrealised potential, all cells, in US dollars.");
  for (const WorldRecord& world : run.worlds) {
    if (world.solve_seconds > 0) rate.value("world", world.name, world.cells() / world.solve_seconds);
    fills.value("world", world.name, static_cast<double>(world.fills));
    drops.value("world", world.name, static_cast<double>(world.drops));
    age.value("world", world.name, static_cast<double>(std::max<std::int64_t>(0, now - world.data_modified)));
    potential.value("world", world.name, world.potential);
    unrealized.value("world", world.name, world.unrealized);
  }
  return rate.text() + fills.text() + drops.text() + age.text() + potential.text() + unrealized.text();
}

}  // namespace

std::string metrics_text(const Metrics& metrics) {
  const bool complete = metrics.run != nullptr && metrics.run->complete();
  std::string text =
      Family("success", "Whether every step of the last run succeeded (1) or not (0).").value(complete ? 1 : 0).text() +
      Family("last_run_timestamp_seconds", "When the last run ended.")
          .value(static_cast<double>(metrics.finished))
          .text();
  if (metrics.last_success)
    text += Family("last_success_timestamp_seconds", "When the latest run with every step done began.")
                .value(static_cast<double>(*metrics.last_success))
                .text();
  if (metrics.run == nullptr) return text;
  text += Family("alarms", "Alarms of the last run: thresholds passed and steps failed.")
              .value(static_cast<double>(metrics.run->alarms.size()))
              .text();
  text += Family("duration_seconds", "How long the last run took.").value(metrics.run->seconds).text();
  return text + phases_text(*metrics.run) + steps_text(*metrics.run) + worlds_text(*metrics.run, metrics.finished);
}

}  // namespace potentia::nightly
