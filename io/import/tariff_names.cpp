// See tariff_names.hpp.
#include "io/import/tariff_names.hpp"

#include <algorithm>

#include "io/import/cells.hpp"
#include "kernels/error.hpp"

namespace potentia {

TariffMarket find_tariff_market(const SideTables& tables, std::string_view code) {
  if (tables.countries.is_union(code)) {
    return {european_union_code, tables.countries.european_union(), plain_code(code) == european_union_code ? 0 : 1};
  }
  const CountryMatch match = tables.countries.match(code, any_country);
  if (match.index < 0) return {};
  return {tables.world.countries[static_cast<std::size_t>(match.index)].iso3, {match.index}, match.rank};
}

std::uint32_t NamesInOrder::number(std::string_view name) {
  if (last_ < names_.size() && names_[last_] == name) return last_;
  auto found = numbers_.find(name);
  if (found == numbers_.end()) {
    found = numbers_.emplace(std::string(name), static_cast<std::uint32_t>(names_.size())).first;
    names_.push_back(one_line_name(name));
  }
  return last_ = found->second;
}

std::int32_t tariff_year(const std::set<std::int32_t>& years, std::int32_t base_year) {
  const auto later = years.upper_bound(base_year);
  return later == years.begin() ? *later : *std::prev(later);
}

void note_tariff_year(const std::string& schedule, std::int32_t year, std::int32_t base_year, NoticeBook& notices) {
  if (year == base_year) return;
  const bool after = year > base_year;
  notices.add(after ? "warning" : "note", after ? "tariffs.year_after" : "tariffs.year_before",
              after ? "markets whose first tariffs are of a year after the base year"
                    : "markets whose latest tariffs are of a year before the base year",
              schedule + " " + std::to_string(year));
}

void assign_schedules(const SideTables& tables, const std::map<std::string, std::string>& where_of) {
  Tariffs& tariffs = tables.world.tariffs;
  for (const auto& [schedule, where] : where_of) {
    const std::int32_t index = static_cast<std::int32_t>(
        std::find(tariffs.schedules.begin(), tariffs.schedules.end(), schedule) - tariffs.schedules.begin());
    for (const std::int32_t country : find_tariff_market(tables, schedule).countries) {
      std::int32_t& applied = tariffs.market_schedule[static_cast<std::size_t>(country)];
      if (applied >= 0) {
        throw input_error("the market " + tables.world.countries[static_cast<std::size_t>(country)].iso3 +
                              " has lines of its own and those of the EU (" +
                              where_of.at(tariffs.schedules[static_cast<std::size_t>(applied)]) + ")",
                          where, "keep either");
      }
      applied = index;
    }
  }
}

std::string six_digits(std::int32_t code) {
  std::string text = std::to_string(code);
  text.insert(0, 6 - text.size(), '0');
  return text;
}

}  // namespace potentia
