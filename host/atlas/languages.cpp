// See languages.hpp.
#include "host/atlas/languages.hpp"

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>

#include "host/atlas/site_data.hpp"
#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia::atlas {
namespace {

constexpr const char* usage = "write --names fr=names.csv, with a language's tag before the equals sign";

std::string with(std::string text, int (*change)(int)) {
  for (char& c : text) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::vector<Language> read_languages(const std::vector<std::string>& typed, const World& world) {
  static const std::regex tag_form("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");
  std::vector<std::string> tags, paths;
  std::set<std::string> seen;
  for (const std::string& text : typed) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals + 1 == text.size())
      throw Error(ErrorKind::usage, "--names says no language and file", printable(text), usage);
    tags.push_back(text.substr(0, equals));
    paths.push_back(text.substr(equals + 1));
    if (!std::regex_match(tags.back(), tag_form))
      throw Error(ErrorKind::usage, "\"" + printable(tags.back()) + "\" is no tag of a language", "--names", usage);
    if (!seen.insert(with(tags.back(), std::tolower)).second)
      throw Error(ErrorKind::usage, "names of the language \"" + tags.back() + "\" are given twice", "--names",
                  "put them into one table");
  }
  std::vector<Language> languages;
  for (std::size_t at = 0; at < tags.size(); ++at)
    languages.push_back({tags[at], read_name_table(paths[at], world, "names " + tags[at])});
  return languages;
}

std::string language_file(const Language& language, std::size_t number) {
  std::string letters = with(language.tag, std::toupper);
  letters.erase(std::remove(letters.begin(), letters.end(), '-'), letters.end());
  return file_name(letters, number) == letters ? with(language.tag, std::tolower) : "_" + std::to_string(number);
}

}  // namespace potentia::atlas
