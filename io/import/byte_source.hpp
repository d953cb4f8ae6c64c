// Bytes of a file as its author wrote them: plain, or unpacked from .zip, .gz, .xz or .zst on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "io/sha256.hpp"

namespace potentia {

/// Makes room without clearing it: 300 MB of text that is about to be read took 0.1 s of zeros.
template <class T>
struct UnclearedAllocator : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = UnclearedAllocator<U>;
  };
  template <class U>
  void construct(U* at) noexcept {
    ::new (static_cast<void*>(at)) U;
  }
  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
  }
};

/// Text of a file. Bytes that resize() adds are whatever was there.
using TextBlock = std::vector<char, UnclearedAllocator<char>>;

/// A file read from beginning to end, hashed as it passes.
class InputFile {
public:
  /// @throws Error(input) if it does not exist, is no regular file or cannot be opened
  explicit InputFile(const std::string& path);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  /// Next bytes of the file; 0 at its end. @throws Error(input) where the disk fails
  std::size_t read(char* out, std::size_t size);
  /// Bytes at `offset`, without moving on and without hashing; fewer at the end of the file.
  std::size_t peek(char* out, std::size_t size, std::uint64_t offset) const;

  const std::string& path() const noexcept { return path_; }
  std::uint64_t size() const noexcept { return size_; }          ///< bytes when it was opened
  std::uint64_t position() const noexcept { return position_; }  ///< bytes read so far
  /// SHA-256 of the whole file; reads what is left of it.
  std::string sha256();

private:
  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::uint64_t position_ = 0;
  Sha256 hash_;
};

/// Which members of a .zip are wanted, by shell patterns on their names without folders. If none matches, the only
/// member that ends in .csv or .txt is taken.
struct MemberChoice {
  std::vector<std::string> patterns;
  bool many = false;  ///< several may match (years of trade)
};

/// The unpacked bytes of one file, member by member.
class ByteSource {
public:
  virtual ~ByteSource() = default;

  /// Goes to the next wanted member; a file that is no .zip has one. False when there are no more.
  virtual bool next_member() = 0;
  /// Next bytes of the member; 0 at its end. @throws Error(input) for a truncated or corrupt archive
  virtual std::size_t read(char* out, std::size_t size) = 0;
  /// How the present member is called in complaints: "a.csv", "a.csv.xz", "a.zip:b.csv".
  virtual std::string name() const = 0;
  /// Bytes of the file on disk consumed so far, and in all.
  virtual std::uint64_t consumed() const = 0;
  virtual std::uint64_t size() const = 0;
  /// SHA-256 of the file on disk. Call it last: it reads what is left.
  virtual std::string sha256() = 0;
};

/// Opens a file by what it holds, not by how it is called.
/// @throws Error(input) naming the file when it is missing, empty, of an unsupported kind or a damaged archive
std::unique_ptr<ByteSource> open_bytes(const std::string& path, const MemberChoice& choice);

/// Line of `what` at fault and where, for an archive that ends early or does not unpack.
[[noreturn]] void throw_damaged(const std::string& path, const std::string& detail);

/// Whether an archive is a workbook (.xlsx), which is one file to its users.
bool is_workbook(const std::string& path);

// The kinds of source, each in a file of its own.
std::unique_ptr<ByteSource> make_gzip_source(std::unique_ptr<InputFile> file);
std::unique_ptr<ByteSource> make_filter_source(std::unique_ptr<InputFile> file);
std::unique_ptr<ByteSource> make_zip_source(std::unique_ptr<InputFile> file, const MemberChoice& choice);

}  // namespace potentia
