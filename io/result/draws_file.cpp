#include "io/result/draws_file.hpp"

#include <string>
#include <tuple>
#include <utility>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_writer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

struct Axis {
  const char* name;
  const std::vector<std::string>* labels;  ///< null: without labels, of `length`
  const char* long_name;
  std::size_t length = 0;
};

/// A group with its scales: readers of netCDF groups look for them where the table is.
class Scaled {
public:
  Scaled(hid_t parent, const char* name, const std::vector<Axis>& axes) : group_(hdf5::create_group(parent, name)) {
    for (const Axis& axis : axes) {
      scales_.push_back(axis.labels != nullptr ? hdf5::write_label_scale(group_, axis.name, *axis.labels, axis.long_name)
                                               : hdf5::write_bare_scale(group_, axis.name, axis.length));
      shape_.push_back(axis.labels != nullptr ? axis.labels->size() : axis.length);
    }
  }
  hid_t id() const { return group_; }

  /// @param leading a scale in front of the group's own, with its length; null = none
  void table(result::Writer& writer, const char* name, const double* values, const char* units, const char* long_name,
             const hdf5::Dataset* leading = nullptr, std::size_t length = 0) const {
    hdf5::Shape shape = shape_;
    if (leading != nullptr) shape.insert(shape.begin(), length);
    hdf5::Layout layout = hdf5::row_layout(shape, sizeof(double), hdf5::Packing::deflate);
    layout.least_zeros = 0.5;  // as result.h5
    const hdf5::Dataset dataset = hdf5::write_dataset(group_, name, values, shape, layout);
    hdf5::describe(dataset, units, long_name);
    unsigned axis = 0;
    if (leading != nullptr) hdf5::attach_scale(dataset, *leading, axis++);
    for (const hdf5::Dataset& scale : scales_) hdf5::attach_scale(dataset, scale, axis++);
    writer.advance(hdf5::element_count(shape) * sizeof(double));
    check_interrupted();
  }

private:
  hdf5::Group group_;
  std::vector<hdf5::Dataset> scales_;
  hdf5::Shape shape_;
};

void write_statistics(result::Writer& writer, hid_t group, const DrawTable& table, const std::vector<Axis>& axes) {
  for (std::size_t column = 0; column < drawn_columns.size(); ++column) {
    const char* what = column_long_name(drawn_columns[column]);
    const Scaled of(group, column_name(drawn_columns[column]), axes);
    const hdf5::Dataset probability =
        hdf5::write_dataset(of.id(), "probability", draw_probabilities.data(), {draw_probabilities.size()});
    hdf5::describe(probability, "1", "share of draws below the quantile");
    hdf5::make_scale(probability, "probability");
    of.table(writer, "mean", table.mean[column].data(), "USD", (std::string("mean over draws of: ") + what).c_str());
    of.table(writer, "sd", table.sd[column].data(), "USD", (std::string("standard deviation over draws of: ") + what).c_str());
    of.table(writer, "quantile", table.quantile[column].data(), "USD", (std::string("quantiles over draws of: ") + what).c_str(),
             &probability, draw_probabilities.size());
  }
}

void write_cells(result::Writer& writer, const DrawsResult& draws) {
  const CellList& list = draws.list;
  const Scaled cells(writer.file, "cells", {{"cell", nullptr, "", list.market.size()}});
  const auto bound = hdf5::write_bare_scale(cells.id(), "bound", list.offsets.size());
  const std::vector<std::int64_t> begins(list.offsets.begin(), list.offsets.end());
  const auto offsets = hdf5::write_dataset(cells.id(), "offsets", begins.data(), {begins.size()});
  hdf5::describe(offsets, "1", "cells of exporter i are offsets[i] to offsets[i + 1] - 1, counted from 0");
  hdf5::attach_scale(offsets, bound, 0);
  for (const auto& [name, index, what] :
       {std::tuple("market", &list.market, "position along /market, counted from 0"),
        std::tuple("product", &list.product, "position along /product, counted from 0")}) {
    const hdf5::Shape shape = {index->size()};
    const auto dataset = hdf5::write_dataset(cells.id(), name, index->data(), shape,
                                             hdf5::row_layout(shape, sizeof(std::int32_t), hdf5::Packing::shuffle_deflate));
    hdf5::describe(dataset, "1", what);
  }
  cells.table(writer, "in_top10", draws.in_top10.data(), "1",
              "share of draws in which the cell is among the ten largest unrealised of its exporter's listed ones");
  cells.table(writer, "in_top50", draws.in_top50.data(), "1", "share of draws in which it is among the fifty largest");
  write_statistics(writer, cells.id(), draws.cells, {{"cell", nullptr, "", list.market.size()}});
}

/// What was drawn, one row for each group.
void write_uncertainty(hid_t file, const Uncertainty& uncertainty) {
  const hdf5::Group group = hdf5::create_group(file, "uncertainty");
  std::vector<std::string> names, meanings, sources;
  std::vector<double> spreads;
  std::vector<std::int32_t> varies, assumption;
  for (const DrawGroup one : draw_groups) {
    names.push_back(group_name(one));
    meanings.push_back(spread_meaning(one));
    sources.push_back(uncertainty.of(one).source);
    spreads.push_back(uncertainty.of(one).spread);
    varies.push_back(uncertainty.varies(one) ? 1 : 0);
    assumption.push_back(uncertainty.of(one).assumption ? 1 : 0);
  }
  const hdf5::Dataset scale = hdf5::write_label_scale(group, "group", names, "group of inputs");
  const auto put = [&](const hdf5::Dataset& dataset, const char* long_name) {
    hdf5::describe(dataset, "1", long_name);
    hdf5::attach_scale(dataset, scale, 0);
  };
  put(hdf5::write_dataset(group, "spread", spreads.data(), {spreads.size()}), "standard deviation of what `meaning` says");
  put(hdf5::write_dataset(group, "varies", varies.data(), {varies.size()}), "1 where draws differ by it");
  put(hdf5::write_dataset(group, "assumption", assumption.data(), {assumption.size()}), "1 where no source is given");
  put(hdf5::write_strings(group, "meaning", meanings), "what the spread is the standard deviation of");
  put(hdf5::write_strings(group, "source", sources), "where the spread is from");
}

/// One row for each group that varies.
void write_sensitivity(result::Writer& writer, const Sensitivity& sensitivity, const std::vector<Axis>& pair) {
  const hdf5::Group all = hdf5::create_group(writer.file, "sensitivity");
  std::vector<std::string> names;
  for (const DrawGroup group : sensitivity.groups) names.push_back(group_name(group));
  const auto put = [&](const char* name, const Sensitivity::Table& table, const std::vector<Axis>& axes) {
    const Scaled of(all, name, axes);
    const hdf5::Dataset group = hdf5::write_label_scale(of.id(), "group", names, "group of inputs");
    const auto one = [&](const char* what, const Buffer<double>& values, const char* long_name) {
      of.table(writer, what, values.data(), "1", long_name, &group, names.size());
    };
    one("first", table.first, "share of the variance of unrealised potential that would go if the group were known");
    one("total", table.total, "share of the variance of unrealised potential that would stay if all other groups were known");
    one("first_error", table.first_error, "standard error of first");
    one("total_error", table.total_error, "standard error of total");
  };
  put("pair", sensitivity.pair, pair);
  put("exporter", sensitivity.exporter, {pair[0]});
}

}  // namespace

ResultReport write_draws(const std::string& path, const World& world, const Solution& baseline, const DrawsResult& draws,
                         const ResultOptions& options) {
  OutputFile output(path, 0);
  result::Writer writer{
      world, baseline, options, result::labels_of(world, baseline), output, hdf5::create_file(output.path()), {}, 0, 0};
  const std::size_t tables = draws.pair.mean[0].size() + draws.pair_sector.mean[0].size() +
                             draws.exporter_product.mean[0].size() + draws.cells.mean[0].size();
  writer.total = tables * drawn_columns.size() * (2 + draw_probabilities.size()) * sizeof(double);
  writer.total += 4 * (draws.sensitivity.pair.first.size() + draws.sensitivity.exporter.first.size()) * sizeof(double);
  result::begin_file(writer, draws_format, draws_format_version);
  result::write_years(writer);
  hdf5::write_attribute(writer.file, "draws", std::int64_t{draws.draws});
  hdf5::write_attribute(writer.file, "seed", static_cast<std::int64_t>(draws.seed));
  write_uncertainty(writer.file, draws.uncertainty);
  result::write_axes(writer);

  const result::Labels& labels = writer.labels;
  const Axis exporter{"exporter", &labels.exporter, "exporter, ISO3 code"};
  const Axis market{"market", &labels.market, "market, ISO3 code"};
  const Axis product{"product", &labels.product, "product, HS code of six digits"};
  const Axis sector{"sector", &labels.sector, "sector"};
  const auto margin = [&](const char* name, const DrawTable& table, const std::vector<Axis>& axes) {
    const hdf5::Group group = hdf5::create_group(writer.file, name);
    write_statistics(writer, group, table, axes);
  };
  margin("pair", draws.pair, {exporter, market});
  margin("pair_sector", draws.pair_sector, {exporter, market, sector});
  margin("exporter_product", draws.exporter_product, {exporter, product});
  write_cells(writer, draws);
  if (!draws.sensitivity.groups.empty()) write_sensitivity(writer, draws.sensitivity, {exporter, market});
  return result::end_file(writer);
}

}  // namespace potentia
