// Reads all trade files on all cores: blocks of whole lines, in an order that is a property of the files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/byte_source.hpp"
#include "io/import/manifest.hpp"
#include "io/import/trade_rows.hpp"
#include "io/import/trade_table.hpp"
#include "kernels/backend.hpp"

namespace potentia {

struct TradeReadOptions {
  LenientKinds lenient;                                 ///< rows to drop and count
  int threads = 1;                                      ///< worker threads, this one among them
  std::size_t block_bytes = std::size_t{2} << 20;       ///< of text; tests make it tiny
  const ColumnMap* map = nullptr;                       ///< where the manifest says which column is which
};

/// One file (or its members one after another), cut into blocks of whole lines.
class TradeFile {
public:
  /// @param as_table read it as any other table, also where its first bytes do not ask for that
  /// @param map given where the manifest says which column is which; such files are read as tables
  explicit TradeFile(const std::string& path, bool as_table = false, const ColumnMap* map = nullptr);

  /// Reads the next block of at least one line; the last line gets an end if it has none. False at the end.
  /// Where a member begins, its header is read first.
  /// @throws Error(input) for a damaged archive, an empty file, a wrong header
  bool next_block(TextBlock& text, std::size_t block_bytes);

  const TradeLayout& layout() const noexcept { return table_ ? table_->layout() : layout_; }  ///< of the block just read
  int member() const noexcept { return member_; }                 ///< of the block just read, from 0
  const std::string& member_name() const noexcept { return name_; }
  std::uint64_t consumed() const { return table_ ? size() : source_->consumed(); }
  std::uint64_t size() const { return source_->size(); }
  SourceFile fingerprint();

private:
  bool open_member(std::size_t block_bytes);
  FileReport report() const;
  std::size_t fill(TextBlock& text, std::size_t size);

  std::string path_;
  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<TradeTable> table_;  // instead of the plain rows
  bool as_table_;
  const ColumnMap* map_;
  std::string full_path_;              // with the sheet, where one is named
  TradeLayout layout_;
  std::string header_;                 // line of the member's
  std::string name_;
  int member_ = -1;
  bool in_member_ = false;
  TextBlock rest_;  // read, but not given out: the beginning of a line
};

/// One file of trade, or one member of an archive.
struct TradeMember {
  std::string name;                              ///< as in complaints
  std::size_t first_block = 0, end_block = 0;    ///< within ReadTrade::blocks
  std::vector<std::int32_t> years;               ///< ascending; of its rows
};

struct ReadTrade {
  std::vector<TradeBlock> blocks;    ///< in the order of files, then of lines
  std::vector<TradeMember> members;  ///< likewise
  std::vector<char> as_table;        ///< [files] whether a file was read again as a table (decimal commas)
  std::vector<SourceFile> sources;   ///< of the files, in their order
};

/// @throws Error(input) for the first fault in the order of files and lines, whatever the threads; Error(interrupted)
ReadTrade read_trade_files(const std::vector<TableEntry>& files, const TradeCodes& codes, const TradeReadOptions& options,
                           const ProgressSink& progress);

}  // namespace potentia
