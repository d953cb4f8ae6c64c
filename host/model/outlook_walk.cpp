#include "host/model/outlook_walk.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "host/model/outlook_rows.hpp"
#include "io/world/world.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

std::int32_t padded_to_eight(std::int32_t count) { return (count + 7) / 8 * 8; }

/// Logarithms of the first `count`; 0 in what fills up to a multiple of eight.
void take_logarithms_of(const std::vector<double>& values, std::int32_t count, std::vector<double>& logarithms) {
  std::copy_n(values.begin(), count, logarithms.begin());
  std::fill(logarithms.begin() + count, logarithms.begin() + padded_to_eight(count), 1.0);
  outlook_logarithms(logarithms.data(), count);
}

}  // namespace

OutlookTables::OutlookTables(const OutlookModels& of_models, const OutlookScale& of_scale, CellFacts of_facts)
    : models(of_models), scale(of_scale), facts(std::move(of_facts)) {
  for (std::int32_t n = 0; n <= facts.products; ++n) log_shared.push_back(potentia::log(1.0 + scale.share_of_flows * n));
  for (std::size_t at = 0; at < models.class_width.size(); ++at) {
    reach.push_back(potentia::exp(models.class_width[at]));
    // Flows of a few hundred dollars err so widely that a mean says little: what is expected stays inside the interval.
    const double mean = potentia::exp(scale.years * potentia::log(models.class_smearing[at]));
    mean_ratio.push_back(std::min(std::max(mean, 1.0 / reach[at]), reach[at]));
  }
}

OutlookCells::OutlookCells(std::int32_t countries) : market(padded_to_eight(countries)) {
  for (std::vector<double>* values : {&potential, &trade, &chance, &expected, &low, &high}) values->resize(market.size());
}

OutlookWalk::OutlookWalk(const OutlookTables& tables)
    : tables_(tables), log_count_(log_counts()), countries_(tables.facts.countries), log_potential_(padded_to_eight(countries_)),
      log_trade_(log_potential_.size()), index_(log_potential_.size()), class_(log_potential_.size()) {
  for (std::vector<double>& values : by_product_) values.resize(countries_);
  for (auto& of_place : by_pair_)
    for (std::vector<double>& values : of_place) values.resize(countries_);
}

const OutlookForm* OutlookWalk::form_of(int number) const {
  switch (number) {
    case start: return &tables_.models.start;
    case size: return &tables_.models.size;
    case growth: return &tables_.models.growth;
    default: return tables_.models.survival ? &*tables_.models.survival : nullptr;
  }
}

void OutlookWalk::take_exporter(std::int32_t exporter, std::int32_t place) {
  exporter_[place] = exporter;
  const double log_share = potentia::log(tables_.scale.share_of_trade);
  const double* between = tables_.facts.log_between.data() + std::int64_t{exporter} * countries_;
  reached_[place].clear();
  for (std::int32_t market = 0; market < countries_; ++market)
    if (between[market] > -std::numeric_limits<double>::infinity()) reached_[place].push_back(static_cast<std::uint16_t>(market));
  const std::uint16_t* shared = tables_.facts.shared.data() + std::int64_t{exporter} * countries_;
  for (int number = 0; number < forms; ++number) {
    const OutlookForm* form = form_of(number);
    if (form == nullptr) continue;
    for (std::int32_t market = 0; market < countries_; ++market)
      by_pair_[place][number][market] = form->weight[on_between] * (between[market] + log_share) +
                                        form->weight[on_shared] * tables_.log_shared[shared[market]];
  }
}

void OutlookWalk::take_product(std::int32_t product) {
  product_ = product;
  const double* imports = tables_.facts.log_imports.data() + std::int64_t{product} * countries_;
  const std::uint16_t* suppliers = tables_.facts.suppliers.data() + std::int64_t{product} * countries_;
  for (int number = 0; number < forms; ++number) {
    const OutlookForm* form = form_of(number);
    if (form == nullptr) continue;
    double* to = by_product_[number].data();
    const double of_imports = form->weight[on_imports], of_suppliers = form->weight[on_suppliers];
    for (std::int32_t market = 0; market < countries_; ++market)
      to[market] = of_imports * imports[market] + of_suppliers * log_count_[suppliers[market]];
  }
}

void OutlookWalk::take_row(std::int32_t place) {
  place_ = place;
  const std::int64_t own = std::int64_t{exporter_[place]} * tables_.facts.products + product_;
  for (int number = 0; number < forms; ++number) {
    const OutlookForm* form = form_of(number);
    if (form == nullptr) continue;
    row_[number] = form->constant + form->weight[on_exports] * tables_.facts.log_exports[own] +
                   form->weight[on_world] * tables_.facts.log_world[product_] +
                   form->weight[on_markets] * log_count_[tables_.facts.markets[own]];
  }
}

void OutlookWalk::index(int number, const OutlookCells& cells, bool with_trade) {
  const OutlookForm& form = *form_of(number);
  const OutlookSum sum{row_[number], by_product_[number].data(), by_pair_[place_][number].data(),
                       form.weight[on_potential], form.trade};
  outlook_index(sum, cells.market.data(), log_potential_.data(), with_trade ? log_trade_.data() : nullptr, cells.count,
                index_.data());
}

void OutlookWalk::judge_starts(OutlookCells& cells) {
  take_logarithms_of(cells.potential, cells.count, log_potential_);
  index(start, cells, false);
  outlook_chances(index_.data(), cells.count, tables_.scale.years, cells.chance.data());
  index(size, cells, false);
  outlook_exponentials(index_.data(), cells.count, 1.0, cells.expected.data());
  const double smearing = tables_.models.smearing;
  for (std::int32_t at = 0; at < cells.count; ++at) {
    cells.expected[at] = cells.chance[at] * (smearing * cells.expected[at]);
    cells.low[at] = cells.high[at] = missing_value;
  }
}

void OutlookWalk::judge_flows(OutlookCells& cells, bool whole) {
  take_logarithms_of(cells.potential, cells.count, log_potential_);
  take_logarithms_of(cells.trade, cells.count, log_trade_);
  index(growth, cells, true);
  outlook_exponentials(index_.data(), cells.count, tables_.scale.years, cells.expected.data());
  const std::vector<double>& bound = tables_.models.class_bound;
  outlook_classes(cells.trade.data(), cells.count, bound.data(), static_cast<std::int32_t>(bound.size()), class_.data());
  for (std::int32_t at = 0; at < cells.count; ++at) {
    const double middle = cells.trade[at] * cells.expected[at], reach = tables_.reach[class_[at]];
    cells.expected[at] = middle * tables_.mean_ratio[class_[at]];
    cells.low[at] = middle / reach;
    cells.high[at] = middle * reach;
    cells.chance[at] = missing_value;
  }
  if (!whole || !tables_.models.survival) return;
  index(survival, cells, true);
  for (std::int32_t at = 0; at < cells.count; ++at) index_[at] = -index_[at];  // that a flow ends is what happens
  outlook_chances(index_.data(), cells.count, tables_.scale.years, cells.chance.data());
  for (std::int32_t at = 0; at < cells.count; ++at) cells.chance[at] = 1.0 - cells.chance[at];
}

}  // namespace potentia
