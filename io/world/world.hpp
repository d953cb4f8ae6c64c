// The world as plain structs: what `import` and `synth` make, world.h5 holds and `solve` reads.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "io/world/file_report.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

inline constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

struct Country {
  std::string iso3;  ///< unique; the countries of a world are in ascending order of it
  std::string iso2;  ///< may be empty
  std::string name;
};

enum class Processing : std::int8_t { unknown = -1, raw = 0, semi_processed = 1, processed = 2 };

struct Product {
  std::string code;  ///< six characters, unique; the products of a world are in ascending order of it
  std::string name;
  bool in_scope = true;                          ///< false: stays in trade statistics, takes no part in potentials
  std::int32_t sector = 0;                       ///< index into World::sectors
  Processing processing = Processing::unknown;   ///< level of processing (BEC)
};

/// Bilateral trade of one year, sorted by (product, exporter, market), each triple at most once.
struct TradeYear {
  std::int32_t year = 0;
  std::vector<std::uint64_t> product_offset;  ///< [products + 1]: flows of product k are [offset[k], offset[k+1])
  Buffer<std::uint16_t> exporter;             ///< [flows] country index
  Buffer<std::uint16_t> market;               ///< [flows] country index, never the exporter
  Buffer<double> value;                       ///< [flows] USD, finite, >= 0
};

/// Levels by country and year; NaN = missing.
struct Macro {
  std::vector<std::int32_t> years;  ///< ascending
  std::vector<double> gdp;          ///< [countries, years] constant prices, > 0
  std::vector<double> population;   ///< [countries, years] persons, > 0
};

/// Tariff schedules. A schedule is one customs territory's list of lines; several markets may apply the same one
/// (the members of the European Union do).
struct Tariffs {
  std::vector<std::string> schedules;          ///< names as in the tariff table: "CHN", "EU"
  std::vector<std::string> regimes;            ///< names; regime 0 is always "MFN"
  std::vector<std::int32_t> market_schedule;   ///< [countries] index into schedules, -1 = no tariff known

  // Lines, sorted by (schedule, regime, product), each triple at most once.
  std::vector<std::int32_t> line_schedule;
  std::vector<std::int32_t> line_regime;
  std::vector<std::int32_t> line_product;
  std::vector<double> line_rate;               ///< ad-valorem fraction, >= 0

  // Eligibility: exporters who may use a regime of a market, both years included.
  std::vector<std::int32_t> member_market;     ///< country index
  std::vector<std::int32_t> member_regime;
  std::vector<std::int32_t> member_exporter;   ///< country index
  std::vector<std::int32_t> member_first_year; ///< first_open where open-ended
  std::vector<std::int32_t> member_last_year;  ///< last_open where open-ended

  /// Regimes with such names, and a number behind, are none: rows of rates that exporters of a market share.
  static constexpr const char* applied_rates = "applied rates ";
  bool is_applied(std::size_t regime) const { return regimes[regime].rfind(applied_rates, 0) == 0; }

  static constexpr std::int32_t first_open = -32768;
  static constexpr std::int32_t last_open = 32767;

  bool empty() const noexcept { return schedules.empty(); }
};

/// Logistics performance by country and year, for reports: no factor is computed from it.
struct Logistics {
  std::vector<std::string> components;  ///< "overall", "customs", …
  std::vector<std::int32_t> country;    ///< [rows] country index; rows ascend by (country, year), each at most once
  std::vector<std::int32_t> year;       ///< [rows]
  std::vector<double> score;            ///< [rows, components] as published, >= 0; NaN = missing

  bool empty() const noexcept { return country.empty(); }
};

/// How much of the trade that may use a regime does, for reports: no factor is computed from it.
struct Utilization {
  std::vector<std::string> market;      ///< [rows] as in the tariff table: ISO3 or "EU"
  std::vector<std::string> regime;      ///< [rows]
  std::vector<std::int32_t> exporter;   ///< [rows] country index
  std::vector<std::int32_t> year;       ///< [rows]
  std::vector<double> share;            ///< [rows] 0 to 1; rows ascend by all of the former, each key at most once

  bool empty() const noexcept { return market.empty(); }
};

/// A file that the world was made from.
struct SourceFile {
  std::string role;    ///< "trade", "countries", "distance" …
  std::string name;    ///< file name without its folder
  std::string sha256;  ///< 64 hexadecimal digits, of the file as downloaded
  std::uint64_t bytes = 0;
  FileReport report{};  ///< of import, while it runs; not kept in world.h5
};

/// Something that was dropped, filled or noticed, and how often.
struct Notice {
  std::string kind;          ///< "drop", "fill", "warning" or "note"
  std::string rule;          ///< short stable name, e.g. "distance.country_outside_world"
  std::uint64_t count = 0;
  std::string detail;        ///< a plain sentence
  std::vector<std::string> whose;  ///< codes of the countries or products concerned; may be shortened by the writer, never silently
};

struct World {
  std::string hs_revision;                     ///< "HS17"
  std::vector<std::int32_t> base_years;        ///< default base years, ascending; all are in `trade`
  std::int32_t horizon_year = 0;
  std::string title;                           ///< free text, may be empty

  std::vector<Country> countries;
  std::vector<Product> products;               ///< every product of the trade files
  std::vector<std::string> sectors;
  std::vector<TradeYear> trade;                ///< ascending by year
  bool is_share = false;                       ///< `trade` has the flows of some products only, see TradeShare
  std::vector<double> distance;                ///< [exporter, market] km, > 0; NaN = unknown
  Macro macro;
  std::vector<double> sigma;                   ///< [products] elasticity of substitution, > 0; NaN = missing
  std::vector<double> income_elasticity;       ///< [products] or [market, product]; NaN = missing; empty = all missing
  Tariffs tariffs;
  Logistics logistics;
  Utilization utilization;

  std::vector<SourceFile> sources;
  std::vector<Notice> notices;
  std::string digest;                          ///< content digest of the file it was read from; empty = none known

  std::size_t country_count() const noexcept { return countries.size(); }
  std::size_t product_count() const noexcept { return products.size(); }
};

}  // namespace potentia
