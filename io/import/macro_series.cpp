// See macro_series.hpp.
#include "io/import/macro_series.hpp"

#include <utility>

#include "io/import/cells.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr const char* remedy_level = "correct it, or leave the cell empty if it is not known";

/// Where one country's rows of one series go. Those under its own code beat all under another code of it: levels of two
/// territories (SRB and YUG) must not become one path.
struct Target {
  MacroSeries::Levels& levels;
  std::int32_t& rank;  // of the rows kept
};

void keep(Target target, std::int32_t rank, std::int32_t year, double level, const char* what, const Table& table) {
  if (level != level) return;
  if (level <= 0.0) {
    throw input_error(std::string(what) + " of " + std::to_string(year) + " is not above 0", table.where(), remedy_level);
  }
  if (!target.levels.empty() && rank > target.rank) return;
  if (rank < target.rank) target.levels.clear();
  target.rank = rank;
  target.levels[year] = level;
}

Target target_of(MacroSeries& series, bool is_gdp, std::size_t country) {
  return is_gdp ? Target{series.gdp[country], series.gdp_rank[country]}
                : Target{series.population[country], series.population_rank[country]};
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

void read_tidy(const SideTables& tables, Table& table, SeenKeys& seen, MacroSeries& series) {
  const int iso3 = table.column({"iso3"});
  const int year = table.column({"year"});
  const int gdp = table.find_column({"gdp"});
  const int population = table.find_column({"population"});
  if (gdp < 0 && population < 0) table.column({"gdp", "population"});
  table.expect_numbers({gdp, population});
  WorldRows rows(tables, table.where(1));
  while (table.next()) {
    const CountryMatch match = tables.countries.match(table.cell(iso3));
    const std::int32_t country = match.index;
    const std::int32_t when = table.year(year);
    rows.see(country >= 0, table.cell(iso3));
    if (country < 0) {
      note_outside_country(tables, "macro", table.cell(iso3));
      continue;
    }
    const auto index = static_cast<std::size_t>(country);
    const std::string key = tables.world.countries[index].iso3 + " in " + std::to_string(when);
    if (gdp >= 0) {
      seen.check("GDP of " + key, match.rank, table);
      keep(target_of(series, true, index), match.rank, when, table.number(gdp), "GDP", table);
    }
    if (population >= 0) {
      seen.check("population of " + key, match.rank, table);
      keep(target_of(series, false, index), match.rank, when, table.number(population), "population", table);
    }
  }
  rows.require_some();
}

/// Columns that are years: "2015" or "2015 [YR2015]".
std::vector<std::pair<int, std::int32_t>> year_columns(const Table& table) {
  std::vector<std::pair<int, std::int32_t>> columns;
  for (std::size_t i = 0; i < table.header().size(); ++i) {
    const std::string& name = table.header()[i];
    std::int32_t year = 0;
    const bool plain = name.size() == 4 || (name.size() > 4 && name.compare(4, 4, " [YR") == 0);
    if (plain && parse_integer(std::string_view(name).substr(0, 4), year) && year >= 1000) {
      columns.emplace_back(static_cast<int>(i), year);
    }
  }
  if (columns.empty()) throw input_error("no column is a year", table.where(1), "check the format");
  return columns;
}

/// What differs between the World Bank's and the IMF's tables of one row per country and series.
struct WideFormat {
  TableLayout layout;
  std::string country;
  std::vector<std::string> series;
  std::string gdp, population;
  double gdp_scale = 1.0, population_scale = 1.0;  ///< where the table has no column "Scale"
};

WideFormat wide_format(const std::string& name) {
  WideFormat format;
  if (name == "wdi") {
    format.layout.header = {{"Country Code"}};
    format.country = "Country Code";
    format.series = {"Series Code", "Indicator Code"};
    format.gdp = "NY.GDP.MKTP.KD";
    format.population = "SP.POP.TOTL";
  } else {
    format.layout.header = {{"WEO Subject Code"}};
    format.country = "ISO";
    format.series = {"WEO Subject Code"};
    format.gdp = "NGDP_R";
    format.population = "LP";
    format.gdp_scale = 1e9;
    format.population_scale = 1e6;
  }
  format.layout.ragged = true;  // for their footers
  return format;
}

double scale_of(const Table& table, int column, double otherwise) {
  const std::string scale = lower_case(table.cell(column));
  if (scale.empty()) return otherwise;
  if (scale == "units") return 1.0;
  if (scale == "thousands") return 1e3;
  if (scale == "millions") return 1e6;
  if (scale == "billions") return 1e9;
  throw input_error("unknown scale \"" + scale + "\"", table.where(), "known are units, thousands, millions, billions");
}

void read_wide(const SideTables& tables, Table& table, const WideFormat& format, SeenKeys& seen, MacroSeries& series) {
  const int country_column = table.column({format.country});
  const int series_column = table.column(format.series);
  const int scale_column = table.find_column({"Scale"});
  const std::vector<std::pair<int, std::int32_t>> years = year_columns(table);
  std::vector<int> numbers;
  for (const auto& column : years) numbers.push_back(column.first);
  table.expect_numbers(numbers);
  WorldRows rows(tables, table.where(1));
  while (table.next()) {
    const std::string_view code = table.cell(series_column);
    const bool is_gdp = code == format.gdp;
    if (!is_gdp && code != format.population) continue;  // other series, footers
    const CountryMatch match = tables.countries.match(table.cell(country_column));
    const std::int32_t country = match.index;
    rows.see(country >= 0, table.cell(country_column));
    if (country < 0) {
      note_outside_country(tables, "macro", table.cell(country_column));
      continue;
    }
    const auto index = static_cast<std::size_t>(country);
    seen.check(std::string(code) + " of " + tables.world.countries[index].iso3, match.rank, table);
    const double scale = scale_of(table, scale_column, is_gdp ? format.gdp_scale : format.population_scale);
    for (const auto& [column, year] : years) {
      if (table.cell(column) == "--") continue;  // IMF: nothing to speak of
      keep(target_of(series, is_gdp, index), match.rank, year, table.number(column) * scale,
           is_gdp ? "GDP" : "population", table);
    }
  }
  rows.require_some();
}

}  // namespace

MacroSeries read_macro_files(const SideTables& tables, const std::vector<TableEntry>& files, const std::string& format,
                             const std::string& role) {
  MacroSeries series;
  series.gdp.resize(tables.world.country_count());
  series.population.resize(tables.world.country_count());
  series.gdp_rank.resize(tables.world.country_count());
  series.population_rank.resize(tables.world.country_count());
  SeenKeys seen;
  for (const TableEntry& file : files) {
    if (format == "tidy") {
      Table table(file.path, {{}, false}, {{{"iso3"}, {"year"}}});
      read_tidy(tables, table, seen, series);
      tables.world.sources.push_back(table.fingerprint(role));
    } else {
      const WideFormat wide = wide_format(format);
      Table table(file.path, {{"API_*.csv", "WDICSV.csv", "WDIData.csv", "*_Data.csv", "WEO*.*"}, false}, wide.layout);
      read_wide(tables, table, wide, seen, series);
      tables.world.sources.push_back(table.fingerprint(role));
    }
  }
  return series;
}

}  // namespace potentia
