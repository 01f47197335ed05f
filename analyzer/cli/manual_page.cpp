#include "analyzer/cli/manual_page.h"

namespace schemaudit {

namespace {

/// As text: a backslash, a dash that may be copied, and a dot or quote that begins a line.
std::string roff(const std::string& text) {
  std::string escaped;
  bool begins = true;
  for (const char c : text) {
    if (begins && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\')
      escaped += "\\e";
    else if (c == '-')
      escaped += "\\-";
    else
      escaped += c;
    begins = c == '\n';
  }
  return escaped;
}

std::string option_text(const OptionDescription& option) {
  std::string text = ".TP\n\\fB" + roff(option.name) + "\\fR";
  if (!option.positional && !option.value.empty()) text += " \\fI" + roff(option.value) + "\\fR";
  text += "\n" + roff(option.text) + "\n";
  if (!option.choices.empty()) {
    std::string list;
    for (const std::string& choice : option.choices) list += (list.empty() ? "" : ", ") + choice;
    text += "One of " + roff(list) + ".\n";
  }
  return text;
}

}  // namespace

std::string manual_page(const std::vector<CommandDescription>& commands,
                        const std::string& version) {
  std::string page = ".TH SCHEMAUDIT 1 \"\" \"schemaudit " + roff(version) +
                     "\" \"User Commands\"\n"
                     ".SH NAME\nschemaudit \\- audits schema docs, migrations, models and a live "
                     "PostgreSQL database against each other\n"
                     ".SH SYNOPSIS\n.B schemaudit\n.I COMMAND\n[\\fIOPTION\\fR...]\n"
                     ".SH DESCRIPTION\nTells where a team's markdown schema docs, its SQL "
                     "migrations and models and its live database disagree, and which of the "
                     "team's rules they break.\n";
  for (const CommandDescription& command : commands) {
    page += ".SH COMMAND " + roff(command.name) + "\n" + roff(command.text) + ".\n";
    for (const OptionDescription& option : command.options)
      if (option.name != "--help") page += option_text(option);
    if (!command.footer.empty()) page += ".PP\n.nf\n" + roff(command.footer) + "\n.fi\n";
  }
  return page +
         ".SH EXIT STATUS\n.TP\n.B 0\nPass: all sources were read whole, and nothing failed.\n"
         ".TP\n.B 1\nFindings at or above \\fB\\-\\-fail\\-on\\fR; of diff: something differs.\n"
         ".TP\n.B 2\nUsage: an unknown option or key, a path that does not exist.\n"
         ".TP\n.B 3\nIncomplete evidence: something could not be seen.\n"
         ".SH FILES\n.TP\n.B schemaudit.toml\nThe configuration, in this folder or the nearest one "
         "above.\n.SH ENVIRONMENT\n.TP\n.B DATABASE_URL\nThe database where \\fB\\-\\-db\\fR names "
         "none; then libpq's own variables.\n.TP\n.B NO_COLOR\nNo color where it is set.\n";
}

}  // namespace schemaudit
