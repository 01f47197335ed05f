#include "analyzer/cli/completions.h"

namespace schemaudit {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> options_of(const CommandDescription& command) {
  std::vector<std::string> names;
  for (const OptionDescription& option : command.options)
    if (!option.positional) names.push_back(option.name);
  return names;
}

/// Options of which the parser does not know the values that it takes.
std::vector<std::string> choices_of(const OptionDescription& option,
                                    const std::vector<std::string>& rules) {
  if (!option.choices.empty()) return option.choices;
  if (option.name == "--select" || option.name == "--ignore" || option.name == "--rule")
    return rules;
  if (option.name == "--format" && option.text.starts_with("text, json, html"))
    return {"text", "json", "html", "sarif", "gitlab", "junit", "github", "markdown"};
  return option.name == "--format" ? std::vector<std::string>{"text", "json"}
                                   : std::vector<std::string>();
}

std::string single_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string bash(const std::vector<CommandDescription>& commands,
                 const std::vector<std::string>& rules) {
  std::vector<std::string> names;
  std::string options, choices;
  for (const CommandDescription& command : commands) {
    names.push_back(command.name);
    options += "    " + command.name + ") words='" + joined(options_of(command)) + "' ;;\n";
    for (const OptionDescription& option : command.options) {
      const std::vector<std::string> known = choices_of(option, rules);
      if (!known.empty() && !option.positional)
        choices +=
            "    '" + command.name + " " + option.name + "') words='" + joined(known) + "' ;;\n";
    }
  }
  return "# Completions of schemaudit for bash.\n_schemaudit() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local command=${COMP_WORDS[1]} words=\n  COMPREPLY=()\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words='" +
         joined(names) +
         "'\n    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n    return\n  fi\n"
         "  case \"$command $previous\" in\n" +
         choices +
         "  esac\n  if [ -n \"$words\" ]; then\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n    return\n  fi\n"
         "  if [ \"$command\" = explain ]; then\n    words='" +
         joined(rules) +
         "'\n    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n    return\n  fi\n"
         "  if [[ $current == -* ]]; then\n    case \"$command\" in\n" +
         options +
         "    esac\n    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n    return\n  fi\n"
         "  COMPREPLY=($(compgen -f -- \"$current\"))\n}\n"
         "complete -o filenames -F _schemaudit schemaudit\n";
}

std::string fish(const std::vector<CommandDescription>& commands,
                 const std::vector<std::string>& rules) {
  std::string text = "# Completions of schemaudit for fish.\n";
  for (const CommandDescription& command : commands) {
    text += "complete -c schemaudit -n __fish_use_subcommand -f -a " + command.name + " -d " +
            single_quoted(command.text) + "\n";
    const std::string within =
        "complete -c schemaudit -n '__fish_seen_subcommand_from " + command.name + "'";
    for (const OptionDescription& option : command.options) {
      if (option.positional) continue;
      text += within + " -l " + option.name.substr(2);
      if (const std::vector<std::string> known = choices_of(option, rules); !known.empty())
        text += " -x -a " + single_quoted(joined(known));
      else if (!option.value.empty())
        text += " -r";
      text += " -d " + single_quoted(option.text) + "\n";
    }
    if (command.name == "explain") text += within + " -f -a " + single_quoted(joined(rules)) + "\n";
  }
  return text;
}

}  // namespace

std::string completions_for(const std::string& shell,
                            const std::vector<CommandDescription>& commands,
                            const std::vector<std::string>& rules) {
  if (shell == "bash") return bash(commands, rules);
  if (shell == "fish") return fish(commands, rules);
  // zsh runs what is written for bash.
  if (shell == "zsh")
    return "#compdef schemaudit\nautoload -U +X bashcompinit && bashcompinit\n" +
           bash(commands, rules);
  return {};
}

}  // namespace schemaudit
