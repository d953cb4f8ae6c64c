// HDF5 File Format Specification 3.0: a variable-length string is stored as a reference of 16 bytes (length 4, address
// of a heap 8, number of an object in it 4, section IV.B "Variable-length"), a global heap (III.E) as "GCOL", version,
// its size (8) and objects of number 2, references 2, 4 unused, size 8, and data padded to 8. All little-endian.
#include "io/hdf5/heap_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/codec.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::uint64_t reference_bytes = 16;
constexpr std::uint64_t header_bytes = 16;  // of a heap, and of each object in it

template <class T>
T number_at(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

/// The open file's bytes, past HDF5.
class FileBytes {
public:
  FileBytes(const Dataset& dataset, const std::string& name) : name_(name) {
    const File file(check_read(H5Iget_file_id(dataset), name));
    const PropertyList access(check_read(H5Fget_access_plist(file), name));
    const PropertyList creation(check_read(H5Fget_create_plist(file), name));
    std::size_t address_size = 0, length_size = 0;
    hsize_t base = 0;
    check_read(H5Pget_sizes(creation, &address_size, &length_size), name);
    check_read(H5Pget_userblock(creation, &base), name);
    check_read(H5Fget_filesize(file, &size_), name);
    void* handle = nullptr;
    check_read(H5Fget_vfd_handle(file, access, &handle), name);
    if (H5Pget_driver(access) != H5FD_SEC2 || base != 0 || address_size != 8 || length_size != 8)
      throw input_error("is in an unusual form of HDF5 file", name, "write the file without a user block");
    descriptor_ = *static_cast<int*>(handle);
  }

  std::uint64_t size() const { return size_; }

  void read(std::uint64_t address, std::uint64_t bytes, char* out) const {
    if (address > size_ || bytes > size_ - address) damaged();
    while (bytes > 0) {
      const ssize_t got = ::pread(descriptor_, out, bytes, static_cast<off_t>(address));
      if (got <= 0) damaged();
      out += got;
      address += static_cast<std::uint64_t>(got);
      bytes -= static_cast<std::uint64_t>(got);
    }
  }

  [[noreturn]] void damaged() const {
    throw input_error("a text is damaged", name_, "make the file again, it may be damaged or truncated");
  }

private:
  std::string name_;
  hsize_t size_ = 0;
  int descriptor_ = -1;
};

/// One heap and where each object lies in it.
struct Heap {
  std::string bytes;
  std::unordered_map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>> objects;  // number -> begin, size

  Heap(const FileBytes& file, std::uint64_t address) {
    char header[header_bytes];
    file.read(address, header_bytes, header);
    const auto size = number_at<std::uint64_t>(header + 8);
    if (std::memcmp(header, "GCOL\1", 5) != 0 || size < header_bytes || size > file.size()) file.damaged();
    bytes.resize(size);
    file.read(address, size, bytes.data());
    for (std::uint64_t at = header_bytes; size - at >= header_bytes;) {
      const auto number = number_at<std::uint16_t>(bytes.data() + at);
      const auto length = number_at<std::uint64_t>(bytes.data() + at + 8);
      at += header_bytes;
      if (number == 0) break;  // what is left is free
      if (length > size - at) file.damaged();
      objects[number] = {at, length};
      at += std::min(size - at, (length + 7) / 8 * 8);
    }
  }
};

[[noreturn]] void refuse_layout(const std::string& name) {
  throw input_error("keeps its texts in an unusual way", name, "store them contiguous, or in chunks with gzip");
}

/// Undoes a chunk's filters. `chunk` holds what is stored and is as long as that; afterwards the plain elements.
void undo_filters(const PropertyList& properties, std::uint32_t skipped, std::uint64_t plain_bytes,
                  std::vector<char>& chunk, const FileBytes& file, const std::string& name) {
  Decompressor decompressor;
  for (int n = check_read(H5Pget_nfilters(properties), name) - 1; n >= 0; --n) {
    unsigned flags = 0;
    std::size_t parameters = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(properties, static_cast<unsigned>(n), &flags, &parameters, nullptr, 0, nullptr, nullptr);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE) refuse_layout(name);
    if (skipped >> n & 1) continue;
    std::vector<char> plain(plain_bytes);
    if (filter == H5Z_FILTER_DEFLATE) {
      if (!decompressor.decompress(chunk.data(), chunk.size(), plain.data(), plain.size())) file.damaged();
    } else {
      if (chunk.size() != plain_bytes) file.damaged();
      unshuffle(chunk.data(), plain.data(), plain_bytes / reference_bytes, reference_bytes);
    }
    chunk.swap(plain);
  }
  if (chunk.size() != plain_bytes) file.damaged();
}

/// The references as they lie in the file; zeros where nothing was written.
std::vector<char> references_of(const Dataset& dataset, std::uint64_t count, const FileBytes& file,
                                const std::string& name) {
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  std::vector<char> references(count * reference_bytes);
  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_CONTIGUOUS) {
    const haddr_t address = H5Dget_offset(dataset);
    if (address == HADDR_UNDEF) file.damaged();
    file.read(address, references.size(), references.data());
    return references;
  }
  ChunkGrid grid{{count}, {0}, reference_bytes};
  if (layout != H5D_CHUNKED || H5Pget_chunk(properties, 1, grid.chunk.data()) != 1) refuse_layout(name);
  Shape first, inside;
  std::vector<char> chunk;
  for (std::uint64_t n = 0; n < grid.count(); ++n) {
    grid.locate(n, first, inside);
    hsize_t stored = 0;
    if (H5Dget_chunk_storage_size(dataset, first.data(), &stored) < 0 || stored == 0) {
      H5Eclear2(H5E_DEFAULT);
      continue;
    }
    if (stored > file.size()) file.damaged();
    chunk.resize(stored);
    std::uint32_t skipped = 0;
    check_read(H5Dread_chunk(dataset, H5P_DEFAULT, first.data(), &skipped, chunk.data()), name);
    undo_filters(properties, skipped, grid.chunk_bytes(), chunk, file, name);
    grid.scatter(chunk.data(), first, inside, references.data());
  }
  return references;
}

}  // namespace

std::vector<std::string> read_heap_texts(const Dataset& dataset, std::uint64_t count) {
  std::vector<std::string> texts(count);
  if (count == 0) return texts;
  const std::string name = where(dataset);
  const FileBytes file(dataset, name);
  const std::vector<char> references = references_of(dataset, count, file, name);
  std::unordered_map<std::uint64_t, Heap> heaps;
  std::uint64_t total = 0, text_bytes = 0;
  for (std::uint64_t n = 0; n < count; ++n) {
    const char* reference = references.data() + n * reference_bytes;
    const std::uint64_t length = number_at<std::uint32_t>(reference);
    const auto address = number_at<std::uint64_t>(reference + 4);
    if (length == 0 || address == 0) continue;  // an empty text
    auto heap = heaps.find(address);
    if (heap == heaps.end()) {
      heap = heaps.emplace(address, Heap(file, address)).first;
      total += heap->second.bytes.size();
      if (total > file.size()) file.damaged();  // heaps that overlap
    }
    const auto object = heap->second.objects.find(number_at<std::uint32_t>(reference + 12));
    if (object == heap->second.objects.end() || length > object->second.second) file.damaged();
    text_bytes += length;
    if (text_bytes > file.size()) file.damaged();  // every text has an object of its own, unless many share a large one
    const char* begin = heap->second.bytes.data() + object->second.first;
    texts[n].assign(begin, ::strnlen(begin, length));
  }
  return texts;
}

}  // namespace potentia::hdf5
