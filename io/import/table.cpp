// See table.hpp.
#include "io/import/table.hpp"

#include <csv.h>

#include <algorithm>
#include <limits>

#include "io/import/cells.hpp"
#include "io/import/utf16.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;
constexpr std::size_t longest_row = std::size_t{16} << 20;
constexpr int preamble_rows = 10;

std::string joined(const std::vector<std::string>& names, const char* between) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : between) + name;
  return text;
}

}  // namespace

Table::Table(const std::string& path, const MemberChoice& choice, const TableLayout& layout)
    : path_(path), name_(path), layout_(layout), source_(open_bytes(path, choice)),
      parser_(new csv_parser()) {
  if (csv_init(parser_.get(), 0) != 0) throw Error(ErrorKind::internal, "libcsv could not be set up");
  if (!layout_.quotes) csv_set_quote(parser_.get(), '\0');
  if (source_->next_member()) name_ = source_->name();
  detect_separator();
  for (int row = 0; read_row(); ++row) {
    header_line_ = row_line_;
    header_.clear();
    for (std::size_t i = 0; i < ends_.size(); ++i) header_.emplace_back(cell(static_cast<int>(i)));
    if (layout_.header_column.empty() || find_column({layout_.header_column}) >= 0) return;
    if (row + 1 == preamble_rows) break;
  }
  if (line_ == 0) throw input_error("empty file", name_, "download or copy it again");
  throw input_error("missing column \"" + layout_.header_column + "\"", where(header_line_), "check the format");
}

void Table::ParserCloser::operator()(csv_parser* parser) const {
  csv_free(parser);
  delete parser;
}

int Table::find_column(const std::vector<std::string>& names) const {
  for (const std::string& name : names) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (lower_case(header_[i]) == lower_case(name)) return static_cast<int>(i);
    }
  }
  return -1;
}

int Table::column(const std::vector<std::string>& names) const {
  const int found = find_column(names);
  if (found >= 0) return found;
  std::vector<std::string> shown(header_.begin(), header_.begin() + std::min<std::ptrdiff_t>(20, header_.end() - header_.begin()));
  throw input_error("missing column \"" + joined(names, "\" or \"") + "\"", where(header_line_),
                    "the header has: " + joined(shown, ", ") + (shown.size() < header_.size() ? " …" : ""));
}

bool Table::next() {
  if (!read_row()) return false;
  if (ends_.size() == header_.size() || (layout_.ragged && is_short())) return true;
  throw input_error(std::to_string(ends_.size()) + " fields where the header has " + std::to_string(header_.size()),
                    where(), "correct the row");
}

std::string_view Table::cell(int column) const {
  if (column < 0 || static_cast<std::size_t>(column) >= ends_.size()) return {};
  const std::size_t begin = column == 0 ? 0 : ends_[static_cast<std::size_t>(column) - 1];
  std::string_view text(cells_.data() + begin, ends_[static_cast<std::size_t>(column)] - begin);
  if (!layout_.quotes && text.size() > 1 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

double Table::number(int column, bool thousands) const {
  const std::string_view text = cell(column);
  if (is_missing(text)) return missing_value;
  std::string plain(text);
  if (thousands) plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
  double value = 0.0;
  const NumberFault fault = parse_number(plain, value);
  if (fault == NumberFault::none) return value;
  const std::string named = header_[static_cast<std::size_t>(column)] + " \"" + std::string(text) + "\"";
  throw input_error(named + (fault == NumberFault::infinite ? " is infinite" : " is not a number"), where(),
                    "correct the cell, or leave it empty if it is not known");
}

std::string Table::hs6(int column) const {
  std::string code = hs6_code(cell(column));
  if (!code.empty()) return code;
  throw input_error("\"" + std::string(cell(column)) + "\" is no HS code of six digits", where(),
                    "write six digits; five are taken to have lost their leading zero");
}

std::int32_t Table::year(int column) const {
  std::int32_t value = 0;
  if (parse_integer(cell(column), value) && value >= 1000 && value <= 9999) return value;
  throw input_error("\"" + std::string(cell(column)) + "\" is no year", where(), "write four digits");
}

SourceFile Table::fingerprint(const std::string& role) {
  SourceFile file;
  file.role = role;
  file.name = path_.substr(path_.find_last_of('/') + 1);
  file.bytes = source_->size();
  file.sha256 = source_->sha256();
  return file;
}

void Table::on_cell(void* text, std::size_t size, void* self) {
  auto* table = static_cast<Table*>(self);
  table->cells_.append(static_cast<const char*>(text), size);
  table->ends_.push_back(table->cells_.size());
}

void Table::on_row(int, void* self) { ++static_cast<Table*>(self)->rows_ready_; }

bool Table::read_row() {
  cells_.clear();
  ends_.clear();
  rows_ready_ = 0;
  std::string line;
  bool begun = false;
  while (rows_ready_ == 0) {
    if (!read_line(line)) {
      // libcsv tells of an open quote only if it is to refuse stray ones as well, which names of countries may have.
      constexpr int within_a_cell = 2;
      const bool open = parser_->quoted != 0 && parser_->pstate == within_a_cell;
      if (open || csv_fini(parser_.get(), on_cell, on_row, this) != 0) {
        throw input_error("a quotation mark that opens here is never closed", where(row_line_), "close it");
      }
      return rows_ready_ != 0;
    }
    if (!begun) row_line_ = line_;
    if (csv_parse(parser_.get(), line.data(), line.size(), on_cell, on_row, this) != line.size()) {
      throw input_error(csv_strerror(csv_error(parser_.get())), where(line_), "correct the line");
    }
    begun = parser_->pstate != 0;  // in the middle of a row: a quoted cell may hold line ends
    if (cells_.size() > longest_row) throw input_error("a row of many megabytes", where(row_line_), "check the quotes");
  }
  if (rows_ready_ > 1) throw input_error("a carriage return within a line", where(line_), "correct the line ends");
  return true;
}

bool Table::read_line(std::string& line) {
  line.clear();
  while (true) {
    const std::size_t end = text_.find('\n', text_position_);
    if (end != std::string::npos) {
      line.assign(text_, text_position_, end + 1 - text_position_);
      text_position_ = end + 1;
      ++line_;
      return true;
    }
    if (text_.size() - text_position_ > longest_row) {
      throw input_error("a line of many megabytes", where(line_ + 1), "check what kind of file this is");
    }
    if (refill()) continue;
    if (text_position_ == text_.size()) return false;
    line.assign(text_, text_position_, text_.size() - text_position_);
    line += '\n';  // the last line may lack its end
    text_position_ = text_.size();
    ++line_;
    return true;
  }
}

bool Table::refill() {
  if (source_ended_) return false;
  check_interrupted();
  text_.erase(0, text_position_);
  text_position_ = 0;
  const bool first = utf16_ < 0;
  std::string block = std::move(odd_bytes_);
  odd_bytes_.clear();
  const std::size_t kept = block.size();
  block.resize(kept + block_bytes);
  const std::size_t got = source_->read(block.data() + kept, block_bytes);
  block.resize(kept + got);
  source_ended_ = got == 0;
  if (first) utf16_ = looks_like_utf16(block) ? 1 : 0;
  if (utf16_ == 1) {
    block = utf8_from_utf16(block, odd_bytes_, source_ended_, name_);
  }
  if (first && block.compare(0, 3, "\xef\xbb\xbf") == 0) block.erase(0, 3);
  text_ += block;
  return !source_ended_ || !block.empty();
}

void Table::detect_separator() {
  while (text_.find('\n') == std::string::npos && refill() && text_.size() <= longest_row) {
  }
  const std::size_t begin = text_.find_first_not_of("\r\n");
  if (begin == std::string::npos) return;
  const std::string line = text_.substr(begin, text_.find('\n', begin) - begin);
  std::ptrdiff_t most = 0;
  for (const char separator : {',', ';', '\t'}) {
    const std::ptrdiff_t count = std::count(line.begin(), line.end(), separator);
    if (count <= most) continue;
    most = count;
    csv_set_delim(parser_.get(), static_cast<unsigned char>(separator));
  }
  if (csv_get_delim(parser_.get()) == '\t') {
    // libcsv trims tabs around cells unless told that only blanks are space.
    csv_set_space_func(parser_.get(), [](unsigned char c) -> int { return c == ' '; });
  }
}

}  // namespace potentia
