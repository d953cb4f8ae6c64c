#include "host/scenario/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/run/progress.hpp"

namespace potentia {
namespace {

constexpr std::size_t listed_rows = 8;

std::string thousands(double dollars) {
  const double rounded = std::round(dollars / 1e3);
  return fmt::format("{}{}", rounded < 0 ? "-" : "", with_thousands(static_cast<std::uint64_t>(std::abs(rounded))));
}

std::string signed_thousands(double dollars) { return (dollars > 0 ? "+" : "") + thousands(dollars); }

std::string percent(double part, double whole) {
  return whole == 0.0 ? std::string("-") : fmt::format("{:+.2f} %", 100 * part / whole);
}

std::string growth_in_words(double growth) {
  if (std::isnan(growth)) return "unknown (one year of trade)";
  return std::isinf(growth) ? "from nothing" : fmt::format("{:+.1f} % a year", 100 * growth);
}

struct Mover {
  std::string label;
  double before, after;
  double change() const { return after - before; }
};

class Lines {
public:
  Lines(const SolvedWorld& solved, const ScenarioResult& result, const Party& exporter, const Party& market)
      : solved_(solved),
        result_(result),
        exporter_(exporter),
        market_(market),
        countries_(solved.world.country_count()) {}

  std::vector<std::string> all() {
    add("scenario {}{}", result_.name, result_.description.empty() ? "" : ": " + result_.description);
    assumptions();
    if (result_.changes_nothing) {
      add("this scenario changes nothing: baseline and scenario are the same");
    } else {
      totals();
      instruments();
      movers();
      cells();
    }
    for (const TargetLine& target : result_.targets) tell_target(target);
    return std::move(lines_);
  }

private:
  template <class... Parts>
  void add(fmt::format_string<Parts...> form, Parts&&... parts) {
    lines_.push_back(fmt::format(form, std::forward<Parts>(parts)...));
  }

  void assumptions() {
    for (const AssumptionLine& line : result_.assumptions)
      add("  {}{} [{}]{}{}: {}{}", line.kind, line.acts ? "" : " (does not act at the horizon)", line.instrument,
          line.side == "scenario" ? "" : " ",
          line.side == "scenario" ? ""
          : line.side == "both"   ? "on both sides"
                                  : "on the side of the " + line.side,
          line.what,
          fmt::format("; {}{}", line.assumption ? "assumption" : "source",
                      line.source.empty() ? "" : ": " + line.source));
  }

  bool wanted(std::size_t exporter, std::size_t market) const {
    const auto in = [](const Party& party, std::size_t country) {
      return party.members.empty() ||
             std::binary_search(party.members.begin(), party.members.end(), static_cast<std::int32_t>(country));
    };
    return exporter != market && in(exporter_, exporter) && in(market_, market);
  }

  std::string side(const Party& party, const char* everyone) const {
    return party.members.empty() ? everyone : party.code;
  }

  void totals() {
    struct Sum {
      double before = 0, after = 0;
    };
    Sum potential, unrealized;
    double risk = 0, actual = 0;
    for (std::size_t exporter = 0; exporter < countries_; ++exporter)
      for (std::size_t market = 0; market < countries_; ++market) {
        if (!wanted(exporter, market)) continue;
        const std::size_t at = exporter * countries_ + market;
        actual += result_.baseline_pair.columns[column_actual][at];
        potential.before += result_.baseline_pair.columns[column_potential][at];
        potential.after += result_.scenario_pair.columns[column_potential][at];
        unrealized.before += result_.baseline_pair.columns[column_unrealized][at];
        unrealized.after += result_.scenario_pair.columns[column_unrealized][at];
        risk += result_.at_risk[at];
      }
    add("{} to {}, USD thousand{:>22}{:>16}{:>16}", side(exporter_, "all exporters"), side(market_, "all markets"),
        "baseline", "scenario", "difference");
    const auto row = [&](const char* name, const Sum& sum) {
      add("  {:<38}{:>16}{:>16}{:>16}{:>11}", name, thousands(sum.before), thousands(sum.after),
          signed_thousands(sum.after - sum.before), percent(sum.after - sum.before, sum.before));
    };
    row("potential at the horizon", potential);
    row("unrealised", unrealized);
    add("  {:<38}{:>48}{:>11}", "exports at risk", thousands(risk), percent(risk, actual));
  }

  void instruments() {
    for (std::size_t n = 0; n < result_.instruments.size(); ++n) {
      double part = 0;
      for (std::size_t exporter = 0; exporter < countries_; ++exporter)
        for (std::size_t market = 0; market < countries_; ++market)
          if (wanted(exporter, market))
            part += result_.by_instrument[(n * countries_ + exporter) * countries_ + market];
      add("  by {:<67}{:>16}", result_.instruments[n], signed_thousands(part));
    }
  }

  /// Exporters to the market that gain and lose, or markets of the exporter.
  void movers() {
    const auto list = [&](const char* title, bool by_exporter) {
      std::vector<Mover> found;
      for (std::size_t one = 0; one < countries_; ++one) {
        Mover mover{solved_.world.countries[one].iso3 + " " + solved_.world.countries[one].name, 0, 0};
        for (std::size_t other = 0; other < countries_; ++other) {
          const std::size_t exporter = by_exporter ? one : other, market = by_exporter ? other : one;
          const Party everyone;
          const bool counts = by_exporter ? (exporter != market && (market_.members.empty() || wanted_market(market)))
                                          : wanted(exporter, market);
          if (!counts) continue;
          mover.before += result_.baseline_pair.columns[column_potential][exporter * countries_ + market];
          mover.after += result_.scenario_pair.columns[column_potential][exporter * countries_ + market];
        }
        found.push_back(std::move(mover));
      }
      tell_movers(title, std::move(found));
    };
    list("exporters", true);
    if (market_.members.size() != 1) list("markets", false);
  }

  bool wanted_market(std::size_t market) const {
    return std::binary_search(market_.members.begin(), market_.members.end(), static_cast<std::int32_t>(market));
  }

  void tell_movers(const std::string& title, std::vector<Mover> found) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Mover& a, const Mover& b) { return a.change() > b.change(); });
    const auto tell = [&](const char* what, auto begin, auto end, double sign) {
      bool first = true;
      std::size_t told = 0;
      for (auto at = begin; at != end && told < listed_rows; ++at, ++told) {
        if (!(sign * at->change() >= 500.0)) break;  // nothing to see in thousands
        if (first) add("{} {} in potential, USD thousand", title, what);
        first = false;
        add("  {:<54}{:>16}{:>16}{:>11}", at->label.substr(0, 54), thousands(at->before),
            signed_thousands(at->change()), percent(at->change(), at->before));
      }
    };
    tell("that gain", found.begin(), found.end(), 1.0);
    tell("that lose", found.rbegin(), found.rend(), -1.0);
  }

  /// Products of the pair asked for, with their instruments, and how the list of opportunities moves.
  void cells() {
    const ScenarioProducts& sums = result_.products;
    if (sums.at_risk.empty()) return;
    std::vector<Mover> found;
    const std::vector<double>&before = sums.baseline[column_potential], &after = sums.scenario[column_potential];
    const std::vector<std::vector<double>>& part = sums.by_instrument;
    for (std::size_t product = 0; product < before.size(); ++product) {
      if (before[product] == 0.0 && after[product] == 0.0) continue;
      const Product& named = solved_.world.products[solved_.built.products[product]];
      std::string label = named.code + " " + named.name.substr(0, 44);
      if (part.size() > 1)
        for (std::size_t n = 0; n < part.size(); ++n)
          if (std::abs(part[n][product]) >= 500.0)
            label += fmt::format(" [{} {}]", result_.instruments[n].substr(0, 20), signed_thousands(part[n][product]));
      found.push_back({std::move(label), before[product], after[product]});
    }
    tell_products(std::move(found));
    tell_ranks();
  }

  void tell_products(std::vector<Mover> found) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Mover& a, const Mover& b) { return a.change() > b.change(); });
    const auto tell = [&](const char* what, auto begin, auto end, double sign) {
      std::size_t told = 0;
      for (auto at = begin; at != end && told < listed_rows; ++at, ++told) {
        if (!(sign * at->change() >= 500.0)) break;
        if (told == 0) add("products that {} in potential, USD thousand: baseline, difference", what);
        add("  {:>14}{:>14}{:>11}  {}", thousands(at->before), signed_thousands(at->change()),
            percent(at->change(), at->before), at->label);
      }
    };
    tell("gain", found.begin(), found.end(), 1.0);
    tell("lose", found.rbegin(), found.rend(), -1.0);
  }

  void tell_ranks() {
    const OpportunityRanks& ranks = result_.opportunities;
    if (!std::isnan(ranks.correlation))
      add("  rank correlation of unrealised potential by product, baseline and scenario: {:.4f}", ranks.correlation);
    for (std::size_t at = 0; at < std::min<std::size_t>(ranks.changes.size(), 4); ++at) {
      const RankChange& change = ranks.changes[at];
      const Product& named = solved_.world.products[solved_.built.products[change.product]];
      add("  {} {}: place {} becomes {}", named.code, named.name.substr(0, 50), change.place_baseline,
          change.place_scenario);
    }
  }

  void tell_target(const TargetLine& target) {
    const auto codes = [&](const std::vector<std::int32_t>& list) {
      std::string text;
      for (const std::int32_t country : list) text += (text.empty() ? "" : ",") + solved_.world.countries[country].iso3;
      return text;
    };
    add("target [{}]: {} {} {} USD thousand {} in {}", target.instrument, codes(target.exporters),
        target.two_way ? "and" : "to", codes(target.markets), thousands(target.value), target.year);
    add("  trade of the base period {}; the target needs {}, the past had {}", thousands(target.actual),
        growth_in_words(target.required_growth), growth_in_words(target.past_growth));
    add("  potential in {}, the horizon{}: baseline {}, scenario {}: {}; as much as {}", target.compared_year,
        target.year > target.compared_year ? " (the target's year lies after it)" : "", thousands(target.baseline),
        thousands(target.potential), target.reached ? "it reaches the target" : "it does not reach the target",
        growth_in_words(target.potential_growth));
    add("  unrealised: static {}, dynamic {}; {}", thousands(target.static_part), thousands(target.dynamic),
        target.covered ? fmt::format("the largest {} products cover what is missing", target.product.size())
                       : "all of it does not cover what is missing");
    for (std::size_t at = 0; at < std::min(target.product.size(), listed_rows); ++at) {
      const Product& named = solved_.world.products[target.product[at]];
      add("    {} {:<50} static {:>10} dynamic {:>10}", named.code, named.name.substr(0, 50),
          thousands(target.product_static[at]), thousands(target.product_dynamic[at]));
    }
  }

  const SolvedWorld& solved_;
  const ScenarioResult& result_;
  const Party& exporter_;
  const Party& market_;
  std::size_t countries_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> scenario_lines(const SolvedWorld& solved, const ScenarioResult& result, const Party& exporter,
                                        const Party& market) {
  return Lines(solved, result, exporter, market).all();
}

}  // namespace potentia
