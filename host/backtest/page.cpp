#include "host/backtest/page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "host/backtest/charts.hpp"
#include "io/printable.hpp"

namespace potentia::backtest {
namespace {

constexpr std::size_t told_exporters = 10;

std::string with_commas(double number) {
  std::string digits = fmt::format("{:.0f}", number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}
std::string with_commas(std::uint64_t number) { return with_commas(static_cast<double>(number)); }

std::string percent(double share) {
  if (std::isnan(share)) return "–";
  if (share >= 0.0995) return fmt::format("{:.0f} %", 100.0 * share);
  return share >= 0.00995 ? fmt::format("{:.1f} %", 100.0 * share) : fmt::format("{:.2g} %", 100.0 * share);
}

std::string years_of(const std::vector<std::int32_t>& years) {
  return years.size() == 1 ? std::to_string(years[0]) : fmt::format("{}–{}", years.front(), years.back());
}

double share_of(double part, std::uint64_t whole) { return whole == 0 ? missing_value : part / static_cast<double>(whole); }

/// A table. Columns after the first `texts` are numbers.
class Table {
public:
  Table(std::vector<std::string> head, std::size_t texts) : texts_(texts) {
    html_ = "<div class=\"scroll\"><table><thead>";
    add(head, "th scope=\"col\"", "th");
    html_ += "</thead><tbody>";
  }
  void row(const std::vector<std::string>& cells) { add(cells, "td", "td"); }
  std::string html() const { return html_ + "</tbody></table></div>"; }

private:
  void add(const std::vector<std::string>& cells, const char* open, const char* close) {
    html_ += "<tr>";
    for (std::size_t at = 0; at < cells.size(); ++at)
      html_ += fmt::format("<{}{}>{}</{}>", open, at < texts_ ? "" : " class=\"n\"", html_text(cells[at]), close);
    html_ += "</tr>";
  }
  std::string html_;
  std::size_t texts_;
};

std::string paragraph(const std::string& text) { return "<p>" + html_text(text) + "</p>"; }
std::string rule(const std::string& text) { return "<p class=\"rule\">" + html_text(text) + "</p>"; }
std::string figure(const std::string& caption, const Chart& chart) {
  return "<figure><figcaption>" + html_text(caption) + "</figcaption>" + chart_svg(chart) + "</figure>";
}

/// Of 100 pairs of a cell that started and one that did not, how often the first is ranked higher.
std::string of_hundred(double auc) { return fmt::format("{:.0f} of 100", 100.0 * auc); }

const BacktestPredictor* best_rival(const Backtest& backtest) {
  const BacktestPredictor* best = nullptr;
  for (std::size_t at = 1; at < backtest.predictors.size(); ++at) {
    const BacktestPredictor& one = backtest.predictors[at];
    if (one.name.rfind("chance", 0) != 0 && (best == nullptr || one.auc > best->auc)) best = &one;
  }
  return best;
}

/// Potential, the best of its rivals, and the chances.
std::vector<const BacktestPredictor*> drawn(const Backtest& backtest) {
  std::vector<const BacktestPredictor*> list = {&backtest.predictors.front(), best_rival(backtest)};
  for (const BacktestPredictor& one : backtest.predictors)
    if (one.name.rfind("chance", 0) == 0) list.push_back(&one);
  return list;
}

std::string head(const Backtest& backtest, const std::string& title) {
  const BacktestPredictor& potential = backtest.predictors.front();
  const BacktestPredictor* rival = best_rival(backtest);
  const BacktestChance& best = backtest.chances.back();
  std::string html = "<header><h1>" + html_text(title) + "</h1>";
  html += "<p class=\"lead\">" +
          html_text(fmt::format("Of {} flows that did not exist in {} though there was potential for them, {} had started by {}: {}.",
                                with_commas(backtest.candidates), years_of(backtest.origin), with_commas(backtest.starts),
                                years_of(backtest.outcome), percent(share_of(double(backtest.starts), backtest.candidates)))) +
          "</p>";
  html += paragraph(fmt::format(
      "Shown a flow that started and one that did not, the potential alone picks the right one in {} cases; the best plain rival, {}, "
      "in {}; a chance estimated from all of them and judged on exporters that it had not seen ({} model) in {}.",
      of_hundred(potential.auc), rival->name, of_hundred(rival->auc), best.name, of_hundred(best.auc)));
  return html + "</header>";
}

std::string calibration(const Backtest& backtest) {
  const BacktestChance& best = backtest.chances.back();
  Chart chart;
  chart.name = "Chance foretold and share that started, by tenths of the cells";
  double least = 1.0;
  for (const BacktestChance& chance : backtest.chances) {
    Series series{chance.name + " model", {}};
    for (std::size_t at = 0; at < chance.count.size(); ++at) {
      series.points.push_back({chance.predicted[at], chance.observed[at]});
      if (chance.observed[at] > 0.0) least = std::min({least, chance.predicted[at], chance.observed[at]});
    }
    chart.series.push_back(series);
  }
  const double from = std::max(std::pow(10.0, std::floor(std::log10(least))), 1e-6);
  for (Axis* axis : {&chart.x, &chart.y}) {
    axis->from = from;
    axis->logarithmic = true;
    for (double mark = from; mark < 1.001; mark *= 10.0) axis->marks.push_back({mark, fmt::format("{:g} %", 100.0 * mark)});
  }
  chart.x.name = "chance foretold";
  chart.y.name = "share that started";
  chart.diagonal = chart.dots = true;
  return figure("Is a chance of 10 % one in ten?", chart) +
         rule(fmt::format("Each dot is a tenth of the cells, in order of their chance; on the dotted line a chance is right. The {} model: the "
                          "likeliest tenth was given {} and {} started, the unlikeliest {} and {}. Brier score {:.5f}, log loss {:.5f}.",
                          best.name, percent(best.predicted.back()), percent(best.observed.back()), percent(best.predicted.front()),
                          percent(best.observed.front()), best.brier, best.log_loss));
}

std::string roc(const Backtest& backtest) {
  Chart chart;
  chart.name = "ROC curves";
  for (Axis* axis : {&chart.x, &chart.y})
    for (int mark = 0; mark <= 4; ++mark) axis->marks.push_back({0.25 * mark, fmt::format("{} %", 25 * mark)});
  chart.x.name = "share of those that did not start";
  chart.y.name = "share of those that started";
  chart.diagonal = true;
  for (const BacktestPredictor* one : drawn(backtest))
    chart.series.push_back({fmt::format("{} ({:.3f})", one->name, one->auc), one->roc});
  return figure("Down the list: starts found on the way", chart) +
         rule("In brackets the area under the curve: 0.5 is luck, 1 is perfect. Chances are out of sample: each exporter is judged by a "
              "model fitted without it and a fifth of the others.");
}

std::string lift(const Backtest& backtest) {
  Chart chart;
  chart.name = "Lift by length of list";
  double most = 1.0;
  for (const BacktestPredictor* one : drawn(backtest)) {
    Series series{one->name, {}};
    for (std::size_t at = 0; at < backtest_tops.size(); ++at) {
      series.points.push_back({double(backtest_tops[at]), one->lift[at]});
      most = std::max(most, one->lift[at]);
    }
    chart.series.push_back(series);
  }
  chart.x = {"cells on each exporter's list", 10, 500, true, {}};
  for (const std::int32_t top : backtest_tops) chart.x.marks.push_back({double(top), std::to_string(top)});
  chart.y = {"times as likely as any cell", 0, std::ceil(most), false, {}};
  for (double mark = 0; mark <= std::ceil(most); mark += 1.0) chart.y.marks.push_back({mark, fmt::format("{:.0f}", mark)});
  chart.dots = true;
  return figure("How much likelier is a start on a list?", chart) +
         rule("Share of starts in every exporter's first 10, 50 and 500 cells by that figure, over the share among all cells; cells that tie "
              "at the end of a list count in part.");
}

std::string rivals(const Backtest& backtest) {
  Table table({"Ranked by", "Right of 100", "AUC", "top 10", "top 50", "top 500"}, 1);
  for (const BacktestPredictor& one : backtest.predictors)
    table.row({one.name, fmt::format("{:.0f}", 100 * one.auc), fmt::format("{:.4f}", one.auc), fmt::format("{:.2f}", one.lift[0]),
               fmt::format("{:.2f}", one.lift[1]), fmt::format("{:.2f}", one.lift[2])});
  return table.html();
}

std::string model_table(const BacktestChance& chance) {
  Table table({"Regressor", "Effect of a standard deviation on the log odds", "Standard error", "z"}, 1);
  for (std::size_t at = 1; at < chance.regressor.size(); ++at)
    table.row({chance.regressor[at], fmt::format("{:+.3f}", chance.coefficient[at]), fmt::format("{:.3f}", chance.standard_error[at]),
               fmt::format("{:+.1f}", chance.coefficient[at] / chance.standard_error[at])});
  return table.html();
}

void group_row(Table& table, const BacktestGroup& group) {
  const double started = share_of(double(group.starts), group.candidates), expected = share_of(group.expected, group.candidates);
  table.row({group.name, with_commas(group.candidates), percent(expected), percent(started),
             group.expected > 0.0 ? fmt::format("{:.2f}", double(group.starts) / group.expected) : "–",
             std::isnan(group.auc) ? "–" : fmt::format("{:.3f}", group.auc)});
}

std::string where(const Backtest& backtest) {
  std::string html;
  for (const BacktestGrouping& grouping : backtest.detail.groupings) {
    Table table({"Group", "Cells", "Expected", "Started", "Started / expected", "AUC"}, 1);
    html += "<h3>" + html_text(grouping.name) + "</h3>";
    if (grouping.name != "Exporter") {
      for (const BacktestGroup& group : grouping.groups) group_row(table, group);
      html += table.html();
      continue;
    }
    std::vector<BacktestGroup> order = grouping.groups;
    const auto more = [](const BacktestGroup& group) { return double(group.starts) - group.expected; };
    std::stable_sort(order.begin(), order.end(), [&](const BacktestGroup& a, const BacktestGroup& b) { return more(a) > more(b); });
    const std::size_t told = std::min(told_exporters, order.size() / 2);
    for (std::size_t at = 0; at < order.size(); ++at)
      if (at < told || at + told >= order.size()) group_row(table, order[at]);
    html += rule(fmt::format("The {0} exporters with the most flows above what was expected of them, then the {0} with the most below.", told));
    html += table.html();
  }
  return html;
}

std::string calls(const World& world, const std::vector<BacktestCall>& list, bool started) {
  std::vector<std::string> columns = {"From", "To", "Product", "Chance", "Potential, USD"};
  if (started) columns.push_back("Sold, USD");
  Table table(columns, 3);
  for (const BacktestCall& call : list) {
    const Product& product = world.products[call.product];
    std::vector<std::string> cells = {world.countries[call.exporter].name, world.countries[call.market].name,
                                      product.code + " " + product.name, percent(call.chance), with_commas(call.potential)};
    if (started) cells.push_back(with_commas(call.after));
    table.row(cells);
  }
  return table.html();
}

std::string continuing(const Backtest& backtest) {
  std::string html = paragraph(fmt::format(
      "{} flows were there already, and {} of them still in {}. Their growth is explained out of sample to {} by size alone (small flows "
      "grow, large ones shrink), to {} by size and potential, to {} by all facts together. {} of them lie inside an interval that should "
      "hold 90 %.",
      with_commas(backtest.flows), with_commas(backtest.survivors), years_of(backtest.outcome), percent(backtest.r2[0]),
      percent(backtest.r2[1]), percent(backtest.r2[2]), fmt::format("{:.1f} %", 100.0 * backtest.coverage90)));
  html += paragraph(fmt::format("Rank correlation of growth with potential over trade {:.3f}, with trade {:.3f}.", backtest.spearman_gap,
                                backtest.spearman_size));
  Table table({"Trade at the origin, USD", "Interval: divided and multiplied by"}, 1);
  for (std::size_t at = 0; at < backtest.class_width.size(); ++at) {
    const std::string from = at == 0 ? "below " : with_commas(backtest.class_bound[at - 1]) + " to ";
    const std::string to = at < backtest.class_bound.size() ? with_commas(backtest.class_bound[at]) : "more";
    table.row({from + to, fmt::format("{:.1f}", std::exp(backtest.class_width[at]))});
  }
  return html + "<h3>How wide the interval is</h3>" + table.html();
}

std::string limits(const Backtest& backtest) {
  std::string html = "<ul class=\"limits\">";
  const auto item = [&](const std::string& text) { html += "<li>" + html_text(text) + "</li>"; };
  item(fmt::format("One pair of windows, {} and {}, is one experiment: other years may go otherwise.", years_of(backtest.origin),
                   years_of(backtest.outcome)));
  item("Growth of GDP and population between the two is taken from the table, known by hindsight; whoever looks ahead has forecasts.");
  if (backtest.survivors == backtest.flows)
    item("Every flow of the origin is there in the outcome, so the data have survivors only: nothing can be learned of those that died, and "
         "flows that existed and died count as cells without trade.");
  item("That a cell has potential says nothing of who tried: starts are counted, not their causes.");
  for (const Notice& notice : backtest.notices)
    if (notice.kind == "fill" || notice.kind == "drop" || (notice.kind == "warning" && notice.rule != "backtest.no_deaths"))
      item(fmt::format("{} ({} times).", notice.detail, with_commas(notice.count)));
  return html + "</ul>";
}

}  // namespace

std::string page(const World& world, const Backtest& backtest) {
  const std::string title = fmt::format("Did the potential of {} come true by {}?", years_of(backtest.origin), years_of(backtest.outcome));
  const auto& detail = backtest.detail;
  std::string html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                     "'none'; style-src 'unsafe-inline'\"><title>" +
                     html_text(title) + "</title><style>" + page_style() + "</style></head><body>";
  html += head(backtest, title);
  html += "<h2>New flows</h2><div class=\"charts\"><div>" + calibration(backtest) + "</div><div>" + roc(backtest) + "</div><div>" +
          lift(backtest) + "</div></div>" + rivals(backtest);
  html += "<h2>Where it fails</h2>" +
          rule(fmt::format("Chances of the {} model, out of sample, summed over the cells of a group, beside what started. AUC: how well the "
                           "chance ranks the group's cells among each other.",
                           detail.model)) +
          where(backtest);
  html += "<h2>The best calls</h2>" +
          rule(fmt::format("The {} cells that started of the largest potential times chance, and what they sold in {}.", detail.right.size(),
                           years_of(backtest.outcome))) +
          calls(world, detail.right, true);
  html += "<h2>The worst calls</h2><h3>Expected, and did not come</h3>" +
          rule(fmt::format("The {} cells that did not start of the largest potential times chance.", detail.missing.size())) + calls(world, detail.missing, false) +
          "<h3>Came, and was not expected</h3>" + rule(fmt::format("Of the cells that started though they had less than the mean chance, the {} that sold most.", detail.surprising.size())) +
          calls(world, detail.surprising, true);
  html += "<h2>Flows that were there already</h2>" + continuing(backtest);
  html += "<h2>What the chance is made of</h2>";
  for (const BacktestChance& chance : backtest.chances) html += "<h3>" + html_text(chance.name) + " model</h3>" + model_table(chance);
  html += rule("Logit fitted to all cells without trade; every regressor in units of its standard deviation; errors clustered by exporter.");
  html += "<h2>What this cannot say</h2>" + limits(backtest);
  return html + "</body></html>\n";
}

}  // namespace potentia::backtest
