// The tables beside trade: each reader fills its part of the world and notes what it leaves out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/import/codes.hpp"
#include "io/import/concordance.hpp"
#include "io/import/manifest.hpp"
#include "io/import/notice_book.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// What every reader works on. Countries, products and trade of the world are complete by then.
struct SideTables {
  const Manifest& manifest;
  const CountryCodes& countries;
  const ProductCodes& products;
  const Concordance& concordance;
  World& world;
  NoticeBook& notices;
};

// All of them throw Error(input) with file and line for a missing column, a value out of its range or a key that stands
// twice. Rows about countries or products outside this world are dropped and counted, with whose.

/// distance [exporter, market], from iso_o, iso_d and the chosen column. Of several years the latest with a value.
void import_distance(const SideTables& tables);

/// GDP and population by year; projections are chained on by growth.
void import_macro(const SideTables& tables);

/// Tariff lines and who may use which regime.
void import_tariffs(const SideTables& tables);

/// sigma and income_elasticity [products].
void import_elasticities(const SideTables& tables);

/// Scope, sectors, processing levels and own names of the products.
void import_product_lists(const SideTables& tables);

/// Logistics performance and use of preferences, for reports.
void import_logistics(const SideTables& tables);
void import_utilization(const SideTables& tables);

/// Counts the rows of a side table, and those that are about this world.
class WorldRows {
public:
  enum class CodesOf { countries, products };
  /// @param where the file, for the complaint
  WorldRows(const SideTables& tables, std::string where, CodesOf kind = CodesOf::countries)
      : tables_(tables), where_(std::move(where)), kind_(kind) {}

  /// @param code what the row calls a country or product that is none of this world
  void see(bool is_of_world, std::string_view code);

  /// @throws Error(input) if there were rows and none was about this world, with examples of its codes and of the world's
  void require_some() const;

private:
  const SideTables& tables_;
  std::string where_;
  CodesOf kind_;
  std::uint64_t rows_ = 0, of_world_ = 0;
  std::vector<std::string> examples_;
};

/// "that this world does not have" as one rule for every table: `<table>.country_outside_world`.
void note_outside_country(const SideTables& tables, const std::string& table, std::string_view code,
                          std::uint64_t count = 1);
void note_outside_product(const SideTables& tables, const std::string& table, const std::string& code,
                          std::uint64_t count = 1);

}  // namespace potentia
