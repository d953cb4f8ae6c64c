// A folder of small files to import: METHOD.md's world of three countries and two products, to be changed by tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "io/import/import.hpp"
#include "io/sha256.hpp"
#include "kernels/error.hpp"

namespace potentia {

class ImportFolder : public ::testing::Test {
protected:
  ImportFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "potentia-import-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    put("BACI_HS17_Y2023.csv", trade());
    put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n418,\"Lao People's Dem. Rep.\",LA,LAO\n"
                             "156,China,CN,CHN\n764,Thailand,TH,THA\n");
    put("product_codes.csv", "code,description\n400121,\"Rubber: natural, smoked\"\n071410,Manioc\n090111,Coffee\n");
    put("dist.csv", "iso_o;iso_d;dist\nLAO;CHN;2000\nCHN;LAO;2000\nLAO;THA;500\nTHA;LAO;500\nCHN;THA;2500\nTHA;CHN;2500\n");
    put("macro.csv", "iso3,year,gdp,population\nCHN,2023,100,10\nCHN,2028,124,9.9\nLAO,2023,50,1\nLAO,2028,61,1.07\n"
                     "THA,2023,10,1\nTHA,2028,11.5,1\n");
    put("sigma.csv", "hs6,sigma,income_elasticity\n071410,4,0.8\n400121,6,1.2\n");
  }
  ~ImportFolder() override {
    std::error_code none;
    std::filesystem::remove_all(folder_, none);
  }

  static std::string trade() {
    return "t,i,j,k,v,q\n"
           "2023,418,156,71410,30000.000,NA\n2023,418,156,400121,120000,12.5\n2023,418,764,71410,50000,\n"
           "2023,156,418,400121,2000,1\n2023,156,764,71410,1000,1\n2023,156,764,400121,40000,1\n"
           "2023,764,418,71410,4000,1\n2023,764,156,71410,600000,1\n2023,764,156,400121,900000,1\n";
  }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string put(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  /// The manifest, with tables replaced or added: name of the table → its lines.
  std::string manifest() const {
    std::map<std::string, std::string> tables = {
        {"world", "hs_revision = \"HS17\"\nbase_years = [2023]\nhorizon_year = 2028"},
        {"trade", "format = \"baci\"\nfiles = [\"BACI_*.csv\"]\ncountries = \"country_codes.csv\"\nproducts = \"product_codes.csv\""},
        {"distance", "format = \"cepii\"\nfile = \"dist.csv\""},
        {"macro", "format = \"tidy\"\nfile = \"macro.csv\""},
        {"elasticities", "format = \"tidy\"\nfile = \"sigma.csv\""}};
    for (const auto& [name, lines] : changed_) tables[name] = lines;
    std::string text;
    for (const auto& [name, lines] : tables) text += "[" + name + "]\n" + lines + "\n";
    return put("manifest.toml", text);
  }
  void set_table(const std::string& name, const std::string& lines) { changed_[name] = lines; }

  World import() const { return import_world(manifest(), options_); }

  /// The line that the import fails with; it must be an error of input.
  std::string failure() const {
    try {
      import();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::input) << error.what();
      std::string text = error.what();
      for (std::size_t at; (at = text.find(folder_ + "/")) != std::string::npos;) text.erase(at, folder_.size() + 1);
      return text;
    }
    ADD_FAILURE() << "the import succeeded";
    return {};
  }
  void expect_failure(const std::string& part) const {
    const std::string text = failure();
    EXPECT_NE(text.find(part), std::string::npos) << "got: " << text << "\nwanted: " << part;
  }

  static const Notice* notice(const World& world, const std::string& rule) {
    const auto found = std::find_if(world.notices.begin(), world.notices.end(),
                                    [&rule](const Notice& n) { return n.rule == rule; });
    return found == world.notices.end() ? nullptr : &*found;
  }
  static std::uint64_t count(const World& world, const std::string& rule) {
    const Notice* found = notice(world, rule);
    return found == nullptr ? 0 : found->count;
  }

  /// Trade in one line of text: year: product exporter>market=value …
  static std::string trade_text(const World& world) {
    std::string text;
    for (const TradeYear& year : world.trade) {
      text += std::to_string(year.year) + ":";
      for (std::size_t k = 0; k < world.product_count(); ++k) {
        for (std::uint64_t i = year.product_offset[k]; i < year.product_offset[k + 1]; ++i) {
          char value[40];
          std::snprintf(value, sizeof value, "%.17g", year.value[i]);
          text += " " + world.products[k].code + " " + world.countries[year.exporter[i]].iso3 + ">" +
                  world.countries[year.market[i]].iso3 + "=" + value;
        }
      }
      text += "\n";
    }
    return text;
  }

  ImportOptions options_;

private:
  std::string folder_;
  std::map<std::string, std::string> changed_;
};

}  // namespace potentia
