// Which machine this is.
#pragma once

#include <string>

namespace potentia {

/// As the system knows itself; empty where it does not say.
std::string host_name();

}  // namespace potentia
