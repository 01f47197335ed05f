#include "analyzer/sql/replay/ddl_in_text.h"

#include <algorithm>
#include <array>

#include "analyzer/sql/lexer.h"

namespace schemaudit::replay {

namespace {

bool is_one_of(std::string_view word, const std::string_view* begin, const std::string_view* end) {
  return std::find(begin, end, word) != end;
}

/// Kinds of objects that a schema holds, as CREATE, ALTER and DROP name them.
bool is_object_kind(std::string_view word) {
  static constexpr std::string_view kKinds[] = {
      "table",       "type",      "view",       "materialized", "index",     "function",
      "procedure",   "schema",    "domain",     "sequence",     "trigger",   "policy",
      "extension",   "rule",      "foreign",    "cast",         "aggregate", "operator",
      "routine",     "collation", "statistics", "event",        "owned",     "default",
      "publication", "unlogged",  "constraint", "recursive",    "unique"};
  return is_one_of(word, std::begin(kKinds), std::end(kKinds));
}

/// First words of statements that change no schema.
bool changes_rows_only(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "select", "insert", "update", "delete", "with",   "values",  "lock",    "analyze", "vacuum",
      "set",    "reset",  "show",   "listen", "notify", "explain", "copy",    "merge",   "table",
      "call",   "fetch",  "move",   "close",  "raise",  "refresh", "truncate"};
  return is_one_of(word, std::begin(kWords), std::end(kWords));
}

class Scanner {
 public:
  Scanner(std::string_view text, TextEffects& effects, int depth)
      : text_(text), effects_(effects), depth_(depth) {
    for (const Token& token : tokenize(text))
      if (token.kind != TokenKind::comment) tokens_.push_back(token);
  }

  void scan() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::word || tokens_[i].kind == TokenKind::quoted_name)
        note_call(i);
      if (tokens_[i].kind != TokenKind::word) continue;
      std::string word = fold_case(tokens_[i].in(text_));
      if (word == "create" || word == "alter" || word == "drop")
        definition(i, word);
      else if (word == "comment" && word_at(i + 1) == "on")
        add("comment on " + word_at(i + 2) + name_at(i + 3));
      else if ((word == "grant" || word == "revoke") && begins_statement(i))
        add(word + " privileges");
      else if (word == "security" && word_at(i + 1) == "label")
        add("security label");
      else if (word == "execute" && begins_statement(i))
        dynamic(i);
    }
  }

 private:
  std::string word_at(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::word
               ? fold_case(tokens_[i].in(text_))
               : std::string();
  }
  bool is_symbol(std::size_t i, char symbol) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::symbol &&
           text_[tokens_[i].offset] == symbol;
  }

  bool begins_statement(std::size_t i) const {
    if (i == 0 || is_symbol(i - 1, ';')) return true;
    static constexpr std::string_view kBefore[] = {"begin", "then", "else", "loop", "atomic"};
    return is_one_of(word_at(i - 1), std::begin(kBefore), std::end(kBefore)) ||
           is_symbol(i - 1, '>');  // <<label>>
  }

  /// ` a.b`, from which IF EXISTS and the like are left out; empty where no name stands there.
  std::string name_at(std::size_t i) const {
    static constexpr std::string_view kSkipped[] = {"if", "not", "exists", "concurrently", "only"};
    while (is_one_of(word_at(i), std::begin(kSkipped), std::end(kSkipped))) ++i;
    std::string name;
    while (i < tokens_.size() &&
           (tokens_[i].kind == TokenKind::word || tokens_[i].kind == TokenKind::quoted_name)) {
      name += fold_unquoted(tokens_[i]);
      if (!is_symbol(i + 1, '.')) break;
      name += '.';
      i += 2;
    }
    return name.empty() ? name : " " + name;
  }

  std::string fold_unquoted(const Token& token) const {
    return token.kind == TokenKind::word ? fold_case(token.in(text_))
                                         : std::string(token.in(text_));
  }

  void definition(std::size_t i, const std::string& verb) {
    std::size_t at = i + 1;
    if (word_at(at) == "or" && word_at(at + 1) == "replace") at += 2;
    if (word_at(at) == "global" || word_at(at) == "local") ++at;
    if (word_at(at) == "temp" || word_at(at) == "temporary") return;
    std::string kind = word_at(at);
    if (!is_object_kind(kind)) return;
    ++at;
    static constexpr std::string_view kOfTwoWords[] = {"materialized", "foreign",    "unlogged",
                                                       "event",        "constraint", "recursive",
                                                       "unique",       "owned",      "default"};
    if (is_one_of(kind, std::begin(kOfTwoWords), std::end(kOfTwoWords))) {
      // Within a table's definition these words mean something else.
      std::string second = word_at(at);
      static constexpr std::string_view kSeconds[] = {"view", "table", "index",     "trigger",
                                                      "data", "by",    "privileges"};
      if (!is_one_of(second, std::begin(kSeconds), std::end(kSeconds))) return;
      kind += " " + second;
      ++at;
    }
    add(verb + " " + kind + name_at(at));
  }

  /// EXECUTE of PL/pgSQL: what its literals say, or else nothing.
  void dynamic(std::size_t i) {
    std::string next = word_at(i + 1);
    if (next == "function" || next == "procedure" || next == "on") return;
    bool first = true;
    for (std::size_t j = i + 1; j < tokens_.size() && !is_symbol(j, ';'); ++j) {
      if (tokens_[j].kind != TokenKind::string) continue;
      std::string made = text_of_string(tokens_[j].in(text_));
      std::vector<Token> inner = tokenize(made);
      std::string word = inner.empty() ? std::string() : fold_case(inner[0].in(made));
      TextEffects effects;
      if (depth_ < 8) Scanner(made, effects, depth_ + 1).scan();
      if (first && !effects.any() && !changes_rows_only(word)) effects_.dynamic = true;
      first = false;
      for (std::string& statement : effects.statements) add(std::move(statement));
      effects_.dynamic = effects_.dynamic || effects.dynamic;
    }
    if (first) effects_.dynamic = true;
  }

  void note_call(std::size_t i) {
    if (!is_symbol(i + 1, '(')) return;
    auto name_of_token = [&](const Token& token) {
      if (token.kind == TokenKind::word) return fold_case(token.in(text_));
      return text_of_string(token.in(text_));
    };
    QualifiedName name{"", name_of_token(tokens_[i])};
    if (i >= 2 && is_symbol(i - 1, '.')) name.schema = name_of_token(tokens_[i - 2]);
    if (std::find(effects_.calls.begin(), effects_.calls.end(), name) == effects_.calls.end())
      effects_.calls.push_back(std::move(name));
  }

  void add(std::string statement) {
    auto& known = effects_.statements;
    if (std::find(known.begin(), known.end(), statement) == known.end())
      known.push_back(std::move(statement));
  }

  std::string_view text_;
  TextEffects& effects_;
  int depth_;
  std::vector<Token> tokens_;
};

}  // namespace

std::string text_of_string(std::string_view token) {
  if (token.starts_with("$")) {
    std::size_t tag = token.find('$', 1);
    if (tag == std::string_view::npos || token.size() < 2 * (tag + 1)) return {};
    return std::string(token.substr(tag + 1, token.size() - 2 * (tag + 1)));
  }
  std::size_t open = token.find_first_of("'\"");
  if (open == std::string_view::npos) return {};
  const char quote = token[open];
  const bool escapes = open > 0 && (token[0] == 'e' || token[0] == 'E');
  std::string text;
  for (std::size_t i = open + 1; i < token.size(); ++i) {
    if (token[i] == quote) {
      if (i + 1 >= token.size() || token[i + 1] != quote) break;
      ++i;
    } else if (escapes && token[i] == '\\' && i + 1 < token.size()) {
      ++i;
      text += token[i] == 'n' ? '\n' : token[i] == 't' ? '\t' : token[i];
      continue;
    }
    text += token[i];
  }
  return text;
}

TextEffects effects_of(std::string_view body) {
  TextEffects effects;
  Scanner(body, effects, 0).scan();
  return effects;
}

std::string shown_effects(const TextEffects& effects) {
  constexpr std::size_t kShown = 12;
  std::string text;
  for (std::size_t i = 0; i < effects.statements.size() && i < kShown; ++i)
    text += (i == 0 ? "may " : ", ") + effects.statements[i];
  if (effects.statements.size() > kShown)
    text += " and " + std::to_string(effects.statements.size() - kShown) + " more";
  if (effects.dynamic) {
    if (!text.empty()) text += "; ";
    text += "runs SQL it makes at run time: may touch anything";
  }
  return text;
}

}  // namespace schemaudit::replay
