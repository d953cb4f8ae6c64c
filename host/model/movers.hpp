// What moved between two results, by exporter, market and product, and which factor moved it.
//
// Tables are matched by code. For each exporter, market and product that both results have, the change of the potential
// at the horizon, EP(after) − EP(before), is shared out by logarithmic means. A result holds sums of cells over one
// axis and the factors S⁰, S [exporter, product], D⁰ [market, product], E [exporter, market] (METHOD.md), so a factor
// is *measured* where the sums and the factor have the same two axes, because there the sum is that factor times the
// rest:
//
//   L(EP(before), EP(after)) · ln(factor(after) / factor(before)),  L the logarithmic mean,
//
// summed over the axis that the exporter, market or product has not; all of the change where the factor is 0 on one
// side.
//
//                              exporters             markets               products
//   supply, its growth         exporter × product    estimated             exporter × product
//   imports, income            estimated             market × product      market × product
//   population                 pairs                 market × product      market × product
//   tariffs to come            pairs                 pairs                 market × product
//   ease                       pairs                 pairs                 estimated
//
// Estimated: no table has both axes, so the cells of a pair are taken in proportion to S⁰ D⁰ (without tariffs and
// distance), and the factor's change is averaged with these weights. Growth is that of the factors, S / S⁰ and D / D⁰;
// the population's part of D / D⁰ follows from the columns of change. The mean A / A⁰ of a sum, tariffs to come, is
// exp(change_tariff / L(EP⁰, EP)) of that sum; it also moves when the sum's cells come to weigh otherwise.
// `access_and_fit` is what then remains: today's tariffs, the distance fit and, where something was estimated, its
// error. All parts add up to the change to rounding, always. A factor other than tariffs
// to come that is the same in both results has no part.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "io/result/result_summary.hpp"

namespace potentia {

struct MoverTables;

enum class MoverFactor : std::size_t {
  supply,          ///< today's share of world exports, S⁰
  supply_growth,   ///< S / S⁰ to the horizon
  imports,         ///< what markets buy today, D⁰
  population,      ///< of markets, to the horizon
  income,          ///< of markets, to the horizon
  tariffs,         ///< their change from now to the horizon
  ease,            ///< ease of trade of the pair, E
  coverage,        ///< countries or products that only one result has
  access_and_fit,  ///< what remains: today's tariffs and the distance fit
  count
};
inline constexpr std::size_t mover_factor_count = static_cast<std::size_t>(MoverFactor::count);

/// "supply_growth", as JSON spells it; "growth of supply", for people.
const char* factor_name(MoverFactor factor);
const char* factor_in_words(MoverFactor factor);

/// USD of the change of the potential at the horizon, by factor.
using MoverParts = std::array<double, mover_factor_count>;

struct Mover {
  std::string code, name;
  ColumnSums before{}, after{};  ///< USD, all twelve columns
  MoverParts parts{};            ///< they add up to the change of `potential`

  double change(Column column) const { return after[column] - before[column]; }
};

/// An exporter, market or product that only one of the two results has, with what it has there.
struct Unmatched {
  std::string code, name;
  ColumnSums values{};
};

struct MoverList {
  std::vector<Mover> movers;  ///< of both results, by code
  std::vector<Unmatched> only_before, only_after;
  std::array<bool, mover_factor_count> estimated{};  ///< which parts are; the others are measured
};

struct Movers {
  MoverList exporters, markets;
  MoverList products;            ///< empty where a result was solved with --exporters and --markets
  bool has_products = true;      ///< whether both results have sums of products to compare
  ColumnSums before{}, after{};  ///< over everything in each result

  /// One sentence on how the change was shared out, for every output that shows parts.
  static const char* method();
};

/// @param before, after paths of two results
/// @throws Error(input) when one is no result or is damaged, Error(interrupted)
Movers find_movers(const std::string& before, const std::string& after);
/// The same of tables that have been read.
Movers find_movers(const MoverTables& tables);

/// Positions in `list.movers` of those whose column changed most (absolutely), largest first, ties by code; none that
/// did not change. @param most at most so many
std::vector<std::size_t> largest_movers(const MoverList& list, Column column, std::size_t most);

/// Factors by the size of their part, largest first, without those of no part but rounding.
std::vector<MoverFactor> factors_by_size(const Mover& mover);

}  // namespace potentia
