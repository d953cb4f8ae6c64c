// What import remembers of how it read each file, and which files of a manifest are missing.
#include "folder.hpp"
#include "io/import/manifest.hpp"

namespace potentia {
namespace {

class Report : public ImportFolder {
protected:
  /// Reports of the files of one role, a line of words each.
  std::string of(const std::string& role) const {
    std::string text;
    for (const SourceFile& source : import().sources) {
      if (source.role != role) continue;
      const FileReport& report = source.report;
      text += report.table + ": " + report.kind;
      for (const std::string& word : {report.encoding, report.separator}) text += word.empty() ? "" : ", " + word;
      if (report.decimal_comma) text += ", decimal comma";
      text += "; ";
      for (const FileReport::Column& column : report.columns) {
        text += column.name + (column.taken_for.empty() ? " " : " (" + column.taken_for + ") ");
      }
      text += "+" + std::to_string(report.further_columns) + "; " + std::to_string(report.rows) + " rows";
      if (report.first_year != 0) text += ", " + std::to_string(report.first_year) + "-" + std::to_string(report.last_year);
      text += "\n";
    }
    return text;
  }
};

TEST_F(Report, SaysHowTextIsWrittenAndWhatItsColumnsAreTakenFor) {
  EXPECT_EQ(of("distance"), "dist.csv: text, UTF-8, semicolon; iso_o (exporter) iso_d (market) dist (distance in km) +0; 6 rows\n");
  EXPECT_EQ(of("macro"), "macro.csv: text, UTF-8, comma; iso3 (country) year gdp (GDP) population +0; 6 rows, 2023-2028\n");
  put("dist.csv", "x\tISO3_O\tiso3_d\tdist\n1\tLAO\tCHN\t2000,5\n1\tCHN\tLAO\t\n1\tLAO\tTHA\t1,25\n");
  EXPECT_EQ(of("distance"), "dist.csv: text, UTF-8, tab, decimal comma; ISO3_O (exporter) iso3_d (market) dist (distance in km) +1; 3 rows\n");
}

TEST_F(Report, SaysTheEncoding) {
  put("product_codes.csv", "code,description\n400121,Rubber\n071410,Manioc \xe9\n");
  EXPECT_EQ(of("products").substr(0, 43), "product_codes.csv: text, Windows-1252, comm");
  std::string wide = "\xff\xfe";
  for (const char c : std::string("code,description\n400121,Rubber\n071410,Manioc\n")) wide += std::string{c, '\0'};
  put("product_codes.csv", wide);
  EXPECT_EQ(of("products").substr(0, 33), "product_codes.csv: text, UTF-16, ");
}

TEST_F(Report, YearsSideBySideAreOneColumn) {
  set_table("macro", "format = \"wdi\"\nfile = \"wdi.csv\"");
  std::string rows;
  for (const char* code : {"LAO", "CHN", "THA"}) {
    for (const char* series : {"NY.GDP.MKTP.KD", "SP.POP.TOTL"}) rows += std::string("x,") + code + ",y," + series + ",1,2,3\n";
  }
  put("wdi.csv", "Country Name,Country Code,Indicator Name,Indicator Code,2023,2024,2028\n" + rows);
  EXPECT_EQ(of("macro"), "wdi.csv: text, UTF-8, comma; Country Code (country) Indicator Code (series) 2023 ... 2028 (years) +2; 6 rows, 2023-2028\n");
}

TEST_F(Report, TradeIsToldToo) {
  EXPECT_EQ(of("trade"), "BACI_HS17_Y2023.csv: text, UTF-8, comma; t (year) i (exporter) j (market) k (product) "
                         "v (value in thousand USD) +1; 9 rows, 2023-2023\n");
  // Decimal commas make a table of it, whose rows are counted once all the same.
  put("BACI_HS17_Y2023.csv", "j;i;hs6;v;\"q\"\n156;418;71410;30000,5;1\n764;156;400121;4,25;1\n156;764;71410;1,5;1\n");
  EXPECT_EQ(of("trade"), "BACI_HS17_Y2023.csv: text, UTF-8, semicolon, decimal comma; j (market) i (exporter) hs6 (product) "
                         "v (value in thousand USD) +1; 3 rows, 2023-2023\n");
}

class MissingFiles : public ImportFolder {
protected:
  std::string found(const std::string& path) const {
    std::vector<MissingFile> missing;
    read_manifest(path, &missing);
    std::string text;
    for (const MissingFile& file : missing) {
      text += file.key + " " + file.name + " " + file.format + file.where.substr(file.where.find(".toml") + 5) + "\n";
    }
    return text;
  }
};

TEST_F(MissingFiles, AreAllFoundWithTheirKeysAndFormats) {
  EXPECT_EQ(found(manifest()), "");
  set_table("trade", "files = [\"BACI_HS92_*.csv\", \"BACI_HS17_Y2023.csv\", \"no.csv\"]\ncountries = \"country_codes.csv\"\nproducts = \"codes*\"");
  set_table("macro", "format = \"wdi\"\nfile = \"macro.csv\"\nprojection_format = \"weo\"\nprojection_file = \"weo.xlsx#A\"\n"
                     "[macro.population]\nformat = \"tidy\"\nfile = \"wpp.csv\"");
  set_table("products", "sectors = \"sectors.csv\"");
  EXPECT_EQ(found(manifest()),
            "trade.files BACI_HS92_*.csv :18:1\ntrade.files no.csv :18:1\ntrade.products codes* :20:1\n"
            "macro.projection_file weo.xlsx#A weo:11:1\nmacro.population.file wpp.csv tidy:14:1\nproducts.sectors sectors.csv :16:1\n");
}

TEST_F(MissingFiles, TheFirstIsAnErrorForImport) {
  set_table("distance", "file = \"no.csv\"");
  expect_failure("no such file: no.csv (manifest.toml:2:1); paths are relative to the manifest; `potentia check` says where");
}

TEST_F(MissingFiles, APatternThatOneFileMatchesNamesIt) {
  set_table("distance", "file = \"dist*.csv\"");
  EXPECT_EQ(count(import(), "distance.unknown_pairs"), 0U);
  put("distances.csv", "");
  expect_failure("2 files match \"dist*.csv\" (manifest.toml:2:1); name one of them");
  set_table("distance", "file = \"no*.csv\"");
  expect_failure("no file matches \"no*.csv\" (manifest.toml:2:1)");
}

}  // namespace
}  // namespace potentia
