// See mover_tables.hpp.
#include "host/model/mover_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "host/model/mover_estimates.hpp"
#include "io/result/result_file.hpp"
#include "io/result/result_group.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

constexpr Column needed_columns[] = {column_potential_now, column_potential, column_change_population,
                                     column_change_income, column_change_tariff};

bool is_needed(Column column) {
  return std::find(std::begin(needed_columns), std::end(needed_columns), column) != std::end(needed_columns);
}

MoverAxis joined(const ResultLabels& before, const ResultLabels& after) {
  struct Entry {
    std::string name;
    bool in_before = false, in_after = false;
  };
  std::map<std::string, Entry> entries;
  for (std::size_t n = 0; n < before.codes.size(); ++n) entries[before.codes[n]] = {before.names[n], true, false};
  for (std::size_t n = 0; n < after.codes.size(); ++n) {
    Entry& entry = entries[after.codes[n]];
    entry.in_after = true;
    entry.name = after.names[n];
  }
  MoverAxis axis;
  for (auto& [code, entry] : entries) {
    axis.codes.push_back(code);
    axis.names.push_back(std::move(entry.name));
    axis.in_before.push_back(entry.in_before);
    axis.in_after.push_back(entry.in_after);
  }
  return axis;
}

/// Where each code of a result lies on the common axis.
std::vector<std::size_t> places(const ResultLabels& labels, const MoverAxis& axis) {
  std::vector<std::size_t> list;
  for (const std::string& code : labels.codes) {
    const auto found = std::lower_bound(axis.codes.begin(), axis.codes.end(), code);
    list.push_back(static_cast<std::size_t>(found - axis.codes.begin()));
  }
  return list;
}

/// Reads tables of one result and puts them on the common axes.
class SideReader {
public:
  SideReader(std::string path, const MoverTables& tables) : path_(std::move(path)), tables_(tables) {}

  Buffer<double> table(const std::string& group, const std::string& name) const {
    ResultGroup read = read_result_group(path_, group, {name});
    ResultTable& table = read.tables.at(0);
    const MoverAxis& rows = axis(table.axes[0]);
    const MoverAxis& columns = axis(table.axes[1]);
    const std::vector<std::size_t> row = places(read.axis(table.axes[0]), rows);
    const std::vector<std::size_t> column = places(read.axis(table.axes[1]), columns);
    if (is_in_place(row, rows) && is_in_place(column, columns)) return std::move(table.values);
    Buffer<double> placed = Buffer<double>::zeroed(rows.size() * columns.size());
    for (std::size_t r = 0; r < row.size(); ++r)
      for (std::size_t c = 0; c < column.size(); ++c)
        placed[row[r] * columns.size() + column[c]] = table.values[r * column.size() + c];
    return placed;
  }

private:
  static bool is_in_place(const std::vector<std::size_t>& places, const MoverAxis& axis) {
    if (places.size() != axis.size()) return false;
    for (std::size_t n = 0; n < places.size(); ++n)
      if (places[n] != n) return false;
    return true;
  }

  const MoverAxis& axis(ResultAxis which) const {
    if (which == ResultAxis::exporter) return tables_.exporters;
    return which == ResultAxis::market ? tables_.markets : tables_.products;
  }

  std::string path_;
  const MoverTables& tables_;
};

/// Sums of a [rows, columns] table over its rows.
Buffer<double> sums_over_rows(const Buffer<double>& table, std::size_t columns) {
  Buffer<double> sums = Buffer<double>::zeroed(columns);
  for (std::size_t first = 0; first < table.size(); first += columns)
    for (std::size_t c = 0; c < columns; ++c) sums[c] += table[first + c];
  return sums;
}

/// ln(after / before) of every element, 0 where one of them is 0.
Buffer<double> logarithms(const Buffer<double>& before, const Buffer<double>& after) {
  Buffer<double> logs(before.size());
  const std::int64_t size = static_cast<std::int64_t>(before.size());
#pragma omp parallel for schedule(static)
  for (std::int64_t n = 0; n < size; ++n) {
    const std::size_t at = static_cast<std::size_t>(n);
    logs[at] = before[at] > 0 && after[at] > 0 ? log(after[at] / before[at]) : 0.0;
  }
  return logs;
}

double pair_mean(const MoverSide& side, std::size_t at) {
  return logarithmic_mean(side.pair[column_potential_now][at], side.pair[column_potential][at]);
}

/// ln P of a market. In a sum over exporters the changes by population and income are in proportion to ln P and
/// ln(D / D⁰) − ln P; of its products the one is asked in which they weigh most.
double population_of_products(const MoverSide& side, std::size_t market, std::size_t products) {
  double weight = 0, result = 0;
  for (std::size_t at = market * products; at < (market + 1) * products; ++at) {
    const double change =
        side.market_product[column_change_population][at] + side.market_product[column_change_income][at];
    if (std::abs(change) <= weight || side.income[at] == 0) continue;
    weight = std::abs(change);
    result = side.income[at] * (side.market_product[column_change_population][at] / change);
  }
  return result;
}

/// Fills in ln P, where no sums over all exporters are there from the largest pair of both results: it is ln P up to
/// the difference between a logarithmic mean of sums and a sum of such means. Takes ln P out of `income`, so far ln(D /
/// D⁰).
void find_population(MoverTables& tables) {
  const std::size_t products = tables.products.size(), markets = tables.markets.size();
  for (MoverSide* side : {&tables.before, &tables.after}) side->population = Buffer<double>::zeroed(markets);
  for (std::size_t j = 0; j < markets; ++j) {
    double weight = 0;
    for (std::size_t at = j; !tables.has_market_product && at < tables.exporters.size() * markets; at += markets) {
      const double mean = std::min(pair_mean(tables.before, at), pair_mean(tables.after, at));
      if (mean <= weight) continue;
      weight = mean;
      for (MoverSide* side : {&tables.before, &tables.after})
        side->population[j] = side->pair[column_change_population][at] / pair_mean(*side, at);
    }
    for (MoverSide* side : {&tables.before, &tables.after}) {
      if (tables.has_market_product) side->population[j] = population_of_products(*side, j, products);
      for (std::size_t at = j * products; at < (j + 1) * products; ++at)
        if (side->demand_now[at] > 0) side->income[at] -= side->population[j];
    }
  }
}

void read_side(const std::string& path, const MoverTables& tables, MoverSide& side) {
  const SideReader reader(path, tables);
  const std::size_t products = tables.products.size();
  for (int c = 0; c < column_count; ++c) {
    const Column column = static_cast<Column>(c);
    const std::string name = column_name(column);
    side.pair[c] = reader.table("pair", name);
    // Sums of a product are the same over either axis; one of them is read whole, the other only where it is needed.
    if (tables.has_exporter_product) {
      Buffer<double> table = reader.table("exporter_product", name);
      side.product[c] = sums_over_rows(table, products);
      if (column == column_potential || (!tables.has_market_product && is_needed(column)))
        side.exporter_product[c] = std::move(table);
    }
    if (tables.has_market_product && (!tables.has_exporter_product || is_needed(column))) {
      Buffer<double> table = reader.table("market_product", name);
      if (!tables.has_exporter_product) side.product[c] = sums_over_rows(table, products);
      if (is_needed(column)) side.market_product[c] = std::move(table);
    }
  }
  side.supply_now = reader.table("factors", "supply_now");
  side.supply_growth = logarithms(side.supply_now, reader.table("factors", "supply"));
  side.demand_now = reader.table("factors", "demand_now");
  side.ease = reader.table("factors", "ease");
  side.income = logarithms(side.demand_now, reader.table("factors", "demand"));
}

}  // namespace

MoverTables read_mover_tables(const std::string& before, const std::string& after) {
  MoverTables tables;
  {
    const ResultGroup a = read_result_group(before, "factors", {"ease"}),
                      b = read_result_group(after, "factors", {"ease"});
    tables.exporters = joined(a.axis(ResultAxis::exporter), b.axis(ResultAxis::exporter));
    tables.markets = joined(a.axis(ResultAxis::market), b.axis(ResultAxis::market));
    tables.products = joined(a.axis(ResultAxis::product), b.axis(ResultAxis::product));
    // What a choice of rows makes partial is not in a result.
    tables.has_exporter_product = a.origin.all_markets && b.origin.all_markets;
    tables.has_market_product = a.origin.all_exporters && b.origin.all_exporters;
  }
  read_side(before, tables, tables.before);
  read_side(after, tables, tables.after);
  find_population(tables);
  return tables;
}

}  // namespace potentia
