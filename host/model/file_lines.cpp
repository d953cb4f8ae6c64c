// See file_lines.hpp.
#include "host/model/file_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/run/progress.hpp"

namespace potentia {
namespace {

/// Roles in the order of the manifest's tables; others come last.
std::size_t place_of(const std::string& role) {
  static const char* const roles[] = {"trade",      "countries",    "products",       "distance",     "macro",
                                      "projection", "tariff rates", "tariff members", "elasticities", "concordance",
                                      "excluded",   "sectors",      "processing",     "names",        "logistics",
                                      "utilization"};
  return static_cast<std::size_t>(std::find(std::begin(roles), std::end(roles), role) - std::begin(roles));
}

std::string table_in_words(const FileReport& report) {
  std::string text = report.kind;
  for (const std::string& word : {report.encoding, report.separator}) text += (word.empty() ? "" : ", ") + word;
  if (report.decimal_comma) text += ", decimal commas";
  text += fmt::format("; {} row{}", with_thousands(report.rows), report.rows == 1 ? "" : "s");
  if (report.first_year == 0) return text;
  text += fmt::format("; {}", report.first_year);
  return report.last_year == report.first_year ? text : text + fmt::format(" to {}", report.last_year);
}

std::string columns_in_words(const FileReport& report) {
  std::string text;
  for (const FileReport::Column& column : report.columns) {
    text += (text.empty() ? "" : ", ") + column.name + (column.taken_for.empty() ? "" : " = " + column.taken_for);
  }
  if (report.further_columns != 0) text += fmt::format("; {} more not used", report.further_columns);
  return text;
}

}  // namespace

std::vector<std::string> file_lines(const std::vector<SourceFile>& sources) {
  std::vector<const SourceFile*> files;
  for (const SourceFile& source : sources) {
    if (!source.report.kind.empty()) files.push_back(&source);
  }
  std::stable_sort(files.begin(), files.end(),
                   [](const SourceFile* a, const SourceFile* b) { return place_of(a->role) < place_of(b->role); });
  std::vector<std::string> lines;
  for (const SourceFile* file : files) {
    lines.push_back(fmt::format("{:<15} {}: {}", file->role, file->report.table, table_in_words(file->report)));
    lines.push_back(fmt::format("{:<15}   {}", "", columns_in_words(file->report)));
  }
  return lines;
}

}  // namespace potentia
