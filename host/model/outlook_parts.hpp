// The indices that models make of a cell, apart by what their parts depend on. A potential is a product of factors, so its
// logarithm is a sum of theirs, and an index's exponential is a product of a few numbers: of the tens of millions of cells
// none needs a logarithm or an exponential to know its odds.
//
//   index = (exporter, product) + (market, product) + (exporter, market) − w |ln d − ln g| + w ln A
//
// w is the weight of ln EP, d and g are the distances of the pair and of the market's typical supplier, whose fit is
// min(d/g, g/d), and A is what the exporter faces there, (1 + tariff)^−σ. See METHOD.md, "Potential and its parts".
//
// Starts' odds and sizes are kept as exponentials. Growth, which is asked of few cells, is kept as it is.
#pragma once

#include <cstdint>
#include <vector>

#include "host/model/outlook_rows.hpp"
#include "host/model/outlook_tables.hpp"
#include "kernels/buffer.hpp"
#include "kernels/tables.hpp"

namespace potentia {

enum OutlookIndex : int { odds_of_start, size_of_start, multiplied_indices, growth_of_flow = multiplied_indices, all_indices };
const OutlookForm& form_of(const OutlookTables& outlook, int index);

/// The markets, those first that most exporters sell anything to: few blocks of eight then hold all that one sells to.
std::vector<std::int32_t> markets_by_reach(const CellFacts& facts);

/// Parts that depend on an exporter and its markets, over the blocks of eight markets that it reaches.
struct ExporterParts {
  ExporterParts() = default;
  ExporterParts(const OutlookTables& outlook, const TableView& view, const std::vector<std::int32_t>& order,
                const std::vector<std::int32_t>& tariff_markets, std::int32_t exporter);
  OutlookFactors factors(int index);

  std::int32_t exporter = 0, places = 0;
  std::vector<std::int32_t> blocks;              ///< place in the order of each block's first market
  std::vector<std::uint16_t> place;              ///< [market] where it stands in the blocks; `places` where it does not
  std::vector<std::uint16_t> market;             ///< [places + 1] its place in the order
  std::vector<double> distance, growth;          ///< [places + 1] ln d, NaN where it is unknown; the part of growth
  Buffer<double> exponentials[multiplied_indices];       ///< [3][places], as OutlookFactors has them; 0 where it sells nothing
  double largest[multiplied_indices] = {};   ///< of the parts and of w ln d, without signs
  struct Tariff {
    std::uint16_t place;
    std::int32_t row;  ///< of rates at the horizon
  };
  std::vector<Tariff> tariffs;                   ///< of the markets that have some for it
};

/// Parts that depend on a product, of some products at a time.
class ProductParts {
public:
  /// @param order [market] as markets_by_reach has it; lives as long as this
  /// @param products how many at most
  ProductParts(const OutlookTables& outlook, const TableView& view, const std::vector<std::int32_t>& order,
               std::int32_t products);

  /// Computes those of a product. Threads may do so for different places.
  void take(std::int32_t product, std::int32_t place);

  const double* typical(std::int32_t place) const { return at(place, 0); }           ///< [market in order] ln g; NaN where unknown
  const double* growth_of_markets(std::int32_t place) const { return at(place, 1); } ///< [market in order]
  const double* growth_of_exporters(std::int32_t place) const { return at(place, 2); }
  /// [exporter], exponential
  const double* of_exporters(int index, std::int32_t place) const { return at(place, 3 + index); }
  OutlookFactors of_markets(int index, std::int32_t place);                           ///< [market in order, padded]
  /// [row of rates] A^w; 0 where nothing passes
  const double* of_rates(int index, std::int32_t place) const {
    return rates_.data() + (std::int64_t{place} * multiplied_indices + index) * view_.tariff_rows;
  }
  /// Largest that a part's exponent is, all kinds of parts taken together.
  double largest(int index, std::int32_t place) const { return largest_[place * multiplied_indices + index]; }

private:
  static constexpr int rows = 3 + 4 * multiplied_indices;
  double* at(std::int32_t place, int row) { return values_.data() + (std::int64_t{place} * rows + row) * view_.stride; }
  const double* at(std::int32_t place, int row) const { return values_.data() + (std::int64_t{place} * rows + row) * view_.stride; }
  void take_markets(std::int32_t product, std::int32_t place);
  void take_exporters(std::int32_t product, std::int32_t place);
  void take_rates(std::int32_t product, std::int32_t place);

  const OutlookTables& outlook_;
  TableView view_;
  const std::vector<std::int32_t>& order_;
  Buffer<double> values_, rates_;
  std::vector<double> largest_;
};

}  // namespace potentia
