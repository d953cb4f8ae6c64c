#include "host/backtest/rich.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "host/statistics/block_sums.hpp"
#include "kernels/portable.hpp"
#include "kernels/real_math.hpp"

namespace potentia::backtest {
namespace {

using statistics::block_rows;
using statistics::column_stride;

const std::vector<std::string>& all_names() {
  static const std::vector<std::string> names = {"ln products of heading between pair",
                                                 "ln products of chapter between pair",
                                                 "ln similar markets served",
                                                 "ln similar exporters there",
                                                 "ln GDP growth of exporter",
                                                 "ln GDP growth of market",
                                                 "ln distance",
                                                 "distance unknown",
                                                 "ln products from market to exporter",
                                                 "ln flows of exporter",
                                                 "ln flows of market",
                                                 "ln flows of product",
                                                 "ln flows of exporter in heading",
                                                 "ln flows of market in heading",
                                                 "ln imports of exporter",
                                                 "ln exports of market"};
  return names;
}

double log_of_count(double count) { return potentia::log(1.0 + count); }

void take_log_counts(std::vector<double>& counts) {
  for (double& count : counts) count = log_of_count(count);
}

}  // namespace

RichColumns::Groups RichColumns::make_groups(const World& world, const Problem& problem,
                                             const std::vector<std::int32_t>& product_of, std::size_t digits) const {
  Groups groups;
  std::map<std::string, std::int32_t> numbers;
  for (const std::int32_t product : product_of) {
    const std::string prefix = world.products[product].code.substr(0, digits);
    groups.of.push_back(numbers.emplace(prefix, static_cast<std::int32_t>(numbers.size())).first->second);
  }
  groups.count = numbers.size();
  groups.between.assign(countries_ * groups.count * countries_, 0);
  groups.log_sold.assign(countries_ * groups.count, 0.0);
  groups.log_bought.assign(countries_ * groups.count, 0.0);
  for (std::size_t k = 0; k < products_; ++k)
    for (std::uint64_t at = problem.flows.product_begin[k]; at < problem.flows.product_end[k]; ++at) {
      if (!(problem.flows.value[at] > 0.0)) continue;
      const std::size_t i = problem.flows.exporter[at], j = problem.flows.market[at];
      const auto group = static_cast<std::size_t>(groups.of[k]);
      ++groups.between[(i * groups.count + group) * countries_ + j];
      groups.log_sold[i * groups.count + group] += 1.0;
      groups.log_bought[j * groups.count + group] += 1.0;
    }
  take_log_counts(groups.log_sold);
  take_log_counts(groups.log_bought);
  return groups;
}

void RichColumns::count_flows(const Problem& problem) {
  log_shared_.assign(countries_ * countries_, 0.0);
  log_sold_.assign(countries_, 0.0);
  log_bought_.assign(countries_, 0.0);
  log_traded_.assign(products_, 0.0);
  log_own_imports_.assign(countries_ * products_, 0.0);
  log_own_exports_.assign(countries_ * products_, 0.0);
  for (std::size_t k = 0; k < products_; ++k)
    for (std::uint64_t at = problem.flows.product_begin[k]; at < problem.flows.product_end[k]; ++at) {
      const double value = problem.flows.value[at];
      if (!(value > 0.0)) continue;
      const std::size_t i = problem.flows.exporter[at], j = problem.flows.market[at];
      log_shared_[i * countries_ + j] += 1.0;
      log_sold_[i] += 1.0;
      log_bought_[j] += 1.0;
      log_traded_[k] += 1.0;
      log_own_exports_[i * products_ + k] += value;
      log_own_imports_[j * products_ + k] += value;
    }
  for (std::vector<double>* table : {&log_shared_, &log_sold_, &log_bought_, &log_traded_, &log_own_imports_, &log_own_exports_})
    take_log_counts(*table);
}

RichColumns::RichColumns(const World& world, const Problem& problem, const std::vector<std::int32_t>& product_of,
                         const Origin& origin, int threads, std::vector<Notice>& notices)
    : countries_(static_cast<std::size_t>(problem.countries)), products_(static_cast<std::size_t>(problem.products)),
      heading_(make_groups(world, problem, product_of, 4)), chapter_(make_groups(world, problem, product_of, 2)),
      similar_(similar_there(problem, similarity_of(problem, threads), origin.candidates, threads)) {
  count_flows(problem);
  for (std::size_t country = 0; country < countries_; ++country)
    log_growth_.push_back(potentia::log(problem.gdp_growth[country]));
  double sum = 0.0, known = 0.0;
  for (std::size_t pair = 0; pair < countries_ * countries_; ++pair) {
    const double distance = problem.distance[pair];
    distance_unknown_.push_back(!(distance > 0.0));
    log_distance_.push_back(distance > 0.0 ? potentia::log(distance) : 0.0);
    sum += log_distance_.back();
    known += distance > 0.0 ? 1.0 : 0.0;
  }
  for (std::size_t pair = 0; pair < log_distance_.size(); ++pair)
    if (distance_unknown_[pair] && known > 0.0) log_distance_[pair] = sum / known;
  leave_out_constants(origin, threads, notices);
}

void RichColumns::fill_all(std::int32_t exporter, const Cells& cells, std::uint64_t first, std::int32_t count,
                           double* x) const {
  // Column by column: rows of sixteen columns at once, as far apart as a block is long, drive each other out of the cache.
  const auto i = static_cast<std::size_t>(exporter);
  const std::uint16_t *product = cells.product.data() + first, *market = cells.market.data() + first;
  const auto put = [&x, count](const auto& value_of) {
    double* PT_RESTRICT to = x;
    for (std::int32_t row = 0; row < count; ++row) to[row] = value_of(row);
    x += column_stride;
  };
  const auto of_market = [&put, market](const auto* by_market) { put([=](std::int32_t row) { return double(by_market[market[row]]); }); };
  const auto of_product = [&put, product](const double* by_product) { put([=](std::int32_t row) { return by_product[product[row]]; }); };
  const auto of_pair_in = [&, log_count = log_counts()](const Groups& groups) {
    const std::uint16_t* between = groups.between.data() + i * groups.count * countries_;
    put([=, group_of = groups.of.data(), countries = countries_](std::int32_t row) {
      return log_count[between[static_cast<std::size_t>(group_of[product[row]]) * countries + market[row]]];
    });
  };
  of_pair_in(heading_);
  of_pair_in(chapter_);
  put([similar = similar_.markets[i].data() + first](std::int32_t row) { return static_cast<double>(similar[row]); });
  put([similar = similar_.exporters[i].data() + first](std::int32_t row) { return static_cast<double>(similar[row]); });
  put([own = log_growth_[i]](std::int32_t) { return own; });
  of_market(log_growth_.data());
  of_market(log_distance_.data() + i * countries_);
  of_market(distance_unknown_.data() + i * countries_);
  put([=, shared = log_shared_.data() + i, countries = countries_](std::int32_t row) { return shared[market[row] * countries]; });
  put([own = log_sold_[i]](std::int32_t) { return own; });
  of_market(log_bought_.data());
  of_product(log_traded_.data());
  const std::int32_t* heading_of = heading_.of.data();
  put([=, sold = heading_.log_sold.data() + i * heading_.count](std::int32_t row) { return sold[heading_of[product[row]]]; });
  put([=, bought = heading_.log_bought.data(), headings = heading_.count](std::int32_t row) {
    return bought[market[row] * headings + static_cast<std::size_t>(heading_of[product[row]])];
  });
  of_product(log_own_imports_.data() + i * products_);
  put([=, sold = log_own_exports_.data(), products = products_](std::int32_t row) { return sold[market[row] * products + product[row]]; });
}

void RichColumns::leave_out_constants(const Origin& origin, int threads, std::vector<Notice>& notices) {
  const std::size_t columns = all_names().size();
  std::vector<double> least(columns, std::numeric_limits<double>::infinity()), most(columns, -least[0]);
#pragma omp parallel num_threads(threads)
  {
    std::vector<double> x(columns * column_stride), low = least, high = most;
#pragma omp for schedule(dynamic, 1)
    for (std::size_t exporter = 0; exporter < origin.candidates.size(); ++exporter) {
      const Candidates& cells = origin.candidates[exporter];
      for (std::uint64_t first = 0; first < cells.size(); first += block_rows) {
        const auto count = static_cast<std::int32_t>(std::min<std::uint64_t>(block_rows, cells.size() - first));
        fill_all(static_cast<std::int32_t>(exporter), cells, first, count, x.data());
        for (std::size_t column = 0; column < columns; ++column) {
          const auto [from, to] = std::minmax_element(x.data() + column * column_stride, x.data() + column * column_stride + count);
          low[column] = std::min(low[column], *from);
          high[column] = std::max(high[column], *to);
        }
      }
    }
#pragma omp critical  // extremes: the order does not matter
    for (std::size_t column = 0; column < columns; ++column) {
      least[column] = std::min(least[column], low[column]);
      most[column] = std::max(most[column], high[column]);
    }
  }
  Notice notice{"note", "backtest.constant_regressor", 0, "the same in all cells, left out of the rich model", {}};
  for (std::size_t column = 0; column < columns; ++column) {
    if (least[column] < most[column]) {
      kept_.push_back(column);
      names_.push_back(all_names()[column]);
    } else {
      notice.whose.push_back(all_names()[column]);
    }
  }
  notice.count = notice.whose.size();
  if (notice.count > 0) notices.push_back(notice);
}

void RichColumns::fill(std::int32_t exporter, const Cells& cells, std::uint64_t first, std::int32_t count, double* x) const {
  if (kept_.size() == all_names().size()) {
    fill_all(exporter, cells, first, count, x);
    return;
  }
  std::vector<double> all(all_names().size() * column_stride);
  fill_all(exporter, cells, first, count, all.data());
  for (std::size_t column = 0; column < kept_.size(); ++column)
    std::copy_n(all.data() + kept_[column] * column_stride, count, x + column * column_stride);
}

}  // namespace potentia::backtest
