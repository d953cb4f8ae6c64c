// The manual page and the completions of shells, made from the parser's own definitions so that they cannot go stale.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace potentia {

/// In troff, for man(1).
std::string manual_page(const CLI::App& app);

/// @param shell "bash", "zsh" or "fish"
std::string shell_completion(const CLI::App& app, const std::string& shell);

}  // namespace potentia
