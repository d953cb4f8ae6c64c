// .xz, .zst and .zip by libarchive.
#include <archive.h>
#include <archive_entry.h>
#include <fnmatch.h>

#include <algorithm>
#include <cerrno>
#include <future>
#include <utility>
#include <vector>

#include "io/import/byte_source.hpp"
#include "io/import/whole_file_source.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct ArchiveCloser {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using ArchiveHandle = std::unique_ptr<archive, ArchiveCloser>;

ArchiveHandle new_archive() {
  ArchiveHandle handle(archive_read_new());
  if (!handle) throw Error(ErrorKind::resources, "out of memory", "libarchive", "free memory");
  return handle;
}

std::string reason_of(archive* handle) {
  const char* text = archive_error_string(handle);
  return text != nullptr ? text : "it does not unpack";
}

std::size_t read_data(archive* handle, const std::string& path, char* out, std::size_t size) {
  const la_ssize_t got = archive_read_data(handle, out, size);
  if (got < 0) throw_damaged(path, reason_of(handle));
  return static_cast<std::size_t>(got);
}

/// One compressed stream, hashed on its way into the decompressor.
class FilterSource : public WholeFileSource {
public:
  explicit FilterSource(std::unique_ptr<InputFile> file)
      : WholeFileSource(std::move(file)), input_(std::size_t{1} << 18), handle_(new_archive()) {
    archive_read_support_filter_xz(handle_.get());
    archive_read_support_filter_zstd(handle_.get());
    archive_read_support_format_raw(handle_.get());
    archive_entry* entry = nullptr;
    if (archive_read_open(handle_.get(), this, nullptr, &FilterSource::feed, nullptr) != ARCHIVE_OK ||
        archive_read_next_header(handle_.get(), &entry) != ARCHIVE_OK) {
      fail();
    }
  }

  std::size_t read(char* out, std::size_t size) override {
    const la_ssize_t got = archive_read_data(handle_.get(), out, size);
    if (got < 0) fail();
    return static_cast<std::size_t>(got);
  }

private:
  [[noreturn]] void fail() {
    if (error_) std::rethrow_exception(error_);
    throw_damaged(file_->path(), reason_of(handle_.get()));
  }
  // Called from C: no exception may pass through.
  static la_ssize_t feed(archive* handle, void* self, const void** data) {
    auto* source = static_cast<FilterSource*>(self);
    try {
      *data = source->input_.data();
      return static_cast<la_ssize_t>(source->file_->read(source->input_.data(), source->input_.size()));
    } catch (...) {
      source->error_ = std::current_exception();
      archive_set_error(handle, EIO, "read error");
      return -1;
    }
  }

  std::vector<char> input_;
  std::exception_ptr error_;
  ArchiveHandle handle_;
};

std::string without_folder(const std::string& name) { return name.substr(name.find_last_of('/') + 1); }

bool ends_in_table(const std::string& name) {
  const auto ends = [&name](const std::string& tail) {
    return name.size() > tail.size() && fnmatch(("*" + tail).c_str(), name.c_str(), FNM_CASEFOLD) == 0;
  };
  return ends(".csv") || ends(".txt") || ends(".tsv") || ends(".xls") || ends(".xlsx") || ends(".dta");
}

/// Members of a .zip. The directory at its end is read first, so the file is hashed apart, meanwhile.
class ZipSource : public ByteSource {
public:
  ZipSource(std::unique_ptr<InputFile> file, const MemberChoice& choice) : file_(std::move(file)) {
    require_end();
    choose(choice);
    hash_ = std::async(std::launch::async, [this] { return file_->sha256(); });
    handle_ = open();
  }

  bool next_member() override {
    archive_entry* entry = nullptr;
    while (true) {
      const int status = archive_read_next_header(handle_.get(), &entry);
      if (status == ARCHIVE_EOF) return false;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) throw_damaged(file_->path(), reason_of(handle_.get()));
      const char* name = archive_entry_pathname(entry);
      if (name == nullptr || std::find(wanted_.begin(), wanted_.end(), name) == wanted_.end()) continue;
      member_ = name;
      left_ = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : -1;
      return true;
    }
  }
  std::size_t read(char* out, std::size_t size) override {
    const std::size_t got = read_data(handle_.get(), name(), out, size);
    if (left_ > 0 && got == 0) throw_damaged(name(), "it ends too early");
    if (left_ >= 0) left_ -= static_cast<la_int64_t>(got);
    return got;
  }
  std::string name() const override {
    return member_.empty() ? file_->path() : file_->path() + ":" + without_folder(member_);
  }
  std::uint64_t consumed() const override {
    return static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(handle_.get(), -1)));
  }
  std::uint64_t size() const override { return file_->size(); }
  std::string sha256() override { return hash_.get(); }

private:
  // libarchive reads a .zip without its directory as far as it goes; here a lost end means a truncated file.
  void require_end() const {
    const std::uint64_t tail = std::min<std::uint64_t>(file_->size(), 22 + 65535);
    std::vector<char> bytes(tail);
    bytes.resize(file_->peek(bytes.data(), bytes.size(), file_->size() - tail));
    static const char signature[] = {'P', 'K', 5, 6};
    for (std::size_t i = bytes.size() < 22 ? 0 : bytes.size() - 21; i-- > 0;) {
      if (!std::equal(signature, signature + 4, bytes.begin() + static_cast<std::ptrdiff_t>(i))) continue;
      const std::size_t comment = static_cast<unsigned char>(bytes[i + 20]) +
                                  256u * static_cast<unsigned char>(bytes[i + 21]);
      if (i + 22 + comment == bytes.size()) return;
    }
    throw_damaged(file_->path(), "its end is missing");
  }

  ArchiveHandle open() const {
    ArchiveHandle handle = new_archive();
    archive_read_support_format_zip_seekable(handle.get());
    if (archive_read_open_filename(handle.get(), file_->path().c_str(), std::size_t{1} << 18) != ARCHIVE_OK) {
      throw_damaged(file_->path(), reason_of(handle.get()));
    }
    return handle;
  }

  void choose(const MemberChoice& choice) {
    ArchiveHandle handle = open();
    std::vector<std::string> tables;
    bool open_document = false;
    archive_entry* entry = nullptr;
    while (true) {
      const int status = archive_read_next_header(handle.get(), &entry);
      if (status == ARCHIVE_EOF) break;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) throw_damaged(file_->path(), reason_of(handle.get()));
      const char* name = archive_entry_pathname(entry);
      open_document |= name != nullptr && std::string(name) == "content.xml";
      if (name == nullptr || !ends_in_table(name) || std::string(name).compare(0, 9, "__MACOSX/") == 0) continue;
      tables.emplace_back(name);
      for (const std::string& pattern : choice.patterns) {
        if (fnmatch(pattern.c_str(), without_folder(name).c_str(), FNM_CASEFOLD) != 0) continue;
        wanted_.emplace_back(name);
        break;
      }
    }
    if (wanted_.empty() && tables.size() == 1) wanted_ = tables;
    if (open_document && tables.empty())
      throw input_error("an OpenDocument file, which is not read", file_->path(), "save it as .xlsx or .csv");
    if (wanted_.empty() || (wanted_.size() > 1 && !choice.many)) {
      std::string held;
      for (const std::string& table : tables) held += (held.empty() ? "" : ", ") + without_folder(table);
      throw input_error("the archive holds " + (tables.empty() ? "no table" : "several tables (" + held + ")"),
                        file_->path(), "unpack it and name the table that is meant");
    }
  }

  std::unique_ptr<InputFile> file_;
  std::vector<std::string> wanted_;
  std::string member_;
  la_int64_t left_ = -1;           // bytes of the member to come, where its size is known
  std::future<std::string> hash_;  // reads file_, so it must go before file_ does
  ArchiveHandle handle_;
};

}  // namespace

bool is_workbook(const std::string& path) {
  const ArchiveHandle handle = new_archive();
  archive_read_support_format_zip_seekable(handle.get());
  if (archive_read_open_filename(handle.get(), path.c_str(), std::size_t{1} << 16) != ARCHIVE_OK) return false;
  archive_entry* entry = nullptr;
  while (archive_read_next_header(handle.get(), &entry) == ARCHIVE_OK) {
    const char* const name = archive_entry_pathname(entry);
    if (name != nullptr && std::string(name) == "xl/workbook.xml") return true;
  }
  return false;
}

std::unique_ptr<ByteSource> make_filter_source(std::unique_ptr<InputFile> file) {
  return std::make_unique<FilterSource>(std::move(file));
}

std::unique_ptr<ByteSource> make_zip_source(std::unique_ptr<InputFile> file, const MemberChoice& choice) {
  return std::make_unique<ZipSource>(std::move(file), choice);
}

}  // namespace potentia
