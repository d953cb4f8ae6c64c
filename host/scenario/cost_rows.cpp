// One row of rates: what a pair pays and how its potential is multiplied, product by product.
#include <algorithm>
#include <cmath>

#include "host/model/lowest_rate.hpp"
#include "host/scenario/pair_key.hpp"
#include "kernels/cell.hpp"
#include "kernels/error.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

bool is_eligibility(const ResolvedInstrument& one) { return one.instrument->words.count("eligibility") != 0; }

}  // namespace

std::vector<std::int32_t> VariantCompiler::regimes_of(std::size_t exporter, std::size_t market,
                                                      const Active& active) const {
  const std::int64_t pair = static_cast<std::int64_t>(exporter * problem_.countries + market);
  std::vector<std::int32_t> regimes = detail_.eligible[problem_.tariffs.row_horizon[pair]];
  for (const ResolvedInstrument* one : active) {
    if (!is_eligibility(*one) || !one->applies(exporter, market)) continue;
    const std::string& what = one->instrument->words.at("eligibility");
    const auto at = std::lower_bound(regimes.begin(), regimes.end(), one->regime);
    const bool has = at != regimes.end() && *at == one->regime;
    if (what == "end" && has) regimes.erase(at);
    if (what == "end" || has) continue;
    if (what == "start" || members_.count({one->regime, pair}) != 0) regimes.insert(at, one->regime);
  }
  return regimes;
}

VariantCompiler::PairKey VariantCompiler::key_of(std::size_t exporter, std::size_t market, const Active& active) const {
  PairKey key;
  const std::int64_t pair = static_cast<std::int64_t>(exporter * problem_.countries + market);
  const std::int32_t row = problem_.tariffs.rows > 0 ? problem_.tariffs.row_horizon[pair] : -1;
  bool regimes_changed = false;
  if (row >= 0) {
    key.schedule = detail_.schedule[row];
    key.in_union = detail_.in_union[row] != 0;
    key.regimes = regimes_of(exporter, market, active);
    regimes_changed = key.regimes != detail_.eligible[row];
  }
  for (const ResolvedInstrument* one : active) {
    if (is_eligibility(*one) || !one->applies(exporter, market)) continue;
    // Who may not use a regime is not touched by its rates or how much it is used.
    const bool of_regime = one->regime > 0;
    if (of_regime && std::find(key.regimes.begin(), key.regimes.end(), one->regime) == key.regimes.end()) continue;
    key.instruments.push_back(one);
    const bool own = one->kind() == InstrumentKind::distance ||
                     (one->kind() == InstrumentKind::ease && !one->instrument->has("scale"));
    if (own) key.pair = pair;
  }
  key.is_base = key.instruments.empty() && !regimes_changed;
  return key;
}

/// Share of trade that uses a regime that it may use: utilisation, and what is left of the eligibility.
double VariantCompiler::used_share(const Active& on_pair, std::int32_t regime, std::size_t product) const {
  double share = 1.0;
  for (const ResolvedInstrument* one : on_pair)
    if (one->kind() == InstrumentKind::utilisation && one->regime == regime && one->products[product] &&
        one->instrument->has("set"))
      share = one->instrument->number("set");
  for (const ResolvedInstrument* one : on_pair) {
    if (one->regime != regime || !one->products[product]) continue;
    if (one->kind() == InstrumentKind::utilisation && one->instrument->has("scale"))
      share *= one->instrument->number("scale");
    if (one->kind() == InstrumentKind::tariff && one->instrument->has("share"))
      share *= one->instrument->number("share");
  }
  return std::min(share, 1.0);
}

/// The lowest rate, of which a share that is not used falls back to what is lowest without its regime.
double VariantCompiler::paid(const PairKey& key, const Active& on_pair, std::size_t product,
                             const std::vector<std::int32_t>& regimes) const {
  const auto& lines = detail_.lines[key.schedule];
  const auto rate_of = [&](std::int32_t regime) {
    double rate = lines[regime].empty() ? missing_value : lines[regime][product];
    const auto each = [&](const char* number, const auto& change) {
      for (const ResolvedInstrument* one : on_pair)
        if (one->kind() == InstrumentKind::tariff && one->regime == regime && one->products[product] &&
            one->instrument->has(number))
          change(one->instrument->number(number));
    };
    each("set", [&](double to) { rate = to; });
    each("scale", [&](double factor) { rate *= factor; });
    each("add", [&](double points) { rate += points; });
    return rate < 0.0 ? 0.0 : rate;  // not a number stays what it is
  };
  const Granted granted =
      lowest_rate(world_.tariffs, rate_of, detail_.mfn_missing[key.schedule][product] != 0, key.in_union, regimes);
  if (granted.by <= 0) return granted.rate;
  const double used = used_share(on_pair, granted.by, product);
  if (used == 1.0) return granted.rate;
  std::vector<std::int32_t> others;
  std::copy_if(regimes.begin(), regimes.end(), std::back_inserter(others),
               [&](std::int32_t one) { return one != granted.by; });
  return used * granted.rate + (1.0 - used) * paid(key, on_pair, product, others);
}

double VariantCompiler::cost_of(const ResolvedInstrument& one, std::size_t product) const {
  const Instrument& instrument = *one.instrument;
  const auto number = [&](const char* key, double absent) {
    return instrument.has(key) ? instrument.number(key) : absent;
  };
  const double day = number("value_of_day", one.perishable[product] ? value_of_day_perishable : value_of_day_default);
  return (number("days", 0.0) + number("border", 0.0)) * day + number("freight", 0.0) * number("freight_share", 1.0) +
         number("spoilage", 0.0);
}

/// c of 1 + c = (1 + t)(1 + τ) …
double VariantCompiler::rate_of(const PairKey& key, const Active& on_pair, std::size_t product) const {
  const double tariff = key.schedule < 0 ? 0.0 : paid(key, on_pair, product, key.regimes);
  double factor = 1.0;
  for (const ResolvedInstrument* one : on_pair) {
    if (one->kind() != InstrumentKind::cost || !one->products[product]) continue;
    const double cost = 1.0 + cost_of(*one, product);
    if (!(cost > 0.0))
      throw input_error(
          "\"" + one->instrument->name + "\" takes away all that a product costs", one->instrument->where,
          "its days, freight and spoilage fall by 100 per cent of the value of goods or more: correct them");
    factor = one->instrument->already_in_base ? factor / cost : factor * cost;
  }
  return factor == 1.0 ? tariff : (1.0 + tariff) * factor - 1.0;
}

/// @param ease what trade says, or what was given instead of 0
double VariantCompiler::ease_factor(const Active& on_pair, std::size_t exporter, std::size_t market,
                                    std::size_t product, double ease) const {
  const double known = tables_.view.ease[exporter * tables_.view.stride + market];
  double wanted = known;
  const auto each = [&](const auto& change) {
    for (const ResolvedInstrument* one : on_pair)
      if (one->kind() == InstrumentKind::ease && one->products[product]) change(*one);
  };
  bool replaced = false;
  each([&](const ResolvedInstrument& one) {
    if (one.like_exporter < 0) return;
    wanted = tables_.view.ease[one.like_exporter * tables_.view.stride + one.like_market];
    replaced = true;
  });
  each([&](const ResolvedInstrument& one) {
    if (!one.instrument->has("set")) return;
    wanted = one.instrument->number("set");
    replaced = true;
  });
  // Products that nobody gave an ease to stay without potential where the pair was given one.
  const bool given = !(known > 0.0) && ease > 0.0;
  double factor = replaced ? (ease > 0.0 ? wanted / ease : 0.0) : (given ? 0.0 : 1.0);
  each([&](const ResolvedInstrument& one) {
    if (!one.instrument->has("scale")) return;
    const double scale = one.instrument->number("scale");
    if (!one.instrument->already_in_base) {
      factor *= scale;
      return;
    }
    if (!(scale > 0.0))
      throw input_error("\"" + one.instrument->name + "\" is in the base trade, and its factor is 0",
                        one.instrument->where, "what brought trade to nothing cannot be taken out of it");
    factor /= scale;
  });
  return factor;
}

double VariantCompiler::distance_factor(const Active& on_pair, std::size_t exporter, std::size_t market,
                                        std::size_t product) const {
  const TableView& view = tables_.view;
  const std::int64_t pair = static_cast<std::int64_t>(exporter) * view.stride + static_cast<std::int64_t>(market);
  const std::int64_t entry = static_cast<std::int64_t>(product) * view.stride + static_cast<std::int64_t>(market);
  double km = view.distance[pair];
  bool changed = false;
  for (const char* key : {"set", "scale", "add"})
    for (const ResolvedInstrument* one : on_pair) {
      if (one->kind() != InstrumentKind::distance || !one->instrument->has(key)) continue;
      const double number = one->instrument->number(key);
      if (key[1] != 'e' && std::isinf(km))
        throw input_error("the distance from " + world_.countries[exporter].iso3 + " to " +
                              world_.countries[market].iso3 + " is not known, so that it cannot be changed",
                          one->instrument->where, "set it");
      km = key[1] == 'e' ? number : (key[1] == 'c' ? km * number : km + number);
      changed = true;
      if (!(km > 0.0)) throw input_error("a distance falls to 0 km or below", one->instrument->where, "add less");
    }
  if (!changed) return 1.0;
  const double before =
      distance_fit(view.distance[pair], view.inverse_distance[pair], view.typical[entry], view.inverse_typical[entry]);
  return distance_fit(km, 1.0 / km, view.typical[entry], view.inverse_typical[entry]) / before;
}

void VariantCompiler::fill_row(const PairKey& key, std::size_t exporter, std::size_t market, double given_ease,
                               double* rate, double* multiplier) const {
  const double known = tables_.view.ease[exporter * tables_.view.stride + market];
  const double ease = std::isnan(given_ease) ? known : given_ease;
  for (std::size_t product = 0; product < static_cast<std::size_t>(problem_.products); ++product) {
    rate[product] = rate_of(key, key.instruments, product);
    multiplier[product] = ease_factor(key.instruments, exporter, market, product, ease);
    const double distance = distance_factor(key.instruments, exporter, market, product);
    if (distance != 1.0) multiplier[product] *= distance;
  }
}

}  // namespace potentia
