// World -> world.h5, each table in the narrowest common form that holds it exactly.
#include <omp.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/output_file.hpp"
#include "io/world/world_file.hpp"
#include "io/world/world_file_writer.hpp"

namespace potentia {
namespace {

using namespace world_file;
using hdf5::Dataset;
using hdf5::Shape;

constexpr std::int64_t worth_threads = 1 << 16;  // shorter loops end before a thread has woken up
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
    write_report_tables(world_, file_);
    hdf5::close_file(file_, target);
  }

private:
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

  /// Labels of an axis of countries or products in a group of their own: readers of netCDF look for them there.
  Dataset country_axis(hid_t group, const char* name) const {
    std::vector<std::string> codes;
    for (const Country& country : world_.countries) codes.push_back(country.iso3);
    return hdf5::write_label_scale(group, name, codes, std::string(name) + ", ISO3 code");
  }
  Dataset product_axis(hid_t group) const {
    std::vector<std::string> codes;
    for (const Product& product : world_.products) codes.push_back(product.code);
    return hdf5::write_label_scale(group, "product", codes, "product, HS code of six digits");
  }

  void countries() {
    const hdf5::Group group = hdf5::create_group(file_, "country");
    std::vector<std::string> iso3, iso2, name;
    for (const Country& country : world_.countries) {
      iso3.push_back(country.iso3);
      iso2.push_back(country.iso2);
      name.push_back(country.name);
    }
    const Dataset axis = as_scale(hdf5::write_strings(group, "iso3", iso3), "iso3");
    along(hdf5::write_strings(group, "iso2", iso2), {&axis});
    along(hdf5::write_strings(group, "name", name), {&axis});
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
    const Dataset axis = as_scale(hdf5::write_strings(group, "code", code), "code");
    along(hdf5::write_strings(group, "name", name), {&axis});
    along(column(group, "in_scope", in_scope), {&axis});
    along(column(group, "sector", sector), {&axis});
    along(column(group, "processing", processing), {&axis});
    as_scale(hdf5::write_strings(file_, "sector", world_.sectors), "sector");
  }

  void flows(hid_t trade, const TradeYear& year) const {
    const hdf5::Group group = hdf5::create_group(trade, std::to_string(year.year));
    const Dataset bound = hdf5::write_bare_scale(group, "bound", year.product_offset.size());
    const Dataset flow = hdf5::write_bare_scale(group, "flow", year.value.size());
    along(column(group, "product_offset", year.product_offset), {&bound});
    for (const auto& [name, indices] : {std::pair("exporter", &year.exporter), std::pair("market", &year.market)})
      along(countries_ <= 256 ? converted<std::uint8_t>(group, name, *indices)
                              : converted<std::uint16_t>(group, name, *indices),
            {&flow});
    const ValueRange range = range_of(year.value);
    const Dataset value = along(!range.whole                  ? converted<double>(group, "value", year.value)
                                : range.highest <= 4294967295 ? converted<std::uint32_t>(group, "value", year.value)
                                                              : converted<std::uint64_t>(group, "value", year.value),
                                {&flow});
    units(value, "USD");
  }

  void distance() {
    const Dataset exporter = country_axis(file_, "exporter"), market = country_axis(file_, "market");
    units(along(table(file_, "distance", world_.distance, {countries_, countries_}), {&exporter, &market}), "km");
  }

  void macro() {
    if (world_.macro.years.empty()) return;
    const hdf5::Group group = hdf5::create_group(file_, "macro");
    const Shape shape{countries_, world_.macro.years.size()};
    const Dataset country = country_axis(group, "country");
    const Dataset year = as_scale(column(group, "year", world_.macro.years), "year");
    along(table(group, "gdp", world_.macro.gdp, shape), {&country, &year});
    units(along(table(group, "population", world_.macro.population, shape), {&country, &year}), "person");
  }

  void elasticities() {
    const hdf5::Group group = hdf5::create_group(file_, "elasticity");
    const Dataset product = product_axis(group);
    along(table(group, "sigma", world_.sigma, {products_}), {&product});
    const std::vector<double>& income = world_.income_elasticity;
    if (income.empty()) return;
    if (income.size() == products_) {
      along(table(group, "income", income, {products_}), {&product});
    } else {
      const Dataset market = country_axis(group, "market");
      along(table(group, "income", income, {countries_, products_}), {&market, &product});
    }
  }

  void tariffs() {
    const hdf5::Group group = hdf5::create_group(file_, "tariff");
    const Tariffs& tariffs = world_.tariffs;
    as_scale(hdf5::write_strings(group, "schedule", tariffs.schedules), "schedule");
    as_scale(hdf5::write_strings(group, "regime", tariffs.regimes), "regime");
    const Dataset market = country_axis(group, "market");
    along(column(group, "market_schedule", tariffs.market_schedule), {&market});
    const Dataset line = hdf5::write_bare_scale(group, "line", tariffs.line_rate.size());
    along(column(group, "line_schedule", tariffs.line_schedule), {&line});
    along(column(group, "line_regime", tariffs.line_regime), {&line});
    along(column(group, "line_product", tariffs.line_product), {&line});
    along(column(group, "line_rate", tariffs.line_rate), {&line});
    const Dataset member = hdf5::write_bare_scale(group, "member", tariffs.member_market.size());
    along(column(group, "member_market", tariffs.member_market), {&member});
    along(column(group, "member_regime", tariffs.member_regime), {&member});
    along(column(group, "member_exporter", tariffs.member_exporter), {&member});
    along(column(group, "member_first_year", tariffs.member_first_year), {&member});
    along(column(group, "member_last_year", tariffs.member_last_year), {&member});
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
