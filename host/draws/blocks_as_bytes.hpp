// Blocks of exporters of a result as bytes, to be sent or kept. Numbers lie as in memory: whoever reads them has the
// machine's order, and draws of the same world.
#pragma once

#include <cstdint>

#include "io/result/draws_result.hpp"
#include "io/result/scenario_archive.hpp"

namespace potentia {

/// Every number of the exporters [first, last), which `draws` has.
Bytes bytes_of_block(DrawsResult& draws, std::int32_t first, std::int32_t last);

/// Puts them into a result that has rows for them. @return one behind the last exporter
/// @throws Error(input) where they are not what was written
std::int32_t put_block(const Bytes& bytes, DrawsResult& draws);

}  // namespace potentia
