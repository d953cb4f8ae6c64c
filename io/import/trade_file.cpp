// A trade file in blocks of whole lines. See trade_reader.hpp.
#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/column_meaning.hpp"
#include "io/import/file_kind.hpp"
#include "io/import/trade_reader.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::size_t longest_line = std::size_t{1} << 20;
constexpr std::size_t first_bytes = 4096;  // tell what kind of file it is

const char* last_line_end(const TextBlock& text) {
  return static_cast<const char*>(memrchr(text.data(), '\n', text.size()));
}

/// Whether a file's first bytes are no plain text in lines: a workbook, UTF-16, lines that end in CR alone.
bool is_for_tables(const TextBlock& begin, const std::string& name) {
  const std::string_view text(begin.data(), std::min(begin.size(), first_bytes));
  if (table_kind(std::string(text), name) != TableKind::text) return true;
  if (text.compare(0, 2, "\xff\xfe") == 0 || text.compare(0, 2, "\xfe\xff") == 0) return true;
  if (text.substr(0, 64).find('\0') != std::string_view::npos) return true;
  return text.find('\r') != std::string_view::npos && text.find('\n') == std::string_view::npos;
}

}  // namespace

TradeFile::TradeFile(const std::string& path, bool as_table, const ColumnMap* map)
    : path_(split_sheet(path).first), source_(open_bytes(path_, {{"BACI_*_Y*.csv"}, true})),
      as_table_(as_table || path_ != path || map != nullptr), map_(map), full_path_(path), name_(path_) {}

std::size_t TradeFile::fill(TextBlock& text, std::size_t size) {
  const std::size_t before = text.size();
  text.resize(size);
  std::size_t done = before;
  while (done < size) {
    const std::size_t got = source_->read(text.data() + done, size - done);
    if (got == 0) break;
    done += got;
  }
  text.resize(done);
  return done - before;
}

bool TradeFile::open_member(std::size_t block_bytes) {
  if (!source_->next_member()) return false;
  ++member_;
  name_ = source_->name();
  in_member_ = true;
  rest_.clear();
  std::size_t wanted = std::max(block_bytes, first_bytes);  // so that blocks do not decide what kind of file it is
  const void* end = nullptr;
  while (true) {
    const std::size_t got = fill(rest_, wanted);
    end = std::memchr(rest_.data(), '\n', rest_.size());
    if (end != nullptr || got == 0) break;
    if (as_table_ || (rest_.size() >= first_bytes && is_for_tables(rest_, name_))) break;
    if (rest_.size() > longest_line) throw input_error("a first line of a megabyte", name_ + ":1", "check the file");
    wanted = rest_.size() + block_bytes;
  }
  if (rest_.empty()) throw input_error("empty file", name_, "download or copy it again");
  if (as_table_ || is_for_tables(rest_, name_)) {
    table_ = std::make_unique<TradeTable>(full_path_, map_);
    name_ = table_->name();
    return true;
  }
  std::size_t begin = 0;
  if (rest_.size() >= 3 && std::memcmp(rest_.data(), "\xef\xbb\xbf", 3) == 0) begin = 3;  // byte order mark
  const std::size_t stop = end == nullptr ? rest_.size() : static_cast<const char*>(end) - rest_.data() + std::size_t{1};
  header_.assign(rest_.data() + begin, stop - begin);
  layout_ = read_trade_header(header_, name_);
  rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(stop));
  return true;
}

bool TradeFile::next_block(TextBlock& text, std::size_t block_bytes) {
  while (true) {
    if (!table_ && !in_member_ && !open_member(block_bytes)) return false;
    if (table_) return table_->next_block(text, block_bytes);
    text.swap(rest_);
    rest_.clear();
    std::size_t wanted = block_bytes;
    while (true) {
      const bool ended = text.size() < wanted && fill(text, wanted) == 0 && text.size() < wanted;
      if (ended) {
        in_member_ = false;
        if (text.empty()) break;  // the next member, if there is one
        if (text.back() != '\n') text.push_back('\n');
        return true;
      }
      const char* end = last_line_end(text);
      if (end != nullptr) {
        rest_.assign(end + 1, static_cast<const char*>(text.data() + text.size()));
        text.resize(static_cast<std::size_t>(end + 1 - text.data()));
        return true;
      }
      if (text.size() > longest_line) throw input_error("a line of a megabyte", name_, "check what kind of file this is");
      wanted = text.size() + block_bytes;
    }
  }
}

SourceFile TradeFile::fingerprint() {
  if (table_) return table_->fingerprint();
  SourceFile file;
  file.role = "trade";
  file.name = path_.substr(path_.find_last_of('/') + 1);
  file.bytes = source_->size();
  file.sha256 = source_->sha256();
  file.report = report();
  return file;
}

FileReport TradeFile::report() const {
  FileReport report;
  report.table = member_ > 0 ? path_ + ": " + std::to_string(member_ + 1) + " tables" : name_;
  report.table.erase(0, path_.find_last_of('/') + 1);
  report.kind = "text";
  report.encoding = "UTF-8";
  report.separator = separator_in_words(layout_.separator);
  // Names as the header has them, with the meaning of BACI's own.
  const std::pair<int, const char*> taken[] = {{layout_.year, "t"}, {layout_.exporter, "i"}, {layout_.market, "j"},
                                               {layout_.product, "k"}, {layout_.value, "v"}};
  std::string_view left = header_;
  for (int at = 0; at < layout_.columns; ++at) {
    const std::size_t end = left.find(layout_.separator);
    std::string name = one_line_name(left.substr(0, end));
    name.erase(std::remove(name.begin(), name.end(), '"'), name.end());
    if (end != std::string_view::npos) left.remove_prefix(end + 1);
    const auto found = std::find_if(std::begin(taken), std::end(taken), [at](const auto& column) { return column.first == at; });
    if (found == std::end(taken)) ++report.further_columns;
    else report.columns.push_back({name, column_meaning(found->second)});
  }
  return report;
}

}  // namespace potentia
