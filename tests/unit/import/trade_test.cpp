// Trade files that are as they should be, in all the ways they may be written.
#include <random>
#include <sstream>
#include <vector>

#include "folder.hpp"

namespace potentia {
namespace {

const char* const expected =
    "2023: 071410 CHN>THA=1000000 071410 LAO>CHN=30000000 071410 LAO>THA=50000000 071410 THA>CHN=600000000"
    " 071410 THA>LAO=4000000 400121 CHN>LAO=2000000 400121 CHN>THA=40000000 400121 LAO>CHN=120000000"
    " 400121 THA>CHN=900000000\n";

class Trade : public ImportFolder {};

TEST_F(Trade, IsSortedByProductExporterAndMarket) {
  const World world = import();
  EXPECT_EQ(trade_text(world), expected);
  ASSERT_EQ(world.country_count(), 3u);
  EXPECT_EQ(world.countries[1].iso3, "LAO");
  EXPECT_EQ(world.countries[1].iso2, "LA");
  EXPECT_EQ(world.countries[1].name, "Lao People's Dem. Rep.");
  ASSERT_EQ(world.product_count(), 2u) << "a product without trade is not of this world";
  EXPECT_EQ(world.products[1].name, "Rubber: natural, smoked");
}

TEST_F(Trade, FileMayDifferInItsDress) {
  std::string text = trade();
  const auto replaced = [](std::string in, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = in.find(from, at)) != std::string::npos; at += to.size()) in.replace(at, from.size(), to);
    return in;
  };
  const std::string files[] = {
      replaced(text, "\n", "\r\n"),
      "\xef\xbb\xbf" + text,
      text.substr(0, text.size() - 1),                          // no final line end
      text + "\n\r\n  \n",                                      // blank lines at the end
      replaced(text, "\n2023,764,418", "\n\n2023,764,418"),     // and within
      replaced(text, ",71410,", ",071410,"),
      replaced(text, ",71410,", ",\"071410\","),
      replaced(replaced(text, "2023,", "\"2023\","), "t,i", "\"t\",\"i\""),
      replaced(text, ",", ";"),
      replaced(text, ",", "\t"),
      replaced(text, "30000.000", " 3.0e4 "),
      replaced(text, "30000.000", "+30000"),
      replaced(text, "30000.000", "30000.0000000000000000000000"),
      replaced(text, "12.5", "-1e999"),                         // quantities are not read
  };
  for (const std::string& file : files) {
    put("BACI_HS17_Y2023.csv", file);
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{40}, std::size_t{1} << 20}) {
      options_.block_bytes = block;
      EXPECT_EQ(trade_text(import()), expected) << block << "\n" << file;
    }
  }
}

TEST_F(Trade, ColumnsMayComeInAnyOrder) {
  std::istringstream lines(trade());
  std::string line, with_quantity, without;
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    cells.resize(6);
    with_quantity += cells[5] + "," + cells[4] + "," + cells[3] + "," + cells[0] + "," + cells[2] + "," + cells[1] + "\n";
    without += cells[0] + "," + cells[1] + "," + cells[2] + "," + cells[3] + "," + cells[4] + "\r\n";
  }
  for (const std::string& file : {with_quantity, without}) {
    put("BACI_HS17_Y2023.csv", file);
    EXPECT_EQ(trade_text(import()), expected) << file;
  }
}

TEST_F(Trade, ValuesAreAThousandTimesTheDecimalNumberCorrectlyRounded) {
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,418,156,71410,0.001,\n2023,418,764,71410,12.3456789,\n"
                             "2023,156,418,71410,8.041,\n2023,156,764,71410,1234567890123456.789,\n"
                             "2023,764,156,71410,0,\n2023,764,418,71410,123456789012.345,\n");
  EXPECT_EQ(trade_text(import()), "2023: 071410 CHN>LAO=8041 071410 CHN>THA=1.2345678901234568e+18 071410 LAO>CHN=1"
                                  " 071410 LAO>THA=12345.678900000001 071410 THA>CHN=0 071410 THA>LAO=123456789012345\n");
}

TEST_F(Trade, SeveralYearsMayShareFilesOrNot) {
  set_table("world", "hs_revision = \"HS17\"\nbase_years = [2023, 2022]\nhorizon_year = 2028");
  const std::string rows_2022 = "2022,418,156,71410,1,\n2022,764,156,71410,2,\n", rows_2021 = "2021,764,156,400121,3,\n";
  put("BACI_a.csv", "t,i,j,k,v,q\n" + rows_2022 + rows_2021);
  const World apart = import();
  EXPECT_EQ(apart.base_years, (std::vector<std::int32_t>{2022, 2023}));
  EXPECT_EQ(trade_text(apart), "2021: 400121 THA>CHN=3000\n2022: 071410 LAO>CHN=1000 071410 THA>CHN=2000\n" +
                                   std::string(expected));
  std::filesystem::remove(path("BACI_a.csv"));
  put("BACI_HS17_Y2023.csv", trade() + rows_2021 + rows_2022);
  EXPECT_EQ(trade_text(import()), trade_text(apart));
}

// Rows in any order, files in any number of blocks, any number of threads: the same world.
TEST_F(Trade, OrderOfRowsLeavesNoTrace) {
  std::mt19937 random(7);
  std::string products = "code,description\n", countries = "country_code,country_name,country_iso2,country_iso3\n";
  for (int k = 0; k < 300; ++k) products += std::to_string(100000 + 37 * k) + ",p\n";
  for (int c = 0; c < 40; ++c) {
    const char iso[] = {'X', static_cast<char>('B' - c / 26), static_cast<char>('A' + (c * 7) % 26), 0};
    countries += std::to_string(1 + c * 13) + ",Country " + std::to_string(c) + ",," + iso + "\n";
  }
  put("product_codes.csv", products);
  put("country_codes.csv", countries);
  put("dist.csv", "iso_o,iso_d,dist\n");
  put("sigma.csv", "hs6,sigma\n100000,4\n");
  put("macro.csv", "iso3,year,gdp,population\nXBA,2023,1,1\nXBA,2028,1,1\n");
  std::vector<std::string> rows;
  for (int i = 0; i < 40; ++i) {
    for (int j = 0; j < 40; ++j) {
      for (int k = 0; k < 300 && i != j; ++k) {
        if (random() % 10 != 0) continue;
        rows.push_back("2023," + std::to_string(1 + i * 13) + "," + std::to_string(1 + j * 13) + "," +
                       std::to_string(100000 + 37 * k) + "," + std::to_string(random() % 100000) + "." +
                       std::to_string(random() % 1000) + ",NA\n");
      }
    }
  }
  const auto joined = [&rows] {
    std::string text = "t,i,j,k,v,q\n";
    for (const std::string& row : rows) text += row;
    return text;
  };
  put("BACI_HS17_Y2023.csv", joined());
  options_.threads = 1;
  const std::string sorted = trade_text(import());
  for (int round = 0; round < 4; ++round) {
    for (const int threads : {1, 2, 7}) {
      options_.threads = threads;
      options_.block_bytes = round == 0 ? 1000 : 65536;
      EXPECT_EQ(trade_text(import()), sorted) << threads << " threads, round " << round;
    }
    std::shuffle(rows.begin(), rows.end(), random);
    put("BACI_HS17_Y2023.csv", joined());
  }
}

TEST_F(Trade, CodesOfOneCountryAreMerged) {
  put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n280,\"Fed. Rep. of Germany (...1990)\",DE,DEU\n"
                           "276,Germany,DE,DEU\n516,Namibia,NA,NAM\n837,Bunkers,N/A,N/A\n156,China,CN,CHN\n");
  put("BACI_HS17_Y2023.csv", "t,i,j,k,v,q\n2023,276,516,71410,1,\n1990,280,516,71410,2,\n2023,837,156,71410,3,\n");
  put("macro.csv", "iso3,year,gdp,population\nNAM,2023,1,1\nNAM,2028,1,1\n");
  put("dist.csv", "iso_o,iso_d,dist\nDEU,NAM,8000\n");
  const World world = import();
  EXPECT_EQ(trade_text(world), "1990: 071410 DEU>NAM=2000\n2023: 071410 DEU>NAM=1000 071410 N837>CHN=3000\n");
  ASSERT_EQ(world.country_count(), 4u);
  EXPECT_EQ(world.countries[1].name, "Germany");
  EXPECT_EQ(world.countries[3].iso2, "NA");
  EXPECT_EQ(world.countries[2].iso2, "");
  ASSERT_NE(notice(world, "countries.merged"), nullptr);
  EXPECT_EQ(notice(world, "countries.merged")->whose, std::vector<std::string>{"DEU"});
  EXPECT_EQ(count(world, "countries.no_iso3"), 1u);
}

TEST_F(Trade, OldNamesInLatin1BecomeUtf8) {
  put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n384,C\xf4te d'Ivoire,CI,CIV\n"
                           "156,China,CN,CHN\n418,Lao,LA,LAO\n764,Thailand,TH,THA\n");
  EXPECT_EQ(import().countries[1].name, "Côte d'Ivoire");
}

TEST_F(Trade, SourcesCarryFingerprints) {
  const World world = import();
  ASSERT_EQ(world.sources.size(), 7u);
  for (const SourceFile& source : world.sources) {
    EXPECT_EQ(source.sha256, sha256_file(path(source.name))) << source.name;
    EXPECT_EQ(source.bytes, std::filesystem::file_size(path(source.name))) << source.name;
  }
}

}  // namespace
}  // namespace potentia
