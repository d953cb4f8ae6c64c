// Archives: whatever the bytes, an error of input or the same contents in pieces of any size, and the file's SHA-256.
#include "io/import/byte_source.hpp"

#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace potentia;

constexpr std::size_t enough = std::size_t{1} << 20;  // what unpacks to more is not read to its end

struct Contents {
  std::string text;  // of all members, each after its name
  std::string complaint;
  std::string sha256;
  bool whole = true;
};

Contents read(const std::string& path, std::size_t piece) {
  Contents contents;
  contents.complaint = fuzz::complaint_of([&] {
    const std::unique_ptr<ByteSource> source = open_bytes(path, {{"a*.csv"}, true});
    std::vector<char> out(piece);
    while (contents.whole && source->next_member()) {
      contents.text += source->name() + '\n';
      for (std::size_t got; contents.whole && (got = source->read(out.data(), out.size())) != 0;) {
        fuzz::require(got <= out.size(), "no more than there is room for");
        contents.text.append(out.data(), got);
        contents.whole = contents.text.size() < enough;
      }
    }
    contents.sha256 = source->sha256();
  });
  return contents;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file;
  fuzz::Input input(data, size);
  const std::size_t piece = input.number(1, 200);
  file.put(input.rest());
  const Contents large = read(file.path(), std::size_t{1} << 16), small = read(file.path(), piece);
  if (!large.whole || !small.whole) return 0;
  fuzz::require(large.complaint.empty() == small.complaint.empty(), "pieces do not decide whether a file is read");
  if (!large.complaint.empty()) return 0;
  fuzz::require(large.text == small.text, "pieces do not decide the contents");
  Sha256 hash;
  hash.update(input.rest().data(), input.rest().size());
  fuzz::require(large.sha256 == hash.hex(), "the SHA-256 is that of the file");
  return 0;
}
