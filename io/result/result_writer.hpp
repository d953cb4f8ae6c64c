// What the parts of result.h5 share while it is being written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/output_file.hpp"
#include "io/result/result_file.hpp"
#include "io/result/table_line.hpp"

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
  TableLine tables;         ///< margins and factors, planned in the order in which they are written; then cells
  std::uint64_t done = 0;   ///< bytes of values written
  std::uint64_t total = 0;  ///< … to be written

  /// Notes progress and lets the disk begin with what has arrived.
  void advance(std::uint64_t bytes);
};

/// Format, version, title and nomenclature; `write_years`: base years and horizon.
void begin_file(Writer& writer, const char* format, std::int64_t version);
void write_years(Writer& writer);

/// Writes the provenance, closes the file and puts it in its place. @throws Error(resources) when the disk is full.
ResultReport end_file(Writer& writer);

/// Plans margins and factors, so that threads begin with them.
void plan_tables(Writer& writer);
void write_axes(Writer& writer);              ///< /exporter, /market, /product, /sector and their names
void write_margins(Writer& writer);           ///< /pair, /pair_sector, /exporter_product, /market_product
void write_factors(Writer& writer);           ///< /factors
void write_cells(Writer& writer);             ///< /cells
void write_dense(Writer& writer);             ///< /dense
void write_provenance(const Writer& writer);  ///< /provenance

/// Bytes of values that write_margins and write_factors write, those of write_cells and of write_dense.
std::uint64_t table_bytes(const World& world, const Solution& solution);
std::uint64_t cell_bytes(const CellList& cells);
std::uint64_t dense_bytes(const Solution& solution, const ResultOptions& options);

}  // namespace potentia::result
