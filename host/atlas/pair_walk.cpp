// See pair_walk.hpp.
#include "host/atlas/pair_walk.hpp"

#include <algorithm>

namespace potentia::atlas {
namespace {

/// A country's or product's weight in a list: what it trades or could trade, whichever is more.
double weight(const Margin& margin, std::size_t at) {
  return std::max(margin.columns[column_actual][at], margin.columns[column_potential][at]);
}

}  // namespace

ProductMatrices::ProductMatrices(const SiteData& site)
    : products_(site.products()),
      exporters_(products_),
      markets_(products_),
      products_of_(site.countries()),
      row_(site.countries() * products_, -1),
      column_(site.countries() * products_, -1),
      actual_(products_ * matrix_side * matrix_side, 0.0),
      potential_(actual_.size(), 0.0) {
  const Margins& margins = site.solution.margins;
  for (std::size_t k = 0; k < products_; ++k) {
    exporters_[k] = largest(site.countries(), product_countries,
                            [&](std::size_t i) { return weight(margins.exporter_product, i * products_ + k); });
    markets_[k] = largest(site.countries(), product_countries,
                          [&](std::size_t j) { return weight(margins.market_product, j * products_ + k); });
    for (std::size_t place = 0; place < std::min(matrix_side, exporters_[k].size()); ++place) {
      row_[exporters_[k][place] * products_ + k] = static_cast<std::int8_t>(place);
      products_of_[exporters_[k][place]].push_back(static_cast<std::int32_t>(k));
    }
    for (std::size_t place = 0; place < std::min(matrix_side, markets_[k].size()); ++place)
      column_[markets_[k][place] * products_ + k] = static_cast<std::int8_t>(place);
  }
}

void ProductMatrices::take(std::size_t exporter, std::size_t market, const double* cells) {
  for (const std::int32_t k : products_of_[exporter]) {
    const std::int8_t column = column_[market * products_ + k];
    if (column < 0) continue;
    const std::size_t place = at(k, row_[exporter * products_ + k], column);
    actual_[place] = cells[column_actual * products_ + k];
    potential_[place] = cells[column_potential * products_ + k];
  }
}

PairProducts walk_exporter(const SiteData& site, std::size_t exporter, ProductMatrices& matrices, double* cells) {
  const std::size_t products = site.products(), countries = site.countries();
  const Margin& pair = site.solution.margins.pair;
  PairProducts listed;
  for (std::size_t market = 0; market < countries; ++market) {
    if (market == exporter || weight(pair, exporter * countries + market) <= 0.0) continue;
    site.backend.pair_cells(static_cast<std::int32_t>(exporter), static_cast<std::int32_t>(market), cells);
    matrices.take(exporter, market, cells);
    const double* unrealized = cells + column_unrealized * products;
    for (const std::int32_t k : largest(products, pair_products, [&](std::size_t at) { return unrealized[at]; })) {
      listed.market.push_back(static_cast<std::int32_t>(market));
      listed.product.push_back(k);
      for (std::size_t c = 0; c < compact_columns.size(); ++c)
        listed.columns[c].push_back(cells[compact_columns[c] * products + k]);
    }
  }
  return listed;
}

}  // namespace potentia::atlas
