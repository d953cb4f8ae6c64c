// What each kind of instrument may be told: the one table behind reading, checking and complaining.
#pragma once

#include <string>
#include <vector>

#include "io/scenario/scenario.hpp"

namespace potentia {

/// A way to write a number: the program's value is number · factor, or 1 + number · factor where it is a change.
struct UnitSpec {
  const char* name;
  double factor;
  bool change = false;  ///< "-10 per cent" of something scaled is a factor of 0.9
};

struct NumberSpec {
  const char* key;
  const std::vector<UnitSpec>* units;
  double least, most;  ///< of the program's value, both allowed
  const char* meaning;
};

struct WordSpec {
  const char* key;
  std::vector<std::string> choices;  ///< empty = free text
};

struct InstrumentSpec {
  InstrumentKind kind;
  const char* name;
  std::vector<std::string> selections;  ///< keys of the selection that it may have
  std::vector<WordSpec> words;
  std::vector<std::string> years;
  std::vector<NumberSpec> numbers;
  std::vector<std::string> one_of;  ///< exactly one of these words or numbers must be given; empty = see `any_of`
  std::vector<std::string> any_of;  ///< at least one of these
  std::vector<std::string> required;
  bool may_be_in_base;  ///< whether `already_in_base` makes sense of it
};

const std::vector<InstrumentSpec>& instrument_specs();
const InstrumentSpec& instrument_spec(InstrumentKind kind);

}  // namespace potentia
