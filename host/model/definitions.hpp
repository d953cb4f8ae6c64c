// The terms of potentials in words, for whatever shows them.
#pragma once

#include <string>
#include <vector>

namespace potentia {

struct TermText {
  std::string term, meaning;
};

/// The indicator and its parts.
std::vector<TermText> definition_texts();

}  // namespace potentia
