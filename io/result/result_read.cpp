// See result_read.hpp.
#include "io/result/result_read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/contents.hpp"
#include "io/hdf5/file.hpp"
#include "io/result/outlook_check.hpp"
#include "io/result/part_file.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_file.hpp"
#include "io/result/result_reader.hpp"
#include "io/result/backtest_file.hpp"
#include "io/result/draws_file.hpp"
#include "io/result/scenario_file.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

using result::remedy;

constexpr double rounding = 1e-9;  // of sums of up to 10^8 cells, relative to the largest term

class Checker : result::Reader {
public:
  using Reader::Reader;

  ResultSummary summary() {
    ResultSummary summary;
    summary.digest = hdf5::stored_digest(file());
    summary.exporters = exporters();
    summary.markets = markets();
    summary.exporter_names = texts("exporter_name", exporters().size());
    summary.market_names = texts("market_name", markets().size());
    summary.products = products().size();
    summary.sectors = sectors().size();
    summary.listed_cells = extent("cells/market", 1)[0];
    const Settings settings = parse_settings(text("provenance/settings"), path() + ":/provenance/settings");
    summary.base_years = settings.world.base_years;
    summary.horizon_year = settings.world.horizon_year;
    summary.ease = settings.method.ease;
    for (std::size_t c = 0; c < summary.pair.size(); ++c) {
      summary.pair[c] = reals(std::string("pair/") + column_name(static_cast<Column>(c)), {exporters().size(), markets().size()});
    }
    summary.notices = notices();
    const hdf5::Group provenance = hdf5::open_group(file(), "provenance");
    if (hdf5::has_attribute(provenance, "run")) summary.run = hdf5::read_text_attribute(provenance, "run");
    return summary;
  }

  void check() {
    summary();
    check_columns("pair", {exporters().size(), markets().size()});
    check_columns("pair_sector", {exporters().size(), markets().size(), sectors().size()});
    if (hdf5::exists(file(), "exporter_product")) check_columns("exporter_product", {exporters().size(), products().size()});
    if (hdf5::exists(file(), "market_product")) check_columns("market_product", {markets().size(), products().size()});
    for (const FactorTable& factor : factor_tables) check_factor(factor);
    check_cells();
    check_dense();
    hdf5::check_all_values(file());
  }

private:
  // a + b = sum, to rounding.
  void check_sum(const std::string& group, const std::vector<std::vector<double>>& table, Column a, Column b, Column sum) const {
    for (std::size_t n = 0; n < table[sum].size(); ++n) {
      const double scale = std::abs(table[a][n]) + std::abs(table[b][n]) + std::abs(table[sum][n]);
      if (std::abs(table[a][n] + table[b][n] - table[sum][n]) <= rounding * scale) continue;
      throw input_error(fmt::format("{} + {} is not {} at element {}", column_name(a), column_name(b), column_name(sum), n),
                        where(group), remedy);
    }
  }

  void check_columns(const std::string& group, const hdf5::Shape& shape) const {
    std::vector<std::vector<double>> table;
    for (int c = 0; c < column_count; ++c) {
      const std::string name = group + "/" + column_name(static_cast<Column>(c));
      table.push_back(reals(name, shape));
      if (c >= column_change_supply) continue;
      const auto negative = std::find_if(table.back().begin(), table.back().end(), [](double value) { return value < 0; });
      if (negative != table.back().end()) throw input_error(fmt::format("holds {}", *negative), where(name), remedy);
    }
    check_sum(group, table, column_realized, column_unrealized, column_potential);
    check_sum(group, table, column_static, column_dynamic, column_unrealized);
    check_sum(group, table, column_realized, column_overtrade, column_actual);
  }

  void check_factor(const FactorTable& factor) const {
    const bool is_ease = factor.axes == FactorTable::Axes::exporter_market;
    const bool by_market = factor.axes == FactorTable::Axes::market_product;
    const hdf5::Shape shape{by_market ? markets().size() : exporters().size(), is_ease ? markets().size() : products().size()};
    const std::string name = std::string("factors/") + factor.name;
    for (const double value : numbers<double>(name, shape)) {
      if (value < 0 || std::isinf(value) || (std::isnan(value) && factor.values != &Factors::typical_distance)) {
        throw input_error(fmt::format("holds {}", value), where(name), remedy);
      }
    }
  }

  void check_cells() const {
    const std::size_t cells = static_cast<std::size_t>(cell_offsets().back());
    positions("cells/market", cells, markets().size());
    positions("cells/product", cells, products().size());
    check_columns("cells", {cells});
    check_outlook(cells);
  }

  /// Chances, intervals where there is trade and only there, and sums of pairs that no list exceeds.
  void check_outlook(std::size_t cells) const {
    if (!hdf5::exists(file(), "pair/expected")) return;
    const hdf5::Shape pairs{exporters().size(), markets().size()};
    result::OutlookCheck outlook;
    outlook.expected_of_pairs = reals("pair/expected", pairs);
    outlook.starts_of_pairs = reals("pair/expected_starts", pairs);
    outlook.offsets = cell_offsets();
    outlook.market = positions("cells/market", cells, markets().size());
    outlook.actual = reals("cells/actual", {cells});
    outlook.chance = numbers<double>("cells/chance", {cells});
    outlook.expected = numbers<double>("cells/expected", {cells});
    outlook.low = numbers<double>("cells/low", {cells});
    outlook.high = numbers<double>("cells/high", {cells});
    const std::string wrong = outlook.what_is_wrong();
    if (!wrong.empty()) throw input_error(wrong, where("cells"), remedy);
  }

  void check_dense() const {
    if (!hdf5::exists(file(), "dense")) return;
    const hdf5::Shape shape{exporters().size(), markets().size(), products().size()};
    for (int c = 0; c < column_count; ++c) {
      const std::string name = std::string("dense/") + column_name(static_cast<Column>(c));
      if (hdf5::exists(file(), name) && extent(name, 3) != shape) throw input_error("does not fit its axes", where(name), remedy);
    }
  }
};

}  // namespace

FileKind file_kind(const std::string& path) {
  const hdf5::File file = hdf5::open_file(path);
  if (hdf5::has_attribute(file, "format")) {
    const std::string format = hdf5::read_text_attribute(file, "format");
    if (format == world_format) return FileKind::world;
    if (format == result_format) return FileKind::result;
    if (format == part_format)
      throw input_error("a part of a result", path, "put the shards of a solve together with potentia merge");
    if (format == scenario_format) return FileKind::scenario;
    if (format == backtest_format) return FileKind::backtest;
    if (format == draws_format) return FileKind::draws;
  }
  throw input_error("neither a world nor a result of potentia", path, "make one with import, synth or solve");
}

std::string content_digest(const std::string& path) { return hdf5::stored_digest(hdf5::open_file(path)); }

ResultSummary read_result_summary(const std::string& path) { return Checker(path).summary(); }

void check_result(const std::string& path) { Checker(path).check(); }

}  // namespace potentia
