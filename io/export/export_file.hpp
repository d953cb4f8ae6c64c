// A tidy table as a file for other programs: text, workbook or Stata's own form, by the end of the name.
#pragma once

#include <cstdint>
#include <string>

#include "io/export/tidy_table.hpp"
#include "kernels/backend.hpp"

namespace potentia {

enum class ExportForm { csv, csv_gzip, csv_zstd, xlsx, dta };

/// The form that the name of a file asks for: .csv, .csv.gz, .csv.zst, .xlsx, .dta, in any case.
/// @throws Error(usage) naming these
ExportForm export_form(const std::string& path);

/// Rows that a sheet of a workbook holds, its header among them.
inline constexpr std::size_t most_sheet_rows = 1048576;

struct ExportOptions {
  bool for_excel = false;  ///< of .csv: a byte order mark, codes as text
  int threads = 1;         ///< none of the bytes written depends on it
  ProgressSink progress;
  std::size_t sheet_rows = most_sheet_rows;  ///< a longer table goes on in another sheet
};

struct ExportReport {
  std::uint64_t bytes = 0;   ///< size of the file
  std::size_t sheets = 0;    ///< that the table takes; 0 where there are none
  double flush_seconds = 0;  ///< of the time taken, waiting for the disk at the end
};

/// Writes a table, whole or not at all.
/// @throws Error(usage) for another ending, Error(input) for a path that cannot be an output or a table that the form
///         cannot hold, Error(resources) for a full disk, Error(interrupted)
ExportReport write_export(const std::string& path, const TidyTable& table, const ExportOptions& options);

/// One form each, as write_export.
ExportReport write_csv(const std::string& path, ExportForm form, const TidyTable& table, const ExportOptions& options);
ExportReport write_xlsx(const std::string& path, const TidyTable& table, const ExportOptions& options);
ExportReport write_dta(const std::string& path, const TidyTable& table, const ExportOptions& options);

}  // namespace potentia
