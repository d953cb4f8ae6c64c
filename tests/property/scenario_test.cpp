// Scenarios of random worlds against the literal reference: potentials, the split by instrument, exports at risk.
#include "host/scenario/run.hpp"

#include <algorithm>
#include <cmath>

#include "host/model/problem_builder.hpp"
#include "host/model/variant.hpp"
#include "host/scenario/compile.hpp"
#include "tests/property/property.hpp"
#include "tests/support/random.hpp"
#include "tests/support/scenario_reference.hpp"

namespace potentia::testing {
namespace {

using reference::Real;
using reference::Tool;

std::vector<char> some(std::size_t size, Random& random) {
  std::vector<char> marks(size, 0);
  const double share = random.uniform(0.1, 1.0);
  for (char& mark : marks) mark = random.chance(share);
  marks[random.below(size)] = 1;
  return marks;
}

/// A random instrument with its selection both as words and spelt out.
Tool random_tool(const World& world, const reference::Answer& answer, std::size_t number, Random& random) {
  const InstrumentKind kinds[] = {
      InstrumentKind::tariff, InstrumentKind::tariff,      InstrumentKind::tariff,
      InstrumentKind::tariff, InstrumentKind::utilisation, InstrumentKind::cost,
      InstrumentKind::cost,   InstrumentKind::ease,        InstrumentKind::ease,
      InstrumentKind::gdp,    InstrumentKind::population,  InstrumentKind::income_elasticity,
      InstrumentKind::sigma,  InstrumentKind::distance};
  Tool tool;
  Instrument& instrument = tool.instrument;
  instrument.kind = random.pick(kinds);
  instrument.name = std::string(kind_name(instrument.kind)) + " " + std::to_string(number);
  const Side sides[] = {Side::scenario, Side::scenario, Side::baseline, Side::both};
  instrument.side = random.pick(sides);
  const std::size_t n = world.countries.size(), products = answer.products.size();
  tool.exporters = tool.markets = tool.countries = std::vector<char>(n, 1);
  tool.products = std::vector<char>(products, 1);
  const auto give = [&](const char* key, double value) { instrument.numbers[key].value = value; };
  const char* const operations[] = {"set", "scale", "add"};
  const std::string operation = random.pick(operations);
  bool by_pair = true, by_product = true, by_country = false;
  switch (instrument.kind) {
    case InstrumentKind::tariff: {
      instrument.words["regime"] =
          world.tariffs.regimes.empty() ? "MFN" : world.tariffs.regimes[random.below(world.tariffs.regimes.size())];
      const bool of_mfn = instrument.words["regime"] == "MFN";
      if (!of_mfn && random.chance(0.5)) {
        const char* const what[] = {"end", "start", "extend"};
        instrument.words["eligibility"] = random.pick(what);
        by_product = false;
      } else if (!of_mfn && random.chance(0.3)) {
        give("share", random.uniform());
      } else {
        give(operation.c_str(), operation == "add" ? random.uniform(-0.1, 0.2) : random.uniform(0.0, 0.5));
      }
      break;
    }
    case InstrumentKind::utilisation:
      instrument.words["regime"] = world.tariffs.regimes.size() < 2
                                       ? "FTA"
                                       : world.tariffs.regimes[1 + random.below(world.tariffs.regimes.size() - 1)];
      give(random.chance(0.5) ? "set" : "scale", random.uniform());
      break;
    case InstrumentKind::cost:
      instrument.already_in_base = random.chance(0.3);
      give("freight", random.uniform(-0.3, 0.3));
      break;
    case InstrumentKind::ease:
      if (random.chance(0.4))
        give("set", random.uniform(0.1, 2.0));
      else
        give("scale", random.uniform(0.2, 2.0));
      break;
    case InstrumentKind::gdp:
    case InstrumentKind::population: {
      const char* const how[] = {"replace", "scale", "add"};
      const std::string chosen = random.pick(how);
      give(chosen.c_str(), chosen == "scale" ? random.uniform(0.7, 1.4) : random.uniform(-0.02, 0.05));
      by_pair = by_product = false;
      by_country = true;
      break;
    }
    case InstrumentKind::income_elasticity:
      give(operation.c_str(), random.uniform(0.2, 1.8));
      break;
    case InstrumentKind::sigma:
      give(operation.c_str(), random.uniform(0.5, 3.0));
      by_pair = false;
      break;
    default:
      give(operation.c_str(), operation == "scale" ? random.uniform(0.3, 3.0) : random.uniform(100, 5000));
      by_product = false;
      break;
  }
  if (random.chance(0.3)) instrument.from = world.horizon_year;  // the last moment at which it still acts
  InstrumentSelection& selection = instrument.selection;
  const auto restrict_countries = [&](std::vector<char>& marks, std::vector<std::string>& words) {
    if (random.chance(0.3)) return;
    marks = some(n, random);
    for (std::size_t c = 0; c < n; ++c)
      if (marks[c]) words.push_back(world.countries[c].iso3);
  };
  if (by_pair && instrument.kind != InstrumentKind::income_elasticity)
    restrict_countries(tool.exporters, selection.exporters);
  if (by_pair) restrict_countries(tool.markets, selection.markets);
  if (by_country) restrict_countries(tool.countries, selection.countries);
  if (by_product && random.chance(0.6)) {
    tool.products = some(products, random);
    for (std::size_t k = 0; k < products; ++k)
      if (tool.products[k])
        selection.products.push_back(world.products[static_cast<std::size_t>(answer.products[k])].code);
  }
  return tool;
}

struct Tried {
  int ran = 0, split = 0;
};

std::string wrong(const std::string& what, std::size_t i, std::size_t j, std::size_t k, double value, Real expected) {
  return what + " of " + std::to_string(i) + ">" + std::to_string(j) + " " + std::to_string(k) + ": " +
         std::to_string(value) + " instead of " + std::to_string(static_cast<double>(expected));
}

std::string check_parts(const Case& c, const reference::Answer& answer, const std::vector<Tool>& tools,
                        const ScenarioResult& result, const reference::Table<Real>& before,
                        const reference::Table<Real>& after, Tried& tried);

/// The instruments, for the message of a failure.
std::string told(const std::vector<Tool>& tools) {
  std::string text;
  const char* const sides[] = {" (scenario", " (baseline", " (both"};
  for (const Tool& tool : tools) {
    text += "; " + tool.instrument.name + sides[static_cast<int>(tool.instrument.side)] + ", from " +
            std::to_string(tool.instrument.from) + ")";
    for (const auto& [key, word] : tool.instrument.words) text += " " + key + " " + word;
    for (const auto& [key, number] : tool.instrument.numbers) text += " " + key + " " + std::to_string(number.value);
    for (const std::string& code : tool.instrument.selection.exporters) text += " x:" + code;
    for (const std::string& code : tool.instrument.selection.markets) text += " m:" + code;
    for (const std::string& code : tool.instrument.selection.products) text += " " + code;
  }
  return text;
}

/// Sums by product: of the cells in their order, bit for bit, whether or not cells are kept.
std::string check_products(const ScenarioResult& result, const ScenarioProducts& without_cells) {
  const ScenarioCells& cells = result.cells;
  ScenarioProducts sums = result.products;
  for (auto* columns : {&sums.baseline, &sums.scenario})
    for (auto& column : *columns) std::fill(column.begin(), column.end(), 0.0);
  std::fill(sums.at_risk.begin(), sums.at_risk.end(), 0.0);
  for (auto& part : sums.by_instrument) std::fill(part.begin(), part.end(), 0.0);
  for (std::size_t at = 0; at < cells.exporter.size(); ++at) {
    const std::size_t k = cells.product[at];
    for (int c = 0; c < column_count; ++c) {
      sums.baseline[c][k] += cells.baseline[c][at];
      sums.scenario[c][k] += cells.scenario[c][at];
    }
    sums.at_risk[k] += cells.at_risk[at];
    for (std::size_t n = 0; n < sums.by_instrument.size(); ++n)
      sums.by_instrument[n][k] += cells.by_instrument[n][at];
  }
  for (const ScenarioProducts* found : {&result.products, &without_cells})
    if (found->baseline != sums.baseline || found->scenario != sums.scenario || found->at_risk != sums.at_risk ||
        found->by_instrument != sums.by_instrument)
      return "sums by product are not those of the cells";
  return {};
}

std::string check_tools(const Case& c, const reference::Answer& answer, const std::vector<Tool>& tools, Tried& tried);

std::string check(const Case& c, Tried& tried) {
  Random random(c.seed * 7919 + 17);
  const reference::Answer answer = reference::solve(c.world, c.settings);
  if (answer.products.empty()) return {};
  std::vector<Tool> tools;
  const std::size_t count = 1 + random.below(4);
  for (std::size_t t = 0; t < count; ++t) tools.push_back(random_tool(c.world, answer, t, random));
  // The order of a scenario's instruments, which the parts follow.
  std::stable_sort(tools.begin(), tools.end(),
                   [](const Tool& a, const Tool& b) { return a.instrument.kind < b.instrument.kind; });
  const std::string found = check_tools(c, answer, tools, tried);
  return found.empty() ? found : found + told(tools);
}

std::string check_tools(const Case& c, const reference::Answer& answer, const std::vector<Tool>& tools, Tried& tried) {
  const std::size_t n = answer.countries;
  Scenario scenario;
  scenario.name = "random";
  for (const Tool& tool : tools) scenario.instruments.push_back(tool.instrument);
  BuiltProblem built = build_problem(c.world, c.settings, 1);
  Backend& backend = cpu(2);
  backend.load(built.problem);
  const Margins margins = backend.evaluate({}, {});
  const Parties parties(c.world.countries, {});
  ScenarioRequest request;
  for (std::size_t country = 0; country < n; ++country) {
    request.exporters.push_back(static_cast<std::int32_t>(country));
    request.markets.push_back(static_cast<std::int32_t>(country));
  }
  ScenarioResult result;
  try {
    result = run_scenario({c.world, built, backend, margins}, scenario, parties, request);
  } catch (const Error& error) {
    // What contradicts itself, or has nobody to act on, is refused; anything else is a failure.
    return error.kind() == ErrorKind::input ? std::string() : std::string("refused: ") + error.what();
  }
  ++tried.ran;
  request.cells = false;
  const ScenarioResult sums = run_scenario({c.world, built, backend, margins}, scenario, parties, request);
  if (!sums.cells.exporter.empty()) return "cells that nobody wants";
  if (const std::string wrong = check_products(result, sums.products); !wrong.empty()) return wrong;
  std::vector<char> on_before, on_after;
  const std::int32_t base =
      (c.settings.world.base_years.empty() ? c.world.base_years : c.settings.world.base_years).back();
  const std::int32_t horizon =
      c.settings.world.horizon_year == 0 ? c.world.horizon_year : c.settings.world.horizon_year;
  for (const Tool& tool : tools) {
    const std::int32_t first = tool.instrument.already_in_base ? base + 1 : std::max(tool.instrument.from, base + 1);
    const bool acts = first <= horizon;
    on_before.push_back(acts && tool.instrument.side != Side::scenario);
    on_after.push_back(acts && tool.instrument.side != Side::baseline);
  }
  const auto before = reference::potential(c.world, c.settings, answer, tools, on_before);
  const auto after = reference::potential(c.world, c.settings, answer, tools, on_after);
  const ScenarioCells& cells = result.cells;
  for (std::size_t at = 0; at < cells.exporter.size(); ++at) {
    const std::size_t i = cells.exporter[at], j = cells.market[at], k = cells.product[at];
    const Real v = answer.trade(i, j, k), was = before(i, j, k), is = after(i, j, k);
    const Real scale = was + is + v + 1e-3L;
    if (std::fabs(cells.baseline[column_potential][at] - was) > 1e-11L * scale)
      return wrong("baseline", i, j, k, cells.baseline[column_potential][at], was);
    if (std::fabs(cells.scenario[column_potential][at] - is) > 1e-11L * scale)
      return wrong("scenario", i, j, k, cells.scenario[column_potential][at], is);
    const Real risk = std::max(Real{0}, std::min(v, was) - is);
    if (std::fabs(cells.at_risk[at] - risk) > 1e-11L * scale) return wrong("at risk", i, j, k, cells.at_risk[at], risk);
    // What changes since now still adds up.
    Real changes = 0;
    for (const int column :
         {column_change_supply, column_change_population, column_change_income, column_change_tariff})
      changes += cells.scenario[column][at];
    const Real now = cells.scenario[column_potential_now][at];
    if (std::fabs(changes - (is - now)) > 1e-10L * (is + now + 1e-3L))
      return wrong("changes", i, j, k, static_cast<double>(changes), is - now);
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      Real sum = 0;
      for (std::size_t k = 0; k < answer.products.size(); ++k) sum += after(i, j, k);
      const double value = result.scenario_pair.columns[column_potential][i * n + j];
      if (std::fabs(value - sum) > 1e-11L * (sum + 1e-3L)) return wrong("pair", i, j, 0, value, sum);
    }
  return check_parts(c, answer, tools, result, before, after, tried);
}

/// The parts of cells, by brute force over all sets of the instruments that differ between the two.
std::string check_parts(const Case& c, const reference::Answer& answer, const std::vector<Tool>& tools,
                        const ScenarioResult& result, const reference::Table<Real>& before,
                        const reference::Table<Real>& after, Tried& tried) {
  std::vector<std::size_t> players;
  for (std::size_t t = 0; t < tools.size(); ++t)
    if (std::find(result.instruments.begin(), result.instruments.end(), tools[t].instrument.name) !=
        result.instruments.end())
      players.push_back(t);
  if (players.size() != result.instruments.size() || players.size() < 2) return {};  // some move as one
  const std::size_t sets = std::size_t{1} << players.size();
  std::vector<reference::Table<Real>> worlds;
  for (std::size_t set = 0; set < sets; ++set) {
    std::vector<char> on;
    for (std::size_t t = 0; t < tools.size(); ++t) {
      const auto player = std::find(players.begin(), players.end(), t);
      const Side side = tools[t].instrument.side;
      if (player == players.end())
        on.push_back(side == Side::both && std::count(result.instruments.begin(), result.instruments.end(),
                                                      tools[t].instrument.name) == 0
                         ? 1
                         : 0);
      else
        on.push_back((set >> (player - players.begin()) & 1) != 0 ? side == Side::scenario : side == Side::baseline);
    }
    // Those on both sides act whenever their years say so, which `check` has looked at through the totals.
    for (std::size_t t = 0; t < tools.size(); ++t)
      if (tools[t].instrument.side == Side::both) on[t] = result.assumptions[t].acts;
    worlds.push_back(reference::potential(c.world, c.settings, answer, tools, on));
  }
  const ScenarioCells& cells = result.cells;
  for (std::size_t at = 0; at < cells.exporter.size(); ++at) {
    const std::size_t i = cells.exporter[at], j = cells.market[at], k = cells.product[at];
    bool nothing = false;
    for (const auto& world : worlds) nothing = nothing || !(world(i, j, k) > 0);
    if (nothing) continue;
    const Real was = before(i, j, k), is = after(i, j, k), r = std::log(is / was);
    const Real weight = std::fabs(r) < 1e-6L ? was * (1 + r / 2) : (is - was) / r;
    for (std::size_t n = 0; n < players.size(); ++n) {
      // By orders: the mean over all orders in which the instruments can come.
      std::vector<std::size_t> order(players.size());
      for (std::size_t p = 0; p < order.size(); ++p) order[p] = p;
      Real sum = 0, orders = 0;
      do {
        std::size_t set = 0;
        for (const std::size_t p : order) {
          if (p == n) break;
          set |= std::size_t{1} << p;
        }
        sum += std::log(worlds[set | std::size_t{1} << n](i, j, k)) - std::log(worlds[set](i, j, k));
        ++orders;
      } while (std::next_permutation(order.begin(), order.end()));
      const Real expected = weight * sum / orders;
      if (std::fabs(cells.by_instrument[n][at] - expected) > 1e-9L * (was + is + 1e-3L))
        return wrong("part of " + result.instruments[n], i, j, k, cells.by_instrument[n][at], expected);
    }
    ++tried.split;
  }
  return {};
}

TEST(Scenarios, EngineAgreesWithTheReferenceOnRandomWorlds) {
  Tried tried;
  const auto property = [&](const Case& c) {
    const bool large =
        c.world.countries.size() > 8 || c.world.products.size() > 12;  // the reference takes every set of instruments
    return large ? std::string() : check(c, tried);
  };
  expect_holds(600, 4200, property);
  EXPECT_GT(tried.ran, world_count(600) / 8);
  EXPECT_GT(tried.split, world_count(600) / 8);
}

}  // namespace
}  // namespace potentia::testing
