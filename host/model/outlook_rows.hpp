// Rows of an outlook: numbers of a few cells at a time, the same in any company.
#pragma once

#include <cstdint>

namespace potentia {

/// Rows are padded to a multiple of eight, with whatever lies there.

/// Every normal positive number by its natural logarithm.
void outlook_logarithms(double* values, std::int32_t count);

/// ln of distances; NaN of infinite ones.
void outlook_log_distances(double* values, std::int32_t count);

/// out = exp(factor · values)
void outlook_exponentials(const double* values, std::int32_t count, double factor, double* out);

/// Odds by 1 − (1 − p)^years, where p = odds / (1 + odds).
void outlook_chances(double* odds, std::int32_t count, double years);

/// Classes of each number: how many of the bounds it exceeds.
void outlook_classes(const double* values, std::int32_t count, const double* bounds, std::int32_t bound_count,
                     std::int32_t* classes);

/// e^part of markets, alone and times distance^weight and distance^−weight.
struct OutlookFactors {
  double *alone, *times, *over;
};

/// @param parts of an index; 0 comes out where it is −∞
/// @param log_distances NaN where unknown: then `times` and `over` are such that `alone` is chosen in outlook_products
void outlook_factors(const double* parts, const double* log_distances, double weight, std::int32_t count,
                     const OutlookFactors& out);

/// An index's exponential in pieces, of blocks of eight markets.
struct OutlookPieces {
  OutlookFactors of_markets;  ///< [market], with the typical supplier's distance g
  OutlookFactors of_pair;     ///< [block, 8], with the pair's distance d
  double of_exporter;
  double weight;              ///< of ln EP, hence of the fit min(d/g, g/d)
};

/// Two of them at once: out = of exporter · of market · of pair · min(1, d/g, g/d)^weight
/// @param blocks [count] the first market of each
void outlook_products(const std::int32_t* blocks, std::int32_t count, const OutlookPieces& first, const OutlookPieces& second,
                      double* first_out, double* second_out);

/// Parts of an index that are kept as they are, for the few cells of a row that have trade.
struct IndexOfFlows {
  const std::uint16_t* market;  ///< [place]
  const double* distance;       ///< [place] ln d
  const double* typical;        ///< [market] ln g
  const double* of_markets;     ///< [market]
  const double* of_pair;        ///< [place]
  const double* log_access;     ///< [place] ln A
  double of_exporter, weight;
};

/// out = (of exporter + (of market + of pair)) − weight · (|ln d − ln g| − ln A)
/// @param place [count]
void outlook_index_of_flows(const IndexOfFlows& parts, const std::uint16_t* place, std::int32_t count, double* out);

/// expected += chance · smearing · size; starts += chance
void outlook_add_starts(const double* chance, const double* size, double smearing, std::int32_t count, double* expected,
                        double* starts);

}  // namespace potentia
