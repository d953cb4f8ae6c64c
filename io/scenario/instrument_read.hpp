// One instrument of a scenario's file. Include it in .cpp files only, as io/toml.hpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/scenario/instrument_spec.hpp"
#include "io/toml.hpp"

namespace potentia {

/// @param tags the file's own tags with their HS prefixes
/// @throws Error(input) as read_scenario does
Instrument read_instrument(const InstrumentSpec& spec, TomlTable& table,
                           const std::map<std::string, std::vector<std::string>>& tags);

/// @throws Error(input) for what is not one to six digits
void check_prefixes(const std::vector<std::string>& prefixes, const TomlTable& table, const std::string& key);

}  // namespace potentia
