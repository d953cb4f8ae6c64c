// The same bits whatever is selected, however many threads work, and in every form in which a cell is given out.
#include <cstring>

#include "io/result/result_columns.hpp"
#include "tests/property/property.hpp"
#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

std::vector<std::int32_t> some_of(std::size_t size, Random& random) {
  std::vector<std::int32_t> chosen;
  const double density = random.uniform(0.1, 0.9);
  for (std::size_t e = 0; e < size; ++e) {
    if (random.chance(density)) chosen.push_back(static_cast<std::int32_t>(e));
  }
  if (chosen.empty()) chosen.push_back(static_cast<std::int32_t>(random.below(size)));
  return chosen;
}

TEST(Slices, ThreadsNeverChangeABit) {
  expect_holds(300, 90001, [](const Case& c) {
    Settings settings = c.settings;
    if (c.seed % 2 == 0) settings.cells = {3, true};
    const Solution one = solved(c.world, settings, {}, 1);
    for (const int threads : {2, 7}) {
      std::string found = bit_difference(one, solved(c.world, settings, {}, threads));
      if (!found.empty()) return std::to_string(threads) + " threads: " + found;
    }
    return std::string();
  });
}

/// All in memory of what was left to be made while it is written; in boxes of one row and of several, of some columns
/// and of all, with a gap between rows.
void make_now(const World& world, Solution& solution) {
  const std::size_t countries = world.country_count(), products = solution.axes.products.size();
  const auto make = [](std::size_t rows, std::size_t columns, const auto& part) {
    Buffer<double> table(rows * columns);
    for (std::size_t row = 0; row < rows;) {
      const std::size_t some = std::min<std::size_t>(1 + row % 3, rows - row);
      for (std::size_t column = 0; column < columns;) {
        const std::size_t width = some > 1 ? columns : std::min<std::size_t>(7, columns - column), stride = width + 2;
        std::vector<double> box(some * stride);
        part(TableBox{row, some, column, width, stride}, box.data());
        for (std::size_t r = 0; r < some; ++r)
          std::copy_n(box.data() + r * stride, width, table.data() + (row + r) * columns + column);
        column += width;
      }
      row += some;
    }
    return table;
  };
  for (int number = 0; number < factor_table_count; ++number)
    if (factor_tables[number].axes != FactorTable::Axes::exporter_market)
      solution.factors.*factor_tables[number].values = make(countries, products, [&](const TableBox& box, double* out) {
        solution.factor_part(number, box, out);
      });
  for (int c = 0; c < column_count; ++c)
    solution.margins.pair_sector.columns[c] =
        make(solution.axes.exporters.size(), solution.axes.markets.size() * world.sectors.size(),
             [&](const TableBox& box, double* out) { solution.pair_sector_part(static_cast<Column>(c), box, out); });
  for (int c = 0; c < column_count; ++c) {
    const auto by_product = [&](ProductTable::Kind kind, std::size_t rows) {
      return make(rows, products, [&](const TableBox& box, double* out) { solution.product_part({kind, c}, box, out); });
    };
    if (solution.all_markets)
      solution.margins.exporter_product.columns[c] = by_product(ProductTable::Kind::exporter_product, solution.axes.exporters.size());
    if (solution.all_exporters)
      solution.margins.market_product.columns[c] = by_product(ProductTable::Kind::market_product, solution.axes.markets.size());
  }
  const CellList& list = solution.listed();
  solution.cells = {list.offsets, list.market, list.product, list.columns};
}

TEST(Slices, WhatIsMadeWhileWritingHasTheSameBits) {
  expect_holds(150, 96001, [](const Case& c) {
    const auto backend = make_backend(BackendChoice::cpu, 2);
    World world = copy_of(c.world);
    Solution written = solve_to_write(world, c.settings, {}, *backend, {});
    make_now(world, written);
    Solution whole = solve(c.world, c.settings, {}, *backend, {});
    whole.factors.exports = {};  // which no result shows
    whole.factors.imports = {};
    return bit_difference(whole, written);
  });
}

TEST(Slices, ARepeatedSolveGivesTheSameBits) {
  // One backend serves many worlds: nothing of an earlier one may show.
  expect_holds(100, 95001, [](const Case& c) {
    const Solution first = solved(c);
    const Case other = random_case(c.seed + 1, random_shape(c.seed + 1));
    solved(other);
    return bit_difference(first, solved(c));
  });
}

TEST(Slices, RestrictedEqualsFull) {
  expect_holds(500, 100001, [](const Case& c) {
    Settings settings = c.settings;
    settings.cells.thresholds = c.seed % 3 == 0;  // judged on all markets, as the rank is, so the slice is the same
    const std::int64_t tops[] = {0, 1, 4, 25, 500};
    settings.cells.top = tops[c.seed % 5];
    const Solution full = solved(c.world, settings);
    Random random(c.seed + 3);
    const std::size_t n = c.world.countries.size();
    Selection both;
    both.exporters = some_of(n, random), both.markets = some_of(n, random);
    for (const Selection& selection : {both, Selection{both.exporters, {}}, Selection{{}, both.markets}}) {
      const Solution part = solved(c.world, settings, selection, 1 + static_cast<int>(c.seed % 3));
      if (part.all_exporters != selection.exporters.empty() || part.all_markets != selection.markets.empty()) {
        return std::string("the solution does not say what was selected");
      }
      if (!selection.exporters.empty() && part.axes.exporters != selection.exporters) return std::string("exporters axis");
      if (!selection.markets.empty() && part.axes.markets != selection.markets) return std::string("markets axis");
      std::string found = slice_difference(full, part, true);
      if (!found.empty()) {
        return std::to_string(selection.exporters.size()) + " exporters, " + std::to_string(selection.markets.size()) +
               " markets selected (0 = all): " + found;
      }
    }
    return std::string();
  });
}

TEST(Slices, DenseTilesAreTheCellsAsFloat) {
  expect_holds(300, 110001, [](const Case& c) {
    const Solution solution = solved(c);
    const std::size_t n = c.world.countries.size(), products = solution.axes.products.size();
    if (products == 0) return std::string();
    Random random(c.seed + 7);
    const std::size_t first = random.below(products), count = 1 + random.below(products - first);
    for (std::size_t i = 0; i < n; ++i) {
      for (int column = 0; column < column_count; ++column) {
        std::vector<float> expected(n * count, 0.0f), tile(n * count, -1.0f);
        for (std::uint64_t cell = solution.cells.offsets[i]; cell < solution.cells.offsets[i + 1]; ++cell) {
          const auto j = static_cast<std::size_t>(solution.cells.market[cell]);
          const auto k = static_cast<std::size_t>(solution.cells.product[cell]);
          if (k < first || k >= first + count) continue;
          expected[j * count + k - first] =
              static_cast<float>(solution.cells.columns[static_cast<std::size_t>(column)][cell]);
        }
        cpu().dense_tile(static_cast<Column>(column), static_cast<std::int32_t>(i), static_cast<std::int32_t>(first),
                         static_cast<std::int32_t>(count), tile.data());
        for (std::size_t e = 0; e < tile.size(); ++e) {
          if (tile[e] == expected[e]) continue;
          return std::string(column_name(column)) + " of exporter " + std::to_string(i) + ", element " +
                 std::to_string(e) + ": " + std::to_string(tile[e]) + " instead of " + std::to_string(expected[e]);
        }
      }
    }
    return std::string();
  });
}

}  // namespace
}  // namespace potentia::testing
