// See trade_order.hpp.
#include "io/import/trade_order.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

/// Rows of one pair of countries that lie side by side.
struct Run {
  std::uint32_t pair;  // exporter * countries + market
  std::uint32_t rows;
  const std::uint16_t* product;
  const double* value;
};

/// Bounds of `parts` shares of about as many rows each.
std::vector<std::size_t> shares(const std::vector<Run>& runs, std::uint64_t rows, int parts) {
  std::vector<std::size_t> bounds{0};
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    while (bounds.size() < static_cast<std::size_t>(parts) &&
           seen >= rows * bounds.size() / static_cast<std::size_t>(parts)) {
      bounds.push_back(i);
    }
    seen += runs[i].rows;
  }
  bounds.resize(static_cast<std::size_t>(parts), runs.size());
  bounds.push_back(runs.size());
  bounds[0] = 0;
  return bounds;
}

/// Counts of [part][key] become the first position of each part's items with each key.
/// @return first position of each key, and the total behind the last
std::vector<std::uint64_t> positions(std::vector<std::uint64_t>& counts, std::size_t keys, int parts) {
  std::vector<std::uint64_t> offset(keys + 1);
  std::uint64_t next = 0;
  for (std::size_t key = 0; key < keys; ++key) {
    offset[key] = next;
    for (int part = 0; part < parts; ++part) {
      std::uint64_t& count = counts[static_cast<std::size_t>(part) * keys + key];
      next += std::exchange(count, next);
    }
  }
  offset[keys] = next;
  return offset;
}

/// Rows in any order, moved so that those of one pair lie side by side.
struct PairOrder {
  Buffer<std::uint16_t> product;
  Buffer<double> value;
  std::vector<Run> runs;

  PairOrder(const std::vector<Run>& scattered, std::uint64_t rows, std::size_t pairs, int threads)
      : product(rows), value(rows) {
    const int parts = std::min(threads, 8);
    const std::vector<std::size_t> bounds = shares(scattered, rows, parts);
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(parts) * pairs);
    const Run* run = scattered.data();
    const std::size_t* bound = bounds.data();
    std::uint64_t* count = counts.data();
#pragma omp parallel for num_threads(parts) schedule(static, 1)
    for (int part = 0; part < parts; ++part) {
      std::uint64_t* own = count + static_cast<std::size_t>(part) * pairs;
      for (std::size_t i = bound[part]; i < bound[part + 1]; ++i) own[run[i].pair] += run[i].rows;
    }
    const std::vector<std::uint64_t> offset = positions(counts, pairs, parts);
    std::uint16_t* to_product = product.data();
    double* to_value = value.data();
#pragma omp parallel for num_threads(parts) schedule(static, 1)
    for (int part = 0; part < parts; ++part) {
      std::uint64_t* own = count + static_cast<std::size_t>(part) * pairs;
      for (std::size_t i = bound[part]; i < bound[part + 1]; ++i) {
        const Run& from = run[i];
        const std::uint64_t at = own[from.pair];
        own[from.pair] += from.rows;
        std::memcpy(to_product + at, from.product, from.rows * sizeof(std::uint16_t));
        std::memcpy(to_value + at, from.value, from.rows * sizeof(double));
      }
    }
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      const std::uint64_t size = offset[pair + 1] - offset[pair];
      if (size == 0) continue;
      runs.push_back({static_cast<std::uint32_t>(pair), static_cast<std::uint32_t>(size), to_product + offset[pair],
                      to_value + offset[pair]});
    }
  }
};

/// From runs in the order of pairs to flows by product: one counting pass keeps the pairs in order within a product.
TradeYear scatter_by_product(const std::vector<Run>& runs, std::uint64_t rows, std::size_t countries,
                             std::size_t products, int threads) {
  TradeYear year;
  year.exporter = Buffer<std::uint16_t>(rows);
  year.market = Buffer<std::uint16_t>(rows);
  year.value = Buffer<double>(rows);
  const int parts = std::min(threads, 64);
  const std::vector<std::size_t> bounds = shares(runs, rows, parts);
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(parts) * products);
  const Run* run = runs.data();
  const std::size_t* bound = bounds.data();
  std::uint64_t* count = counts.data();
#pragma omp parallel for num_threads(parts) schedule(static, 1)
  for (int part = 0; part < parts; ++part) {
    std::uint64_t* own = count + static_cast<std::size_t>(part) * products;
    for (std::size_t i = bound[part]; i < bound[part + 1]; ++i) {
      const Run from = run[i];
      for (std::uint32_t row = 0; row < from.rows; ++row) ++own[from.product[row]];
    }
  }
  year.product_offset = positions(counts, products, parts);
  std::uint16_t* to_exporter = year.exporter.data();
  std::uint16_t* to_market = year.market.data();
  double* to_value = year.value.data();
#pragma omp parallel for num_threads(parts) schedule(static, 1)
  for (int part = 0; part < parts; ++part) {
    std::uint64_t* own = count + static_cast<std::size_t>(part) * products;
    for (std::size_t i = bound[part]; i < bound[part + 1]; ++i) {
      const Run from = run[i];
      const auto exporter = static_cast<std::uint16_t>(from.pair / countries);
      const auto market = static_cast<std::uint16_t>(from.pair % countries);
      for (std::uint32_t row = 0; row < from.rows; ++row) {
        const std::uint64_t at = own[from.product[row]]++;
        to_exporter[at] = exporter;
        to_market[at] = market;
        to_value[at] = from.value[row];
      }
    }
  }
  return year;
}

bool repeats(const TradeYear& year, std::uint64_t i) {
  return year.exporter[i] == year.exporter[i - 1] && year.market[i] == year.market[i - 1];
}

/// Products in which some key stands twice.
std::vector<std::size_t> products_with_duplicates(const TradeYear& year, int threads) {
  const std::size_t products = year.product_offset.size() - 1;
  std::vector<char> found(products, 0);
  char* flag = found.data();
  const std::uint64_t* offset = year.product_offset.data();
  const std::uint16_t* exporter = year.exporter.data();
  const std::uint16_t* market = year.market.data();
#pragma omp parallel for num_threads(threads) schedule(dynamic, 64)
  for (std::size_t k = 0; k < products; ++k) {
    unsigned repeated = 0;
    for (std::uint64_t i = offset[k] + 1; i < offset[k + 1]; ++i) {
      repeated |= static_cast<unsigned>(exporter[i] == exporter[i - 1]) & static_cast<unsigned>(market[i] == market[i - 1]);
    }
    flag[k] = repeated != 0 ? 1 : 0;
  }
  std::vector<std::size_t> list;
  for (std::size_t k = 0; k < products; ++k) {
    if (found[k] != 0) list.push_back(k);
  }
  return list;
}

/// Keeps the largest value of each key, in place. @return rows dropped
std::uint64_t keep_largest(TradeYear& year) {
  std::uint64_t to = 0;
  std::uint64_t begin = 0;
  for (std::size_t k = 0; k + 1 < year.product_offset.size(); ++k) {
    const std::uint64_t end = year.product_offset[k + 1];
    const std::uint64_t first = to;
    for (std::uint64_t i = begin; i < end; ++i) {
      const bool again = to > first && year.exporter[i] == year.exporter[to - 1] && year.market[i] == year.market[to - 1];
      if (again) {
        year.value[to - 1] = std::max(year.value[to - 1], year.value[i]);
        continue;
      }
      year.exporter[to] = year.exporter[i];
      year.market[to] = year.market[i];
      year.value[to] = year.value[i];
      ++to;
    }
    begin = end;
    year.product_offset[k] = first;
  }
  year.product_offset.back() = to;
  return begin - to;
}

/// A copy of the first `rows` flows, in buffers of their size.
void trim(TradeYear& year, std::uint64_t rows) {
  Buffer<std::uint16_t> exporter(rows), market(rows);
  Buffer<double> value(rows);
  std::copy_n(year.exporter.data(), rows, exporter.data());
  std::copy_n(year.market.data(), rows, market.data());
  std::copy_n(year.value.data(), rows, value.data());
  year.exporter = std::move(exporter);
  year.market = std::move(market);
  year.value = std::move(value);
}

}  // namespace

OrderedTrade order_trade(const std::vector<TradeBlock>& blocks, std::size_t countries, std::size_t products, int threads,
                         bool drop_duplicates) {
  std::set<std::int32_t> years;
  for (const TradeBlock& block : blocks) {
    std::int32_t last = 0;
    for (const TradeRun& run : block.runs) {
      if (run.year != last) years.insert(run.year);
      last = run.year;
    }
  }
  OrderedTrade ordered;
  for (const std::int32_t year : years) {
    check_interrupted();
    std::vector<Run> runs;
    std::uint64_t rows = 0;
    for (const TradeBlock& block : blocks) {
      for (std::size_t i = 0; i < block.runs.size(); ++i) {
        const TradeRun& run = block.runs[i];
        if (run.year != year) continue;
        const std::uint32_t end = i + 1 < block.runs.size() ? block.runs[i + 1].begin : block.rows;
        runs.push_back({static_cast<std::uint32_t>(run.exporter * countries + run.market), end - run.begin,
                        block.product.data() + run.begin, block.value.data() + run.begin});
        rows += end - run.begin;
      }
    }
    TradeYear trade;
    if (runs.size() <= rows / 4) {
      std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.pair < b.pair; });
      trade = scatter_by_product(runs, rows, countries, products, threads);
    } else {
      const PairOrder order(runs, rows, countries * countries, threads);
      std::vector<Run>().swap(runs);
      trade = scatter_by_product(order.runs, rows, countries, products, threads);
    }
    trade.year = year;
    const std::vector<std::size_t> repeated = products_with_duplicates(trade, threads);
    if (!repeated.empty() && drop_duplicates) {
      const std::uint64_t dropped = keep_largest(trade);
      ordered.dropped += dropped;
      trim(trade, rows - dropped);
    } else {
      for (const std::size_t k : repeated) {
        for (std::uint64_t i = trade.product_offset[k] + 1; i < trade.product_offset[k + 1]; ++i) {
          if (!repeats(trade, i)) continue;
          ordered.duplicates.push_back({year, trade.exporter[i], trade.market[i], static_cast<std::uint16_t>(k)});
        }
      }
    }
    ordered.years.push_back(std::move(trade));
  }
  return ordered;
}

}  // namespace potentia
