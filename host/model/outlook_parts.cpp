#include "host/model/outlook_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "kernels/real_math.hpp"

namespace potentia {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// The largest number without its sign; what is infinite or none is left out.
double largest_of(const double* values, std::int32_t count) {
  double largest = 0.0;
  for (std::int32_t at = 0; at < count; ++at) {
    const double size = std::fabs(values[at]);
    if (size < infinite) largest = std::max(largest, size);
  }
  return largest;
}

}  // namespace

const OutlookForm& form_of(const OutlookTables& outlook, int index) {
  switch (index) {
    case odds_of_start: return outlook.models.start;
    case size_of_start: return outlook.models.size;
    default: return outlook.models.growth;
  }
}

std::vector<std::int32_t> markets_by_reach(const CellFacts& facts) {
  std::vector<std::int32_t> order(facts.countries), exporters(facts.countries, 0);
  for (std::int64_t pair = 0; pair < std::int64_t{facts.countries} * facts.countries; ++pair)
    exporters[pair % facts.countries] += facts.shared[pair] > 0;
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return exporters[a] > exporters[b]; });
  return order;
}

ExporterParts::ExporterParts(const OutlookTables& outlook, const TableView& view, const std::vector<std::int32_t>& order,
                             const std::vector<std::int32_t>& tariff_markets, std::int32_t own)
    : exporter(own) {
  const CellFacts& facts = outlook.facts;
  const std::int64_t countries = view.countries;
  const double* between = facts.log_between.data() + exporter * countries;
  const double* ease = view.ease + std::int64_t{exporter} * view.stride;
  const auto is_reached = [&](std::int32_t n) {
    return n < countries && between[order[n]] > -infinite && ease[order[n]] >= least_potential;
  };
  std::vector<double> log_ease;
  for (std::int32_t first = 0; first < view.stride; first += 8) {
    bool any = false;
    for (std::int32_t n = first; n < first + 8; ++n) any = any || is_reached(n);
    if (!any) continue;
    blocks.push_back(first);
    for (std::int32_t n = first; n < first + 8; ++n) {
      market.push_back(static_cast<std::uint16_t>(n));
      log_ease.push_back(is_reached(n) ? ease[order[n]] : 1.0);
      distance.push_back(n < countries ? view.distance[std::int64_t{exporter} * view.stride + order[n]] : infinite);
    }
  }
  places = static_cast<std::int32_t>(market.size());
  place.assign(countries, static_cast<std::uint16_t>(places));
  for (std::int32_t at = 0; at < places; ++at)
    if (market[at] < countries) place[order[market[at]]] = static_cast<std::uint16_t>(at);
  outlook_log_distances(distance.data(), places);
  outlook_logarithms(log_ease.data(), places);

  std::vector<double> part(places);
  for (int index = 0; index < all_indices; ++index) {
    const OutlookForm& form = form_of(outlook, index);
    for (std::int32_t at = 0; at < places; ++at) {
      if (!is_reached(market[at])) {
        part[at] = -infinite;
        continue;
      }
      const std::int64_t other = order[market[at]];
      part[at] = (form.weight[on_between] * (between[other] + outlook.log_share_of_trade) +
                  form.weight[on_shared] * outlook.log_shared[facts.shared[exporter * countries + other]]) +
                 form.weight[on_potential] * log_ease[at];
    }
    if (index == growth_of_flow) {
      growth = part;
      continue;
    }
    exponentials[index] = Buffer<double>(3 * part.size());
    outlook_factors(part.data(), distance.data(), form.weight[on_potential], places, factors(index));
    largest[index] = largest_of(part.data(), places) + std::fabs(form.weight[on_potential]) * largest_of(distance.data(), places);
  }
  for (const std::int32_t taxing : tariff_markets) {
    const std::int32_t row = view.row_horizon[exporter * countries + taxing];
    if (row >= 0 && place[taxing] < places) tariffs.push_back({place[taxing], row});
  }
  market.push_back(0);
  distance.push_back(0.0);
  growth.push_back(0.0);
}

OutlookFactors ExporterParts::factors(int index) {
  double* alone = exponentials[index].data();
  return {alone, alone + places, alone + 2 * places};
}

ProductParts::ProductParts(const OutlookTables& outlook, const TableView& view, const std::vector<std::int32_t>& order,
                           std::int32_t products)
    : outlook_(outlook), view_(view), order_(order), values_(static_cast<std::size_t>(products) * rows * view.stride),
      rates_(static_cast<std::size_t>(products) * multiplied_indices * view.tariff_rows),
      largest_(static_cast<std::size_t>(products) * multiplied_indices) {}

OutlookFactors ProductParts::of_markets(int index, std::int32_t place) {
  const int first = 3 + multiplied_indices + 3 * index;
  return {at(place, first), at(place, first + 1), at(place, first + 2)};
}

void ProductParts::take(std::int32_t product, std::int32_t place) {
  std::fill_n(largest_.begin() + place * multiplied_indices, multiplied_indices, 0.0);
  take_markets(product, place);
  take_exporters(product, place);
  take_rates(product, place);
}

void ProductParts::take_markets(std::int32_t product, std::int32_t place) {
  const CellFacts& facts = outlook_.facts;
  const std::int32_t countries = view_.countries, stride = view_.stride;
  const double* imports = facts.log_imports.data() + std::int64_t{product} * countries;
  const std::uint16_t* suppliers = facts.suppliers.data() + std::int64_t{product} * countries;
  const double* pull = view_.pull + std::int64_t{product} * stride;
  const double* distance = view_.typical + std::int64_t{product} * stride;
  const auto buys = [&](std::int32_t n) { return n < countries && pull[order_[n]] >= least_potential && imports[order_[n]] > -infinite; };

  double* typical = at(place, 0);
  std::vector<double> log_pull(stride), part(stride);
  for (std::int32_t n = 0; n < stride; ++n) {
    typical[n] = n < countries ? distance[order_[n]] : infinite;
    log_pull[n] = buys(n) ? pull[order_[n]] : 1.0;
  }
  outlook_log_distances(typical, stride);
  outlook_logarithms(log_pull.data(), stride);
  for (int index = 0; index < all_indices; ++index) {
    const OutlookForm& form = form_of(outlook_, index);
    const double weight = form.weight[on_potential];
    for (std::int32_t n = 0; n < stride; ++n) {
      if (!buys(n)) {
        part[n] = -infinite;
        continue;
      }
      const std::int32_t market = order_[n];
      part[n] = (form.weight[on_imports] * imports[market] + form.weight[on_suppliers] * log_counts()[suppliers[market]]) +
                weight * log_pull[n];
    }
    if (index == growth_of_flow) {
      std::copy(part.begin(), part.end(), at(place, 1));
      continue;
    }
    outlook_factors(part.data(), typical, weight, stride, of_markets(index, place));
    largest_[place * multiplied_indices + index] +=
        largest_of(part.data(), stride) + std::fabs(weight) * largest_of(typical, stride);
  }
}

void ProductParts::take_exporters(std::int32_t product, std::int32_t place) {
  const CellFacts& facts = outlook_.facts;
  const std::int32_t countries = view_.countries, stride = view_.stride;
  const double* supply = view_.supply + std::int64_t{product} * stride;
  const double* exports = view_.exports + std::int64_t{product} * stride;
  const auto sells = [&](std::int32_t exporter) { return exporter < countries && supply[exporter] >= least_potential && exports[exporter] > 0.0; };

  std::vector<double> log_supply(stride);
  for (std::int32_t exporter = 0; exporter < stride; ++exporter) log_supply[exporter] = sells(exporter) ? supply[exporter] : 1.0;
  outlook_logarithms(log_supply.data(), stride);
  for (int index = 0; index < all_indices; ++index) {
    const OutlookForm& form = form_of(outlook_, index);
    double* part = index == growth_of_flow ? at(place, 2) : at(place, 3 + index);
    const double of_product = form.constant + form.weight[on_world] * facts.log_world[product];
    for (std::int32_t exporter = 0; exporter < stride; ++exporter) {
      if (!sells(exporter)) {
        part[exporter] = -infinite;
        continue;
      }
      const std::int64_t own = std::int64_t{exporter} * facts.products + product;
      part[exporter] = ((of_product + form.weight[on_exports] * facts.log_exports[own]) +
                        form.weight[on_markets] * log_counts()[facts.markets[own]]) +
                       form.weight[on_potential] * log_supply[exporter];
    }
    if (index == growth_of_flow) continue;
    largest_[place * multiplied_indices + index] += largest_of(part, stride);
    outlook_exponentials(part, stride, 1.0, part);
  }
}

void ProductParts::take_rates(std::int32_t product, std::int32_t place) {
  const double* log_cost = view_.log_cost + std::int64_t{product} * view_.tariff_rows;
  for (int index = 0; index < multiplied_indices; ++index) {
    const double weight = form_of(outlook_, index).weight[on_potential];
    double* access = rates_.data() + (std::int64_t{place} * multiplied_indices + index) * view_.tariff_rows;
    for (std::int32_t row = 0; row < view_.tariff_rows; ++row)
      access[row] = log_cost[row] < infinite ? potentia::exp(-weight * log_cost[row]) : 0.0;
    largest_[place * multiplied_indices + index] += std::fabs(weight) * largest_of(log_cost, view_.tariff_rows);
  }
}

}  // namespace potentia
