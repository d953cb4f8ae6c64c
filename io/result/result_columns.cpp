// Names and descriptions of a result's tables.
#include "io/result/result_columns.hpp"

#include <string>
#include <vector>

#include "io/nearest.hpp"
#include "io/result/result_file.hpp"

namespace potentia {
namespace {

struct Description {
  const char* name;
  const char* long_name;
};

constexpr Description columns[column_count] = {
    {"actual", "actual exports of the base period"},
    {"potential_now", "export potential now: base-period economies, today's tariffs"},
    {"potential", "export potential at the horizon: projected economies, tariffs of the horizon year"},
    {"realized", "realized potential: the smaller of actual exports and potential, cell by cell"},
    {"unrealized", "unrealized potential: what potential exceeds actual exports by, cell by cell"},
    {"static", "static part of unrealized potential: held back by today's frictions"},
    {"dynamic", "dynamic part of unrealized potential: growth and tariff change to come"},
    {"overtrade", "what actual exports exceed potential by, cell by cell"},
    {"change_supply", "change of potential from now to the horizon through supply growth"},
    {"change_population", "change of potential from now to the horizon through population"},
    {"change_income", "change of potential from now to the horizon through income per head"},
    {"change_tariff", "change of potential from now to the horizon through tariffs"},
};

}  // namespace

const char* column_name(Column column) { return columns[column].name; }

const char* column_long_name(Column column) { return columns[column].long_name; }

Column column_by_name(const std::string& name) {
  std::vector<std::string> known;
  for (int c = 0; c < column_count; ++c) {
    if (name == columns[c].name) return static_cast<Column>(c);
    known.emplace_back(columns[c].name);
  }
  throw Error(ErrorKind::usage, "there is no value column '" + name + "'", "",
              "did you mean '" + nearest_name(name, known) + "'?");
}

const FactorTable factor_tables[factor_table_count] = {
    {"supply_now", "1", "supply now: corrected share in world exports of the product",
     FactorTable::Axes::exporter_product, &Factors::supply_now},
    {"supply", "1", "supply at the horizon: projected and corrected share in world exports of the product",
     FactorTable::Axes::exporter_product, &Factors::supply},
    {"demand_now", "USD", "demand now: imports of the base period", FactorTable::Axes::market_product,
     &Factors::demand_now},
    {"demand", "USD", "demand at the horizon: projected imports", FactorTable::Axes::market_product, &Factors::demand},
    {"typical_distance", "km", "distance typical of what the market imports, NaN where no supplier's distance is known",
     FactorTable::Axes::market_product, &Factors::typical_distance},
    {"ease", "1", "ease of trade: actual exports relative to what supply and demand would suggest",
     FactorTable::Axes::exporter_market, &Factors::ease},
};

const OutlookColumn pair_outlook[pair_outlook_columns] = {
    {"expected", "USD", "expected exports at the horizon, over all cells"},
    {"expected_starts", "1", "number of flows expected to start until the horizon"},
};

const OutlookColumn cell_outlook[cell_outlook_columns] = {
    {"chance", "1", "chance that a flow starts where there is no trade, that it goes on where there is; NaN = not known"},
    {"expected", "USD", "expected exports at the horizon; without trade, chance times the size of flows that start"},
    {"low", "USD", "lower end of the 90 % interval of exports at the horizon; NaN where there is no trade"},
    {"high", "USD", "upper end of the 90 % interval of exports at the horizon; NaN where there is no trade"},
};

}  // namespace potentia
