// Tables as files for other programs: what they hold, read back by the readers of import, and that threads do not
// matter.
#include "io/export/export_file.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "io/export/workbook.hpp"
#include "io/import/byte_source.hpp"
#include "io/import/grid.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TidyColumn texts(const std::string& key, std::vector<std::string> labels, std::vector<std::int32_t> which,
                 bool is_code = false) {
  TidyColumn column;
  column.key = key;
  column.label = "meaning of " + key;
  column.is_code = is_code;
  column.texts = std::make_shared<const std::vector<std::string>>(std::move(labels));
  column.which = std::make_shared<const std::vector<std::int32_t>>(std::move(which));
  return column;
}

TidyColumn numbers(const std::string& key, const std::vector<double>& values, const std::string& units = "USD") {
  TidyColumn column;
  column.key = key;
  column.label = "meaning of " + key;
  column.units = units;
  column.values = Buffer<double>(values.size());
  std::copy(values.begin(), values.end(), column.values.begin());
  return column;
}

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TidyTable small_table() {
  TidyTable table;
  table.name = "small";
  table.title = "a small table";
  table.rows = 4;
  table.columns.push_back(texts("product", {"080810", "010121", ""}, {0, 1, 0, 2}, true));
  table.columns.push_back(texts("product_name", {"Apples, \"fresh\" <&>", "=SUM(1)", "Größe\n2"}, {0, 1, 0, 2}));
  table.columns.push_back(numbers("value", {0.1 + 0.2, 1e16, nan, -0.0}));
  table.columns.push_back(numbers("share", {100000, 1234567.8901234567, 1e-7, -2.5}, "1"));
  table.about = {{"world", "made up"}};
  return table;
}

/// Of more rows than one block or sheet takes, every number another.
TidyTable long_table(std::size_t rows) {
  TidyTable table;
  table.name = "long";
  table.title = "a long table";
  table.rows = rows;
  std::vector<std::int32_t> which;
  std::vector<double> values;
  for (std::size_t n = 0; n < rows; ++n) {
    which.push_back(static_cast<std::int32_t>(n % 3));
    values.push_back(std::sqrt(static_cast<double>(n)));
  }
  table.columns.push_back(texts("exporter", {"CHN", "LAO", "THA"}, which, true));
  table.columns.push_back(texts("remark", {std::string(200, 'x'), "Lao", "Thai", "unused"}, which));
  table.columns.push_back(numbers("value", values));
  return table;
}

class ExportFile : public ::testing::Test {
protected:
  ExportFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "potentia-export-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ExportFile() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  /// Writes a table; the file as it lies on the disk.
  std::string written(const std::string& name, const TidyTable& table, ExportOptions options = {}) const {
    const ExportReport report = write_export(path(name), table, options);
    std::ifstream file(path(name), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    EXPECT_EQ(report.bytes, bytes.str().size());
    return bytes.str();
  }
  std::string unpacked(const std::string& name) const {
    const auto source = open_bytes(path(name), {});
    EXPECT_TRUE(source->next_member());
    std::string text(1 << 16, '\0'), all;
    for (std::size_t got; (got = source->read(text.data(), text.size())) > 0;) all.append(text, 0, got);
    return all;
  }
  Rows sheet(const std::string& bytes, const std::string& name) const { return read_xlsx(bytes, name, "x.xlsx").rows; }

  std::string folder_;
};

TEST_F(ExportFile, TheNameSaysWhichForm) {
  EXPECT_EQ(export_form("a.csv"), ExportForm::csv);
  EXPECT_EQ(export_form("a.b/C.CSV.GZ"), ExportForm::csv_gzip);
  EXPECT_EQ(export_form("a.csv.zst"), ExportForm::csv_zstd);
  EXPECT_EQ(export_form("a.Xlsx"), ExportForm::xlsx);
  EXPECT_EQ(export_form("a.dta"), ExportForm::dta);
  for (const char* name : {"a.xls", "a", "csv", ".csv", "a.gz", "a.csv.xz", "a.csv/b"}) {
    try {
      export_form(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string(error.what()).find(".csv, .csv.gz, .csv.zst, .xlsx or .dta"), std::string::npos)
          << error.what();
    }
  }
}

TEST_F(ExportFile, TextHoldsNumbersInFull) {
  EXPECT_EQ(written("t.csv", small_table()),
            "product,product_name,value,share\n"
            "080810,\"Apples, \"\"fresh\"\" <&>\",0.30000000000000004,100000\n"
            "010121,=SUM(1),1e+16,1234567.8901234567\n"
            "080810,\"Apples, \"\"fresh\"\" <&>\",,1e-07\n"
            ",\"Größe\n2\",0,-2.5\n");
}

TEST_F(ExportFile, ExcelMeetsCodesAsText) {
  ExportOptions options;
  options.for_excel = true;
  EXPECT_EQ(written("t.csv", small_table(), options),
            "\xEF\xBB\xBFproduct,product_name,value,share\n"
            "\"=\"\"080810\"\"\",\"Apples, \"\"fresh\"\" <&>\",0.30000000000000004,100000\n"
            "\"=\"\"010121\"\"\",'=SUM(1),1e+16,1234567.8901234567\n"
            "\"=\"\"080810\"\"\",\"Apples, \"\"fresh\"\" <&>\",,1e-07\n"
            "\"=\"\"\"\"\",\"Größe\n2\",0,-2.5\n");
  EXPECT_EQ(written("l.csv", long_table(2), options).substr(0, 35),
            "\xEF\xBB\xBF"
            "exporter,remark,value\nCHN,xxxxxx");  // no digit, no formula
}

TEST_F(ExportFile, PackedTextUnpacksToTheSame) {
  const TidyTable table = long_table(20000);
  const std::string plain = written("t.csv", table);
  for (const char* name : {"t.csv.gz", "t.csv.zst"}) {
    EXPECT_LT(written(name, table).size(), plain.size() / 2) << name;
    EXPECT_EQ(unpacked(name), plain) << name;
  }
}

TEST_F(ExportFile, ThreadsDoNotMatter) {
  const TidyTable table = long_table(50000);
  for (const char* name : {"t.csv", "t.csv.gz", "t.csv.zst", "t.xlsx", "t.dta"}) {
    ExportOptions options;
    const std::string alone = written(name, table, options);
    for (const int threads : {2, 7}) {
      options.threads = threads;
      EXPECT_EQ(written(name, table, options), alone) << name << " in " << threads << " threads";
    }
  }
}

TEST_F(ExportFile, WorkbookHoldsTheSame) {
  const std::string bytes = written("t.xlsx", small_table());
  const Rows rows = sheet(bytes, "");
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"product", "product_name", "value", "share"}));
  EXPECT_EQ(rows[1],
            (std::vector<std::string>{"080810", "Apples, \"fresh\" <&>", grid_number(0.1 + 0.2), grid_number(100000)}));
  EXPECT_EQ(rows[2][2], grid_number(1e16));
  EXPECT_EQ(rows[2][3], grid_number(1234567.8901234567));
  EXPECT_EQ(rows[3][2], "");  // missing
  EXPECT_EQ(rows[4][1], "Größe\n2");
  const Rows definitions = sheet(bytes, "definitions");
  EXPECT_EQ(definitions[1], (std::vector<std::string>{"table", "a small table"}));
  EXPECT_EQ(definitions[4], (std::vector<std::string>{"value", "meaning of value", "USD"}));
  EXPECT_EQ(definitions[6], (std::vector<std::string>{"world", "made up"}));
}

TEST_F(ExportFile, LongTablesGoOnInAnotherSheet) {
  ExportOptions options;
  options.threads = 3;
  for (const std::size_t rows : {std::size_t{8997}, std::size_t{8998}, std::size_t{8999}}) {
    options.sheet_rows = 3000;
    const TidyTable table = long_table(rows);
    const ExportReport report = write_export(path("t.xlsx"), table, options);
    EXPECT_EQ(report.sheets, rows <= 8997 ? 3u : 4u);
    const std::string bytes = unpacked("t.xlsx");
    std::size_t row = 0;
    for (std::size_t n = 1; n <= report.sheets; ++n) {
      const Rows part = sheet(bytes, n == 1 ? "long" : "long " + std::to_string(n));
      ASSERT_LE(part.size(), 3000u);
      EXPECT_EQ(part[0][2], "value");
      for (std::size_t at = 1; at < part.size(); ++at, ++row)
        ASSERT_EQ(part[at][2], grid_number(table.columns[2].values[row])) << row;
    }
    EXPECT_EQ(row, rows);
    EXPECT_EQ(sheet(bytes, "definitions")[2][0], "sheets");
  }
}

TEST_F(ExportFile, SheetsHaveNamesOfTheirOwn) {
  Workbook book(path("b.xlsx"), 1);
  const std::string wanted(40, 'n');
  for (const std::string& name : {wanted, wanted, wanted, std::string("a/b:c")})
    book.add_table(name, {{name, CellFormat::whole, 12}}, 1,
                   [&](std::size_t, SheetRow& cells) { cells.text(name + "_x0041_\x01"); });
  EXPECT_EQ(book.save().sheets, 4u);
  const std::string bytes = unpacked("b.xlsx");
  for (const std::string& name :
       {std::string(31, 'n'), std::string(29, 'n') + " 2", std::string(29, 'n') + " 3", std::string("a b c")})
    EXPECT_EQ(sheet(bytes, name).size(), 2u) << name;
  EXPECT_EQ(sheet(bytes, "a b c")[1][0], "a/b:c_x005F_x0041_\xEF\xBF\xBD");  // as it lies in the file
}

TEST_F(ExportFile, ALongTextEndsWithItsCell) {
  TidyTable table = small_table();
  std::string ends;
  for (int n = 0; n < 40000; ++n) ends += "ö";
  table.about = {{"long", ends},
                 {"broken",
                  "a\xff"
                  "b"}};
  const Rows rows = sheet(written("t.xlsx", table), "definitions");
  EXPECT_EQ(rows[6][1].size(), 2u * 32766 + 3);  // characters, the last an ellipsis
  EXPECT_EQ(rows[7][1],
            "a\xEF\xBF\xBD"
            "b");
}

TEST_F(ExportFile, StataHoldsTheSame) {
  const TidyTable table = long_table(1000);
  const Rows rows = read_dta(written("t.dta", table), "t.dta").rows;
  ASSERT_EQ(rows.size(), 1001u);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"exporter", "remark", "value"}));
  for (std::size_t row = 0; row < table.rows; ++row) {
    EXPECT_EQ(rows[row + 1][0], table.columns[0].text(row));
    EXPECT_EQ(rows[row + 1][1], table.columns[1].text(row));  // long texts, stored once
    EXPECT_EQ(rows[row + 1][2], grid_number(table.columns[2].values[row]));
  }
  const Rows small = read_dta(written("s.dta", small_table()), "s.dta").rows;
  EXPECT_EQ(small[1][0], "080810");
  EXPECT_EQ(small[3][2], "");  // missing
  EXPECT_EQ(small[4][1], "Größe\n2");
}

TEST_F(ExportFile, NoTimeOfDayInAnyForm) {
  const TidyTable table = small_table();
  for (const char* name : {"t.csv.gz", "t.xlsx", "t.dta"}) {
    ::setenv("TZ", "Asia/Vientiane", 1);
    ::tzset();
    const std::string east = written(name, table);
    ::setenv("TZ", "America/Lima", 1);
    ::tzset();
    EXPECT_EQ(written(name, table), east) << name;
    ::unsetenv("TZ");
    ::tzset();
  }
}

TEST_F(ExportFile, ATableWithoutRows) {
  TidyTable table = small_table();
  table.rows = 0;
  EXPECT_EQ(written("t.csv", table), "product,product_name,value,share\n");
  EXPECT_EQ(sheet(written("t.xlsx", table), "").size(), 1u);
  EXPECT_EQ(read_dta(written("t.dta", table), "t.dta").rows.size(), 1u);
  written("t.csv.gz", table);
  EXPECT_EQ(unpacked("t.csv.gz"), "product,product_name,value,share\n");
}

}  // namespace
}  // namespace potentia
