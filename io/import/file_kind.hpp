// What a file is, by its first bytes.
#pragma once

#include <string>
#include <utility>

namespace potentia {

enum class TableKind { text, xls, xlsx, dta };

/// @param begin the first bytes; @param name for the complaint
/// @throws Error(input) naming what a file is that is no table: a web page, PDF, Parquet …
TableKind table_kind(const std::string& begin, const std::string& name);

/// "x.xlsx#Sheet" as path and sheet; a file whose own name holds a # is itself, without a sheet.
std::pair<std::string, std::string> split_sheet(const std::string& path);

}  // namespace potentia
