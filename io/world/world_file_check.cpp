// What a world must be, beyond the shapes and types of its arrays: codes, years, ranges. The order of its rows is
// checked in world_file_rows.cpp.
#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>
#include <unordered_set>

#include "io/printable.hpp"
#include "io/world/world_file.hpp"
#include "io/world/world_file_limits.hpp"
#include "io/world/world_file_rows.hpp"

namespace potentia {
namespace {

namespace limit = world_limits;

/// Checks one world and names the dataset in its complaints.
class Checker {
public:
  Checker(const World& world, const std::string& file)
      : world_(world), file_(file), countries_(world.countries.size()), products_(world.products.size()) {}

  void run() const {
    countries();
    products();
    sectors();
    years();
    for (const TradeYear& trade : world_.trade) check_trade(world_, trade, file_);
    base_years();
    distance();
    macro();
    elasticities();
    if (!world_.tariffs.empty()) tariffs();
    reports();
    provenance();
  }

private:
  [[noreturn]] void fail(const std::string& what, const std::string& dataset, const std::string& remedy) const {
    throw input_error(what, file_ + (dataset.front() == '@' ? "" : ":") + dataset, remedy);
  }

  void size(std::size_t is, std::size_t should_be, const char* dataset) const {
    if (is != should_be)
      fail(fmt::format("has {} elements instead of {}", is, should_be), dataset, "make the tables of one size");
  }

  void at_most(std::size_t is, std::size_t most, const char* dataset) const {
    if (is > most) fail(fmt::format("has {} rows, more than {}", is, most), dataset, "split the world");
  }

  void text(const std::string& value, std::size_t most, const std::string& dataset, bool one_line = true) const {
    if (value.size() > most)
      fail(fmt::format("a text of {} bytes is longer than {}", value.size(), most), dataset, "shorten it");
    for (const char c : value)
      if (c == '\0' || (one_line && static_cast<unsigned char>(c) < 0x20))
        fail(fmt::format("\"{}\" holds a control character", shortened(value)), dataset, "remove it");
    if (!is_utf8(value)) fail(fmt::format("\"{}\" is not UTF-8", shortened(value)), dataset, "convert it to UTF-8");
  }

  static std::string shortened(std::string_view value) { return printable(value.substr(0, 40)); }

  static bool is_code(const std::string& value) {
    for (const char c : value)
      if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return false;
    return !value.empty();
  }

  void ascending(const std::string& before, const std::string& now, const char* dataset) const {
    if (now == before) fail(fmt::format("{} is there twice", now), dataset, "keep one of each");
    if (now < before)
      fail(fmt::format("{} comes after {}", now, before), dataset, "sort the codes and the tables along with them");
  }

  void unique(const std::vector<std::string>& names, const char* dataset) const {
    std::unordered_set<std::string_view> seen;
    for (const std::string& name : names) {
      text(name, limit::name_bytes, dataset);
      if (name.empty()) fail("a name is empty", dataset, "name every row");
      if (!seen.insert(name).second) fail(fmt::format("\"{}\" is there twice", name), dataset, "keep one of each");
    }
  }

  void countries() const {
    if (countries_ == 0) fail("there is no country", "/country/iso3", "list the countries");
    at_most(countries_, limit::countries, "/country/iso3");
    const std::string* before = nullptr;
    for (const Country& country : world_.countries) {
      if (!is_code(country.iso3) || country.iso3.size() > limit::iso_bytes)
        fail(fmt::format("\"{}\" is not a country code", shortened(country.iso3)), "/country/iso3",
             "use 1 to 8 of A-Z and 0-9");
      if (before) ascending(*before, country.iso3, "/country/iso3");
      before = &country.iso3;
      text(country.iso2, limit::iso_bytes, "/country/iso2");
      text(country.name, limit::name_bytes, "/country/name");
    }
  }

  void products() const {
    if (products_ == 0) fail("there is no product", "/product/code", "list the products");
    at_most(products_, limit::products, "/product/code");
    const std::string* before = nullptr;
    for (const Product& product : world_.products) {
      if (!is_code(product.code) || product.code.size() != limit::product_code_bytes)
        fail(fmt::format("\"{}\" is not a product code", shortened(product.code)), "/product/code",
             "use six of 0-9 and A-Z, with leading zeros");
      if (before) ascending(*before, product.code, "/product/code");
      before = &product.code;
      text(product.name, limit::name_bytes, "/product/name");
      if (product.sector < 0 || static_cast<std::size_t>(product.sector) >= world_.sectors.size())
        fail(fmt::format("sector {} of product {} does not exist", product.sector, product.code), "/product/sector",
             fmt::format("use 0 to {}", static_cast<std::int64_t>(world_.sectors.size()) - 1));
      if (product.processing < Processing::unknown || product.processing > Processing::processed)
        fail(fmt::format("level {} of product {} does not exist", static_cast<int>(product.processing), product.code),
             "/product/processing", "use 0, 1, 2 or -1 for unknown");
    }
  }

  void sectors() const {
    at_most(world_.sectors.size(), limit::sectors, "/sector");
    unique(world_.sectors, "/sector");
  }

  void year(std::int32_t value, const std::string& dataset) const {
    if (value < limit::first_year || value > limit::last_year)
      fail(fmt::format("{} is not a year", value), dataset, "use four digits");
  }

  void years() const {
    text(world_.title, limit::name_bytes, "@title");
    text(world_.hs_revision, limit::iso_bytes * 2, "@hs_revision");
    at_most(world_.trade.size(), limit::years, "/trade");
    const TradeYear* before = nullptr;
    for (const TradeYear& trade : world_.trade) {
      year(trade.year, "/trade");
      if (before && trade.year <= before->year)
        fail(fmt::format("{} comes after {}", trade.year, before->year), "/trade", "sort the years, each once");
      before = &trade;
    }
  }

  void base_years() const {
    if (world_.base_years.empty()) fail("there is no base year", "@base_years", "name one or more");
    at_most(world_.base_years.size(), limit::years, "@base_years");
    const std::int32_t* before = nullptr;
    for (const std::int32_t& base : world_.base_years) {
      year(base, "@base_years");
      if (before && base <= *before)
        fail(fmt::format("{} comes after {}", base, *before), "@base_years", "sort the years, each once");
      before = &base;
      bool found = false;
      for (const TradeYear& trade : world_.trade) found = found || (trade.year == base && (world_.is_share || !trade.value.empty()));
      if (!found)
        fail(fmt::format("base year {} has no trade", base), fmt::format("/trade/{}", base),
             "add its flows or choose other base years");
    }
    year(world_.horizon_year, "@horizon_year");
    if (world_.horizon_year < world_.base_years.back())
      fail(fmt::format("horizon {} is before base year {}", world_.horizon_year, world_.base_years.back()),
           "@horizon_year", "choose a later horizon");
  }

  void distance() const {
    size(world_.distance.size(), countries_ * countries_, "/distance");
    for (std::size_t i = 0; i < countries_; ++i)
      for (std::size_t j = 0; j < countries_; ++j) {
        const double value = world_.distance[i * countries_ + j];
        if (std::isnan(value) || (value > 0 && std::isfinite(value)) || (i == j && value == 0)) continue;
        fail(fmt::format("distance {} of {} to {} is not above 0", value, world_.countries[i].iso3,
                         world_.countries[j].iso3),
             "/distance", "give kilometres, or NaN where unknown");
      }
  }

  void levels(const std::vector<double>& table, const char* dataset) const {
    size(table.size(), countries_ * world_.macro.years.size(), dataset);
    for (std::size_t at = 0; at < table.size(); ++at) {
      const double value = table[at];
      if (std::isnan(value) || (value > 0 && std::isfinite(value))) continue;
      fail(fmt::format("level {} of {} in {} is not above 0", value,
                       world_.countries[at / world_.macro.years.size()].iso3,
                       world_.macro.years[at % world_.macro.years.size()]),
           dataset, "give the level, or NaN where missing");
    }
  }

  void macro() const {
    const std::vector<std::int32_t>& list = world_.macro.years;
    at_most(list.size(), limit::years, "/macro/year");
    for (std::size_t at = 0; at < list.size(); ++at) {
      year(list[at], "/macro/year");
      if (at > 0 && list[at] <= list[at - 1])
        fail(fmt::format("{} comes after {}", list[at], list[at - 1]), "/macro/year", "sort the years, each once");
    }
    levels(world_.macro.gdp, "/macro/gdp");
    levels(world_.macro.population, "/macro/population");
  }

  void elasticities() const {
    size(world_.sigma.size(), products_, "/elasticity/sigma");
    for (std::size_t k = 0; k < products_; ++k) {
      const double value = world_.sigma[k];
      if (std::isnan(value) || (value > 0 && std::isfinite(value))) continue;
      fail(fmt::format("sigma {} of product {} is not above 0", value, world_.products[k].code), "/elasticity/sigma",
           "give it as a positive number, or NaN where missing");
    }
    const std::vector<double>& income = world_.income_elasticity;
    if (!income.empty() && income.size() != products_)
      size(income.size(), products_ * countries_, "/elasticity/income");
    for (std::size_t at = 0; at < income.size(); ++at)
      if (std::isinf(income[at]))
        fail(fmt::format("income elasticity of product {} is infinite", world_.products[at % products_].code),
             "/elasticity/income", "give a number, or NaN where missing");
  }

  void tariffs() const {
    const Tariffs& tariffs = world_.tariffs;
    at_most(tariffs.schedules.size(), limit::schedules, "/tariff/schedule");
    at_most(tariffs.regimes.size(), limit::regimes, "/tariff/regime");
    unique(tariffs.schedules, "/tariff/schedule");
    unique(tariffs.regimes, "/tariff/regime");
    if (tariffs.regimes.empty() || tariffs.regimes.front() != "MFN")
      fail("the first regime is not MFN", "/tariff/regime", "put MFN first");
    size(tariffs.market_schedule.size(), countries_, "/tariff/market_schedule");
    check_indices(tariffs.market_schedule, -1, tariffs.schedules.size(), file_ + ":/tariff/market_schedule");
    check_tariff_rows(world_, file_);
  }

  void reports() const {
    at_most(world_.logistics.components.size(), limit::components, "/logistics/component");
    at_most(world_.logistics.country.size(), limit::report_rows, "/logistics/country");
    at_most(world_.utilization.market.size(), limit::report_rows, "/utilization/market");
    for (const std::string& name : world_.logistics.components) text(name, limit::name_bytes, "/logistics/component");
    for (const std::string& name : world_.utilization.market) text(name, limit::name_bytes, "/utilization/market");
    for (const std::string& name : world_.utilization.regime) text(name, limit::name_bytes, "/utilization/regime");
    check_report_rows(world_, file_);
  }

  void provenance() const {
    at_most(world_.sources.size(), limit::notices, "/provenance/source_name");
    at_most(world_.notices.size(), limit::notices, "/provenance/notice_rule");
    for (const SourceFile& source : world_.sources) {
      text(source.role, limit::name_bytes, "/provenance/source_role");
      text(source.name, limit::name_bytes * 4, "/provenance/source_name");
      bool digits = source.sha256.empty() || source.sha256.size() == 64;
      for (const char c : source.sha256) digits = digits && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
      if (!digits)
        fail(fmt::format("fingerprint of {} is not a SHA-256", source.name), "/provenance/source_sha256",
             "give 64 of 0-9 and a-f, or nothing");
    }
    for (const Notice& notice : world_.notices) {
      text(notice.kind, limit::name_bytes, "/provenance/notice_kind");
      text(notice.rule, limit::name_bytes, "/provenance/notice_rule");
      text(notice.detail, limit::detail_bytes, "/provenance/notice_detail", false);
      for (const std::string& who : notice.whose) {
        text(who, limit::name_bytes, "/provenance/notice_whose");
        if (who.empty()) fail("a code is empty", "/provenance/notice_whose", "remove it");
      }
    }
  }

  const World& world_;
  const std::string& file_;
  std::size_t countries_;
  std::size_t products_;
};

}  // namespace

void check_world(const World& world, const std::string& file) { Checker(world, file).run(); }

}  // namespace potentia
