// Who and what the world consists of: the code tables of the trade files, and how other tables' codes map to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/import/manifest.hpp"
#include "io/import/notice_book.hpp"
#include "io/world/country_lookup.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// Countries of the trade files. Several codes of the files may stand for one country (Germany's before and after
/// 1990): it then appears once, and its further codes are holders of their own behind the countries, so that rows of two
/// codes can be told from one row that stands twice.
struct CountryTable {
  std::vector<Country> countries;             ///< ascending by ISO3
  std::vector<std::int16_t> index_of_code;    ///< [largest code + 1] index of the code's holder, -1 = no such code, or `world`
  std::vector<std::uint16_t> country_of;      ///< [holders] country index; holder i < countries.size() is country i
  std::vector<CountryNumber> numbers;         ///< of side tables that use the trade files' codes
  SourceFile source;

  static constexpr std::int16_t world = -2;   ///< of a code that the table calls the world: a total, no country
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

/// Whether a product code is one of the statistical codes that no nomenclature has, such as 9999AA or TOTAL.
bool is_no_hs_code(std::string_view code);

/// Codes that are no numbers are left out and counted; 9999xx, "not specified", is out of scope.
/// @throws Error(input) for missing columns, a code of other than five or six digits, or one that stands twice
ProductTable read_product_table(const TableEntry& entry, NoticeBook& notices);

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
