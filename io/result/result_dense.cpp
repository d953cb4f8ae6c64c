// /dense: whole cubes as float32, made, shuffled and deflated chunk by chunk on all cores.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_writer.hpp"

namespace potentia::result {
namespace {

constexpr hsize_t chunk_products = 512;

/// Makes chunks of one column: (1 exporter, all chosen markets, a run of products). Called from several threads.
class CubeSource {
public:
  CubeSource(const Writer& writer, Column column, const hdf5::Layout& layout)
      : backend_(*writer.options.backend),
        solution_(writer.solution),
        column_(column),
        countries_(writer.world.country_count()),
        chunk_(layout.chunk) {}

  void operator()(const hdf5::Shape& first, const hdf5::Shape& count, void* chunk) const {
    const auto exporter = solution_.axes.exporters[first[0]];
    const auto first_product = static_cast<std::int32_t>(first[2]);
    const auto products = static_cast<std::int32_t>(count[2]);
    auto* const out = static_cast<float*>(chunk);
    if (solution_.all_markets && count == chunk_) {
      backend_.dense_tile(column_, exporter, first_product, products, out);
      return;
    }
    static thread_local std::vector<float> tile;  // over all markets
    tile.resize(std::max<std::size_t>(tile.size(), countries_ * count[2]));
    backend_.dense_tile(column_, exporter, first_product, products, tile.data());
    for (hsize_t j = 0; j < count[1]; ++j) {
      const std::size_t market = solution_.axes.markets[first[1] + j];
      std::copy_n(tile.data() + market * count[2], count[2], out + j * chunk_[2]);
    }
  }

private:
  const Backend& backend_;
  const Solution& solution_;
  Column column_;
  std::size_t countries_;
  hdf5::Shape chunk_;
};

}  // namespace

std::uint64_t dense_bytes(const Solution& solution, const ResultOptions& options) {
  const Axes& axes = solution.axes;
  return options.dense.size() * axes.exporters.size() * axes.markets.size() * axes.products.size() * sizeof(float);
}

void write_dense(Writer& writer) {
  if (writer.options.dense.empty()) return;
  const Labels& labels = writer.labels;
  const hdf5::Group group = hdf5::create_group(writer.file, "dense");
  const auto exporter = hdf5::write_label_scale(group, "exporter", labels.exporter, "exporter, ISO3 code");
  const auto market = hdf5::write_label_scale(group, "market", labels.market, "market, ISO3 code");
  const auto product = hdf5::write_label_scale(group, "product", labels.product, "product, HS code of six digits");

  const hdf5::Shape shape = {labels.exporter.size(), labels.market.size(), labels.product.size()};
  hdf5::Layout layout;
  layout.packing = hdf5::Packing::shuffle_deflate;
  layout.least_zeros = 0.5;  // by measurement: most of what deflate saves, at more than twice its speed
  layout.chunk = {1, std::max<hsize_t>(1, shape[1]), std::max<hsize_t>(1, std::min(chunk_products, shape[2]))};
  const bool empty = hdf5::element_count(shape) == 0;

  for (const Column column : writer.options.dense) {
    const std::string name = column_name(column);
    if (hdf5::exists(group, name)) continue;  // asked for twice
    const auto cube = hdf5::create_dataset(group, name, H5T_NATIVE_FLOAT, shape, empty ? hdf5::Layout{} : layout);
    if (!empty) {
      const CubeSource source(writer, column, layout);
      std::uint64_t reported = 0;
      hdf5::write_chunks(cube, layout, std::cref(source), [&](std::uint64_t done, std::uint64_t) {
        writer.advance(done - reported);
        reported = done;
      });
    }
    hdf5::describe(cube, "USD", column_long_name(column));
    hdf5::attach_scale(cube, exporter, 0);
    hdf5::attach_scale(cube, market, 1);
    hdf5::attach_scale(cube, product, 2);
  }
}

}  // namespace potentia::result
