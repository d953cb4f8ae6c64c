// See facts_world.hpp.
#include "tests/support/facts_world.hpp"

#include <set>
#include <stdexcept>
#include <utility>

#include "host/model/solver.hpp"
#include "tests/support/small_world.hpp"

namespace potentia::testing {
namespace {

constexpr std::int32_t c = facts_chn, k = facts_khm, l = facts_lao, t = facts_tha, v = facts_vnm;

TradeYear year_in_millions(std::int32_t year, std::size_t products, std::vector<Flow> flows) {
  for (Flow& flow : flows) flow.value *= 1e6;
  return trade_year(year, products, std::move(flows));
}

void add_tariffs(Tariffs& tariffs) {
  tariffs.schedules = {"CHN", "THA"};
  tariffs.regimes = {"MFN", "FTA", "LDC"};
  tariffs.market_schedule = {0, -1, -1, 1, -1};
  const auto line = [&](std::int32_t schedule, std::int32_t regime, std::int32_t product, double rate) {
    tariffs.line_schedule.push_back(schedule);
    tariffs.line_regime.push_back(regime);
    tariffs.line_product.push_back(product);
    tariffs.line_rate.push_back(rate);
  };
  line(0, 0, 0, 0.10), line(0, 0, 1, 0.20), line(0, 0, 2, 0.0);
  line(0, 1, 0, 0.0), line(0, 1, 1, 0.05);
  line(0, 2, 0, 0.0), line(0, 2, 1, 0.0);
  line(1, 0, 0, 0.05);
  const auto member = [&](std::int32_t regime, std::int32_t exporter, std::int32_t last) {
    tariffs.member_market.push_back(c);
    tariffs.member_regime.push_back(regime);
    tariffs.member_exporter.push_back(exporter);
    tariffs.member_first_year.push_back(Tariffs::first_open);
    tariffs.member_last_year.push_back(last);
  };
  member(1, l, Tariffs::last_open), member(1, t, Tariffs::last_open), member(2, k, 2025), member(2, l, 2025);
}

void add_tables(World& world) {
  Logistics& logistics = world.logistics;
  logistics.components = {"overall", "customs"};
  const auto score = [&](std::int32_t country, std::int32_t year, double overall, double customs) {
    logistics.country.push_back(country);
    logistics.year.push_back(year);
    logistics.score.insert(logistics.score.end(), {overall, customs});
  };
  score(c, 2018, 3.6, 3.3), score(c, 2023, 3.7, 3.3);
  score(k, 2023, 2.4, 2.2);
  score(l, 2018, 2.7, 2.6), score(l, 2023, 2.4, missing_value);
  score(t, 2023, 3.5, 3.3);

  Utilization& use = world.utilization;
  const auto used = [&](const char* market, std::int32_t exporter, std::int32_t year, double share) {
    use.market.emplace_back(market);
    use.regime.emplace_back("LDC");
    use.exporter.push_back(exporter);
    use.year.push_back(year);
    use.share.push_back(share);
  };
  used("CHN", k, 2022, 0.8), used("CHN", l, 2021, 0.55), used("CHN", l, 2022, 0.35), used("EU", l, 2022, 0.9);
}

const drilldown::Value& entry(const drilldown::Figure& figure, std::size_t row, const std::string& column) {
  for (std::size_t at = 0; at < figure.table.columns.size(); ++at)
    if (figure.table.columns[at].key == column && row < figure.table.rows.size()) return figure.table.rows[row].at(at);
  throw std::out_of_range("figure " + figure.id + " has no row " + std::to_string(row) + " or no column " + column);
}

}  // namespace

World facts_world() {
  World world;
  world.hs_revision = "HS17";
  world.base_years = {2022, 2023};
  world.horizon_year = 2028;
  world.countries = {{"CHN", "CN", "China"},
                     {"KHM", "KH", "Cambodia"},
                     {"LAO", "LA", "Laos"},
                     {"THA", "TH", "Thailand"},
                     {"VNM", "VN", "Viet Nam"}};
  world.sectors = {"Food", "Materials"};
  const auto product = [&](const char* code, const char* name, bool in_scope, std::int32_t sector,
                           Processing processing) {
    world.products.push_back({code, name, in_scope, sector, processing});
  };
  product("071410", "Cassava", true, 0, Processing::raw);
  product("110814", "Starch", true, 0, Processing::semi_processed);
  product("400121", "Natural rubber", true, 1, Processing::raw);
  product("930100", "Arms", false, 1, Processing::processed);
  product("980000", "Other", true, 1, Processing::unknown);
  world.trade.push_back(year_in_millions(2020, 5, {{0, l, c, 10}, {0, l, t, 10}, {1, c, l, 5}, {1, t, l, 5}}));
  world.trade.push_back(year_in_millions(2022, 5,
                                         {{0, l, c, 20},
                                          {1, l, c, 4},
                                          {3, l, c, 2},
                                          {0, l, t, 10},
                                          {2, l, t, 6},
                                          {1, l, k, 2},
                                          {0, k, c, 8},
                                          {0, t, c, 60},
                                          {2, t, c, 80},
                                          {0, v, c, 40},
                                          {1, c, l, 10},
                                          {2, c, l, 2},
                                          {0, t, l, 4}}));
  world.trade.push_back(year_in_millions(2023, 5,
                                         {{0, l, c, 40},
                                          {1, l, c, 8},
                                          {3, l, c, 6},
                                          {4, l, c, 2},
                                          {0, l, t, 30},
                                          {2, l, t, 10},
                                          {1, l, k, 4},
                                          {0, k, c, 12},
                                          {0, t, c, 100},
                                          {2, t, c, 120},
                                          {0, v, c, 60},
                                          {1, c, l, 14},
                                          {2, c, l, 6},
                                          {1, c, k, 10},
                                          {0, t, l, 8}}));
  world.distance.assign(25, 1000.0);
  world.macro.years = {2023, 2028};
  for (int country = 0; country < 5; ++country) {
    world.macro.gdp.insert(world.macro.gdp.end(), {100, 120});
    world.macro.population.insert(world.macro.population.end(), {100, 105});
  }
  world.sigma.assign(5, 4.0);
  add_tariffs(world.tariffs);
  add_tables(world);
  return world;
}

Evaluated::Evaluated(World world, const Settings& settings, std::vector<std::int32_t> exporters,
                     std::vector<std::int32_t> markets)
    : world_(std::make_unique<World>(std::move(world))), backend_(make_backend(BackendChoice::cpu, 2)) {
  Selection selection;
  selection.exporters = exporters;
  solution_ = std::make_unique<Solution>(solve(*world_, settings, selection, *backend_, {}));
  context_ = drilldown::make_context(*world_, *solution_, *backend_, party_of(*world_, std::move(exporters)),
                                     party_of(*world_, std::move(markets)));
}

Party party_of(const World& world, std::vector<std::int32_t> members) {
  Party party;
  for (const std::int32_t member : members)
    party.code += (party.code.empty() ? "" : ",") + world.countries[member].iso3;
  party.name = party.code;
  party.members = std::move(members);
  return party;
}

const drilldown::Figure& figure_of(const drilldown::Part& part, std::string_view id) {
  for (const drilldown::Figure& figure : part.figures)
    if (figure.id == id) return figure;
  throw std::out_of_range("part " + part.id + " has no figure " + std::string(id));
}

double number_at(const drilldown::Figure& figure, std::size_t row, const std::string& column) {
  const drilldown::Value& value = entry(figure, row, column);
  if (std::holds_alternative<std::monostate>(value)) return missing_value;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::get<double>(value);
}

std::string text_at(const drilldown::Figure& figure, std::size_t row, const std::string& column) {
  return std::get<std::string>(entry(figure, row, column));
}

std::string figure_complaint(const drilldown::Figure& figure) {
  const std::string where = "figure " + figure.id + ": ";
  std::set<std::string> keys;
  for (const drilldown::TableColumn& column : figure.table.columns) {
    if (!keys.insert(column.key).second) return where + "two columns " + column.key;
    if (column.label.empty()) return where + column.key + " has no label";
  }
  if (figure.title.empty() || figure.definition.empty()) return where + "no title or definition";
  if (figure.notice.empty() == figure.table.rows.empty()) return where + "rows and a notice, or neither";
  if (figure.notice.find('\n') != std::string::npos) return where + "a notice of more than one line";
  if (!figure.notice.empty() && !figure.charts.empty()) return where + "a chart of nothing";
  if (!figure.charts.empty() && figure.alternative.empty()) return where + "a chart without words";
  for (const std::vector<drilldown::Value>& row : figure.table.rows)
    if (row.size() != keys.size()) return where + "a row of another length";
  for (const drilldown::Chart& chart : figure.charts) {
    if (keys.count(chart.category) == 0) return where + "no column " + chart.category;
    if (chart.series.empty()) return where + "a chart without series";
    for (const drilldown::Series& series : chart.series)
      if (keys.count(series.column) == 0) return where + "no column " + series.column;
  }
  return "";
}

}  // namespace potentia::testing
