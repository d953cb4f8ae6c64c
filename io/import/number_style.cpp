// See number_style.hpp.
#include "io/import/number_style.hpp"

#include <algorithm>

namespace potentia {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "2,0005" of "2,0005E+03".
std::string_view before_exponent(std::string_view cell) { return cell.substr(0, cell.find_first_of("eE")); }

/// Sign and blanks of other thousands marks (no-break spaces, apostrophes) aside: digits, commas and points alone, or
/// nothing. Groups that such a mark makes must have three digits.
std::string marks_and_digits(std::string_view cell) {
  std::string text;
  if (!cell.empty() && (cell[0] == '-' || cell[0] == '+')) cell.remove_prefix(1);
  if (cell.empty() || !(is_digit(cell[0]) || cell[0] == ',' || cell[0] == '.')) return {};
  std::string_view kind;  // of the mark: one in a number, and one to three digits before the first
  for (std::size_t at = 0; at < cell.size();) {
    const std::string_view rest = cell.substr(at);
    std::size_t mark = 0;
    if (rest.compare(0, 2, "\xc2\xa0") == 0) mark = 2;
    else if (rest.compare(0, 3, "\xe2\x80\xaf") == 0) mark = 3;
    else if (rest[0] == '\'' || rest[0] == ' ') mark = 1;
    if (mark != 0) {
      const bool group = rest.size() >= mark + 3 && std::all_of(rest.begin() + static_cast<std::ptrdiff_t>(mark),
                                                               rest.begin() + static_cast<std::ptrdiff_t>(mark) + 3, is_digit) &&
                         (rest.size() == mark + 3 || !is_digit(rest[mark + 3]));
      if (!group || text.find_first_of(",.") != std::string::npos) return {};
      if (kind.empty() ? text.size() > 3 : kind != rest.substr(0, mark)) return {};
      kind = rest.substr(0, mark);
      at += mark;
      continue;
    }
    if (!is_digit(rest[0]) && rest[0] != ',' && rest[0] != '.') return {};
    text += rest[0];
    ++at;
  }
  return text;
}

/// Whether `mark` stands before groups of three digits only, up to `end`, behind one to three digits.
bool marks_thousands(const std::string& text, char mark, std::size_t end) {
  std::size_t begin = text.find(mark);
  if (begin == 0 || begin > 3) return false;
  while (begin < end) {
    const std::size_t next = std::min(text.find(mark, begin + 1), end);
    if (next - begin != 4 || !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                                          text.begin() + static_cast<std::ptrdiff_t>(next), is_digit))
      return false;
    begin = next;
  }
  return true;
}

enum class Shows { nothing, decimal_comma, decimal_point, either };

Shows evidence(const std::string& text) {
  const std::size_t commas = static_cast<std::size_t>(std::count(text.begin(), text.end(), ','));
  const std::size_t points = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  if (commas == 0 && points == 0) return Shows::nothing;
  const std::size_t last_comma = text.rfind(','), last_point = text.rfind('.');
  if (commas > 0 && points > 0) {
    if (last_comma > last_point)
      return commas == 1 && marks_thousands(text, '.', last_comma) ? Shows::decimal_comma : Shows::nothing;
    return points == 1 && marks_thousands(text, ',', last_point) ? Shows::decimal_point : Shows::nothing;
  }
  const char mark = commas > 0 ? ',' : '.';
  const bool thousands = marks_thousands(text, mark, text.size()) && text[0] != '0';
  const bool by_comma = mark == ',';
  if (commas + points > 1) {  // no number has two decimal marks
    if (!thousands) return Shows::nothing;
    return by_comma ? Shows::decimal_point : Shows::decimal_comma;
  }
  if (thousands) return by_comma ? Shows::either : Shows::nothing;  // 1.234 is taken for a decimal point unless commas say more
  return by_comma ? Shows::decimal_comma : Shows::decimal_point;
}

}  // namespace

std::string NumberStyle::observe(std::string_view cell, const std::string& where) {
  const std::string text = marks_and_digits(before_exponent(cell));
  const Shows shows = evidence(text);
  if (frozen_ && shows == (decimal_comma() ? Shows::decimal_point : Shows::decimal_comma))
    return decimal_comma() && !comma_.empty() ? comma_ : !decimal_comma() && !point_.empty() ? point_ : first_marked_;
  if (first_marked_.empty() && text.find_first_of(",.") != std::string::npos) first_marked_ = where;
  switch (shows) {
    case Shows::decimal_comma:
      if (comma_.empty()) comma_ = where;
      return point_;
    case Shows::decimal_point:
      if (point_.empty()) point_ = where;
      return comma_;
    case Shows::either:
      ambiguous_ = true;
      return {};
    default:
      return {};
  }
}

std::string NumberStyle::plain(std::string_view cell) const {
  std::string text = marks_and_digits(before_exponent(cell));
  if (text.empty()) return {};
  const char decimal = decimal_comma() ? ',' : '.', thousands = decimal_comma() ? '.' : ',';
  const std::size_t end = std::min(text.find(decimal), text.size());
  if (text.find(thousands, end) != std::string::npos || text.find(decimal, end + 1) != std::string::npos) return {};
  if (text.find(thousands) != std::string::npos && !marks_thousands(text, thousands, end)) return {};
  text.erase(std::remove(text.begin(), text.end(), thousands), text.end());
  std::replace(text.begin(), text.end(), ',', '.');
  return (cell[0] == '-' ? "-" : "") + text + std::string(cell.substr(before_exponent(cell).size()));
}

}  // namespace potentia
