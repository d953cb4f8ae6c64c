// See name_table.hpp.
#include "io/import/name_table.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/codes.hpp"
#include "io/import/notice_book.hpp"
#include "io/import/table.hpp"
#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// Where a name stands in the table, and how good the code is under which it stands there.
struct Place {
  std::uint64_t line = 0;  ///< 0 = nowhere
  std::int32_t rank = std::numeric_limits<std::int32_t>::max();
};

struct Side {
  explicit Side(std::size_t count) : names(count), places(count) {}
  std::vector<std::string> names;
  std::vector<Place> places;
};

}  // namespace

NameTable read_name_table(const std::string& path, const World& world, const std::string& role) {
  Table table(path, {{}, false}, {{{"hs6", "code", "iso3"}, {"name", "short_name"}}});
  const int code_column = table.column({"hs6", "code", "iso3"});
  const int name_column = table.column({"name", "short_name"});
  const ProductCodes products(world.products);
  const CountryCodes countries(world.countries, {});
  Side of_countries(world.country_count()), of_products(world.product_count());
  NoticeBook notices;
  std::uint64_t rows = 0, named = 0;
  while (table.next()) {
    ++rows;
    const std::string code(table.cell(code_column));
    const bool is_product = !code.empty() && code.find_first_not_of("0123456789. ") == std::string::npos;
    CountryMatch match;
    if (is_product)
      match.index = products.find(hs6_code(code));
    else
      match = countries.match(code, iso3_codes | iso2_codes);
    if (match.index < 0) {
      notices.add("drop", "names.outside_world", role + ": codes that this world does not have",
                  is_product ? one_line_name(code) : outside_code(one_line_name(code)));
      continue;
    }
    Side& side = is_product ? of_products : of_countries;
    const auto at = static_cast<std::size_t>(match.index);
    Place& place = side.places[at];
    if (place.line != 0 && place.rank == match.rank)
      throw input_error("code " + printable(code) + " stands on line " + std::to_string(place.line) + " too",
                        table.where(), "remove one of the two rows");
    if (place.rank < match.rank) continue;  // a former code, after the present one
    place = {table.line(), match.rank};
    side.names[at] = one_line_name(table.cell(name_column));
    if (side.names[at].empty())
      notices.add("note", "names.empty", role + ": rows without a name, which stay as in the world", printable(code));
    else
      ++named;
  }
  if (named == 0)
    throw input_error(rows == 0
                          ? "the table has no rows"
                          : "none of the " + std::to_string(rows) + " rows names a country or product of this world",
                      table.name(),
                      "give codes as the world has them: ISO3, or six digits of " +
                          (world.hs_revision.empty() ? std::string("its classification") : world.hs_revision));
  return {std::move(of_countries.names), std::move(of_products.names), table.fingerprint(role), notices.take()};
}

}  // namespace potentia
