#include "host/draws/blocks_as_bytes.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include "kernels/error.hpp"

namespace potentia {
namespace {

/// A table [leading][entry] whose entries of exporter i are begin(i) to begin(i + 1) - 1.
struct RowTable {
  double* values;
  std::size_t leading, entries;
  const std::function<std::size_t(std::int32_t)>* begin;
};

class RowTables {
public:
  explicit RowTables(DrawsResult& draws) : draws_(draws) {
    add(draws.pair, by_pair_);
    add(draws.pair_sector, by_pair_sector_);
    add(draws.exporter_product, by_product_);
    add(draws.cells, by_cell_);
    for (std::vector<double>* share : {&draws.in_top10, &draws.in_top50})
      tables_.push_back({share->data(), 1, share->size(), &by_cell_});
    const std::size_t groups = draws.sensitivity.groups.size();
    for (auto [table, begin] :
         {std::pair(&draws.sensitivity.pair, &by_pair_), std::pair(&draws.sensitivity.exporter, &by_row_)})
      for (Buffer<double>* part : {&table->first, &table->total, &table->first_error, &table->total_error})
        if (groups > 0) tables_.push_back({part->data(), groups, part->size() / groups, begin});
  }

  /// Calls piece(numbers, how many) for every run of the exporters' numbers, in an order that only the tables decide.
  template <class Piece>
  void for_each(std::int32_t first, std::int32_t last, const Piece& piece) const {
    for (const RowTable& table : tables_) {
      const std::size_t begin = (*table.begin)(first), end = (*table.begin)(last);
      for (std::size_t leading = 0; leading < table.leading; ++leading)
        piece(table.values + leading * table.entries + begin, end - begin);
    }
  }

private:
  void add(DrawTable& table, const std::function<std::size_t(std::int32_t)>& begin) {
    for (std::size_t column = 0; column < drawn_columns.size(); ++column) {
      const std::size_t entries = table.mean[column].size();
      tables_.push_back({table.mean[column].data(), 1, entries, &begin});
      tables_.push_back({table.sd[column].data(), 1, entries, &begin});
      tables_.push_back({table.quantile[column].data(), draw_probabilities.size(), entries, &begin});
    }
  }
  std::size_t rows_of(std::size_t entries) const {
    const std::size_t rows = static_cast<std::size_t>(draws_.last_exporter - draws_.first_exporter);
    return rows == 0 ? 0 : entries / rows;
  }
  std::size_t row(std::int32_t exporter) const { return static_cast<std::size_t>(exporter - draws_.first_exporter); }

  DrawsResult& draws_;
  using Begin = std::function<std::size_t(std::int32_t)>;
  const Begin by_row_ = [this](std::int32_t i) { return row(i); };
  const Begin by_pair_ = [this](std::int32_t i) { return row(i) * rows_of(draws_.pair.mean[0].size()); };
  const Begin by_pair_sector_ = [this](std::int32_t i) { return row(i) * rows_of(draws_.pair_sector.mean[0].size()); };
  const Begin by_product_ = [this](std::int32_t i) { return row(i) * rows_of(draws_.exporter_product.mean[0].size()); };
  const Begin by_cell_ = [this](std::int32_t i) { return static_cast<std::size_t>(draws_.list.offsets[i]); };
  std::vector<RowTable> tables_;
};

}  // namespace

Bytes bytes_of_block(DrawsResult& draws, std::int32_t first, std::int32_t last) {
  const std::int32_t range[2] = {first, last};
  const RowTables tables(draws);
  std::size_t size = sizeof range;
  tables.for_each(first, last, [&](const double*, std::size_t count) { size += count * sizeof(double); });
  Bytes bytes(size);
  std::uint8_t* to = bytes.data();
  std::memcpy(to, range, sizeof range);
  to += sizeof range;
  tables.for_each(first, last, [&](const double* values, std::size_t count) {
    if (count > 0) std::memcpy(to, values, count * sizeof(double));
    to += count * sizeof(double);
  });
  return bytes;
}

std::int32_t put_block(const Bytes& bytes, DrawsResult& draws) {
  const auto complain = [] {
    throw input_error("a block of draws is damaged", "checkpoint",
                      "remove the folder of the checkpoint and begin anew");
  };
  std::int32_t range[2] = {0, 0};
  if (bytes.size() < sizeof range) complain();
  std::memcpy(range, bytes.data(), sizeof range);
  if (range[0] < draws.first_exporter || range[1] <= range[0] || range[1] > draws.last_exporter) complain();
  const RowTables tables(draws);
  std::size_t size = sizeof range;
  tables.for_each(range[0], range[1], [&](const double*, std::size_t count) { size += count * sizeof(double); });
  if (size != bytes.size()) complain();
  const std::uint8_t* from = bytes.data() + sizeof range;
  tables.for_each(range[0], range[1], [&](double* values, std::size_t count) {
    if (count > 0) std::memcpy(values, from, count * sizeof(double));
    from += count * sizeof(double);
  });
  return range[1];
}

}  // namespace potentia
