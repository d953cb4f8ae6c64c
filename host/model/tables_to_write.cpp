// See tables_to_write.hpp.
#include "host/model/tables_to_write.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>

#include "io/result/result_columns.hpp"
#include "kernels/margins.hpp"

namespace potentia {
namespace {

/// The [product][country] table behind a factor. @throws nothing: ease is the only one that has none
const double* table_of(const TableView& view, const FactorTable& factor) {
  if (factor.values == &Factors::supply_now) return view.supply_now;
  if (factor.values == &Factors::supply) return view.supply;
  if (factor.values == &Factors::demand_now) return view.imports;
  if (factor.values == &Factors::demand) return view.demand;
  return view.typical;
}

/// One value column of an exporter's pairs: out[m * step] is that of markets[m]. Which one is known to the compiler, so that
/// it leaves out all others. @param view of these terms; @param row the exporter's row of a piece
template <int wanted>
void fill_column(const PairTerms& terms, const TableView& view, const double* row,
                 const std::vector<std::int32_t>& markets, double* out, std::size_t step) {
  const std::size_t vector = terms.slots() * sum_lanes;
  for (const std::int32_t market : markets) {
    const std::size_t at = static_cast<std::size_t>(market);
    const double* const slots = row + at / sum_lanes * vector + at % sum_lanes;  // as PairTerms::place()
    double columns[column_count];
    value_columns(pair_sums(view, market, slots, sum_lanes, terms.cells), columns);
    *out = columns[wanted];
    out += step;
  }
}

using FillColumn = void (*)(const PairTerms&, const TableView&, const double*, const std::vector<std::int32_t>&, double*, std::size_t);

template <int... columns>
constexpr std::array<FillColumn, column_count> fillers(std::integer_sequence<int, columns...>) {
  return {fill_column<columns>...};
}
constexpr std::array<FillColumn, column_count> column_fillers = fillers(std::make_integer_sequence<int, column_count>());

/// What sums of pairs become, piece by piece.
struct PairSums {
  PairTerms terms;
  std::vector<PairPiece> pieces;
  std::vector<const double*> by_sector;
  std::vector<std::int32_t> markets;
  std::vector<double> nothing;  ///< the sums of a sector without products
};

}  // namespace

std::function<void(int, const TableBox&, double*)> factor_parts(const Problem& problem, const Tables& tables) {
  std::vector<std::int32_t> product_of(static_cast<std::size_t>(problem.products));  // [product column]
  for (std::int32_t product = 0; product < problem.products; ++product)
    product_of[static_cast<std::size_t>(problem.product_column[product])] = product;
  return [view = tables.view, product_of = std::move(product_of)](int number, const TableBox& box, double* out) {
    const FactorTable& factor = factor_tables[number];
    const double* const table = table_of(view, factor);
    for (std::size_t column = 0; column < box.columns; ++column) {
      const auto product = static_cast<std::size_t>(product_of[box.first_column + column]);
      const double* const from = table + product * static_cast<std::size_t>(view.stride) + box.first_row;
      for (std::size_t row = 0; row < box.rows; ++row) out[row * box.stride + column] = from[row];
    }
    if (factor.values != &Factors::typical_distance) return;
    for (std::size_t row = 0; row < box.rows; ++row)
      for (std::size_t column = 0; column < box.columns; ++column)
        if (double& km = out[row * box.stride + column]; std::isinf(km)) km = std::nan("");
  };
}

Buffer<double> ease_of(const TableView& view) {
  const auto countries = static_cast<std::size_t>(view.countries), stride = static_cast<std::size_t>(view.stride);
  Buffer<double> ease(countries * countries);
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t market = 0; market < countries; ++market)
      ease[exporter * countries + market] = view.ease[exporter * stride + market];
  return ease;
}

std::function<void(Column, const TableBox&, double*)> pair_sector_parts(PairTerms terms, std::vector<PairPiece> pieces,
                                                                        std::int32_t sectors,
                                                                        std::vector<std::int32_t> markets) {
  const auto sums = std::make_shared<PairSums>();
  sums->terms = std::move(terms);
  sums->pieces = std::move(pieces);
  sums->by_sector = sums_by_sector(sums->pieces, sectors);
  sums->markets = std::move(markets);
  sums->nothing.resize(sums->terms.row_size(), 0.0);
  return [sums, sectors](Column wanted, const TableBox& box, double* out) {
    const FillColumn fill = column_fillers[static_cast<std::size_t>(wanted)];
    const TableView view = sums->terms.view();
    const std::size_t row_size = sums->terms.row_size(), count = static_cast<std::size_t>(sectors);
    // Markets that the columns touch, of each one sector after the other; the outermost ones in part.
    const std::size_t first = box.first_column / count, last = (box.first_column + box.columns + count - 1) / count;
    const std::vector<std::int32_t> touched(sums->markets.begin() + static_cast<std::ptrdiff_t>(first),
                                            sums->markets.begin() + static_cast<std::ptrdiff_t>(last));
    const std::size_t skipped = box.first_column - first * count;
    std::vector<double> values(touched.size() * count);  // [market, sector]
    for (std::size_t row = 0; row < box.rows; ++row) {
      for (std::size_t sector = 0; sector < count; ++sector) {
        const double* const own = sums->by_sector[sector];
        const double* const from = own == nullptr ? sums->nothing.data() : own + (box.first_row + row) * row_size;
        fill(sums->terms, view, from, touched, values.data() + sector, count);
      }
      std::copy_n(values.data() + skipped, box.columns, out + row * box.stride);
    }
  };
}

std::function<void(const ProductTable&, const TableBox&, double*)> product_parts(
    std::shared_ptr<const ProductSums> exporter, std::shared_ptr<const ProductSums> market) {
  return [exporter = std::move(exporter), market = std::move(market)](const ProductTable& which, const TableBox& box, double* out) {
    const ProductSums& sums = which.kind == ProductTable::Kind::exporter_product ? *exporter : *market;
    for (std::size_t row = 0; row < box.rows; ++row)
      sums.row(static_cast<Column>(which.number), box.first_row + row, box.first_column, box.columns, out + row * box.stride);
  };
}

}  // namespace potentia
