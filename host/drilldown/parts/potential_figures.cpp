// See potential_figures.hpp.
#include "host/drilldown/parts/potential_figures.hpp"

#include "host/drilldown/values.hpp"
#include "io/result/result_file.hpp"

namespace potentia::drilldown {
namespace {

const char* usual_label(Column column) {
  switch (column) {
    case column_actual:
      return "Exports in scope";
    case column_potential_now:
      return "Potential, conditions of the base period";
    case column_potential:
      return "Potential";
    case column_realized:
      return "Realised";
    case column_unrealized:
      return "Unrealised";
    case column_static:
      return "Static";
    case column_dynamic:
      return "Dynamic";
    case column_overtrade:
      return "Overtrade";
    case column_change_supply:
      return "Supply";
    case column_change_population:
      return "Population";
    case column_change_income:
      return "Income per head";
    case column_change_tariff:
      return "Tariffs";
    default:
      return "";
  }
}

}  // namespace

Measure usd(Column column, const std::string& label) {
  return {{column_name(column), label.empty() ? usual_label(column) : label, Kind::usd},
          [column](const Sums& sums) { return Value(sums[column]); }};
}

Measure ratio(const std::string& key, const std::string& label, Column part, Column whole) {
  return {{key, label, Kind::share}, [part, whole](const Sums& sums) { return share_of(sums[part], sums[whole]); }};
}

Measure share_of_unrealized(Column part) {
  return ratio(std::string(column_name(part)) + "_share", std::string(usual_label(part)) + ", share of unrealised",
               part, column_unrealized);
}

Measure share_of_all_unrealized(double whole) {
  return {{"share", "Share of all unrealised", Kind::share},
          [whole](const Sums& sums) { return share_of(sums[column_unrealized], whole); }};
}

Measures change_measures() {
  const Measure change{{"change", "Change", Kind::usd},
                       [](const Sums& sums) { return Value(sums[column_potential] - sums[column_potential_now]); }};
  return {usd(column_potential_now), usd(column_potential),         change,
          usd(column_change_supply), usd(column_change_population), usd(column_change_income),
          usd(column_change_tariff)};
}

std::vector<TableColumn> columns_of(std::vector<TableColumn> first, const Measures& measures,
                                    const std::vector<TableColumn>& last) {
  for (const Measure& measure : measures) first.push_back(measure.column);
  first.insert(first.end(), last.begin(), last.end());
  return first;
}

std::vector<Value> row_of(std::vector<Value> first, const Measures& measures, const Sums& sums,
                          const std::vector<Value>& last) {
  for (const Measure& measure : measures) first.push_back(measure.value(sums));
  first.insert(first.end(), last.begin(), last.end());
  return first;
}

const std::vector<Series>& static_and_dynamic() {
  static const std::vector<Series> series = {{"static", Role::static_part}, {"dynamic", Role::dynamic_part}};
  return series;
}

const std::vector<Series>& parts_of_potential() {
  static const std::vector<Series> series = {
      {"realized", Role::realized}, {"static", Role::static_part}, {"dynamic", Role::dynamic_part}};
  return series;
}

const std::vector<Series>& reasons_of_change() {
  static const std::vector<Series> series = {{"change_supply", Role::supply},
                                             {"change_population", Role::population},
                                             {"change_income", Role::income},
                                             {"change_tariff", Role::tariff}};
  return series;
}

Chart stacked(const std::string& category, const std::vector<Series>& series, std::int64_t first_rows) {
  return {Chart::Type::horizontal_stacked, category, series, first_rows};
}

std::string largest_of(const std::vector<std::int32_t>& order, const std::function<std::string(std::int32_t)>& name_of,
                       const std::function<double(std::int32_t)>& value_of, const std::string& by) {
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::int32_t item : order) {
    names.push_back(name_of(item));
    values.push_back(value_of(item));
  }
  return largest_in_words(names, values, by);
}

void describe(Figure& figure, const std::string& in_words, const std::string& notice) {
  if (figure.table.rows.empty()) {
    figure.notice = notice;
    figure.charts.clear();
  } else {
    figure.alternative = in_words;
  }
}

}  // namespace potentia::drilldown
