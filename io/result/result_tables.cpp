// The float64 tables of result.h5: margins, factors and listed cells.
#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_writer.hpp"

namespace potentia::result {
namespace {

// One group of twelve tables of the same shape, with its own labelled axes: readers of netCDF look for the labels of an
// axis in the group itself.
struct Axis {
  const char* name;
  const std::vector<std::string>& labels;
  const char* long_name;
};

struct MarginGroup {
  const char* name;
  std::vector<Axis> axes;
  std::function<PlannedTable(int column)> table;
  std::vector<std::pair<OutlookColumn, const Buffer<double>*>> outlook = {};  ///< tables behind the twelve

  hdf5::Shape shape() const {
    hdf5::Shape shape;
    for (const Axis& axis : axes) shape.push_back(axis.labels.size());
    return shape;
  }
};

std::vector<MarginGroup> margin_groups(const Writer& writer) {
  const Labels& labels = writer.labels;
  const Solution& solution = writer.solution;
  const Axis exporter{"exporter", labels.exporter, "exporter, ISO3 code"};
  const Axis market{"market", labels.market, "market, ISO3 code"};
  const Axis product{"product", labels.product, "product, HS code of six digits"};
  const Axis sector{"sector", labels.sector, "sector"};

  std::vector<MarginGroup> groups;
  const auto held = [&](const char* name, const Margin& margin, std::vector<Axis> axes) {
    groups.push_back({name, std::move(axes), {}});
    groups.back().table = [&margin, shape = groups.back().shape(), name](int c) {
      if (margin.columns[c].size() != hdf5::element_count(shape))
        throw Error(ErrorKind::internal, "a table has another size than its axes", name);
      return PlannedTable{shape, margin.columns[c].data(), {}, {}};
    };
  };
  const auto by_product = [&](const char* name, ProductTable::Kind kind, const Margin& margin, const Axis& rows) {
    if (!solution.product_tables && !solution.product_part) return held(name, margin, {rows, product});
    groups.push_back({name, {rows, product}, {}});
    if (solution.product_part) {
      groups.back().table = [&solution, kind, shape = groups.back().shape()](int c) {
        const auto part = [&solution, kind, c](const TableBox& box, double* out) {
          solution.product_part({kind, c}, box, out);
        };
        return PlannedTable{shape, nullptr, part, {}};
      };
      return;
    }
    groups.back().table = [&solution, kind, shape = groups.back().shape()](int c) {
      return PlannedTable{shape, nullptr, {}, [&solution, kind, c] { return solution.product_tables({kind, c}); }};
    };
  };
  held("pair", solution.margins.pair, {exporter, market});
  if (solution.pair_outlook)
    groups.back().outlook = {{pair_outlook[0], &solution.pair_outlook->expected},
                             {pair_outlook[1], &solution.pair_outlook->expected_starts}};
  // Sums over a part of the markets or exporters are not what these tables promise, so they are left out.
  if (solution.all_markets)
    by_product("exporter_product", ProductTable::Kind::exporter_product, solution.margins.exporter_product, exporter);
  if (solution.all_exporters)
    by_product("market_product", ProductTable::Kind::market_product, solution.margins.market_product, market);
  held("pair_sector", solution.margins.pair_sector, {exporter, market, sector});
  if (solution.pair_sector_part)
    groups.back().table = [&solution, shape = groups.back().shape()](int c) {
      const auto part = [&solution, c](const TableBox& box, double* out) {
        solution.pair_sector_part(static_cast<Column>(c), box, out);
      };
      return PlannedTable{shape, nullptr, part, {}};
    };
  return groups;
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

hdf5::Shape factor_shape(const Writer& writer, const FactorTable& factor) {
  const Labels& labels = writer.labels;
  return {(factor.axes == FactorTable::Axes::market_product ? labels.market : labels.exporter).size(),
          (factor.axes == FactorTable::Axes::exporter_market ? labels.market : labels.product).size()};
}

PlannedTable planned_factor(const Writer& writer, int number) {
  const Solution& solution = writer.solution;
  const FactorTable& factor = factor_tables[number];
  const std::size_t countries = writer.world.country_count(), products = writer.labels.product.size();
  const bool is_ease = factor.axes == FactorTable::Axes::exporter_market;
  const bool by_market = factor.axes == FactorTable::Axes::market_product;
  const bool all = is_ease     ? solution.all_exporters && solution.all_markets
                   : by_market ? solution.all_markets
                               : solution.all_exporters;
  const std::vector<std::int32_t>& rows = by_market ? solution.axes.markets : solution.axes.exporters;
  PlannedTable table{factor_shape(writer, factor), nullptr, {}, {}};

  if (solution.factor_part && !is_ease) {
    table.part = [&solution, &rows, number](const TableBox& box, double* out) {
      for (std::size_t row = 0; row < box.rows; ++row) {
        TableBox one = box;
        one.first_row = static_cast<std::size_t>(rows[box.first_row + row]);
        one.rows = 1;
        solution.factor_part(number, one, out + row * box.stride);
      }
    };
    if (all)  // rows are countries
      table.part = [&solution, number](const TableBox& box, double* out) { solution.factor_part(number, box, out); };
    return table;
  }
  const auto expect_size = [&factor, size = countries * (is_ease ? countries : products)](const Buffer<double>& whole) {
    if (whole.size() != size)
      throw Error(ErrorKind::internal, "a factor has another size than its axes", std::string("/factors/") + factor.name);
  };
  const bool elsewhere = solution.product_tables && !is_ease;
  if (all && !elsewhere) {
    const Buffer<double>& whole = solution.factors.*factor.values;
    expect_size(whole);
    table.values = whole.data();
    return table;
  }
  table.whole = [&solution, &factor, &rows, expect_size, number, countries, products, is_ease, all, elsewhere] {
    Buffer<double> joined;
    if (elsewhere) joined = solution.product_tables({ProductTable::Kind::factor, number});
    const Buffer<double>& whole = elsewhere ? joined : solution.factors.*factor.values;
    expect_size(whole);
    if (all) return joined;
    return is_ease ? slice_pairs(whole, solution.axes, countries) : slice(whole, rows, products);
  };
  return table;
}

}  // namespace

void plan_tables(Writer& writer) {
  for (const MarginGroup& group : margin_groups(writer)) {
    for (int c = 0; c < column_count; ++c) writer.tables.plan(group.table(c));
    for (const auto& more : group.outlook) writer.tables.plan({group.shape(), more.second->data(), {}, {}});
  }
  for (int number = 0; number < factor_table_count; ++number) writer.tables.plan(planned_factor(writer, number));
}

void write_margins(Writer& writer) {
  for (const MarginGroup& margin : margin_groups(writer)) {
    const hdf5::Group group = hdf5::create_group(writer.file, margin.name);
    std::vector<hdf5::Dataset> scales;
    for (const Axis& axis : margin.axes)
      scales.push_back(hdf5::write_label_scale(group, axis.name, axis.labels, axis.long_name));
    const auto write = [&](const char* name, const char* units, const char* long_name) {
      const hdf5::Dataset table = writer.tables.write(group, name);
      writer.advance(hdf5::element_count(margin.shape()) * sizeof(double));
      hdf5::describe(table, units, long_name);
      unsigned axis = 0;
      for (const hdf5::Dataset& scale : scales) hdf5::attach_scale(table, scale, axis++);
    };
    for (int c = 0; c < column_count; ++c)
      write(column_name(static_cast<Column>(c)), "USD", column_long_name(static_cast<Column>(c)));
    for (const auto& more : margin.outlook) write(more.first.name, more.first.units, more.first.long_name);
  }
}

void write_factors(Writer& writer) {
  const Labels& labels = writer.labels;
  const hdf5::Group group = hdf5::create_group(writer.file, "factors");
  const auto exporter = hdf5::write_label_scale(group, "exporter", labels.exporter, "exporter, ISO3 code");
  const auto market = hdf5::write_label_scale(group, "market", labels.market, "market, ISO3 code");
  const auto product = hdf5::write_label_scale(group, "product", labels.product, "product, HS code of six digits");

  for (int number = 0; number < factor_table_count; ++number) {
    const FactorTable& factor = factor_tables[number];
    const auto table = writer.tables.write(group, factor.name);
    writer.advance(hdf5::element_count(factor_shape(writer, factor)) * sizeof(double));
    hdf5::describe(table, factor.units, factor.long_name);
    hdf5::attach_scale(table, factor.axes == FactorTable::Axes::market_product ? market : exporter, 0);
    hdf5::attach_scale(table, factor.axes == FactorTable::Axes::exporter_market ? market : product, 1);
  }
}

void write_cells(Writer& writer) {
  const CellList& cells = writer.solution.listed();
  CellOutlook outlook;
  std::vector<const std::vector<double>*> more;
  if (writer.solution.cell_outlook) {
    outlook = writer.solution.cell_outlook(cells);
    more = {&outlook.chance, &outlook.expected, &outlook.low, &outlook.high};  // as cell_outlook names them
  }
  writer.total += cell_bytes(cells) + more.size() * cells.market.size() * sizeof(double);
  for (const std::vector<double>& values : cells.columns) {
    if (values.size() != cells.market.size())
      throw Error(ErrorKind::internal, "a column of cells has another length than the others", "/cells");
    writer.tables.plan({{values.size()}, values.data(), {}, {}});
  }
  for (const std::vector<double>* values : more) writer.tables.plan({{values->size()}, values->data(), {}, {}});
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

  const auto write = [&](const char* name, const char* units, const char* long_name) {
    const auto dataset = writer.tables.write(group, name);
    writer.advance(cells.market.size() * sizeof(double));
    hdf5::describe(dataset, units, long_name);
    hdf5::attach_scale(dataset, cell, 0);
  };
  for (int c = 0; c < column_count; ++c) write(column_name(static_cast<Column>(c)), "USD", column_long_name(static_cast<Column>(c)));
  for (std::size_t n = 0; n < more.size(); ++n) write(cell_outlook[n].name, cell_outlook[n].units, cell_outlook[n].long_name);
}

std::uint64_t cell_bytes(const CellList& cells) {
  return cells.market.size() * (column_count * sizeof(double) + 2 * sizeof(std::int32_t));
}

std::uint64_t table_bytes(const World& world, const Solution& solution) {
  const Axes& axes = solution.axes;
  const std::size_t exporters = axes.exporters.size(), markets = axes.markets.size(), products = axes.products.size();
  const std::size_t sectors = world.sectors.size();
  std::uint64_t values = column_count * exporters * markets * (1 + sectors);
  if (solution.all_markets) values += column_count * exporters * products;
  if (solution.all_exporters) values += column_count * markets * products;
  values += (2 * exporters + 3 * markets) * products + exporters * markets;
  if (solution.pair_outlook) values += pair_outlook_columns * exporters * markets;
  return values * sizeof(double);
}

}  // namespace potentia::result
