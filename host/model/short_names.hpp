// Names of products that fit beside a bar: classifications name a product by a heading and then all its limits.
#pragma once

#include <string>
#include <vector>

#include "io/world/world.hpp"

namespace potentia {

/// Each name up to the first comma or colon outside brackets before which it has words that stand so in no other of the
/// names, whatever the case; otherwise the whole name.
std::vector<std::string> short_names(const std::vector<std::string>& names);

/// [products] The same of a world's products.
std::vector<std::string> short_names(const World& world);

}  // namespace potentia
