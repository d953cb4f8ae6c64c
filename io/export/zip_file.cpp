// See zip_file.hpp. Layout: PKWARE's APPNOTE.TXT, 4.3; all of it little-endian.
#include "io/export/zip_file.hpp"

#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr unsigned deflated = 8, version = 20;
constexpr unsigned day = 33;  // 1 January 1980, the earliest there is: an archive does not tell when it was made

class Record {
public:
  Record& two(std::uint64_t value) { return put(value, 2); }
  Record& four(std::uint64_t value) { return put(value, 4); }
  const std::string& bytes() const noexcept { return bytes_; }

private:
  Record& put(std::uint64_t value, int count) {
    for (int n = 0; n < count; ++n) bytes_ += static_cast<char>(value >> (8 * n));
    return *this;
  }
  std::string bytes_;
};

}  // namespace

void ZipFile::write(const std::string& bytes) {
  output_.write(bytes.data(), bytes.size());
  size_ += bytes.size();
}

void ZipFile::check_size(std::uint64_t size) const {
  if (size < 0xffffffff) return;
  throw input_error("a workbook of more than 4 GiB", output_.target(),
                    "write .csv.zst, or choose --exporters or --markets");
}

void ZipFile::begin_member(const std::string& name) {
  check_size(size_);
  members_.push_back({name, size_, {}});
  write(std::string(30, '\0') + name);  // the header is known at the end
}

void ZipFile::add(const DeflatedPiece& piece) {
  output_.write(piece.packed.room.data(), piece.packed.size);
  size_ += piece.packed.size;
  members_.back().sums.add(piece);
}

void ZipFile::end_member() {
  Member& member = members_.back();
  write({deflate_end, sizeof deflate_end});
  member.sums.packed += sizeof deflate_end;
  check_size(member.sums.length);
  check_size(size_);
  Record header;
  header.four(0x04034b50).two(version).two(0).two(deflated).two(0).two(day);
  header.four(member.sums.crc).four(member.sums.packed).four(member.sums.length).two(member.name.size()).two(0);
  output_.overwrite(member.begin, header.bytes().data(), header.bytes().size());
  output_.start_write_back();
}

void ZipFile::add_member(const std::string& name, const std::string& text) {
  begin_member(name);
  DeflatedPiece piece;
  piece.pack(text);
  add(piece);
  end_member();
}

std::uint64_t ZipFile::finish() {
  const std::uint64_t begin = size_;
  for (const Member& member : members_) {
    Record entry;
    entry.four(0x02014b50).two(version).two(version).two(0).two(deflated).two(0).two(day);
    entry.four(member.sums.crc).four(member.sums.packed).four(member.sums.length).two(member.name.size()).two(0).two(0);
    entry.two(0).two(0).four(0).four(member.begin);
    write(entry.bytes() + member.name);
  }
  Record end;
  end.four(0x06054b50).two(0).two(0).two(members_.size()).two(members_.size()).four(size_ - begin).four(begin).two(0);
  check_size(size_);
  write(end.bytes());
  return size_;
}

}  // namespace potentia
