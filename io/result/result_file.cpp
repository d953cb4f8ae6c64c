// Writes result.h5: the order of its parts.
#include "io/result/result_file.hpp"

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_writer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace result {

void Writer::advance(std::uint64_t bytes) {
  done += bytes;
  output.start_write_back();
  if (options.progress) options.progress("write", done, total);
  check_interrupted();
}

Labels labels_of(const World& world, const Solution& solution) {
  Labels labels;
  for (const std::int32_t i : solution.axes.exporters) {
    labels.exporter.push_back(world.countries.at(i).iso3);
    labels.exporter_name.push_back(world.countries.at(i).name);
  }
  for (const std::int32_t j : solution.axes.markets) {
    labels.market.push_back(world.countries.at(j).iso3);
    labels.market_name.push_back(world.countries.at(j).name);
  }
  for (const std::int32_t k : solution.axes.products) {
    labels.product.push_back(world.products.at(k).code);
    labels.product_name.push_back(world.products.at(k).name);
  }
  labels.sector = world.sectors;
  return labels;
}

namespace {

// A scale and the dataset of names beside it.
void write_axis(const Writer& writer, const std::string& name, const std::vector<std::string>& labels,
                const std::string& label_words, const std::vector<std::string>& names, const std::string& name_words) {
  const hdf5::Dataset scale = hdf5::write_label_scale(writer.file, name, labels, label_words);
  const hdf5::Dataset companion = hdf5::write_strings(writer.file, name + "_name", names);
  hdf5::describe(companion, "1", name_words);
  hdf5::attach_scale(companion, scale, 0);
}

}  // namespace

void write_axes(Writer& writer) {
  const Labels& labels = writer.labels;
  write_axis(writer, "exporter", labels.exporter, "exporter, ISO3 code", labels.exporter_name, "name of the exporter");
  write_axis(writer, "market", labels.market, "market, ISO3 code", labels.market_name, "name of the market");
  write_axis(writer, "product", labels.product, "product, HS code of six digits", labels.product_name,
             "name of the product");
  write_axis(writer, "sector", labels.sector, "sector", labels.sector, "name of the sector");
}

}  // namespace result

ResultReport write_result(const std::string& path, const World& world, const Solution& solution,
                          const ResultOptions& options) {
  if (!options.dense.empty() && options.backend == nullptr)
    throw Error(ErrorKind::internal, "a dense cube needs the backend that holds the problem", "write_result");
  const std::uint64_t tables = result::table_bytes(world, solution);
  const std::uint64_t dense = result::dense_bytes(solution, options);
  OutputFile output(path, (tables + dense) / 3);  // what deflate leaves at best; a disk that fills up later is noticed
  result::Writer writer{
      world, solution,      options, result::labels_of(world, solution), output, hdf5::create_file(output.path()),
      {},    0,        tables + dense};
  result::plan_tables(writer);

  result::begin_file(writer, result_format, result_format_version);
  result::write_years(writer);

  result::write_axes(writer);
  result::write_margins(writer);
  result::write_factors(writer);
  result::write_cells(writer);
  result::write_dense(writer);
  return result::end_file(writer);
}

}  // namespace potentia
