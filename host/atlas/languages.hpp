// Names of countries and products in languages that a reader of the site can choose.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/import/name_table.hpp"
#include "io/world/world.hpp"

namespace potentia::atlas {

struct Language {
  std::string tag;  ///< of BCP 47, as it was typed: "fr", "pt-BR"
  NameTable names;
};

/// Reads the tables of `--names fr=noms.csv`. @param typed each "LANG=FILE"
/// @throws Error(usage) for another form, for what is no tag, and for a tag given twice; Error(input) as
/// read_name_table()
std::vector<Language> read_languages(const std::vector<std::string>& typed, const World& world);

/// How the chunk of a language is called, on systems too that know no capitals or keep names for devices.
std::string language_file(const Language& language, std::size_t number);

}  // namespace potentia::atlas
