// See alarms.hpp.
#include "host/nightly/alarms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace potentia::nightly {
namespace {

constexpr std::size_t most_told = 5;  // of one side
constexpr double day_seconds = 86400;

double relative_change(double was, double is) {
  if (was == is) return 0;
  return was == 0 ? std::numeric_limits<double>::infinity() : std::abs(is - was) / std::abs(was);
}

bool passes(const AlarmConfig& limits, double limit, double was, double is) {
  return std::abs(is - was) >= limits.smallest && relative_change(was, is) > limit;
}

std::string percent(double share) { return fmt::format("{:.4g} %", 100 * share); }

const char* column_text(const std::string& column) {
  return column == "unrealized" ? "unrealised potential" : "potential";
}

std::string moved(const std::string& what, double was, double is, double limit) {
  return fmt::format("{} {} ({} to {}), above {}", what, change_text(was, is), amount_text(was), amount_text(is),
                     percent(limit));
}

void add_side(const AlarmConfig& limits, const std::optional<double>& limit, const std::string& side,
              const std::string& world, std::vector<MoveRecord> changes, std::vector<std::string>& alarms) {
  if (!limit) return;
  changes.erase(std::remove_if(changes.begin(), changes.end(),
                               [&](const MoveRecord& move) {
                                 return move.side != side || !passes(limits, *limit, move.was, move.is);
                               }),
                changes.end());
  std::sort(changes.begin(), changes.end(), [](const MoveRecord& a, const MoveRecord& b) {
    const double of_a = std::abs(a.is - a.was), of_b = std::abs(b.is - b.was);
    if (of_a != of_b) return of_a > of_b;
    return a.code != b.code ? a.code < b.code : a.column < b.column;
  });
  for (std::size_t n = 0; n < changes.size() && n < most_told; ++n) {
    const MoveRecord& move = changes[n];
    const std::string name = move.name.empty() ? move.code : move.code + " " + move.name;
    alarms.push_back(
        moved(fmt::format("{}: {} {}: {}", world, side, name, column_text(move.column)), move.was, move.is, *limit));
  }
  if (changes.size() > most_told)
    alarms.push_back(
        fmt::format("{}: {} more of {}s above {}", world, changes.size() - most_told, side, percent(*limit)));
}

void add_count(const std::optional<std::int64_t>& limit, const std::string& world, const char* what, std::int64_t was,
               std::int64_t is, std::vector<std::string>& alarms) {
  if (!limit || is - was <= *limit) return;
  alarms.push_back(fmt::format("{}: {} {}, {} more than before, above {}", world, is, what, is - was, *limit));
}

}  // namespace

std::string amount_text(double dollars) {
  const double size = std::abs(dollars);
  if (size >= 1e12) return fmt::format("{:.3f} trillion USD", dollars / 1e12);
  if (size >= 1e9) return fmt::format("{:.2f} billion USD", dollars / 1e9);
  if (size >= 1e6) return fmt::format("{:.1f} million USD", dollars / 1e6);
  return fmt::format("{:.0f} USD", dollars);
}

std::string change_text(double was, double is) {
  if (was == is) return "unchanged";
  if (was == 0) return "new";
  if (is == 0) return "gone";
  const double percent = 100 * (is - was) / std::abs(was);
  return fmt::format(std::abs(percent) < 0.01 ? "{:+.1e} %"
                     : std::abs(percent) < 10 ? "{:+.2f} %"
                                              : "{:+.1f} %",
                     percent);
}

std::vector<std::string> step_alarms(const std::vector<StepRecord>& steps) {
  std::vector<std::string> alarms;
  for (const StepRecord& step : steps) {
    if (step.state == StepState::failed)
      alarms.push_back(
          fmt::format("{} {} failed with exit code {}: {}", step.kind, step.name, step.exit_code, step.error));
    if (step.state == StepState::not_run)
      alarms.push_back(fmt::format("{} {} did not run: {}", step.kind, step.name, step.error));
  }
  return alarms;
}

std::vector<std::string> world_alarms(const AlarmConfig& limits, const WorldRecord& world, const WorldRecord* before,
                                      const std::vector<MoveRecord>& changes, std::int64_t now) {
  std::vector<std::string> alarms;
  if (before != nullptr) {
    if (limits.total) {
      for (const auto& [column, was, is] : {std::make_tuple("potential", before->potential, world.potential),
                                            std::make_tuple("unrealized", before->unrealized, world.unrealized)})
        if (passes(limits, *limits.total, was, is))
          alarms.push_back(moved(fmt::format("{}: {}", world.name, column_text(column)), was, is, *limits.total));
    }
    add_side(limits, limits.exporter, "exporter", world.name, changes, alarms);
    add_side(limits, limits.market, "market", world.name, changes, alarms);
    add_side(limits, limits.product, "product", world.name, changes, alarms);
    add_count(limits.drops, world.name, "dropped rows", before->drops, world.drops, alarms);
    add_count(limits.fills, world.name, "fills", before->fills, world.fills, alarms);
  }
  const double age = static_cast<double>(now - world.data_modified) / day_seconds;
  if (limits.data_age_days && age > *limits.data_age_days)
    alarms.push_back(fmt::format("{}: the newest of its data was written {:.1f} days ago, above {:g}", world.name, age,
                                 *limits.data_age_days));
  return alarms;
}

}  // namespace potentia::nightly
