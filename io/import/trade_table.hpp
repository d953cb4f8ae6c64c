// Trade files that are no plain text of rows: workbooks, Stata files, UTF-16, decimal commas. They are read as any other
// table, and come out as the plain rows that the reader of trade takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include "io/import/byte_source.hpp"
#include "io/import/table.hpp"
#include "io/import/trade_rows.hpp"

namespace potentia {

class TradeTable {
public:
  /// @throws Error(input) for what is no table, has no columns of trade, or shows two styles of numbers
  /// @param map may be null
  TradeTable(const std::string& path, const ColumnMap* map);

  const TradeLayout& layout() const noexcept { return layout_; }
  const std::string& name() const { return table_.name(); }

  /// Rows of about so many bytes, each on the line that it has in the table; false at the end.
  bool next_block(TextBlock& text, std::size_t block_bytes);
  SourceFile fingerprint() { return table_.fingerprint("trade"); }

private:
  bool next_row();
  void append(TextBlock& text, std::string_view cell, char end) const;

  Table table_;
  int columns_[5];          // year, exporter, market, product, value; the first may be -1
  bool skips_zeros_;        // tables of one's own list flows that were none
  TradeLayout layout_;
  std::uint64_t line_ = 2;  // that the next row would get
  std::exception_ptr fault_;  // of the table, to be told once the rows before it are out
};

}  // namespace potentia
