// Whether a scenario.h5 says what it promises.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <utility>

#include "io/hdf5/contents.hpp"
#include "io/result/result_file.hpp"
#include "io/result/scenario_tables.hpp"
#include "kernels/error.hpp"
#include "kernels/problem.hpp"

namespace potentia {

using namespace scenario_tables;

namespace {

/// Unrealised potential of one scenario by product, summed over the cells in their order.
std::vector<double> unrealized_by_product(const Table& cells, const std::vector<double>& product, std::size_t scenario,
                                          std::size_t products, const std::string& where) {
  if (cells.values.size() % std::max<std::size_t>(product.size(), 1) != 0 ||
      (scenario + 1) * product.size() > cells.values.size())
    throw input_error("does not fit its axes", where, remedy);
  std::vector<double> sums(products);
  for (std::size_t cell = 0; cell < product.size(); ++cell) {
    if (!(product[cell] >= 0.0 && product[cell] < static_cast<double>(products)))
      throw input_error("names a product that is not there", where, remedy);
    sums[static_cast<std::size_t>(product[cell])] += cells.values[scenario * product.size() + cell];
  }
  return sums;
}

/// Whether places and sums are those of the cells.
void check_opportunities(const hdf5::File& file, const std::string& path, const ScenarioFileSummary& summary) {
  if (!hdf5::exists(file, "difference/opportunities")) return;
  const Opportunities list = read_opportunities(file, path);
  const std::vector<std::string> codes = read_texts(file, "product");
  const auto names = hdf5::exists(file, "scenarios") ? read_texts(file, "scenarios/name") : summary.scenarios;
  const std::string where = path + ":/difference/opportunities";
  for (const auto& [side, place, sum] :
       {std::tuple("baseline", &list.was, &list.before), std::tuple("scenario", &list.is, &list.after)}) {
    const std::string group = std::string(side) + "/cells/";
    const std::vector<double> product = read_table(file, path, group + "product").values;
    const Table cells = read_table(file, path, group + "unrealized");
    std::string of;
    std::vector<double> sums;
    for (std::size_t row = 0; row < list.scenario.size(); ++row) {
      if (row == 0 || list.scenario[row] != of) {
        of = list.scenario[row];
        const std::size_t scenario = std::find(names.begin(), names.end(), of) - names.begin();
        if (scenario == names.size()) throw input_error("names a scenario that is not there", where, remedy);
        sums = unrealized_by_product(cells, product, scenario, codes.size(), path + ":/" + group + "unrealized");
      }
      const std::size_t at = std::find(codes.begin(), codes.end(), list.product[row]) - codes.begin();
      if (at == codes.size()) throw input_error("names a product that is not there", where, remedy);
      std::size_t before = 0;
      for (std::size_t other = 0; other < sums.size(); ++other)
        before += sums[other] > sums[at] || (sums[other] == sums[at] && other < at);
      if (sums[at] != sum->values[row] || static_cast<double>(before + 1) != place->values[row])
        throw input_error("says another place of " + list.product[row] + " than the cells of the " + side, where,
                          remedy);
    }
  }
}

/// Whether every table that both sides have is the difference of them.
void check_differences(const hdf5::File& file, const std::string& path) {
  const std::vector<std::string> all = hdf5::list_contents(file).datasets;
  for (const std::string& name : all) {
    if (name.rfind("/difference/", 0) != 0) continue;
    const std::string rest = name.substr(12);
    const std::string group = rest.substr(0, rest.rfind('/')), column = rest.substr(rest.rfind('/') + 1);
    bool is_table =
        group == "factors" && column != "exporter" && column != "market" && column != "product" && column != "scenario";
    for (int c = 0; c < column_count; ++c) is_table = is_table || column == column_name(static_cast<Column>(c));
    if (!is_table) continue;
    const Table before = read_any_table(file, "baseline/" + rest), after = read_any_table(file, "scenario/" + rest);
    const Table difference = read_any_table(file, "difference/" + rest);
    if (before.shape != after.shape || before.shape != difference.shape)
      throw input_error("does not fit the baseline", path + ":" + name, remedy);
    for (std::size_t at = 0; at < before.values.size(); ++at) {
      const double expected = after.values[at] - before.values[at];  // not a number where a factor is unknown
      if (expected != difference.values[at] && !(std::isnan(expected) && std::isnan(difference.values[at])))
        throw input_error("is not scenario - baseline at element " + std::to_string(at), path + ":" + name, remedy);
    }
  }
}

}  // namespace

void check_scenarios(const std::string& path) {
  const hdf5::File file = hdf5::open_file(path);
  hdf5::check_all_values(file);
  const ScenarioFileSummary summary = read_summary(file, path);
  for (int c = 0; c < column_count; ++c) {
    const std::string name = std::string("/pair/") + column_name(static_cast<Column>(c));
    const Table before = read_table(file, path, "baseline" + name), after = read_table(file, path, "scenario" + name);
    const Table difference = read_table(file, path, "difference" + name);
    for (const auto& [table, group] :
         {std::pair(&before, "baseline"), std::pair(&after, "scenario"), std::pair(&difference, "difference")})
      require_pairs(*table, path, group + name, summary);
  }
  check_differences(file, path);
  check_opportunities(file, path, summary);
}

}  // namespace potentia
