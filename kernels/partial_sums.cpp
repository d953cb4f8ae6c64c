#include "kernels/partial_sums.hpp"

#include <algorithm>
#include <cstring>

#include "kernels/margins.hpp"

namespace potentia {
namespace {

void add_to(Buffer<double>& sums, const double* PT_RESTRICT more) {
  double* PT_RESTRICT to = sums.data();
  for (std::size_t at = 0; at < sums.size(); ++at) to[at] += more[at];
}

}  // namespace

void PairPieces::add(std::int32_t segment, std::int32_t sector, bool starts_sector, const double* own, std::size_t size) {
  if (follows(starts_sector)) return add_to(pieces_.back().sums, own);
  Buffer<double> copy(size);
  if (size > 0) std::memcpy(copy.data(), own, size * sizeof(double));
  add(segment, sector, starts_sector, copy);
}

void PairPieces::add(std::int32_t segment, std::int32_t sector, bool starts_sector, Buffer<double>& own) {
  if (follows(starts_sector)) return add_to(pieces_.back().sums, own.data());
  open_ = true;
  pieces_.push_back({segment, sector, !starts_sector, std::move(own)});  // 0 + x = x: the sums start at +0
}

void fold_pieces(std::vector<PairPiece>& pieces) {
  std::sort(pieces.begin(), pieces.end(), [](const PairPiece& a, const PairPiece& b) { return a.segment < b.segment; });
  std::vector<PairPiece> folded;
  for (PairPiece& piece : pieces) {
    if (piece.continues && !folded.empty() && !folded.back().continues && folded.back().sector == piece.sector)
      add_to(folded.back().sums, piece.sums.data());
    else
      folded.push_back(std::move(piece));
  }
  pieces = std::move(folded);
}

void add_sectors(const std::vector<PairPiece>& pieces, std::size_t size, double* total) {
  std::fill(total, total + size, 0.0);
  for (const PairPiece& piece : pieces)
    for (std::size_t at = 0; at < size; ++at) total[at] += piece.sums[at];
}

void sum_all(std::vector<PairPiece> pieces, std::size_t size, const SumPieces& others, double* total) {
  if (others) return others(std::move(pieces), size, total);
  fold_pieces(pieces);
  add_sectors(pieces, size, total);
}

PairTerms PairTerms::of(const TableView& view, CellTerms cells) {
  PairTerms terms;
  terms.cells = cells;
  terms.countries = view.countries;
  terms.tariffs = view.tariff_rows > 0;
  terms.income_by_product = view.income_by_product;
  terms.log_population.assign(view.log_population, view.log_population + view.stride);
  if (!view.income_by_product) terms.log_income.assign(view.log_income, view.log_income + view.stride);
  return terms;
}

TableView PairTerms::view() const {
  TableView view{};
  view.countries = countries;
  view.stride = padded(countries);
  view.tariff_rows = tariffs ? 1 : 0;
  view.income_by_product = income_by_product;
  view.log_population = log_population.data();
  view.log_income = log_income.data();
  return view;
}

std::size_t PairTerms::slots() const { return used_pair_slots(cells, income_by_product, tariffs); }

std::size_t PairTerms::row_size() const { return slots() * static_cast<std::size_t>(padded(countries)); }

const double* WorldTotals::row(Column column, std::size_t row, std::size_t products, std::vector<double>& room) const {
  if (!sums) return (column == column_potential ? potential : unrealized).data() + row * products;
  room.resize(products);
  sums->row(column, row, 0, products, room.data());
  return room.data();
}

void make_columns(Margin& margin, std::size_t size, ColumnSet asked) {
  for (int c = 0; c < column_count; ++c)
    if (asked.has(c)) margin.columns[c] = Buffer<double>(size);
}

void write_columns(Margin& margin, std::size_t at, const CellSums& sums) {
  double columns[column_count];
  value_columns(sums, columns);
  for (int c = 0; c < column_count; ++c)
    if (!margin.columns[c].empty()) margin.columns[c][at] = columns[c];
}

std::vector<const double*> sums_by_sector(const std::vector<PairPiece>& pieces, std::int32_t sectors) {
  std::vector<const double*> sums(sectors, nullptr);
  for (const PairPiece& piece : pieces) sums[piece.sector] = piece.sums.data();
  return sums;
}

CellSums sums_of_pair(const PairTerms& terms, const TableView& view, const double* row, std::int32_t market) {
  return pair_sums(view, market, row + terms.place(0, static_cast<std::size_t>(market)), sum_lanes, terms.cells);
}

void write_pair_margins(const PairTerms& terms, const std::vector<PairPiece>& pieces, std::int32_t sectors,
                        const std::vector<std::int32_t>& exporters, const std::vector<std::int32_t>& markets, int threads,
                        Margins& margins, const AskedSums& asked) {
  const TableView view = terms.view();
  const std::size_t row_size = terms.row_size(), market_count = markets.size();
  const std::vector<double> nothing(row_size, 0.0);
  const std::vector<const double*> sums = sums_by_sector(pieces, sectors);
  const double* const* sector_sums = sums.data();
  make_columns(margins.pair, exporters.size() * market_count, asked.pair);
  make_columns(margins.pair_sector, exporters.size() * market_count * sectors, asked.pair_sector);

  const std::int64_t rows = static_cast<std::int64_t>(exporters.size());
#pragma omp parallel num_threads(threads)
  {
    std::vector<double> total(row_size);
#pragma omp for schedule(static)
    for (std::int64_t row = 0; row < rows; ++row) {
      std::fill(total.begin(), total.end(), 0.0);
      for (std::int32_t sector = 0; sector < sectors; ++sector) {
        const double* slot = sector_sums[sector] == nullptr ? nothing.data() : sector_sums[sector] + row * row_size;
        for (std::size_t at = 0; at < row_size; ++at) total[at] += slot[at];
        if (asked.pair_sector.empty()) continue;
        for (std::size_t m = 0; m < market_count; ++m)
          write_columns(margins.pair_sector, (row * market_count + m) * sectors + sector,
                        sums_of_pair(terms, view, slot, markets[m]));
      }
      if (asked.pair.empty()) continue;
      for (std::size_t m = 0; m < market_count; ++m)
        write_columns(margins.pair, row * market_count + m, sums_of_pair(terms, view, total.data(), markets[m]));
    }
  }
}

}  // namespace potentia
