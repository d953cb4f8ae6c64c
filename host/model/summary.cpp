// See summary.hpp.
#include "host/model/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "host/run/progress.hpp"

namespace potentia {
namespace {

constexpr std::size_t listed_exporters = 10;
constexpr std::size_t listed_names = 12;

std::string percent(double part, double whole) {
  return whole == 0 ? std::string("-") : fmt::format("{:.1f} %", 100 * part / whole);
}

std::string years_in_words(const std::vector<std::int32_t>& years) {
  if (years.empty()) return "-";
  if (years.size() == 1) return std::to_string(years[0]);
  const bool run = years.back() - years.front() == static_cast<std::int32_t>(years.size()) - 1;
  if (run) return fmt::format("{}-{}", years.front(), years.back());
  return fmt::format("{}", fmt::join(years, ", "));
}

ColumnSums sums_of(const ResultSummary& summary, std::size_t first, std::size_t count) {
  ColumnSums sums{};
  for (std::size_t c = 0; c < sums.size(); ++c) {
    for (std::size_t n = first; n < first + count; ++n) sums[c] += summary.pair[c][n];
  }
  return sums;
}

struct Row {
  const char* label;
  Column column;
  Column whole;  // what its share is taken of
};

constexpr Row value_rows[] = {
    {"actual exports", column_actual, column_actual},
    {"potential now", column_potential_now, column_actual},
    {"potential at the horizon", column_potential, column_actual},
    {"realised", column_realized, column_potential},
    {"unrealised", column_unrealized, column_potential},
    {"  static (frictions today)", column_static, column_unrealized},
    {"  dynamic (to come)", column_dynamic, column_unrealized},
    {"above potential", column_overtrade, column_actual},
};
constexpr const char* whole_in_words[] = {"actual", "", "potential", "", "unrealised"};

constexpr Row change_rows[] = {
    {"  supply", column_change_supply, column_potential_now},
    {"  population of the market", column_change_population, column_potential_now},
    {"  income of the market", column_change_income, column_potential_now},
    {"  tariffs", column_change_tariff, column_potential_now},
};

std::vector<std::string> sum_lines(const ColumnSums& sums) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{:<28}{:>18}", "", "USD million"));
  for (const Row& row : value_rows) {
    std::string line = fmt::format("{:<28}{:>18}", row.label, millions(sums[row.column]));
    if (row.column != row.whole) {
      line += fmt::format("  {:>8} of {}", percent(sums[row.column], sums[row.whole]), whole_in_words[row.whole]);
    }
    lines.push_back(line);
  }
  lines.push_back(fmt::format("{:<28}{:>18}", "why potential changes",
                              millions(sums[column_potential] - sums[column_potential_now])));
  for (const Row& row : change_rows) {
    lines.push_back(fmt::format("{:<28}{:>18}  {:>8} of potential now", row.label, millions(sums[row.column]),
                                percent(sums[row.column], sums[row.whole])));
  }
  return lines;
}

}  // namespace

std::string millions(double dollars) {
  const double tenths = std::round(dollars / 1e5);
  const auto whole = static_cast<std::uint64_t>(std::abs(tenths));
  return fmt::format("{}{}.{}", tenths < 0 ? "-" : "", with_thousands(whole / 10), whole % 10);
}

ResultSummary summarize(const World& world, const Solution& solution) {
  ResultSummary summary;
  for (const std::int32_t i : solution.axes.exporters) {
    summary.exporters.push_back(world.countries[static_cast<std::size_t>(i)].iso3);
    summary.exporter_names.push_back(world.countries[static_cast<std::size_t>(i)].name);
  }
  for (const std::int32_t j : solution.axes.markets) {
    summary.markets.push_back(world.countries[static_cast<std::size_t>(j)].iso3);
    summary.market_names.push_back(world.countries[static_cast<std::size_t>(j)].name);
  }
  summary.products = solution.axes.products.size();
  summary.sectors = world.sectors.size();
  summary.listed_cells = solution.listed().market.size();
  summary.base_years = solution.settings.world.base_years;
  summary.horizon_year = solution.settings.world.horizon_year;
  summary.ease = solution.settings.method.ease;
  for (std::size_t c = 0; c < summary.pair.size(); ++c) {
    const Buffer<double>& column = solution.margins.pair.columns[c];
    summary.pair[c].assign(column.begin(), column.end());
  }
  summary.notices = world.notices;
  summary.notices.insert(summary.notices.end(), solution.notices.begin(), solution.notices.end());
  return summary;
}

std::vector<std::string> summary_lines(const ResultSummary& summary) {
  const std::size_t markets = summary.markets.size();
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{} exporters x {} markets x {} products in {} sectors; {} cells listed",
                              with_thousands(summary.exporters.size()), with_thousands(markets),
                              with_thousands(summary.products), with_thousands(summary.sectors),
                              with_thousands(summary.listed_cells)));
  lines.push_back(fmt::format("base years {}, horizon {}, ease of trade: {}", years_in_words(summary.base_years),
                              summary.horizon_year, summary.ease));
  if (!summary.digest.empty()) lines.push_back("content digest " + summary.digest);
  for (std::string& line : sum_lines(sums_of(summary, 0, summary.exporters.size() * markets))) {
    lines.push_back(std::move(line));
  }

  std::vector<ColumnSums> by_exporter;
  for (std::size_t i = 0; i < summary.exporters.size(); ++i) by_exporter.push_back(sums_of(summary, i * markets, markets));
  std::vector<std::size_t> order(by_exporter.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return by_exporter[a][column_unrealized] > by_exporter[b][column_unrealized];
  });
  order.resize(std::min(order.size(), listed_exporters));
  lines.push_back(fmt::format("{:<28}{:>14}{:>14}{:>14}{:>14}{:>14}", "most unrealised potential", "actual", "potential",
                              "unrealised", "static", "dynamic"));
  for (const std::size_t i : order) {
    const ColumnSums& sums = by_exporter[i];
    lines.push_back(fmt::format("  {:<4}{:<22.21}{:>14}{:>14}{:>14}{:>14}{:>14}", summary.exporters[i],
                                summary.exporter_names[i], millions(sums[column_actual]),
                                millions(sums[column_potential]), millions(sums[column_unrealized]),
                                millions(sums[column_static]), millions(sums[column_dynamic])));
  }
  return lines;
}

std::vector<Country> countries_of(const std::vector<std::string>& codes, const std::vector<std::string>& names) {
  std::vector<Country> countries;
  for (std::size_t n = 0; n < codes.size(); ++n) countries.push_back({codes[n], "", names[n]});
  return countries;
}

std::vector<std::string> pair_lines(const ResultSummary& summary, const Party& exporter, const Party& market) {
  ColumnSums sums{};
  for (const std::int32_t i : exporter.members) {
    for (const std::int32_t j : market.members) {
      const std::size_t at = static_cast<std::size_t>(i) * summary.markets.size() + static_cast<std::size_t>(j);
      for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += summary.pair[c][at];
    }
  }
  std::vector<std::string> lines{exporter.code + " to " + market.code};
  for (std::string& line : sum_lines(sums)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> notice_lines(const std::vector<Notice>& notices) {
  std::vector<std::string> lines;
  for (const Notice& notice : notices) {
    std::string line = fmt::format("{:<8}{} x {}", notice.kind, with_thousands(notice.count), notice.rule);
    if (!notice.detail.empty()) line += ": " + notice.detail;
    if (!notice.whose.empty()) {
      const std::size_t shown = std::min(notice.whose.size(), listed_names);
      line += fmt::format(" [{}", fmt::join(notice.whose.begin(), notice.whose.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
      if (shown < notice.whose.size()) line += fmt::format(" and {} more", notice.whose.size() - shown);
      line += "]";
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace potentia
