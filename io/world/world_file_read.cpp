// world.h5 -> World. Nothing in the file is believed: links, storage, types, extents and sizes are checked before
// memory is taken, and the contents afterwards (world_file_check.cpp).
#include <fmt/format.h>

#include <cmath>
#include <new>

#include "io/hdf5/contents.hpp"
#include "io/world/world_datasets.hpp"
#include "io/world/world_file_limits.hpp"

namespace potentia {
namespace {

namespace limit = world_limits;

class Reader : private WorldDatasets {
public:
  Reader(const std::string& path, const TradeShare* share) : WorldDatasets(path), share_(share) {}

  World read() {
    root();
    countries();
    products();
    world_.trade = share_ == nullptr ? read_trade(*this, products_) : read_shared_trade(*this, world_, *share_);
    distance();
    macro();
    elasticities();
    tariffs();
    logistics();
    utilization();
    provenance();
    check_world(world_, path());
    world_.digest = hdf5::stored_digest(file());
    return std::move(world_);
  }

private:
  void root() {
    if (!hdf5::has_attribute(file(), "format"))
      throw input_error("is not a world: attribute format is missing", path(), "make it with potentia import or synth");
    const std::string format = hdf5::read_text_attribute(file(), "format");
    if (format != world_format)
      throw input_error(fmt::format("is not a world but \"{}\"", format.substr(0, 40)), path(),
                        "give the file that potentia import or synth made");
    const std::int64_t version = hdf5::read_integer_attribute(file(), "version");
    if (version != world_version)
      throw input_error(fmt::format("is a world of version {}; this program reads version {}", version, world_version),
                        path(), "make it again with this program's import");
    for (const std::int64_t year : hdf5::read_integers_attribute(file(), "base_years", limit::years))
      world_.base_years.push_back(narrow(year, "base_years"));
    world_.horizon_year = narrow(hdf5::read_integer_attribute(file(), "horizon_year"), "horizon_year");
    if (hdf5::has_attribute(file(), "hs_revision")) world_.hs_revision = hdf5::read_text_attribute(file(), "hs_revision");
    if (hdf5::has_attribute(file(), "title")) world_.title = hdf5::read_text_attribute(file(), "title");
  }

  std::int32_t narrow(std::int64_t year, const std::string& attribute) const {
    if (year < limit::first_year || year > limit::last_year)
      throw input_error(fmt::format("{} is not a year", year), path() + "@" + attribute, "use four digits");
    return static_cast<std::int32_t>(year);
  }

  void countries() {
    countries_ = length("/country/iso3", limit::countries);
    world_.countries.resize(countries_);
    const std::vector<std::string> iso3 = texts("/country/iso3", countries_);
    for (std::size_t i = 0; i < countries_; ++i) world_.countries[i].iso3 = iso3[i];
    if (has("/country/iso2")) {
      const std::vector<std::string> iso2 = texts("/country/iso2", countries_);
      for (std::size_t i = 0; i < countries_; ++i) world_.countries[i].iso2 = iso2[i];
    }
    if (has("/country/name")) {
      const std::vector<std::string> name = texts("/country/name", countries_);
      for (std::size_t i = 0; i < countries_; ++i) world_.countries[i].name = name[i];
    }
  }

  void products() {
    products_ = length("/product/code", limit::products);
    world_.products.resize(products_);
    std::vector<std::string> list = texts("/product/code", products_);
    for (std::size_t k = 0; k < products_; ++k) world_.products[k].code = std::move(list[k]);
    if (has("/product/name")) {
      list = texts("/product/name", products_);
      for (std::size_t k = 0; k < products_; ++k) world_.products[k].name = std::move(list[k]);
    }
    if (has("/product/in_scope")) {
      const std::vector<std::int32_t> flag = numbers<std::int32_t>("/product/in_scope", {products_});
      for (std::size_t k = 0; k < products_; ++k) {
        if (flag[k] != 0 && flag[k] != 1)
          throw input_error(fmt::format("{} of product {} is not a flag", flag[k], world_.products[k].code),
                            path() + ":/product/in_scope", "use 0 or 1");
        world_.products[k].in_scope = flag[k] == 1;
      }
    }
    if (has("/product/processing")) {
      const std::vector<std::int32_t> level = numbers<std::int32_t>("/product/processing", {products_});
      for (std::size_t k = 0; k < products_; ++k) {
        if (level[k] < -1 || level[k] > 2)
          throw input_error(fmt::format("level {} of product {} does not exist", level[k], world_.products[k].code),
                            path() + ":/product/processing", "use 0, 1, 2 or -1 for unknown");
        world_.products[k].processing = static_cast<Processing>(level[k]);
      }
    }
    const bool has_sectors = has("/sector");
    if (has_sectors != has("/product/sector"))
      throw input_error("dataset is missing", path() + (has_sectors ? ":/product/sector" : ":/sector"),
                        "give both /sector and /product/sector or neither");
    if (!has_sectors) {
      world_.sectors = {"All products"};
      return;
    }
    world_.sectors = texts("/sector", length("/sector", limit::sectors));
    const std::vector<std::int32_t> sector = numbers<std::int32_t>("/product/sector", {products_});
    for (std::size_t k = 0; k < products_; ++k) world_.products[k].sector = sector[k];
  }

  void distance() {
    if (has("/distance")) {
      world_.distance = numbers<double>("/distance", {countries_, countries_});
      for (std::size_t i = 0; i < countries_; ++i)  // the diagonal is not used
        if (world_.distance[i * countries_ + i] == 0) world_.distance[i * countries_ + i] = missing_value;
      return;
    }
    if (countries_ > limit::countries_without_distance)
      throw input_error("dataset is missing", path() + ":/distance",
                        fmt::format("a world of more than {} countries needs it", limit::countries_without_distance));
    world_.distance.assign(countries_ * countries_, missing_value);
  }

  void macro() {
    if (!has("/macro")) return;
    const std::size_t years = length("/macro/year", limit::years);
    world_.macro.years = numbers<std::int32_t>("/macro/year", {years});
    world_.macro.gdp = numbers<double>("/macro/gdp", {countries_, years});
    world_.macro.population = numbers<double>("/macro/population", {countries_, years});
  }

  void elasticities() {
    if (has("/elasticity/sigma"))
      world_.sigma = numbers<double>("/elasticity/sigma", {products_});
    else
      world_.sigma.assign(products_, missing_value);
    if (!has("/elasticity/income")) return;
    const hdf5::Shape shape = hdf5::checked_shape(hdf5::open_dataset(file(), "/elasticity/income"));
    world_.income_elasticity = shape.size() == 1 ? numbers<double>("/elasticity/income", {products_})
                                                 : numbers<double>("/elasticity/income", {countries_, products_});
  }

  void tariffs() {
    if (!has("/tariff")) return;
    Tariffs& tariffs = world_.tariffs;
    const std::string group = "/tariff/";
    tariffs.schedules = texts(group + "schedule", length(group + "schedule", limit::schedules));
    if (tariffs.schedules.empty())
      throw input_error("has no row", path() + ":/tariff/schedule", "name a schedule or leave out the group /tariff");
    tariffs.regimes = texts(group + "regime", length(group + "regime", limit::regimes));
    tariffs.market_schedule = numbers<std::int32_t>(group + "market_schedule", {countries_});
    const std::size_t lines = length(group + "line_rate", limit::rows);
    tariffs.line_schedule = numbers<std::int32_t>(group + "line_schedule", {lines});
    tariffs.line_regime = numbers<std::int32_t>(group + "line_regime", {lines});
    tariffs.line_product = numbers<std::int32_t>(group + "line_product", {lines});
    tariffs.line_rate = numbers<double>(group + "line_rate", {lines});

    bool any = false;
    for (const char* name : {"market", "regime", "exporter", "first_year", "last_year"})
      any = any || has(group + "member_" + name);
    if (!any) return;
    const std::size_t members = length(group + "member_market", limit::rows);
    tariffs.member_market = numbers<std::int32_t>(group + "member_market", {members});
    tariffs.member_regime = numbers<std::int32_t>(group + "member_regime", {members});
    tariffs.member_exporter = numbers<std::int32_t>(group + "member_exporter", {members});
    tariffs.member_first_year = numbers<std::int32_t>(group + "member_first_year", {members});
    tariffs.member_last_year = numbers<std::int32_t>(group + "member_last_year", {members});
  }

  void logistics() {
    if (!has("/logistics")) return;
    Logistics& logistics = world_.logistics;
    const std::size_t components = length("/logistics/component", limit::components);
    const std::size_t rows = length("/logistics/country", limit::report_rows);
    logistics.components = texts("/logistics/component", components);
    logistics.country = numbers<std::int32_t>("/logistics/country", {rows});
    logistics.year = numbers<std::int32_t>("/logistics/year", {rows});
    logistics.score = numbers<double>("/logistics/score", {rows, components});
  }

  void utilization() {
    if (!has("/utilization")) return;
    Utilization& utilization = world_.utilization;
    const std::size_t rows = length("/utilization/market", limit::report_rows);
    utilization.market = texts("/utilization/market", rows);
    utilization.regime = texts("/utilization/regime", rows);
    utilization.exporter = numbers<std::int32_t>("/utilization/exporter", {rows});
    utilization.year = numbers<std::int32_t>("/utilization/year", {rows});
    utilization.share = numbers<double>("/utilization/share", {rows});
  }

  void provenance() {
    const std::string group = "/provenance/";
    if (has(group + "source_name")) {
      const std::size_t rows = length(group + "source_name", limit::notices);
      world_.sources.resize(rows);
      std::vector<std::string> role = texts(group + "source_role", rows);
      std::vector<std::string> name = texts(group + "source_name", rows);
      std::vector<std::string> sha256 = texts(group + "source_sha256", rows);
      const std::vector<std::uint64_t> bytes = numbers<std::uint64_t>(group + "source_bytes", {rows});
      for (std::size_t at = 0; at < rows; ++at)
        world_.sources[at] = {std::move(role[at]), std::move(name[at]), std::move(sha256[at]), bytes[at]};
    }
    if (has(group + "notice_rule")) {
      const std::size_t rows = length(group + "notice_rule", limit::notices);
      world_.notices.resize(rows);
      std::vector<std::string> kind = texts(group + "notice_kind", rows);
      std::vector<std::string> rule = texts(group + "notice_rule", rows);
      const std::vector<std::uint64_t> count = numbers<std::uint64_t>(group + "notice_count", {rows});
      std::vector<std::string> detail = texts(group + "notice_detail", rows);
      const std::vector<std::string> whose = texts(group + "notice_whose", rows);
      for (std::size_t at = 0; at < rows; ++at)
        world_.notices[at] = {std::move(kind[at]), std::move(rule[at]), count[at], std::move(detail[at]),
                              lines_of(whose[at])};
    }
  }

  static std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return lines;
  }

  const TradeShare* share_;  // null: everything is read
  World world_;
  std::size_t countries_ = 0;
  std::size_t products_ = 0;
};

}  // namespace

namespace {

World read_with(const std::string& path, const TradeShare* share) {
  try {
    return Reader(path, share).read();
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::resources, "out of memory", path, "free memory");
  }
}

}  // namespace

World read_world(const std::string& path) { return read_with(path, nullptr); }

World read_world_share(const std::string& path, const TradeShare& share) { return read_with(path, &share); }

std::vector<Notice> validate_world(const std::string& path) {
  std::vector<Notice> findings = world_findings(read_world(path));
  hdf5::check_all_values(hdf5::open_file(path));
  return findings;
}

}  // namespace potentia
