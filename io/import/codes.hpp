// Who and what the world consists of: the code tables of the trade files, and how other tables' codes map to them.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/import/manifest.hpp"
#include "io/import/notice_book.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// Countries of the trade files. Several codes of the files may stand for one country (Germany's before and after
/// 1990): it then appears once.
struct CountryTable {
  std::vector<Country> countries;           ///< ascending by ISO3
  std::vector<std::int16_t> index_of_code;  ///< [largest code + 1] country index, -1 = no such code
  SourceFile source;
};

/// @param names  read from the table's columns country_code, country_name, country_iso2, country_iso3
/// @throws Error(input) for missing columns, a code that is no number or stands twice
CountryTable read_country_table(const TableEntry& entry, NoticeBook& notices);

/// Products that trade files may name; the world keeps those that they do name.
struct ProductTable {
  std::vector<Product> products;            ///< ascending by code
  std::vector<std::uint16_t> index_of_code; ///< [1,000,000] product index, or none
  SourceFile source;

  static constexpr std::uint16_t none = 0xffff;
};

/// @throws Error(input) for missing columns, a code of other than five or six digits, or one that stands twice
ProductTable read_product_table(const TableEntry& entry, NoticeBook& notices);

/// Finds countries by the codes that side tables use.
class CountryCodes {
public:
  /// @throws Error(input) for an alias that stands for a country of this world, or whose target is none
  CountryCodes(const std::vector<Country>& countries, const std::vector<Alias>& aliases);

  /// Index of the country, by its ISO3 or an alias of it; -1 outside this world.
  std::int32_t find(std::string_view code) const;

  /// Those members of the European Union (of 27) that are in this world, as ascending indices.
  std::vector<std::int32_t> european_union() const { return european_union_; }

  /// Index of the country with this name, by the names of the country table or the World Bank's; -1 if there is none.
  std::int32_t find_name(std::string_view name) const;

private:
  std::unordered_map<std::string, std::int32_t> index_;
  std::unordered_map<std::string, std::int32_t> index_of_name_;
  std::vector<std::int32_t> european_union_;
};

/// The code under which tariff tables name the European Union.
inline constexpr const char* european_union_code = "EU";

/// Finds the world's products by their six digits.
class ProductCodes {
public:
  explicit ProductCodes(const std::vector<Product>& products);
  /// Product index, or -1 outside this world.
  std::int32_t find(const std::string& code) const;

private:
  std::vector<std::int32_t> index_;  // [1,000,000]
};

}  // namespace potentia
