// Sheets of workbooks (.xlsx): XML in a .zip, by pugixml over libarchive.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <memory>
#include <pugixml.hpp>

#include "io/import/grid.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::size_t most_member_bytes = std::size_t{1} << 30;
constexpr std::size_t most_rows = 1048576;
constexpr std::size_t most_tags = std::size_t{40} << 20;  // some 60 bytes of memory each

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw input_error("a workbook that cannot be read: " + what, name, "save it again as .xlsx or .csv");
}

/// Members of the package that a sheet needs, unpacked.
std::map<std::string, std::string> unpack(const std::string& bytes, const std::string& name) {
  const std::unique_ptr<archive, int (*)(archive*)> package(archive_read_new(), archive_read_free);
  archive_read_support_format_zip(package.get());
  if (archive_read_open_memory(package.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) refuse(name, "no archive");
  std::map<std::string, std::string> members;
  std::size_t left = most_member_bytes;
  archive_entry* entry = nullptr;
  while (true) {
    const int status = archive_read_next_header(package.get(), &entry);
    if (status == ARCHIVE_EOF) return members;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) refuse(name, "its archive is damaged");
    const char* const path = archive_entry_pathname(entry);
    if (path == nullptr) continue;
    const std::string member = path;
    const bool wanted = member == "xl/workbook.xml" || member == "xl/_rels/workbook.xml.rels" ||
                        member == "xl/sharedStrings.xml" || member.compare(0, 14, "xl/worksheets/") == 0;
    if (!wanted) continue;
    std::string& text = members[member];
    char block[1 << 16];
    while (true) {
      const la_ssize_t got = archive_read_data(package.get(), block, sizeof block);
      if (got < 0) refuse(name, "its archive is damaged");
      if (got == 0) break;
      if (static_cast<std::size_t>(got) > left) refuse(name, "it unpacks to more than a gigabyte");
      left -= static_cast<std::size_t>(got);
      text.append(block, static_cast<std::size_t>(got));
    }
  }
}

pugi::xml_document parse(std::map<std::string, std::string>& members, const std::string& member, const std::string& name) {
  pugi::xml_document document;
  const auto found = members.find(member);
  if (found == members.end()) refuse(name, member + " is missing");
  if (!document.load_buffer_inplace(found->second.data(), found->second.size(), pugi::parse_default | pugi::parse_ws_pcdata))
    refuse(name, member + " is no XML");
  return document;
}

/// Node names without their namespace's prefix: some programs write <x:row>.
bool is(const pugi::xml_node& node, const char* name) {
  const char* const colon = std::strchr(node.name(), ':');
  return std::strcmp(colon == nullptr ? node.name() : colon + 1, name) == 0;
}

pugi::xml_node child(const pugi::xml_node& of, const char* name) {
  for (const pugi::xml_node& node : of.children())
    if (is(node, name)) return node;
  return {};
}

/// All text of a string item: plain, or in runs of rich text; not how it is pronounced.
std::string text_of(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& node : item.children()) {
    if (is(node, "t")) text += node.child_value();
    else if (is(node, "r")) text += child(node, "t").child_value();
  }
  return text;
}

std::vector<std::string> shared_strings(std::map<std::string, std::string>& members, const std::string& name) {
  std::vector<std::string> strings;
  if (members.count("xl/sharedStrings.xml") == 0) return strings;
  const pugi::xml_document document = parse(members, "xl/sharedStrings.xml", name);
  for (const pugi::xml_node& item : document.document_element().children())
    if (is(item, "si")) strings.push_back(text_of(item));
  return strings;
}

/// The member that holds the wanted sheet.
std::string sheet_member(std::map<std::string, std::string>& members, const std::string& sheet, const std::string& name) {
  const pugi::xml_document relations = parse(members, "xl/_rels/workbook.xml.rels", name);
  std::map<std::string, std::string> targets;
  for (const pugi::xml_node& relation : relations.document_element().children()) {
    std::string target = relation.attribute("Target").value();
    if (target.compare(0, 1, "/") == 0) target.erase(0, 1);
    else target = "xl/" + target;
    targets[relation.attribute("Id").value()] = target;
  }
  const pugi::xml_document workbook = parse(members, "xl/workbook.xml", name);
  std::string held;
  for (const pugi::xml_node& entry : child(workbook.document_element(), "sheets").children()) {
    const std::string title = entry.attribute("name").value();
    if (sheet.empty() || title == sheet) {
      for (const pugi::xml_attribute& attribute : entry.attributes()) {
        const std::string key = attribute.name();
        if (key == "r:id" || (key.size() > 3 && key.compare(key.size() - 3, 3, ":id") == 0)) return targets[attribute.value()];
      }
    }
    held += (held.empty() ? "" : ", ") + title;
  }
  if (sheet.empty()) refuse(name, "it has no sheet");
  throw input_error("the workbook has no sheet \"" + sheet + "\"", name, "it has " + held);
}

/// Column of "AB12", from 0; −1 for no reference.
std::ptrdiff_t column_of(const char* reference) {
  std::ptrdiff_t column = 0;
  for (; *reference >= 'A' && *reference <= 'Z'; ++reference) {
    column = column * 26 + (*reference - 'A' + 1);
    if (column > static_cast<std::ptrdiff_t>(most_grid_columns)) return static_cast<std::ptrdiff_t>(most_grid_columns);
  }
  return column - 1;
}

std::string cell_text(const pugi::xml_node& cell, const std::vector<std::string>& strings, const std::string& name) {
  const std::string type = cell.attribute("t").value();
  if (type == "inlineStr") return text_of(child(cell, "is"));
  const std::string value = child(cell, "v").child_value();
  if (type == "s") {
    std::size_t index = 0;
    std::from_chars(value.data(), value.data() + value.size(), index);
    if (index >= strings.size()) refuse(name, "it refers to a text that it does not have");
    return strings[index];
  }
  if (type == "str" || type == "b") return value;
  if (type == "e") return "";  // #N/A and its like
  double number = 0.0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  return read.ec == std::errc() && read.ptr == value.data() + value.size() ? grid_number(number) : value;
}

}  // namespace

Grid read_xlsx(const std::string& bytes, const std::string& sheet, const std::string& name) {
  std::map<std::string, std::string> members = unpack(bytes, name);
  const std::string member = sheet_member(members, sheet, name);
  const std::vector<std::string> strings = shared_strings(members, name);
  const std::string& xml = members[member];
  if (static_cast<std::size_t>(std::count(xml.begin(), xml.end(), '<')) > most_tags)
    refuse(name, "it has more cells than a table of this kind");
  const pugi::xml_document document = parse(members, member, name);
  Grid grid;
  std::size_t cells = 0;
  for (const pugi::xml_node& entry : child(document.document_element(), "sheetData").children()) {
    if (!is(entry, "row")) continue;
    const unsigned long long number = entry.attribute("r").as_ullong(grid.rows.size() + 1);
    if (number == 0 || number > most_rows || number <= grid.rows.size()) refuse(name, "its rows are out of order");
    grid.rows.resize(number);  // rows that are left out are empty
    std::vector<std::string>& row = grid.rows.back();
    for (const pugi::xml_node& cell : entry.children()) {
      if (!is(cell, "c")) continue;
      const char* const reference = cell.attribute("r").value();
      const std::ptrdiff_t column = *reference == '\0' ? static_cast<std::ptrdiff_t>(row.size()) : column_of(reference);
      std::string text = cell_text(cell, strings, name);
      if (text.empty()) continue;  // cells that are only formatted reach to the last column of a sheet
      if (column < 0 || column >= static_cast<std::ptrdiff_t>(most_grid_columns)) refuse(name, "it has absurd columns");
      const auto at = static_cast<std::size_t>(column);
      if (row.size() <= at) row.resize(at + 1);
      row[at] = std::move(text);
      if ((cells += 1) > most_grid_cells) refuse(name, "it has more cells than a table of this kind");
    }
  }
  return grid;
}

}  // namespace potentia
