// The float64 tables of result.h5: margins, factors and listed cells.
#include <algorithm>
#include <string>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_writer.hpp"

namespace potentia::result {
namespace {

// Full float64 mantissas do not shrink; zeros do. At about 200 MB/s and core against a disk of some 280 MB/s, deflating
// pays for chunks that are mostly zeros.
constexpr double worthwhile_zeros = 0.5;

hdf5::Layout table_layout(const hdf5::Shape& shape) {
  hdf5::Layout layout = hdf5::row_layout(shape, sizeof(double), hdf5::Packing::deflate);
  layout.least_zeros = worthwhile_zeros;
  return layout;
}

hdf5::Dataset write_values(Writer& writer, hid_t group, const char* name, const double* values,
                           const hdf5::Shape& shape) {
  hdf5::Dataset dataset = hdf5::write_dataset(group, name, values, shape, table_layout(shape));
  writer.advance(hdf5::element_count(shape) * sizeof(double));
  return dataset;
}

// One group of twelve tables of the same shape, with its own labelled axes: readers of netCDF look for the labels of an
// axis in the group itself.
struct Axis {
  const char* name;
  const std::vector<std::string>& labels;
  const char* long_name;
};

/// @param column gives the table of a column
template <class ColumnTable>
void write_margin(Writer& writer, const char* name, const ColumnTable& column_table, const std::vector<Axis>& axes) {
  const hdf5::Group group = hdf5::create_group(writer.file, name);
  std::vector<hdf5::Dataset> scales;
  hdf5::Shape shape;
  for (const Axis& axis : axes) {
    scales.push_back(hdf5::write_label_scale(group, axis.name, axis.labels, axis.long_name));
    shape.push_back(axis.labels.size());
  }
  for (int c = 0; c < column_count; ++c) {
    const Column column = static_cast<Column>(c);
    const hdf5::Dataset table = write_table(writer, group, column_name(column), column_table(c), shape);
    hdf5::describe(table, "USD", column_long_name(column));
    unsigned axis = 0;
    for (const hdf5::Dataset& scale : scales) hdf5::attach_scale(table, scale, axis++);
  }
}

/// Rows (and, for ease, columns) of a table over all countries that belong to the chosen ones.
Buffer<double> slice(const Buffer<double>& table, const std::vector<std::int32_t>& rows, std::size_t width) {
  Buffer<double> part(rows.size() * width);
  double* to = part.data();
  for (const std::int32_t row : rows) {
    std::copy_n(table.data() + static_cast<std::size_t>(row) * width, width, to);
    to += width;
  }
  return part;
}

Buffer<double> slice_pairs(const Buffer<double>& table, const Axes& axes, std::size_t countries) {
  Buffer<double> part(axes.exporters.size() * axes.markets.size());
  double* to = part.data();
  for (const std::int32_t i : axes.exporters)
    for (const std::int32_t j : axes.markets) *to++ = table[static_cast<std::size_t>(i) * countries + j];
  return part;
}

}  // namespace

hdf5::Dataset write_table(Writer& writer, hid_t group, const char* name, const Buffer<double>& values,
                          const hdf5::Shape& shape) {
  if (values.size() != hdf5::element_count(shape))
    throw Error(ErrorKind::internal, "a table has another size than its axes", hdf5::where(group, name));
  return write_values(writer, group, name, values.data(), shape);
}

void write_margins(Writer& writer) {
  const Labels& labels = writer.labels;
  const Margins& margins = writer.solution.margins;
  const Axis exporter{"exporter", labels.exporter, "exporter, ISO3 code"};
  const Axis market{"market", labels.market, "market, ISO3 code"};
  const Axis product{"product", labels.product, "product, HS code of six digits"};
  const Axis sector{"sector", labels.sector, "sector"};
  const Solution& solution = writer.solution;
  const auto held = [](const Margin& margin) { return [&margin](int c) -> const Buffer<double>& { return margin.columns[c]; }; };
  const auto write_by_product = [&](const char* name, ProductTable::Kind kind, const Margin& margin, const Axis& rows) {
    if (solution.product_tables)
      write_margin(writer, name, [&](int c) { return solution.product_tables({kind, c}); }, {rows, product});
    else
      write_margin(writer, name, held(margin), {rows, product});
  };
  write_margin(writer, "pair", held(margins.pair), {exporter, market});
  // Sums over a part of the markets or exporters are not what these tables promise, so they are left out.
  if (solution.all_markets)
    write_by_product("exporter_product", ProductTable::Kind::exporter_product, margins.exporter_product, exporter);
  if (solution.all_exporters)
    write_by_product("market_product", ProductTable::Kind::market_product, margins.market_product, market);
  write_margin(writer, "pair_sector", held(margins.pair_sector), {exporter, market, sector});
}

void write_factors(Writer& writer) {
  const Solution& solution = writer.solution;
  const Labels& labels = writer.labels;
  const std::size_t countries = writer.world.country_count();
  const std::size_t products = labels.product.size();
  const hdf5::Group group = hdf5::create_group(writer.file, "factors");
  const auto exporter = hdf5::write_label_scale(group, "exporter", labels.exporter, "exporter, ISO3 code");
  const auto market = hdf5::write_label_scale(group, "market", labels.market, "market, ISO3 code");
  const auto product = hdf5::write_label_scale(group, "product", labels.product, "product, HS code of six digits");

  for (int number = 0; number < factor_table_count; ++number) {
    const FactorTable& factor = factor_tables[number];
    const bool is_ease = factor.axes == FactorTable::Axes::exporter_market;
    Buffer<double> joined;
    if (solution.product_tables && !is_ease) joined = solution.product_tables({ProductTable::Kind::factor, number});
    const Buffer<double>& whole = solution.product_tables && !is_ease ? joined : solution.factors.*factor.values;
    const bool by_market = factor.axes == FactorTable::Axes::market_product;
    if (whole.size() != countries * (is_ease ? countries : products))
      throw Error(ErrorKind::internal, "a factor has another size than its axes", hdf5::where(group, factor.name));
    const bool all = is_ease     ? solution.all_exporters && solution.all_markets
                     : by_market ? solution.all_markets
                                 : solution.all_exporters;
    Buffer<double> part;
    if (!all) {
      part = is_ease ? slice_pairs(whole, solution.axes, countries)
                     : slice(whole, by_market ? solution.axes.markets : solution.axes.exporters, products);
    }
    const hdf5::Dataset& rows = by_market ? market : exporter;
    const hdf5::Dataset& columns = is_ease ? market : product;
    const hdf5::Shape shape = {(by_market ? labels.market : labels.exporter).size(),
                               is_ease ? labels.market.size() : products};
    const auto table = write_table(writer, group, factor.name, all ? whole : part, shape);
    hdf5::describe(table, factor.units, factor.long_name);
    hdf5::attach_scale(table, rows, 0);
    hdf5::attach_scale(table, columns, 1);
  }
}

void write_cells(Writer& writer) {
  const CellList& cells = writer.solution.cells;
  const hdf5::Group group = hdf5::create_group(writer.file, "cells");
  const auto bound = hdf5::write_bare_scale(group, "bound", cells.offsets.size());
  const auto cell = hdf5::write_bare_scale(group, "cell", cells.market.size());

  const std::vector<std::int64_t> begins(cells.offsets.begin(), cells.offsets.end());  // signed: easier on readers
  const auto offsets = hdf5::write_dataset(group, "offsets", begins.data(), {begins.size()});
  hdf5::describe(offsets, "1", "cells of exporter i are offsets[i] to offsets[i + 1] - 1, counted from 0");
  hdf5::attach_scale(offsets, bound, 0);

  const auto write_index = [&](const char* name, const std::vector<std::int32_t>& index, const char* long_name) {
    const hdf5::Shape shape = {index.size()};
    const auto layout = hdf5::row_layout(shape, sizeof(std::int32_t), hdf5::Packing::shuffle_deflate);
    const auto dataset = hdf5::write_dataset(group, name, index.data(), shape, layout);
    hdf5::describe(dataset, "1", long_name);
    hdf5::attach_scale(dataset, cell, 0);
    writer.advance(index.size() * sizeof(std::int32_t));
  };
  write_index("market", cells.market, "position along /market, counted from 0");
  write_index("product", cells.product, "position along /product, counted from 0");

  for (int c = 0; c < column_count; ++c) {
    const Column column = static_cast<Column>(c);
    const std::vector<double>& values = cells.columns[c];
    if (values.size() != cells.market.size())
      throw Error(ErrorKind::internal, "a column of cells has another length than the others",
                  hdf5::where(group, column_name(column)));
    const auto dataset = write_values(writer, group, column_name(column), values.data(), {values.size()});
    hdf5::describe(dataset, "USD", column_long_name(column));
    hdf5::attach_scale(dataset, cell, 0);
  }
}

std::uint64_t table_bytes(const Solution& solution) {
  const Axes& axes = solution.axes;
  std::uint64_t bytes = solution.cells.market.size() * (column_count * sizeof(double) + 2 * sizeof(std::int32_t));
  const std::size_t exporters = axes.exporters.size(), markets = axes.markets.size(), products = axes.products.size();
  for (int c = 0; c < column_count; ++c) {
    bytes += (solution.margins.pair.columns[c].size() + solution.margins.pair_sector.columns[c].size()) * sizeof(double);
    if (solution.all_markets) bytes += exporters * products * sizeof(double);
    if (solution.all_exporters) bytes += markets * products * sizeof(double);
  }
  bytes += (2 * exporters + 3 * markets) * products * sizeof(double);
  return bytes + exporters * markets * sizeof(double);
}

}  // namespace potentia::result
