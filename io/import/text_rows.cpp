// See text_rows.hpp.
#include "io/import/text_rows.hpp"

#include <algorithm>
#include <utility>

#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::size_t longest_row = std::size_t{16} << 20;
constexpr std::size_t scanned_bytes = std::size_t{64} << 20;  // all of any table but the largest lists of tariffs

std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
  return cell;
}

}  // namespace

TextRows::TextRows(std::unique_ptr<ByteSource> source, std::string begin, std::string name)
    : source_(std::move(source)), decoder_(*source_, std::move(begin), name), name_(std::move(name)) {}

bool TextRows::refill() {
  text_.erase(0, position_.at);
  position_.at = 0;
  const std::size_t before = text_.size();
  while (!ended_ && text_.size() == before) ended_ = !decoder_.append(text_);
  return text_.size() > before;
}

/// Makes sure that a whole line lies at the position. @param more whether text may be read for it
bool TextRows::has_line(const Position& position, bool more) {
  while (text_.find('\n', position.at) == std::string::npos) {
    if (text_.size() - position.at > longest_row)
      throw input_error("a line of many megabytes", name_ + ":" + std::to_string(position.line), "check what kind of file this is");
    const bool own = &position == &position_;
    if (!more || ended_ || !own || !refill()) return position.at < text_.size();
  }
  return true;
}

/// A cell that begins with a quote, at the position; leaves the position at the separator or line end behind it.
void TextRows::read_quoted(Position& position, Row& row, bool more, std::uint64_t begins) {
  const std::size_t opened = position.at;
  const std::size_t first = row.text.size();
  std::uint64_t lines = 0;
  std::size_t at = opened + 1;
  while (true) {
    const std::size_t quote = text_.find_first_of("\"\n", at);
    const bool line_end = quote != std::string::npos && text_[quote] == '\n';
    if (quote == std::string::npos || line_end) {
      if (separator_ == '\t') {  // such tables do not quote: the cell is what stands there
        row.text.resize(first);
        const std::size_t end = std::min(text_.find_first_of("\t\n", opened), text_.size());
        row.text += trimmed(std::string_view(text_).substr(opened, end - opened));
        position.at = end;
        row.ends.push_back(row.text.size());
        return;
      }
      if (quote == std::string::npos) {  // the cell goes on beyond what is at hand
        const std::size_t size = text_.size();
        if (more && !ended_ && size - opened <= longest_row) {
          ended_ = !decoder_.append(text_);
          if (text_.size() > size) continue;
        }
        throw input_error("a quotation mark that opens here is never closed", name_ + ":" + std::to_string(begins), "close it");
      }
      row.text.append(text_, at, quote + 1 - at);
      at = quote + 1;
      ++lines;
      if (row.text.size() > longest_row) throw input_error("a row of many megabytes", name_ + ":" + std::to_string(begins), "check the quotes");
      continue;
    }
    row.text.append(text_, at, quote - at);
    if (quote + 1 < text_.size() && text_[quote + 1] == '"') {
      row.text += '"';
      at = quote + 2;
      continue;
    }
    std::size_t behind = quote + 1;
    while (behind < text_.size() && text_[behind] == ' ') ++behind;
    if (behind == text_.size() || text_[behind] == separator_ || text_[behind] == '\n') {
      position.at = behind;
      position.line += lines;
      row.ends.push_back(row.text.size());
      return;
    }
    row.text += '"';  // a stray one
    at = quote + 1;
  }
}

bool TextRows::read_row(Position& position, Row& row, std::uint64_t& begins, bool more) {
  while (has_line(position, more)) {
    row.clear();
    begins = position.line;
    while (true) {
      while (position.at < text_.size() && text_[position.at] == ' ') ++position.at;
      if (position.at < text_.size() && text_[position.at] == '"') {
        read_quoted(position, row, more, begins);
      } else {
        std::size_t end = position.at;
        while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n') ++end;
        row.add(trimmed(std::string_view(text_).substr(position.at, end - position.at)));
        position.at = end;
      }
      const bool line_ends = position.at >= text_.size() || text_[position.at] == '\n';
      ++position.at;
      if (line_ends) break;
    }
    ++position.line;
    position.at = std::min(position.at, text_.size());
    if (!row.is_empty()) return true;
  }
  return false;
}

bool TextRows::next(Row& row) { return read_row(position_, row, row_line_, true); }

std::vector<Row> TextRows::peek(std::size_t rows) {
  constexpr std::size_t enough = std::size_t{1} << 16;
  while (!ended_ && text_.size() - position_.at < enough && refill()) {
  }
  std::vector<Row> first;
  Position position = position_;
  std::uint64_t line = 0;
  while (first.size() < rows) {
    Row row;
    try {
      if (!read_row(position, row, line, false)) break;
    } catch (const Error&) {  // whoever comes to that row will say what is wrong with it
      break;
    }
    first.push_back(std::move(row));
  }
  return first;
}

void TextRows::scan(const std::function<void(const Row&, std::uint64_t line)>& look) {
  while (!ended_ && text_.size() - position_.at < scanned_bytes && refill()) {
  }
  // Whole rows only: the last line at hand may go on.
  Position position = position_;
  const std::size_t end = ended_ ? text_.size() : text_.rfind('\n');
  Row row;
  std::uint64_t line = 0;
  while (position.at < end && read_row(position, row, line, false)) look(row, line);
}

}  // namespace potentia
