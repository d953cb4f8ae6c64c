// See workbook.hpp. The parts of the package and the order of their elements: ECMA-376, part 1, 12 and 18.
#include "io/export/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>
#include <string_view>

#include "io/export/csv_field.hpp"
#include "io/printable.hpp"

namespace potentia {
namespace {

constexpr std::size_t block_rows = 2048;
constexpr std::size_t most_characters = 32767;  // of a cell
constexpr std::size_t most_name = 31;           // of a sheet

constexpr const char* declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* main_names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* relation_names = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr const char* property_names = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
constexpr const char* package_names = "http://schemas.openxmlformats.org/package/2006";

// Numbers of the formats in `styles`, in the order of CellFormat, and that of the header.
constexpr int header_style = 5;

std::string styles() {
  return std::string(declaration) + "<styleSheet xmlns=\"" + main_names +
         "\">"
         "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>"
         "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
         "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
         "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
         "patternType=\"gray125\"/></fill></fills>"
         "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
         "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
         "<cellXfs count=\"6\">"
         "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
         "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"1\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment "
         "vertical=\"top\" wrapText=\"1\"/></xf>"
         "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
         "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
         "builtinId=\"0\"/></cellStyles></styleSheet>";
}

/// "A", "AB"
std::string letters(std::size_t column) {
  std::string name;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (left - 1) % 26));
  return name;
}

/// Whether XML has this character: one or more bytes of UTF-8.
bool is_allowed(std::string_view character) {
  if (character.size() == 1)
    return static_cast<unsigned char>(character[0]) >= 0x20 || character[0] == '\t' || character[0] == '\n';
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

/// "_x0041_" in a text, which a reader would take for an "A".
bool is_escape(std::string_view text) {
  return text.size() >= 7 && text[1] == 'x' && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

/// Text of an element or attribute; what XML or UTF-8 does not have becomes U+FFFD.
std::string escaped(std::string_view text) {
  std::string xml;
  std::size_t characters = 0;  // as a spreadsheet counts them, in units of UTF-16
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = utf8_sequence(text.substr(at));
    const std::string_view character = text.substr(at, bytes == 0 ? 1 : bytes);
    characters += bytes == 4 ? 2 : 1;
    if (characters >= most_characters && at + character.size() < text.size()) return xml + "…";
    if (bytes == 0 || !is_allowed(character))
      xml += "\xEF\xBF\xBD";
    else if (character == "&")
      xml += "&amp;";
    else if (character == "<")
      xml += "&lt;";
    else if (character == ">")
      xml += "&gt;";
    else if (character == "\"")
      xml += "&quot;";
    else if (character == "_" && is_escape(text.substr(at)))
      xml += "_x005F_";
    else
      xml += character;
    at += character.size();
  }
  return xml;
}

std::string sheet_begin(const std::vector<SheetColumn>& columns, std::size_t rows, bool is_first) {
  std::string xml = fmt::format("{}<worksheet xmlns=\"{}\"><dimension ref=\"A1:{}{}\"/>", declaration, main_names,
                                letters(std::max<std::size_t>(columns.size(), 1) - 1), rows + 1);
  xml += fmt::format(
      "<sheetViews><sheetView{} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      "state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews><sheetFormatPr "
      "defaultRowHeight=\"15\"/>",
      is_first ? " tabSelected=\"1\"" : "");
  if (!columns.empty()) xml += "<cols>";
  for (std::size_t c = 0; c < columns.size(); ++c)
    xml += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"/>", c + 1, columns[c].width);
  if (!columns.empty()) xml += "</cols>";
  return xml + "<sheetData>";
}

constexpr const char* sheet_end =
    "</sheetData><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" "
    "footer=\"0.3\"/></worksheet>";

}  // namespace

SheetRow::SheetRow(const std::vector<SheetColumn>& columns) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    starts_.push_back("<c r=\"" + letters(c));
    const int style = static_cast<int>(columns[c].format);
    styles_.push_back(style == 0 ? "\"" : fmt::format("\" s=\"{}\"", style));
  }
}

void SheetRow::begin(std::size_t number) {
  number_ = std::to_string(number);
  column_ = 0;
  xml_ += "<row r=\"" + number_ + "\">";
}

void SheetRow::begin_cell(const std::string& style) {
  xml_ += starts_[column_++];
  xml_ += number_;
  xml_ += style;
}

void SheetRow::number(double value) {
  if (!std::isfinite(value)) return empty();
  begin_cell(styles_[column_]);
  char digits[longest_number];
  xml_ += "><v>";
  xml_.append(digits, write_number(digits, value));
  xml_ += "</v></c>";
}

void SheetRow::prepared(const std::string& text) {
  if (text.empty()) return empty();
  begin_cell(styles_[column_]);
  xml_ += text;
}

std::string SheetRow::sheet_text(const std::string& text) {
  if (text.empty()) return "";
  const bool keeps_spaces = text.find_first_of(" \t\n") != std::string::npos;
  return std::string(" t=\"inlineStr\"><is><t") + (keeps_spaces ? " xml:space=\"preserve\">" : ">") + escaped(text) +
         "</t></is></c>";
}

Workbook::Workbook(const std::string& path, int threads) : output_(path), zip_(output_), threads_(threads) {
  // In this order file(1) knows a workbook by its first members.
  zip_.add_member(
      "_rels/.rels",
      fmt::format("{0}<Relationships xmlns=\"{1}/relationships\"><Relationship Id=\"rId1\" Type=\"{2}/officeDocument\" "
                  "Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" Type=\"{2}/extended-properties\" "
                  "Target=\"docProps/app.xml\"/></Relationships>",
                  declaration, package_names, relation_names));
  zip_.add_member("docProps/app.xml", std::string(declaration) + "<Properties xmlns=\"" + property_names +
                                          "\"><Application>potentia</Application></Properties>");
  zip_.add_member("xl/styles.xml", styles());
}

std::string Workbook::free_name(const std::string& wanted) const {
  const auto taken = [this](const std::string& name) {
    return std::find(sheets_.begin(), sheets_.end(), name) != sheets_.end();
  };
  std::string base = wanted.substr(0, most_name);
  for (char& c : base)
    if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) c = ' ';
  std::string name = base;
  for (int number = 2; taken(name); ++number) {
    const std::string end = " " + std::to_string(number);
    name = base.substr(0, most_name - end.size()) + end;
  }
  return name;
}

std::size_t Workbook::add_table(const std::string& name, const std::vector<SheetColumn>& columns, std::size_t rows,
                                const WriteRow& write_row, std::size_t sheet_rows) {
  const std::size_t most = sheet_rows - 1;  // below the header
  std::size_t sheets = 0;
  for (std::size_t first = 0; first == 0 || first < rows; first += most, ++sheets)
    add_sheet(free_name(name), columns, first, std::min(rows, first + most), write_row);
  return sheets;
}

void Workbook::add_sheet(const std::string& name, const std::vector<SheetColumn>& columns, std::size_t first,
                         std::size_t last, const WriteRow& write_row) {
  sheets_.push_back(name);
  zip_.begin_member(fmt::format("xl/worksheets/sheet{}.xml", sheets_.size()));
  DeflatedPiece part;
  SheetRow header(columns);
  header.xml_ = sheet_begin(columns, last - first, sheets_.size() == 1);
  header.begin(1);
  for (const SheetColumn& column : columns) {
    header.begin_cell(fmt::format("\" s=\"{}\"", header_style));
    header.xml_ += SheetRow::sheet_text(column.header);
  }
  header.end();
  part.pack(header.xml_);
  zip_.add(part);

  struct Piece {
    std::unique_ptr<SheetRow> rows;
    DeflatedPiece deflated;
  };
  in_order<Piece>(
      static_cast<std::int64_t>((last - first + block_rows - 1) / block_rows), threads_,
      [&](std::int64_t block, Piece& piece) {
        if (!piece.rows) piece.rows.reset(new SheetRow(columns));
        SheetRow& cells = *piece.rows;
        cells.xml_.clear();
        const std::size_t from = first + static_cast<std::size_t>(block) * block_rows,
                          to = std::min(last, from + block_rows);
        for (std::size_t row = from; row < to; ++row) {
          cells.begin(row - first + 2);
          write_row(row, cells);
          cells.end();
        }
        piece.deflated.pack(cells.xml_);
      },
      [&](std::int64_t, const Piece& piece) { zip_.add(piece.deflated); });
  part.pack(sheet_end);
  zip_.add(part);
  zip_.end_member();
}

ExportReport Workbook::save() {
  std::string sheets, relations, types;
  for (std::size_t n = 1; n <= sheets_.size(); ++n) {
    sheets += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", escaped(sheets_[n - 1]), n, n);
    relations += fmt::format("<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
                             n, relation_names);
    types += fmt::format(
        "<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"application/"
        "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
        n);
  }
  zip_.add_member("xl/workbook.xml",
                  fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><bookViews><workbookView/></bookViews>"
                              "<sheets>{}</sheets></workbook>",
                              declaration, main_names, relation_names, sheets));
  zip_.add_member(
      "xl/_rels/workbook.xml.rels",
      fmt::format("{}<Relationships xmlns=\"{}/relationships\">{}<Relationship Id=\"rId{}\" Type=\"{}/styles\" "
                  "Target=\"styles.xml\"/></Relationships>",
                  declaration, package_names, relations, sheets_.size() + 1, relation_names));
  zip_.add_member(
      "[Content_Types].xml",
      fmt::format(
          "{}<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" ContentType=\"application/"
          "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/"
          "vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
          "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
          "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" "
          "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>{}</Types>",
          declaration, package_names, types));
  ExportReport report;
  report.bytes = zip_.finish();
  report.sheets = sheets_.size();
  report.flush_seconds = output_.commit();
  return report;
}

}  // namespace potentia
