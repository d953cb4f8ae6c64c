#include "host/model/cell_facts.hpp"

#include "host/statistics/block_sums.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

/// Products between an exporter and its markets, and what they trade, summed in the order of the products.
void count_pairs(const Problem& problem, const Tables& tables, std::int32_t exporter, CellFacts& facts) {
  double* between = facts.log_between.data() + std::int64_t{exporter} * problem.countries;
  std::uint16_t* shared = facts.shared.data() + std::int64_t{exporter} * problem.countries;
  for (std::int32_t product = 0; product < problem.products; ++product) {
    const std::uint32_t* row = tables.row_begin.data() + std::int64_t{product} * (problem.countries + 1) + exporter;
    const std::uint64_t first = problem.flows.product_begin[product];
    for (std::uint64_t at = first + row[0]; at < first + row[1]; ++at) {
      if (!(problem.flows.value[at] > 0.0)) continue;
      between[problem.flows.market[at]] += problem.flows.value[at];
      ++shared[problem.flows.market[at]];
    }
  }
}

void take_product(const Problem& problem, const TableView& view, std::size_t k, CellFacts& facts) {
  const std::size_t countries = problem.countries, products = problem.products;
  for (std::uint64_t at = problem.flows.product_begin[k]; at < problem.flows.product_end[k]; ++at) {
    if (!(problem.flows.value[at] > 0.0)) continue;
    ++facts.markets[problem.flows.exporter[at] * products + k];
    ++facts.suppliers[k * countries + problem.flows.market[at]];
  }
  double world = 0.0;
  for (std::size_t i = 0; i < countries; ++i) {
    const double exports = view.exports[k * view.stride + i];
    world += exports;
    facts.log_exports[i * products + k] = exports;
    facts.log_imports[k * countries + i] = view.imports[k * view.stride + i];
  }
  facts.log_world[k] = world;
}

}  // namespace

CellFacts make_cell_facts(const Problem& problem, const Tables& tables, int threads) {
  const std::size_t countries = problem.countries, products = problem.products;
  CellFacts facts;
  facts.countries = problem.countries;
  facts.products = problem.products;
  facts.log_exports.resize(countries * products);
  facts.log_imports.resize(countries * products);
  facts.markets.assign(countries * products, 0);
  facts.suppliers.assign(countries * products, 0);
  facts.shared.assign(countries * countries, 0);
  facts.log_world.resize(products);
  facts.log_between.assign(countries * countries, 0.0);
#pragma omp parallel for schedule(dynamic, 8) num_threads(threads)
  for (std::int32_t exporter = 0; exporter < problem.countries; ++exporter) count_pairs(problem, tables, exporter, facts);
#pragma omp parallel for schedule(dynamic, 8) num_threads(threads)
  for (std::int32_t k = 0; k < problem.products; ++k) take_product(problem, tables.view, k, facts);
  for (std::vector<double>* table : {&facts.log_exports, &facts.log_imports, &facts.log_between, &facts.log_world}) {
    const std::size_t piece = 4096, pieces = (table->size() + piece - 1) / piece;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (std::size_t at = 0; at < pieces; ++at)
      statistics::take_logarithms(table->data() + at * piece, at + 1 < pieces ? piece : table->size() - at * piece);
  }
  return facts;
}

const std::vector<std::string>& plain_names() {
  static const std::vector<std::string> names = {
      "ln potential",      "ln exports of product",     "ln imports of product", "ln trade between pair",
      "ln world exports",  "ln products between pair",  "ln markets served",     "ln suppliers"};
  return names;
}

const double* log_counts() {
  static const std::vector<double> table = [] {
    std::vector<double> logs;
    for (int n = 0; n <= 0xFFFF; ++n) logs.push_back(potentia::log(1.0 + n));
    return logs;
  }();
  return table.data();
}

}  // namespace potentia
