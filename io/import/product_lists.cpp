// What is said of products: out of scope, sector, level of processing, names of one's own.
#include <algorithm>
#include <map>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/code_rows.hpp"
#include "io/import/sector_groups.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// The product of a row, which may be changed; null where this world has none, which is noted.
Product* find_product(const SideTables& tables, const char* role, const std::string& code) {
  const std::int32_t product = tables.products.find(code);
  if (product >= 0) return &tables.world.products[static_cast<std::size_t>(product)];
  note_outside_product(tables, role, code);
  return nullptr;
}

void import_excluded(const SideTables& tables) {
  Table table(tables.manifest.excluded.path, {{}, false}, {{{"hs6"}}});
  const int hs6 = table.column({"hs6"});
  const int in_scope = table.find_column({"in_scope"});  // 1 keeps a product in scope that is not by itself, 9999xx
  for_each_code(table, hs6, &Table::hs6, [&](const std::string& code) {
    Product* product = find_product(tables, "excluded", code);
    if (product == nullptr) return;
    product->in_scope = in_scope >= 0 && table.number(in_scope) == 1.0;
    if (!product->in_scope) tables.notices.add("note", "products.excluded", "products out of scope", code);
  });
  tables.world.sources.push_back(table.fingerprint("excluded"));
}

/// The user's names of products, mostly shorter than those of the classification.
void import_names(const SideTables& tables) {
  CodeNames names = read_code_names(tables.manifest.product_names.path, "names", &Table::hs6);
  for (auto& [code, name] : names.name_of)
    if (Product* product = find_product(tables, "names", code)) product->name = std::move(name);
  tables.world.sources.push_back(std::move(names.source));
}

/// Two, four or six digits; one lost zero at the front is put back.
std::string read_prefix(const Table& table, int column) {
  std::string code(table.cell(column));
  if (code.empty() || code.size() > 6 || code.find_first_not_of("0123456789") != std::string::npos)
    throw input_error("\"" + code + "\" is no HS code", table.where(), "write two, four or six digits");
  if (code.size() % 2 == 1) code.insert(0, 1, '0');
  return code;
}

/// Sector names by prefix.
std::map<std::string, std::string> read_sectors(const SideTables& tables) {
  std::map<std::string, std::string> sectors;
  if (!tables.manifest.sectors.given()) {
    for (std::size_t i = 0; i < built_in_sector_count; ++i) {
      sectors.emplace(built_in_sectors[i].prefix, built_in_sectors[i].sector);
    }
    return sectors;
  }
  Table table(tables.manifest.sectors.path, {{}, false}, {{{"hs6", "prefix", "hs", "code"}, {"sector"}}});
  const int prefix = table.column({"hs6", "prefix", "hs", "code"});
  const int sector = table.column({"sector"});
  for_each_code(table, prefix, read_prefix, [&](const std::string& code) {
    const std::string name = one_line_name(table.cell(sector));
    if (name.empty()) throw input_error("code " + code + " has no sector", table.where(), "name one");
    sectors.emplace(code, name);
  });
  tables.world.sources.push_back(table.fingerprint("sectors"));
  return sectors;
}

void assign_sectors(const SideTables& tables) {
  const std::map<std::string, std::string> sectors = read_sectors(tables);
  const std::string unnamed = "Products without a sector";
  World& world = tables.world;
  // Sectors in the order of the first product code in each: an order that rows of the table cannot change.
  std::map<std::string, std::int32_t> index_of;
  for (Product& product : world.products) {
    const std::string* name = &unnamed;
    for (std::size_t digits = 6; digits >= 2; digits -= 2) {
      const auto found = sectors.find(product.code.substr(0, digits));
      if (found == sectors.end()) continue;
      name = &found->second;
      break;
    }
    if (name == &unnamed) {
      tables.notices.add("note", "sectors.missing", "products that the sector table does not cover", product.code);
    }
    const auto [known, is_new] = index_of.emplace(*name, static_cast<std::int32_t>(world.sectors.size()));
    if (is_new) world.sectors.push_back(*name);
    product.sector = known->second;
  }
}

Processing level_of(const std::string& bec) {
  for (const char* raw : {"111", "112", "210", "310"}) {
    if (bec == raw) return Processing::raw;
  }
  for (const char* semi : {"121", "220", "320", "322"}) {
    if (bec == semi) return Processing::semi_processed;
  }
  return Processing::processed;
}

void import_processing(const SideTables& tables) {
  Table table(tables.manifest.processing.path, {{}, false}, {{{"hs6"}, {"bec4"}}});
  const int hs6 = table.column({"hs6"});
  const int bec4 = table.column({"bec4"});
  for_each_code(table, hs6, &Table::hs6, [&](const std::string& code) {
    const std::string_view cell = table.cell(bec4);
    std::string bec(is_missing(cell) ? std::string_view() : cell);
    if (bec.size() > 3 || bec.find_first_not_of("0123456789") != std::string::npos)
      throw input_error("bec4 \"" + bec + "\" is no BEC class", table.where(), "write one to three digits");
    Product* product = find_product(tables, "processing", code);
    if (product == nullptr || bec.empty()) return;
    bec.resize(3, '0');  // classes of one or two digits are padded as the rest of the table has it: 21 is 210
    product->processing = level_of(bec);
  });
  tables.world.sources.push_back(table.fingerprint("processing"));
  for (const Product& product : tables.world.products) {
    if (product.processing != Processing::unknown) continue;
    tables.notices.add("note", "processing.missing", "products without a level of processing", product.code);
  }
}

}  // namespace

void import_product_lists(const SideTables& tables) {
  if (tables.manifest.excluded.given()) import_excluded(tables);
  assign_sectors(tables);
  if (tables.manifest.processing.given()) import_processing(tables);
  if (tables.manifest.product_names.given()) import_names(tables);
}

}  // namespace potentia
