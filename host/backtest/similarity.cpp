#include "host/backtest/similarity.hpp"

#include <algorithm>

#include "host/statistics/block_sums.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/portable.hpp"

namespace potentia::backtest {
namespace {

/// Flows of a product with trade, by exporter and by market.
class ProductFlows {
public:
  explicit ProductFlows(const Problem& problem)
      : problem_(problem), markets_of_(problem.countries), suppliers_of_(problem.countries) {}

  void read(std::int32_t product) {
    for (auto& list : markets_of_) list.clear();
    for (auto& list : suppliers_of_) list.clear();
    for (std::uint64_t at = problem_.flows.product_begin[product]; at < problem_.flows.product_end[product]; ++at) {
      if (!(problem_.flows.value[at] > 0.0)) continue;
      markets_of_[problem_.flows.exporter[at]].push_back(problem_.flows.market[at]);
      suppliers_of_[problem_.flows.market[at]].push_back(problem_.flows.exporter[at]);
    }
  }
  const std::vector<std::uint16_t>& markets_of(std::size_t exporter) const { return markets_of_[exporter]; }
  const std::vector<std::uint16_t>& suppliers_of(std::size_t market) const { return suppliers_of_[market]; }

private:
  const Problem& problem_;
  std::vector<std::vector<std::uint16_t>> markets_of_, suppliers_of_;  ///< ascending
};

void count_pairs(const std::vector<std::uint16_t>& list, std::size_t countries, std::uint32_t* both) {
  for (const std::uint16_t a : list) {
    std::uint32_t* row = both + a * countries;
    for (const std::uint16_t b : list) ++row[b];
  }
}

std::vector<double> jaccard(const std::vector<std::uint32_t>& both, std::size_t countries) {
  std::vector<double> similarity(countries * countries, 0.0);
  for (std::size_t a = 0; a < countries; ++a)
    for (std::size_t b = 0; b < countries; ++b) {
      const std::uint64_t common = both[a * countries + b];
      const std::uint64_t either = std::uint64_t{both[a * countries + a]} + both[b * countries + b] - common;
      if (a != b && either > 0) similarity[a * countries + b] = static_cast<double>(common) / static_cast<double>(either);
    }
  return similarity;
}

/// sum += row, over all countries
PT_CLONES void add_row(const double* PT_RESTRICT row, std::size_t countries, double* PT_RESTRICT sum) {
  for (std::size_t country = 0; country < countries; ++country) sum[country] += row[country];
}

/// sums[row][country] = Σ similarity of those in a list
void sum_similar(const std::vector<std::uint16_t>& list, const std::vector<double>& similarity, std::size_t countries,
                 double* sum) {
  std::fill_n(sum, countries, 0.0);
  for (const std::uint16_t other : list) add_row(similarity.data() + other * countries, countries, sum);
}

/// [country] mean similarity to the others; 1 where there is none
std::vector<double> mean_similarities(const std::vector<double>& similarity, std::size_t countries) {
  std::vector<double> means(countries, 0.0);
  for (std::size_t country = 0; country < countries; ++country) {
    double sum = 0.0;
    for (std::size_t other = 0; other < countries; ++other) sum += similarity[country * countries + other];
    means[country] = sum > 0.0 ? sum / static_cast<double>(countries - 1) : 1.0;
  }
  return means;
}

}  // namespace

Similarity similarity_of(const Problem& problem, int threads) {
  const auto countries = static_cast<std::size_t>(problem.countries);
  std::vector<std::uint32_t> markets(countries * countries, 0), exporters(countries * countries, 0);
#pragma omp parallel num_threads(threads)
  {
    ProductFlows flows(problem);
    std::vector<std::uint32_t> own_markets(markets.size(), 0), own_exporters(exporters.size(), 0);
#pragma omp for schedule(dynamic, 8)
    for (std::int32_t product = 0; product < problem.products; ++product) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      flows.read(product);
      for (std::size_t country = 0; country < countries; ++country) {
        count_pairs(flows.markets_of(country), countries, own_markets.data());
        count_pairs(flows.suppliers_of(country), countries, own_exporters.data());
      }
    }
#pragma omp critical  // counts: the order does not matter
    for (std::size_t at = 0; at < markets.size(); ++at) {
      markets[at] += own_markets[at];
      exporters[at] += own_exporters[at];
    }
  }
  check_interrupted();
  return {jaccard(markets, countries), jaccard(exporters, countries)};
}

SimilarThere similar_there(const Problem& problem, const Similarity& similarity, const std::vector<Candidates>& candidates,
                           int threads) {
  const auto countries = static_cast<std::size_t>(problem.countries), products = static_cast<std::size_t>(problem.products);
  SimilarThere there;
  there.markets.resize(countries);
  there.exporters.resize(countries);
  std::vector<std::uint32_t> begin(countries * (products + 1));  // first candidate of each exporter and product
  for (std::size_t i = 0; i < countries; ++i) {
    there.markets[i].resize(candidates[i].size());
    there.exporters[i].resize(candidates[i].size());
    const std::vector<std::uint16_t>& product = candidates[i].product;  // ascending
    std::size_t at = 0;
    for (std::size_t k = 0; k <= products; ++k) {
      while (at < product.size() && product[at] < k) ++at;
      begin[i * (products + 1) + k] = static_cast<std::uint32_t>(at);
    }
  }
  const std::vector<double> of_markets = mean_similarities(similarity.markets, countries);
  const std::vector<double> of_exporters = mean_similarities(similarity.exporters, countries);
#pragma omp parallel num_threads(threads)
  {
    ProductFlows flows(problem);
    std::vector<double> served(countries), suppliers(countries * countries), logs(2 * countries);
#pragma omp for schedule(dynamic, 8)
    for (std::int32_t k = 0; k < problem.products; ++k) {
      if (stop_requested.load(std::memory_order_relaxed)) continue;
      flows.read(k);
      for (std::size_t j = 0; j < countries; ++j)
        sum_similar(flows.suppliers_of(j), similarity.exporters, countries, suppliers.data() + j * countries);
      for (std::size_t i = 0; i < countries; ++i) {
        const std::uint32_t* cells = begin.data() + i * (products + 1) + k;
        if (cells[0] == cells[1]) continue;
        sum_similar(flows.markets_of(i), similarity.markets, countries, served.data());
        for (std::uint32_t at = cells[0]; at < cells[1]; ++at) {
          const std::size_t j = candidates[i].market[at];
          logs[2 * (at - cells[0])] = 1.0 + served[j] / of_markets[j];
          logs[2 * (at - cells[0]) + 1] = 1.0 + suppliers[j * countries + i] / of_exporters[i];
        }
        statistics::take_logarithms(logs.data(), 2 * (cells[1] - cells[0]));
        for (std::uint32_t at = cells[0]; at < cells[1]; ++at) {
          there.markets[i][at] = static_cast<float>(logs[2 * (at - cells[0])]);
          there.exporters[i][at] = static_cast<float>(logs[2 * (at - cells[0]) + 1]);
        }
      }
    }
  }
  check_interrupted();
  return there;
}

}  // namespace potentia::backtest
