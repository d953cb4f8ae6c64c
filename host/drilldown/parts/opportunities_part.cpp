// Part 6: every product of the pair with what speaks for it, what against it, and how sure the numbers are.
#include <cmath>

#include "host/drilldown/facts/opportunities.hpp"
#include "host/drilldown/facts/pair_sums.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"

namespace potentia::drilldown {

namespace {

constexpr const char* rival_keys[3][3] = {{"rival_1", "rival_1_name", "rival_1_share"},
                                          {"rival_2", "rival_2_name", "rival_2_share"},
                                          {"rival_3", "rival_3_name", "rival_3_share"}};
constexpr const char* rival_labels[3][3] = {
    {"Largest rival, code", "Largest rival", "Its share of the market's imports"},
    {"Second rival, code", "Second rival", "Its share of the market's imports"},
    {"Third rival, code", "Third rival", "Its share of the market's imports"}};

/// What an outlook and draws add behind the unrealised potential.
std::vector<TableColumn> prospect_columns(const Prospects& prospects) {
  std::vector<TableColumn> columns;
  if (prospects.by_product())
    columns = {{"chance", "Chance to start", Kind::share},    {"promise", "Potential × chance", Kind::usd},
               {"expected", "Expected exports", Kind::usd},   {"low", "Low", Kind::usd},
               {"high", "High", Kind::usd}};
  if (prospects.draws)
    for (const TableColumn& column : std::initializer_list<TableColumn>{{"in_top10", "In the top 10 of draws", Kind::share},
                                                                        {"in_top50", "In the top 50 of draws", Kind::share},
                                                                        {"draws_low", "Potential, 5 % of draws", Kind::usd},
                                                                        {"draws_median", "Potential, median of draws", Kind::usd},
                                                                        {"draws_high", "Potential, 95 % of draws", Kind::usd}})
      columns.push_back(column);
  return columns;
}

void add_prospects(const Prospects& prospects, const Sums& sums, std::int32_t product, std::vector<Value>& row) {
  if (prospects.by_product()) {
    const bool sold = sums[column_actual] > 0.0;
    const double chance = sold ? std::nan("") : prospects.chance[product];
    row.insert(row.end(), {known(chance), known(sums[column_potential] * chance), known(prospects.expected[product]),
                           known(prospects.low[product]), known(prospects.high[product])});
  }
  if (!prospects.draws) return;
  const PairDraws::Cell* cell = prospects.drawn_cell(product);
  if (cell == nullptr) {
    row.insert(row.end(), 5, Value());
    return;
  }
  row.insert(row.end(), {cell->in_top10, cell->in_top50, cell->potential[0], cell->potential[2], cell->potential[4]});
}

std::vector<TableColumn> columns(const Prospects& prospects) {
  std::vector<TableColumn> columns = {{"rank", "Rank", Kind::count},
                                      {"product", "Code", Kind::code},
                                      {"name", "Product", Kind::text},
                                      {"sector", "Sector", Kind::text},
                                      {"potential", "Potential", Kind::usd},
                                      {"actual", "Exports", Kind::usd},
                                      {"unrealized", "Unrealised", Kind::usd},
                                      {"static", "Static", Kind::usd},
                                      {"dynamic", "Dynamic", Kind::usd},
                                      {"static_share", "Static, share of unrealised", Kind::share},
                                      {"change_supply", "Change by supply", Kind::usd},
                                      {"change_population", "Change by population", Kind::usd},
                                      {"change_income", "Change by income per head", Kind::usd},
                                      {"change_tariff", "Change by tariffs", Kind::usd},
                                      {"tariff_now", "Tariff faced now", Kind::share},
                                      {"tariff_horizon", "Tariff faced at the horizon", Kind::share},
                                      {"advantage_now", "Advantage over rivals now", Kind::points},
                                      {"advantage_horizon", "Advantage over rivals at the horizon", Kind::points},
                                      {"market_imports", "Market's imports", Kind::usd},
                                      {"market_growth", "Growth of the market's demand", Kind::share}};
  const std::vector<TableColumn> more = prospect_columns(prospects);
  columns.insert(columns.begin() + 7, more.begin(), more.end());
  for (int rival = 0; rival < 3; ++rival) {
    columns.push_back({rival_keys[rival][0], rival_labels[rival][0], Kind::code});
    columns.push_back({rival_keys[rival][1], rival_labels[rival][1], Kind::text});
    columns.push_back({rival_keys[rival][2], rival_labels[rival][2], Kind::share});
  }
  columns.push_back({"flags", "Read with care", Kind::text});
  for (const FlagText& flag : flag_texts) columns.push_back({flag.key, flag.label, Kind::flag});
  return columns;
}

std::vector<Value> row(const Context& context, const Opportunities& found, const Prospects& prospects, std::int64_t rank,
                       std::int32_t product) {
  const Product& entry = context.world->products[context.solution->axes.products[product]];
  const Sums sums = product_sums(context, product);
  const double nothing = std::nan("");
  const FacedTariffs& tariffs = context.tariffs;
  const double now = tariffs.known ? tariffs.now[product] : nothing;
  const double horizon = tariffs.known ? tariffs.horizon[product] : nothing;
  std::vector<Value> row = {rank,
                            entry.code,
                            entry.name,
                            context.world->sectors[entry.sector],
                            sums[column_potential],
                            sums[column_actual],
                            sums[column_unrealized]};
  add_prospects(prospects, sums, product, row);
  row.insert(row.end(), {sums[column_static],
                            sums[column_dynamic],
                            share_of(sums[column_static], sums[column_unrealized]),
                            sums[column_change_supply],
                            sums[column_change_population],
                            sums[column_change_income],
                            sums[column_change_tariff],
                            known(now),
                            known(horizon),
                            known(tariffs.known ? tariffs.rivals_now[product] - now : nothing),
                            known(tariffs.known ? tariffs.rivals_horizon[product] - horizon : nothing),
                            found.demand.imports[product],
                            known(found.demand.growth[product])});
  for (const Rival& rival : found.demand.rivals[product]) {
    if (rival.country < 0) {
      row.insert(row.end(), 3, Value());
      continue;
    }
    const Country& country = context.world->countries[rival.country];
    row.emplace_back(country.iso3);
    row.emplace_back(country.name);
    row.push_back(share_of(rival.value, found.demand.imports[product]));
  }
  row.emplace_back(found.flags[product].names());
  for (int flag = 0; flag < flag_count; ++flag) row.emplace_back(found.flags[product].has(static_cast<Flag>(flag)));
  return row;
}

Figure opportunities_figure(const Context& context, const Opportunities& found, const Prospects& prospects) {
  const std::string horizon = std::to_string(context.solution->settings.world.horizon_year);
  Figure figure;
  figure.id = "opportunities";
  figure.title = "Opportunities from " + pair_in_words(context) + ", product by product";
  figure.definition =
      "Every product in scope with trade or potential, largest unrealised potential first; USD. Tariffs are the "
      "ad-valorem rates that the exporter faces now and in " +
      horizon + " (means over members of a group, weighted by " +
      "trade); the advantage is what its rivals face, weighted by their trade, less what it faces. The market's "
      "imports are those of the base period " +
      base_in_words(context) + " from all countries, their growth is that of projected demand up to " + horizon +
      ". Rivals are the market's " +
      "largest other suppliers, with their shares in its imports. The flags at the end say what makes a row uncertain; "
      "they change neither figures nor ranks, and the figure below defines them.";
  if (prospects.by_product())
    figure.definition += " The chance is that a product not sold yet starts by " + horizon +
                         "; nine in ten flows of a product's size end up between low and high (part “How likely, how sure”).";
  figure.table.columns = columns(prospects);
  if (found.order.empty()) {
    figure.notice = nothing_in_words(context);
    return figure;
  }
  std::int64_t rank = 0;
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t product : found.order) {
    figure.table.rows.push_back(row(context, found, prospects, ++rank, product));
    if (rank > 3) continue;
    names.push_back(product_in_words(context, product));
    values.push_back(context.pair.columns[column_unrealized][product]);
  }
  figure.charts = {stacked("name", static_and_dynamic(), shown_markets)};
  figure.alternative = "Stacked bars of static and dynamic unrealised potential of the first products of the table. " +
                       largest_in_words(names, values);
  return figure;
}

Figure flags_figure(const Context& context, const Opportunities& found) {
  Figure figure;
  figure.id = "flags";
  figure.title = "What the confidence flags mean";
  figure.definition =
      "When a flag is set, on how many products of the table, and how much of all unrealised potential these products "
      "stand for. A product may have several flags.";
  figure.table.columns = {{"flag", "Flag", Kind::text},
                          {"meaning", "Set when", Kind::text},
                          {"products", "Products", Kind::count},
                          {"unrealized", "Their unrealised potential", Kind::usd},
                          {"share", "Share of all unrealised", Kind::share}};
  const std::vector<double>& unrealized = context.pair.columns[column_unrealized];
  const double whole = context.pair.total(column_unrealized);
  for (int flag = 0; flag < flag_count; ++flag) {
    std::int64_t products = 0;
    double sum = 0.0;
    for (std::int32_t product = 0; product < static_cast<std::int32_t>(found.flags.size()); ++product) {
      if (!found.flags[product].has(static_cast<Flag>(flag))) continue;
      if (!has_trade_or_potential(product_sums(context, product))) continue;
      ++products;
      sum += unrealized[product];
    }
    figure.table.rows.push_back({std::string(flag_texts[flag].name), std::string(flag_texts[flag].meaning), products,
                                 sum, share_of(sum, whole)});
  }
  figure.charts = {{Chart::Type::horizontal_bar, "flag", {{"unrealized", Role::unrealized}}, 0}};
  figure.alternative = "Bars of the unrealised potential of products with each flag.";
  return figure;
}

}  // namespace

Part opportunities_part(const Context& context, const Opportunities& found, const Prospects& prospects) {
  return {"opportunities", "Opportunities", {opportunities_figure(context, found, prospects), flags_figure(context, found)}};
}

}  // namespace potentia::drilldown
