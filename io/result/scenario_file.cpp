#include "io/result/scenario_file.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_writer.hpp"
#include "io/result/scenario_layout.hpp"
#include "io/result/scenario_lists.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

using Scenarios = std::vector<ScenarioResult>;

struct Axis {
  const char* name;
  std::vector<std::string> labels;
  const char* long_name;
};

std::vector<std::string> codes_of(const World& world, const std::vector<std::int32_t>& countries) {
  std::vector<std::string> codes;
  for (const std::int32_t country : countries) codes.push_back(world.countries[country].iso3);
  return codes;
}

/// A group whose tables share their axes, which may have `scenario` in front.
class TableGroup {
public:
  TableGroup(hid_t parent, const char* name, const Scenarios& scenarios, std::vector<Axis> axes)
      : group_(hdf5::create_group(parent, name)), scenarios_(scenarios) {
    if (scenarios.size() > 1) {
      std::vector<std::string> names;
      for (const ScenarioResult& one : scenarios) names.push_back(one.name);
      axes.insert(axes.begin(), {"scenario", names, "name of the scenario"});
    }
    for (const Axis& axis : axes) {
      scales_.push_back(hdf5::write_label_scale(group_, axis.name, axis.labels, axis.long_name));
      extents_.push_back(axis.labels.size());
      all_.push_back(static_cast<unsigned>(all_.size()));
    }
  }
  hid_t id() const { return group_; }

  /// @param values writes one scenario's table to where it is told
  using Fill = std::function<void(const ScenarioResult& scenario, double* to)>;
  void table(const char* name, const char* long_name, const Fill& fill) const {
    table(name, "USD", long_name, all_, fill);
  }
  /// @param axes positions in the group's axes
  void table(const char* name, const char* units, const char* long_name, const std::vector<unsigned>& axes,
             const Fill& fill) const {
    hdf5::Shape shape;
    for (const unsigned axis : axes) shape.push_back(extents_[axis]);
    // Tables of one group are mostly of one size: their memory is asked for once.
    values_.resize(hdf5::element_count(shape));
    const std::size_t size = values_.size() / scenarios_.size();
    for (std::size_t s = 0; s < scenarios_.size(); ++s) fill(scenarios_[s], values_.data() + s * size);
    const hdf5::Dataset dataset =
        hdf5::write_dataset(group_, name, values_.data(), shape, scenario_layout(shape, scenarios_.size(), values_));
    hdf5::describe(dataset, units, long_name);
    for (unsigned at = 0; at < axes.size(); ++at) hdf5::attach_scale(dataset, scales_[axes[at]], at);
    check_interrupted();
  }

  const hdf5::Dataset& scale(std::size_t axis) const { return scales_[axis]; }

private:
  hdf5::Group group_;
  const Scenarios& scenarios_;
  std::vector<hdf5::Dataset> scales_;
  hdf5::Shape extents_;                 ///< of the axes
  std::vector<unsigned> all_;           ///< 0, 1, …
  mutable std::vector<double> values_;  ///< of the table under way
};

enum class Part { baseline, scenario, difference };
const char* const part_names[] = {"baseline", "scenario", "difference"};

/// Scenario − baseline, or one of the two.
template <class Column>
void copy_part(Part part, const Column& before, const Column& after, double* to) {
  if (part == Part::baseline)
    std::copy(before.begin(), before.end(), to);
  else if (part == Part::scenario)
    std::copy(after.begin(), after.end(), to);
  else
    std::transform(after.begin(), after.end(), before.begin(), to, [](double a, double b) { return a - b; });
}

void write_margin(Part part, const TableGroup& group, Margin ScenarioResult::*before, Margin ScenarioResult::*after) {
  for (int c = 0; c < column_count; ++c)
    group.table(column_name(static_cast<Column>(c)), column_long_name(static_cast<Column>(c)),
                [&](const ScenarioResult& one, double* to) {
                  copy_part(part, (one.*before).columns[c], (one.*after).columns[c], to);
                });
}

/// One row for each instrument of each scenario.
struct InstrumentRows {
  std::vector<std::string> labels;
  std::vector<std::int32_t> scenario;
};

InstrumentRows instrument_rows(const Scenarios& scenarios) {
  InstrumentRows rows;
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    for (const std::string& name : scenarios[s].instruments) {
      rows.labels.push_back(scenarios.size() > 1 ? scenarios[s].name + ": " + name : name);
      rows.scenario.push_back(static_cast<std::int32_t>(s));
    }
  return rows;
}

/// @param pieces one block of `inner` values for each row
void write_by_instrument(hid_t group, const InstrumentRows& rows, const std::vector<const double*>& pieces,
                         const hdf5::Shape& inner, const std::vector<const hdf5::Dataset*>& scales) {
  if (rows.labels.empty()) return;
  const hdf5::Dataset labels =
      hdf5::write_label_scale(group, "instrument", rows.labels, "instrument, or those that move as one");
  const hdf5::Dataset of =
      hdf5::write_dataset(group, "instrument_scenario", rows.scenario.data(), {rows.scenario.size()});
  hdf5::describe(of, "1", "scenario that the instrument belongs to, counted from 0");
  hdf5::attach_scale(of, labels, 0);
  hdf5::Shape shape = {rows.labels.size()};
  shape.insert(shape.end(), inner.begin(), inner.end());
  const std::size_t size = hdf5::element_count(inner);
  std::vector<double> values(rows.labels.size() * size);
  for (std::size_t row = 0; row < pieces.size(); ++row) std::copy_n(pieces[row], size, values.data() + row * size);
  hdf5::Layout layout = hdf5::row_layout(shape, sizeof(double), hdf5::Packing::deflate);
  layout.least_zeros = 0.5;
  const hdf5::Dataset table = hdf5::write_dataset(group, "by_instrument", values.data(), shape, layout);
  hdf5::describe(table, "USD", "part of the change of potential at the horizon that the instrument explains");
  hdf5::attach_scale(table, labels, 0);
  for (unsigned axis = 0; axis < scales.size(); ++axis) hdf5::attach_scale(table, *scales[axis], axis + 1);
}

constexpr const char* at_risk_words = "exports that the baseline's potential carries and the scenario's does not";

void write_pairs(Part part, hid_t parent, const World& world, const result::Labels& labels,
                 const Scenarios& scenarios) {
  const TableGroup pair(
      parent, "pair", scenarios,
      {{"exporter", labels.exporter, "exporter, ISO3 code"}, {"market", labels.market, "market, ISO3 code"}});
  write_margin(part, pair, &ScenarioResult::baseline_pair, &ScenarioResult::scenario_pair);
  const ScenarioResult& first = scenarios[0];
  const TableGroup sector(parent, "pair_sector", scenarios,
                          {{"exporter", codes_of(world, first.sector_exporters), "exporter, ISO3 code"},
                           {"market", codes_of(world, first.sector_markets), "market, ISO3 code"},
                           {"sector", labels.sector, "sector"}});
  write_margin(part, sector, &ScenarioResult::baseline_pair_sector, &ScenarioResult::scenario_pair_sector);
  if (part != Part::difference) return;
  pair.table("at_risk", at_risk_words,
             [](const ScenarioResult& one, double* to) { std::copy(one.at_risk.begin(), one.at_risk.end(), to); });
  const std::size_t pairs = labels.exporter.size() * labels.market.size();
  std::vector<const double*> pieces;
  for (const ScenarioResult& one : scenarios)
    for (std::size_t n = 0; n < one.instruments.size(); ++n) pieces.push_back(one.by_instrument.data() + n * pairs);
  const std::size_t front = scenarios.size() > 1 ? 1 : 0;
  write_by_instrument(pair.id(), instrument_rows(scenarios), pieces, {labels.exporter.size(), labels.market.size()},
                      {&pair.scale(front), &pair.scale(front + 1)});
}

void write_products(Part part, hid_t parent, const result::Labels& labels, const Scenarios& scenarios) {
  if (scenarios[0].baseline_exporter_product.columns[0].empty()) return;
  const Axis product{"product", labels.product, "product, HS code of six digits"};
  const TableGroup of_exporters(parent, "exporter_product", scenarios,
                                {{"exporter", labels.exporter, "exporter, ISO3 code"}, product});
  write_margin(part, of_exporters, &ScenarioResult::baseline_exporter_product,
               &ScenarioResult::scenario_exporter_product);
  const TableGroup of_markets(parent, "market_product", scenarios,
                              {{"market", labels.market, "market, ISO3 code"}, product});
  write_margin(part, of_markets, &ScenarioResult::baseline_market_product, &ScenarioResult::scenario_market_product);
}

void write_factors(Part part, hid_t parent, const result::Labels& labels, const Scenarios& scenarios) {
  if (scenarios[0].baseline_factors.supply.empty()) return;
  const TableGroup group(parent, "factors", scenarios,
                         {{"exporter", labels.exporter, "exporter, ISO3 code"},
                          {"market", labels.market, "market, ISO3 code"},
                          {"product", labels.product, "product, HS code of six digits"}});
  for (const FactorTable& factor : factor_tables) {
    std::vector<unsigned> axes = factor.axes == FactorTable::Axes::exporter_product ? std::vector<unsigned>{0, 2}
                                 : factor.axes == FactorTable::Axes::market_product ? std::vector<unsigned>{1, 2}
                                                                                    : std::vector<unsigned>{0, 1};
    if (scenarios.size() > 1) {
      for (unsigned& axis : axes) ++axis;
      axes.insert(axes.begin(), 0);
    }
    group.table(factor.name, factor.units, factor.long_name, axes, [&](const ScenarioResult& one, double* to) {
      copy_part(part, one.baseline_factors.*factor.values, one.scenario_factors.*factor.values, to);
    });
  }
}

/// A group of cells: which they are, and their columns, scenarios in front.
void write_cells(Part part, hid_t parent, const Scenarios& scenarios) {
  const ScenarioCells& list = scenarios[0].cells;
  if (list.exporter.empty()) return;
  const hdf5::Group group = hdf5::create_group(parent, "cells");
  std::vector<hdf5::Dataset> scales;
  hdf5::Shape shape;
  if (scenarios.size() > 1) {
    std::vector<std::string> names;
    for (const ScenarioResult& one : scenarios) names.push_back(one.name);
    scales.push_back(hdf5::write_label_scale(group, "scenario", names, "name of the scenario"));
    shape.push_back(names.size());
  }
  scales.push_back(hdf5::write_bare_scale(group, "cell", list.exporter.size()));
  shape.push_back(list.exporter.size());
  const auto index = [&](const char* name, const std::vector<std::int32_t>& values, const char* long_name) {
    const auto layout = hdf5::row_layout({values.size()}, sizeof(std::int32_t), hdf5::Packing::shuffle_deflate);
    const auto dataset = hdf5::write_dataset(group, name, values.data(), {values.size()}, layout);
    hdf5::describe(dataset, "1", long_name);
    hdf5::attach_scale(dataset, scales.back(), 0);
  };
  index("exporter", list.exporter, "position along /exporter, counted from 0");
  index("market", list.market, "position along /market, counted from 0");
  index("product", list.product, "position along /product, counted from 0");
  const auto column = [&](const char* name, const char* long_name, const TableGroup::Fill& fill) {
    std::vector<double> values(hdf5::element_count(shape));
    for (std::size_t s = 0; s < scenarios.size(); ++s) fill(scenarios[s], values.data() + s * list.exporter.size());
    const auto dataset =
        hdf5::write_dataset(group, name, values.data(), shape, scenario_layout(shape, scenarios.size(), values));
    hdf5::describe(dataset, "USD", long_name);
    for (unsigned axis = 0; axis < scales.size(); ++axis) hdf5::attach_scale(dataset, scales[axis], axis);
  };
  for (int c = 0; c < column_count; ++c)
    column(column_name(static_cast<Column>(c)), column_long_name(static_cast<Column>(c)),
           [&](const ScenarioResult& one, double* to) {
             copy_part(part, one.cells.baseline[c], one.cells.scenario[c], to);
           });
  if (part != Part::difference) return;
  column("at_risk", at_risk_words, [](const ScenarioResult& one, double* to) {
    std::copy(one.cells.at_risk.begin(), one.cells.at_risk.end(), to);
  });
  std::vector<const double*> pieces;
  for (const ScenarioResult& one : scenarios)
    for (const std::vector<double>& values : one.cells.by_instrument) pieces.push_back(values.data());
  write_by_instrument(group, instrument_rows(scenarios), pieces, {list.exporter.size()}, {&scales.back()});
}

}  // namespace

ResultReport write_scenarios(const std::string& path, const World& world, const Solution& baseline,
                             const Scenarios& scenarios, const ResultOptions& options) {
  OutputFile output(path, 0);
  result::Writer writer{
      world, baseline, options, result::labels_of(world, baseline), output, hdf5::create_file(output.path()), {}, 0, 0};
  result::begin_file(writer, scenario_format, scenario_format_version);
  result::write_years(writer);
  write_scenario_names(writer.file, scenarios);
  write_assumptions(writer.file, scenarios);
  result::write_axes(writer);
  int done = 0;
  for (const Part part : {Part::baseline, Part::scenario, Part::difference}) {
    const hdf5::Group group = hdf5::create_group(writer.file, part_names[static_cast<int>(part)]);
    write_pairs(part, group, world, writer.labels, scenarios);
    write_products(part, group, writer.labels, scenarios);
    write_factors(part, group, writer.labels, scenarios);
    write_cells(part, group, scenarios);
    if (part == Part::difference) write_opportunities(group, writer.labels.product, scenarios);
    if (options.progress) options.progress("write", ++done, 3);
  }
  write_targets(writer.file, world, scenarios);
  return result::end_file(writer);
}

}  // namespace potentia
