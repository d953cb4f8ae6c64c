// See table.hpp.
#include "io/import/table.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/column_meaning.hpp"
#include "io/import/grid.hpp"
#include "io/import/text_rows.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr std::size_t preamble_rows = 30;
constexpr std::size_t first_bytes = 4096;
constexpr std::size_t most_workbook_bytes = std::size_t{1} << 30;
constexpr char separators[] = {',', ';', '\t', '|'};

std::string joined(const std::vector<std::string>& names, const char* between) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : between) + name;
  return text;
}

/// A column's name as it is compared: without blanks and quotes, in small letters.
std::string plain_name(std::string_view name) {
  std::string plain;
  const std::string small = lower_case(name);
  for (std::size_t at = 0; at < small.size(); ++at) {
    if (small.compare(at, 2, "\xc2\xa0") == 0) ++at;  // a no-break space
    else if (std::strchr(" \"'\t\r\n", small[at]) == nullptr) plain += small[at];
  }
  return plain;
}

std::string read_at_most(ByteSource& source, std::size_t most) {
  std::string bytes(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    const std::size_t got = source.read(bytes.data() + size, most - size);
    if (got == 0) break;
    size += got;
  }
  bytes.resize(size);
  return bytes;
}

std::string read_whole(ByteSource& source, std::string bytes, const std::string& name) {
  while (true) {
    check_interrupted();
    const std::string more = read_at_most(source, std::size_t{1} << 20);
    if (more.empty()) return bytes;
    bytes += more;
    if (bytes.size() > most_workbook_bytes) throw input_error("a workbook of more than a gigabyte", name, "save it as .csv");
  }
}

}  // namespace

const char* separator_in_words(char separator) {
  return separator == ';' ? "semicolon" : separator == '\t' ? "tab" : separator == '|' ? "bar" : "comma";
}

Table::Table(const std::string& path, const MemberChoice& choice, const TableLayout& layout)
    : ragged_(layout.ragged), map_(layout.map) {
  std::tie(path_, sheet_) = split_sheet(path);
  name_ = path_;
  source_ = open_bytes(path_, choice);
  bytes_ = source_.get();
  if (source_->next_member()) name_ = source_->name();
  std::string begin = read_at_most(*source_, first_bytes);
  if (begin.empty()) throw input_error("empty file", name_, "download or copy it again");
  kind_ = table_kind(begin, name_);
  if (kind_ == TableKind::text) {
    if (!sheet_.empty()) throw input_error("a text has no sheet \"" + sheet_ + "\"", name_, "leave out # and what follows it");
    rows_ = std::make_unique<TextRows>(std::move(source_), std::move(begin), name_);
    choose_separator(layout);
  } else {
    const std::string whole = read_whole(*source_, std::move(begin), name_);
    rows_ = std::make_unique<GridRows>(kind_ == TableKind::xls    ? read_xls(whole, sheet_, name_)
                                       : kind_ == TableKind::xlsx ? read_xlsx(whole, sheet_, name_)
                                                                  : read_dta(whole, name_));
  }
  take_header(layout);
  if (map_ != nullptr) choose_rows();
}

Table::~Table() = default;

bool Table::has_header(const Row& row, const TableLayout& layout) const {
  return std::all_of(layout.header.begin(), layout.header.end(), [&](const std::vector<std::string>& asked) {
    const std::vector<std::string> names = mapped(asked);
    for (std::size_t at = 0; at < row.size(); ++at)
      for (const std::string& name : names)
        if (plain_name(row.cell(at)) == plain_name(name)) return true;
    return false;
  });
}

/// The separator by which the header is found; where none does, or any row is a header, the one with the most columns.
void Table::choose_separator(const TableLayout& layout) {
  auto& text = static_cast<TextRows&>(*rows_);
  char best = separators[0];
  std::pair<bool, std::size_t> most{false, 0};
  for (const char separator : separators) {
    text.set_separator(separator);
    std::pair<bool, std::size_t> found{false, 0};
    for (const Row& row : text.peek(layout.header.empty() ? 1 : preamble_rows)) {
      found.second = std::max(found.second, row.size());
      if (layout.header.empty() || !has_header(row, layout)) continue;
      found = {true, row.size()};
      break;
    }
    if (found <= most) continue;
    most = found;
    best = separator;
  }
  text.set_separator(best);
  style_ = NumberStyle(best == ';');
}

void Table::take_header(const TableLayout& layout) {
  const std::vector<Row> first = rows_->peek(preamble_rows);
  if (first.empty()) throw input_error("empty file", name_, "download or copy it again");
  const auto found = std::find_if(first.begin(), first.end(), [&](const Row& row) { return has_header(row, layout); });
  if (found == first.end()) {
    // The longest of the first rows is most likely what was meant for a header.
    const auto likely = std::max_element(first.begin(), first.end(), [](const Row& a, const Row& b) { return a.size() < b.size(); });
    rows_->next(row_);
    for (auto row = first.begin(); row != likely; ++row) rows_->next(row_);
    header_line_ = rows_->line();
    for (std::size_t at = 0; at < row_.size(); ++at) header_.emplace_back(row_.cell(at));
    for (const std::vector<std::string>& names : layout.header) column(names);
  }
  for (auto row = first.begin(); row <= found; ++row) rows_->next(row_);
  header_line_ = rows_->line();
  header_.clear();
  for (std::size_t at = 0; at < row_.size(); ++at) header_.emplace_back(row_.cell(at));
  while (!header_.empty() && header_.back().empty()) header_.pop_back();
}

std::vector<std::string> Table::mapped(const std::vector<std::string>& names) const {
  if (map_ == nullptr) return names;
  for (const std::string& name : names) {
    const auto known = map_->columns.find(name);
    if (known != map_->columns.end()) return known->second;
  }
  return {};
}

int Table::find_column(const std::vector<std::string>& names) const {
  for (const std::string& name : mapped(names))
    for (std::size_t i = 0; i < header_.size(); ++i)
      if (plain_name(header_[i]) == plain_name(name)) {
        const std::string asked = plain_name(names[0]);
        const std::string meaning = column_meaning(asked);
        take(static_cast<int>(i), !meaning.empty() ? meaning : asked == plain_name(header_[i]) ? "" : names[0]);
        return static_cast<int>(i);
      }
  return -1;
}

void Table::take(int column, const std::string& taken_for) const {
  std::string& known = taken_[column];
  if (!taken_for.empty()) known = taken_for;
}

int Table::column(const std::vector<std::string>& names) const {
  const int found = find_column(names);
  if (found >= 0) return found;
  std::vector<std::string> shown(header_.begin(), header_.begin() + std::min<std::ptrdiff_t>(20, header_.end() - header_.begin()));
  throw input_error("missing column \"" + joined(mapped(names), "\" or \"") + "\"", where(header_line_),
                    "the header has: " + joined(shown, ", ") + (shown.size() < header_.size() ? " …" : ""));
}

void Table::contradict(const std::string& other, const std::string& here) const {
  throw input_error("decimal commas and decimal points in one table (" + other + ")", here, "write all numbers alike");
}

void Table::expect_numbers(const std::vector<int>& columns) {
  rows_->scan([&](const Row& row, std::uint64_t line) {
    for (const int column : columns) {
      if (column < 0 || static_cast<std::size_t>(column) >= row.size()) continue;
      const std::string_view cell = row.cell(static_cast<std::size_t>(column));
      if (cell.find_first_of(",.") == std::string_view::npos) continue;
      const std::string other = style_.observe(cell, where(line) + ", " + std::string(cell));
      if (!other.empty()) contradict(other, where(line) + ", " + std::string(cell));
    }
  });
  style_.freeze();
}

/// Finds the columns that decide which rows count.
void Table::choose_rows() {
  const auto place = [this](const std::vector<std::string>& names) {
    for (const std::string& name : names)
      for (std::size_t i = 0; i < header_.size(); ++i)
        if (plain_name(header_[i]) == plain_name(name)) return static_cast<int>(i);
    return -1;
  };
  for (const RowChoice& choice : map_->choices) {
    const int at = place(choice.columns);
    if (at >= 0) choices_.push_back({&choice, at, {}, false, {}});
    else if (!choice.may_lack)
      throw input_error("no column \"" + joined(choice.columns, "\" or \"") + "\" to choose rows by (" + choice.where + ")",
                        where(header_line_), "the header has: " + joined(header_, ", "));
  }
  for (Choice& choice : choices_) {
    choice.last = choice.choice->values[0];
    choice.last_counts = choice.choice->wanted;
  }
  if (map_->six_digits) digits_column_ = find_column({"product"});
}

bool Table::counts() {
  ++seen_;
  for (Choice& choice : choices_) {
    const std::string_view here = cell(choice.column);
    if (here != choice.last) {
      const std::vector<std::string>& values = choice.choice->values;
      const bool named = std::any_of(values.begin(), values.end(), [&](const std::string& value) { return is_same_cell(here, value); });
      choice.last = here;
      choice.last_counts = named == choice.choice->wanted;
    }
    if (choice.last_counts) continue;
    constexpr std::size_t most = 6;
    std::vector<std::string>& refused = choice.refused;
    if (refused.size() < most && std::find(refused.begin(), refused.end(), choice.last) == refused.end()) refused.push_back(choice.last);
    return false;
  }
  if (digits_column_ >= 0 && hs6_code(cell(digits_column_)).empty()) return false;
  ++counted_;
  return true;
}

void Table::none_counted() const {
  for (const Choice& choice : choices_) {
    if (choice.refused.empty()) continue;
    throw input_error("none of its " + std::to_string(seen_) + " rows counts by " + choice.choice->columns[0] + " (" +
                          choice.choice->where + "): the column holds " + joined(choice.refused, ", "),
                      name_, "name other values, or take another file");
  }
  throw input_error("none of its " + std::to_string(seen_) + " rows has a product of six digits", name_, "take a file of six digits");
}

bool Table::next() {
  while (next_row()) {
    if (map_ == nullptr || counts()) return true;
  }
  if (seen_ != 0 && counted_ == 0) none_counted();
  return false;
}

bool Table::next_row() {
  if (!rows_->next(row_)) return false;
  ++rows_read_;
  while (kind_ != TableKind::text && row_.size() < header_.size()) row_.add("");  // sheets leave empty cells out
  std::size_t filled = row_.size();
  while (filled > header_.size() && row_.cell(filled - 1).empty()) --filled;
  if (filled == header_.size() || (is_short() && ragged_)) return true;
  throw input_error(std::to_string(row_.size()) + " fields where the header has " + std::to_string(header_.size()), where(),
                    "correct the row");
}

std::string_view Table::cell(int column) const {
  return column < 0 || static_cast<std::size_t>(column) >= row_.size() ? std::string_view()
                                                                       : row_.cell(static_cast<std::size_t>(column));
}

double Table::number(int column) {
  const std::string_view text = cell(column);
  if (is_missing(text)) return missing_value;
  double value = 0.0;
  const bool marked = text.find(',') != std::string_view::npos || style_.decimal_comma() ||
                      (text.find_first_of(" '\xc2\xe2") != std::string_view::npos);
  NumberFault fault = marked && text.find_first_of("eE") == std::string_view::npos
                          ? NumberFault::not_a_number
                          : parse_number(text, value);
  if (fault == NumberFault::not_a_number && marked) {
    const std::string other = style_.observe(text, where() + ", " + std::string(text));  // beyond what expect_numbers saw
    if (!other.empty()) contradict(other, where() + ", " + std::string(text));
    fault = parse_number(style_.plain(text), value);
  }
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
  if (parse_integer(cell(column), value) && value >= 1000 && value <= 9999) {
    first_year_ = first_year_ == 0 ? value : std::min(first_year_, value);
    last_year_ = std::max(last_year_, value);
    return value;
  }
  throw input_error("\"" + std::string(cell(column)) + "\" is no year", where(), "write four digits");
}

SourceFile Table::fingerprint(const std::string& role) {
  SourceFile file;
  file.role = role;
  file.name = path_.substr(path_.find_last_of('/') + 1);
  file.bytes = bytes_->size();
  file.sha256 = bytes_->sha256();
  file.report = report();
  return file;
}

FileReport Table::report() const {
  FileReport report;
  report.table = name_.substr(name_.find_last_of('/', path_.size() - 1) + 1) + (sheet_.empty() ? "" : "#" + sheet_);
  report.kind = kind_ == TableKind::text   ? "text"
                : kind_ == TableKind::xls  ? "workbook (.xls)"
                : kind_ == TableKind::xlsx ? "workbook (.xlsx)"
                                           : "Stata file";
  if (kind_ == TableKind::text) {
    const auto& text = static_cast<const TextRows&>(*rows_);
    report.encoding = text.encoding();
    report.separator = separator_in_words(text.separator());
  }
  report.decimal_comma = style_.decimal_comma();
  report.rows = rows_read_;
  report.first_year = first_year_;
  report.last_year = last_year_;
  std::string last_of_years;  // of a run of columns that are years
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const auto taken = taken_.find(static_cast<int>(i));
    const std::int32_t year = taken == taken_.end() ? year_of_header(header_[i]) : 0;
    if (taken != taken_.end()) {
      report.columns.push_back({header_[i], taken->second});
    } else if (year == 0) {
      ++report.further_columns;
    } else if (report.first_year == 0) {
      report.columns.push_back({header_[i], "years"});
      report.first_year = report.last_year = year;
    } else {
      report.last_year = std::max(report.last_year, year);
      report.first_year = std::min(report.first_year, year);
      last_of_years = header_[i];
    }
  }
  if (last_of_years.empty()) return report;
  for (FileReport::Column& column : report.columns)
    if (column.taken_for == "years") column.name += " ... " + last_of_years;
  return report;
}

}  // namespace potentia
