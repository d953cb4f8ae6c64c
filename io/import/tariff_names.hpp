// How tariff tables name markets and exporters.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/side_tables.hpp"

namespace potentia {

inline constexpr const char* most_favoured_nation = "MFN";

/// A market as tariff tables name it: a country of this world, the European Union, or neither.
struct TariffMarket {
  std::string schedule;                 ///< ISO3 or "EU"; empty outside this world
  std::vector<std::int32_t> countries;  ///< that apply it
  std::int32_t rank = 0;                ///< of the code that names it (CountryMatch)
};
TariffMarket find_tariff_market(const SideTables& tables, std::string_view code);

/// Names in the order in which they come, as small numbers. Rows of one kind follow each other, so that the last name
/// is remembered.
class NamesInOrder {
public:
  std::uint32_t number(std::string_view name);
  const std::string& name(std::uint32_t number) const { return names_[number]; }
  std::size_t size() const { return names_.size(); }

private:
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::uint32_t last_ = 0;
};

/// Of the years that a table has of a market the one to use: the latest up to the base year, else the first after it.
std::int32_t tariff_year(const std::set<std::int32_t>& years, std::int32_t base_year);

/// Says where rates are of another time than the base year.
void note_tariff_year(const std::string& schedule, std::int32_t year, std::int32_t base_year, NoticeBook& notices);

/// Which schedule each market applies, by the names in tariffs.schedules. @param where of a row of each schedule
/// @throws Error(input) for a market that has lines of its own and those of the European Union
void assign_schedules(const SideTables& tables, const std::map<std::string, std::string>& where);

/// Six digits with their zeros in front.
std::string six_digits(std::int32_t code);

/// Rates by exporter instead of by regime (bilateral_tariffs.cpp).
void import_bilateral_tariffs(const SideTables& tables);

}  // namespace potentia
