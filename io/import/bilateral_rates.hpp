// Tables of rates by exporter: what is read of them, and how it is held. See bilateral_tariffs.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/import/side_tables.hpp"
#include "io/import/tariff_names.hpp"

namespace potentia {

/// A product and its rate, by their numbers: product << 32 | rate. Small, since whole worlds have a hundred million.
/// The product is the HS6 code of the table at first, and the world's index once the whole table is read.
using RateLine = std::uint64_t;
using RateLines = std::vector<RateLine>;

inline RateLine rate_line(std::int32_t product, std::uint32_t rate) {
  return static_cast<RateLine>(product) << 32 | rate;
}
inline std::uint32_t product_of(RateLine line) { return static_cast<std::uint32_t>(line >> 32); }
inline std::uint32_t rate_of(RateLine line) { return static_cast<std::uint32_t>(line); }

/// Rates as small numbers.
class RateNumbers {
public:
  std::uint32_t number(double rate) {
    if (!rates_.empty() && rates_[last_] == rate) return last_;
    const auto [found, is_new] = numbers_.emplace(rate, static_cast<std::uint32_t>(rates_.size()));
    if (is_new) rates_.push_back(rate);
    return last_ = found->second;
  }
  double rate(std::uint32_t number) const { return rates_[number]; }

private:
  std::vector<double> rates_;
  std::unordered_map<double, std::uint32_t> numbers_;
  std::uint32_t last_ = 0;
};

inline constexpr std::uint32_t everyone = 0xffffffff;  // instead of an exporter: MFN

/// Rows that stand together: what one code calls an exporter, in what one code calls a market, in one year.
struct RateSource {
  std::uint32_t schedule, exporter;  ///< numbers of their names
  std::int32_t year;                 ///< 0 where the table has no years
  std::int32_t rank;                 ///< of both codes

  bool operator<(const RateSource& other) const {
    return std::tie(schedule, exporter, year, rank) < std::tie(other.schedule, other.exporter, other.year, other.rank);
  }
};

/// What a column of countries has called them.
struct TariffParties {
  NamesInOrder codes;                  ///< as written
  NamesInOrder names;                  ///< ISO3 or EU
  std::vector<TariffMarket> parties;   ///< by number of the name
  std::vector<std::uint32_t> name_of;  ///< by number of the code; `everyone`; `outside`
  std::vector<std::int32_t> rank_of;   ///< likewise
  std::vector<std::uint64_t> rows;     ///< likewise; of codes outside this world
  static constexpr std::uint32_t outside = everyone - 1;

  std::uint32_t number(const SideTables& tables, std::string_view cell, bool may_be_everyone) {
    const std::uint32_t code = codes.number(cell);
    if (code < name_of.size()) return code;
    TariffMarket party = find_tariff_market(tables, cell);
    rank_of.push_back(party.rank);
    rows.push_back(0);
    if (may_be_everyone && is_world_total(cell)) {
      name_of.push_back(everyone);
    } else if (party.countries.empty()) {
      name_of.push_back(outside);
    } else {
      name_of.push_back(names.number(party.schedule));
      if (name_of.back() == parties.size()) parties.push_back(std::move(party));
    }
    return code;
  }
};

struct BilateralRates {
  TariffParties markets, exporters;
  RateNumbers* numbers = nullptr;  ///< of all tables, so that equal rates have equal numbers
  std::map<RateSource, RateLines> lines;
  std::map<std::string, std::string> schedule_where;  ///< schedule → "file:line" of a row of it
  std::vector<std::set<std::int32_t>> years;          ///< by number of the schedule
  std::vector<std::uint32_t> rows_of_code = std::vector<std::uint32_t>(1000000, 0);
};

/// Reads a table of rates by exporter: what its rows say of markets and exporters of this world, one line for each
/// source and product, ascending by product.
/// @param role how the file appears among the world's sources
/// @throws Error(input) for a rate that is negative or stands twice, and a table about another world
BilateralRates read_bilateral_rates(const SideTables& tables, const TableEntry& file, const char* role,
                                    RateNumbers& numbers);

}  // namespace potentia
