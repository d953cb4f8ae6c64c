// See result_read.hpp. As with worlds, a file's sizes are checked before memory is taken.
#include "io/result/result_read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/contents.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/numbers.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_file.hpp"
#include "io/settings.hpp"
#include "io/world/world_file.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr const char* remedy = "solve the world again";
constexpr std::size_t most_labels = 1000000;
constexpr double rounding = 1e-9;  // of sums of up to 10^8 cells, relative to the largest term


class Reader {
public:
  explicit Reader(const std::string& path) : path_(path), file_(hdf5::open_file(path)) {
    const std::int64_t version = hdf5::read_integer_attribute(file_, "version");
    if (version != result_format_version) {
      throw input_error(fmt::format("a result of version {}; this program reads {}", version, result_format_version),
                        path_, "use the program that wrote it");
    }
    exporters_ = labels("exporter");
    markets_ = labels("market");
    products_ = labels("product");
    sectors_ = labels("sector");
  }

  ResultSummary summary() {
    ResultSummary summary;
    summary.digest = hdf5::stored_digest(file_);
    summary.exporters = exporters_;
    summary.markets = markets_;
    summary.exporter_names = texts("exporter_name", exporters_.size());
    summary.market_names = texts("market_name", markets_.size());
    summary.products = products_.size();
    summary.sectors = sectors_.size();
    summary.listed_cells = extent("cells/market", 1)[0];
    const Settings settings = parse_settings(text("provenance/settings"), path_ + ":/provenance/settings");
    summary.base_years = settings.world.base_years;
    summary.horizon_year = settings.world.horizon_year;
    summary.ease = settings.method.ease;
    for (std::size_t c = 0; c < summary.pair.size(); ++c) {
      summary.pair[c] = reals(std::string("pair/") + column_name(static_cast<Column>(c)), {exporters_.size(), markets_.size()});
    }
    summary.notices = notices();
    const hdf5::Group provenance = hdf5::open_group(file_, "provenance");
    if (hdf5::has_attribute(provenance, "run")) summary.run = hdf5::read_text_attribute(provenance, "run");
    return summary;
  }

  void check() {
    const std::size_t exporters = exporters_.size(), markets = markets_.size(), products = products_.size();
    summary();
    check_columns("pair", {exporters, markets});
    check_columns("pair_sector", {exporters, markets, sectors_.size()});
    if (hdf5::exists(file_, "exporter_product")) check_columns("exporter_product", {exporters, products});
    if (hdf5::exists(file_, "market_product")) check_columns("market_product", {markets, products});
    for (const FactorTable& factor : factor_tables) check_factor(factor);
    check_cells();
    check_dense();
    hdf5::check_all_values(file_);
  }

private:
  std::string where(const std::string& name) const { return path_ + ":/" + name; }

  hdf5::Shape extent(const std::string& name, std::size_t dimensions) const {
    hdf5::Shape shape = hdf5::checked_shape(hdf5::open_dataset(file_, name));
    if (shape.size() == dimensions) return shape;
    throw input_error(fmt::format("has {} dimensions instead of {}", shape.size(), dimensions), where(name), remedy);
  }

  std::vector<std::string> texts(const std::string& name, std::size_t rows) const {
    if (extent(name, 1)[0] != rows) throw input_error("has another length than its axis", where(name), remedy);
    return hdf5::read_strings(hdf5::open_dataset(file_, name));
  }

  std::vector<std::string> labels(const std::string& name) const {
    const std::size_t rows = extent(name, 1)[0];
    if (rows > most_labels) throw input_error(fmt::format("declares {} labels", rows), where(name), remedy);
    return texts(name, rows);
  }

  std::string text(const std::string& name) const {
    const hdf5::Dataset dataset = hdf5::open_dataset(file_, name);
    hdf5::checked_shape(dataset);
    const std::vector<std::string> found = hdf5::read_strings(dataset);
    if (found.size() != 1) throw input_error("is not one text", where(name), remedy);
    return found[0];
  }

  template <class T>
  std::vector<T> numbers(const std::string& name, const hdf5::Shape& shape) const {
    check_interrupted();
    const hdf5::Dataset dataset = hdf5::open_dataset(file_, name);
    if (hdf5::checked_shape(dataset) != shape) throw input_error("does not fit its axes", where(name), remedy);
    std::vector<T> values(hdf5::element_count(shape));
    hdf5::read_numbers(dataset, values.data(), values.size());
    return values;
  }

  // USD and plain numbers: finite all.
  std::vector<double> reals(const std::string& name, const hdf5::Shape& shape) const {
    std::vector<double> values = numbers<double>(name, shape);
    for (std::size_t n = 0; n < values.size(); ++n) {
      if (!std::isfinite(values[n])) throw input_error(fmt::format("holds {} at element {}", values[n], n), where(name), remedy);
    }
    return values;
  }

  std::vector<Notice> notices() const {
    const std::size_t rows = extent("provenance/notices/kind", 1)[0];
    const auto kind = texts("provenance/notices/kind", rows), rule = texts("provenance/notices/rule", rows);
    const auto detail = texts("provenance/notices/detail", rows), whose = texts("provenance/notices/whose", rows);
    const auto count = numbers<std::uint64_t>("provenance/notices/count", {rows});
    std::vector<Notice> list;
    for (std::size_t n = 0; n < rows; ++n) {
      list.push_back({kind[n], rule[n], count[n], detail[n], {}});
      std::istringstream codes(whose[n]);
      for (std::string code; codes >> code;) list.back().whose.push_back(code);
    }
    return list;
  }

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
    const hdf5::Shape shape{by_market ? markets_.size() : exporters_.size(), is_ease ? markets_.size() : products_.size()};
    const std::string name = std::string("factors/") + factor.name;
    for (const double value : numbers<double>(name, shape)) {
      if (value < 0 || std::isinf(value) || (std::isnan(value) && factor.values != &Factors::typical_distance)) {
        throw input_error(fmt::format("holds {}", value), where(name), remedy);
      }
    }
  }

  void check_cells() const {
    const std::size_t cells = extent("cells/market", 1)[0];
    const auto offsets = numbers<std::uint64_t>("cells/offsets", {exporters_.size() + 1});
    if (offsets.front() != 0 || offsets.back() != cells || !std::is_sorted(offsets.begin(), offsets.end())) {
      throw input_error("does not run from 0 to the number of cells", where("cells/offsets"), remedy);
    }
    check_positions("cells/market", cells, markets_.size());
    check_positions("cells/product", cells, products_.size());
    check_columns("cells", {cells});
  }

  void check_positions(const std::string& name, std::size_t cells, std::size_t size) const {
    for (const std::int32_t value : numbers<std::int32_t>(name, {cells})) {
      if (value < 0 || static_cast<std::size_t>(value) >= size) {
        throw input_error(fmt::format("holds {}, outside its axis", value), where(name), remedy);
      }
    }
  }

  void check_dense() const {
    if (!hdf5::exists(file_, "dense")) return;
    const hdf5::Shape shape{exporters_.size(), markets_.size(), products_.size()};
    for (int c = 0; c < column_count; ++c) {
      const std::string name = std::string("dense/") + column_name(static_cast<Column>(c));
      if (hdf5::exists(file_, name) && extent(name, 3) != shape) throw input_error("does not fit its axes", where(name), remedy);
    }
  }

  std::string path_;
  hdf5::File file_;
  std::vector<std::string> exporters_, markets_, products_, sectors_;
};

}  // namespace

FileKind file_kind(const std::string& path) {
  const hdf5::File file = hdf5::open_file(path);
  if (hdf5::has_attribute(file, "format")) {
    const std::string format = hdf5::read_text_attribute(file, "format");
    if (format == world_format) return FileKind::world;
    if (format == result_format) return FileKind::result;
  }
  throw input_error("neither a world nor a result of potentia", path, "make one with import, synth or solve");
}

bool has_digest(const std::string& path) { return !hdf5::stored_digest(hdf5::open_file(path)).empty(); }

ResultSummary read_result_summary(const std::string& path) { return Reader(path).summary(); }

void check_result(const std::string& path) { Reader(path).check(); }

}  // namespace potentia
