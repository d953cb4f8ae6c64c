// See trade_table.hpp.
#include "io/import/trade_table.hpp"

#include <fmt/format.h>

#include <cmath>

#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr char separator = '\t';
const std::vector<std::string> names[] = {{"t", "year"}, {"i", "exporter"}, {"j", "importer"}, {"k", "hs6"}, {"v", "value"}};
const std::vector<std::string> mapped_names[] = {{"year"}, {"exporter"}, {"market"}, {"product"}, {"value"}};

const std::vector<std::string>* names_for(const ColumnMap* map) { return map == nullptr ? names : mapped_names; }

}  // namespace

TradeTable::TradeTable(const std::string& path, const ColumnMap* map)
    : table_(path, {{"BACI_*_Y*.csv", "*.csv"}, false},
             {{names_for(map)[1], names_for(map)[2], names_for(map)[3], names_for(map)[4]}, map != nullptr, map}),
      skips_zeros_(map != nullptr) {
  for (int i = 0; i < 5; ++i) columns_[i] = i == 0 ? table_.find_column(names_for(map)[0]) : table_.column(names_for(map)[i]);
  layout_.separator = separator;
  layout_.columns = 5;
  layout_.exporter = 1;
  layout_.market = 2;
  layout_.product = 3;
  layout_.value = 4;
  layout_.has_plain_values = true;
  if (map != nullptr && map->unit == 1.0) layout_.exponent = 0;
  if (columns_[0] >= 0) {
    layout_.year = 0;
    layout_.standard = layout_.exponent == 3;
  } else {
    layout_.year_of_file = year_in_name(table_.name());
    if (layout_.year_of_file == 0) table_.column(names_for(map)[0]);
  }
  table_.expect_numbers({columns_[4]});
}

void TradeTable::append(TextBlock& text, std::string_view cell, char end) const {
  for (const char c : cell) text.push_back(c == separator || c == '\n' || c == '\r' ? ' ' : c);
  text.push_back(end);
}

bool TradeTable::next_row() {
  try {
    return table_.next();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input) throw;
    fault_ = std::current_exception();
    return false;
  }
}

bool TradeTable::next_block(TextBlock& text, std::size_t block_bytes) {
  text.clear();
  while (!fault_ && text.size() < block_bytes && next_row()) {
    std::string value(table_.cell(columns_[4]));
    try {
      const double number = table_.number(columns_[4]);
      if (number == 0.0 && skips_zeros_) continue;
      if (!std::isnan(number)) value = fmt::format("{}", number);  // the shortest text that is this number
    } catch (const Error&) {
      // The row is refused, or dropped, as any other whose value is no number.
    }
    for (; line_ < table_.line(); ++line_) text.push_back('\n');
    ++line_;
    for (int i = 0; i < 4; ++i) append(text, table_.cell(columns_[i]), separator);
    append(text, value, '\n');
  }
  if (text.empty() && fault_) std::rethrow_exception(fault_);
  return !text.empty();
}

}  // namespace potentia
