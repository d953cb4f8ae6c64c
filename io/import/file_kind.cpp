// See file_kind.hpp.
#include "io/import/file_kind.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "io/import/cells.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

bool is_stata(const std::string& begin) {
  if (begin.compare(0, 11, "<stata_dta>") == 0) return true;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(begin[at]); };
  // Release 104 to 115, byte order, file type 1, a byte of nothing.
  return begin.size() >= 4 && byte(0) >= 104 && byte(0) <= 115 && (byte(1) == 1 || byte(1) == 2) && byte(2) == 1 && byte(3) == 0;
}

}  // namespace

TableKind table_kind(const std::string& begin, const std::string& name) {
  const auto starts = [&](const char* bytes, std::size_t size) { return begin.compare(0, size, bytes, size) == 0; };
  if (starts("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8)) return TableKind::xls;
  if (starts("PK\x03\x04", 4)) return TableKind::xlsx;  // archives of tables are opened before this is asked
  if (is_stata(begin)) return TableKind::dta;
  struct Other {
    const char* bytes;
    std::size_t size;
    const char* what;
    const char* remedy;
  };
  static const Other others[] = {
      {"%PDF", 4, "a PDF, no table", "download the table itself"},
      {"PAR1", 4, "a Parquet file, which is not read", "save it as .csv"},
      {"\x89PNG", 4, "a picture, no table", "download the table itself"},
      {"\xff\xd8\xff", 3, "a picture, no table", "download the table itself"},
      {"GIF8", 4, "a picture, no table", "download the table itself"},
      {"\x89HDF", 4, "an HDF5 file, no table", "name the file it was made from"},
      {"SQLite format 3", 15, "a database, no table", "export the table as .csv"},
      {"RDX", 3, "a file of R, which is not read", "save it as .csv"},
      {"{\\rtf", 5, "a text document, no table", "save the table as .csv"}};
  for (const Other& other : others)
    if (starts(other.bytes, other.size)) throw input_error(other.what, name, other.remedy);
  std::string head = begin.substr(0, 1024);
  if (starts("\xff\xfe", 2) || starts("\xfe\xff", 2)) {  // UTF-16: what is asked for below is ASCII
    head.erase(0, 2);
    head.erase(std::remove(head.begin(), head.end(), '\0'), head.end());
  }
  head = lower_case(head);
  if (head.compare(0, 3, "\xef\xbb\xbf") == 0) head.erase(0, 3);
  head.erase(0, std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  const bool web = head.compare(0, 9, "<!doctype") == 0 || head.compare(0, 5, "<html") == 0 || head.compare(0, 5, "<head") == 0 ||
                   (!head.empty() && head[0] == '<' && head.find("<html") != std::string::npos);
  if (web) throw input_error("a web page, no table", name, "download it again, perhaps signed in");
  if (head.compare(0, 5, "<?xml") == 0) throw input_error("an XML file, no table", name, "choose CSV where you download it");
  if (!head.empty() && (head[0] == '{' || head.compare(0, 2, "[{") == 0))
    throw input_error("a JSON file, no table", name, "choose CSV where you download it");
  return TableKind::text;
}

std::pair<std::string, std::string> split_sheet(const std::string& path) {
  const std::size_t mark = path.rfind('#');
  struct stat status {};
  if (mark == std::string::npos || ::stat(path.c_str(), &status) == 0) return {path, ""};
  return {path.substr(0, mark), path.substr(mark + 1)};
}

}  // namespace potentia
