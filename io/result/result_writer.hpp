// What the parts of result.h5 share while it is being written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/output_file.hpp"
#include "io/result/result_file.hpp"

namespace potentia::result {

/// Labels of the axes, in the order of the tables.
struct Labels {
  std::vector<std::string> exporter, exporter_name;
  std::vector<std::string> market, market_name;
  std::vector<std::string> product, product_name;
  std::vector<std::string> sector;
};
Labels labels_of(const World& world, const Solution& solution);

/// The file under way.
struct Writer {
  const World& world;
  const Solution& solution;
  const ResultOptions& options;
  Labels labels;
  OutputFile& output;
  hdf5::File file;
  std::uint64_t done = 0;   ///< bytes of values written
  std::uint64_t total = 0;  ///< … to be written

  /// Notes progress and lets the disk begin with what has arrived.
  void advance(std::uint64_t bytes);
};

/// Writes one float64 table, deflated where it is mostly zeros. @return it, for its scales
hdf5::Dataset write_table(Writer& writer, hid_t group, const char* name, const Buffer<double>& values,
                          const hdf5::Shape& shape);

void write_axes(Writer& writer);              ///< /exporter, /market, /product, /sector and their names
void write_margins(Writer& writer);           ///< /pair, /pair_sector, /exporter_product, /market_product
void write_factors(Writer& writer);           ///< /factors
void write_cells(Writer& writer);             ///< /cells
void write_dense(Writer& writer);             ///< /dense
void write_provenance(const Writer& writer);  ///< /provenance

/// Bytes of values that write_margins, write_factors and write_cells write, and those of write_dense.
std::uint64_t table_bytes(const Solution& solution);
std::uint64_t dense_bytes(const Solution& solution, const ResultOptions& options);

}  // namespace potentia::result
