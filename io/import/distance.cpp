// Distances: CEPII's GeoDist (dist_cepii.csv) and the Gravity files, which have one row per pair and year.
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
  Table table(tables.manifest.distance.path, {{"dist_cepii*.csv", "Gravity_V*.csv"}, false});
  const int from = table.column({"iso_o", "iso3_o"});
  const int to = table.column({"iso_d", "iso3_d"});
  const int value = table.column({tables.manifest.distance_column});
  const int year = table.find_column({"year"});
  const int from_exists = table.find_column({"country_exists_o"});
  const int to_exists = table.find_column({"country_exists_d"});

  std::vector<std::int32_t> year_of(n * n, std::numeric_limits<std::int32_t>::min());
  std::vector<std::uint64_t> line_of(n * n, 0);
  while (table.next()) {
    // A country that did not exist in a year has rows all the same, next to those of its successor.
    if (table.cell(from_exists) == "0" || table.cell(to_exists) == "0") continue;
    const std::int32_t exporter = tables.countries.find(table.cell(from));
    const std::int32_t market = tables.countries.find(table.cell(to));
    if (exporter < 0) note_outside_country(tables, "distance", table.cell(from));
    else if (market < 0) note_outside_country(tables, "distance", table.cell(to));
    if (exporter < 0 || market < 0) continue;
    const std::int32_t this_year = year < 0 ? 0 : table.year(year);
    const double distance = table.number(value);
    const std::size_t pair = static_cast<std::size_t>(exporter) * n + static_cast<std::size_t>(market);
    if (distance <= 0.0) {
      throw input_error("distance " + std::string(table.cell(value)) + " is not above 0", table.where(),
                        "correct it, or leave the cell empty if it is not known");
    }
    const bool known = distance == distance;
    if (year >= 0 && !known) continue;  // an earlier year may know it
    if (line_of[pair] != 0 && year_of[pair] == this_year) {
      throw input_error("the pair " + std::string(table.cell(from)) + ", " + std::string(table.cell(to)) +
                            " stands on line " + std::to_string(line_of[pair]) + " too",
                        table.where(), "remove one of the two rows");
    }
    if (line_of[pair] != 0 && year_of[pair] > this_year) continue;
    line_of[pair] = table.line();
    year_of[pair] = this_year;
    world.distance[pair] = distance;
  }
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

void note_outside_country(const SideTables& tables, const std::string& table, std::string_view code) {
  tables.notices.add("drop", table + ".country_outside_world", "rows about countries that the trade files do not have",
                     utf8_name(code));
}

void note_outside_product(const SideTables& tables, const std::string& table, const std::string& code) {
  tables.notices.add("drop", table + ".product_outside_world", "rows about products that the trade files do not have",
                     code);
}

}  // namespace potentia
