// .gz by zlib, because it compares the checksum at the end of the stream, which libarchive does not.
#include <zlib.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "io/import/byte_source.hpp"
#include "io/import/whole_file_source.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

class GzipSource : public WholeFileSource {
public:
  explicit GzipSource(std::unique_ptr<InputFile> file) : WholeFileSource(std::move(file)), input_(std::size_t{1} << 18) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw Error(ErrorKind::internal, "zlib could not be set up");
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override { inflateEnd(&stream_); }

  std::size_t read(char* out, std::size_t size) override {
    if (ended_) return 0;
    const uInt room = static_cast<uInt>(std::min<std::size_t>(size, 1u << 30));
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = room;
    while (stream_.avail_out == room) {
      if (stream_.avail_in == 0 && !fill()) throw_damaged(file_->path(), "it ends too early");
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {
        if (!next_stream()) {
          ended_ = true;
          break;
        }
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        throw_damaged(file_->path(), stream_.msg != nullptr ? stream_.msg : "it does not unpack");
      }
    }
    return room - stream_.avail_out;
  }

private:
  bool fill() {
    const std::size_t got = file_->read(input_.data(), input_.size());
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(got);
    return got != 0;
  }

  // A .gz may be several streams one after the other, and padded with zeros.
  bool next_stream() {
    while (true) {
      if (stream_.avail_in == 0 && !fill()) return false;
      if (*stream_.next_in != 0) break;
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (*stream_.next_in != 0x1f) throw_damaged(file_->path(), "something else follows its end");
    return inflateReset(&stream_) == Z_OK;
  }

  std::vector<char> input_;
  z_stream stream_{};
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_gzip_source(std::unique_ptr<InputFile> file) {
  return std::make_unique<GzipSource>(std::move(file));
}

}  // namespace potentia
