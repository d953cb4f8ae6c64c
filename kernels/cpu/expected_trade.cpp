#include "kernels/cpu/expected_trade.hpp"

#include <algorithm>
#include <vector>

#include "kernels/cell.hpp"
#include "kernels/cpu/access_row.hpp"
#include "kernels/cpu/vec8.hpp"

namespace potentia {
namespace {

constexpr int tile_exporters = 4;
constexpr int tile_vectors = 3;

/// One register tile: exporters × markets, summed over the segment's products in ascending order.
/// @param share [product of the segment][tile_exporters]
template <int vectors>
PT_CLONES void add_tile(const double* PT_RESTRICT share, const double* PT_RESTRICT imports, std::int64_t stride,
                        std::int64_t products, double* PT_RESTRICT expected) {
  vec8 sum[tile_exporters][vectors];
  for (int e = 0; e < tile_exporters; ++e)
    for (int v = 0; v < vectors; ++v) sum[e][v] = load(expected + e * stride + 8 * v);
  for (std::int64_t product = 0; product < products; ++product) {
    vec8 market[vectors];
    for (int v = 0; v < vectors; ++v) market[v] = load(imports + product * stride + 8 * v);
    for (int e = 0; e < tile_exporters; ++e) {
      const double s = share[product * tile_exporters + e];
      for (int v = 0; v < vectors; ++v) sum[e][v] += s * market[v];
    }
  }
  for (int e = 0; e < tile_exporters; ++e)
    for (int v = 0; v < vectors; ++v) store(expected + e * stride + 8 * v, sum[e][v]);
}

template <bool tariffs>
PT_CLONES void add_row(const TableView view, double supply_now, std::int64_t product, std::int64_t exporter,
                       const double* PT_RESTRICT access_now, double* PT_RESTRICT expected) {
  const std::int64_t stride = view.stride;
  const vec8 one = vec8{} + 1.0;
  for (std::int64_t at = 0; at < stride; at += 8) {
    const std::int64_t pair = exporter * stride + at, entry = product * stride + at;
    const vec8 reach = distance_fit(load(view.distance + pair), load(view.inverse_distance + pair),
                                    load(view.typical + entry), load(view.inverse_typical + entry));
    const vec8 access = tariffs ? load(access_now + at) : one;
    add_to(expected + at, potential_of(supply_now, load(view.pull_now + entry), reach, access));
  }
}

}  // namespace

void add_expected_trade(const TableView& view, const double* world_exports, const Segment& segment, double* expected) {
  const std::int64_t stride = view.stride, products = segment.last - segment.first;
  const double* imports = view.imports + segment.first * stride;
  std::vector<double> share(static_cast<std::size_t>(products) * tile_exporters);
  std::vector<double> last(static_cast<std::size_t>(tile_exporters) * stride);
  for (std::int64_t first = 0; first < view.countries; first += tile_exporters) {
    const std::int64_t exporters = std::min<std::int64_t>(tile_exporters, view.countries - first);
    for (std::int64_t product = 0; product < products; ++product)
      for (std::int64_t e = 0; e < tile_exporters; ++e) {
        const double world = world_exports[segment.first + product];
        const double own = e < exporters ? view.exports[(segment.first + product) * stride + first + e] : 0.0;
        share[product * tile_exporters + e] = world > 0.0 ? own / world : 0.0;
      }
    // The last tile may be short of exporters: work on a copy with spare rows.
    double* target = expected + first * stride;
    if (exporters < tile_exporters) {
      std::fill(last.begin(), last.end(), 0.0);
      std::copy(target, target + exporters * stride, last.begin());
      target = last.data();
    }
    std::int64_t at = 0;
    for (; at + 8 * tile_vectors <= stride; at += 8 * tile_vectors)
      add_tile<tile_vectors>(share.data(), imports + at, stride, products, target + at);
    for (; at < stride; at += 8) add_tile<1>(share.data(), imports + at, stride, products, target + at);
    if (exporters < tile_exporters)
      std::copy(last.begin(), last.begin() + exporters * stride, expected + first * stride);
  }
}

void add_uncalibrated_potential(const TableView& view, const std::int32_t* markets, std::size_t market_count,
                                const Segment& segment, double* expected) {
  const std::int64_t stride = view.stride;
  const bool tariffs = view.tariff_rows > 0;
  std::vector<double> now(stride, 1.0), horizon(stride, 1.0);
  for (std::int64_t exporter = 0; exporter < view.countries; ++exporter)
    for (std::int64_t product = segment.first; product < segment.last; ++product) {
      const double supply_now = view.supply_now[product * stride + exporter];
      if (supply_now == 0.0) continue;
      double* row = expected + exporter * stride;
      if (tariffs) {
        fill_access_row(view, markets, market_count, product, exporter, now.data(), horizon.data(), nullptr);
        add_row<true>(view, supply_now, product, exporter, now.data(), row);
      } else {
        add_row<false>(view, supply_now, product, exporter, nullptr, row);
      }
    }
}

}  // namespace potentia
