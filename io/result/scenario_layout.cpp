#include "io/result/scenario_layout.hpp"

#include <algorithm>
#include <cstring>

namespace potentia {
namespace {

// Deflate looks back 32 KiB: what comes again has to come within that.
constexpr std::size_t part_elements = 512;
constexpr std::size_t chunk_elements = std::size_t{1} << 15;

bool mostly_repeats(const std::vector<double>& values, std::size_t each) {
  std::size_t same = 0;
  const auto* bytes = reinterpret_cast<const char*>(values.data());
  // Bytes, not numbers: where a factor is unknown, it is so in all scenarios.
  for (std::size_t at = each; at < values.size(); ++at)
    same += std::memcmp(bytes + at * sizeof(double), bytes + (at - each) * sizeof(double), sizeof(double)) == 0;
  return 2 * same >= values.size() - each;
}

}  // namespace

hdf5::Layout scenario_layout(const hdf5::Shape& shape, std::size_t scenarios, const std::vector<double>& values) {
  hdf5::Layout layout = hdf5::row_layout(shape, sizeof(double), hdf5::Packing::deflate);
  layout.least_zeros = 0.5;  // as result.h5
  if (scenarios < 2 || layout.chunk.empty() || !mostly_repeats(values, values.size() / scenarios)) return layout;
  std::size_t part = 1;
  for (std::size_t axis = shape.size(); axis-- > 1;) {
    layout.chunk[axis] = std::clamp<std::size_t>(part_elements / part, 1, shape[axis]);
    part *= layout.chunk[axis];
  }
  // About equal numbers of scenarios, so that no chunk is half empty.
  const std::size_t most = std::max<std::size_t>(chunk_elements / part, 2), chunks = (scenarios + most - 1) / most;
  layout.chunk[0] = (scenarios + chunks - 1) / chunks;
  layout.least_zeros = 0.0;
  return layout;
}

}  // namespace potentia
