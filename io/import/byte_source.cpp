// Files as they are, and the choice of how to unpack the others. See byte_source.hpp.
#include "io/import/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "io/import/whole_file_source.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

class PlainSource : public WholeFileSource {
public:
  using WholeFileSource::WholeFileSource;
  std::size_t read(char* out, std::size_t size) override { return file_->read(out, size); }
};

}  // namespace

InputFile::InputFile(const std::string& path) : path_(path) {
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) {
    const std::string reason = errno == ENOENT ? "no such file" : std::string("cannot open: ") + std::strerror(errno);
    throw input_error(reason, path, "check the name");
  }
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor_);
    throw input_error("not a regular file", path, "name a file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
#ifdef POSIX_FADV_SEQUENTIAL
  ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);  // advice: failure is harmless
#endif
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(char* out, std::size_t size) {
  while (true) {
    const ssize_t got = ::read(descriptor_, out, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw input_error(std::string("cannot read: ") + std::strerror(errno), path_, "check the disk");
    hash_.update(out, static_cast<std::size_t>(got));
    position_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
}

std::size_t InputFile::peek(char* out, std::size_t size, std::uint64_t offset) const {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(descriptor_, out + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw input_error(std::string("cannot read: ") + std::strerror(errno), path_, "check the disk");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

std::string InputFile::sha256() {
  std::vector<char> block(std::size_t{1} << 18);
  while (read(block.data(), block.size()) != 0) {
  }
  return hash_.hex();
}

void throw_damaged(const std::string& path, const std::string& detail) {
  throw input_error("damaged archive: " + detail, path, "download or copy it again");
}

std::unique_ptr<ByteSource> open_bytes(const std::string& path, const MemberChoice& choice) {
  auto file = std::make_unique<InputFile>(path);
  if (file->size() == 0) throw input_error("empty file", path, "download or copy it again");
  unsigned char head[6] = {};
  file->peek(reinterpret_cast<char*>(head), sizeof head, 0);
  const auto starts_with = [&head](std::initializer_list<int> bytes) {
    std::size_t i = 0;
    for (const int byte : bytes) {
      if (head[i++] != byte) return false;
    }
    return true;
  };
  if (starts_with({'P', 'K', 3, 4}) || starts_with({'P', 'K', 5, 6})) {
    if (is_workbook(path)) return std::make_unique<PlainSource>(std::move(file));  // read as the file that it is
    return make_zip_source(std::move(file), choice);
  }
  if (starts_with({0x1f, 0x8b})) return make_gzip_source(std::move(file));
  if (starts_with({0xfd, '7', 'z', 'X', 'Z', 0}) || starts_with({0x28, 0xb5, 0x2f, 0xfd})) {
    return make_filter_source(std::move(file));
  }
  if (starts_with({'7', 'z', 0xbc, 0xaf}) || starts_with({'R', 'a', 'r', '!'}) || starts_with({'B', 'Z', 'h'})) {
    throw input_error("a kind of archive that is not read", path, "repack it as .zip, .gz, .xz or .zst");
  }
  return std::make_unique<PlainSource>(std::move(file));
}

}  // namespace potentia
