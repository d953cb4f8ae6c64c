// See result_group.hpp.
#include "io/result/result_group.hpp"

#include <algorithm>

#include "io/hdf5/contents.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_file.hpp"
#include "io/result/result_read.hpp"
#include "io/result/result_reader.hpp"

namespace potentia {

const std::vector<std::string> result_groups = {"pair",           "pair_sector", "exporter_product",
                                                "market_product", "cells",       "factors"};

namespace {

using result::Reader;
using Axes = std::vector<ResultAxis>;
using Names = std::vector<std::string>;

constexpr ResultAxis exporter = ResultAxis::exporter, market = ResultAxis::market, product = ResultAxis::product,
                     sector = ResultAxis::sector;

void read_labels(const Reader& reader, ResultGroup& group) {
  const auto read = [&](ResultAxis axis, const std::string& name, const std::vector<std::string>& codes) {
    group.labels[static_cast<std::size_t>(axis)] = {codes, reader.texts(name + "_name", codes.size())};
  };
  read(exporter, "exporter", reader.exporters());
  read(market, "market", reader.markets());
  read(product, "product", reader.products());
  read(sector, "sector", reader.sectors());
}

hdf5::Shape shape_of(const ResultGroup& group, const Axes& axes) {
  hdf5::Shape shape;
  for (const ResultAxis axis : axes) shape.push_back(group.axis(axis).codes.size());
  return shape;
}

bool is_wanted(const Names& tables, const std::string& name) {
  return tables.empty() || std::find(tables.begin(), tables.end(), name) != tables.end();
}

void read_columns(const Reader& reader, const Axes& axes, const hdf5::Shape& shape, const Names& tables,
                  ResultGroup& group) {
  for (int c = 0; c < column_count; ++c) {
    const Column column = static_cast<Column>(c);
    const std::string name = column_name(column);
    if (!is_wanted(tables, name)) continue;
    group.tables.push_back(
        {name, "USD", column_long_name(column), axes, reader.reals<Buffer<double>>(group.name + "/" + name, shape)});
  }
}

/// What an outlook has added, if there is one.
void read_outlook(const Reader& reader, const Axes& axes, const hdf5::Shape& shape, const Names& tables,
                  const OutlookColumn* columns, int count, ResultGroup& group) {
  for (const OutlookColumn* column = columns; column != columns + count; ++column) {
    const std::string path = group.name + "/" + column->name;
    if (is_wanted(tables, column->name) && hdf5::exists(reader.file(), path))
      group.tables.push_back({column->name, column->units, column->long_name, axes,
                              reader.numbers<double, Buffer<double>>(path, shape)});
  }
}

void read_margin(const Reader& reader, const Axes& axes, const Names& tables, ResultGroup& group) {
  if (!hdf5::exists(reader.file(), group.name)) {
    const std::string flag = group.name == "exporter_product" ? "--markets" : "--exporters";
    throw input_error("the result has no table " + group.name + ", because it was solved with " + flag, reader.path(),
                      "solve the world without " + flag);
  }
  read_columns(reader, axes, shape_of(group, axes), tables, group);
  if (group.name == "pair")
    read_outlook(reader, axes, shape_of(group, axes), tables, pair_outlook, pair_outlook_columns, group);
}

void read_cells(const Reader& reader, const Names& tables, ResultGroup& group) {
  group.cell_offsets = reader.cell_offsets();
  const std::size_t cells = static_cast<std::size_t>(group.cell_offsets.back());
  group.cell_market = reader.positions("cells/market", cells, reader.markets().size());
  group.cell_product = reader.positions("cells/product", cells, reader.products().size());
  read_columns(reader, {}, {cells}, tables, group);
  read_outlook(reader, {}, {cells}, tables, cell_outlook, cell_outlook_columns, group);
}

void read_factors(const Reader& reader, const Names& tables, ResultGroup& group) {
  for (const FactorTable& factor : factor_tables) {
    if (!is_wanted(tables, factor.name)) continue;
    const Axes axes = factor.axes == FactorTable::Axes::exporter_market  ? Axes{exporter, market}
                      : factor.axes == FactorTable::Axes::market_product ? Axes{market, product}
                                                                         : Axes{exporter, product};
    group.tables.push_back(
        {factor.name, factor.units, factor.long_name, axes,
         reader.numbers<double, Buffer<double>>(std::string("factors/") + factor.name, shape_of(group, axes))});
  }
}

ResultOrigin read_origin(const Reader& reader) {
  ResultOrigin origin;
  origin.digest = hdf5::stored_digest(reader.file());
  origin.title = hdf5::read_text_attribute(reader.file(), "title");
  origin.hs_revision = hdf5::read_text_attribute(reader.file(), "hs_revision");
  origin.base_years = hdf5::read_integers_attribute(reader.file(), "base_years");
  origin.horizon_year = hdf5::read_integer_attribute(reader.file(), "horizon_year");
  origin.settings = reader.text("provenance/settings");
  origin.notices = reader.notices();
  const hdf5::Group provenance = hdf5::open_group(reader.file(), "provenance");
  origin.all_exporters = hdf5::read_integer_attribute(provenance, "all_exporters") != 0;
  origin.all_markets = hdf5::read_integer_attribute(provenance, "all_markets") != 0;

  const std::string list = "provenance/inputs/";
  const std::size_t rows = static_cast<std::size_t>(reader.extent(list + "role", 1)[0]);
  const auto role = reader.texts(list + "role", rows), name = reader.texts(list + "name", rows);
  const auto sha256 = reader.texts(list + "sha256", rows);
  const auto bytes = reader.numbers<std::uint64_t>(list + "bytes", {rows});
  for (std::size_t n = 0; n < rows; ++n) origin.inputs.push_back({role[n], name[n], sha256[n], bytes[n]});
  return origin;
}

}  // namespace

ResultGroup read_result_group(const std::string& path, const std::string& name, const Names& tables) {
  if (file_kind(path) != FileKind::result)
    throw input_error("a world, no result", path, "solve it first: potentia solve");
  const Reader reader(path);
  ResultGroup group;
  group.name = name;
  read_labels(reader, group);
  group.origin = read_origin(reader);
  if (name == "pair")
    read_margin(reader, {exporter, market}, tables, group);
  else if (name == "pair_sector")
    read_margin(reader, {exporter, market, sector}, tables, group);
  else if (name == "exporter_product")
    read_margin(reader, {exporter, product}, tables, group);
  else if (name == "market_product")
    read_margin(reader, {market, product}, tables, group);
  else if (name == "cells")
    read_cells(reader, tables, group);
  else
    read_factors(reader, tables, group);
  return group;
}

}  // namespace potentia
