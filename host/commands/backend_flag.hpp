// --backend, the same for every command that computes.
#pragma once

#include <string>

#include "kernels/backend.hpp"

namespace CLI {
class App;
}

namespace potentia {

/// Declares --backend auto|cpu|cuda. @param name receives it; holds the default until then
void add_backend_flag(CLI::App& command, std::string& name);

/// What the flag's text means.
BackendChoice backend_choice(const std::string& name);

}  // namespace potentia
