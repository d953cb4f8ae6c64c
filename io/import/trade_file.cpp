// A trade file in blocks of whole lines. See trade_reader.hpp.
#include <cstring>

#include "io/import/trade_reader.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::size_t longest_line = std::size_t{1} << 20;

const char* last_line_end(const std::vector<char>& text) {
  return static_cast<const char*>(memrchr(text.data(), '\n', text.size()));
}

}  // namespace

TradeFile::TradeFile(const std::string& path)
    : path_(path), source_(open_bytes(path, {{"BACI_*_Y*.csv"}, true})), name_(path) {}

std::size_t TradeFile::fill(std::vector<char>& text, std::size_t size) {
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
  std::size_t wanted = block_bytes;
  const void* end = nullptr;
  while (true) {
    const std::size_t got = fill(rest_, wanted);
    end = std::memchr(rest_.data(), '\n', rest_.size());
    if (end != nullptr || got == 0) break;
    if (rest_.size() > longest_line) throw input_error("a first line of a megabyte", name_ + ":1", "check the file");
    wanted = rest_.size() + block_bytes;
  }
  if (rest_.empty()) throw input_error("empty file", name_, "download or copy it again");
  std::size_t begin = 0;
  if (rest_.size() >= 3 && std::memcmp(rest_.data(), "\xef\xbb\xbf", 3) == 0) begin = 3;  // byte order mark
  const std::size_t stop = end == nullptr ? rest_.size() : static_cast<const char*>(end) - rest_.data() + std::size_t{1};
  layout_ = read_trade_header(std::string_view(rest_.data() + begin, stop - begin), name_);
  rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(stop));
  return true;
}

bool TradeFile::next_block(std::vector<char>& text, std::size_t block_bytes) {
  while (true) {
    if (!in_member_ && !open_member(block_bytes)) return false;
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
  SourceFile file;
  file.role = "trade";
  file.name = path_.substr(path_.find_last_of('/') + 1);
  file.bytes = source_->size();
  file.sha256 = source_->sha256();
  return file;
}

}  // namespace potentia
