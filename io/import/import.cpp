// The order of the steps. See import.hpp.
#include "io/import/import.hpp"

#include <omp.h>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "io/import/codes.hpp"
#include "io/import/concordance.hpp"
#include "io/import/manifest.hpp"
#include "io/import/notice_book.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/trade_files.hpp"
#include "io/import/trade_fold.hpp"
#include "io/import/trade_order.hpp"
#include "io/import/trade_reader.hpp"
#include "io/sha256.hpp"
#include "io/world/coverage.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

SourceFile manifest_source(const std::string& path) {
  InputFile file(path);
  SourceFile source;
  source.role = "manifest";
  source.name = path.substr(path.find_last_of('/') + 1);
  source.sha256 = file.sha256();
  source.bytes = file.size();
  return source;
}

/// Flows of two codes of one country become one.
void fold_further_codes(const CountryTable& countries, const std::vector<TradeBlock>& blocks, std::vector<TradeYear>& years,
                        NoticeBook& notices) {
  const std::size_t count = countries.countries.size();
  if (countries.country_of.size() == count || !has_further_codes(blocks, count)) return;
  for (TradeYear& year : years) {
    for (const auto& [country, flows] : fold_codes(year, countries.country_of, count)) {
      notices.add("note", "trade.codes_summed", "flows of two codes of the same country in one year, summed",
                  countries.countries[country].iso3, flows);
    }
  }
}

/// Only products that some row names belong to the world; flows lie in order of the table's products, so that leaving
/// out the others changes offsets alone.
void keep_traded_products(ProductTable& table, std::vector<TradeYear>& years, World& world) {
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < table.products.size(); ++k) {
    const bool traded = std::any_of(years.begin(), years.end(), [k](const TradeYear& year) {
      return year.product_offset[k + 1] > year.product_offset[k];
    });
    if (traded) kept.push_back(k);
  }
  for (TradeYear& year : years) {
    std::vector<std::uint64_t> offset;
    offset.reserve(kept.size() + 1);
    for (const std::size_t k : kept) offset.push_back(year.product_offset[k]);
    offset.push_back(year.product_offset.back());
    year.product_offset = std::move(offset);
  }
  for (const std::size_t k : kept) world.products.push_back(std::move(table.products[k]));
}

/// @return the trade files' numbers of the world's countries
std::vector<CountryNumber> import_trade(const Manifest& manifest, const ImportOptions& options, World& world,
                                        std::optional<Concordance>& concordance, NoticeBook& notices) {
  CountryTable countries = read_country_table(manifest.countries, notices);
  ProductTable products = read_product_table(manifest.products, notices);
  const std::size_t own_products = products.products.size();
  concordance.emplace(manifest, products);
  if (concordance->given()) add_other_codes(*concordance, products);
  check_names(manifest);
  TradeCodes codes;
  codes.country = countries.index_of_code.data();
  codes.country_size = static_cast<std::int32_t>(countries.index_of_code.size());
  codes.product = products.index_of_code.data();
  codes.country_of = countries.country_of.data();
  codes.countries = static_cast<std::uint16_t>(countries.countries.size());
  codes.names = &countries.countries;
  TradeReadOptions reading;
  reading.lenient = options.lenient;
  reading.threads = options.threads > 0 ? options.threads : omp_get_max_threads();
  reading.block_bytes = options.block_bytes;
  reading.map = manifest.trade_columns.given() ? &manifest.trade_columns : nullptr;
  ReadTrade trade = read_trade_files(manifest.trade_files, codes, reading, options.progress);
  check_member_names(trade.members, manifest);
  note_drops(trade.members, trade.blocks, notices);
  check_years_apart(trade.members);
  OrderedTrade ordered = order_trade(trade.blocks, countries.country_of.size(), products.products.size(),
                                     reading.threads, options.lenient.has(LenientKind::duplicate));
  if (!ordered.duplicates.empty()) throw_first_duplicate(manifest.trade_files, trade.as_table, reading.map, codes, ordered.duplicates);
  if (ordered.dropped != 0) {
    notices.add("drop", "trade.duplicate",
                "rows that repeat a year, exporter, market and product; the largest value was kept", {}, ordered.dropped);
  }
  fold_further_codes(countries, trade.blocks, ordered.years, notices);
  if (concordance->given()) convert_trade(*concordance, own_products, products, ordered.years, notices);
  for (const std::int32_t year : manifest.base_years) {
    const bool found = std::any_of(ordered.years.begin(), ordered.years.end(), [year](const TradeYear& trade_year) {
      return trade_year.year == year && !trade_year.value.empty();
    });
    if (!found) {
      throw input_error("no trade in the base year " + std::to_string(year), manifest.base_years_where,
                        "add its file or take the year out");
    }
  }
  world.countries = std::move(countries.countries);
  keep_traded_products(products, ordered.years, world);
  world.trade = std::move(ordered.years);
  world.sources.push_back(std::move(countries.source));
  world.sources.push_back(std::move(products.source));
  for (SourceFile& source : trade.sources) world.sources.push_back(std::move(source));
  for (SourceFile& source : concordance->sources) world.sources.push_back(std::move(source));
  return std::move(countries.numbers);
}

constexpr double dominant_share = 0.45;  // of all trade, with one country at an end

/// Index of the code that a notice begins with; -1 = none of this world.
std::int32_t leading_index(const std::string& whose, const CountryCodes& countries, const ProductCodes& products, bool& is_product) {
  const std::string code = whose.substr(0, whose.find(' '));
  const std::int32_t product = products.find(code);
  is_product = product >= 0;
  return is_product ? product : countries.match(code, iso3_codes).index;
}

/// Rows that were dropped are told by the trade that they concern, not only by their number.
void add_trade_shares(const World& world, const TradeShares& trade, const CountryCodes& countries,
                      const ProductCodes& products, std::vector<Notice>& notices) {
  for (Notice& notice : notices) {
    if (notice.kind != "drop" || notice.rule.compare(0, 6, "trade.") == 0 || notice.whose.empty()) continue;
    std::vector<char> concerned(world.country_count(), 0);
    double dollars = 0.0;
    for (const std::string& whose : notice.whose) {
      bool is_product = false;
      const std::int32_t index = leading_index(whose, countries, products, is_product);
      if (index < 0) continue;
      if (is_product) dollars += trade.product(static_cast<std::size_t>(index));
      else concerned[static_cast<std::size_t>(index)] = 1;
    }
    notice.detail += ", " + share_in_words(trade.share(dollars) + trade.of_countries(concerned)) + " of world trade";
  }
}

void warn_of_dominant_countries(const World& world, const TradeShares& trade, NoticeBook& notices) {
  for (std::size_t i = 0; i < world.country_count(); ++i) {
    if (trade.share(trade.exports(i) + trade.imports(i)) <= dominant_share) continue;
    notices.add("warning", "trade.dominant", "countries at an end of more than 45 % of all trade: a total of others?",
                world.countries[i].iso3);
  }
}

void fill_world(const std::string& manifest_path, const ImportOptions& options, World& world) {
  const Manifest manifest = read_manifest(manifest_path);
  NoticeBook notices;
  world.hs_revision = manifest.hs_revision;
  world.title = manifest.title;
  world.base_years = manifest.base_years;
  world.horizon_year = manifest.horizon_year;
  world.sources.push_back(manifest_source(manifest_path));
  std::optional<Concordance> concordance;
  const std::vector<CountryNumber> numbers = import_trade(manifest, options, world, concordance, notices);

  const CountryCodes country_codes(world.countries, manifest.aliases, numbers);
  const ProductCodes product_codes(world.products);
  const SideTables tables{manifest, country_codes, product_codes, *concordance, world, notices};
  const std::pair<const char*, void (*)(const SideTables&)> steps[] = {
      {"distance", import_distance},         {"macro", import_macro},
      {"tariffs", import_tariffs},           {"elasticities", import_elasticities},
      {"product lists", import_product_lists},
      {"logistics", import_logistics},       {"utilization", import_utilization}};
  std::uint64_t done = 0;
  for (const auto& [name, step] : steps) {
    if (options.progress) options.progress("reading side tables", done++, std::size(steps));
    step(tables);
  }
  std::sort(world.sources.begin(), world.sources.end(), [](const SourceFile& a, const SourceFile& b) {
    return std::tie(a.role, a.name, a.sha256) < std::tie(b.role, b.name, b.sha256);
  });
  const TradeShares trade(world);
  warn_of_dominant_countries(world, trade, notices);
  world.notices = notices.take();
  add_trade_shares(world, trade, country_codes, product_codes, world.notices);
  for (Notice& notice : coverage_notices(world, trade)) world.notices.push_back(std::move(notice));
  if (options.report != nullptr) options.report->coverage = coverage_table(world, trade);
}

}  // namespace

World import_world(const std::string& manifest_path, const ImportOptions& options) {
  World world;
  try {
    fill_world(manifest_path, options, world);
  } catch (const Error&) {
    if (options.report != nullptr) options.report->files = std::move(world.sources);
    throw;
  }
  if (options.report != nullptr) options.report->files = world.sources;
  return world;
}

}  // namespace potentia
