// Sheets of old workbooks (.xls, BIFF) by FreeXL.
#include <freexl.h>

#include "io/import/grid.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct Workbook {
  const void* handle = nullptr;
  ~Workbook() {
    if (handle != nullptr) freexl_close(handle);
  }
};

std::string text_of(const FreeXL_CellValue& cell) {
  switch (cell.type) {
    case FREEXL_CELL_INT:
      return std::to_string(cell.value.int_value);
    case FREEXL_CELL_DOUBLE:
      return grid_number(cell.value.double_value);
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
      return cell.value.text_value == nullptr ? "" : cell.value.text_value;
    default:
      return {};
  }
}

}  // namespace

Grid read_xls(const std::string& bytes, const std::string& sheet, const std::string& name) {
  const MemoryFile file(bytes);
  Workbook book;
  const auto damaged = [&name] { return input_error("a workbook that cannot be read", name, "save it again as .xlsx or .csv"); };
  const int status = freexl_open(file.path().c_str(), &book.handle);
  unsigned int sheets = 0;
  if (status != FREEXL_OK || freexl_get_info(book.handle, FREEXL_BIFF_SHEET_COUNT, &sheets) != FREEXL_OK || sheets == 0 || sheets > 4096)
    throw damaged();
  unsigned int password = 0;
  if (freexl_get_info(book.handle, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK && password == FREEXL_BIFF_OBFUSCATED)
    throw input_error("a workbook with a password", name, "save it without one");
  std::string held;
  int chosen = sheet.empty() ? 0 : -1;
  for (unsigned int at = 0; at < sheets && at < 65535; ++at) {
    const char* title = nullptr;
    if (freexl_get_worksheet_name(book.handle, static_cast<unsigned short>(at), &title) != FREEXL_OK || title == nullptr) continue;
    held += (held.empty() ? "" : ", ") + std::string(title);
    if (title == sheet) chosen = static_cast<int>(at);
  }
  if (chosen < 0) throw input_error("the workbook has no sheet \"" + sheet + "\"", name, "it has " + held);
  unsigned int rows = 0;
  unsigned short columns = 0;
  if (freexl_select_active_worksheet(book.handle, static_cast<unsigned short>(chosen)) != FREEXL_OK ||
      freexl_worksheet_dimensions(book.handle, &rows, &columns) != FREEXL_OK || rows > 1048576)
    throw damaged();
  Grid grid;
  grid.rows.resize(rows);
  for (unsigned int row = 0; row < rows; ++row) {
    grid.rows[row].reserve(columns);
    for (unsigned short column = 0; column < columns; ++column) {
      FreeXL_CellValue cell{};
      if (freexl_get_cell_value(book.handle, row, column, &cell) != FREEXL_OK) throw damaged();
      grid.rows[row].push_back(text_of(cell));
    }
  }
  return grid;
}

}  // namespace potentia
