#include "io/result/scenario_read.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>

#include "io/hdf5/contents.hpp"
#include "io/hdf5/numbers.hpp"
#include "io/result/scenario_tables.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace scenario_tables {

Table read_any_table(const hdf5::File& file, const std::string& name) {
  const hdf5::Dataset dataset = hdf5::open_dataset(file, name);
  Table table{hdf5::checked_shape(dataset), {}};
  table.values.resize(hdf5::element_count(table.shape));
  hdf5::read_numbers(dataset, table.values.data(), table.values.size());
  return table;
}

Table read_table(const hdf5::File& file, const std::string& path, const std::string& name) {
  Table table = read_any_table(file, name);
  for (const double value : table.values)
    if (!std::isfinite(value)) throw input_error("holds a value that is not finite", path + ":/" + name, remedy);
  return table;
}

std::vector<std::string> read_texts(const hdf5::File& file, const std::string& name) {
  return hdf5::read_strings(hdf5::open_dataset(file, name));
}

/// A table of pairs, with or without scenarios in front.
void require_pairs(const Table& table, const std::string& path, const std::string& name,
                   const ScenarioFileSummary& summary) {
  const std::size_t axes = table.shape.size();
  if ((axes != 2 && axes != 3) || table.shape[axes - 2] != summary.exporters ||
      table.shape[axes - 1] != summary.markets)
    throw input_error("does not fit its axes", path + ":/" + name, remedy);
}

Opportunities read_opportunities(const hdf5::File& file, const std::string& path) {
  const std::string group = "difference/opportunities/";
  Opportunities list{read_texts(file, group + "scenario"),
                     read_texts(file, group + "product"),
                     read_table(file, path, group + "place_baseline"),
                     read_table(file, path, group + "place_scenario"),
                     read_table(file, path, group + "unrealized_baseline"),
                     read_table(file, path, group + "unrealized_scenario")};
  const std::size_t rows = list.scenario.size();
  for (const Table* column : {&list.was, &list.is, &list.before, &list.after})
    if (column->values.size() != rows || list.product.size() != rows)
      throw input_error("columns of different lengths", path + ":/difference/opportunities", remedy);
  return list;
}

namespace {

std::vector<double> totals(const Table& table) {
  const std::size_t scenarios = table.shape.size() == 3 ? table.shape[0] : 1;
  const std::size_t size = scenarios == 0 ? 0 : table.values.size() / scenarios;
  std::vector<double> sums;
  for (std::size_t s = 0; s < scenarios; ++s)
    sums.push_back(std::accumulate(table.values.begin() + s * size, table.values.begin() + (s + 1) * size, 0.0));
  return sums;
}

/// Files of earlier versions say nothing of either.
void summarize_opportunities(const hdf5::File& file, const std::string& path, ScenarioFileSummary& summary) {
  if (hdf5::exists(file, "scenarios") && hdf5::exists(file, "scenarios/rank_correlation")) {
    Table table = read_any_table(file, "scenarios/rank_correlation");
    if (table.values.size() != summary.scenarios.size())
      throw input_error("does not fit the scenarios", path + ":/scenarios/rank_correlation", remedy);
    summary.rank_correlation = std::move(table.values);
    for (const double value : summary.rank_correlation)
      if (std::abs(value) > 1.0 + 1e-12)
        throw input_error("holds a correlation beyond 1", path + ":/scenarios/rank_correlation", remedy);
  }
  if (!hdf5::exists(file, "difference/opportunities")) return;
  const Opportunities list = read_opportunities(file, path);
  for (std::size_t row = 0; row < list.scenario.size(); ++row)
    summary.rank_changes.push_back((summary.scenarios.size() > 1 ? list.scenario[row] + ": " : "") + list.product[row] +
                                   ": place " + std::to_string(static_cast<std::int64_t>(list.was.values[row])) +
                                   " becomes " + std::to_string(static_cast<std::int64_t>(list.is.values[row])));
}

}  // namespace

ScenarioFileSummary read_summary(const hdf5::File& file, const std::string& path) {
  ScenarioFileSummary summary;
  summary.digest = hdf5::stored_digest(file);
  summary.title = hdf5::read_text_attribute(file, "title");
  summary.base_years = hdf5::read_integers_attribute(file, "base_years");
  summary.horizon_year = hdf5::read_integer_attribute(file, "horizon_year");
  summary.run = hdf5::read_text_attribute(hdf5::open_group(file, "provenance"), "run");
  summary.exporters = read_texts(file, "exporter").size();
  summary.markets = read_texts(file, "market").size();
  const auto kind = read_texts(file, "assumptions/kind"), name = read_texts(file, "assumptions/instrument");
  const auto what = read_texts(file, "assumptions/what"), source = read_texts(file, "assumptions/source");
  const auto of = read_texts(file, "assumptions/scenario");
  const std::size_t rows = kind.size();
  if (name.size() != rows || what.size() != rows || source.size() != rows || of.size() != rows)
    throw input_error("columns of different lengths", path + ":/assumptions", remedy);
  const Table before = read_table(file, path, "baseline/pair/potential"),
              after = read_table(file, path, "scenario/pair/potential");
  require_pairs(before, path, "baseline/pair/potential", summary);
  require_pairs(after, path, "scenario/pair/potential", summary);
  summary.baseline = totals(before);
  summary.scenario = totals(after);
  if (summary.baseline.size() != summary.scenario.size())
    throw input_error("does not fit the baseline", path + ":/scenario", remedy);
  summary.scenarios =
      after.shape.size() == 3 ? read_texts(file, "scenario/pair/scenario") : std::vector<std::string>{""};
  if (summary.scenarios.size() != summary.scenario.size())
    throw input_error("does not fit its axes", path + ":/scenario/pair/scenario", remedy);
  summarize_opportunities(file, path, summary);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string of_which = summary.scenarios.size() > 1 ? of[row] + ": " : "";
    summary.assumptions.push_back(of_which + kind[row] + " [" + name[row] + "]: " + what[row] +
                                  (source[row].empty() ? "" : "; " + source[row]));
  }
  return summary;
}

}  // namespace scenario_tables

ScenarioFileSummary read_scenario_summary(const std::string& path) {
  return scenario_tables::read_summary(hdf5::open_file(path), path);
}

}  // namespace potentia
