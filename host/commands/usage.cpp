// See usage.hpp. Everything is looked up in the parser's own definitions.
#include "host/commands/usage.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "io/nearest.hpp"

namespace potentia {
namespace {

constexpr std::size_t most_edits = 2;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// "did you mean solve?", or what there is.
std::string suggestion(const std::string& word, const std::vector<std::string>& known, const std::string& see) {
  const bool is_letter = word.size() <= 2;  // any letter is within two edits of any other
  const std::string nearest = is_letter ? "" : nearest_name(word, known, most_edits);
  return nearest.empty() ? "there are " + joined(known) + "; see " + see : "did you mean " + nearest + "?";
}

std::vector<std::string> subcommand_names(CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({}))
    if (!command->get_group().empty()) names.push_back(command->get_name());  // without the hidden ones
  return names;
}

void add_option_names(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options({})) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
}

}  // namespace

std::string option_of(const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return "";
  if (word[1] == '-') return word.substr(0, word.find('='));
  const bool number = (word[1] >= '0' && word[1] <= '9') || word[1] == '.';
  return number ? "" : word.substr(0, 2);
}

std::string usage_complaint(CLI::App& app, const std::vector<std::string>& words, const std::string& otherwise) {
  CLI::App* command = nullptr;
  bool is_value = false;  // of the option before it
  for (const std::string& word : words) {
    if (word == "--") break;
    const bool after_option = std::exchange(is_value, false);
    const std::string option = option_of(word);
    if (option.empty()) {
      if (command != nullptr || after_option) continue;
      for (CLI::App* each : app.get_subcommands({}))
        if (each->get_name() == word) command = each;
      if (command == nullptr)
        return "unknown subcommand \"" + word + "\"; " + suggestion(word, subcommand_names(app), "potentia --help");
      continue;
    }
    const CLI::Option* known = command == nullptr ? nullptr : command->get_option_no_throw(option);
    if (known == nullptr) known = app.get_option_no_throw(option);
    if (known == nullptr) {
      const std::string name = command == nullptr ? "" : command->get_name();
      std::vector<std::string> names;
      if (command != nullptr) add_option_names(*command, names);
      add_option_names(app, names);
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      return "unknown option " + option + (name.empty() ? "" : " of " + name) + "; " +
             suggestion(option, names, "potentia " + name + (name.empty() ? "" : " ") + "--help");
    }
    is_value = word == option && known->get_items_expected_max() > 0;
  }
  if (command == nullptr) return "no subcommand; there are " + joined(subcommand_names(app)) + "; see potentia --help";
  return otherwise + "; see potentia " + command->get_name() + " --help";
}

}  // namespace potentia
