// Tables that no factor is computed from and reports show: logistics performance, and how far preferences are used.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "io/import/cells.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// Score columns of the World Bank's table, in the order in which the world keeps them.
constexpr const char* score_columns[][2] = {{"overall", "LPI_Score"},
                                            {"customs", "Customs_Score"},
                                            {"infrastructure", "Infrastructure_Score"},
                                            {"international shipments", "International_Shipments_Score"},
                                            {"logistics competence", "Logistics_Competence_and_Quality_Score"},
                                            {"timeliness", "Timeliness_Score"},
                                            {"tracking and tracing", "Tracking_and_Tracing_Score"}};

}  // namespace

void import_logistics(const SideTables& tables) {
  if (!tables.manifest.logistics.given()) return;
  TableLayout layout;
  layout.ragged = true;
  layout.header = {{"Economy", "Country", "Country Name"}, {"Current_Year", "Year"}};
  Table table(tables.manifest.logistics.path, {{}, false}, layout);
  const int economy = table.column({"Economy", "Country", "Country Name"});
  const int iso3 = table.find_column({"iso3", "Code", "Country Code"});
  const int year = table.column({"Current_Year", "Year"});
  Logistics& logistics = tables.world.logistics;
  std::vector<int> scores;
  for (const auto& [component, column] : score_columns) {
    scores.push_back(table.column({column}));
    logistics.components.emplace_back(component);
  }
  table.expect_numbers(scores);
  std::map<std::pair<std::int32_t, std::int32_t>, std::pair<std::uint64_t, std::vector<double>>> rows;
  while (table.next()) {
    if (table.is_short()) {
      // Which of its scores is missing cannot be told.
      tables.notices.add("drop", "logistics.short_row", "rows with fewer cells than the header",
                         one_line_name(table.cell(economy)));
      continue;
    }
    const std::int32_t when = table.year(year);
    std::int32_t country = iso3 < 0 ? -1 : tables.countries.find(table.cell(iso3));
    if (country < 0) country = tables.countries.find_name(one_line_name(table.cell(economy)));
    std::vector<double> values;
    for (const int column : scores) {
      values.push_back(table.number(column));
      if (values.back() < 0.0) throw input_error("a negative score", table.where(), "correct the row");
    }
    if (country < 0) {
      tables.notices.add("drop", "logistics.unmatched", "economies whose names match no country of this world",
                         one_line_name(table.cell(economy)));
      continue;
    }
    const auto [known, is_new] = rows.emplace(std::make_pair(country, when), std::make_pair(table.line(), values));
    if (!is_new) {
      throw input_error(one_line_name(table.cell(economy)) + " in " + std::to_string(when) + " stands on line " +
                            std::to_string(known->second.first) + " too",
                        table.where(), "remove one of the two rows");
    }
  }
  for (const auto& [key, row] : rows) {
    logistics.country.push_back(key.first);
    logistics.year.push_back(key.second);
    logistics.score.insert(logistics.score.end(), row.second.begin(), row.second.end());
  }
  tables.world.sources.push_back(table.fingerprint("logistics"));
}

void import_utilization(const SideTables& tables) {
  if (!tables.manifest.utilization.given()) return;
  Table table(tables.manifest.utilization.path, {{}, false}, {{{"market"}, {"regime"}, {"exporter"}}});
  const int market_column = table.column({"market"});
  const int regime_column = table.column({"regime"});
  const int exporter_column = table.column({"exporter"});
  const int year_column = table.column({"year"});
  const int share_column = table.column({"share_used", "share"});
  table.expect_numbers({share_column});
  struct Use {
    std::string market, regime;
    std::int32_t exporter, year;
    double share;
  };
  std::vector<Use> rows;
  std::map<std::tuple<std::string, std::string, std::int32_t, std::int32_t>, std::uint64_t> line_of;
  while (table.next()) {
    const double share = table.number(share_column);
    if (share < 0.0 || share > 1.0) {
      throw input_error("share " + std::string(table.cell(share_column)) + " is not between 0 and 1", table.where(),
                        "write a fraction");
    }
    const std::int32_t year = table.year(year_column);
    const std::string regime = one_line_name(table.cell(regime_column));
    const std::int32_t exporter = tables.countries.find(table.cell(exporter_column));
    std::string market(table.cell(market_column));
    const std::int32_t country = tables.countries.find(market);
    if (country >= 0) market = tables.world.countries[static_cast<std::size_t>(country)].iso3;
    if (country < 0 && tables.countries.is_union(market)) market = european_union_code;
    if (exporter < 0 || (country < 0 && market != european_union_code)) {
      note_outside_country(tables, "utilization", table.cell(exporter < 0 ? exporter_column : market_column));
      continue;
    }
    const auto [known, is_new] = line_of.emplace(std::make_tuple(market, regime, exporter, year), table.line());
    if (!is_new) {
      throw input_error("the same market, regime, exporter and year as on line " + std::to_string(known->second),
                        table.where(), "remove one of the two rows");
    }
    if (share == share) rows.push_back({market, regime, exporter, year, share});
  }
  std::sort(rows.begin(), rows.end(), [](const Use& a, const Use& b) {
    return std::tie(a.market, a.regime, a.exporter, a.year) < std::tie(b.market, b.regime, b.exporter, b.year);
  });
  Utilization& utilization = tables.world.utilization;
  for (const Use& row : rows) {
    utilization.market.push_back(row.market);
    utilization.regime.push_back(row.regime);
    utilization.exporter.push_back(row.exporter);
    utilization.year.push_back(row.year);
    utilization.share.push_back(row.share);
  }
  tables.world.sources.push_back(table.fingerprint("utilization"));
}

}  // namespace potentia
