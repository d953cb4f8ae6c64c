// World -> world.h5, each table in the narrowest common form that holds it exactly.
#include <hdf5_hl.h>
#include <omp.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/output_file.hpp"
#include "io/world/world_file.hpp"

namespace potentia {
namespace {

using hdf5::Dataset;
using hdf5::Packing;
using hdf5::Shape;

constexpr std::int64_t worth_threads = 1 << 16;  // shorter loops end before a thread has woken up
constexpr hsize_t chunk_rows = 131072;           // of a column; a chunk is then 128 KiB to 1 MiB

/// How a column of whole numbers or dollars is stored. Deflate alone does best on bytes; wider numbers are shuffled so
/// that their zero bytes lie together.
hdf5::Layout column_layout(std::size_t rows, std::size_t element_size) {
  hdf5::Layout layout;
  if (rows * element_size < 4096) return layout;
  layout.chunk = {std::min<hsize_t>(rows, chunk_rows)};
  layout.packing = element_size == 1 ? Packing::deflate : Packing::shuffle_deflate;
  return layout;
}

/// What is to be known of a year's values to store them as integers where nothing is lost by it.
struct ValueRange {
  bool whole = true;  ///< all are integers below 2^53
  double highest = 0;
};

ValueRange range_of(const Buffer<double>& values) {
  const double* value = values.data();
  const auto rows = static_cast<std::int64_t>(values.size());
  constexpr double exact = 9007199254740992.0;  // 2^53
  std::int64_t broken = 0;
  double highest = 0;
#pragma omp parallel for simd schedule(static) reduction(+ : broken) reduction(max : highest) if (rows > worth_threads)
  for (std::int64_t at = 0; at < rows; ++at) {
    const double clipped = value[at] < exact ? value[at] : exact;
    broken += (static_cast<double>(static_cast<std::int64_t>(clipped)) != value[at]) | (value[at] >= exact);
    highest = std::max(highest, value[at]);
  }
  return {broken == 0, highest};
}

class Writer {
public:
  Writer(const World& world, const std::string& path)
      : world_(world),
        file_(hdf5::create_file(path)),
        countries_(world.country_count()),
        products_(world.product_count()) {}

  void write(const std::string& target) {
    root();
    countries();
    products();
    const hdf5::Group trade = hdf5::create_group(file_, "trade");
    for (const TradeYear& year : world_.trade) flows(trade, year);
    distance();
    macro();
    elasticities();
    if (!world_.tariffs.empty()) tariffs();
    if (!world_.logistics.empty()) logistics();
    if (!world_.utilization.empty()) utilization();
    provenance();
    hdf5::close_file(file_, target);
  }

private:
  static void label(const Dataset& dataset, std::initializer_list<const char*> axes) {
    unsigned axis = 0;
    for (const char* name : axes) hdf5::check_write(H5DSset_label(dataset, axis++, name), hdf5::where(dataset));
  }

  static void units(const Dataset& dataset, const char* text) { hdf5::write_attribute(dataset, "units", text); }

  static void texts(hid_t group, const char* name, const std::vector<std::string>& list) {
    hdf5::write_strings(group, name, list);
  }

  template <class T>
  static Dataset column(hid_t group, const char* name, const std::vector<T>& values) {
    return hdf5::write_dataset(group, name, values.data(), {values.size()}, column_layout(values.size(), sizeof(T)));
  }

  static Dataset table(hid_t group, const char* name, const std::vector<double>& values, const Shape& shape) {
    return hdf5::write_dataset(group, name, values.data(), shape,
                               hdf5::row_layout(shape, sizeof(double), Packing::shuffle_deflate));
  }

  /// Writes `values` as numbers of type To, converting each chunk as it is packed. Every value fits.
  template <class To, class From>
  static Dataset converted(hid_t group, const char* name, const Buffer<From>& values) {
    const hdf5::Layout layout = column_layout(values.size(), sizeof(To));
    if constexpr (std::is_same<To, From>::value) {
      return hdf5::write_dataset(group, name, values.data(), {values.size()}, layout);
    } else if (layout.chunk.empty()) {
      std::vector<To> list(values.size());
      std::transform(values.begin(), values.end(), list.begin(), [](From value) { return static_cast<To>(value); });
      return hdf5::write_dataset(group, name, list.data(), {list.size()}, layout);
    } else {
      Dataset dataset = hdf5::create_dataset(group, name, hdf5::native_type<To>(), {values.size()}, layout);
      const From* all = values.data();
      hdf5::write_chunks(dataset, layout, [all](const Shape& first, const Shape& count, void* chunk) {
        const From* from = all + first[0];
        To* to = static_cast<To*>(chunk);
        for (hsize_t at = 0; at < count[0]; ++at) to[at] = static_cast<To>(from[at]);
      });
      return dataset;
    }
  }

  void root() {
    hdf5::write_attribute(file_, "format", world_format);
    hdf5::write_attribute(file_, "version", static_cast<std::int64_t>(world_version));
    hdf5::write_attribute(file_, "hs_revision", world_.hs_revision);
    hdf5::write_attribute(file_, "base_years",
                          std::vector<std::int64_t>(world_.base_years.begin(), world_.base_years.end()));
    hdf5::write_attribute(file_, "horizon_year", static_cast<std::int64_t>(world_.horizon_year));
    hdf5::write_attribute(file_, "title", world_.title);
  }

  void countries() {
    const hdf5::Group group = hdf5::create_group(file_, "country");
    std::vector<std::string> iso3, iso2, name;
    for (const Country& country : world_.countries) {
      iso3.push_back(country.iso3);
      iso2.push_back(country.iso2);
      name.push_back(country.name);
    }
    texts(group, "iso3", iso3);
    texts(group, "iso2", iso2);
    texts(group, "name", name);
  }

  void products() {
    const hdf5::Group group = hdf5::create_group(file_, "product");
    std::vector<std::string> code, name;
    std::vector<std::int8_t> in_scope, processing;
    std::vector<std::int32_t> sector;
    for (const Product& product : world_.products) {
      code.push_back(product.code);
      name.push_back(product.name);
      in_scope.push_back(product.in_scope);
      sector.push_back(product.sector);
      processing.push_back(static_cast<std::int8_t>(product.processing));
    }
    texts(group, "code", code);
    texts(group, "name", name);
    column(group, "in_scope", in_scope);
    column(group, "sector", sector);
    column(group, "processing", processing);
    texts(file_, "sector", world_.sectors);
  }

  void flows(hid_t trade, const TradeYear& year) const {
    const hdf5::Group group = hdf5::create_group(trade, std::to_string(year.year));
    column(group, "product_offset", year.product_offset);
    for (const auto& [name, indices] : {std::pair("exporter", &year.exporter), std::pair("market", &year.market)})
      label(countries_ <= 256 ? converted<std::uint8_t>(group, name, *indices)
                              : converted<std::uint16_t>(group, name, *indices),
            {"flow"});
    const ValueRange range = range_of(year.value);
    const Dataset value = !range.whole                  ? converted<double>(group, "value", year.value)
                          : range.highest <= 4294967295 ? converted<std::uint32_t>(group, "value", year.value)
                                                        : converted<std::uint64_t>(group, "value", year.value);
    label(value, {"flow"});
    units(value, "USD");
  }

  void distance() {
    const Dataset dataset = table(file_, "distance", world_.distance, {countries_, countries_});
    label(dataset, {"exporter", "market"});
    units(dataset, "km");
  }

  void macro() {
    if (world_.macro.years.empty()) return;
    const hdf5::Group group = hdf5::create_group(file_, "macro");
    const Shape shape{countries_, world_.macro.years.size()};
    column(group, "year", world_.macro.years);
    label(table(group, "gdp", world_.macro.gdp, shape), {"country", "year"});
    const Dataset population = table(group, "population", world_.macro.population, shape);
    label(population, {"country", "year"});
    units(population, "person");
  }

  void elasticities() {
    const hdf5::Group group = hdf5::create_group(file_, "elasticity");
    label(table(group, "sigma", world_.sigma, {products_}), {"product"});
    const std::vector<double>& income = world_.income_elasticity;
    if (income.empty()) return;
    if (income.size() == products_)
      label(table(group, "income", income, {products_}), {"product"});
    else
      label(table(group, "income", income, {countries_, products_}), {"market", "product"});
  }

  void tariffs() {
    const hdf5::Group group = hdf5::create_group(file_, "tariff");
    const Tariffs& tariffs = world_.tariffs;
    texts(group, "schedule", tariffs.schedules);
    texts(group, "regime", tariffs.regimes);
    column(group, "market_schedule", tariffs.market_schedule);
    column(group, "line_schedule", tariffs.line_schedule);
    column(group, "line_regime", tariffs.line_regime);
    column(group, "line_product", tariffs.line_product);
    column(group, "line_rate", tariffs.line_rate);
    column(group, "member_market", tariffs.member_market);
    column(group, "member_regime", tariffs.member_regime);
    column(group, "member_exporter", tariffs.member_exporter);
    column(group, "member_first_year", tariffs.member_first_year);
    column(group, "member_last_year", tariffs.member_last_year);
  }

  void logistics() {
    const hdf5::Group group = hdf5::create_group(file_, "logistics");
    const Logistics& logistics = world_.logistics;
    texts(group, "component", logistics.components);
    column(group, "country", logistics.country);
    column(group, "year", logistics.year);
    label(table(group, "score", logistics.score, {logistics.country.size(), logistics.components.size()}),
          {"row", "component"});
  }

  void utilization() {
    const hdf5::Group group = hdf5::create_group(file_, "utilization");
    texts(group, "market", world_.utilization.market);
    texts(group, "regime", world_.utilization.regime);
    column(group, "exporter", world_.utilization.exporter);
    column(group, "year", world_.utilization.year);
    column(group, "share", world_.utilization.share);
  }

  void provenance() {
    const hdf5::Group group = hdf5::create_group(file_, "provenance");
    std::vector<std::string> role, name, sha256;
    std::vector<std::uint64_t> bytes;
    for (const SourceFile& source : world_.sources) {
      role.push_back(source.role);
      name.push_back(source.name);
      sha256.push_back(source.sha256);
      bytes.push_back(source.bytes);
    }
    texts(group, "source_role", role);
    texts(group, "source_name", name);
    texts(group, "source_sha256", sha256);
    units(column(group, "source_bytes", bytes), "byte");

    std::vector<std::string> kind, rule, detail, whose;
    std::vector<std::uint64_t> count;
    for (const Notice& notice : world_.notices) {
      kind.push_back(notice.kind);
      rule.push_back(notice.rule);
      count.push_back(notice.count);
      detail.push_back(notice.detail);
      std::string lines;
      for (const std::string& who : notice.whose) lines += (lines.empty() ? "" : "\n") + who;
      whose.push_back(std::move(lines));
    }
    texts(group, "notice_kind", kind);
    texts(group, "notice_rule", rule);
    column(group, "notice_count", count);
    texts(group, "notice_detail", detail);
    texts(group, "notice_whose", whose);
  }

  const World& world_;
  hdf5::File file_;
  std::size_t countries_;
  std::size_t products_;
};

}  // namespace

double write_world(const std::string& path, const World& world) {
  check_world(world, path);
  OutputFile output(path);
  Writer(world, output.path()).write(output.target());
  return output.commit();
}

}  // namespace potentia
