// How the tables of a result are called, described and measured.
#pragma once

#include "kernels/problem.hpp"

namespace potentia {

/// "exports of the base period": the `long_name` of a value column.
const char* column_long_name(Column column);

/// A factor table of result.h5.
struct FactorTable {
  enum class Axes { exporter_product, market_product, exporter_market };
  const char* name;
  const char* units;
  const char* long_name;
  Axes axes;
  Buffer<double> Factors::*values;
};
inline constexpr int factor_table_count = 6;
extern const FactorTable factor_tables[factor_table_count];

/// What an outlook adds to a group of tables.
struct OutlookColumn {
  const char* name;
  const char* units;
  const char* long_name;
};
inline constexpr int pair_outlook_columns = 2, cell_outlook_columns = 4;
extern const OutlookColumn pair_outlook[pair_outlook_columns];
extern const OutlookColumn cell_outlook[cell_outlook_columns];

}  // namespace potentia
