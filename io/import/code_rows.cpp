#include "io/import/code_rows.hpp"

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/import/cells.hpp"
#include "kernels/error.hpp"

namespace potentia {

void for_each_code(Table& table, int column, const ReadCode& read_code,
                   const std::function<void(const std::string& code)>& take) {
  std::unordered_map<std::string, std::uint64_t> line_of;
  while (table.next()) {
    const std::string code = read_code(table, column);
    const auto [known, is_new] = line_of.emplace(code, table.line());
    if (!is_new)
      throw input_error("code " + code + " stands on line " + std::to_string(known->second) + " too", table.where(),
                        "remove one of the two rows");
    take(code);
  }
}

CodeNames read_code_names(const std::string& path, const std::string& role, const ReadCode& read_code) {
  const std::vector<std::string> code_columns = {"hs6", "code"}, name_columns = {"name", "short_name"};
  Table table(path, {{}, false}, {{code_columns, name_columns}});
  const int code_column = table.column(code_columns), name_column = table.column(name_columns);
  CodeNames names;
  for_each_code(table, code_column, read_code, [&](const std::string& code) {
    std::string name = one_line_name(table.cell(name_column));
    if (name.empty()) throw input_error("code " + code + " has no name", table.where(), "write one, or remove the row");
    names.name_of.emplace(code, std::move(name));
  });
  names.source = table.fingerprint(role);
  return names;
}

}  // namespace potentia
