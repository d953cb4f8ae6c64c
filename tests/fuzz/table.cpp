// Side tables: any bytes give rows or an error of input, and text in UTF-16 the rows that it gives in ASCII.
#include <algorithm>
#include <vector>

#include "io/import/table.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace potentia;

/// All that a table says, cell by cell; its complaint too, where it does not end well.
std::string read(const fuzz::MemoryFile& file, const TableLayout& layout, std::string_view bytes) {
  file.put(bytes);
  std::string all;
  all += fuzz::complaint_of([&] {
    Table table(file.path(), {{"*.csv"}, false}, layout);
    for (const std::string& name : table.header()) all += name + '|';
    const int columns = static_cast<int>(table.header().size());
    fuzz::require(table.find_column({"no such column, surely"}) < columns, "columns are those of the header");
    std::vector<int> numbers;
    for (int column = 0; column < columns; column += 2) numbers.push_back(column);
    table.expect_numbers(numbers);
    while (table.next()) {
      all += '\n' + std::to_string(table.line()) + ':';
      fuzz::require(layout.ragged || !table.is_short(), "a short row is refused where it is not allowed");
      for (int column = -1; column <= columns; ++column) {
        all += std::string(table.cell(column)) + '|';
        if (column < 0 || column == columns) continue;
        all += fuzz::complaint_of([&] { all += std::to_string(table.number(column)); });
        all += fuzz::complaint_of([&] { all += table.hs6(column); });
        all += fuzz::complaint_of([&] { all += std::to_string(table.year(column)); });
      }
    }
    table.fingerprint("fuzz");
  });
  return all;
}

bool is_text(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return c == '\n' || c == '\r' || (c >= ' ' && c < 127); });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file;
  fuzz::Input input(data, size);
  const std::uint8_t options = input.byte();
  TableLayout layout;
  layout.ragged = (options & 2) != 0;
  if (options & 4) layout.header = {{"iso3"}};
  const std::string_view text = input.rest();
  // Workbooks and Stata files are other people's parsers; what is no table is told by its first bytes as they are.
  bool is_plain = false;
  fuzz::complaint_of([&] { is_plain = table_kind(std::string(text.substr(0, 4096)), "x") == TableKind::text; });
  if (!is_plain) return 0;
  const std::string plain = read(file, layout, text);
  if (text.size() < 4 || !is_text(text) || text.substr(0, 3) == "BZh" || text.substr(0, 4) == "Rar!") return 0;
  std::string wide = "\xff\xfe";
  for (const char c : text) (wide += c) += '\0';
  fuzz::require(read(file, layout, wide) == plain, "UTF-16 gives the rows that ASCII gives");
  return 0;
}
