// See csv_export.hpp. The side tables are small next to the trade and are made as one string each.
#include "io/world/csv_export.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>

#include "io/output_file.hpp"
#include "io/world/csv_trade_export.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

/// One table in the making.
class CsvText {
public:
  explicit CsvText(const char* header) : text_(std::string(header) + '\n') {}

  CsvText& cell(const std::string& value) {
    separate();
    if (value.find_first_of(",\"\n\r") == std::string::npos && (value.empty() || value.front() != ' ')) {
      text_ += value;
      return *this;
    }
    text_ += '"';
    for (const char c : value) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
    return *this;
  }
  /// The shortest number that reads back as the same; `missing` for NaN.
  CsvText& cell(double value, const char* missing = "") {
    separate();
    char digits[40];
    if (std::isnan(value)) {
      text_ += missing;
    } else {
      text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    }
    return *this;
  }
  CsvText& cell(std::int64_t value) {
    separate();
    char digits[24];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    return *this;
  }
  void end_row() {
    text_ += '\n';
    first_ = true;
    empty_ = false;
  }
  bool empty() const noexcept { return empty_; }
  const std::string& text() const noexcept { return text_; }

private:
  void separate() {
    if (!first_) text_ += ',';
    first_ = false;
  }

  std::string text_;
  bool first_ = true;
  bool empty_ = true;
};

CsvText country_table(const World& world) {
  CsvText table("country_code,country_name,country_iso2,country_iso3");
  std::int64_t number = 0;
  for (const Country& country : world.countries) {
    table.cell(++number).cell(country.name).cell(country.iso2).cell(country.iso3).end_row();
  }
  return table;
}

CsvText product_table(const World& world) {
  CsvText table("code,description");
  for (const Product& product : world.products) table.cell(product.code).cell(product.name).end_row();
  return table;
}

CsvText distance_table(const World& world) {
  CsvText table("iso_o,iso_d,dist");
  const std::size_t countries = world.country_count();
  for (std::size_t i = 0; i < countries; ++i) {
    for (std::size_t j = 0; j < countries; ++j) {
      table.cell(world.countries[i].iso3).cell(world.countries[j].iso3);
      table.cell(world.distance[i * countries + j], ".").end_row();
    }
  }
  return table;
}

CsvText macro_table(const World& world) {
  CsvText table("iso3,year,gdp,population");
  const std::size_t years = world.macro.years.size();
  for (std::size_t c = 0; c < world.country_count(); ++c) {
    for (std::size_t y = 0; y < years; ++y) {
      table.cell(world.countries[c].iso3).cell(std::int64_t{world.macro.years[y]});
      table.cell(world.macro.gdp[c * years + y]).cell(world.macro.population[c * years + y]).end_row();
    }
  }
  return table;
}

CsvText rate_table(const Tariffs& tariffs, const std::vector<Product>& products) {
  CsvText table("market,regime,hs6,rate");
  for (std::size_t n = 0; n < tariffs.line_rate.size(); ++n) {
    table.cell(tariffs.schedules[tariffs.line_schedule[n]]).cell(tariffs.regimes[tariffs.line_regime[n]]);
    table.cell(products[tariffs.line_product[n]].code).cell(tariffs.line_rate[n]).end_row();
  }
  return table;
}

CsvText member_table(const Tariffs& tariffs, const std::vector<Country>& countries) {
  CsvText table("market,regime,exporter,first_year,last_year");
  for (std::size_t n = 0; n < tariffs.member_market.size(); ++n) {
    table.cell(countries[tariffs.member_market[n]].iso3).cell(tariffs.regimes[tariffs.member_regime[n]]);
    table.cell(countries[tariffs.member_exporter[n]].iso3);
    const auto year = [&table](std::int32_t value, std::int32_t open) {
      if (value == open) {
        table.cell(std::string());
      } else {
        table.cell(std::int64_t{value});
      }
    };
    year(tariffs.member_first_year[n], Tariffs::first_open);
    year(tariffs.member_last_year[n], Tariffs::last_open);
    table.end_row();
  }
  return table;
}

CsvText elasticity_table(const World& world) {
  if (!world.income_elasticity.empty() && world.income_elasticity.size() != world.product_count()) {
    throw input_error("income elasticities by market have no place in a table of products", "/elasticity/income",
                      "keep this world as HDF5");
  }
  CsvText table("hs6,sigma,income_elasticity");
  for (std::size_t k = 0; k < world.product_count(); ++k) {
    const double income = world.income_elasticity.empty() ? missing_value : world.income_elasticity[k];
    table.cell(world.products[k].code).cell(world.sigma[k]).cell(income).end_row();
  }
  return table;
}

CsvText excluded_table(const World& world) {
  CsvText table("hs6");
  for (const Product& product : world.products) {
    if (!product.in_scope) table.cell(product.code).end_row();
  }
  return table;
}

CsvText sector_table(const World& world) {
  CsvText table("hs6,sector");
  for (const Product& product : world.products) table.cell(product.code).cell(world.sectors[product.sector]).end_row();
  return table;
}

/// BEC classes that stand for the level: 111 raw, 220 semi-processed, 620 processed.
CsvText processing_table(const World& world) {
  CsvText table("hs6,bec4");
  for (const Product& product : world.products) {
    const char* bec = nullptr;
    switch (product.processing) {
      case Processing::unknown: continue;
      case Processing::raw: bec = "111"; break;
      case Processing::semi_processed: bec = "220"; break;
      case Processing::processed: bec = "620"; break;
    }
    table.cell(product.code).cell(std::string(bec)).end_row();
  }
  return table;
}

std::string toml_string(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return text + '"';
}

void make_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0) return;
  const int error = errno;
  struct stat status {};
  if (error == EEXIST && ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return;
  throw input_error(std::string("the folder cannot be made: ") + std::strerror(error), folder,
                    "choose a folder whose parent exists");
}

/// Writes the files of one world and, last, the manifest that names them.
class Exporter {
public:
  Exporter(const World& world, const std::string& folder, const std::string& version)
      : world_(world), folder_(folder), version_(version) {}

  double run() {
    make_folder(folder_);
    start_manifest();
    for (const TradeYear& trade : world_.trade) {
      flushing_ += export_trade_year(world_, trade, folder_ + "/" + trade_file(trade));
    }
    write("distance", "cepii", "file", "dist_cepii.csv", distance_table(world_));
    write("macro", "tidy", "file", "macro.csv", macro_table(world_));
    if (!world_.tariffs.empty()) {
      manifest_ += "[tariffs]\nrates = \"tariffs.csv\"\nmembers = \"regime_members.csv\"\n";
      write("tariffs.csv", rate_table(world_.tariffs, world_.products));
      write("regime_members.csv", member_table(world_.tariffs, world_.countries));
    }
    write("elasticities", "tidy", "file", "elasticities.csv", elasticity_table(world_));
    manifest_ += "[products]\n";
    write_optional("excluded", "excluded.csv", excluded_table(world_));
    write_optional("sectors", "sectors.csv", sector_table(world_));
    write_optional("processing", "processing_bec4.csv", processing_table(world_));
    write_output(folder_ + "/world.toml", manifest_);
    return flushing_;
  }

private:
  std::string trade_file(const TradeYear& trade) const {
    return "BACI_" + world_.hs_revision + "_Y" + std::to_string(trade.year) + "_V" + version_ + ".csv";
  }

  void start_manifest() {
    std::string years;
    for (const std::int32_t year : world_.base_years) years += (years.empty() ? "" : ", ") + std::to_string(year);
    const std::string countries = "country_codes_V" + version_ + ".csv";
    const std::string products = "product_codes_" + world_.hs_revision + "_V" + version_ + ".csv";
    manifest_ = "# A world as tables: potentia import world.toml -o world.h5\n[world]\n";
    if (!world_.title.empty()) manifest_ += "title = " + toml_string(world_.title) + "\n";
    manifest_ += "hs_revision = " + toml_string(world_.hs_revision) + "\nbase_years = [" + years +
                 "]\nhorizon_year = " + std::to_string(world_.horizon_year) + "\n";
    std::string files;
    for (const TradeYear& trade : world_.trade) files += (files.empty() ? "" : ", ") + toml_string(trade_file(trade));
    manifest_ += "[trade]\nformat = \"baci\"\nfiles = [" + files + "]\ncountries = " + toml_string(countries) +
                 "\nproducts = " + toml_string(products) + "\n";
    write(countries, country_table(world_));
    write(products, product_table(world_));
  }

  void write(const std::string& name, const CsvText& table) {
    check_interrupted();
    write_output(folder_ + "/" + name, table.text());
  }

  void write(const std::string& section, const char* format, const char* key, const std::string& name,
             const CsvText& table) {
    manifest_ += "[" + section + "]\nformat = \"" + format + "\"\n" + key + " = " + toml_string(name) + "\n";
    write(name, table);
  }

  void write_optional(const char* key, const std::string& name, const CsvText& table) {
    if (table.empty()) return;
    manifest_ += std::string(key) + " = " + toml_string(name) + "\n";
    write(name, table);
  }

  const World& world_;
  const std::string& folder_;
  const std::string& version_;
  std::string manifest_;
  double flushing_ = 0.0;
};

}  // namespace

double export_csv(const World& world, const std::string& folder, const std::string& version) {
  return Exporter(world, folder, version).run();
}

}  // namespace potentia
