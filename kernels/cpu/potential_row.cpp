#include "kernels/cpu/potential_row.hpp"

#include <algorithm>

#include "kernels/cpu/access_row.hpp"
#include "kernels/cpu/vec8.hpp"

namespace potentia {
namespace {

/// Fills [stride] potentials. @return the largest
/// @param access [stride], or null where all of them are `one_access`
template <bool by_market>
PT_CLONES double potentials(const TableView view, std::int64_t product, std::int64_t exporter, const double* access,
                            double one_access, double* PT_RESTRICT potential) {
  const double supply = view.supply[product * view.stride + exporter];
  const vec8 everywhere = vec8{} + one_access;
  vec8 most{};
  for (std::int64_t at = 0; at < view.stride; at += 8) {
    const std::int64_t pair = exporter * view.stride + at, entry = product * view.stride + at;
    const vec8 reach = distance_fit(load(view.distance + pair), load(view.inverse_distance + pair),
                                    load(view.typical + entry), load(view.inverse_typical + entry)) *
                       load(view.ease + pair);
    const vec8 value =
        potential_of(supply, load(view.pull + entry), reach, by_market ? load(access + at) : everywhere);
    store(potential + at, value);
    most = larger(most, value);
  }
  double lane[8], largest = 0.0;
  store(lane, most);
  for (const double value : lane) largest = larger(largest, value);
  return largest;
}

}  // namespace

std::vector<double> largest_access(const Problem& problem, const Tables& tables, int threads) {
  std::vector<double> largest(problem.products, 1.0);
  const std::int64_t rows = problem.tariffs.rows, products = problem.products;
  if (rows == 0) return largest;
  double* const to = largest.data();
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::int64_t product = 0; product < products; ++product)
    to[product] = std::max(1.0, *std::max_element(tables.view.access + product * rows, tables.view.access + (product + 1) * rows));
  return largest;
}

PotentialRow::PotentialRow(const Problem& problem, const Tables& tables, const std::vector<double>& largest_access)
    : problem_(problem), tables_(tables), largest_access_(largest_access), potential_(tables.view.stride),
      access_now_(tables.view.stride), access_(tables.view.stride) {
  std::fill(access_.begin(), access_.end(), 1.0);
}

const std::vector<PotentialRow::Found>& PotentialRow::at_least(double least, std::int32_t product, std::int32_t exporter) {
  const TableView& view = tables_.view;
  found_.clear();
  // Rounding keeps order, so no potential exceeds the one under the largest access term.
  double largest = potentials<false>(view, product, exporter, nullptr, largest_access_[product], potential_.data());
  if (!(largest > 0.0) || largest < least) return found_;
  if (view.tariff_rows > 0) {
    fill_access_row(view, tables_.tariff_markets.data(), tables_.tariff_markets.size(), product, exporter,
                    access_now_.data(), access_.data(), nullptr);
    largest = potentials<true>(view, product, exporter, access_.data(), 1.0, potential_.data());
    if (!(largest > 0.0) || largest < least) return found_;
  }
  const std::size_t countries = problem_.countries;
  const std::uint32_t* begin = tables_.row_begin.data() + product * (countries + 1) + exporter;
  const std::uint64_t base = problem_.flows.product_begin[product], end = base + begin[1];
  std::uint64_t flow = base + begin[0];
  for (std::int32_t market = 0; market < problem_.countries; ++market) {
    const double potential = potential_[market];
    if (!(potential > 0.0) || potential < least) continue;
    while (flow < end && problem_.flows.market[flow] < market) ++flow;
    const bool traded = flow < end && problem_.flows.market[flow] == market;
    found_.push_back({market, potential, larger(0.0, potential - (traded ? problem_.flows.value[flow] : 0.0))});
  }
  return found_;
}

}  // namespace potentia
