// Everything a backend gives back for one problem, and its comparison by bytes.
#pragma once

#include <cstring>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "kernels/backend.hpp"

namespace potentia::testing {

/// Why there is no CUDA device to compare with; empty if there is one.
inline std::string why_no_cuda() {
  for (const BackendInfo& backend : list_backends())
    if (backend.name == "cuda" && !backend.available) return "cuda is not available: " + backend.detail;
  return {};
}

struct Results {
  Factors factors;
  Margins margins;
  CellList cells;
  std::vector<float> tiles;  ///< every column of a few exporters
};

inline Results results_of(Backend& backend, const std::shared_ptr<const Problem>& problem, const Rows& rows,
                          const ListingRule& rule) {
  Results results;
  backend.load(problem);
  results.factors = backend.factors();
  results.margins = backend.evaluate(rows, {});
  results.cells = backend.list_cells(rows, rule, {});
  if (problem->products == 0) return results;
  const std::int32_t first = problem->products / 3, count = problem->products - first;
  const auto size = static_cast<std::size_t>(problem->countries) * static_cast<std::size_t>(count);
  for (const std::int32_t exporter : {0, problem->countries / 2}) {
    for (int column = 0; column < column_count; ++column) {
      std::vector<float> tile(size, -1.0f);
      backend.dense_tile(static_cast<Column>(column), exporter, first, count, tile.data());
      results.tiles.insert(results.tiles.end(), tile.begin(), tile.end());
    }
  }
  return results;
}

/// "" or the first element whose bytes differ.
template <class Sequence>
std::string byte_difference(const std::string& what, const Sequence& left, const Sequence& right) {
  if (left.size() != right.size()) {
    return what + " has " + std::to_string(left.size()) + " and " + std::to_string(right.size()) + " elements";
  }
  for (std::size_t e = 0; e < left.size(); ++e) {
    if (std::memcmp(&left[e], &right[e], sizeof left[e]) == 0) continue;
    std::ostringstream text;
    text << std::hexfloat << what << "[" << e << "] of " << left.size() << ": " << left[e] << " and " << right[e];
    return text.str();
  }
  return {};
}

inline std::string byte_difference(const Results& left, const Results& right) {
  std::string found;
  const auto compare = [&found](const std::string& what, const auto& a, const auto& b) {
    if (found.empty()) found = byte_difference(what, a, b);
  };
  const Factors &f = left.factors, &g = right.factors;
  compare("exports", f.exports, g.exports);
  compare("imports", f.imports, g.imports);
  compare("supply_now", f.supply_now, g.supply_now);
  compare("supply", f.supply, g.supply);
  compare("demand_now", f.demand_now, g.demand_now);
  compare("demand", f.demand, g.demand);
  compare("typical_distance", f.typical_distance, g.typical_distance);
  compare("ease", f.ease, g.ease);
  for (std::size_t c = 0; c < column_count; ++c) {
    const std::string column = "/" + std::to_string(c);
    compare("pair" + column, left.margins.pair.columns[c], right.margins.pair.columns[c]);
    compare("pair_sector" + column, left.margins.pair_sector.columns[c], right.margins.pair_sector.columns[c]);
    compare("exporter_product" + column, left.margins.exporter_product.columns[c],
            right.margins.exporter_product.columns[c]);
    compare("market_product" + column, left.margins.market_product.columns[c], right.margins.market_product.columns[c]);
    compare("cells" + column, left.cells.columns[c], right.cells.columns[c]);
  }
  compare("cells/offsets", left.cells.offsets, right.cells.offsets);
  compare("cells/market", left.cells.market, right.cells.market);
  compare("cells/product", left.cells.product, right.cells.product);
  compare("dense tiles", left.tiles, right.tiles);
  return found;
}

}  // namespace potentia::testing
