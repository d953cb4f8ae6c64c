// See figures.hpp.
#include "host/nightly/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <tuple>
#include <utility>

#include "host/model/movers.hpp"
#include "io/result/result_file.hpp"
#include "io/result/result_read.hpp"

namespace potentia::nightly {
namespace {

constexpr Column watched[] = {column_potential, column_unrealized};

void add_side(const char* side, const MoverList& list, std::vector<MoveRecord>& changes) {
  const auto add = [&](const std::string& code, const std::string& name, Column column, double was, double is,
                       const std::string& factor) {
    if (was != is) changes.push_back({side, code, name, column_name(column), was, is, factor});
  };
  for (const Column column : watched) {
    for (const Mover& mover : list.movers) {
      const std::vector<MoverFactor> factors =
          column == column_potential ? factors_by_size(mover) : std::vector<MoverFactor>{};
      add(mover.code, mover.name, column, mover.before[column], mover.after[column],
          factors.empty() ? "" : factor_in_words(factors[0]));
    }
    for (const Unmatched& gone : list.only_before) add(gone.code, gone.name, column, gone.values[column], 0, "");
    for (const Unmatched& fresh : list.only_after) add(fresh.code, fresh.name, column, 0, fresh.values[column], "");
  }
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

std::int64_t count_of(const std::vector<Notice>& notices, const char* kind) {
  std::int64_t count = 0;
  for (const Notice& notice : notices)
    if (notice.kind == kind) count += static_cast<std::int64_t>(notice.count);
  return count;
}

/// The solve's own part of the time that a run took.
double solve_seconds(const std::string& run) {
  const auto json = nlohmann::json::parse(run, nullptr, false);
  if (!json.is_object() || !json.contains("seconds") || !json["seconds"].is_object()) return 0;
  const auto& seconds = json["seconds"];
  return seconds.contains("solve") && seconds["solve"].is_number() ? seconds["solve"].get<double>() : 0;
}

}  // namespace

WorldRecord figures_of(const std::string& result) {
  const ResultSummary summary = read_result_summary(result);
  WorldRecord world;
  world.result_digest = summary.digest;
  world.actual = sum(summary.pair[column_actual]);
  world.potential_now = sum(summary.pair[column_potential_now]);
  world.potential = sum(summary.pair[column_potential]);
  world.realized = sum(summary.pair[column_realized]);
  world.unrealized = sum(summary.pair[column_unrealized]);
  world.exporters = summary.exporters.size();
  world.markets = summary.markets.size();
  world.products = summary.products;
  world.drops = count_of(summary.notices, "drop");
  world.fills = count_of(summary.notices, "fill");
  world.solve_seconds = solve_seconds(summary.run);
  return world;
}

std::vector<MoveRecord> changes_between(const std::string& older, const std::string& newer) {
  const Movers movers = find_movers(older, newer);
  std::vector<MoveRecord> changes;
  add_side("exporter", movers.exporters, changes);
  add_side("market", movers.markets, changes);
  add_side("product", movers.products, changes);
  return changes;
}

std::vector<std::string> changed_inputs(const std::vector<StepRecord>& before, const std::vector<StepRecord>& now,
                                        const std::string& world, const std::string& import) {
  std::map<std::string, std::pair<std::string, std::string>> files;  // by role and name: digests before and now
  const auto add = [&](const std::vector<StepRecord>& steps, std::string std::pair<std::string, std::string>::*when) {
    for (const StepRecord& step : steps) {
      if (!((step.kind == "solve" && step.name == world) || (step.kind == "import" && step.name == import))) continue;
      for (const InputRecord& input : step.inputs)
        if (!input.path.empty())
          files[input.role + "/" + input.path.substr(input.path.rfind('/') + 1)].*when = input.sha256;
    }
  };
  add(before, &std::pair<std::string, std::string>::first);
  add(now, &std::pair<std::string, std::string>::second);
  std::vector<std::string> changed;
  for (const auto& [name, digests] : files)
    if (digests.first != digests.second) changed.push_back(name.substr(name.find('/') + 1));
  return changed;
}

std::string changed_text(const WorldRecord& world) {
  return fmt::format("{}: changed since run {}: {}", world.name, world.compared_with, fmt::join(world.changed, ", "));
}

std::vector<MoveRecord> largest_moves(std::vector<MoveRecord> changes, std::size_t most) {
  const auto group_of = [](const MoveRecord& move) { return std::tie(move.side, move.column); };
  const auto change_of = [](const MoveRecord& move) { return std::abs(move.is - move.was); };
  std::sort(changes.begin(), changes.end(), [&](const MoveRecord& a, const MoveRecord& b) {
    if (group_of(a) != group_of(b)) return group_of(a) < group_of(b);
    return change_of(a) != change_of(b) ? change_of(a) > change_of(b) : a.code < b.code;
  });
  std::vector<MoveRecord> largest;
  std::size_t in_group = 0;
  for (std::size_t n = 0; n < changes.size(); ++n) {
    in_group = n > 0 && group_of(changes[n]) == group_of(changes[n - 1]) ? in_group + 1 : 0;
    if (in_group < most) largest.push_back(changes[n]);
  }
  return largest;
}

}  // namespace potentia::nightly
