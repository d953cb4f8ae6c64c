// Shuffle and deflate: what is packed unpacks to the same, and no bytes unpack beyond the room given.
#include "io/hdf5/codec.hpp"

#include <cstring>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace potentia;
  fuzz::Input input(data, size);
  const std::size_t element = input.number(1, 16);
  const std::size_t stored_share = input.number(0, 255), room = input.number(0, 255) * 16;
  const std::string_view rest = input.rest();

  // Exactly as much memory as is meant, so that one byte beyond is seen.
  const std::size_t elements = rest.size() / element, bytes = elements * element;
  std::vector<char> plain(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(bytes)), planes(bytes), back(bytes);
  hdf5::shuffle(plain.data(), planes.data(), elements, element);
  hdf5::unshuffle(planes.data(), back.data(), elements, element);
  fuzz::require(plain == back, "unshuffle undoes shuffle");
  std::size_t zeros = 0;
  for (const char c : plain) zeros += c == 0;
  const double share = hdf5::zero_share(plain.data(), bytes);
  fuzz::require(share == (bytes == 0 ? 1.0 : static_cast<double>(zeros) / static_cast<double>(bytes)), "zeros counted");

  hdf5::Compressor compressor;
  hdf5::Decompressor decompressor;
  for (const std::size_t stored : {std::size_t{0}, bytes * stored_share / 255}) {
    std::vector<char> packed(bytes + 64 + room % 64), tight(room);
    const std::size_t length = compressor.compress_after(stored, plain.data(), bytes, packed.data(), packed.size());
    fuzz::require(length != 0 && length <= packed.size(), "it fits where there is room");
    packed.resize(length);
    packed.shrink_to_fit();
    fuzz::require(decompressor.decompress(packed.data(), length, back.data(), bytes) && plain == back, "it unpacks");
    if (bytes > 0)
      fuzz::require(!decompressor.decompress(packed.data(), length, back.data(), bytes - 1), "too little room");
    fuzz::require(!decompressor.decompress(packed.data(), length - 1, back.data(), bytes), "cut short");
    const std::size_t squeezed = compressor.compress_after(stored, plain.data(), bytes, tight.data(), tight.size());
    fuzz::require(squeezed <= tight.size(), "never more than there is room for");
  }
  std::vector<char> unpacked(room);
  decompressor.decompress(rest.data(), rest.size(), unpacked.data(), unpacked.size());
  return 0;
}
