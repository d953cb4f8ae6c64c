// See grid.hpp.
#include "io/import/grid.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>

#include "kernels/error.hpp"

namespace potentia {

std::string grid_number(double value) {
  if (!std::isfinite(value)) return {};
  char text[40];
  const auto shortest = std::to_chars(text, text + sizeof text, value);
  std::string number(text, shortest.ptr);
  if (number.find('e') == std::string::npos && number.find('.') != std::string::npos) number += "e0";
  return number;
}

MemoryFile::MemoryFile(const std::string& bytes) : descriptor_(::memfd_create("table", MFD_CLOEXEC)) {
  const auto fail = [this] {
    const std::string reason = std::strerror(errno);
    if (descriptor_ >= 0) ::close(descriptor_);
    throw Error(ErrorKind::resources, "no memory for a workbook: " + reason, "", "free memory");
  };
  if (descriptor_ < 0) fail();
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t put = ::write(descriptor_, bytes.data() + at, bytes.size() - at);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) fail();
    at += static_cast<std::size_t>(put);
  }
  path_ = "/proc/self/fd/" + std::to_string(descriptor_);
}

MemoryFile::~MemoryFile() { ::close(descriptor_); }

Row GridRows::row_at(std::size_t at) const {
  Row row;
  for (std::string_view cell : grid_.rows[at]) {
    while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
    row.add(cell);
  }
  return row;
}

bool GridRows::next(Row& row) {
  while (at_ < grid_.rows.size()) {
    row = row_at(at_++);
    if (!row.is_empty()) return true;
  }
  return false;
}

std::vector<Row> GridRows::peek(std::size_t rows) {
  std::vector<Row> first;
  for (std::size_t at = at_; at < grid_.rows.size() && first.size() < rows; ++at) {
    Row row = row_at(at);
    if (!row.is_empty()) first.push_back(std::move(row));
  }
  return first;
}

void GridRows::scan(const std::function<void(const Row&, std::uint64_t line)>& look) {
  for (std::size_t at = at_; at < grid_.rows.size(); ++at) look(row_at(at), at + 1);
}

}  // namespace potentia
