#include "host/backtest/origin.hpp"

#include <algorithm>
#include <limits>

#include "host/statistics/block_sums.hpp"
#include "kernels/cpu/cell_row.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/real_math.hpp"

namespace potentia::backtest {
namespace {

Facts make_facts(const Problem& problem, const Tables& tables, int threads) {
  Facts facts;
  static_cast<CellFacts&>(facts) = make_cell_facts(problem, tables, threads);
  const std::size_t countries = problem.countries, products = problem.products;
  facts.advantage.assign(countries * products, 0.0);
  const auto exports = [&](std::size_t i, std::size_t k) { return tables.view.exports[k * tables.view.stride + i]; };
  std::vector<double> of_exporter(countries, 0.0), of_product(products, 0.0);
  double all = 0.0;
  for (std::size_t k = 0; k < products; ++k) {
    for (std::size_t i = 0; i < countries; ++i) {
      of_exporter[i] += exports(i, k);
      of_product[k] += exports(i, k);
    }
    all += of_product[k];
  }
  for (std::size_t k = 0; k < products; ++k)
    for (std::size_t i = 0; i < countries; ++i)
      if (of_exporter[i] > 0.0)
        facts.advantage[i * products + k] = (exports(i, k) / of_exporter[i]) / (of_product[k] / all);
  return facts;
}

/// One exporter's cells, as far as the origin and the outcome say anything of them.
class ExporterWalk {
public:
  ExporterWalk(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& product_of,
               const Outcome& outcome)
      : problem_(problem), tables_(tables), product_of_(product_of), outcome_(outcome), row_(problem, tables),
        before_(problem.countries, 0.0), after_(problem.countries, 0.0) {}

  void walk(std::int32_t exporter, Candidates& candidates, Flows& flows) {
    for (std::int32_t product = 0; product < problem_.products; ++product)
      if (tables_.view.exports[std::int64_t{product} * tables_.view.stride + exporter] > 0.0)
        walk_product(exporter, product, candidates, flows);
    for (std::vector<double>* values : {&candidates.log_potential, &candidates.log_after, &flows.log_potential,
                                        &flows.log_before, &flows.log_after})
      statistics::take_logarithms(values->data(), values->size());
  }

private:
  void walk_product(std::int32_t exporter, std::int32_t product, Candidates& candidates, Flows& flows) {
    const std::uint32_t* row = tables_.row_begin.data() + std::int64_t{product} * (problem_.countries + 1) + exporter;
    const std::uint64_t first = problem_.flows.product_begin[product];
    for (std::uint64_t at = first + row[0]; at < first + row[1]; ++at)
      before_[problem_.flows.market[at]] = problem_.flows.value[at];
    const Outcome::Row then = outcome_.row(product_of_[product], static_cast<std::uint16_t>(exporter));
    for (const std::uint16_t* market = then.market; market != then.end; ++market)
      after_[*market] = then.value[market - then.market];

    row_.compute(product, exporter);
    const double* potential = row_.potential();
    for (std::int32_t market = 0; market < problem_.countries; ++market) {
      // What is smaller than a normal number is nothing.
      if (!(potential[market] >= std::numeric_limits<double>::min())) continue;
      if (!(before_[market] > 0.0)) {
        if (!outcome_.trades[exporter] || !outcome_.trades[market]) continue;
        add(candidates, product, market, potential[market]);
        candidates.started.push_back(after_[market] > 0.0);
        if (after_[market] > 0.0) candidates.log_after.push_back(after_[market]);
      } else {
        add(flows, product, market, potential[market]);
        flows.log_before.push_back(before_[market]);
        flows.log_after.push_back(after_[market]);
      }
    }
    for (std::uint64_t at = first + row[0]; at < first + row[1]; ++at) before_[problem_.flows.market[at]] = 0.0;
    for (const std::uint16_t* market = then.market; market != then.end; ++market) after_[*market] = 0.0;
  }

  static void add(Cells& cells, std::int32_t product, std::int32_t market, double potential) {
    cells.product.push_back(static_cast<std::uint16_t>(product));
    cells.market.push_back(static_cast<std::uint16_t>(market));
    cells.log_potential.push_back(potential);
  }

  const Problem& problem_;
  const Tables& tables_;
  const std::vector<std::int32_t>& product_of_;
  const Outcome& outcome_;
  CellRow row_;
  std::vector<double> before_, after_;  ///< [market] of the product at hand
};

}  // namespace

Origin look_at_origin(const Problem& problem, const Tables& tables, const std::vector<std::int32_t>& product_of,
                      const Outcome& outcome, int threads) {
  Origin origin;
  origin.facts = make_facts(problem, tables, threads);
  origin.candidates.resize(problem.countries);
  origin.flows.resize(problem.countries);
#pragma omp parallel num_threads(threads)
  {
    ExporterWalk walk(problem, tables, product_of, outcome);
#pragma omp for schedule(dynamic, 1)
    for (std::int32_t exporter = 0; exporter < problem.countries; ++exporter)
      if (!stop_requested.load(std::memory_order_relaxed))
        walk.walk(exporter, origin.candidates[exporter], origin.flows[exporter]);
  }
  check_interrupted();
  for (const Candidates& of_exporter : origin.candidates) {
    origin.candidate_count += of_exporter.size();
    for (const std::uint8_t started : of_exporter.started) origin.start_count += started;
  }
  for (const Flows& of_exporter : origin.flows) {
    origin.flow_count += of_exporter.size();
    for (std::size_t cell = 0; cell < of_exporter.size(); ++cell) origin.survivor_count += of_exporter.survived(cell);
  }
  return origin;
}

}  // namespace potentia::backtest
