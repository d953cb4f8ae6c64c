// Small worlds and their comparison.
#include "tests/unit/io/world_sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/random.hpp"

namespace potentia::testing {
namespace {

std::string code(const char* pattern, int number) {
  char text[32];
  std::snprintf(text, sizeof text, pattern, number);
  return text;
}

double value_of(Random& random, SampleShape::Values kind) {
  const double value = std::floor(random.spread(1, 1e6));
  if (kind == SampleShape::billions && random.chance(0.1)) return value * 1e6 + 1;
  return kind == SampleShape::cents ? value + random.uniform() : value;
}

TradeYear trade_of(Random& random, const SampleShape& shape, std::int32_t year) {
  std::vector<std::uint16_t> exporter, market;
  std::vector<double> value;
  TradeYear trade;
  trade.year = year;
  for (int k = 0; k < shape.products; ++k) {
    trade.product_offset.push_back(value.size());
    for (int i = 0; i < shape.countries; ++i)
      for (int j = 0; j < shape.countries; ++j) {
        if (i == j || !(random.chance(shape.density) || (k == shape.products - 1 && i + j == 1))) continue;
        exporter.push_back(static_cast<std::uint16_t>(i));
        market.push_back(static_cast<std::uint16_t>(j));
        value.push_back(value_of(random, shape.values));
      }
  }
  trade.product_offset.push_back(value.size());
  trade.exporter = Buffer<std::uint16_t>(value.size());
  trade.market = Buffer<std::uint16_t>(value.size());
  trade.value = Buffer<double>(value.size());
  std::copy(exporter.begin(), exporter.end(), trade.exporter.begin());
  std::copy(market.begin(), market.end(), trade.market.begin());
  std::copy(value.begin(), value.end(), trade.value.begin());
  return trade;
}

std::vector<double> gappy(Random& random, std::size_t size, double low, double high) {
  std::vector<double> values(size);
  for (double& value : values) value = random.chance(0.1) ? missing_value : random.spread(low, high);
  return values;
}

Tariffs tariffs_of(Random& random, const SampleShape& shape) {
  Tariffs tariffs;
  tariffs.schedules = {"EU", "XYZ"};
  tariffs.regimes = {"MFN", "FTA", "Généralisé"};
  for (int j = 0; j < shape.countries; ++j) tariffs.market_schedule.push_back(static_cast<int>(random.below(3)) - 1);
  for (int s = 0; s < 2; ++s)
    for (int r = 0; r < 3; ++r)
      for (int k = 0; k < shape.products; ++k) {
        if (random.chance(0.3)) continue;
        tariffs.line_schedule.push_back(s);
        tariffs.line_regime.push_back(r);
        tariffs.line_product.push_back(k);
        tariffs.line_rate.push_back(random.chance(0.3) ? 0 : random.uniform(0, 0.5));
      }
  for (int m = 0; m < shape.countries; ++m) {
    tariffs.member_market.push_back(static_cast<std::int32_t>(random.below(shape.countries)));
    tariffs.member_regime.push_back(1 + static_cast<std::int32_t>(random.below(2)));
    tariffs.member_exporter.push_back(static_cast<std::int32_t>(random.below(shape.countries)));
    tariffs.member_first_year.push_back(m % 2 ? Tariffs::first_open : 2010);
    tariffs.member_last_year.push_back(m % 3 ? Tariffs::last_open : 2026);
  }
  return tariffs;
}

template <class T>
bool same_bytes(const T& a, const T& b) {
  using Value = typename std::remove_reference<decltype(a[0])>::type;
  return a.size() == b.size() && (a.size() == 0 || std::memcmp(&a[0], &b[0], a.size() * sizeof(Value)) == 0);
}

}  // namespace

World sample_world(std::uint64_t seed, const SampleShape& shape) {
  Random random(seed);
  World world;
  world.hs_revision = "HS17";
  world.title = "Monde d'essai n° 1";
  for (int t = 0; t < shape.years; ++t) world.base_years.push_back(2020 + t);
  world.horizon_year = world.base_years.back() + 5;
  for (int i = 0; i < shape.countries; ++i)
    world.countries.push_back(
        {code("C%03d", i), i % 3 ? code("%02d", i % 100) : "", i % 4 ? code("Côte n° %d", i) : ""});
  world.sectors = {"Farm", "Bétail, viande", "Rest"};
  for (int k = 0; k < shape.products; ++k)
    world.products.push_back({code("%06d", 10121 + 7 * k), code("Product \"%d\", nes", k), k % 5 != 3, k % 3,
                              static_cast<Processing>(k % 4 - 1)});
  for (const std::int32_t year : world.base_years) world.trade.push_back(trade_of(random, shape, year));
  const auto countries = static_cast<std::size_t>(shape.countries);
  const auto products = static_cast<std::size_t>(shape.products);
  world.distance = gappy(random, countries * countries, 50, 19000);
  world.macro.years = {2020, 2024, 2029, 2030};
  world.macro.gdp = gappy(random, countries * 4, 1e8, 1e13);
  world.macro.population = gappy(random, countries * 4, 1e4, 1e9);
  world.sigma = gappy(random, products, 0.5, 20);
  world.income_elasticity = gappy(random, shape.by_market ? countries * products : products, 0.2, 2);
  if (shape.tariffs) world.tariffs = tariffs_of(random, shape);
  if (shape.reports) {
    world.logistics.components = {"overall", "customs"};
    world.logistics.country = {0, 0, 1};
    world.logistics.year = {2018, 2023, 2010};
    world.logistics.score = gappy(random, 6, 1, 5);
    world.utilization.market = {"EU", "XYZ"};
    world.utilization.regime = {"FTA", "Généralisé"};
    world.utilization.exporter = {1, 0};
    world.utilization.year = {2022, 2021};
    world.utilization.share = {0.25, 1};
  }
  world.sources = {{"trade", "BACI.csv.xz", std::string(64, 'a'), 46048536}, {"distance", "d.csv", "", 0}};
  world.notices = {
      {"drop", "distance.country_outside_world", 12, "Rows of countries that are not here.", {"ANT", "PRI"}},
      {"note", "trade.whole", 0, "Nobody.", {}}};
  return world;
}

std::string world_difference(const World& a, const World& b) {
  if (a.hs_revision != b.hs_revision || a.title != b.title) return "texts";
  if (a.base_years != b.base_years || a.horizon_year != b.horizon_year) return "years";
  if (a.countries.size() != b.countries.size()) return "number of countries";
  for (std::size_t i = 0; i < a.countries.size(); ++i)
    if (a.countries[i].iso3 != b.countries[i].iso3 || a.countries[i].iso2 != b.countries[i].iso2 ||
        a.countries[i].name != b.countries[i].name)
      return "country " + a.countries[i].iso3;
  if (a.products.size() != b.products.size()) return "number of products";
  for (std::size_t k = 0; k < a.products.size(); ++k) {
    const Product &p = a.products[k], &q = b.products[k];
    if (p.code != q.code || p.name != q.name || p.in_scope != q.in_scope || p.sector != q.sector ||
        p.processing != q.processing)
      return "product " + p.code;
  }
  if (a.sectors != b.sectors) return "sectors";
  if (a.trade.size() != b.trade.size()) return "years of trade";
  for (std::size_t t = 0; t < a.trade.size(); ++t) {
    const TradeYear &p = a.trade[t], &q = b.trade[t];
    if (p.year != q.year || p.product_offset != q.product_offset || !same_bytes(p.exporter, q.exporter) ||
        !same_bytes(p.market, q.market) || !same_bytes(p.value, q.value))
      return "trade of " + std::to_string(p.year);
  }
  if (!same_bytes(a.distance, b.distance)) return "distance";
  if (a.macro.years != b.macro.years || !same_bytes(a.macro.gdp, b.macro.gdp) ||
      !same_bytes(a.macro.population, b.macro.population))
    return "macro";
  if (!same_bytes(a.sigma, b.sigma) || !same_bytes(a.income_elasticity, b.income_elasticity)) return "elasticities";
  const Tariffs &s = a.tariffs, &r = b.tariffs;
  if (s.schedules != r.schedules || s.regimes != r.regimes || s.market_schedule != r.market_schedule)
    return "schedules";
  if (s.line_schedule != r.line_schedule || s.line_regime != r.line_regime || s.line_product != r.line_product ||
      s.line_rate != r.line_rate)
    return "tariff lines";
  if (s.member_market != r.member_market || s.member_regime != r.member_regime ||
      s.member_exporter != r.member_exporter || s.member_first_year != r.member_first_year ||
      s.member_last_year != r.member_last_year)
    return "members";
  if (a.logistics.components != b.logistics.components || a.logistics.country != b.logistics.country ||
      a.logistics.year != b.logistics.year || !same_bytes(a.logistics.score, b.logistics.score))
    return "logistics";
  if (a.utilization.market != b.utilization.market || a.utilization.regime != b.utilization.regime ||
      a.utilization.exporter != b.utilization.exporter || a.utilization.year != b.utilization.year ||
      a.utilization.share != b.utilization.share)
    return "utilization";
  if (a.sources.size() != b.sources.size() || a.notices.size() != b.notices.size()) return "provenance";
  for (std::size_t at = 0; at < a.sources.size(); ++at)
    if (a.sources[at].role != b.sources[at].role || a.sources[at].name != b.sources[at].name ||
        a.sources[at].sha256 != b.sources[at].sha256 || a.sources[at].bytes != b.sources[at].bytes)
      return "source " + a.sources[at].name;
  for (std::size_t at = 0; at < a.notices.size(); ++at)
    if (a.notices[at].kind != b.notices[at].kind || a.notices[at].rule != b.notices[at].rule ||
        a.notices[at].count != b.notices[at].count || a.notices[at].detail != b.notices[at].detail ||
        a.notices[at].whose != b.notices[at].whose)
      return "notice " + a.notices[at].rule;
  return "";
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "potentia-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  EXPECT_TRUE(file) << path;
}

std::string run(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string said;
  char block[4096];
  while (const std::size_t size = std::fread(block, 1, sizeof block, pipe)) said.append(block, size);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return said;
}

}  // namespace potentia::testing
