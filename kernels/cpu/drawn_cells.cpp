#include "kernels/cpu/drawn_cells.hpp"

#include <algorithm>

#include "kernels/cpu/vec8.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr std::int32_t block_tables = 128;  // so many products' tables stay in the second-level cache, of all problems
constexpr std::int32_t row_products = 16;   // of which an exporter's own rows are made at a time
constexpr int tile_products = 4;            // whose sums over markets stay in registers

enum class Access {
  none,
  same,
  both
};  ///< what tariffs multiply: nothing, the same now and at the horizon, or two terms

/// Up to four products of one exporter, all markets.
struct Tile {
  std::int64_t vectors;
  SupplyPoint supply[tile_products];
  const double *reach[tile_products], *actual[tile_products];  ///< [stride]
  const double *access_now[tile_products], *access[tile_products], *pull_now[tile_products], *pull[tile_products];
  double* pair;  ///< [vector][column][8] added to
  double* sums;  ///< [product][column] out; not with pairs only
};

template <Access kind, int products>
PT_CLONES void levels(const Tile& of) {
  const Tile tile = of;  // a copy that no store can touch: it goes to registers
  const vec8 one = vec8{} + 1.0;
  vec8 sum[products][level_columns] = {};
  for (std::int64_t v = 0; v < tile.vectors; ++v) {
    double* const pair = tile.pair + v * (8 * level_columns);
    vec8 total[level_columns];
#pragma GCC unroll 4
    for (int c = 0; c < level_columns; ++c) total[c] = load(pair + 8 * c);
#pragma GCC unroll 4
    for (int p = 0; p < products; ++p) {
      const vec8 access = kind == Access::none ? one : load(tile.access[p] + 8 * v);
      const vec8 access_now = kind == Access::both ? load(tile.access_now[p] + 8 * v) : access;
      const Cell<vec8> cell =
          evaluate_cell(tile.supply[p], load(tile.pull_now[p] + 8 * v), load(tile.pull[p] + 8 * v),
                        load(tile.reach[p] + 8 * v), access_now, access, one, load(tile.actual[p] + 8 * v));
      const vec8 level[level_columns] = {cell.potential_now, cell.potential, cell.unrealized, cell.static_part};
#pragma GCC unroll 4
      for (int c = 0; c < level_columns; ++c) {
        sum[p][c] += level[c];
        total[c] += level[c];
      }
    }
#pragma GCC unroll 4
    for (int c = 0; c < level_columns; ++c) store(pair + 8 * c, total[c]);
  }
#pragma GCC unroll 4
  for (int p = 0; p < products; ++p)
#pragma GCC unroll 4
    for (int c = 0; c < level_columns; ++c) {
      double lane[sum_lanes];
      store(lane, sum[p][c]);
      tile.sums[p * level_columns + c] = lane_total(lane);
    }
}

template <Access kind, int products>
PT_CLONES void unrealized(const Tile& of) {
  const Tile tile = of;
  const vec8 one = vec8{} + 1.0, zero{};
  for (std::int64_t v = 0; v < tile.vectors; ++v) {
    vec8 total = load(tile.pair + 8 * v);
#pragma GCC unroll 4
    for (int p = 0; p < products; ++p) {
      const vec8 access = kind == Access::none ? one : load(tile.access[p] + 8 * v);
      const vec8 potential =
          potential_of(tile.supply[p].horizon, load(tile.pull[p] + 8 * v), load(tile.reach[p] + 8 * v), access);
      total += larger<vec8>(zero, potential - load(tile.actual[p] + 8 * v));
    }
    store(tile.pair + 8 * v, total);
  }
}

template <Access kind>
void run(const Tile& tile, int products, bool pairs_only) {
  if (pairs_only) {
    constexpr Access one_kind = kind == Access::both ? Access::same : kind;  // only the horizon counts
    if (products == 4) return unrealized<one_kind, 4>(tile);
    if (products == 3) return unrealized<one_kind, 3>(tile);
    return products == 2 ? unrealized<one_kind, 2>(tile) : unrealized<one_kind, 1>(tile);
  }
  if (products == 4) return levels<kind, 4>(tile);
  if (products == 3) return levels<kind, 3>(tile);
  return products == 2 ? levels<kind, 2>(tile) : levels<kind, 1>(tile);
}

PT_CLONES void reach_row(const double* distance, const double* inverse_distance, const double* ease,
                         const double* typical, const double* inverse_typical, std::int64_t stride,
                         double* PT_RESTRICT reach) {
  for (std::int64_t at = 0; at < stride; at += 8)
    store(reach + at, distance_fit(load(distance + at), load(inverse_distance + at), load(typical + at),
                                   load(inverse_typical + at)) *
                          load(ease + at));
}

}  // namespace

void DrawnCells::start(const FlowGround& ground, const std::vector<DrawnProblem>& problems, bool pairs_only) {
  const std::int64_t stride = ground.stride(), countries = ground.problem().countries;
  ground_ = &ground;
  pairs_only_ = pairs_only;
  columns_ = pairs_only ? 1 : level_columns;
  vectors_ = stride / sum_lanes;
  tables_.resize(problems.size());
  pairs_.resize(problems.size());
  for (std::size_t n = 0; n < problems.size(); ++n) {
    tables_[n].start(ground, *problems[n].problem, problems[n].ease);
    const std::size_t size = (last_ - first_) * vectors_ * columns_ * sum_lanes;
    if (pairs_[n].size() != size) pairs_[n] = Buffer<double>(size);
    std::fill(pairs_[n].begin(), pairs_[n].end(), 0.0);
  }
  const TariffView& tariffs = ground.problem().tariffs;
  if (actual_.empty()) {
    const std::size_t size = row_products * static_cast<std::size_t>(stride);
    actual_ = Buffer<double>(size);
    reach_ = Buffer<double>(size);
    sold_.reserve(row_products);
    if (tariffs.rows > 0) {
      access_now_ = Buffer<double>(size);
      access_ = Buffer<double>(size);
      std::fill(access_now_.begin(), access_now_.end(), 1.0);
      std::fill(access_.begin(), access_.end(), 1.0);
      for (std::int64_t i = 0; i < countries; ++i)
        moves_.push_back(!std::equal(tariffs.row_now + i * countries, tariffs.row_now + (i + 1) * countries,
                                     tariffs.row_horizon + i * countries));
    }
  }
}

void DrawnCells::add(std::int32_t first, std::int32_t last, const std::vector<ExporterSums>& sums,
                     const std::int64_t* place, const BlockSink& after) {
  const std::int64_t stride = ground_->stride(), products = last - first;
  const bool tariffs = ground_->problem().tariffs.rows > 0;
  const std::int32_t block_products =
      std::max<std::int32_t>(row_products, block_tables / static_cast<std::int32_t>(tables_.size()));
  for (std::int32_t begin = first; begin < last; begin += block_products) {
    if (stop_requested.load(std::memory_order_relaxed)) return;
    const std::int32_t end = std::min(last, begin + block_products);
    for (DrawnTables& tables : tables_) tables.fill(begin, end);
    for (std::int32_t exporter = first_; exporter < last_; ++exporter) {
      const bool both = tariffs && moves_[exporter];
      for (std::int32_t product = begin; product < end;) {
        sold_.clear();
        for (; product < end && sold_.size() < row_products; ++product)
          if (ground_->tables().exports[product * stride + exporter] > 0.0) sold_.push_back(product - begin);
        if (sold_.empty()) continue;
        for (std::size_t s = 0; s < sold_.size(); ++s)
          place_flows(begin + sold_[s], exporter, actual_.data() + s * stride);
        for (std::size_t n = 0; n < tables_.size(); ++n) {
          if (n == 0 || tables_[n].ease() != tables_[n - 1].ease()) fill_reach(tables_[n].view(), exporter);
          if (tariffs) fill_access(tables_[n].view(), exporter, both);
          add_exporter(n, exporter, both, pairs_only_ ? nullptr : &sums[n],
                       pairs_only_ ? nullptr : place + (exporter - first_) * products + (begin - first));
        }
      }
    }
    if (after)
      for (std::size_t n = 0; n < tables_.size(); ++n) after(n, tables_[n].view(), begin, end);
  }
}

void DrawnCells::place_flows(std::int32_t product, std::int32_t exporter, double* actual) const {
  const FlowView& flows = ground_->problem().flows;
  const std::uint32_t* begin = ground_->tables().row_begin.data() +
                               product * (static_cast<std::size_t>(ground_->problem().countries) + 1) + exporter;
  const std::uint64_t base = flows.product_begin[product];
  std::fill_n(actual, ground_->stride(), 0.0);
  for (std::uint64_t flow = base + begin[0]; flow < base + begin[1]; ++flow)
    actual[flows.market[flow]] = flows.value[flow];
}

void DrawnCells::fill_reach(const TableView& view, std::int32_t exporter) {
  const std::int64_t stride = view.stride, row = exporter * stride;
  for (std::size_t s = 0; s < sold_.size(); ++s)
    reach_row(view.distance + row, view.inverse_distance + row, view.ease + row, view.typical + sold_[s] * stride,
              view.inverse_typical + sold_[s] * stride, stride, reach_.data() + s * stride);
}

void DrawnCells::fill_access(const TableView& view, std::int32_t exporter, bool both) {
  const std::vector<std::int32_t>& markets = ground_->tables().tariff_markets;
  const std::int32_t *now = view.row_now + exporter * static_cast<std::int64_t>(view.countries),
                     *horizon = view.row_horizon + exporter * static_cast<std::int64_t>(view.countries);
  for (std::size_t s = 0; s < sold_.size(); ++s) {
    const double* access = view.access + sold_[s] * static_cast<std::int64_t>(view.tariff_rows);
    double *to_now = access_now_.data() + s * view.stride, *to = access_.data() + s * view.stride;
    for (const std::int32_t market : markets) to[market] = horizon[market] < 0 ? 1.0 : access[horizon[market]];
    if (!both) continue;
    for (const std::int32_t market : markets) to_now[market] = now[market] < 0 ? 1.0 : access[now[market]];
  }
}

void DrawnCells::add_exporter(std::size_t problem, std::int32_t exporter, bool both, const ExporterSums* sums,
                              const std::int64_t* place) {
  const TableView& view = tables_[problem].view();
  const std::int64_t stride = view.stride;
  double out[tile_products * level_columns];
  Tile tile{};
  tile.vectors = static_cast<std::int64_t>(vectors_);
  tile.pair = pairs_[problem].data() + this->place(exporter, 0);
  tile.sums = out;
  for (std::size_t from = 0; from < sold_.size(); from += tile_products) {
    const int products = static_cast<int>(std::min<std::size_t>(tile_products, sold_.size() - from));
    for (int p = 0; p < products; ++p) {
      const std::int64_t s = static_cast<std::int64_t>(from) + p, row = sold_[s] * stride;
      tile.supply[p] = {view.supply_now[row + exporter], view.supply[row + exporter], 0.0};
      tile.reach[p] = reach_.data() + s * stride;
      tile.actual[p] = actual_.data() + s * stride;
      tile.access_now[p] = access_now_.empty() ? nullptr : access_now_.data() + s * stride;  // without tariffs
      tile.access[p] = access_.empty() ? nullptr : access_.data() + s * stride;
      tile.pull_now[p] = view.pull_now + row;
      tile.pull[p] = view.pull + row;
    }
    if (view.tariff_rows == 0)
      run<Access::none>(tile, products, pairs_only_);
    else if (both)
      run<Access::both>(tile, products, pairs_only_);
    else
      run<Access::same>(tile, products, pairs_only_);
    if (sums == nullptr) continue;
    for (int p = 0; p < products; ++p)
      for (int c = 0; c < level_columns; ++c) sums->column[c][place[sold_[from + p]]] = out[p * level_columns + c];
  }
}

}  // namespace potentia
