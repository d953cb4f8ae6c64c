// How likely opportunities are, by what came true before, and how sure their potentials, by draws of what is uncertain.
#include <algorithm>
#include <cmath>

#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/parts/parts.hpp"
#include "host/drilldown/parts/potential_figures.hpp"
#include "host/drilldown/values.hpp"
#include "host/drilldown/wording.hpp"

namespace potentia::drilldown {
namespace {

constexpr std::size_t drawn_rows = 20;  ///< of the table that charts of it show

const char* groups_have_none = "chances and intervals are of single cells: name one exporter and one market";

std::string horizon_of(const Context& context) { return std::to_string(context.solution->settings.world.horizon_year); }

double value(const Context& context, Column column, std::int32_t product) { return context.pair.columns[column][product]; }

std::vector<Value> named(const Context& context, std::int64_t rank, std::int32_t product) {
  const Product& entry = context.world->products[context.solution->axes.products[product]];
  return {rank, entry.code, entry.name};
}

/// "large and likely": beside the medians of what the chart shows.
std::string quadrant(const Prospects& prospects, double potential, double chance) {
  return std::string(potential >= prospects.middle_potential ? "larger" : "smaller") +
         (chance >= prospects.middle_chance ? ", likelier" : ", less likely");
}

Figure chances_figure(const Context& context, const Prospects& prospects) {
  Figure figure;
  figure.id = "chances";
  figure.title = "Potential and chance of products that are not sold yet, " + pair_in_words(context);
  figure.definition =
      "Products with potential and without exports in the base period: of the " + std::to_string(quadrant_products) +
      " with the largest potential, in order of potential times chance. The chance is that exports start by " +
      horizon_of(context) +
      ": a logit of the potential and seven facts of trade, fitted to what started between the windows of the back-test, in "
      "which chances held in every tenth out of sample. Expected exports are the chance times what flows that start sell on "
      "average, USD. The last column compares with the medians of these products; potential is what the economies "
      "could trade, chance is how often such flows started: neither says the other.";
  figure.table.columns = {{"rank", "Rank", Kind::count},         {"product", "Code", Kind::code},
                          {"name", "Product", Kind::text},       {"potential", "Potential", Kind::usd},
                          {"chance", "Chance", Kind::share},     {"promise", "Potential × chance", Kind::usd},
                          {"expected", "Expected exports", Kind::usd}, {"place", "Place by potential", Kind::count},
                          {"quadrant", "Among these", Kind::text}};
  if (!prospects.by_product()) {
    figure.notice = groups_have_none;
    return figure;
  }
  std::vector<std::size_t> order(std::min(quadrant_products, prospects.without_trade.size()));
  for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
  const auto promise = [&](std::size_t n) {
    const std::int32_t product = prospects.without_trade[n];
    return value(context, column_potential, product) * prospects.chance[product];
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return promise(a) > promise(b); });
  std::int64_t rank = 0;
  for (const std::size_t n : order) {
    const std::int32_t product = prospects.without_trade[n];
    const double potential = value(context, column_potential, product), chance = prospects.chance[product];
    std::vector<Value> row = named(context, ++rank, product);
    row.insert(row.end(), {potential, chance, promise(n), known(prospects.expected[product]),
                           static_cast<std::int64_t>(n + 1), quadrant(prospects, potential, chance)});
    figure.table.rows.push_back(std::move(row));
  }
  if (figure.table.rows.empty()) {
    figure.notice = "every product with potential is sold already";
    return figure;
  }
  Chart chart{Chart::Type::scatter, "name", {{"potential", Role::unrealized}}, 0};
  chart.along = "chance";
  figure.charts = {chart};
  figure.alternative = "Each point is a product: to the right it is likelier to start, above its potential is larger. Lines at the "
                       "medians divide the chart; above and right of both lie products that are large and likely.";
  return figure;
}

void add_drawn(const PairDraws::Cell* cell, std::vector<Value>& row) {
  if (cell == nullptr) {
    row.insert(row.end(), 3, Value());
    return;
  }
  for (const std::size_t probability : {0, 2, 4}) row.emplace_back(cell->potential[probability]);
}

/// Whether a range is so long that bars beside it would be too short to see.
bool one_dwarfs_all(const Prospects& prospects, const Opportunities& found) {
  constexpr double much = 5.0;
  double longest = 0.0, second = 0.0;
  for (std::size_t n = 0; n < std::min(drawn_rows, found.order.size()); ++n) {
    const PairDraws::Cell* cell = prospects.drawn_cell(found.order[n]);
    const double high = cell == nullptr ? 0.0 : cell->potential[4];
    second = std::max(second, std::min(longest, high));
    longest = std::max(longest, high);
  }
  return longest > much * second;
}

Figure intervals_figure(const Context& context, const Opportunities& found, const Prospects& prospects) {
  Figure figure;
  figure.id = "intervals";
  figure.title = "The largest opportunities with their intervals, " + pair_in_words(context);
  figure.definition = "The " + std::to_string(shown_prospects) + " products with the largest unrealised potential, USD.";
  if (prospects.has_outlook)
    figure.definition +=
        " Expected exports in " + horizon_of(context) +
        " are a mean by the models of the back-test; of products sold already, nine in ten flows of that size end up between low "
        "and high. Of products not sold yet the chance says what an interval would.";
  if (prospects.draws)
    figure.definition += " The range of the potential is where it lies in nine of ten of " +
                         counted(static_cast<std::uint64_t>(prospects.draws->draws), "draw", "draws") +
                         " of what is uncertain in its inputs; products that the draws do not list have none.";
  figure.table.columns = {{"rank", "Rank", Kind::count},        {"product", "Code", Kind::code},
                          {"name", "Product", Kind::text},      {"unrealized", "Unrealised", Kind::usd},
                          {"potential", "Potential", Kind::usd}, {"actual", "Exports", Kind::usd}};
  if (prospects.by_product())
    for (const TableColumn& column : std::initializer_list<TableColumn>{{"chance", "Chance", Kind::share},
                                                                        {"expected", "Expected exports", Kind::usd},
                                                                        {"low", "Low", Kind::usd},
                                                                        {"high", "High", Kind::usd}})
      figure.table.columns.push_back(column);
  if (prospects.draws)
    for (const TableColumn& column : std::initializer_list<TableColumn>{{"draws_low", "Potential, 5 % of draws", Kind::usd},
                                                                        {"draws_median", "Potential, median of draws", Kind::usd},
                                                                        {"draws_high", "Potential, 95 % of draws", Kind::usd}})
      figure.table.columns.push_back(column);
  if (!prospects.by_product() && !prospects.draws) {
    figure.notice = groups_have_none;
    return figure;
  }
  for (std::size_t n = 0; n < std::min(shown_prospects, found.order.size()); ++n) {
    const std::int32_t product = found.order[n];
    std::vector<Value> row = named(context, static_cast<std::int64_t>(n + 1), product);
    for (const Column column : {column_unrealized, column_potential, column_actual}) row.emplace_back(value(context, column, product));
    if (prospects.by_product())
      for (const std::vector<double>* values : {&prospects.chance, &prospects.expected, &prospects.low, &prospects.high})
        row.push_back(known((*values)[product]));
    if (prospects.draws) add_drawn(prospects.drawn_cell(product), row);
    figure.table.rows.push_back(std::move(row));
  }
  if (figure.table.rows.empty()) {
    figure.notice = nothing_in_words(context);
    return figure;
  }
  Chart potential{Chart::Type::horizontal_bar, "name", {{"potential", Role::unrealized}}, static_cast<std::int64_t>(drawn_rows)};
  if (prospects.draws) {
    if (one_dwarfs_all(prospects, found)) potential.type = Chart::Type::interval;
    potential.series[0].low = "draws_low";
    potential.series[0].high = "draws_high";
    figure.charts.push_back(potential);
  }
  if (prospects.by_product()) {
    Chart exports{Chart::Type::interval, "name", {{"expected", Role::after}, {"actual", Role::before}}, static_cast<std::int64_t>(drawn_rows)};
    exports.series[0].low = "low";
    exports.series[0].high = "high";
    figure.charts.push_back(exports);
  }
  figure.alternative = std::string(prospects.draws ? "The potential with lines from the 5th to the 95th of 100 draws. " : "") +
                       (prospects.by_product() ? "Expected exports beside those of today, on a scale of powers of ten, with lines from "
                                                 "low to high for products that are sold already."
                                               : "");
  return figure;
}

Figure stability_figure(const Context& context, const Opportunities& found, const Prospects& prospects) {
  Figure figure;
  figure.id = "stability";
  figure.title = "How firmly opportunities stand on top, " + pair_in_words(context);
  figure.definition = "In which share of draws the product is among the 10, and among the 50, largest unrealised cells of " +
                      context.exporter.name +
                      " in any market. A product that is there in nine of ten draws stays a priority whichever of the uncertain "
                      "inputs turns out wrong.";
  figure.table.columns = {{"rank", "Rank", Kind::count},
                          {"product", "Code", Kind::code},
                          {"name", "Product", Kind::text},
                          {"unrealized", "Unrealised", Kind::usd},
                          {"draws_low", "Unrealised, 5 % of draws", Kind::usd},
                          {"draws_median", "Unrealised, median of draws", Kind::usd},
                          {"draws_high", "Unrealised, 95 % of draws", Kind::usd},
                          {"in_top10", "In the top 10", Kind::share},
                          {"in_top50", "In the top 50", Kind::share}};
  for (std::size_t n = 0; n < found.order.size() && figure.table.rows.size() < shown_prospects; ++n) {
    const PairDraws::Cell* cell = prospects.drawn_cell(found.order[n]);
    if (cell == nullptr) continue;
    std::vector<Value> row = named(context, static_cast<std::int64_t>(n + 1), found.order[n]);
    row.emplace_back(value(context, column_unrealized, found.order[n]));
    for (const std::size_t probability : {0, 2, 4}) row.emplace_back(cell->unrealized[probability]);
    row.insert(row.end(), {cell->in_top10, cell->in_top50});
    figure.table.rows.push_back(std::move(row));
  }
  if (figure.table.rows.empty()) {
    figure.notice = "the draws list none of the pair's products";
    return figure;
  }
  figure.charts = {{Chart::Type::horizontal_bar, "name", {{"in_top50", Role::rest}, {"in_top10", Role::exports}}, 15}};
  figure.alternative = "Bars of the share of draws in which each product is among the exporter's 50 and 10 largest.";
  return figure;
}

Figure assumptions_figure(const Context& context, const Prospects& prospects) {
  Figure figure;
  figure.id = "assumptions";
  figure.title = "Which assumption matters most, " + pair_in_words(context);
  figure.definition =
      "Shares of the variance of the pair's unrealised potential over draws (Sobol' indices): what would go if the inputs of a "
      "group were known (alone), and what would stay if all others were known (with its interplay with them). Errors are standard "
      "errors. The spreads are those of the uncertainty file.";
  figure.table.columns = {{"group", "Inputs", Kind::text},   {"meaning", "Spread of", Kind::text},
                          {"spread", "Spread", Kind::number}, {"first", "Alone", Kind::share},
                          {"first_error", "Error", Kind::points}, {"total", "With interplay", Kind::share},
                          {"total_error", "Error", Kind::points}};
  for (const PairDraws::Group& group : prospects.draws->groups)
    figure.table.rows.push_back({group_in_words(group.name), group.meaning, known(group.spread), known(group.first),
                                 known(group.first_error), known(group.total), known(group.total_error)});
  if (figure.table.rows.empty()) {
    figure.notice = "the draws were made without --sensitivity";
    return figure;
  }
  figure.charts = {{Chart::Type::horizontal_bar, "group", {{"total", Role::exports}}, 0}};
  figure.alternative = "Bars of the share of variance behind each group of inputs, with its interplay with the others.";
  return figure;
}

Figure files_figure(const Prospects& prospects) {
  Figure figure;
  figure.id = "prospect_files";
  figure.title = "Files behind chances and draws";
  figure.definition = "The back-test whose models say how likely, and the draws that say how sure, with their content digests.";
  figure.table.columns = {{"role", "Read for", Kind::text}, {"name", "File", Kind::text}, {"digest", "Content digest", Kind::code}};
  for (const SourceFile& file : prospects.files) figure.table.rows.push_back({file.role, file.name, file.sha256});
  return figure;
}

}  // namespace

Part outlook_part(const Context& context, const Opportunities& found, const Prospects& prospects) {
  Part part{"outlook", "How likely, how sure", {}};
  if (prospects.has_outlook) part.figures.push_back(chances_figure(context, prospects));
  part.figures.push_back(intervals_figure(context, found, prospects));
  if (prospects.draws) {
    part.figures.push_back(stability_figure(context, found, prospects));
    part.figures.push_back(assumptions_figure(context, prospects));
  }
  part.figures.push_back(files_figure(prospects));
  return part;
}

}  // namespace potentia::drilldown
