// Tariff schedules in the shape of the real ones: ordinary (MFN) rates by market and product, agreements and
// preferences below them, one schedule for the whole of the European Union.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>

#include "host/synth/blocs.hpp"
#include "host/synth/parts.hpp"
#include "io/import/codes.hpp"

namespace potentia::synth {
namespace {

constexpr std::uint64_t union_id = 0xE0ull << 32;  // no country's rank
constexpr std::size_t always_known = 60;  // markets of this rank and above publish their tariffs

/// The ordinary rate in steps of half a per cent; 0 on many lines, high on food and clothing.
double mfn_rate(int chapter, double protection, std::uint64_t key) {
  const bool food = chapter <= 24;
  const bool clothing = (chapter >= 50 && chapter <= 65) || chapter == 42;
  const double free_share = food ? 0.15 : (clothing ? 0.05 : 0.35);
  if (unit_interval(draw(key, 0)) < free_share) return 0.0;
  const double typical = food ? 0.10 : (clothing ? 0.10 : 0.045);
  const double rate = protection * typical * exp(0.45 * nearly_normal(draw(key, 1)));
  return std::floor(std::min(rate, 0.6) * 200.0 + 0.5) / 200.0;
}

class TariffMaker {
public:
  TariffMaker(const SynthOptions& options, const std::vector<Place>& places, World& world)
      : options_(options), places_(places), world_(world), tariffs_(world.tariffs), in_eu_(places.size(), false) {
    const CountryCodes codes(world.countries, {});
    for (const std::int32_t member : codes.european_union()) in_eu_[member] = true;
  }

  void run() {
    make_schedules();
    add_regime("MFN");
    for (std::size_t s = 0; s < schedules_.size(); ++s) add_mfn_lines(s);
    if (eu_ >= 0) add_eu_internal();
    for (const Agreement& agreement : agreements()) add_agreement(agreement);
    for (const Preference& preference : preferences()) add_preference(preference);
    if (!lines_.empty()) finish();
  }

private:
  struct Schedule {
    std::string name;
    std::uint64_t id;                  // identifies its draws
    std::vector<std::int32_t> markets; // who applies it
    std::vector<double> mfn;           // [products], negative = no line
  };
  struct Line {
    std::int32_t schedule, regime, product;
    double rate;
  };
  struct Member {
    std::int32_t market, regime, exporter, first, last;
  };

  const char* code(std::int32_t country) const { return world_.countries[country].iso3.c_str(); }

  void make_schedules() {
    applied_.assign(places_.size(), -1);
    for (std::size_t c = 0; c < places_.size(); ++c) {
      const auto country = static_cast<std::int32_t>(c);
      const bool eu = in_eu_[country];
      const std::uint64_t key = key_of(options_.seed, Stream::tariff, places_[c].rank);
      if (!eu && places_[c].rank >= always_known && key % 2 == 0) continue;
      if (eu && eu_ >= 0) {
        schedules_[eu_].markets.push_back(country);
      } else {
        if (eu) eu_ = static_cast<std::int32_t>(schedules_.size());
        const std::string name = eu ? european_union_code : code(country);
        schedules_.push_back({name, eu ? union_id : places_[c].rank, {country}, {}});
      }
      applied_[c] = eu ? eu_ : static_cast<std::int32_t>(schedules_.size() - 1);
    }
  }

  std::int32_t add_regime(const char* name) {
    regimes_.push_back(name);
    return static_cast<std::int32_t>(regimes_.size() - 1);
  }

  void add_line(std::size_t schedule, std::int32_t regime, std::size_t product, double rate) {
    lines_.push_back({static_cast<std::int32_t>(schedule), regime, static_cast<std::int32_t>(product), rate});
  }

  void add_mfn_lines(std::size_t s) {
    Schedule& schedule = schedules_[s];
    const std::uint64_t key = key_of(options_.seed, Stream::tariff, schedule.id, 1);
    const std::string& name = schedule.name;
    const bool free_port = name == "HKG" || name == "MAC" || name == "SGP";
    const double protection = free_port ? 0.0 : exp(0.3 * nearly_normal(key));
    for (std::size_t k = 0; k < world_.product_count(); ++k) {
      const std::uint64_t line = draw(key, k);
      const bool listed = line % 128 != 0;  // now and then a line has no ad-valorem rate
      schedule.mfn.push_back(listed ? mfn_rate(chapter_of(world_.products[k]), protection, line) : -1.0);
      if (listed) add_line(s, 0, k, schedule.mfn.back());
    }
  }

  /// Lists `coverage` of the schedule's lines at `kept` of their ordinary rate; returns how many.
  std::int64_t add_preferential_lines(std::size_t s, std::int32_t regime, double coverage, double kept) {
    const std::size_t before = lines_.size();
    const std::uint64_t key = key_of(options_.seed, Stream::preference, schedules_[s].id, regime);
    for (std::size_t k = 0; k < world_.product_count(); ++k) {
      const double mfn = schedules_[s].mfn[k];
      if (mfn < 0.0 || unit_interval(draw(key, k)) >= coverage) continue;
      add_line(s, regime, k, std::floor(mfn * kept * 1000.0 + 0.5) / 1000.0);
    }
    return static_cast<std::int64_t>(lines_.size() - before);
  }

  /// Lists a regime in the schedule of each of these markets, and once in one that several apply.
  /// Returns the markets whose schedule then has such lines.
  std::vector<std::int32_t> list_regime(const std::vector<std::int32_t>& markets, std::int32_t regime, double coverage,
                                        double kept) {
    std::vector<std::int32_t> granting;
    std::vector<std::int64_t> lines_listed(schedules_.size(), -1);
    for (const std::int32_t market : markets) {
      const std::int32_t schedule = applied_[market];
      if (schedule < 0) continue;
      if (lines_listed[schedule] < 0) {
        lines_listed[schedule] = add_preferential_lines(schedule, regime, coverage, kept);
      }
      if (lines_listed[schedule] > 0) granting.push_back(market);
    }
    return granting;
  }

  void add_member(std::int32_t market, std::int32_t regime, std::int32_t exporter, std::int32_t first, std::int32_t last) {
    if (market != exporter) members_.push_back({market, regime, exporter, first, last});
  }

  void add_eu_internal() {
    const std::vector<std::int32_t> markets = schedules_[eu_].markets;
    if (markets.size() < 2) return;
    const std::int32_t regime = add_regime("EU-INTERNAL");
    if (add_preferential_lines(eu_, regime, 1.0, 0.0) == 0) return;
    for (std::int32_t market : markets) {
      for (std::int32_t exporter : markets) {
        add_member(market, regime, exporter, Tariffs::first_open, Tariffs::last_open);
      }
    }
  }

  /// Countries of this world that the codes name, ascending.
  std::vector<std::int32_t> countries_of(const std::vector<const char*>& codes) const {
    std::vector<std::int32_t> found;
    for (std::size_t c = 0; c < places_.size(); ++c) {
      const auto country = static_cast<std::int32_t>(c);
      for (const char* name : codes) {
        const std::string member = name;
        if (member == code(country) || (member == european_union_code && in_eu_[country])) {
          found.push_back(country);
          break;
        }
      }
    }
    return found;
  }

  void add_agreement(const Agreement& agreement) {
    const std::vector<std::int32_t> members = countries_of(agreement.members);
    const bool with_eu = std::string(agreement.members.front()) == european_union_code;
    const auto outsider = [&](std::int32_t c) { return !in_eu_[c]; };
    // An agreement of the Union needs someone outside it, any other needs two members.
    const bool alive = members.size() >= 2 && (!with_eu || (std::any_of(members.begin(), members.end(), outsider) &&
                                                            !std::all_of(members.begin(), members.end(), outsider)));
    if (!alive) return;
    const std::int32_t regime = add_regime(agreement.regime);
    const std::int32_t first =
        agreement.starts_after == 0 ? Tariffs::first_open : options_.last_year + agreement.starts_after;
    for (std::int32_t market : list_regime(members, regime, agreement.coverage, agreement.rate_kept)) {
      for (std::int32_t exporter : members) {
        if (with_eu && !outsider(market) && !outsider(exporter)) continue;
        add_member(market, regime, exporter, first, Tariffs::last_open);
      }
    }
  }

  void add_preference(const Preference& preference) {
    std::vector<std::int32_t> exporters;
    for (std::size_t c = 0; c < places_.size(); ++c) {
      const auto country = static_cast<std::int32_t>(c);
      if (preference.least_developed_only ? is_least_developed(code(country)) : is_poor(places_[c])) {
        exporters.push_back(country);
      }
    }
    const std::vector<std::int32_t> markets = countries_of(preference.markets);
    if (markets.empty() || exporters.empty()) return;
    const std::int32_t regime = add_regime(preference.regime);
    for (std::int32_t market : list_regime(markets, regime, preference.coverage, preference.rate_kept)) {
      for (std::int32_t exporter : exporters) {
        const bool leaves = preference.least_developed_only && graduates(code(exporter));
        add_member(market, regime, exporter, Tariffs::first_open,
                   leaves ? options_.last_year + 2 : Tariffs::last_open);
      }
    }
  }

  /// Puts schedules, regimes, lines and members in the order in which an importer would meet them: names ascend, MFN
  /// is first, and whatever has no line is not there.
  void finish() {
    std::set<std::string> schedule_names, regime_names;
    for (const Line& line : lines_) {
      schedule_names.insert(schedules_[line.schedule].name);
      if (line.regime != 0) regime_names.insert(regimes_[line.regime]);
    }
    tariffs_.schedules.assign(schedule_names.begin(), schedule_names.end());
    tariffs_.regimes = {regimes_.front()};
    tariffs_.regimes.insert(tariffs_.regimes.end(), regime_names.begin(), regime_names.end());
    const auto index_in = [](const std::vector<std::string>& names, const std::string& name) {
      const auto found = std::find(names.begin(), names.end(), name);
      return found == names.end() ? -1 : static_cast<std::int32_t>(found - names.begin());
    };
    std::vector<std::int32_t> schedule_of, regime_of;
    for (const Schedule& schedule : schedules_) schedule_of.push_back(index_in(tariffs_.schedules, schedule.name));
    for (const std::string& regime : regimes_) regime_of.push_back(index_in(tariffs_.regimes, regime));
    for (const std::int32_t schedule : applied_) {
      tariffs_.market_schedule.push_back(schedule < 0 ? -1 : schedule_of[schedule]);
    }
    for (Line& line : lines_) {
      line.schedule = schedule_of[line.schedule];
      line.regime = regime_of[line.regime];
    }
    for (Member& member : members_) member.regime = regime_of[member.regime];
    write_lines();
    write_members();
  }

  void write_lines() {
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) {  // products are in order already
      return std::tie(a.schedule, a.regime) < std::tie(b.schedule, b.regime);
    });
    for (const Line& line : lines_) {
      tariffs_.line_schedule.push_back(line.schedule);
      tariffs_.line_regime.push_back(line.regime);
      tariffs_.line_product.push_back(line.product);
      tariffs_.line_rate.push_back(line.rate);
    }
  }

  void write_members() {
    std::sort(members_.begin(), members_.end(), [](const Member& a, const Member& b) {
      return std::tie(a.market, a.regime, a.exporter) < std::tie(b.market, b.regime, b.exporter);
    });
    for (const Member& member : members_) {
      tariffs_.member_market.push_back(member.market);
      tariffs_.member_regime.push_back(member.regime);
      tariffs_.member_exporter.push_back(member.exporter);
      tariffs_.member_first_year.push_back(member.first);
      tariffs_.member_last_year.push_back(member.last);
    }
  }

  const SynthOptions& options_;
  const std::vector<Place>& places_;
  World& world_;
  Tariffs& tariffs_;
  std::vector<Schedule> schedules_;
  std::vector<std::string> regimes_;
  std::vector<std::int32_t> applied_;  // [countries] schedule, -1 = none
  std::vector<Line> lines_;
  std::vector<Member> members_;
  std::vector<bool> in_eu_;  // [countries]
  std::int32_t eu_ = -1;     // its schedule
};

}  // namespace

void make_tariffs(const SynthOptions& options, const std::vector<Place>& places, World& world) {
  TariffMaker(options, places, world).run();
}

}  // namespace potentia::synth
