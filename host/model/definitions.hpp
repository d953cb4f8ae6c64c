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
/// What the models of a back-test say.
std::vector<TermText> outlook_texts();
/// What is said of scenarios.
std::vector<TermText> scenario_texts();

}  // namespace potentia
