// See export_file.hpp.
#include "io/export/export_file.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "kernels/error.hpp"

namespace potentia {

ExportForm export_form(const std::string& path) {
  std::string name = path;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::pair<const char*, ExportForm> endings[] = {{".csv", ExportForm::csv},
                                                        {".csv.gz", ExportForm::csv_gzip},
                                                        {".csv.zst", ExportForm::csv_zstd},
                                                        {".xlsx", ExportForm::xlsx},
                                                        {".dta", ExportForm::dta}};
  for (const auto& [ending, form] : endings) {
    const std::string end = ending;
    if (name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0) return form;
  }
  throw Error(ErrorKind::usage, "the name of the output does not say what kind of file to write", path,
              "end it in .csv, .csv.gz, .csv.zst, .xlsx or .dta");
}

ExportReport write_export(const std::string& path, const TidyTable& table, const ExportOptions& options) {
  const ExportForm form = export_form(path);
  switch (form) {
    case ExportForm::xlsx:
      return write_xlsx(path, table, options);
    case ExportForm::dta:
      return write_dta(path, table, options);
    default:
      return write_csv(path, form, table, options);
  }
}

}  // namespace potentia
