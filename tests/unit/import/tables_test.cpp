// The tables beside trade, each in the layouts in which it is downloaded.
#include <cmath>
#include <string>
#include <vector>

#include "folder.hpp"

namespace potentia {
namespace {

std::string utf16(const std::string& ascii) {
  std::string text = "\xff\xfe";
  for (const char c : ascii) text += {c, '\0'};
  return text;
}

class Tables : public ImportFolder {
protected:
  void expect_failure_of(const std::string& file, const std::string& text, const std::string& complaint) {
    put(file, text);
    expect_failure(complaint);
  }
  static double distance(const World& world, int i, int j) {
    return world.distance[static_cast<std::size_t>(i) * world.country_count() + static_cast<std::size_t>(j)];
  }
  static double level(const World& world, const std::vector<double>& table, std::size_t country, std::int32_t year) {
    const auto at = std::find(world.macro.years.begin(), world.macro.years.end(), year) - world.macro.years.begin();
    return table.at(country * world.macro.years.size() + static_cast<std::size_t>(at));
  }
};
constexpr int CHN = 0, LAO = 1, THA = 2;

TEST_F(Tables, DistanceOfGeoDist) {
  put("dist.csv", "iso_o;iso_d;contig;dist;distw\r\nCHN;LAO;1;2000.5;.\r\nLAO;CHN;1;2000.5;1900\r\nFRA;LAO;0;9000;9000\r\n"
                  "CHN;CHN;0;5;5\r\n");
  const World world = import();
  EXPECT_EQ(distance(world, CHN, LAO), 2000.5);
  EXPECT_EQ(distance(world, CHN, CHN), 5);
  EXPECT_TRUE(std::isnan(distance(world, LAO, THA)));
  EXPECT_EQ(notice(world, "distance.country_outside_world")->whose, std::vector<std::string>{"FRA"});
  EXPECT_EQ(notice(world, "distance.country_without")->whose, std::vector<std::string>{"THA"});
  set_table("distance", "file = \"dist.csv\"\ncolumn = \"distw\"");
  EXPECT_TRUE(std::isnan(distance(import(), CHN, LAO)));
  EXPECT_EQ(distance(import(), LAO, CHN), 1900);
}

TEST_F(Tables, DistanceOfGravityIsThatOfTheLatestYearWithAValue) {
  put("dist.csv", "year,country_id_o,country_id_d,iso3_o,iso3_d,country_exists_o,country_exists_d,dist,distw_harmonic\n"
                  "2020,LAO,CHN,LAO,CHN,1,1,2001,1\n2021,LAO,CHN,LAO,CHN,1,1,2002,1\n2019,LAO,CHN,LAO,CHN,1,1,2000,1\n"
                  "2022,LAO,CHN,LAO,CHN,1,1,NA,1\n2021,LAO.1,CHN,LAO,CHN,0,1,7,1\n2023,LAO,CHN,LAO,CHN,1,1,,1\n");
  EXPECT_EQ(distance(import(), LAO, CHN), 2002);
}

TEST_F(Tables, DistanceFaults) {
  const std::string header = "iso_o,iso_d,dist\n";
  expect_failure_of("dist.csv", header + "LAO,CHN,0\n", "distance 0 is not above 0 (dist.csv:2)");
  expect_failure_of("dist.csv", header + "LAO,CHN,-3\n", "distance -3 is not above 0 (dist.csv:2)");
  expect_failure_of("dist.csv", header + "LAO,CHN,far\n", "dist \"far\" is not a number (dist.csv:2)");
  expect_failure_of("dist.csv", header + "LAO,CHN,inf\n", "dist \"inf\" is infinite (dist.csv:2)");
  expect_failure_of("dist.csv", header + "LAO,CHN,5\n\nTHA,CHN,5\nLAO,CHN,5\n",
                    "the pair LAO, CHN stands on line 2 too (dist.csv:5)");
  expect_failure_of("dist.csv", "iso_o,iso_d,distw\nLAO,CHN,5\n", "missing column \"dist\" (dist.csv:1)");
  expect_failure_of("dist.csv", "", "empty file (dist.csv)");
}

TEST_F(Tables, AliasesStandForCountries) {
  put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n418,Lao,LA,LAO\n156,China,CN,CHN\n"
                           "764,Thailand,TH,THA\n490,\"Other Asia, nes\",,S19\n626,Timor-Leste,TL,TLS\n");
  put("dist.csv", "iso_o,iso_d,dist\nTWN,TMP,3000\nLA1,CHN,4\n");
  set_table("aliases", "LA1 = \"LAO\"");
  const World world = import();  // CHN LAO S19 THA TLS
  EXPECT_EQ(distance(world, 2, 4), 3000);
  EXPECT_EQ(distance(world, 1, 0), 4);
  set_table("aliases", "LA1 = \"LAX\"");
  expect_failure("alias LA1 stands for \"LAX\", which is no country of this world (manifest.toml:");
  expect_failure("did you mean LAO?");
  set_table("aliases", "THA = \"LAO\"");
  expect_failure("alias THA is itself a country of this world");
}

TEST_F(Tables, MacroTidy) {
  put("macro.csv", "iso3,year,gdp,population\nLAO,2023,50,\nLAO,2028,61,NA\nCHN,2023,1e3,..\nCHN,2024,.,7\nTHA,2023,1,5\nTHA,2028,2,6\nATA,2023,1,1\n");
  const World world = import();
  EXPECT_EQ(world.macro.years, (std::vector<std::int32_t>{2023, 2024, 2028}));
  EXPECT_EQ(level(world, world.macro.gdp, LAO, 2028), 61);
  EXPECT_EQ(level(world, world.macro.population, CHN, 2024), 7);
  EXPECT_TRUE(std::isnan(level(world, world.macro.gdp, CHN, 2024)));
  EXPECT_EQ(notice(world, "macro.gdp_ratio_missing")->whose, (std::vector<std::string>{"CHN"}));
  EXPECT_EQ(count(world, "macro.population_ratio_missing"), 2u);
  EXPECT_EQ(count(world, "macro.country_outside_world"), 1u);
}

TEST_F(Tables, MacroFaults) {
  const std::string header = "iso3,year,gdp,population\n";
  expect_failure_of("macro.csv", header + "LAO,2023,0,1\n", "GDP of 2023 is not above 0 (macro.csv:2)");
  expect_failure_of("macro.csv", header + "LAO,2023,1,-1\n", "population of 2023 is not above 0 (macro.csv:2)");
  expect_failure_of("macro.csv", header + "LAO,2023,1,1\nLAO,2023,1,1\n", "GDP of LAO in 2023 stands in");
  expect_failure_of("macro.csv", header + "LAO,23,1,1\n", "\"23\" is no year (macro.csv:2)");
  expect_failure_of("macro.csv", header + "LAO,2023,a,1\n", "gdp \"a\" is not a number (macro.csv:2)");
  expect_failure_of("macro.csv", "iso3,year\nLAO,2023\n", "missing column \"gdp\" or \"population\"");
  expect_failure_of("macro.csv", header + "ATA,2023,1,1\n", "it has ATA, this world CHN, LAO, THA (macro.csv:1)");
}

const char* const wdi =
    "Country Name,Country Code,Series Name,Series Code,2022 [YR2022],2023 [YR2023]\n"
    "China,CHN,\"GDP (constant 2015 US$)\",NY.GDP.MKTP.KD,90,100\nLao PDR,LAO,GDP,NY.GDP.MKTP.KD,40,50\n"
    "China,CHN,\"Population, total\",SP.POP.TOTL,9,10\nLao PDR,LAO,Population,SP.POP.TOTL,..,1\n"
    "World,WLD,Population,SP.POP.TOTL,1,1\nChina,CHN,Other,XX,7,7\n,,,,,\n,,,,,\n"
    "Data from database: World Development Indicators,,,,,\nLast Updated: 01/01/2025,,,,,\n";

TEST_F(Tables, MacroOfTheWorldBankWithProjectionsOfTheImf) {
  put("wdi.csv", wdi);
  // National currency and other levels: only growth is taken, from 2023 on, which both have.
  put("weo.xls", utf16("WEO Country Code\tISO\tWEO Subject Code\tCountry\tUnits\tScale\tNotes\t2022\t2023\t2028\tEstimates\n"
                       "924\tCHN\tNGDP_R\tChina\tNational currency\tBillions\tA \"stray quote\t1,000.0\t2,000.0\t3,000.0\t2023\n"
                       "544\tLAO\tNGDP_R\tLao\tNational currency\tBillions\t\"whole\"\t--\t\"1,500.5\"\tn/a\t2023\n"
                       "924\tCHN\tLP\tChina\tPersons\tMillions\t\t1\t10\t5\t2023\n"
                       "544\tLAO\tLP\tLao\tPersons\tMillions\t\t2\tn/a\t3\t2023\n"
                       "924\tCHN\tPCPI\tChina\tIndex\t\t\tx\ty\tz\t2023\n"
                       "\nInternational Monetary Fund, World Economic Outlook Database\n"));
  set_table("macro", "format = \"wdi\"\nfile = \"wdi.csv\"\nprojection_format = \"weo\"\nprojection_file = \"weo.xls\"");
  const World world = import();
  EXPECT_EQ(level(world, world.macro.gdp, CHN, 2023), 100);
  EXPECT_EQ(level(world, world.macro.gdp, CHN, 2028), 150);
  EXPECT_TRUE(std::isnan(level(world, world.macro.gdp, LAO, 2028)));
  EXPECT_EQ(level(world, world.macro.population, CHN, 2028), 5);
  EXPECT_TRUE(std::isnan(level(world, world.macro.population, LAO, 2028))) << "no year that both have";
  EXPECT_EQ(notice(world, "macro.projection_without_history")->whose, std::vector<std::string>{"LAO"});
  EXPECT_EQ(notice(world, "macro.country_outside_world")->whose, std::vector<std::string>{"WLD"});
}

TEST_F(Tables, MacroOfTheImfAlone) {
  put("weo.xls", utf16("ISO\tWEO Subject Code\t2023\t2028\nCHN\tNGDP_R\t1,234.5\t2\nCHN\tLP\t1.5\t2\n"));
  set_table("macro", "format = \"weo\"\nfile = \"weo.xls\"");
  const World world = import();
  EXPECT_EQ(level(world, world.macro.gdp, CHN, 2023), 1234.5e9);
  EXPECT_EQ(level(world, world.macro.population, CHN, 2023), 1.5e6);
  put("weo.xls", utf16("ISO\tWEO Subject Code\t2023\t2028\nCHN\tNGDP_R\t1,234.5\t2\nCHN\tLP\t1.5\t0\n"));
  expect_failure("population of 2028 is not above 0 (weo.xls:3)");
  put("weo.xls", utf16("ISO\tWEO Subject Code\t2023\nCHN\tLP\t1\nCHN\tLP\t1\n"));
  expect_failure("LP of CHN stands in");
  put("weo.xls", utf16("ISO\tSubject\t2023\nCHN\tLP\t1\n"));
  expect_failure("missing column \"WEO Subject Code\" or \"Subject Descriptor\" or \"SERIES_CODE\" (weo.xls:");
  put("weo.xls", utf16("ISO\tWEO Subject Code\t2023\nCHN\tLP\t1\n") + "\xd8");
  expect_failure("UTF-16");
}

TEST_F(Tables, MacroOfTheWorldBanksSiteHasAFilePerSeriesAndAPreamble) {
  const auto file = [](const std::string& series, const std::string& cells) {
    return "\xef\xbb\xbf\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2025-01-28\",\n\n"
           "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2023\",\"2028\",\n"
           "\"Lao PDR\",\"LAO\",\"a, b\",\"" + series + "\"," + cells + ",\n";
  };
  put("gdp.csv", file("NY.GDP.MKTP.KD", "\"5\",\"6\""));
  put("population.csv", file("SP.POP.TOTL", "\"7\",\"8\""));
  set_table("macro", "format = \"wdi\"\nfile = [\"gdp.csv\", \"population.csv\"]");
  const World world = import();
  EXPECT_EQ(level(world, world.macro.gdp, LAO, 2028), 6);
  EXPECT_EQ(level(world, world.macro.population, LAO, 2023), 7);
}

TEST_F(Tables, MacroOfDataBankInAllThreeShapes) {
  const std::string long_rows =
      "Series Name,Series Code,Country Name,Country Code,Time,Time Code,Value\n"
      "GDP,NY.GDP.MKTP.KD,Laos,LAO,2023,YR2023,50\nGDP,NY.GDP.MKTP.KD,Laos,LAO,2028,YR2028,61\n"
      "Pop,SP.POP.TOTL,Laos,LAO,2023,YR2023,7\nPop,SP.POP.TOTL,Laos,LAO,2028,YR2028,8\nX,XX,Laos,LAO,2023,YR2023,no\n";
  const std::string by_columns =
      "Country Name,Country Code,Time,Time Code,GDP (constant) [NY.GDP.MKTP.KD],\"Population, total [SP.POP.TOTL]\",Other [XX]\n"
      "Laos,LAO,2023,YR2023,50,7,no\nLaos,LAO,2028,YR2028,61,8,no\n";
  const std::string wide =
      "Country Name,Country Code,Series Name,Series Code,2023 [YR2023],2028 [YR2028]\nLaos,LAO,GDP,NY.GDP.MKTP.KD,50,61\n"
      "Laos,LAO,Pop,SP.POP.TOTL,7,8\n";
  for (const std::string& text : {long_rows, by_columns, wide}) {
    put("data.csv", text);
    set_table("macro", "format = \"wdi\"\nfile = \"data.csv\"");
    const World world = import();
    EXPECT_EQ(level(world, world.macro.gdp, LAO, 2028), 61) << text;
    EXPECT_EQ(level(world, world.macro.population, LAO, 2028), 8) << text;
  }
}

TEST_F(Tables, MacroOfTheImfWithoutCodesAndOfItsPortal) {
  // A selection by country: no subject code, no ISO; each series in two units.
  put("weo.txt",
      "Country\tSubject Descriptor\tUnits\tScale\t2023\t2028\n"
      "China\tGross domestic product, constant prices\tPercent change\t\t5\t4\n"
      "China\tGross domestic product, constant prices\tNational currency\tBillions\t100\t124\n"
      "China\tPopulation\tPersons\tMillions\t10\t9\nLao P.D.R.\tPopulation\tPersons\tMillions\t7\t8\n");
  set_table("macro", "format = \"weo\"\nfile = \"weo.txt\"");
  World world = import();
  EXPECT_EQ(level(world, world.macro.gdp, CHN, 2028), 124e9);
  EXPECT_EQ(level(world, world.macro.population, LAO, 2028), 8e6);
  put("weo.txt",
      "DATASET,SERIES_CODE,COUNTRY,INDICATOR,SCALE,UNIT,2023,2028\nWEO,LAO.NGDP_R.A,Laos,GDP,Billions,Currency,100,122\n"
      "WEO,LAO.LP.A,Laos,Population,Millions,Persons,100,107\nWEO,LAO.LUR.A,Laos,Unemployment,Units,Rate,x,y\n");
  world = import();
  EXPECT_EQ(level(world, world.macro.gdp, LAO, 2028), 122e9);
  EXPECT_EQ(level(world, world.macro.population, LAO, 2028), 107e6);
}

TEST_F(Tables, MacroLevelsFromGrowthBeginAnewBehindAGap) {
  put("weo.txt",
      "ISO\tWEO Subject Code\t2020\t2021\t2022\t2023\t2024\t2025\t2026\t2027\t2028\n"
      "LAO\tNGDP_RPCH\t5\t5\tn/a\t9\t10\t10\t10\t10\t10\nLAO\tLP\t1\t1\t1\t1\t1\t1\t1\t1\t2\n");
  set_table("macro", "format = \"weo\"\nfile = \"weo.txt\"");
  const World world = import();
  EXPECT_NEAR(level(world, world.macro.gdp, LAO, 2028) / level(world, world.macro.gdp, LAO, 2023), 1.61051, 1e-12);
  EXPECT_TRUE(std::isnan(level(world, world.macro.gdp, LAO, 2021)));
  EXPECT_EQ(notice(world, "macro.gdp_from_growth")->whose, std::vector<std::string>{"LAO"});
}

TEST_F(Tables, MacroFromTwoSources) {
  put("wpp.csv",
      "ISO3_code,Location,Variant,Time,PopTotal\nLAO,Laos,Medium,2023,7000\nLAO,Laos,Medium,2028,7700\nLAO,Laos,High,2028,9999\n"
      ",World,Medium,2023,8000000\n");
  put("gdp.csv", "iso3,year,gdp\nLAO,2023,50\nLAO,2028,61\n");
  set_table("macro", "gdp = {format = \"tidy\", file = \"gdp.csv\"}\npopulation = {format = \"wpp\", file = \"wpp.csv\"}");
  const World world = import();
  EXPECT_EQ(level(world, world.macro.gdp, LAO, 2028), 61);
  EXPECT_EQ(level(world, world.macro.population, LAO, 2028), 7.7e6);
}

TEST_F(Tables, MacroSaysWhatItHoldsAndWhatIsMissing) {
  put("wdi.csv", "Country Name,Country Code,Indicator Name,Indicator Code,2023,2028\nLaos,LAO,GDP (current US$),NY.GDP.MKTP.CD,5,6\n");
  set_table("macro", "format = \"wdi\"\nfile = \"wdi.csv\"");
  expect_failure("(NY.GDP.MKTP.KD) of any country of this world; the files hold NY.GDP.MKTP.CD");
  put("wdi.csv", "Country Name,Country Code,Indicator Name,Indicator Code,2023,2024\nLaos,LAO,GDP,NY.GDP.MKTP.KD,5,6\nLaos,LAO,P,SP.POP.TOTL,5,6\n");
  expect_failure("no country has GDP in both 2023 and 2028: the table covers 2023 to 2024");
  put("wdi.csv", "Country Name,Country Code,Indicator Name,Indicator Code,2023,2028\nLaos,LAO,GDP,NY.GDP.MKTP.KD,5,60\nLaos,LAO,P,SP.POP.TOTL,5,6\n");
  EXPECT_EQ(notice(import(), "macro.unusual_gdp_growth")->whose, std::vector<std::string>{"LAO 12"});
}

TEST_F(Tables, ElasticitiesTidyAndOfProTee) {
  put("sigma.csv", "hs6,sigma,income_elasticity\n71410,4.5,\n090111,3,1\n400121,NA,1.2\n");
  World world = import();
  EXPECT_EQ(world.sigma[0], 4.5);
  EXPECT_TRUE(std::isnan(world.sigma[1]));
  EXPECT_TRUE(std::isnan(world.income_elasticity[0]));
  EXPECT_EQ(world.income_elasticity[1], 1.2);
  EXPECT_EQ(notice(world, "elasticities.product_outside_world")->whose, std::vector<std::string>{"090111"});
  EXPECT_EQ(notice(world, "elasticities.sigma_missing")->whose, std::vector<std::string>{"400121"});
  put("sigma.csv", "HS6,zero,positive,sigma\n71410,0,0,-7.25\n400121,1,0,-3\n");
  set_table("elasticities", "format = \"protee\"\nfile = \"sigma.csv\"");
  world = import();
  EXPECT_EQ(world.sigma, (std::vector<double>{7.25, 3}));
  EXPECT_TRUE(world.income_elasticity.empty());
  expect_failure_of("sigma.csv", "HS6,zero,positive,sigma\n71410,0,0,7\n", "sigma 7 is not below 0 (sigma.csv:2)");
}

TEST_F(Tables, ElasticityFaults) {
  expect_failure_of("sigma.csv", "hs6,sigma\n71410,0\n", "sigma 0 is not above 0 (sigma.csv:2)");
  expect_failure_of("sigma.csv", "hs6,sigma\n71410,-2\n", "sigma -2 is not above 0 (sigma.csv:2)");
  expect_failure_of("sigma.csv", "hs6,sigma\n7141,2\n", "\"7141\" is no HS code of six digits (sigma.csv:2)");
  expect_failure_of("sigma.csv", "hs6,sigma\n71410,2\n071410,2\n", "product 071410 stands on line 2 too (sigma.csv:3)");
  expect_failure_of("sigma.csv", "hs6,sigmas\n71410,2\n", "missing column \"sigma\" (sigma.csv:1)");
  expect_failure_of("sigma.csv", "hs6,sigma\n71410,2,3\n", "3 fields where the header has 2 (sigma.csv:2)");
}

TEST_F(Tables, ProductLists) {
  put("excluded.csv", "hs6\n400121\n930100\n");
  put("sectors.csv", "prefix,sector\n07,Roots\n400121,\"Rubber, natural\"\n4001,Gums\n");
  put("bec.csv", "hs6,bec4\n71410,112\n400121,21\n");
  set_table("products", "excluded = \"excluded.csv\"\nsectors = \"sectors.csv\"\nprocessing = \"bec.csv\"");
  const World world = import();
  EXPECT_TRUE(world.products[0].in_scope);
  EXPECT_FALSE(world.products[1].in_scope);
  EXPECT_EQ(world.sectors, (std::vector<std::string>{"Roots", "Rubber, natural"})) << "the longest prefix decides";
  EXPECT_EQ(world.products[1].sector, 1);
  EXPECT_EQ(world.products[0].processing, Processing::raw);
  EXPECT_EQ(world.products[1].processing, Processing::raw);
  EXPECT_EQ(count(world, "excluded.product_outside_world"), 1u);
  put("bec.csv", "hs6,bec4\n71410,121\n");
  EXPECT_EQ(import().products[0].processing, Processing::semi_processed);
  EXPECT_EQ(import().products[1].processing, Processing::unknown);
  expect_failure_of("bec.csv", "hs6,bec4\n71410,food\n", "bec4 \"food\" is no BEC class (bec.csv:2)");
  put("bec.csv", "hs6,bec4\n");
  expect_failure_of("sectors.csv", "prefix,sector\n07,Roots\n7,Gums\n", "code 07 stands on line 2 too (sectors.csv:3)");
  expect_failure_of("sectors.csv", "prefix,sector\n07x,Roots\n", "\"07x\" is no HS code (sectors.csv:2)");
  put("sectors.csv", "prefix,sector\n07,Roots\n");
  EXPECT_EQ(notice(import(), "sectors.missing")->whose, std::vector<std::string>{"400121"});
  expect_failure_of("excluded.csv", "hs6\n400121\n400121\n", "code 400121 stands on line 2 too (excluded.csv:3)");
}

TEST_F(Tables, NamesOfOnesOwn) {
  const std::string before = import().products[1].name;
  put("names.csv", "hs6,name\n71410,\"Cassava, dried\"\n930100,Guns\n");
  set_table("products", "names = \"names.csv\"");
  const World world = import();
  EXPECT_EQ(world.products[0].name, "Cassava, dried");
  EXPECT_EQ(world.products[1].name, before);
  EXPECT_EQ(count(world, "names.product_outside_world"), 1u);
  expect_failure_of("names.csv", "hs6,name\n71410,\n", "code 071410 has no name (names.csv:2)");
  expect_failure_of("names.csv", "hs6,name\n71410,a\n930100,\n", "code 930100 has no name (names.csv:3)");
  expect_failure_of("names.csv", "hs6,name\n71410,a\n071410,b\n", "code 071410 stands on line 2 too (names.csv:3)");
}

TEST_F(Tables, TariffsAreOptionalAndTheirAbsenceIsNoted) {
  const World world = import();
  EXPECT_TRUE(world.tariffs.empty());
  EXPECT_EQ(count(world, "tariffs.none"), 1u);
}

TEST_F(Tables, BuiltInSectorsCoverEveryProduct) {
  std::string products = "code,description\n", trade = "t,i,j,k,v\n";
  for (const char* code : {"030000", "110814", "180100", "252310", "310420", "400121", "870000", "990000"}) {
    products += std::string(code) + ",x\n";
    trade += "2023,156,418," + std::string(code) + ",1\n";
  }
  put("product_codes.csv", products);
  put("BACI_HS17_Y2023.csv", trade);
  const World world = import();
  EXPECT_EQ(world.sectors, (std::vector<std::string>{"Live animals, meat, fish and dairy", "Horticulture",
                                                     "Coffee, spices, cocoa and oilseeds", "Mineral and metal products",
                                                     "Chemicals", "Wood, paper, rubber and plastics", "Vehicles",
                                                     "Manufactured products n.e.s."}));
  EXPECT_EQ(count(world, "sectors.missing"), 0u);
}

TEST_F(Tables, LogisticsAreMatchedByName) {
  const std::string header = "\xef\xbb\xbf" "Economy,Current_Year,Region,LPI_Score,LPI_Grouped_Rank,Customs_Score,Infrastructure_Score,"
                             "International_Shipments_Score,Logistics_Competence_and_Quality_Score,Timeliness_Score,"
                             "Tracking_and_Tracing_Score\n";
  put("lpi.csv", header + "Thailand,2023,Asia,3.5,34,3.3,3.7,3.5,3.5,3.5,3.6\nLao PDR,2023,Asia,2.4,115,2.3,2.3,2.3,2.4,2.8,\n"
                          "Atlantis,2023,Asia,2.4,115,2.3,2.3,2.3,2.4,2.8,2.2\nLao PDR,2018,Asia,2.7,82,2.6,2.4,2.7,2.6,2.8\n");
  set_table("logistics", "format = \"lpi\"\nfile = \"lpi.csv\"");
  const World world = import();
  EXPECT_EQ(world.logistics.country, (std::vector<std::int32_t>{LAO, THA}));
  ASSERT_EQ(world.logistics.components.size(), 7u);
  ASSERT_EQ(world.logistics.score.size(), 14u);
  EXPECT_EQ(world.logistics.score[0], 2.4);
  EXPECT_TRUE(std::isnan(world.logistics.score[6]));
  EXPECT_EQ(world.logistics.score[13], 3.6);
  EXPECT_EQ(notice(world, "logistics.unmatched")->whose, std::vector<std::string>{"Atlantis"});
  EXPECT_EQ(count(world, "logistics.short_row"), 1u);
  expect_failure_of("lpi.csv", header + "Thailand,2023,A,1,1,1,1,1,1,1,1\nThailand,2023,A,1,1,1,1,1,1,1,1\n",
                    "Thailand in 2023 stands on line 2 too (lpi.csv:3)");
}

TEST_F(Tables, UseOfPreferences) {
  put("use.csv", "market,regime,exporter,year,share_used\nCHN,LDC,LAO,2022,0.6\nCHN,LDC,LAO,2021,0.5\nEU,EBA,LAO,2021,\n");
  set_table("utilization", "file = \"use.csv\"");
  const World world = import();
  EXPECT_EQ(world.utilization.year, (std::vector<std::int32_t>{2021, 2022}));
  EXPECT_EQ(world.utilization.share, (std::vector<double>{0.5, 0.6}));
  expect_failure_of("use.csv", "market,regime,exporter,year,share_used\nCHN,LDC,LAO,2022,60\n", "(use.csv:2)");
}

}  // namespace
}  // namespace potentia
