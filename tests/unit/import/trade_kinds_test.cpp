// Trade files of other releases and programs, and what must not pass for trade.
#include <algorithm>

#include "folder.hpp"

namespace potentia {
namespace {

class TradeKinds : public ImportFolder {
protected:
  const std::string rows_ = "2023,418,156,71410,1,\n2023,156,764,400121,2,\n";
  const std::string flows_ = "2023: 071410 LAO>CHN=1000 400121 CHN>THA=2000\n";
  void expect_flows(const std::string& text) {
    put("BACI_HS17_Y2023.csv", text);
    EXPECT_EQ(trade_text(import()), flows_) << text;
  }
};

TEST_F(TradeKinds, HeadersInAnyOrderCaseAndCompany) {
  expect_flows("t,i,j,k,v,q\n" + rows_);
  expect_flows("\"T\", \"I\",\"J\",\"HS6\",\"V\",\"Q\"\n" + rows_);
  expect_flows("t|i|j|k|v\n2023|418|156|71410|1\n2023|156|764|400121|2\n");
  expect_flows("v,note,hs6,t,j,i\n1,\"a, \"\"b\"\"\",071410,2023,156,418\n2,,400121,2023,764,156\n");
  expect_flows("t,i,j,k,v,q,,\n2023,418,156,71410,1,,,\n2023,156,764,400121,2,,,\n");
  expect_flows("i,j,hs6,v,q\n418,156,71410,1,NA\n156,764,400121,2,NA\n");  // the year is in the file's name
  expect_flows("t,i,j,k,v\n2023.0,418.0,156.0,71410.0,1.0\n2023,0156,764,400121.0,2\n");
  expect_flows("t,i,j,k,v\n2023,LAO,chn,71410,1\n2023,CHN,THA,400121,2\n");
}

std::string utf16(const std::string& text, bool little) {
  std::string wide = little ? "\xff\xfe" : "\xfe\xff";
  for (const char c : text) wide += little ? std::string{c, '\0'} : std::string{'\0', c};
  return wide;
}

TEST_F(TradeKinds, EncodingsLineEndsAndNumbersOfOtherPrograms) {
  const std::string plain = "t,i,j,k,v,q\n" + rows_;
  expect_flows("\xef\xbb\xbf" + plain);
  expect_flows(utf16(plain, true));
  expect_flows(utf16(plain, false));
  std::string returns = plain;
  std::replace(returns.begin(), returns.end(), '\n', '\r');
  expect_flows(returns);
  expect_flows("t;i;j;k;v;q\n2023;418;156;71410;1,0;\n2023;156;764;400121;2,000;\n");
  expect_flows("t,i,j,k,v\n2023,418,156,71410,\"1,0\"\n2023,156,764,400121,2\n");
  expect_flows("i;j;hs6;v\n418;156;071410;1,00\n156;764;400121;2,0\n");
}

TEST_F(TradeKinds, CommasMeanOneThingInAFile) {
  put("BACI_HS17_Y2023.csv", "t;i;j;k;v\n2023;418;156;71410;1.159,5\n2023;156;764;400121;2.000\n");
  EXPECT_EQ(trade_text(import()), "2023: 071410 LAO>CHN=1159500 400121 CHN>THA=2000000\n");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v\n2023,418,156,71410,\"1,234,567.5\"\n2023,156,764,400121,\"2,000\"\n");
  EXPECT_EQ(trade_text(import()), "2023: 071410 LAO>CHN=1234567500 400121 CHN>THA=2000000\n");
  put("BACI_HS17_Y2023.csv", "t;i;j;k;v\n2023;418;156;71410;1,5\n2023;156;764;400121;2.5\n");
  expect_failure("decimal commas and decimal points in one table");
}

TEST_F(TradeKinds, FaultsOfTablesHaveTheirLines) {
  const std::string head = "t;i;j;k;v\n2023;418;156;71410;1,5\n\n";
  put("BACI_HS17_Y2023.csv", head + "2023;999;156;71410;1,5\n");
  expect_failure("unknown country code \"999\" in column i (BACI_HS17_Y2023.csv:4)");
  put("BACI_HS17_Y2023.csv", head + "2023;156;418;71410;1,5x\n");
  expect_failure("v \"1,5x\" is not a number (BACI_HS17_Y2023.csv:4)");
  put("BACI_HS17_Y2023.csv", head + "2023;418;156;71410;2,5\n");
  expect_failure("as in BACI_HS17_Y2023.csv:2 (BACI_HS17_Y2023.csv:4)");
  options_.lenient = true;
  put("BACI_HS17_Y2023.csv", head + "2023;156;418;71410;x,5\n");
  EXPECT_EQ(trade_text(import()), "2023: 071410 LAO>CHN=1500\n");
  put("BACI_HS17_Y2023.csv", "<html><body>Not found</body></html>");
  expect_failure("web page");
}

TEST_F(TradeKinds, WithoutTheYearAnywhere) {
  set_table("trade", "format = \"baci\"\nfiles = [\"trade.csv\"]\ncountries = \"country_codes.csv\"\nproducts = \"product_codes.csv\"");
  put("trade.csv", "i,j,k,v,q\n418,156,71410,1,\n");
  expect_failure("missing column \"t\" (trade.csv:1)");
}

TEST_F(TradeKinds, ManyShortRowsWithoutAYearFit) {
  std::string text = "i,j,k,v\n", products = "code,description\n";
  for (int k = 10000; k < 10900; ++k) {
    text += "4,8," + std::to_string(k) + ",1\n";
    products += std::to_string(k) + ",p\n";
  }
  put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n4,China,CN,CHN\n8,Lao,LA,LAO\n764,Thailand,TH,THA\n");
  put("product_codes.csv", products);
  put("sigma.csv", "hs6,sigma\n010000,4\n");
  put("BACI_HS17_Y2023.csv", text);
  EXPECT_EQ(import().trade[0].value.size(), 900u);
}

TEST_F(TradeKinds, AnotherRevisionIsAnError) {
  put("BACI_HS12_Y2022_V202501.csv", "t,i,j,k,v\n2022,418,156,71410,1\n");
  expect_failure("a file of HS12 in a world of HS17 (BACI_HS12_Y2022_V202501.csv)");
  set_table("world", "hs_revision = \"HS12\"\nbase_years = [2023]\nhorizon_year = 2028");
  expect_failure("a file of HS17 in a world of HS12 (BACI_HS17_Y2023.csv)");
}

TEST_F(TradeKinds, TwoReleasesAndTwoFilesOfAYearAreErrors) {
  set_table("trade", "format = \"baci\"\nfiles = [\"BACI_HS17_Y2*_V*.csv\"]\ncountries = \"country_codes.csv\"\nproducts = \"product_codes.csv\"");
  put("BACI_HS17_Y2023_V202501.csv", "t,i,j,k,v,q\n" + rows_);
  put("BACI_HS17_Y2022_V202401.csv", "t,i,j,k,v\n2022,418,156,71410,1\n");
  expect_failure("two releases of the trade files: BACI_HS17_Y2022_V202401.csv and BACI_HS17_Y2023_V202501.csv");
  set_table("trade", "format = \"baci\"\nfiles = [\"BACI_HS17_Y2023_V202501.csv\", \"more.csv\"]\ncountries = \"country_codes.csv\"\nproducts = \"product_codes.csv\"");
  put("more.csv", "t,i,j,k,v\n2022,418,156,71410,1\n2023,764,156,71410,1\n");
  expect_failure("the year 2023 is in BACI_HS17_Y2023_V202501.csv too (more.csv)");
}

TEST_F(TradeKinds, StatisticalCodesAreDroppedAndCounted) {
  put("product_codes.csv", "code,description\n400121,a\n071410,b\n9999AA,c\n999999,d\n");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,156,418,9999AA,5,\n2023,156,418,TOTAL,5,\n2023,156,418,999999,5,\n");
  World world = import();
  EXPECT_EQ(trade_text(world), "2023: 071410 LAO>CHN=1000 400121 CHN>THA=2000 999999 CHN>LAO=5000\n");
  EXPECT_EQ(count(world, "trade.product_not_numeric"), 2u);
  EXPECT_FALSE(world.products[2].in_scope);
  EXPECT_TRUE(world.products[1].in_scope);
  set_table("products", "excluded = \"excluded.csv\"");
  put("excluded.csv", "hs6,in_scope\n999999,1\n400121,0\n");
  world = import();
  EXPECT_TRUE(world.products[2].in_scope);
  EXPECT_FALSE(world.products[1].in_scope);
}

TEST_F(TradeKinds, TheWorldIsNoPartner) {
  put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n418,Lao,LA,LAO\n156,China,CN,CHN\n"
                           "764,Thailand,TH,THA\n900,World,,WWW\n");  // what a table calls the world is no country either
  for (const char* code : {"0", "WLD", "World", "000", "900"}) {
    put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,418," + code + ",71410,1,\n2023," + code + ",156,71410,1,\n");
    options_.lenient = false;
    const std::string text = failure();
    EXPECT_NE(text.find("is the world: the total over all partners"), std::string::npos) << text;
    EXPECT_NE(text.find("(BACI_HS17_Y2023.csv:4)"), std::string::npos) << text;
    EXPECT_EQ(text.find("country table"), std::string::npos) << text;
    std::string wrong;
    ASSERT_TRUE(read_lenient_kinds("world_total", options_.lenient, wrong));
    EXPECT_EQ(trade_text(import()), flows_);
    EXPECT_EQ(count(import(), "trade.world_total"), 2u);
  }
}

TEST_F(TradeKinds, FlowsOfTwoCodesOfOneCountryAreSummed) {
  put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n418,Lao,LA,LAO\n156,China,CN,CHN\n"
                           "764,Thailand,TH,THA\n736,Fmr Lao,LA,LAO\n");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,736,156,71410,7,\n" + rows_ + "2023,764,736,400121,9,\n2023,736,764,71410,5,\n");
  const World world = import();
  EXPECT_EQ(trade_text(world), "2023: 071410 LAO>CHN=8000 071410 LAO>THA=5000 400121 CHN>THA=2000 400121 THA>LAO=9000\n");
  EXPECT_EQ(count(world, "trade.codes_summed"), 1u);
  EXPECT_EQ(notice(world, "trade.codes_summed")->whose, std::vector<std::string>{"LAO"});
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,736,156,71410,7,\n" + rows_ + "2023,736,156,71410,7,\n");
  expect_failure("as in BACI_HS17_Y2023.csv:2 (BACI_HS17_Y2023.csv:5)");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,736,418,71410,7,\n");
  expect_failure("exporter and market are the same country, \"736\" and \"418\"");
}

TEST_F(TradeKinds, LenientDropsTheKindsThatAreNamedOnly) {
  std::string wrong;
  ASSERT_TRUE(read_lenient_kinds(" self_trade , unknown_code", options_.lenient, wrong));
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,418,418,71410,1,\n2023,999,418,71410,1,\n");
  EXPECT_EQ(trade_text(import()), flows_);
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,418,764,71410,x,\n");
  expect_failure("v \"x\" is not a number");
  EXPECT_FALSE(read_lenient_kinds("self_trade,selv", options_.lenient, wrong));
  EXPECT_EQ(wrong, "selv");
}

TEST_F(TradeKinds, LenientStopsWhereItWouldDropTooMuch) {
  options_.lenient = true;
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,418,156,71410,1 kUSD,\n2023,156,764,400121,2 kUSD,\n");
  expect_failure("all 2 rows were dropped: 2 rows whose value is no number (BACI_HS17_Y2023.csv)");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,418,156,400121,,\n2023,156,418,400121,,\n2023,156,764,71410,,\n");
  expect_failure("3 of 5 rows with 0.0 % of the value would be dropped");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,999,156,71410,4,\n");
  expect_failure("1 of 3 rows with 57.1 % of the value would be dropped");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n" + rows_ + "2023,999,156,71410,2,\n");
  EXPECT_EQ(trade_text(import()), flows_);
}

}  // namespace
}  // namespace potentia
