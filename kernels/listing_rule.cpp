#include "kernels/listing_rule.hpp"

#include <algorithm>
#include <cstring>

namespace potentia {

void sort_descending(const double* value, std::vector<std::int32_t>& columns) {
  // By digits of the bits, which are ordered as the numbers are: comparisons of thousands of columns of every exporter
  // cost more than the list itself.
  constexpr int digit_bits = 11, digits = 6, buckets = 1 << digit_bits;
  struct Entry {
    std::uint64_t key;
    std::int32_t column;
  };
  std::vector<Entry> entries(columns.size()), sorted(columns.size());
  std::vector<std::uint32_t> count(digits * buckets);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    std::uint64_t bits;
    std::memcpy(&bits, &value[columns[at]], sizeof bits);
    entries[at] = {~bits, columns[at]};
    for (int digit = 0; digit < digits; ++digit) ++count[digit * buckets + (~bits >> (digit * digit_bits)) % buckets];
  }
  for (int digit = 0; digit < digits; ++digit) {
    std::uint32_t* const begin = count.data() + digit * buckets;
    std::uint32_t sum = 0;
    for (int bucket = 0; bucket < buckets; ++bucket) {
      const std::uint32_t own = begin[bucket];
      begin[bucket] = sum;
      sum += own;
    }
    for (const Entry& entry : entries) sorted[begin[(entry.key >> (digit * digit_bits)) % buckets]++] = entry;
    entries.swap(sorted);
  }
  for (std::size_t at = 0; at < columns.size(); ++at) columns[at] = entries[at].column;
}

std::vector<std::int32_t> qualifying_columns(const double* potential, std::int32_t products, const ListingRule& rule) {
  std::vector<std::int32_t> ranked;
  for (std::int32_t column = 0; column < products; ++column)
    if (potential[column] > 0.0) ranked.push_back(column);
  if (!rule.thresholds) return ranked;
  sort_descending(potential, ranked);
  double total = 0.0;
  for (const std::int32_t column : ranked) total += potential[column];
  std::vector<std::int32_t> qualifying;
  double before = 0.0;
  for (const std::int32_t column : ranked) {
    if (potential[column] >= rule.product_minimum || before < rule.product_coverage * total) qualifying.push_back(column);
    before += potential[column];
  }
  return qualifying;
}

std::vector<std::int32_t> certain_columns(const double* potential, std::int32_t products, const ListingRule& rule) {
  std::vector<std::int32_t> certain;
  for (std::int32_t column = 0; column < products; ++column)
    if (potential[column] > 0.0 && (!rule.thresholds || potential[column] >= rule.product_minimum)) certain.push_back(column);
  return certain;
}

CellList merge_lists(const std::vector<ProvisionalList>& parts, const double* potential, std::int32_t exporters,
                     std::int32_t products, const std::vector<std::int32_t>& markets, const ListingRule& rule) {
  struct Entry {
    double unrealized;
    std::int32_t market, column;
    std::size_t part;
    std::uint64_t at;  ///< in the part's list
  };
  CellList all;
  all.offsets.push_back(0);
  std::vector<char> qualifies(products);
  for (std::int32_t exporter = 0; exporter < exporters; ++exporter) {
    std::fill(qualifies.begin(), qualifies.end(), 0);
    for (const std::int32_t column : qualifying_columns(potential + static_cast<std::size_t>(exporter) * products, products, rule))
      qualifies[column] = 1;
    std::vector<Entry> entries;
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const CellList& cells = parts[part].cells;
      for (std::uint64_t at = cells.offsets[exporter]; at < cells.offsets[exporter + 1]; ++at) {
        const std::int32_t column = parts[part].columns[cells.product[at]];
        if (qualifies[column]) entries.push_back({cells.columns[column_unrealized][at], cells.market[at], column, part, at});
      }
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return listed_before(a.unrealized, a.market, a.column, b.unrealized, b.market, b.column);
    });
    if (rule.top > 0 && entries.size() > static_cast<std::size_t>(rule.top)) entries.resize(rule.top);
    for (const Entry& entry : entries) {
      if (markets[entry.market] < 0) continue;  // a restriction shows a slice of the full list
      all.market.push_back(markets[entry.market]);
      all.product.push_back(entry.column);
      for (int c = 0; c < column_count; ++c)
        all.columns[c].push_back(parts[entry.part].cells.columns[c][entry.at]);
    }
    all.offsets.push_back(all.market.size());
  }
  return all;
}

}  // namespace potentia
