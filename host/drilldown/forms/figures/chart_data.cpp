// See chart_data.hpp.
#include "host/drilldown/forms/figures/chart_data.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/drilldown/forms/figures/colours.hpp"

namespace potentia::drilldown::figures {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_bars = 40, nowhere = ~std::size_t{0};

std::size_t column_at(const Table& table, const std::string& key) {
  if (!key.empty())
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (table.columns[c].key == key) return c;
  return nowhere;
}

double number_of(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return std::isfinite(*number) ? *number : missing;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return missing;
}

std::string text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty() ? "\u2013" : *text;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "Yes" : "No";
  if (const auto* number = std::get_if<double>(&value)) return fixed(*number, *number == std::floor(*number) ? 0 : 2);
  return "\u2013";
}

/// The first rows of a column, or nothing where the table lacks it.
std::vector<double> numbers_of(const Table& table, const std::string& key, std::size_t rows) {
  std::vector<double> numbers;
  const std::size_t at = column_at(table, key);
  if (at == nowhere) return numbers;
  for (std::size_t row = 0; row < rows; ++row) numbers.push_back(number_of(table.rows[row][at]));
  return numbers;
}

/// The text along the axis: of a product its name, which stands beside its code.
std::vector<std::string> names_of(const Table& table, std::size_t at, std::size_t rows,
                                  const std::map<std::string, std::string>& short_names) {
  const auto is = [&](std::size_t column, Kind kind) { return column < table.columns.size() && table.columns[column].kind == kind; };
  const std::size_t named = is(at, Kind::code) && is(at + 1, Kind::text) ? at + 1 : at;
  const std::size_t coded = named != at ? at : is(at, Kind::text) && at > 0 && is(at - 1, Kind::code) ? at - 1 : nowhere;
  std::vector<std::string> names;
  for (std::size_t row = 0; row < rows; ++row) {
    names.push_back(text_of(table.rows[row][named]));
    if (coded == nowhere) continue;
    if (const auto* code = std::get_if<std::string>(&table.rows[row][coded]))
      if (const auto found = short_names.find(*code); found != short_names.end()) names.back() = found->second;
  }
  return names;
}

/// Bars of changes: from nothing, or from where the one before ended.
void take_changes(const std::vector<Series>& series, ChartData& data) {
  data.of_changes = !data.series.empty();
  for (const Series& each : series) data.of_changes = data.of_changes && each.role == Role::change;
  if (!data.of_changes) return;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const double start = data.type == Chart::Type::waterfall ? data.series.front().values[row] : 0;
    data.starts.push_back(start);
    data.changes.push_back(data.series.back().values[row] - start);
  }
}

/// Takes out what has no place: nothing and less on powers of ten, points of a scatter that lack their other value.
void drop_without_place(ChartData& data) {
  const bool is_scatter = data.type == Chart::Type::scatter;
  if (!is_scatter && data.type != Chart::Type::interval) return;
  for (SeriesData& series : data.series)
    for (std::size_t row = 0; row < data.rows(); ++row)
      if (!(series.values[row] > 0) || (is_scatter && (row >= data.along.size() || std::isnan(data.along[row]))))
        series.values[row] = missing;
}

bool has_values(const ChartData& data) {
  for (const SeriesData& series : data.series)
    for (const double value : series.values)
      if (!std::isnan(value)) return true;
  return false;
}

bool is_whole(const ChartData& data) {
  if (!data.is_stacked || data.kind != Kind::share) return false;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    double sum = 0;
    for (const SeriesData& series : data.series) {
      if (series.values[row] < 0) return false;
      if (!std::isnan(series.values[row])) sum += series.values[row];
    }
    if (sum != 0 && std::fabs(sum - 1) > 1e-6) return false;
  }
  return true;
}

/// The largest size that the axis must hold.
double largest_of(const ChartData& data) {
  double largest = 0;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    double sum = 0;
    for (const SeriesData& series : data.series) {
      const double size = std::fabs(series.values[row]);
      if (!std::isnan(size)) sum = data.is_stacked ? sum + size : std::max(sum, size);
      if (series.has_ends(row)) sum = std::max(sum, series.highs[row]);
    }
    largest = std::max(largest, sum);
  }
  return largest;
}

}  // namespace

bool SeriesData::has_ends(std::size_t row) const {
  return row < lows.size() && row < highs.size() && !std::isnan(lows[row]) && !std::isnan(highs[row]);
}

std::vector<LegendEntry> ChartData::legend() const {
  std::vector<LegendEntry> entries;
  if (of_changes) {
    const auto any = [&](auto has_sign) { return std::any_of(changes.begin(), changes.end(), has_sign); };
    if (any([](double change) { return change > 0; })) entries.push_back({"Rises", rises, false});
    if (any([](double change) { return change < 0; })) entries.push_back({"Falls", falls, false});
    return entries;
  }
  for (const SeriesData& each : series) entries.push_back({each.label, each.colour, each.is_line});
  return entries;
}

std::optional<ChartData> chart_data(const Figure& figure, const Chart& chart,
                                    const std::map<std::string, std::string>& short_names) {
  const Table& table = figure.table;
  const std::size_t category = column_at(table, chart.category);
  if (category == nowhere || table.rows.empty()) return std::nullopt;
  using Type = Chart::Type;
  ChartData data;
  data.type = chart.type;
  data.is_lying = chart.type == Type::waterfall || chart.type == Type::horizontal_bar ||
                  chart.type == Type::horizontal_stacked || chart.type == Type::interval;
  data.is_stacked = chart.type == Type::stacked_bar || chart.type == Type::horizontal_stacked;
  data.by_year = table.columns[category].kind == Kind::year;
  data.all_rows = table.rows.size();
  std::size_t rows = table.rows.size();
  if (chart.first_rows > 0) rows = std::min(rows, static_cast<std::size_t>(chart.first_rows));
  else if (data.is_lying) rows = std::min(rows, most_bars);
  data.names = names_of(table, category, rows, short_names);

  std::vector<Series> there;
  std::vector<Role> roles;
  for (const Series& each : chart.series)
    if (column_at(table, each.column) != nowhere) there.push_back(each), roles.push_back(each.role);
  const std::vector<Rgb> colours = colours_of(roles);
  std::vector<double> all;
  for (std::size_t s = 0; s < there.size(); ++s) {
    SeriesData series;
    series.label = table.columns[column_at(table, there[s].column)].label;
    series.colour = colours[s];
    series.is_line = chart.type == Type::line || (chart.type == Type::bar && there[s].role == Role::balance && rows > 2);
    series.values = numbers_of(table, there[s].column, rows);
    series.lows = numbers_of(table, there[s].low, rows);
    series.highs = numbers_of(table, there[s].high, rows);
    all.insert(all.end(), series.values.begin(), series.values.end());
    data.series.push_back(std::move(series));
  }
  data.along = numbers_of(table, chart.along, rows);
  drop_without_place(data);
  if (!has_values(data)) return std::nullopt;
  data.kind = table.columns[column_at(table, there.front().column)].kind;
  if (const std::size_t along = column_at(table, chart.along); along != nowhere) {
    double largest = 0;
    for (const double value : data.along) largest = std::isnan(value) ? largest : std::max(largest, std::fabs(value));
    data.along_unit = unit_of(table.columns[along].kind, largest);
    data.along_label = table.columns[along].label;
  }
  take_changes(there, data);
  data.is_whole = is_whole(data);
  data.unit = unit_of(data.kind, largest_of(data));
  data.decimals = usual_decimals(all, data.kind, data.unit);
  return data;
}

}  // namespace potentia::drilldown::figures
