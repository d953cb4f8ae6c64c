// Trade files that are not as they should be: each fault with its file and line, or dropped and counted.
#include <string>
#include <vector>

#include "folder.hpp"

namespace potentia {
namespace {

class TradeFaults : public ImportFolder {
protected:
  /// The good file with one more row, on line 5 of 11.
  void put_with_row(const std::string& row) {
    std::string text = trade();
    std::size_t at = 0;
    for (int line = 1; line < 5; ++line) at = text.find('\n', at) + 1;
    put("BACI_HS17_Y2023.csv", text.insert(at, row + "\n"));
  }
};

struct FaultyRow {
  const char* row;
  const char* complaint;
  const char* rule;
};

const FaultyRow faulty_rows[] = {
    {"2023,999,156,71410,1,", "unknown country code \"999\" in column i", "trade.unknown_exporter"},
    {"2023,156,999,71410,1,", "unknown country code \"999\" in column j", "trade.unknown_market"},
    {"2023,LAX,156,71410,1,", "unknown country code \"LAX\"", "trade.unknown_exporter"},
    {"2023,156,-418,71410,1,", "unknown country code \"-418\"", "trade.unknown_market"},
    {"2023,4294967714,156,71410,1,", "unknown country code", "trade.unknown_exporter"},
    {"2023,156,156,71410,1,", "exporter and market are the same country, \"156\"", "trade.same_country"},
    {"2023,156,418,71411,1,", "unknown product code \"71411\"", "trade.unknown_product"},
    {"2023,156,418,7141,1,", "\"7141\" is no HS code of six digits", "trade.product_code"},
    {"2023,156,418,0714101,1,", "\"0714101\" is no HS code of six digits", "trade.product_code"},
    {"2023,156,418,7141a,1,", "\"7141a\" is no HS code of six digits", "trade.product_code"},
    {"2023,156,418,71410,-1,", "v \"-1\" is negative", "trade.value_negative"},
    {"2023,156,418,71410,inf,", "v \"inf\" is infinite", "trade.value_infinite"},
    {"2023,156,418,71410,1e400,", "v \"1e400\" is infinite", "trade.value_infinite"},
    {"2023,156,418,71410,nan,", "v \"nan\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,NA,", "v \"NA\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,,", "v \"\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,12 3,", "v \"12 3\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,1.2.3,", "v \"1.2.3\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,.,", "v \".\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,1e,", "v \"1e\" is not a number", "trade.value_text"},
    {"2023,156,418,71410,0x10,", "v \"0x10\" is not a number", "trade.value_text"},
    {"23,156,418,71410,1,", "t \"23\" is no year", "trade.year"},
    {"2023.5,156,418,71410,1,", "t \"2023.5\" is no year", "trade.year"},
    {"2023,156,418,71410", "not 6 fields", "trade.fields"},
    {"2023,156,418,71410,1", "not 6 fields", "trade.fields"},
    {"2023,156,418,71410,1,2,3", "not 6 fields", "trade.fields"},
    {"2023,156,418,\"71410,1,2", "a stray quotation mark", "trade.quotes"},
    {"nonsense", "not 6 fields", "trade.fields"},
};

TEST_F(TradeFaults, AreErrorsWithFileAndLine) {
  for (const FaultyRow& faulty : faulty_rows) {
    SCOPED_TRACE(faulty.row);
    put_with_row(faulty.row);
    for (const std::size_t block : {std::size_t{1}, std::size_t{50}, std::size_t{1} << 20}) {
      options_.block_bytes = block;
      expect_failure(faulty.complaint);
      expect_failure("(BACI_HS17_Y2023.csv:5); ");
    }
  }
}

TEST_F(TradeFaults, AreDroppedAndCountedWhenLenient) {
  const std::string clean = trade_text(import());
  options_.lenient = true;
  for (const FaultyRow& faulty : faulty_rows) {
    SCOPED_TRACE(faulty.row);
    put_with_row(faulty.row);
    const World world = import();
    EXPECT_EQ(trade_text(world), clean);
    EXPECT_EQ(count(world, faulty.rule), 1u);
  }
  put_with_row("2023,999,156,71410,1,\n2023,998,156,71410,1,\n2023,999,764,71410,1,");
  const Notice* drop = notice(import(), "trade.unknown_exporter");
  ASSERT_NE(drop, nullptr);
}

TEST_F(TradeFaults, TheFirstInTheOrderOfFilesAndLinesIsReported) {
  std::string many = "t,i,j,k,v,q\n";
  for (int row = 0; row < 3000; ++row) many += "2023,156,418,71410," + std::string(row == 1999 ? "x" : row > 1999 ? "y" : "1") + ",\n";
  put("BACI_HS17_Y2023.csv", many);
  put("BACI_a.csv", "t,i,j,k,v,q\n2023,1,156,71410,1,\n");  // after it by name
  for (const int threads : {1, 2, 7}) {
    for (const std::size_t block : {std::size_t{100}, std::size_t{4000}, std::size_t{1} << 20}) {
      options_.threads = threads;
      options_.block_bytes = block;
      expect_failure("v \"x\" is not a number (BACI_HS17_Y2023.csv:2001)");
    }
  }
}

TEST_F(TradeFaults, DuplicatesNameBothLines) {
  put_with_row("2023,764,156,400121,7,");
  expect_failure("the same year, exporter, market and product as in BACI_HS17_Y2023.csv:5 (BACI_HS17_Y2023.csv:11)");
  const std::string text = failure();
  EXPECT_EQ(text.find("--lenient"), std::string::npos) << "to keep one of two rows is no remedy: " << text;
}

TEST_F(TradeFaults, OfDuplicatesTheLargestStaysWhenLenient) {
  const std::string clean = trade_text(import());
  options_.lenient = true;
  for (const char* row : {"2023,764,156,400121,7,", "2023,764,156,400121,900000,"}) {
    put_with_row(std::string(row) + "\n" + row);
    const World world = import();
    EXPECT_EQ(trade_text(world), clean);
    EXPECT_EQ(count(world, "trade.duplicate"), 2u);
  }
}

TEST_F(TradeFaults, InTheHeader) {
  const std::string rows = trade().substr(trade().find('\n'));
  const std::pair<const char*, const char*> headers[] = {
      {"t,i,j,k,q", "missing column \"v\" (BACI_HS17_Y2023.csv:1); a trade file starts with t,i,j,k,v,q"},
      {"t,i,m,k,v,q", "missing column \"j\", but there is \"m\" (BACI_HS17_Y2023.csv:1)"},
      {"t,i,j,k,v,v", "column \"v\" stands twice (BACI_HS17_Y2023.csv:1)"},
      {"2023,156,418,71410,1,2", "missing column \"t\", but there is \"2023\""},
      {"", "no header (BACI_HS17_Y2023.csv:1)"}};
  for (const auto& [header, complaint] : headers) {
    put("BACI_HS17_Y2023.csv", header + rows);
    expect_failure(complaint);
  }
  put("BACI_HS17_Y2023.csv", "");
  expect_failure("empty file (BACI_HS17_Y2023.csv)");
}

TEST_F(TradeFaults, ABaseYearWithoutARecord) {
  set_table("world", "hs_revision = \"HS17\"\nbase_years = [2022, 2023]\nhorizon_year = 2028");
  expect_failure("no trade in the base year 2022 (manifest.toml:");
  set_table("world", "hs_revision = \"HS17\"\nbase_years = [2023]\nhorizon_year = 2028");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n");
  expect_failure("no trade in the base year 2023");
}

TEST_F(TradeFaults, InTheCodeTables) {
  const auto with = [this](const char* file, const char* text, const char* complaint) {
    put(file, text);
    expect_failure(complaint);
  };
  with("product_codes.csv", "code,description\n0714,Manioc\n", "\"0714\" is no HS code of six digits (product_codes.csv:2)");
  with("product_codes.csv", "code,description\n0714101,Manioc\n", "(product_codes.csv:2)");
  with("product_codes.csv", "code,description\n71410,a\n071410,b\n", "product 071410 stands on line 2 too (product_codes.csv:3)");
  with("product_codes.csv", "kode,description\n71410,a\n", "missing column \"code\"");
  with("product_codes.csv", "code,description\n", "a product table without products");
  put("product_codes.csv", "code,description\n71410,a\n400121,b\n9999AA,c\n");
  EXPECT_EQ(count(import(), "products.not_numeric"), 1u);
  const std::string header = "country_code,country_name,country_iso2,country_iso3\n";
  with("country_codes.csv", (header + "156,China,CN,CHN\n156,Lao,LA,LAO\n").c_str(),
       "country_code 156 stands on line 2 too (country_codes.csv:3)");
  with("country_codes.csv", (header + "CHN,China,CN,CHN\n").c_str(), "country_code \"CHN\" is no code (country_codes.csv:2)");
  with("country_codes.csv", (header + "156,China,CN,ch-n\n").c_str(), "country_iso3 \"CH-N\" is no code (country_codes.csv:2)");
  with("country_codes.csv", (header + "156,China,CN\n").c_str(), "3 fields where the header has 4 (country_codes.csv:2)");
  with("country_codes.csv", (header + "156,\"China,CN,CHN\n418,Lao,LA,LAO\n").c_str(), "never closed (country_codes.csv:2)");
  with("country_codes.csv", "", "empty file (country_codes.csv)");
}

}  // namespace
}  // namespace potentia
