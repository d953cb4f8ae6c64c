// Texts of variable length in an HDF5 file whose references and heaps are overwritten, but not what HDF5 itself reads.
#include "io/hdf5/heap_text.hpp"

#include <hdf5.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "io/hdf5/file.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace potentia;

constexpr std::uint64_t texts = 6;

/// A file with texts, twice: one after another, and in shuffled and deflated chunks; open while its bytes change.
class Victim {
public:
  Victim() {
    hdf5::initialise();
    write();
    std::ifstream in(path_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    heap_ = bytes_.find("GCOL");
    file_ = hdf5::File(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    ::unlink(path_.c_str());
    plain_ = hdf5::Dataset(H5Dopen2(file_, "plain", H5P_DEFAULT));
    packed_ = hdf5::Dataset(H5Dopen2(file_, "packed", H5P_DEFAULT));
    references_ = H5Dget_offset(plain_);
    const hsize_t first = 0;
    unsigned mask = 0;
    hsize_t chunk_bytes = 0;
    haddr_t address = 0;
    require_made(H5Dget_chunk_info_by_coord(packed_, &first, &mask, &address, &chunk_bytes) >= 0, "a chunk");
    chunk_ = address;
    chunk_bytes_ = chunk_bytes;
    require_made(heap_ != std::string::npos && references_ != HADDR_UNDEF, "places to damage");
    for (const bool packed : {false, true})
      require_made(hdf5::read_heap_texts(packed ? packed_ : plain_, texts) == expected(),
                   "the texts before the damage");
  }

  void restore() const { memory_.put(bytes_); }

  /// Puts these bytes over the file's own, at a place that read_heap_texts reads by itself.
  void overwrite(std::size_t what, std::size_t offset, std::string_view with) const {
    const std::uint64_t place = what == 0 ? references_ : what == 1 ? heap_ : chunk_;
    const std::uint64_t room = what == 0 ? texts * 16 : what == 1 ? bytes_.size() - heap_ : chunk_bytes_;
    if (offset < room) memory_.write(with.substr(0, room - offset), place + offset);
  }

  void read(bool packed) const {
    fuzz::complaint_of([&] {
      std::uint64_t total = 0;
      for (const std::string& text : hdf5::read_heap_texts(packed ? packed_ : plain_, texts)) total += text.size();
      fuzz::require(total <= bytes_.size(), "texts are no more than the file");
    });
  }

private:
  static void require_made(bool made, const char* what) { fuzz::require(made, what); }

  static std::vector<std::string> expected() {
    return {"Lao PDR", "", "China", std::string(3000, 'x'), "Việt Nam", "y"};
  }

  void write() const {
    const hdf5::File file(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    const hdf5::Type type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type, H5T_VARIABLE);
    const hsize_t count = texts, chunk = 4;
    const hdf5::Space space(H5Screate_simple(1, &count, nullptr));
    const hdf5::PropertyList packing(H5Pcreate(H5P_DATASET_CREATE));
    H5Pset_chunk(packing, 1, &chunk);
    H5Pset_shuffle(packing);
    H5Pset_deflate(packing, 6);
    const std::vector<std::string> all = expected();
    std::vector<const char*> pointers;
    for (const std::string& text : all) pointers.push_back(text.c_str());
    const hdf5::Dataset plain(H5Dcreate2(file, "plain", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    const hdf5::Dataset packed(H5Dcreate2(file, "packed", type, space, H5P_DEFAULT, packing, H5P_DEFAULT));
    for (const hdf5::Dataset* dataset : {&plain, &packed})
      require_made(H5Dwrite(*dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) >= 0, "texts written");
  }

  // HDF5 creates no file in memory by a path.
  std::string path_ = (std::filesystem::temp_directory_path() / "potentia-fuzz-XXXXXX").string();
  fuzz::MemoryFile memory_{::mkstemp(path_.data())};
  std::string bytes_;
  std::size_t heap_ = 0;
  std::uint64_t references_ = 0, chunk_ = 0, chunk_bytes_ = 0;
  hdf5::File file_;
  hdf5::Dataset plain_, packed_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Victim victim;
  fuzz::Input input(data, size);
  victim.restore();
  while (!input.rest().empty()) {
    const std::size_t what = input.number(0, 2), offset = input.number(0, 255) * 16, length = input.byte();
    victim.overwrite(what, offset, input.take(length));
  }
  victim.read(false);
  victim.read(true);
  return 0;
}
