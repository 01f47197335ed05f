#include "analyzer/sql/replay/script_commands.h"

#include "analyzer/sql/lexer.h"

namespace schemaudit::replay {

std::optional<std::string> doubt_about_psql_command(std::string_view command,
                                                    const Session& session) {
  std::string_view word = command.substr(0, command.find_first_of(" \t\r\n"));
  auto is = [&](std::initializer_list<std::string_view> names) {
    for (std::string_view name : names)
      if (word == name) return true;
    return false;
  };
  const std::string shown(word);
  if (is({"\\i", "\\include", "\\ir", "\\include_relative"}))
    return shown + " reads another file, which is not followed: name that file as a source";
  if (is({"\\gexec"})) return shown + " runs SQL that a query makes";
  if (is({"\\if", "\\elif", "\\else", "\\endif"}))
    return shown + " runs statements on a condition; they are replayed as if it were not there";
  if (is({"\\!"})) return shown + " runs a program";
  // What an empty session connects to is where everything is made.
  if (is({"\\c", "\\connect"}) && session.catalog.last() > session.last_given)
    return shown + " goes to another database; what follows is replayed as if it were this one";
  return std::nullopt;
}

namespace {

std::string between(std::string_view text, std::size_t at, std::string_view close) {
  std::size_t end = text.find(close, at);
  if (end == std::string_view::npos || end - at > 80) return {};
  return std::string(text.substr(at, end + close.size() - at));
}

}  // namespace

std::string template_placeholder(std::string_view text) {
  std::size_t at = 0;
  Token token;
  while (next_token(text, at, token)) {
    if (token.kind == TokenKind::comment || token.kind == TokenKind::string) continue;
    std::string_view rest = text.substr(token.offset);
    std::string found;
    if (rest.starts_with("{{"))
      found = between(text, token.offset, "}}");
    else if (rest.starts_with("{%"))
      found = between(text, token.offset, "%}");
    else if (rest.starts_with("${"))
      found = between(text, token.offset, "}");
    else if (rest.starts_with("<%"))
      found = between(text, token.offset, "%>");
    else if (rest.size() > 1 && rest[0] == ':' && rest[1] != ':' && rest[1] != '=' &&
             (token.offset == 0 || text[token.offset - 1] != ':') &&
             ((rest[1] | 32) >= 'a' && (rest[1] | 32) <= 'z' ? true
                                                             : rest[1] == '\'' || rest[1] == '"'))
      found = std::string(rest.substr(0, rest.find_first_of(" \t\r\n,;)")));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace schemaudit::replay
