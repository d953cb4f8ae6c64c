// Flags that take a list: LAO,KHM, with or without blanks after the commas.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace potentia {

/// Declares a flag that takes one list, and may be repeated. @param words receives each list as it was typed
CLI::Option* add_list_flag(CLI::App& command, const std::string& name, std::vector<std::string>& words,
                           const std::string& description);

/// The arguments with those lists put together that the shell parted at blanks: "--exporters" "LAO," "KHM" becomes
/// "--exporters" "LAO,KHM". An argument after a list is left alone otherwise: it may be a file.
/// @param arguments the command line without the program's name
std::vector<std::string> with_whole_lists(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace potentia
