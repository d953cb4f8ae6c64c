#include "tests/support/scenario_reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace potentia::reference {
namespace {

constexpr Real unknown = std::numeric_limits<Real>::quiet_NaN();

class Scenario {
public:
  Scenario(const World& world, const Settings& settings, const Answer& answer, const std::vector<Tool>& tools,
           const std::vector<char>& on)
      : world_(world), settings_(settings), answer_(answer), n_(answer.countries) {
    for (std::size_t t = 0; t < tools.size(); ++t)
      if (on[t]) tools_.push_back(&tools[t]);
    base_ = settings.world.base_years.empty() ? world.base_years.back() : settings.world.base_years.back();
    horizon_ = settings.world.horizon_year == 0 ? world.horizon_year : settings.world.horizon_year;
    gdp_ = grown(InstrumentKind::gdp, answer.gdp);
    population_ = grown(InstrumentKind::population, answer.population);
  }

  Table<Real> all() const {
    const std::size_t products = answer_.products.size();
    Table<Real> cost(n_, n_, products, 0), potential(n_, n_, products, 0);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j)
        for (std::size_t k = 0; k < products; ++k) cost(i, j, k) = i == j ? Real{0} : cost_of(i, j, k);
    for (std::size_t k = 0; k < products; ++k)
      for (std::size_t j = 0; j < n_; ++j) {
        Real paid = 0, bought = 0;
        for (std::size_t i = 0; i < n_; ++i)
          paid += answer_.trade(i, j, k) * cost(i, j, k), bought += answer_.trade(i, j, k);
        const Real mean = bought > 0 ? paid / bought : Real{0};
        for (std::size_t i = 0; i < n_; ++i)
          if (i != j)
            potential(i, j, k) = supply(i, k) * demand(j, k) * std::pow((1 + mean) / (1 + cost(i, j, k)), sigma(k)) *
                                 fit(i, j, k) * ease(i, j, k);
      }
    return potential;
  }

private:
  Real number(const Tool& tool, const char* key) const { return tool.instrument.numbers.at(key).value; }

  /// set, scale, add, in this order.
  template <class Hits>
  Real changed(Real value, InstrumentKind kind, const Hits& hits) const {
    for (const char* key : {"set", "scale", "add"})
      for (const Tool* tool : tools_) {
        if (tool->instrument.kind != kind || !tool->instrument.has(key) || !hits(*tool)) continue;
        if (key[1] == 'e') value = number(*tool, key);
        if (key[1] == 'c') value *= number(*tool, key);
        if (key[1] == 'd') value += number(*tool, key);
      }
    return value;
  }

  std::vector<Real> grown(InstrumentKind kind, std::vector<Real> growth) const {
    const Real years = horizon_ - base_;
    for (std::size_t c = 0; c < n_; ++c)
      for (const char* key : {"replace", "scale", "add"})
        for (const Tool* tool : tools_) {
          if (tool->instrument.kind != kind || !tool->instrument.has(key) || !tool->countries[c]) continue;
          const Real first = std::max(tool->instrument.from, base_ + 1), acting = horizon_ - first + 1;
          const Real annual = std::pow(growth[c], 1 / years);
          if (key[0] == 'r') growth[c] = std::pow(annual, years - acting) * std::pow(1 + number(*tool, key), acting);
          if (key[0] == 's') growth[c] *= number(*tool, key);
          if (key[0] == 'a')
            growth[c] = std::pow(annual, years - acting) * std::pow(annual + number(*tool, key), acting);
        }
    return growth;
  }

  Real sigma(std::size_t k) const {
    return changed(answer_.sigma[k], InstrumentKind::sigma, [&](const Tool& tool) { return tool.products[k] != 0; });
  }

  Real supply(std::size_t i, std::size_t k) const {
    Real all = 0, projected = 0;
    for (std::size_t c = 0; c < n_; ++c) all += answer_.exports(c, k), projected += answer_.exports(c, k) * gdp_[c];
    return answer_.supply_now(i, k) * gdp_[i] * (projected > 0 ? all / projected : Real{0});
  }

  Real demand(std::size_t j, std::size_t k) const {
    const Real elasticity = changed(answer_.elasticity(j, k), InstrumentKind::income_elasticity,
                                    [&](const Tool& tool) { return tool.markets[j] && tool.products[k]; });
    return answer_.imports(j, k) * population_[j] * std::pow(gdp_[j] / population_[j], elasticity);
  }

  Real fit(std::size_t i, std::size_t j, std::size_t k) const {
    const Real known = world_.distance[i * n_ + j], typical = answer_.typical_distance(j, k);
    const Real km = changed(known, InstrumentKind::distance,
                            [&](const Tool& tool) { return tool.exporters[i] && tool.markets[j]; });
    if (std::isnan(km) || std::isnan(typical) || !settings_.method.distance_fit) return 1;
    return std::exp(-std::fabs(std::log(km) - std::log(typical)));
  }

  Real ease(std::size_t i, std::size_t j, std::size_t k) const {
    Real ease = answer_.ease(i, j);
    for (const Tool* tool : tools_)
      if (tool->instrument.words.count("like") && tool->hits(i, j, k))
        ease = answer_.ease(tool->like_exporter, tool->like_market);
    for (const Tool* tool : tools_)
      if (tool->instrument.kind == InstrumentKind::ease && tool->instrument.has("set") && tool->hits(i, j, k))
        ease = number(*tool, "set");
    for (const Tool* tool : tools_)
      if (tool->instrument.kind == InstrumentKind::ease && tool->instrument.has("scale") && tool->hits(i, j, k))
        ease = tool->instrument.already_in_base ? ease / number(*tool, "scale") : ease * number(*tool, "scale");
    return ease;
  }

  Real cost_of(std::size_t i, std::size_t j, std::size_t k) const {
    Real factor = 1 + tariff(i, j, k);
    for (const Tool* tool : tools_) {
      if (tool->instrument.kind != InstrumentKind::cost || !tool->hits(i, j, k)) continue;
      const Real tau = number(*tool, "freight");
      factor = tool->instrument.already_in_base ? factor / (1 + tau) : factor * (1 + tau);
    }
    return factor - 1;
  }

  /// The line of a regime, changed by the tools that hit it; NaN where there is none.
  Real line(std::size_t i, std::size_t j, std::size_t k, int regime) const {
    const Tariffs& tariffs = world_.tariffs;
    Real rate = unknown, highest = unknown;
    for (std::size_t l = 0; l < tariffs.line_rate.size(); ++l) {
      if (tariffs.line_schedule[l] != tariffs.market_schedule[j] || tariffs.line_product[l] != answer_.products[k])
        continue;
      if (tariffs.line_regime[l] == regime) rate = tariffs.line_rate[l];
      if (!(tariffs.line_rate[l] <= highest)) highest = tariffs.line_rate[l];
    }
    if (regime == 0 && std::isnan(rate)) rate = highest;
    bool runs = regime == 0;  // rates of a regime are changed where a market runs it
    for (std::size_t l = 0; l < tariffs.line_rate.size(); ++l)
      runs = runs || (tariffs.line_schedule[l] == tariffs.market_schedule[j] && tariffs.line_regime[l] == regime);
    if (!runs) return rate;
    for (const char* key : {"set", "scale", "add"})
      for (const Tool* tool : tools_) {
        if (tool->instrument.kind != InstrumentKind::tariff || !tool->instrument.has(key) || !tool->hits(i, j, k))
          continue;
        if (regime_of(*tool) != regime) continue;
        if (key[1] == 'e') rate = number(*tool, key);
        if (key[1] == 'c') rate *= number(*tool, key);
        if (key[1] == 'd') rate += number(*tool, key);
      }
    return rate < 0 ? Real{0} : rate;
  }

  int regime_of(const Tool& tool) const {
    const auto& regimes = world_.tariffs.regimes;
    return static_cast<int>(std::find(regimes.begin(), regimes.end(), tool.instrument.words.at("regime")) -
                            regimes.begin());
  }

  Real tariff(std::size_t i, std::size_t j, std::size_t k) const {
    const Tariffs& tariffs = world_.tariffs;
    if (!settings_.method.tariffs || tariffs.schedules.empty() || tariffs.market_schedule[j] < 0) return 0;
    std::vector<int> usable;
    for (int regime = 1; regime < static_cast<int>(tariffs.regimes.size()); ++regime) {
      bool may = false, ever = false;
      for (std::size_t m = 0; m < tariffs.member_market.size(); ++m) {
        if (tariffs.member_market[m] != static_cast<int>(j) || tariffs.member_exporter[m] != static_cast<int>(i) ||
            tariffs.member_regime[m] != regime)
          continue;
        ever = true;
        may = may || (tariffs.member_first_year[m] <= horizon_ && horizon_ <= tariffs.member_last_year[m]);
      }
      for (const Tool* tool : tools_) {
        const auto word = tool->instrument.words.find("eligibility");
        if (word == tool->instrument.words.end() || regime_of(*tool) != regime || !tool->exporters[i] ||
            !tool->markets[j])
          continue;
        if (word->second == "end") may = false;
        if (word->second == "start" || (word->second == "extend" && ever)) may = true;
      }
      if (may) usable.push_back(regime);
    }
    return paid(i, j, k, usable);
  }

  Real paid(std::size_t i, std::size_t j, std::size_t k, std::vector<int> usable) const {
    const Tariffs& tariffs = world_.tariffs;
    const std::string& schedule = tariffs.schedules[static_cast<std::size_t>(tariffs.market_schedule[j])];
    const bool is_union = std::none_of(world_.countries.begin(), world_.countries.end(),
                                       [&](const Country& c) { return c.iso3 == schedule; });
    const bool within = is_union && tariffs.market_schedule[i] == tariffs.market_schedule[j];
    Real lowest = line(i, j, k, 0);
    if (std::isnan(lowest)) return 0;
    int by = 0;
    bool listed = false;
    for (const int regime : usable) {
      const Real rate = line(i, j, k, regime);
      if (std::isnan(rate)) continue;
      listed = true;
      if (rate < lowest) lowest = rate, by = regime;
    }
    if (within && !listed) return 0;
    if (by == 0) return lowest;
    Real used = 1;
    for (const char* key : {"set", "scale", "share"})
      for (const Tool* tool : tools_) {
        const bool of_use = tool->instrument.kind == InstrumentKind::utilisation ||
                            (tool->instrument.kind == InstrumentKind::tariff && tool->instrument.has("share"));
        if (!of_use || !tool->instrument.has(key) || regime_of(*tool) != by || !tool->hits(i, j, k)) continue;
        used = key[1] == 'e' ? number(*tool, key) : used * number(*tool, key);
      }
    used = std::min(used, Real{1});
    if (used == 1) return lowest;
    usable.erase(std::find(usable.begin(), usable.end(), by));
    return used * lowest + (1 - used) * paid(i, j, k, usable);
  }

  const World& world_;
  const Settings& settings_;
  const Answer& answer_;
  std::size_t n_;
  std::vector<const Tool*> tools_;
  int base_ = 0, horizon_ = 0;
  std::vector<Real> gdp_, population_;
};

}  // namespace

Table<Real> potential(const World& world, const Settings& settings, const Answer& answer,
                      const std::vector<Tool>& tools, const std::vector<char>& on) {
  return Scenario(world, settings, answer, tools, on).all();
}

}  // namespace potentia::reference
