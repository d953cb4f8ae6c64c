#include "host/scenario/compile.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "host/scenario/pair_key.hpp"
#include "kernels/error.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

/// Rows that belong to one pair alone are [products] each: more would not be an assumption but a data set.
constexpr std::size_t most_rows = 4000;

/// replace or set, then scale, then add, whatever the order of instruments.
template <class Applies>
double changed(double value, const std::vector<const ResolvedInstrument*>& active, InstrumentKind kind,
               const Applies& applies) {
  const auto each = [&](const char* key, const auto& change) {
    for (const ResolvedInstrument* one : active)
      if (one->kind() == kind && one->instrument->has(key) && applies(*one)) change(one->instrument->number(key));
  };
  each("set", [&](double number) { value = number; });
  each("scale", [&](double number) { value *= number; });
  each("add", [&](double number) { value += number; });
  return value;
}

bool has_kind(const std::vector<const ResolvedInstrument*>& active, InstrumentKind kind) {
  return std::any_of(active.begin(), active.end(), [&](const auto* one) { return one->kind() == kind; });
}

void mark_all(std::size_t countries, TouchedInputs& touched) {
  touched.everything = true;
  touched.markets.clear();
  for (std::size_t market = 0; market < countries; ++market)
    touched.markets.push_back(static_cast<std::int32_t>(market));
}

void touch(std::int32_t market, TouchedInputs& touched) {
  const auto at = std::lower_bound(touched.markets.begin(), touched.markets.end(), market);
  if (at == touched.markets.end() || *at != market) touched.markets.insert(at, market);
}

}  // namespace

std::vector<std::int32_t> products_in_order(const BuiltProblem& built) {
  std::vector<std::int32_t> products;
  for (std::int32_t k = 0; k < built.problem->products; ++k)
    products.push_back(built.products[built.problem->product_column[k]]);
  return products;
}

TariffKnowledge::TariffKnowledge(const World& world, const BuiltProblem& built) {
  if (built.problem->tariffs.rows > 0) {
    std::vector<Notice> known_already;
    make_tariff_rows(world, products_in_order(built), built.settings.world.base_years.back(),
                     built.settings.world.horizon_year, known_already, &detail);
  }
  const Tariffs& tariffs = world.tariffs;
  for (std::size_t at = 0; at < tariffs.member_regime.size(); ++at)
    members.insert(
        {tariffs.member_regime[at],
         tariffs.member_exporter[at] * static_cast<std::int64_t>(world.country_count()) + tariffs.member_market[at]});
}

VariantCompiler::VariantCompiler(const World& world, const BuiltProblem& built, const Tables& tables,
                                 const TariffKnowledge& tariffs, const std::vector<ResolvedInstrument>& instruments)
    : world_(world),
      problem_(*built.problem),
      tables_(tables),
      instruments_(instruments),
      base_year_(built.settings.world.base_years.back()),
      horizon_year_(built.settings.world.horizon_year),
      detail_(tariffs.detail),
      members_(tariffs.members) {}

Variant VariantCompiler::compile(const std::vector<char>& on) const {
  Active active;
  for (std::size_t at = 0; at < instruments_.size(); ++at)
    if (on[at] && instruments_[at].acts && instruments_[at].kind() != InstrumentKind::target)
      active.push_back(&instruments_[at]);
  Variant variant;
  compile_growth(active, variant);
  compile_elasticities(active, variant);
  give_ease(active, variant);
  compile_access(active, variant);
  return variant;
}

void VariantCompiler::compile_growth(const Active& active, Variant& variant) const {
  const double all_years = horizon_year_ - base_year_;
  const auto series = [&](InstrumentKind kind, const double* known) {
    std::vector<double> growth(known, known + problem_.countries);
    for (std::size_t country = 0; country < growth.size(); ++country) {
      const auto each = [&](const char* key, const auto& change) {
        for (const ResolvedInstrument* one : active)
          if (one->kind() == kind && one->instrument->has(key) && one->countries[country])
            change(one->instrument->number(key), static_cast<double>(one->years));
      };
      double& total = growth[country];
      each("replace", [&](double rate, double years) {
        total = pow(pow(total, 1.0 / all_years), all_years - years) * pow(1.0 + rate, years);
      });
      each("scale", [&](double factor, double) { total *= factor; });
      each("add", [&](double points, double years) {
        const double annual = pow(total, 1.0 / all_years);
        if (!(annual + points > 0.0))
          throw input_error("growth of " + world_.countries[country].iso3 + " falls below -100 per cent a year",
                            kind_name(kind), "add fewer points");
        total *= pow((annual + points) / annual, years);
      });
    }
    return growth;
  };
  if (has_kind(active, InstrumentKind::gdp)) {
    variant.gdp_growth = series(InstrumentKind::gdp, problem_.gdp_growth);
    mark_all(problem_.countries, variant.touched);
  }
  if (has_kind(active, InstrumentKind::population)) {
    variant.population_growth = series(InstrumentKind::population, problem_.population_growth);
    for (std::int32_t market = 0; market < problem_.countries; ++market)
      if (variant.population_growth[market] != problem_.population_growth[market]) touch(market, variant.touched);
  }
}

void VariantCompiler::compile_elasticities(const Active& active, Variant& variant) const {
  const std::size_t products = problem_.products, countries = problem_.countries;
  if (has_kind(active, InstrumentKind::income_elasticity)) {
    for (std::size_t market = 0; market < countries; ++market)
      for (std::size_t product = 0; product < products; ++product) {
        const double known =
            problem_.income_elasticity[problem_.elasticity_by_market ? market * products + product : product];
        const double value =
            changed(known, active, InstrumentKind::income_elasticity,
                    [&](const ResolvedInstrument& one) { return one.markets[market] && one.products[product]; });
        variant.income_elasticity.push_back(value);
      }
    // By what is said, not by what differs: a process that has other products comes to the same markets.
    for (const ResolvedInstrument* one : active)
      if (one->kind() == InstrumentKind::income_elasticity)
        for (std::size_t market = 0; market < countries; ++market)
          if (one->markets[market]) touch(static_cast<std::int32_t>(market), variant.touched);
  }
  if (has_kind(active, InstrumentKind::sigma)) {
    for (std::size_t product = 0; product < products; ++product) {
      const double value = changed(problem_.sigma[product], active, InstrumentKind::sigma,
                                   [&](const ResolvedInstrument& one) { return one.products[product] != 0; });
      if (!(value > 0.0))
        throw input_error("the elasticity of substitution of some product falls to 0 or below", "sigma", "add less");
      variant.sigma.push_back(value);
    }
    mark_all(countries, variant.touched);
  }
}

/// Where trade says an ease of 0, no factor makes anything of it: the pair is given its new ease, and multipliers of 0
/// keep what nobody changes at nothing.
void VariantCompiler::give_ease(const Active& active, Variant& variant) const {
  const std::size_t countries = problem_.countries, stride = tables_.view.stride;
  for (const ResolvedInstrument* one : active) {
    if (one->kind() != InstrumentKind::ease || one->instrument->has("scale")) continue;
    for (std::size_t exporter = 0; exporter < countries; ++exporter)
      for (std::size_t market = 0; market < countries; ++market) {
        if (exporter == market || !one->applies(exporter, market) ||
            tables_.view.ease[exporter * stride + market] > 0.0)
          continue;
        const double given = one->like_exporter >= 0 ? tables_.view.ease[one->like_exporter * stride + one->like_market]
                                                     : one->instrument->number("set");
        if (!(given > 0.0) && one->like_exporter >= 0)
          throw input_error(world_.countries[one->like_exporter].iso3 + " and " +
                                world_.countries[one->like_market].iso3 +
                                " have an ease of trade of 0 themselves: nothing can be like it",
                            one->instrument->selection.where.at("like"), "name a pair that trades");
        if (variant.ease.empty()) variant.ease.assign(countries * countries, missing_value);
        double& known = variant.ease[exporter * countries + market];
        if (!(known >= given)) known = given;
      }
  }
}

void VariantCompiler::compile_access(const Active& active, Variant& variant) const {
  const std::size_t countries = problem_.countries, products = problem_.products;
  const Active on_costs = [&] {
    Active some;
    for (const ResolvedInstrument* one : active)
      if (acts_on_costs(one->kind())) some.push_back(one);
    return some;
  }();
  if (on_costs.empty()) return;
  const std::int32_t known = problem_.tariffs.rows;
  std::vector<std::int32_t> horizon(countries * countries, -1), now(countries * countries, -1);
  if (known > 0) {
    std::copy_n(problem_.tariffs.row_horizon, horizon.size(), horizon.begin());
    std::copy_n(problem_.tariffs.row_now, now.size(), now.begin());
  }
  std::map<PairKey, std::int32_t> rows;
  std::map<std::int32_t, std::int32_t> silenced;  // rows of now with a multiplier of 0
  bool multiplied = false;
  const auto new_row = [&] {
    variant.rate.resize((variant.rows + 1) * products);
    variant.multiplier.resize((variant.rows + 1) * products, 1.0);
    if (static_cast<std::size_t>(variant.rows) + 1 > most_rows)
      throw input_error("more than " + std::to_string(most_rows) + " kinds of pairs with costs of their own",
                        on_costs[0]->instrument->where, "restrict exporters or markets");
    return known + variant.rows++;
  };
  for (std::size_t exporter = 0; exporter < countries; ++exporter)
    for (std::size_t market = 0; market < countries; ++market) {
      if (exporter == market) continue;
      const std::size_t pair = exporter * countries + market;
      const PairKey key = key_of(exporter, market, on_costs);
      const bool given = !variant.ease.empty() && !std::isnan(variant.ease[pair]);
      if (key.is_base && !given) continue;
      const auto [found, inserted] = rows.emplace(key, 0);
      if (inserted) {
        found->second = new_row();
        const std::size_t at = static_cast<std::size_t>(found->second - known) * products;
        fill_row(key, exporter, market, given ? variant.ease[pair] : missing_value, &variant.rate[at],
                 &variant.multiplier[at]);
        multiplied = multiplied || std::any_of(&variant.multiplier[at], &variant.multiplier[at] + products,
                                               [](double factor) { return factor != 1.0; });
      }
      horizon[pair] = found->second;
      touch(static_cast<std::int32_t>(market), variant.touched);
      if (!given) continue;
      const auto [silent, is_new] = silenced.emplace(now[pair], 0);
      if (is_new) {
        silent->second = new_row();
        const std::size_t at = static_cast<std::size_t>(silent->second - known) * products;
        for (std::size_t product = 0; product < products; ++product) {
          variant.rate[at + product] = now[pair] < 0 ? 0.0 : problem_.tariffs.rate[now[pair] * products + product];
          variant.multiplier[at + product] = 0.0;
        }
        multiplied = true;
      }
      now[pair] = silent->second;
    }
  if (variant.rows == 0) return;
  if (!multiplied) variant.multiplier.clear();
  variant.row_horizon = std::move(horizon);
  if (!silenced.empty()) variant.row_now = std::move(now);
  if (known == 0) mark_all(countries, variant.touched);
}

}  // namespace potentia
