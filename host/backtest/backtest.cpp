#include "host/backtest/backtest.hpp"

#include <algorithm>
#include <utility>

#include "host/backtest/chance.hpp"
#include "host/backtest/continuing.hpp"
#include "host/backtest/origin.hpp"
#include "host/backtest/regressors.hpp"
#include "host/backtest/rich.hpp"
#include "host/backtest/rivals.hpp"
#include "host/backtest/where.hpp"
#include "host/backtest/windows.hpp"
#include "host/model/problem_builder.hpp"
#include "kernels/error.hpp"

namespace potentia::backtest {
namespace {

constexpr int stages = 5;

std::vector<std::int32_t> product_order(const BuiltProblem& built) {
  std::vector<std::int32_t> products(built.products.size());
  for (std::size_t k = 0; k < products.size(); ++k) products[k] = built.products[built.problem->product_column[k]];
  return products;
}

void require_starts(const Origin& origin) {
  const std::string where = "/trade of the outcome";
  if (origin.candidate_count == 0)
    throw input_error("no cell without trade has potential at the origin: nothing could start", where,
                      "use a world with more countries and products");
  if (origin.start_count == 0)
    throw input_error("no flow starts between origin and outcome", where, "choose years further apart, or other data");
  if (origin.start_count == origin.candidate_count)
    throw input_error("every flow that could start does", where, "choose other data");
}

/// A model's chances out of sample, by exporter.
struct Chances {
  std::vector<std::vector<double>> of;
  explicit Chances(const Origin& origin) : of(origin.candidates.size()) {
    for (std::size_t exporter = 0; exporter < of.size(); ++exporter) of[exporter].resize(origin.candidates[exporter].size());
  }
};

Chances judge_model(const Origin& origin, const std::string& name, const MoreColumns* more, int threads, Backtest& result) {
  const StartRows rows(origin, more);
  Chances chances(origin);
  const ChanceResult chance =
      judge_chance(rows, name, "flows that start", threads,
                   [&](std::int32_t exporter, std::uint64_t first, std::int32_t count, const double* p) {
                     std::copy_n(p, count, chances.of[exporter].begin() + static_cast<std::ptrdiff_t>(first));
                   });
  result.predictors.push_back(
      {"chance, " + name, chance.model.auc,
       lifts(origin,
             [&](std::int32_t exporter, double* scores) { std::copy(chances.of[exporter].begin(), chances.of[exporter].end(), scores); },
             threads),
       chance.roc});
  result.chances.push_back(chance.model);
  return chances;
}

/// What makes the rich model impossible leaves it out, and nothing else. @param chances become those of the model
void judge_rich(const World& world, const Problem& problem, const std::vector<std::int32_t>& product_of, const Origin& origin,
                int threads, Backtest& result, Chances& chances) {
  const RichColumns columns(world, problem, product_of, origin, threads, result.notices);
  try {
    chances = judge_model(origin, "rich", &columns, threads, result);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input) throw;
    result.notices.push_back({"warning", "backtest.no_rich_model", 1, std::string("no rich model: ") + error.what(), {}});
  }
}

}  // namespace

Backtest run_backtest(World& world, const Settings& settings, const std::vector<std::int32_t>& origin_years,
                      const std::vector<std::int32_t>& outcome_years, bool detail, Backend& backend,
                      const ProgressSink& progress) {
  Backtest result;
  result.origin = origin_years;
  result.outcome = outcome_years;
  const Settings as_of = settings_of_origin(settings, origin_years, outcome_years);
  const auto done = [&](int stage) {
    if (progress) progress("back-test", static_cast<std::uint64_t>(stage), stages);
  };
  keep_common_products(world, origin_years, outcome_years, result.notices);

  const int threads = std::max(backend.threads(), 1);
  BuiltProblem built = build_problem(world, as_of, threads);
  result.settings = built.settings;
  result.notices.insert(result.notices.end(), built.notices.begin(), built.notices.end());
  result.notices.push_back({"note", "backtest.hindsight", 1,
                            "growth from origin to outcome is taken from the macro table: known by hindsight", {}});
  result.hs_revision = world.hs_revision;
  for (const std::int32_t product : built.products) result.products.push_back(world.products[product].code);
  const std::vector<std::int32_t> product_of = product_order(built);
  const Outcome outcome(world, outcome_years, threads);
  backend.load(built.problem);
  done(0);
  const Origin origin = look_at_origin(*built.problem, backend.tables(), product_of, outcome, threads);
  require_starts(origin);
  result.candidates = origin.candidate_count;
  result.starts = origin.start_count;
  done(1);
  result.predictors = judge_rivals(origin, threads);
  done(2);
  Chances chances = judge_model(origin, "plain", nullptr, threads, result);
  done(3);
  judge_rich(world, *built.problem, product_of, origin, threads, result, chances);
  if (detail) {
    result.detail = look_where(world, product_of, origin, chances.of, origin_years.back());
    result.detail.model = result.chances.back().name;
  }
  chances.of.clear();
  done(4);
  result.start_size = {size_of_starters(origin, threads)};
  judge_continuing(origin, threads, result);
  done(stages);
  return result;
}

}  // namespace potentia::backtest
