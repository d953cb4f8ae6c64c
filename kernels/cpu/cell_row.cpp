#include "kernels/cpu/cell_row.hpp"

#include <algorithm>

#include "kernels/cpu/access_row.hpp"
#include "kernels/cpu/vec8.hpp"
#include "kernels/margins.hpp"

namespace potentia {
namespace {

struct RowPointers {
  const double *actual, *access_now, *access, *access_growth;
};

PT_HD ExplainedCell<vec8> cells_at(const TableView& view, const RowPointers& row, std::int64_t product,
                                   std::int64_t exporter, std::int64_t at) {
  return cell_at<true>(view, view.supply_point(product, exporter), product, exporter, at,
                       AccessTerms<vec8>{load(row.access_now + at), load(row.access + at), load(row.access_growth + at)},
                       load(row.actual + at));
}

PT_CLONES void potentials(const TableView view, const RowPointers row, std::int64_t product, std::int64_t exporter,
                          double* PT_RESTRICT potential, double* PT_RESTRICT unrealized) {
  for (std::int64_t at = 0; at < view.stride; at += 8) {
    const ExplainedCell<vec8> parts = cells_at(view, row, product, exporter, at);
    store(potential + at, parts.cell.potential);
    store(unrealized + at, parts.cell.unrealized);
  }
}

PT_CLONES void all_columns(const TableView view, const RowPointers row, std::int64_t product, std::int64_t exporter,
                           double* PT_RESTRICT sums) {
  const double supply_growth = view.supply_point(product, exporter).growth;
  for (std::int64_t at = 0; at < view.stride; at += 8) {
    const ExplainedCell<vec8> parts = cells_at(view, row, product, exporter, at);
    const Cell<vec8>& cell = parts.cell;
    const vec8 realized = smaller(parts.actual, cell.potential);
    double* to = sums + at;
    const auto add = [&](Column column, const vec8& value) { add_to(to + column * view.stride, value); };
    add(column_actual, parts.actual);
    add(column_potential_now, cell.potential_now);
    add(column_potential, cell.potential);
    add(column_realized, realized);
    add(column_unrealized, cell.unrealized);
    add(column_static, cell.static_part);
    add(column_dynamic, cell.unrealized - cell.static_part);
    add(column_overtrade, parts.actual - realized);
    add(column_change_supply, cell.weight * supply_growth);
    add(column_change_population, cell.weight * parts.log_population);
    add(column_change_income, cell.weight * parts.log_income);
    add(column_change_tariff, cell.weight * parts.log_access);
  }
}

template <Column column>
PT_CLONES void one_column(const TableView view, const RowPointers row, std::int64_t product, std::int64_t exporter,
                          float* PT_RESTRICT out) {
  const double supply_growth = view.supply_point(product, exporter).growth;
  for (std::int64_t at = 0; at < view.stride; at += 8) {
    const ExplainedCell<vec8> parts = cells_at(view, row, product, exporter, at);
    const Cell<vec8>& cell = parts.cell;
    vec8 value;
    switch (column) {
      case column_actual: value = parts.actual; break;
      case column_potential_now: value = cell.potential_now; break;
      case column_potential: value = cell.potential; break;
      case column_realized: value = smaller(parts.actual, cell.potential); break;
      case column_unrealized: value = cell.unrealized; break;
      case column_static: value = cell.static_part; break;
      case column_dynamic: value = cell.unrealized - cell.static_part; break;
      case column_overtrade: value = parts.actual - smaller(parts.actual, cell.potential); break;
      case column_change_supply: value = cell.weight * supply_growth; break;
      case column_change_population: value = cell.weight * parts.log_population; break;
      case column_change_income: value = cell.weight * parts.log_income; break;
      default: value = cell.weight * parts.log_access; break;
    }
    double lane[8];
    store(lane, value);
    for (int l = 0; l < 8; ++l) out[at + l] = static_cast<float>(lane[l]);
  }
}

using ColumnLoop = void (*)(TableView, RowPointers, std::int64_t, std::int64_t, float*);

template <int... columns>
ColumnLoop column_loop(Column column, std::integer_sequence<int, columns...>) {
  static const ColumnLoop loops[] = {&one_column<static_cast<Column>(columns)>...};
  return loops[column];
}

}  // namespace

std::vector<std::int32_t> products_by_column(const Problem& problem) {
  std::vector<std::int32_t> product(problem.products);
  for (std::int32_t k = 0; k < problem.products; ++k) product[problem.product_column[k]] = k;
  return product;
}

CellRow::CellRow(const Problem& problem, const Tables& tables)
    : problem_(problem), tables_(tables), actual_(Buffer<double>::zeroed(tables.view.stride)),
      access_now_(tables.view.stride), access_(tables.view.stride),
      access_growth_(Buffer<double>::zeroed(tables.view.stride)), potential_(tables.view.stride),
      unrealized_(tables.view.stride) {
  std::fill(access_now_.begin(), access_now_.end(), 1.0);
  std::fill(access_.begin(), access_.end(), 1.0);
}

void CellRow::set_actual(std::int32_t product, std::int32_t exporter) {
  const std::size_t countries = problem_.countries;
  const std::uint32_t* begin = tables_.row_begin.data() + product * (countries + 1) + exporter;
  const std::uint64_t base = problem_.flows.product_begin[product];
  traded_begin_ = problem_.flows.market + base + begin[0];
  traded_end_ = problem_.flows.market + base + begin[1];
  const double* value = problem_.flows.value + base + begin[0];
  for (const std::uint16_t* market = traded_begin_; market != traded_end_; ++market) actual_[*market] = *value++;
}

double CellRow::actual_at(std::int32_t product, std::int32_t exporter, std::int32_t market) const {
  const std::size_t countries = problem_.countries;
  const std::uint32_t* row = tables_.row_begin.data() + product * (countries + 1) + exporter;
  const std::uint16_t* begin = problem_.flows.market + problem_.flows.product_begin[product] + row[0];
  const std::uint16_t* end = begin + (row[1] - row[0]);
  const std::uint16_t* found = std::lower_bound(begin, end, static_cast<std::uint16_t>(market));
  return found != end && *found == market ? problem_.flows.value[found - problem_.flows.market] : 0.0;
}

void CellRow::clear_actual() {
  for (const std::uint16_t* market = traded_begin_; market != traded_end_; ++market) actual_[*market] = 0.0;
}

void CellRow::set_access(std::int32_t product, std::int32_t exporter) {
  if (tables_.view.tariff_rows == 0) return;
  fill_access_row(tables_.view, tables_.tariff_markets.data(), tables_.tariff_markets.size(), product, exporter,
                  access_now_.data(), access_.data(), access_growth_.data());
}

void CellRow::compute(std::int32_t product, std::int32_t exporter) {
  set_actual(product, exporter);
  set_access(product, exporter);
  potentials(tables_.view, {actual_.data(), access_now_.data(), access_.data(), access_growth_.data()}, product, exporter,
             potential_.data(), unrealized_.data());
  clear_actual();
}

void CellRow::add_columns(std::int32_t product, std::int32_t exporter, double* sums) {
  set_actual(product, exporter);
  set_access(product, exporter);
  all_columns(tables_.view, {actual_.data(), access_now_.data(), access_.data(), access_growth_.data()}, product,
              exporter, sums);
  clear_actual();
}

void CellRow::columns(std::int32_t product, std::int32_t exporter, std::int32_t market, double* value) const {
  const TableView& view = tables_.view;
  const SupplyPoint supply = view.supply_point(product, exporter);
  const AccessTerms<double> access =
      view.tariff_rows == 0 ? AccessTerms<double>{1.0, 1.0, 0.0} : access_at(view, product, exporter, market);
  const ExplainedCell<double> cell =
      cell_at<true>(view, supply, product, exporter, market, access, actual_at(product, exporter, market));
  value_columns(cell_sums(cell, supply), value);
}

void CellRow::dense(Column column, std::int32_t product, std::int32_t exporter, float* out) {
  set_actual(product, exporter);
  set_access(product, exporter);
  column_loop(column, std::make_integer_sequence<int, column_count>{})(
      tables_.view, {actual_.data(), access_now_.data(), access_.data(), access_growth_.data()}, product, exporter, out);
  clear_actual();
}

}  // namespace potentia
