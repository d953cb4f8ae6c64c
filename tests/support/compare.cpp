// See compare.hpp.
#include "tests/support/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <sstream>

namespace potentia::testing {
namespace {

using reference::Columns;
using reference::Real;

const char* const names[column_count] = {"actual", "potential_now", "potential", "realized", "unrealized", "static",
                                         "dynamic", "overtrade", "change_supply", "change_population",
                                         "change_income", "change_tariff"};

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

std::string complain(const std::string& what, const std::string& place, Real engine, Real expected) {
  std::ostringstream text;
  text.precision(17);
  text << what << place << ": engine " << engine << ", expected " << expected;
  return text.str();
}

std::string place(std::size_t row, std::size_t column) {
  return "[" + std::to_string(row) + ", " + std::to_string(column) + "]";
}

std::string factor_difference(const std::string& what, const Buffer<double>& engine,
                              const reference::Table<Real>& expected, Real tolerance) {
  if (engine.size() != expected.values.size()) {
    return complain(what, " size", static_cast<Real>(engine.size()), static_cast<Real>(expected.values.size()));
  }
  for (std::size_t row = 0; row < expected.rows; ++row) {
    for (std::size_t column = 0; column < expected.columns; ++column) {
      const Real value = engine[row * expected.columns + column], wanted = expected(row, column);
      if (std::isnan(value) && std::isnan(wanted)) continue;
      if (!(std::fabs(value - wanted) <= tolerance * std::fabs(wanted))) {
        return complain(what, place(row, column), value, wanted);
      }
    }
  }
  return {};
}

Real scale_of(const Columns& columns, int column) {
  if (column == column_actual) return columns[column_actual];
  return columns[column_actual] + columns[column_potential_now] + columns[column_potential];
}

std::string columns_difference(const std::string& what, const std::string& where, const Columns& engine,
                               const Columns& expected, Real tolerance) {
  for (int c = 0; c < column_count; ++c) {
    const auto column = static_cast<std::size_t>(c);
    if (!(std::fabs(engine[column] - expected[column]) <= tolerance * scale_of(expected, c))) {
      return complain(what + "/" + names[c], where, engine[column], expected[column]);
    }
  }
  return {};
}

std::string margin_difference(const std::string& what, const Margin& engine, const reference::Table<Columns>& expected,
                              Real tolerance) {
  for (int c = 0; c < column_count; ++c) {
    const std::size_t size = engine.columns[static_cast<std::size_t>(c)].size();
    if (size != expected.values.size()) {
      return complain(what + "/" + names[c], " size", static_cast<Real>(size),
                      static_cast<Real>(expected.values.size()));
    }
  }
  for (std::size_t cell = 0; cell < expected.values.size(); ++cell) {
    Columns values{};
    for (std::size_t c = 0; c < values.size(); ++c) values[c] = engine.columns[c][cell];
    const std::size_t last = expected.columns * expected.depth;
    std::string found = columns_difference(what, place(cell / last, cell % last), values, expected.values[cell],
                                           tolerance);
    if (!found.empty()) return found;
  }
  return {};
}

std::string cells_difference(const CellList& engine, const reference::Answer& answer, Real tolerance) {
  if (engine.offsets.size() != answer.countries + 1) return "cells/offsets: wrong length";
  for (std::size_t i = 0; i < answer.countries; ++i) {
    std::size_t expected = 0;
    for (std::size_t j = 0; j < answer.countries; ++j) {
      for (std::size_t k = 0; k < answer.products.size(); ++k) {
        expected += answer.cells(i, j, k)[column_potential] > 0 ? 1 : 0;
      }
    }
    if (engine.offsets[i + 1] - engine.offsets[i] != expected) {
      return complain("cells of exporter ", std::to_string(i), static_cast<Real>(engine.offsets[i + 1] - engine.offsets[i]),
                      static_cast<Real>(expected));
    }
    for (std::uint64_t c = engine.offsets[i]; c < engine.offsets[i + 1]; ++c) {
      Columns values{};
      for (std::size_t v = 0; v < values.size(); ++v) values[v] = engine.columns[v][c];
      std::string found = columns_difference(
          "cells", "[" + std::to_string(i) + "]" + place(at(engine.market[c]), at(engine.product[c])), values,
          answer.cells(i, at(engine.market[c]), at(engine.product[c])), tolerance);
      if (!found.empty()) return found;
    }
  }
  return {};
}

template <class Sequence>
std::string bytes_difference(const std::string& what, const Sequence& left, const Sequence& right) {
  if (left.size() != right.size()) {
    return what + " size: " + std::to_string(left.size()) + " and " + std::to_string(right.size());
  }
  for (std::size_t e = 0; e < left.size(); ++e) {
    if (std::memcmp(&left[e], &right[e], sizeof left[e]) == 0) continue;
    std::ostringstream text;
    text << std::hexfloat << what << "[" << e << "] of " << left.size() << ": " << left[e] << " and " << right[e];
    return text.str();
  }
  return {};
}

/// Collects the first complaint of several comparisons.
struct First {
  std::string found;
  void operator()(std::string complaint) {
    if (found.empty()) found = std::move(complaint);
  }
};

void compare_factors(First& first, const Factors& left, const Factors& right) {
  first(bytes_difference("factors/exports", left.exports, right.exports));
  first(bytes_difference("factors/imports", left.imports, right.imports));
  first(bytes_difference("factors/supply_now", left.supply_now, right.supply_now));
  first(bytes_difference("factors/supply", left.supply, right.supply));
  first(bytes_difference("factors/demand_now", left.demand_now, right.demand_now));
  first(bytes_difference("factors/demand", left.demand, right.demand));
  first(bytes_difference("factors/typical_distance", left.typical_distance, right.typical_distance));
  first(bytes_difference("factors/ease", left.ease, right.ease));
}

/// Rows of the full margin at (rows × columns × depth) against the restricted one, column by column.
void compare_slice(First& first, const std::string& what, const Margin& full, std::size_t full_columns,
                   std::size_t depth, const Margin& part, const std::vector<std::int32_t>& rows,
                   const std::vector<std::int32_t>& columns) {
  for (std::size_t v = 0; v < full.columns.size(); ++v) {
    const std::string name = what + "/" + names[v];
    if (part.columns[v].size() != rows.size() * columns.size() * depth) {
      first(name + " size: " + std::to_string(part.columns[v].size()));
      return;
    }
    std::size_t cell = 0;
    for (const std::int32_t row : rows) {
      for (const std::int32_t column : columns) {
        for (std::size_t d = 0; d < depth; ++d, ++cell) {
          const double& whole = full.columns[v][(at(row) * full_columns + at(column)) * depth + d];
          if (std::memcmp(&whole, &part.columns[v][cell], sizeof whole) == 0) continue;
          first(complain(name + " of the restricted run", place(at(row), at(column)), part.columns[v][cell], whole));
        }
      }
    }
  }
}

void expect_empty(First& first, const std::string& what, const Margin& margin) {
  for (const auto& column : margin.columns) {
    if (!column.empty()) first(what + " should be left out, since it would be partial");
  }
}

}  // namespace

const char* column_name(int column) { return names[column]; }

std::string difference(const Solution& solution, const reference::Answer& answer, long double tolerance) {
  if (solution.axes.products != answer.products) {
    return "axes/products: " + std::to_string(solution.axes.products.size()) + " instead of " +
           std::to_string(answer.products.size());
  }
  First first;
  const Factors& f = solution.factors;
  first(factor_difference("factors/exports", f.exports, answer.exports, tolerance));
  first(factor_difference("factors/imports", f.imports, answer.imports, tolerance));
  first(factor_difference("factors/supply_now", f.supply_now, answer.supply_now, tolerance));
  first(factor_difference("factors/supply", f.supply, answer.supply, tolerance));
  first(factor_difference("factors/demand_now", f.demand_now, answer.demand_now, tolerance));
  first(factor_difference("factors/demand", f.demand, answer.demand, tolerance));
  first(factor_difference("factors/typical_distance", f.typical_distance, answer.typical_distance, tolerance));
  first(factor_difference("factors/ease", f.ease, answer.ease, tolerance));
  first(margin_difference("pair", solution.margins.pair, answer.pair, tolerance));
  first(margin_difference("pair_sector", solution.margins.pair_sector, answer.pair_sector, tolerance));
  first(margin_difference("exporter_product", solution.margins.exporter_product, answer.exporter_product, tolerance));
  first(margin_difference("market_product", solution.margins.market_product, answer.market_product, tolerance));
  first(cells_difference(solution.cells, answer, tolerance));
  return first.found;
}

std::string bit_difference(const Solution& left, const Solution& right) {
  First first;
  first(bytes_difference("axes/exporters", left.axes.exporters, right.axes.exporters));
  first(bytes_difference("axes/markets", left.axes.markets, right.axes.markets));
  first(bytes_difference("axes/products", left.axes.products, right.axes.products));
  compare_factors(first, left.factors, right.factors);
  const auto margin = [&](const char* what, const Margin& a, const Margin& b) {
    for (std::size_t v = 0; v < a.columns.size(); ++v) {
      first(bytes_difference(std::string(what) + "/" + names[v], a.columns[v], b.columns[v]));
    }
  };
  margin("pair", left.margins.pair, right.margins.pair);
  margin("pair_sector", left.margins.pair_sector, right.margins.pair_sector);
  margin("exporter_product", left.margins.exporter_product, right.margins.exporter_product);
  margin("market_product", left.margins.market_product, right.margins.market_product);
  first(bytes_difference("cells/offsets", left.cells.offsets, right.cells.offsets));
  first(bytes_difference("cells/market", left.cells.market, right.cells.market));
  first(bytes_difference("cells/product", left.cells.product, right.cells.product));
  for (std::size_t v = 0; v < column_count; ++v) {
    first(bytes_difference(std::string("cells/") + names[v], left.cells.columns[v], right.cells.columns[v]));
  }
  return first.found;
}

std::string slice_difference(const Solution& full, const Solution& part, bool listing) {
  First first;
  const std::size_t n = full.axes.exporters.size(), products = full.axes.products.size();
  std::vector<std::int32_t> all(products);
  for (std::size_t k = 0; k < products; ++k) all[k] = static_cast<std::int32_t>(k);
  first(bytes_difference("axes/products", full.axes.products, part.axes.products));
  compare_factors(first, full.factors, part.factors);
  const auto& exporters = part.axes.exporters;
  const auto& markets = part.axes.markets;
  const std::size_t sectors = n == 0 ? 0 : full.margins.pair_sector.columns[0].size() / (n * n);
  compare_slice(first, "pair", full.margins.pair, n, 1, part.margins.pair, exporters, markets);
  compare_slice(first, "pair_sector", full.margins.pair_sector, n, sectors, part.margins.pair_sector, exporters, markets);
  if (part.all_markets) {
    compare_slice(first, "exporter_product", full.margins.exporter_product, products, 1,
                  part.margins.exporter_product, exporters, all);
  } else {
    expect_empty(first, "exporter_product", part.margins.exporter_product);
  }
  if (part.all_exporters) {
    compare_slice(first, "market_product", full.margins.market_product, products, 1, part.margins.market_product,
                  markets, all);
  } else {
    expect_empty(first, "market_product", part.margins.market_product);
  }
  if (!listing) return first.found;

  // The list of the full run without the markets that were not asked for.
  std::uint64_t cell = 0;
  if (part.cells.offsets.size() != exporters.size() + 1) return "cells/offsets of the restricted run: wrong length";
  for (std::size_t e = 0; e < exporters.size(); ++e) {
    for (std::uint64_t c = full.cells.offsets[at(exporters[e])]; c < full.cells.offsets[at(exporters[e]) + 1]; ++c) {
      const auto market = std::find(markets.begin(), markets.end(), full.cells.market[c]);
      if (market == markets.end()) continue;
      if (cell >= part.cells.offsets[e + 1]) return "cells of the restricted run: too few";
      if (part.cells.market[cell] != market - markets.begin() || part.cells.product[cell] != full.cells.product[c]) {
        return "cells of the restricted run: another cell at " + std::to_string(cell);
      }
      for (std::size_t v = 0; v < column_count; ++v) {
        if (std::memcmp(&part.cells.columns[v][cell], &full.cells.columns[v][c], sizeof(double)) != 0) {
          first(complain(std::string("cells/") + names[v], place(e, cell), part.cells.columns[v][cell],
                         full.cells.columns[v][c]));
        }
      }
      ++cell;
    }
    if (cell != part.cells.offsets[e + 1]) return "cells of the restricted run: too many";
  }
  return first.found;
}

}  // namespace potentia::testing
