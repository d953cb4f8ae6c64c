// Countries by whatever tables call them: other codes, numbers, names, priorities, and tables about another world.
#include <cmath>

#include "folder.hpp"
#include "io/country_codes.hpp"
#include "io/world/country_lookup.hpp"

namespace potentia {
namespace {

class Codes : public ImportFolder {
protected:
  Codes() {
    put("country_codes.csv", "country_code,country_name_abbreviation,country_name_full,iso_2digit_alpha,iso_3digit_alpha\n"
                             "230,Fmr Ethiopia,Former Ethiopia,ET,ETH\n231,Ethiopia,Ethiopia,ET,ETH\n"
                             "490,\"Other Asia, nes\",x,N/A,N/A\n688,Serbia,Serbia,RS,SRB\n156,China,China,CN,CHN\n"
                             "40,Austria,Austria,AT,AUT\n0,World,World,WL,WLD\n900,World,World,W,W00\n899,World,World,,WWW\n");
    put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,231,156,71410,1,\n2023,490,688,71410,2,\n2023,688,40,400121,3,\n");
    put("dist.csv", "iso_o,iso_d,dist\nTWN,SRB,9000\n");
    put("macro.csv", "iso3,year,gdp,population\nSRB,2023,1,1\nSRB,2028,2,1\n");
  }
  enum : std::size_t { AUT, CHN, ETH, S19, SRB, count };
  static double distance(const World& world, std::size_t i, std::size_t j) { return world.distance[i * count + j]; }
};

TEST_F(Codes, OfTheTradeFilesAreNamedByThePresentHolder) {
  const World world = import();
  ASSERT_EQ(world.country_count(), std::size_t{count});  // the world itself is none
  EXPECT_EQ(world.countries[ETH].name, "Ethiopia");
  EXPECT_EQ(world.countries[S19].iso3, "S19");  // code 490, whatever its table calls it
  EXPECT_EQ(world.countries[S19].iso2, "");
  EXPECT_EQ(distance(world, S19, SRB), 9000);
  EXPECT_EQ(notice(world, "countries.no_iso3"), nullptr);
}

TEST_F(Codes, MatchInAnyCaseAndBlanks) {
  put("dist.csv", "iso_o,iso_d,dist\n twn ,Srb,9000\n");
  EXPECT_EQ(distance(import(), S19, SRB), 9000);
}

TEST_F(Codes, ARowUnderTheCountrysOwnCodeBeatsOthersInAnyOrder) {
  for (const char* rows : {"SRB,CHN,1\nSCG,CHN,2\nYUG,CHN,3\n", "YUG,CHN,3\nSCG,CHN,2\nSRB,CHN,1\n", "SCG,CHN,2\nSRB,CHN,1\nYUG,CHN,3\n"}) {
    put("dist.csv", std::string("iso_o,iso_d,dist\n") + rows);
    EXPECT_EQ(distance(import(), SRB, CHN), 1) << rows;
  }
  for (const char* rows : {"SCG,CHN,2\nYUG,CHN,3\n", "YUG,CHN,3\nSCG,CHN,2\n", "YUG,CHN,3\nSRB,CHN,.\nSCG,CHN,2\n"}) {
    put("dist.csv", std::string("iso_o,iso_d,dist\n") + rows);
    EXPECT_EQ(distance(import(), SRB, CHN), 2) << rows;
  }
  put("dist.csv", "iso_o,iso_d,dist\nYUG,CHN,3\nYUG,CHN,3\n");
  expect_failure("stands on line 2 too");
}

TEST_F(Codes, GrowthIsOfOneTerritory) {
  put("macro.csv", "iso3,year,gdp,population\nYUG,2023,10,10\nSRB,2023,4,4\nSRB,2028,5,4\nYUG,2022,9,9\n");
  const World world = import();
  EXPECT_EQ(world.macro.years, (std::vector<std::int32_t>{2023, 2028}));
  EXPECT_EQ(world.macro.gdp[SRB * 2], 4);
  EXPECT_EQ(world.macro.population[SRB * 2 + 1], 4);
}

TEST_F(Codes, AliasesMayNameOtherCodesAndTheUnion) {
  set_table("aliases", "TAI = \"TWN\"\nEUR = \"EU\"");
  put("dist.csv", "iso_o,iso_d,dist\nTAI,SRB,7\n");
  set_table("tariffs", "rates = \"rates.csv\"");
  put("rates.csv", "market,regime,hs6,rate\nEUR,MFN,071410,0.1\n156,MFN,071410,0.2\nrs,MFN,71410,0.3\n");
  const World world = import();
  EXPECT_EQ(distance(world, S19, SRB), 7);
  const Tariffs& tariffs = world.tariffs;
  ASSERT_GE(tariffs.market_schedule[AUT], 0);
  EXPECT_EQ(tariffs.schedules[static_cast<std::size_t>(tariffs.market_schedule[AUT])], "EU");
  EXPECT_GE(tariffs.market_schedule[CHN], 0);  // by its number in the trade files
  EXPECT_GE(tariffs.market_schedule[SRB], 0);  // by ISO2
  for (const char* code : {"EUN", "918", "U918", "e27", "EU27", " EU "}) {
    put("rates.csv", std::string("market,regime,hs6,rate\n") + code + ",MFN,071410,0.1\n");
    EXPECT_GE(import().tariffs.market_schedule[AUT], 0) << code;
  }
}

TEST_F(Codes, TariffLinesUnderTheMarketsOwnCodeBeatOthers) {
  set_table("tariffs", "rates = \"rates.csv\"");
  const char* orders[] = {"YUG,MFN,071410,0.5\nSRB,MFN,071410,0.1\n", "SRB,MFN,071410,0.1\nYUG,MFN,071410,0.5\n"};
  for (const char* rows : orders) {
    put("rates.csv", std::string("market,regime,hs6,rate\nYUG,MFN,400121,0.4\n") + rows);
    EXPECT_EQ(import().tariffs.line_rate, (std::vector<double>{0.1, 0.4})) << rows;
  }
  put("rates.csv", "market,regime,hs6,rate\nSRB,MFN,071410,0.5\nSRB,MFN,071410,0.1\n");
  expect_failure("stands on line 2 too");
}

TEST_F(Codes, ATableAboutAnotherWorldIsAnErrorWithExamplesOfBoth) {
  put("dist.csv", "iso_o,iso_d,dist\nARG,BRA,1\nBRA,ARG,2\n");
  expect_failure("none of the 2 rows is about a country of this world: it has ARG, BRA, this world AUT, CHN, ETH, S19, SRB (dist.csv:1)");
  put("dist.csv", "iso_o,iso_d,dist\nTWN,SRB,9000\n");
  put("sigma.csv", "hs6,sigma\n010110,4\n");
  expect_failure("it has 010110, this world 071410, 400121 (sigma.csv:1); take a table of revision HS17");
  put("sigma.csv", "hs6,sigma\n010110,4\n071410,4\n");
  set_table("tariffs", "rates = \"rates.csv\"");
  put("rates.csv", "market,regime,hs6,rate\nARG,MFN,071410,0.1\nCHL,MFN,071410,0.1\n");
  expect_failure("it has ARG, CHL, this world AUT, CHN, ETH, S19, SRB (rates.csv:1)");
}

TEST_F(Codes, EconomiesWithinOthersAreNamedAsSuch) {
  put("dist.csv", "iso_o,iso_d,dist\nTWN,SRB,9000\nLIE,SRB,1\nARG,SRB,1\n");
  EXPECT_EQ(notice(import(), "distance.country_outside_world")->whose,
            (std::vector<std::string>{"ARG", "LIE is part of CHE in these data"}));
}

TEST(CountryCodes, ByNumbersNamesAndKindsOfColumn) {
  const std::vector<Country> countries = {{"CHN", "CN", "China"}, {"CIV", "CI", "C\xc3\xb4te d'Ivoire"}, {"LAO", "LA", "Laos"},
                                          {"NAM", "NA", "Namibia"}, {"S19", "", "Other Asia, nes"}, {"TUR", "TR", "T\xc3\xbcrkiye"},
                                          {"VCT", "VC", "Saint Vincent and the Grenadines"}};
  const CountryCodes codes(countries, {}, {{156, 0, true}, {418, 2, true}, {8, 3, true}});
  for (const char* number : {"418", "0418", "418.0", " 418 ", "00418.00"}) EXPECT_EQ(codes.find(number), 2) << number;
  EXPECT_EQ(codes.find("008"), 3);
  EXPECT_EQ(codes.find("41.8"), -1);
  EXPECT_EQ(codes.find("158"), 4);  // ISO's number for Taiwan, which BACI does not use
  EXPECT_GT(codes.match("158").rank, 0);
  EXPECT_EQ(codes.find("LA"), -1);  // only where a column holds ISO2
  EXPECT_EQ(codes.match("la", iso2_codes).index, 2);
  EXPECT_EQ(codes.find("NA"), -1);
  EXPECT_EQ(codes.match("NA", iso2_codes).index, 3);
  EXPECT_EQ(codes.match("544", imf_codes).index, 2);
  EXPECT_EQ(codes.find("544"), -1);
  EXPECT_EQ(codes.match("528", imf_codes).index, 4);
  EXPECT_EQ(codes.find("TWN"), 4);
  EXPECT_GT(codes.match("TWN").rank, codes.match("S19").rank);
  for (const char* name : {"China, P.R.: Mainland", "CHINA", " china "}) EXPECT_EQ(codes.find_name(name), 0) << name;
  for (const char* name : {"Cote d'Ivoire", "C\xc3\xb4te d\xe2\x80\x99Ivoire", "COTE DIVOIRE", "Ivory Coast"}) {
    EXPECT_EQ(codes.find_name(name), 1) << name;
  }
  for (const char* name : {"Lao P.D.R.", "Lao People's Democratic Republic", "Lao PDR"}) EXPECT_EQ(codes.find_name(name), 2) << name;
  EXPECT_EQ(codes.find_name("Taiwan Province of China"), 4);
  for (const char* name : {"Turkey", "Turkiye", "T\xc3\xbcrkiye, Republic of"}) EXPECT_EQ(codes.find_name(name), 5) << name;
  EXPECT_EQ(codes.find_name("St. Vincent & the Grenadines"), 6);
  EXPECT_EQ(codes.find_name("Korea, Rep."), -1);  // not of this world
  EXPECT_EQ(codes.find_name(""), -1);
}

TEST(CountryCodes, PartsAreKnownByCodeAndName) {
  ASSERT_NE(find_part(" lie"), nullptr);
  EXPECT_STREQ(find_part("Monaco")->whole, "FRA");
  EXPECT_EQ(find_part("CHE"), nullptr);
}

}  // namespace
}  // namespace potentia
