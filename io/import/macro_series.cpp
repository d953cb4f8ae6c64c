// See macro_series.hpp.
#include "io/import/macro_series.hpp"

#include <optional>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/macro_layout.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr const char* remedy_level = "correct it, or leave the cell empty if it is not known";
constexpr std::size_t most_named = 12;  // series in a complaint

const char* name_of(Quantity quantity) {
  return quantity == Quantity::population ? "population" : quantity == Quantity::gdp ? "GDP" : "growth of GDP";
}

void keep(MacroSeries::Kept& kept, std::int32_t rank, std::int32_t year, double level, Quantity quantity, const Table& table) {
  if (level != level) return;
  const double least = quantity == Quantity::gdp_growth ? -100.0 : 0.0;
  if (level <= least)
    throw input_error(std::string(name_of(quantity)) + " of " + std::to_string(year) + " is not above " + (least < 0 ? "-100 per cent" : "0"),
                      table.where(), remedy_level);
  if (!kept.levels.empty() && rank > kept.rank) return;
  if (rank < kept.rank) kept.levels.clear();
  kept.rank = rank;
  kept.levels[year] = level;
}

/// Lines on which the keys of all files of one series were seen.
class SeenKeys {
public:
  /// @param rank of the code that the row uses: rows of two codes of one country are no repetition
  void check(const std::string& key, std::int32_t rank, const Table& table) {
    const auto [known, is_new] = seen_.emplace(std::make_pair(key, rank), table.where());
    if (is_new) return;
    throw input_error(key + " stands in " + known->second + " too", table.where(), "remove one of the two rows");
  }

private:
  std::map<std::pair<std::string, std::int32_t>, std::string> seen_;
};

double scale_of(const Table& table, const MacroLayout& layout, Quantity quantity) {
  if (quantity == Quantity::gdp_growth) return 1.0;
  std::string scale = lower_case(table.cell(layout.scale));
  if (is_missing(scale) && !layout.imf) return 1.0;
  if (is_missing(scale)) return quantity == Quantity::gdp ? 1e9 : 1e6;  // the IMF's, where a table does not say
  if (scale == "units" || scale == "unit") return 1.0;
  if (scale == "thousands") return 1e3;
  if (scale == "millions") return 1e6;
  if (scale == "billions") return 1e9;
  if (scale == "trillions") return 1e12;
  throw input_error("unknown scale \"" + scale + "\"", table.where(), "known are units, thousands, millions, billions");
}

/// What the present row is about.
struct RowSubject {
  std::string country;  ///< as the row calls it
  CountryMatch match;
  std::string series;   ///< as the row calls it, empty where the columns say
  std::optional<Quantity> quantity;
};

RowSubject subject_of(const SideTables& tables, const Table& table, const MacroLayout& layout) {
  RowSubject subject;
  if (layout.series_key >= 0) {  // "LAO.NGDP_R.A"
    const std::string key(table.cell(layout.series_key));
    const std::size_t first = key.find('.'), second = key.find('.', first == std::string::npos ? first : first + 1);
    subject.country = key.substr(0, first);
    if (first != std::string::npos) subject.series = key.substr(first + 1, second == std::string::npos ? second : second - first - 1);
    subject.match = tables.countries.match(subject.country, iso3_codes | imf_codes);
    subject.quantity = quantity_of(subject.series);
    return subject;
  }
  for (const auto& [column, kinds] : layout.countries) {
    const std::string_view cell = table.cell(column);
    if (subject.country.empty()) subject.country = cell;
    subject.match = tables.countries.match(cell, kinds);
    if (subject.match.index >= 0) break;
  }
  if (layout.series >= 0) {
    subject.series = table.cell(layout.series);
    subject.quantity = quantity_of(subject.series);
  } else if (layout.descriptor >= 0) {
    const std::string descriptor(table.cell(layout.descriptor)), units(table.cell(layout.units));
    if (!descriptor.empty()) subject.series = descriptor + " (" + units + ")";
    subject.quantity = quantity_of(descriptor, units);
  }
  return subject;
}

void read_rows(const SideTables& tables, Table& table, const MacroLayout& layout, SeenKeys& seen, MacroSeries& series) {
  std::vector<int> columns;
  for (const MacroColumn& number : layout.numbers) columns.push_back(number.column);
  table.expect_numbers(columns);
  WorldRows rows(tables, table.where(1));
  while (table.next()) {
    const RowSubject subject = subject_of(tables, table, layout);
    if (!subject.series.empty() && series.found.size() < most_named) series.found.insert(one_line_name(subject.series));
    const bool by_columns = !layout.numbers.empty() && layout.numbers[0].quantity.has_value();
    if ((!by_columns && !subject.quantity) || subject.country.empty()) continue;  // other series, footers
    rows.see(subject.match.index >= 0, subject.country);
    const std::int32_t when = layout.year < 0 ? 0 : table.year(layout.year);
    if (subject.match.index < 0) {
      note_outside_country(tables, "macro", subject.country);
      continue;
    }
    const auto index = static_cast<std::size_t>(subject.match.index);
    const std::string of = " of " + tables.world.countries[index].iso3 + (when == 0 ? "" : " in " + std::to_string(when));
    if (!by_columns) seen.check(subject.series + of, subject.match.rank, table);
    for (const MacroColumn& number : layout.numbers) {
      const Quantity quantity = number.quantity ? *number.quantity : *subject.quantity;
      if (by_columns) seen.check(name_of(quantity) + of, subject.match.rank, table);
      if (table.cell(number.column) == "--") continue;  // IMF: nothing to speak of
      keep(series.of(quantity)[index], subject.match.rank, number.year != 0 ? number.year : when,
           layout.unit * table.number(number.column) * scale_of(table, layout, quantity), quantity, table);
    }
  }
  rows.require_some();
}

/// Where a country has growth rates but no levels: levels that grow by them, from 100 in the year before the first. A year
/// without a rate begins anew, since what was before cannot be compared with what follows.
void levels_from_growth(const SideTables& tables, MacroSeries& series) {
  for (std::size_t i = 0; i < tables.world.country_count(); ++i) {
    const MacroSeries::Levels& growth = series.of(Quantity::gdp_growth)[i].levels;
    MacroSeries::Kept& gdp = series.of(Quantity::gdp)[i];
    if (!gdp.levels.empty() || growth.empty()) continue;
    for (const auto& [year, rate] : growth) {
      auto before = gdp.levels.find(year - 1);
      if (before == gdp.levels.end()) {
        gdp.levels.clear();
        before = gdp.levels.emplace(year - 1, 100.0).first;
      }
      gdp.levels[year] = before->second * (1.0 + rate / 100.0);
    }
    gdp.rank = series.of(Quantity::gdp_growth)[i].rank;
    tables.notices.add("note", "macro.gdp_from_growth", "GDP made from growth rates, since the files have no levels",
                       tables.world.countries[i].iso3);
  }
}

}  // namespace

MacroSeries read_macro_files(const SideTables& tables, const std::vector<TableEntry>& files, const std::string& format,
                             const ColumnMap& map, const std::string& role) {
  MacroSeries series;
  for (auto& kept : series.kept) kept.resize(tables.world.country_count());
  series.wanted_gdp = format == "wdi" ? "NY.GDP.MKTP.KD" : format == "weo" ? "NGDP_R or NGDP_RPCH" : "gdp";
  series.wanted_population = format == "wdi" ? "SP.POP.TOTL" : format == "weo" ? "LP" : "population";
  SeenKeys seen;
  for (const TableEntry& file : files) {
    Table table(file.path, {{"API_*.csv", "WDICSV.csv", "WDIData.csv", "*_Data.csv", "WEO*.*", "WPP*.csv"}, false},
                macro_table_layout(format, map));
    series.files += (series.files.empty() ? "" : ", ") + table.name();
    read_rows(tables, table, find_macro_layout(table, format, map), seen, series);
    tables.world.sources.push_back(table.fingerprint(role));
  }
  levels_from_growth(tables, series);
  return series;
}

}  // namespace potentia
