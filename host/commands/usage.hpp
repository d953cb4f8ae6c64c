// What is wrong with a command line, in one line that names the word and what was probably meant.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace potentia {

/// @param words      the command line without the program's name
/// @param otherwise  the parser's own complaint, for what is neither an unknown subcommand nor an unknown option
std::string usage_complaint(CLI::App& app, const std::vector<std::string>& words, const std::string& otherwise);

/// The option that an argument gives: "--world" of "--world=x", "-o" of "-ox"; empty for what is none ("-1" is a number,
/// "-" a file).
std::string option_of(const std::string& word);

}  // namespace potentia
