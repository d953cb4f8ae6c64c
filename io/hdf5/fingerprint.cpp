// See fingerprint.hpp.
#include "io/hdf5/fingerprint.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "io/hdf5/file.hpp"
#include "kernels/buffer.hpp"

namespace potentia::hdf5 {
namespace {

constexpr const char* method = "xxh3-128 ";
constexpr std::int64_t worth_threads = 4;  // boxes

Hash canonical(const XXH128_hash_t& hash) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, hash);
  Hash result;
  std::copy(std::begin(bytes.digest), std::end(bytes.digest), result.begin());
  return result;
}

std::string in_hex(const Hash& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : hash) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string written_fingerprint(const Dataset& dataset) {
  return has_attribute(dataset, fingerprint_attribute) ? read_text_attribute(dataset, fingerprint_attribute) : "";
}

}  // namespace

Hash hash_of(const void* bytes, std::size_t size) { return canonical(XXH3_128bits(bytes, size)); }

std::string fingerprint_of(const Shape& box, const std::vector<Hash>& hashes) {
  std::string text;
  for (const hsize_t extent : box) text += (text.empty() ? "" : "x") + std::to_string(extent);
  return method + (text.empty() ? "whole" : text) + " " + in_hex(hash_of(hashes.data(), hashes.size() * sizeof(Hash)));
}

std::string fingerprint_of(const std::vector<std::string>& texts) {
  XXH3_state_t* const state = XXH3_createState();
  XXH3_128bits_reset(state);
  for (const std::string& text : texts) {
    // A text ends at its first NUL in the file.
    const std::uint64_t length = std::strlen(text.c_str());
    XXH3_128bits_update(state, &length, sizeof length);
    XXH3_128bits_update(state, text.data(), length);
  }
  const Hash hash = canonical(XXH3_128bits_digest(state));
  XXH3_freeState(state);
  return std::string(method) + "text " + in_hex(hash);
}

Shape box_of(const std::string& fingerprint, const std::string& where) {
  const std::size_t begin = std::strlen(method), end = fingerprint.find(' ', begin);
  if (fingerprint.compare(0, begin, method) != 0 || end == std::string::npos) throw_changed(where);
  const std::string text = fingerprint.substr(begin, end - begin);
  if (text == "whole") return {};
  Shape box;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t next = std::min(text.find('x', at), text.size());
    const std::string extent = text.substr(at, next - at);
    if (extent.empty() || extent.size() > 12 || extent.find_first_not_of("0123456789") != std::string::npos ||
        std::stoull(extent) == 0)
      throw_changed(where);
    box.push_back(std::stoull(extent));
    at = next + 1;
  }
  return box;
}

std::vector<Hash> box_hashes(const ChunkGrid& boxes, const void* array) {
  const auto count = static_cast<std::int64_t>(boxes.count());
  std::vector<Hash> hashes(static_cast<std::size_t>(count));
  Hash* const out = hashes.data();
#pragma omp parallel if (count >= worth_threads)
  {
    Buffer<char> scratch;
    Shape first, inside;
#pragma omp for schedule(static)
    for (std::int64_t index = 0; index < count; ++index) {
      boxes.locate(static_cast<std::uint64_t>(index), first, inside);
      const std::int64_t run = boxes.run_begin(first, inside);
      if (run >= 0) {
        out[index] = hash_of(static_cast<const char*>(array) + static_cast<std::size_t>(run) * boxes.element_size,
                             boxes.chunk_bytes());
        continue;
      }
      if (scratch.size() == 0) scratch = Buffer<char>(boxes.chunk_bytes());
      std::memset(scratch.data(), 0, boxes.chunk_bytes());
      boxes.gather(array, first, inside, scratch.data());
      out[index] = hash_of(scratch.data(), boxes.chunk_bytes());
    }
  }
  return hashes;
}

void check_fingerprint(const Dataset& dataset, const Shape& shape, std::size_t element_size, const void* array) {
  const std::string written = written_fingerprint(dataset);
  if (written.empty()) return;
  const std::string place = where(dataset);
  const Shape box = box_of(written, place);
  std::uint64_t elements = 1, box_elements = 1;
  for (const hsize_t extent : shape) elements *= extent;
  std::vector<Hash> hashes;
  if (box.empty()) {
    hashes.push_back(hash_of(array, elements * element_size));
  } else {
    for (std::size_t d = 0; d < box.size(); ++d)
      if (box.size() != shape.size() || box[d] > shape[d] || (box_elements *= box[d]) > elements) throw_changed(place);
    hashes = box_hashes({shape, box, element_size}, array);
  }
  if (fingerprint_of(box, hashes) != written) throw_changed(place);
}

void check_fingerprint(const Dataset& dataset, const std::vector<std::string>& texts) {
  const std::string written = written_fingerprint(dataset);
  if (!written.empty() && fingerprint_of(texts) != written) throw_changed(where(dataset));
}

void throw_changed(const std::string& where) {
  throw input_error("holds other values than were written", where, "make the file again, it is damaged");
}

}  // namespace potentia::hdf5
