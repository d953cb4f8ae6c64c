// See list_flag.hpp.
#include "host/commands/list_flag.hpp"

#include <CLI/CLI.hpp>

#include "host/commands/usage.hpp"

namespace potentia {
namespace {

constexpr const char* list_type = "LIST";  // by which such flags are known again

bool takes_list(const CLI::App& app, const std::string& name) {
  if (name.empty()) return false;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const CLI::Option* option = command->get_option_no_throw(name);
    if (option != nullptr && option->get_type_name() == list_type) return true;
  }
  return false;
}

}  // namespace

CLI::Option* add_list_flag(CLI::App& command, const std::string& name, std::vector<std::string>& words,
                           const std::string& description) {
  return command.add_option(name, words, description)->type_name(list_type)->allow_extra_args(false);
}

std::vector<std::string> with_whole_lists(const CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> whole;
  for (std::size_t at = 0; at < arguments.size();) {
    const std::string& argument = arguments[at++];
    whole.push_back(argument);
    if (argument == "--") {
      whole.insert(whole.end(), arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
      break;
    }
    const std::string option = option_of(argument);
    if (!takes_list(app, option)) continue;
    if (argument == option) {  // its value is the next argument, not what follows "="
      if (at == arguments.size()) break;
      whole.push_back(arguments[at++]);
    }
    while (at < arguments.size() && option_of(arguments[at]).empty() &&
           ((!whole.back().empty() && whole.back().back() == ',') || arguments[at].compare(0, 1, ",") == 0)) {
      whole.back() += arguments[at++];
    }
  }
  return whole;
}

}  // namespace potentia
