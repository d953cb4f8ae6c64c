// See manual.hpp.
#include "host/commands/manual.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <vector>

#include "host/version.hpp"

namespace potentia {
namespace {

struct OptionText {
  std::vector<std::string> names;     ///< "-o", "--output"
  std::string value;                  ///< "TEXT", empty for a flag
  std::string description;
  std::vector<std::string> choices;   ///< values it takes, where they are a fixed few
  bool is_file = false;               ///< an argument by position
};

/// "{auto,cpu,cuda}" of a check among fixed words.
std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> choices;
  const std::size_t begin = type.find('{'), end = type.find('}', begin);
  if (begin == std::string::npos || end == std::string::npos) return choices;
  for (std::size_t at = begin + 1; at < end;) {
    const std::size_t comma = std::min(type.find(',', at), end);
    choices.push_back(type.substr(at, comma - at));
    at = comma + 1;
  }
  return choices;
}

std::vector<OptionText> options_of(const CLI::App& app) {
  std::vector<OptionText> options;
  for (const CLI::Option* option : app.get_options()) {
    OptionText text;
    for (const std::string& name : option->get_snames()) text.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) text.names.push_back("--" + name);
    text.is_file = text.names.empty();
    if (text.is_file) text.names.push_back(option->get_name());
    text.description = option->get_description();
    if (option->get_items_expected_max() > 0) {
      text.choices = choices_of(option->get_type_name());
      text.value = text.choices.empty() ? "VALUE" : fmt::format("{}", fmt::join(text.choices, "|"));
    }
    options.push_back(std::move(text));
  }
  return options;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  std::vector<const CLI::App*> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    if (!command->get_group().empty()) commands.push_back(command);
  return commands;
}

/// Text of a troff paragraph: no character of it is taken for a request.
std::string troff(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') escaped += "\\e";
    else if (c == '-') escaped += "\\-";
    else escaped += c;
  }
  return (!escaped.empty() && (escaped[0] == '.' || escaped[0] == '\'') ? "\\&" : "") + escaped;
}

std::string troff_option(const OptionText& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += (names.empty() ? "" : ", ") + std::string("\\fB") + troff(name) + "\\fR";
  if (!option.value.empty() && !option.is_file) names += " \\fI" + troff(option.value) + "\\fR";
  return fmt::format(".TP\n{}\n{}\n", names, troff(option.description));
}

/// In single quotes, for any shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string words_of(const CLI::App& command, const CLI::App& app) {
  std::string words;
  for (const CLI::App* each : {&command, &app})
    for (const OptionText& option : options_of(*each))
      for (const std::string& name : option.names)
        if (!option.is_file) words += (words.empty() ? "" : " ") + name;
  return words;
}

/// Names of options of the program that take a value: the word after one is no command.
std::vector<std::string> names_with_value(const CLI::App& app) {
  std::vector<std::string> names;
  for (const OptionText& option : options_of(app))
    if (!option.value.empty()) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

std::string bash(const CLI::App& app) {
  std::string commands, options, choices;
  const auto add_choices = [&choices](const CLI::App& of) {
    for (const OptionText& option : options_of(of)) {
      const std::string line = fmt::format("    {}) COMPREPLY=($(compgen -W {} -- \"$word\")); return ;;\n", fmt::join(option.names, "|"),
                                           quoted(fmt::format("{}", fmt::join(option.choices, " "))));
      if (!option.choices.empty() && choices.find(line) == std::string::npos) choices += line;
    }
  };
  add_choices(app);
  for (const CLI::App* command : commands_of(app)) {
    commands += (commands.empty() ? "" : " ") + command->get_name();
    options += fmt::format("    {}) words={} ;;\n", command->get_name(), quoted(words_of(*command, app)));
    add_choices(*command);
  }
  return fmt::format(R"(# bash completion of potentia, made from its command definitions
_potentia() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' words=''
  local at
  for ((at = 1; at < COMP_CWORD; ++at)); do
    case "${{COMP_WORDS[at]}}" in
      {}) ((++at)) ;;
      -*) ;;
      *) command=${{COMP_WORDS[at]}}; break ;;
    esac
  done
  case "$before" in
{}  esac
  case "$command" in
    '') words={} ;;
{}  esac
  if [[ $word == -* || -z $command ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _potentia potentia
)",
                     fmt::join(names_with_value(app), "|"), choices, quoted(commands + " " + words_of(app, app)), options);
}

std::string zsh(const CLI::App& app) {
  // zsh reads the file when it completes potentia for the first time: that time is answered here, later ones by what
  // `complete` has set up.
  return "#compdef potentia\n# zsh takes the completion of bash\nautoload -U +X bashcompinit && bashcompinit\n" + bash(app) +
         "[[ ${funcstack[1]} != _potentia ]] || _bash_complete -o filenames -F _potentia\n";
}

std::string fish(const CLI::App& app) {
  std::string lines = fmt::format(R"(# fish completion of potentia, made from its command definitions
function __potentia_command --description 'The command on the line, if there is one yet'
    set -l skip false
    for word in (commandline -opc)[2..]
        if $skip
            set skip false
            continue
        end
        switch $word
            case {}
                set skip true
            case '-*'
            case '*'
                echo $word
                return 0
        end
    end
    return 1
end
)",
                                  fmt::join(names_with_value(app), " "));
  const auto add = [&](const CLI::App& of, const std::string& when) {
    for (const OptionText& option : options_of(of)) {
      if (option.is_file) continue;
      std::string names;
      for (const std::string& name : option.names)
        names += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
      const std::string takes = option.value.empty()     ? ""
                                : option.choices.empty() ? " -r"
                                                         : fmt::format(" -x -a {}", quoted(fmt::format("{}", fmt::join(option.choices, " "))));
      lines += fmt::format("complete -c potentia{}{}{} -d {}\n", when, names, takes, quoted(option.description));
    }
  };
  add(app, "");
  for (const CLI::App* command : commands_of(app)) {
    lines += fmt::format("complete -c potentia -f -n 'not __potentia_command >/dev/null' -a {} -d {}\n", command->get_name(),
                         quoted(command->get_description()));
    add(*command, fmt::format(" -n 'contains -- {} (__potentia_command)'", command->get_name()));
  }
  return lines;
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  std::string page = fmt::format(
      ".TH POTENTIA 1 \"\" \"potentia {}\" \"User Commands\"\n"
      ".SH NAME\npotentia \\- {}\n"
      ".SH SYNOPSIS\n.B potentia\n.RI [ options ]\n.I command\n.RI [ options ]\n"
      ".SH DESCRIPTION\n"
      "Computes how much every country could export of every product to every market, how much of that is unrealised, and\n"
      "why, by the method of the International Trade Centre's export potential indicator (an unofficial replication), from\n"
      "the files that people download, with the same bits on every machine.\n"
      ".SH OPTIONS\nThey may stand before or after the command.\n",
      program_version(), troff(app.get_description()));
  for (const OptionText& option : options_of(app)) page += troff_option(option);
  page += ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    const std::vector<OptionText> options = options_of(*command);
    std::string arguments;
    for (const OptionText& option : options)
      if (option.is_file) arguments += " \\fI" + troff(option.names[0]) + "\\fR";
    page += fmt::format(".SS potentia {}{}\n{}\n", troff(command->get_name()), arguments, troff(command->get_description()));
    for (const OptionText& option : options) page += troff_option(option);
  }
  page +=
      ".SH EXIT STATUS\n"
      "0 done, 2 usage, 3 bad input or settings, 4 no such backend or device, 5 out of memory or disk, 130 interrupted, 1 a\n"
      "fault of the program. An error is one line on standard error: what is wrong (where); what to do.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n\\fBOMP_NUM_THREADS\\fR\nWorker threads, where \\fB\\-\\-threads\\fR does not say.\n"
      ".TP\n\\fBPOTENTIA_DISABLE_CUDA\\fR\n1 forces the processor.\n";
  return page;
}

std::string shell_completion(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return bash(app);
  return shell == "zsh" ? zsh(app) : fish(app);
}

}  // namespace potentia
