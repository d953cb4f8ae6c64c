// Distances: CEPII's GeoDist (dist_cepii.csv) and the Gravity files, which have one row per pair and year. A row under the
// countries' own codes beats one under other codes of theirs (SRB beats YUG), whatever its year.
#include <limits>
#include <vector>

#include "io/import/cells.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {

void import_distance(const SideTables& tables) {
  World& world = tables.world;
  const std::size_t n = world.country_count();
  world.distance.assign(n * n, missing_value);
  const ColumnMap& map = tables.manifest.distance_columns;
  const std::vector<std::string> from_names = map.given() ? std::vector<std::string>{"exporter"} : std::vector<std::string>{"iso_o", "iso3_o"};
  const std::vector<std::string> to_names = map.given() ? std::vector<std::string>{"market"} : std::vector<std::string>{"iso_d", "iso3_d"};
  const unsigned kinds = map.given() ? any_country : iso3_codes | trade_numbers;
  Table table(tables.manifest.distance.path, {{"dist_cepii*.*", "Gravity_V*.csv"}, false},
              {{from_names, to_names}, false, map.given() ? &map : nullptr});
  const int from = table.column(from_names);
  const int to = table.column(to_names);
  const int value = map.given() ? table.column({"distance"}) : table.column({tables.manifest.distance_column});
  table.take(value, "distance in km");
  const int year = table.find_column({"year"});
  const int from_exists = table.find_column({"country_exists_o"});
  const int to_exists = table.find_column({"country_exists_d"});

  table.expect_numbers({value});

  std::vector<std::int32_t> year_of(n * n, std::numeric_limits<std::int32_t>::min());
  std::vector<std::uint64_t> line_of(n * n, 0);
  std::vector<std::int32_t> rank_of(n * n, 0);
  WorldRows rows(tables, table.where(1));
  while (table.next()) {
    // A country that did not exist in a year has rows all the same, next to those of its successor.
    if (table.cell(from_exists) == "0" || table.cell(to_exists) == "0") continue;
    const CountryMatch from_match = tables.countries.match(table.cell(from), kinds);
    const CountryMatch to_match = tables.countries.match(table.cell(to), kinds);
    const std::int32_t exporter = from_match.index, market = to_match.index;
    const std::int32_t rank = from_match.rank + to_match.rank;
    rows.see(exporter >= 0 && market >= 0, table.cell(exporter < 0 ? from : to));
    if (exporter < 0) note_outside_country(tables, "distance", table.cell(from));
    else if (market < 0) note_outside_country(tables, "distance", table.cell(to));
    if (exporter < 0 || market < 0) continue;
    const std::int32_t this_year = year < 0 ? 0 : table.year(year);
    const double distance = table.number(value) * map.unit;
    if (exporter == market && distance == 0.0) continue;  // the diagonal is not used
    const std::size_t pair = static_cast<std::size_t>(exporter) * n + static_cast<std::size_t>(market);
    if (distance <= 0.0) {
      throw input_error("distance " + std::string(table.cell(value)) + " is not above 0", table.where(),
                        "correct it, or leave the cell empty if it is not known");
    }
    const bool known = distance == distance;
    if (year >= 0 && !known) continue;  // an earlier year may know it
    if (line_of[pair] != 0 && year_of[pair] == this_year && rank_of[pair] == rank) {
      throw input_error("the pair " + std::string(table.cell(from)) + ", " + std::string(table.cell(to)) +
                            " stands on line " + std::to_string(line_of[pair]) + " too",
                        table.where(), "remove one of the two rows");
    }
    if (line_of[pair] != 0) {
      // A distance beats none, then the nearer name, then the later year.
      const bool has_one = world.distance[pair] == world.distance[pair];
      if (known != has_one ? !known : rank != rank_of[pair] ? rank > rank_of[pair] : year_of[pair] > this_year) continue;
    }
    rank_of[pair] = rank;
    line_of[pair] = table.line();
    year_of[pair] = this_year;
    world.distance[pair] = distance;
  }
  rows.require_some();
  world.sources.push_back(table.fingerprint("distance"));

  std::uint64_t unknown = 0;
  for (std::size_t i = 0; i < n; ++i) {
    bool any = false;
    for (std::size_t j = 0; j < n; ++j) {
      const bool known = i == j || world.distance[i * n + j] == world.distance[i * n + j];
      if (!known) ++unknown;
      any |= known && i != j;
    }
    if (any || n == 1) continue;
    tables.notices.add("note", "distance.country_without",
                       "countries without any distance: their distance fit is 1", world.countries[i].iso3);
  }
  if (unknown != 0) {
    tables.notices.add("note", "distance.unknown_pairs", "pairs of countries without a distance: their distance fit is 1",
                       {}, unknown);
  }
}

}  // namespace potentia
