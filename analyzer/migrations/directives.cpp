#include "analyzer/migrations/directives.h"

#include <algorithm>
#include <cctype>

namespace schemaudit {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string lower(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return folded;
}

DirectiveKind goose_kind(const std::string& words) {
  if (words == "up") return DirectiveKind::up;
  if (words == "down") return DirectiveKind::down;
  if (words == "statementbegin") return DirectiveKind::statement_begin;
  if (words == "statementend") return DirectiveKind::statement_end;
  if (words == "no transaction") return DirectiveKind::no_transaction;
  if (words == "envsub on") return DirectiveKind::substitution_on;
  if (words == "envsub off") return DirectiveKind::substitution_off;
  return DirectiveKind::unknown;
}

/// False where the line is no directive at all.
bool read_goose(std::string_view comment, Directive& directive) {
  if (!comment.starts_with("+goose")) return false;
  directive.kind = goose_kind(lower(trimmed(comment.substr(6))));
  return true;
}

bool read_dbmate(std::string_view comment, Directive& directive) {
  if (!comment.starts_with("migrate:")) return false;
  const std::string words = lower(comment.substr(8));
  const std::size_t end = std::min(words.find(' '), words.size());
  const std::string direction = words.substr(0, end);
  if (direction == "up") directive.kind = DirectiveKind::up;
  if (direction == "down") directive.kind = DirectiveKind::down;
  const std::string options(trimmed(std::string_view(words).substr(end)));
  directive.without_transaction = options == "transaction:false";
  const bool known =
      options.empty() || options == "transaction:false" || options == "transaction:true";
  if (!known) directive.kind = DirectiveKind::unknown;
  return true;
}

}  // namespace

std::vector<Directive> directives_in(std::string_view text, DirectiveStyle style) {
  std::vector<Directive> directives;
  int line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t newline = text.find('\n', begin);
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    std::string_view content = trimmed(text.substr(begin, end - begin));
    while (!content.empty() && content.back() == '\n') content.remove_suffix(1);
    content = trimmed(content);
    Directive directive;
    directive.begin = begin;
    directive.end = end;
    directive.line = line;
    if (content.starts_with("--")) {
      const std::string_view comment = trimmed(content.substr(2));
      directive.text = std::string(content);
      if (style == DirectiveStyle::goose ? read_goose(comment, directive)
                                         : read_dbmate(comment, directive))
        directives.push_back(std::move(directive));
    }
    begin = end;
  }
  return directives;
}

std::string only(std::string_view text, std::size_t begin, std::size_t end) {
  std::string kept(text);
  for (std::size_t i = 0; i < kept.size(); ++i)
    if ((i < begin || i >= end) && kept[i] != '\n') kept[i] = ' ';
  return kept;
}

}  // namespace schemaudit
