// Stata's data files (.dta) by ReadStat.
#include <readstat.h>

#include <cstddef>

#include "io/import/grid.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct Reading {
  Grid grid;
  std::size_t columns = 0;
  bool too_large = false;
};

int on_metadata(readstat_metadata_t* metadata, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  const int rows = readstat_get_row_count(metadata), columns = readstat_get_var_count(metadata);
  if (columns < 0 || static_cast<std::size_t>(columns) > 65536 ||
      (rows > 0 && static_cast<std::size_t>(rows) > most_grid_cells / static_cast<std::size_t>(columns > 0 ? columns : 1))) {
    reading.too_large = true;
    return READSTAT_HANDLER_ABORT;
  }
  reading.columns = static_cast<std::size_t>(columns);
  reading.grid.rows.emplace_back(reading.columns);  // the header
  return READSTAT_HANDLER_OK;
}

int on_variable(int index, readstat_variable_t* variable, const char*, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  if (static_cast<std::size_t>(index) < reading.columns) reading.grid.rows[0][static_cast<std::size_t>(index)] = readstat_variable_get_name(variable);
  return READSTAT_HANDLER_OK;
}

std::string text_of(readstat_value_t value) {
  if (readstat_value_is_system_missing(value) || readstat_value_is_tagged_missing(value)) return {};
  if (readstat_value_type(value) != READSTAT_TYPE_STRING) return grid_number(readstat_double_value(value));
  const char* const text = readstat_string_value(value);
  return text == nullptr ? "" : text;
}

int on_value(int row, readstat_variable_t* variable, readstat_value_t value, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  const auto at = static_cast<std::size_t>(row) + 1;
  const auto column = static_cast<std::size_t>(readstat_variable_get_index(variable));
  if (column >= reading.columns) return READSTAT_HANDLER_OK;
  if (reading.grid.rows.size() <= at) reading.grid.rows.resize(at + 1, std::vector<std::string>(reading.columns));
  reading.grid.rows[at][column] = text_of(value);
  return READSTAT_HANDLER_OK;
}

}  // namespace

Grid read_dta(const std::string& bytes, const std::string& name) {
  const MemoryFile file(bytes);
  Reading reading;
  readstat_parser_t* const parser = readstat_parser_init();
  readstat_set_metadata_handler(parser, on_metadata);
  readstat_set_variable_handler(parser, on_variable);
  readstat_set_value_handler(parser, on_value);
  const readstat_error_t status = readstat_parse_dta(parser, file.path().c_str(), &reading);
  readstat_parser_free(parser);
  if (reading.too_large) throw input_error("a Stata file that declares an absurd size", name, "export it as .csv");
  if (status != READSTAT_OK)
    throw input_error(std::string("a Stata file that cannot be read: ") + readstat_error_message(status), name, "export it again, or as .csv");
  return std::move(reading.grid);
}

}  // namespace potentia
