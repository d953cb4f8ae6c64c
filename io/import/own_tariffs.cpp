#include "io/import/own_tariffs.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "io/import/side_tables.hpp"
#include "kernels/error.hpp"

namespace potentia {

Tariffs read_own_tariffs(const World& world, const std::string& rates, const std::string& members,
                         const std::string& where, std::vector<Notice>& notices) {
  for (const std::string& path : {rates, members})
    if (!std::filesystem::exists(path))
      throw input_error("no such file: " + path, where, "check the name; it is relative to the scenario");
  Manifest manifest;
  manifest.path = where;
  manifest.hs_revision = world.hs_revision;
  manifest.base_years = world.base_years;
  manifest.horizon_year = world.horizon_year;
  manifest.tariff_rates = {rates, where};
  manifest.tariff_members = {members, where};
  World beside;
  beside.hs_revision = world.hs_revision;
  beside.base_years = world.base_years;
  beside.countries = world.countries;
  beside.products = world.products;
  ProductTable table;
  table.products = world.products;
  table.index_of_code.assign(1000000, ProductTable::none);
  const CountryCodes countries(beside.countries, {});
  const ProductCodes products(beside.products);
  const Concordance none(manifest, table);
  NoticeBook book;
  import_tariffs({manifest, countries, products, none, beside, book});
  for (Notice& notice : book.take())
    if (notice.rule != "tariffs.market_without")
      notices.push_back(std::move(notice));  // the world's own are not seen here
  return std::move(beside.tariffs);
}

}  // namespace potentia
