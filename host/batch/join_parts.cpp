#include "host/batch/join_parts.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "host/batch/gather_sectors.hpp"
#include "io/result/result_columns.hpp"

namespace potentia {
namespace {

constexpr int end_of_service = -1;

/// Puts the columns of a part into a whole table.
void put_columns(const Buffer<double>& from, const std::vector<std::int32_t>& columns, std::size_t rows, std::size_t products,
                 Buffer<double>& whole) {
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t at = 0; at < columns.size(); ++at)
      whole[row * products + static_cast<std::size_t>(columns[at])] = from[row * columns.size() + at];
}

template <class T>
void send_list(Ranks& ranks, int to, const T& list) {
  const std::uint64_t size = list.size();
  ranks.send(to, &size, sizeof size);
  if (size > 0) ranks.send(to, list.data(), size * sizeof list[0]);
}

template <class T>
T receive_list(Ranks& ranks, int from) {
  std::uint64_t size = 0;
  ranks.receive(from, &size, sizeof size);
  T list(size);
  if (size > 0) ranks.receive(from, list.data(), size * sizeof list[0]);
  return list;
}

void send_part(Ranks& ranks, const Part& part) {
  send_list(ranks, 0, part.columns);
  send_list(ranks, 0, part.sums.world.potential);
  send_list(ranks, 0, part.cells.offsets);
  send_list(ranks, 0, part.cells.market);
  send_list(ranks, 0, part.cells.product);
  for (const std::vector<double>& column : part.cells.columns) send_list(ranks, 0, column);
}

PartAtHand receive_part(Ranks& ranks, int from) {
  PartAtHand part;
  part.columns = receive_list<std::vector<std::int32_t>>(ranks, from);
  part.potential = receive_list<Buffer<double>>(ranks, from);
  part.list.cells.offsets = receive_list<std::vector<std::uint64_t>>(ranks, from);
  part.list.cells.market = receive_list<std::vector<std::int32_t>>(ranks, from);
  part.list.cells.product = receive_list<std::vector<std::int32_t>>(ranks, from);
  for (std::vector<double>& column : part.list.cells.columns) column = receive_list<std::vector<double>>(ranks, from);
  part.list.columns = part.columns;
  part.table = [&ranks, from](const ProductTable& which) {
    const int asked[2] = {static_cast<int>(which.kind), which.number};
    ranks.send(from, asked, sizeof asked);
    return receive_list<Buffer<double>>(ranks, from);
  };
  return part;
}

void serve(Ranks& ranks, const Part& part) {
  while (true) {
    int asked[2];
    ranks.receive(0, asked, sizeof asked);
    if (asked[0] == end_of_service) return;
    send_list(ranks, 0, table_of(part, {static_cast<ProductTable::Kind>(asked[0]), asked[1]}));
  }
}

}  // namespace

Buffer<double> table_of(const Part& part, const ProductTable& which) {
  const Buffer<double>* table = nullptr;
  switch (which.kind) {
    case ProductTable::Kind::exporter_product: table = &part.sums.exporter_product.columns[which.number]; break;
    case ProductTable::Kind::market_product: table = &part.sums.market_product.columns[which.number]; break;
    case ProductTable::Kind::factor: table = &(part.factors.*factor_tables[which.number].values); break;
  }
  Buffer<double> copy(table->size());
  std::copy(table->begin(), table->end(), copy.begin());
  return copy;
}

void join_parts(std::vector<PartAtHand> parts, const PairTerms& terms, const std::vector<PairPiece>& pieces,
                std::int32_t countries, std::int32_t sectors, const ListingRule& rule, int threads, Solution& solution) {
  const Axes& axes = solution.axes;
  const std::size_t exporters = axes.exporters.size(), markets = axes.markets.size(), products = axes.products.size();
  write_pair_margins(terms, pieces, sectors, axes.exporters, axes.markets, threads, solution.margins);

  Buffer<double> potential(exporters * products);
  std::vector<ProvisionalList> lists;
  for (PartAtHand& part : parts) {
    put_columns(part.potential, part.columns, exporters, products, potential);
    part.potential = {};
    lists.push_back(std::move(part.list));
  }
  std::vector<std::int32_t> position(countries, -1);
  for (std::size_t at = 0; at < markets; ++at) position[axes.markets[at]] = static_cast<std::int32_t>(at);
  solution.cells = merge_lists(lists, potential.data(), static_cast<std::int32_t>(exporters),
                               static_cast<std::int32_t>(products), position, rule);

  const auto shared = std::make_shared<std::vector<PartAtHand>>(std::move(parts));
  solution.product_tables = [shared, exporters, markets, products, countries](const ProductTable& which) {
    const std::size_t rows = which.kind == ProductTable::Kind::exporter_product ? exporters
                             : which.kind == ProductTable::Kind::market_product ? markets
                                                                                : static_cast<std::size_t>(countries);
    if (shared->size() == 1 && shared->front().columns.size() == products) return shared->front().table(which);
    Buffer<double> whole(rows * products);
    for (const PartAtHand& part : *shared) put_columns(part.table(which), part.columns, rows, products, whole);
    return whole;
  };
}

std::uint64_t join_ranks(Ranks& ranks, const Division& division, Part part, std::int32_t sectors, const ListingRule& rule,
                int threads, Solution& solution) {
  const PairTerms terms = part.sums.terms;
  const std::size_t size = part.sums.exporters.size() * terms.row_size();
  const std::vector<PairPiece> pieces = gather_sectors(ranks, division, std::move(part.pieces), size);
  std::uint64_t sent = ranks.take_sent_bytes();
  if (!ranks.is_root()) {
    ranks.send(0, &sent, sizeof sent);
    send_part(ranks, part);
    serve(ranks, part);
    return sent;
  }
  std::vector<PartAtHand> parts(1);
  parts[0].columns = part.columns;
  parts[0].list = {std::move(part.cells), part.columns};
  parts[0].potential = std::move(part.sums.world.potential);
  solution.factors.ease = std::move(part.factors.ease);
  const auto own = std::make_shared<Part>(std::move(part));
  parts[0].table = [own](const ProductTable& which) { return table_of(*own, which); };
  for (int from = 1; from < ranks.size(); ++from) {
    std::uint64_t others = 0;
    ranks.receive(from, &others, sizeof others);
    sent = std::max(sent, others);
    parts.push_back(receive_part(ranks, from));
  }
  join_parts(std::move(parts), terms, pieces, terms.countries, sectors, rule, threads, solution);
  return sent;
}

void release_ranks(Ranks& ranks) {
  const int asked[2] = {end_of_service, 0};
  for (int to = 1; to < ranks.size(); ++to) ranks.send(to, asked, sizeof asked);
}

}  // namespace potentia
