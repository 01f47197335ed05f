#include "analyzer/sql/recovery.h"

#include <algorithm>
#include <utility>

#include "analyzer/sql/lexer.h"
#include "analyzer/sql/literal.h"
#include "analyzer/sql/pieces.h"

namespace schemaudit {

namespace {

bool is_symbol(const Token& token, std::string_view text, char symbol) {
  return token.kind == TokenKind::symbol && text[token.offset] == symbol;
}

struct Span {
  std::size_t begin = 0, end = 0;
};

/// The comma-separated elements of the first parenthesised list behind token `from`.
std::vector<Span> list_elements(std::string_view text, const std::vector<Token>& tokens,
                                std::size_t from) {
  std::vector<Span> elements;
  int depth = 0;
  Span element;
  bool open = false;
  for (std::size_t i = from; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.kind == TokenKind::comment) continue;
    if (is_symbol(token, text, '(') && depth++ == 0) continue;
    bool closes = is_symbol(token, text, ')') && --depth == 0;
    if (closes || (depth == 1 && is_symbol(token, text, ','))) {
      if (open) elements.push_back(element);
      open = false;
      if (closes) break;
      continue;
    }
    if (depth == 0) continue;
    if (!open) element.begin = token.offset;
    open = true;
    element.end = token.end();
  }
  return elements;
}

/// The nodes of `CREATE TABLE t (<element>)`, with `begin` set so that locations fit the whole.
bool parse_element(const StatementText& statement, Span span, bool quote_name, Relation& relation,
                   const ColumnTypes& types) {
  constexpr std::string_view kPrefix = "CREATE TABLE t (";
  std::string element(statement.text.substr(span.begin, span.end - span.begin));
  std::size_t shift = kPrefix.size();
  if (quote_name) {
    std::vector<Token> tokens = tokenize(element);
    if (tokens.empty() || tokens[0].kind != TokenKind::word) return false;
    element = "\"" + fold_case(tokens[0].in(element)) + "\"" + element.substr(tokens[0].end());
  }
  std::string text = std::string(kPrefix) + element + ")";
  Tree tree = parse_sql(text);
  if (!tree.ok() || tree.statements().size() != 1 ||
      tree.statements()[0]->node_case != PG_QUERY__NODE__NODE_CREATE_STMT)
    return false;
  const PgQuery__CreateStmt& create = *tree.statements()[0]->create_stmt;
  if (create.n_table_elts != 1) return false;
  // Locations count from the made-up text; this begin brings them back to the file.
  StatementText here{statement.whole, statement.begin + span.begin - shift, text};
  if (statement.begin + span.begin < shift) here.begin = 0;
  const PgQuery__Node& node = *create.table_elts[0];
  if (node.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
    ParsedColumn parsed = column_from(*node.column_def, relation.name.name, here, types);
    parsed.column.origin = statement.whole->origin(statement.begin + span.begin);
    if (parsed.primary_key_constraint) relation.primary_key = parsed.primary_key_constraint;
    if (parsed.unique_constraint) relation.unique_constraints.push_back(*parsed.unique_constraint);
    if (parsed.foreign_key) relation.foreign_keys.push_back(*parsed.foreign_key);
    for (CheckConstraint& check : parsed.checks) relation.checks.push_back(std::move(check));
    relation.columns.push_back(std::move(parsed.column));
    return true;
  }
  if (node.node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return false;
  std::optional<ParsedConstraint> parsed = constraint_from(*node.constraint, types, here);
  if (!parsed) return false;
  if (KeyConstraint* key = std::get_if<KeyConstraint>(&parsed->constraint)) {
    if (parsed->primary_key) {
      for (const std::string& column : key->columns)
        if (Column* known = relation.find_column(column)) known->nullable = false;
      relation.primary_key = std::move(*key);
    } else {
      relation.unique_constraints.push_back(std::move(*key));
    }
  } else if (ForeignKey* foreign = std::get_if<ForeignKey>(&parsed->constraint)) {
    relation.foreign_keys.push_back(std::move(*foreign));
  } else if (CheckConstraint* check = std::get_if<CheckConstraint>(&parsed->constraint)) {
    relation.checks.push_back(std::move(*check));
  } else if (ExclusionConstraint* exclusion =
                 std::get_if<ExclusionConstraint>(&parsed->constraint)) {
    relation.exclusions.push_back(std::move(*exclusion));
  }
  return true;
}

/// `'a', 'b' | 'c'`, with an optional label before (`Values:`) and NULL among them.
std::vector<std::string> listed_values(std::string_view comment) {
  std::string_view body = comment;
  if (body.starts_with("--")) body.remove_prefix(2);
  if (body.starts_with("/*")) body = body.substr(2, body.size() >= 4 ? body.size() - 4 : 0);
  std::size_t colon = body.find(':');
  std::size_t quote = body.find('\'');
  if (colon != std::string_view::npos && colon < quote) body.remove_prefix(colon + 1);
  std::vector<std::string> values;
  for (const Token& token : tokenize(body)) {
    if (token.kind == TokenKind::string)
      values.push_back(unquote_literal(token.in(body)));
    else if (!is_symbol(token, body, ',') && !is_symbol(token, body, '|') &&
             !is_symbol(token, body, '/') && !is_word(token, body, "or") &&
             !is_word(token, body, "null"))
      return {};
  }
  return values.size() >= 2 ? values : std::vector<std::string>();
}

}  // namespace

std::optional<RecoveredTable> recover_table(const StatementText& statement) {
  std::string_view text = statement.text;
  std::vector<Token> tokens = tokenize(text);
  std::erase_if(tokens, [](const Token& token) { return token.kind == TokenKind::comment; });
  std::size_t at = 0;
  auto take = [&](std::string_view word) {
    if (at < tokens.size() && is_word(tokens[at], text, word)) {
      ++at;
      return true;
    }
    return false;
  };
  if (!take("create")) return std::nullopt;
  take("unlogged");
  if (!take("table")) return std::nullopt;
  if (take("if")) {
    take("not");
    take("exists");
  }
  std::vector<std::string> names;
  while (at < tokens.size() &&
         (tokens[at].kind == TokenKind::word || tokens[at].kind == TokenKind::quoted_name)) {
    std::string_view name = tokens[at].in(text);
    names.push_back(tokens[at].kind == TokenKind::word
                        ? fold_case(name)
                        : std::string(name.substr(1, name.size() >= 2 ? name.size() - 2 : 0)));
    ++at;
    if (at >= tokens.size() || !is_symbol(tokens[at], text, '.')) break;
    ++at;
  }
  if (names.empty() || at >= tokens.size() || !is_symbol(tokens[at], text, '('))
    return std::nullopt;

  RecoveredTable table;
  Relation& relation = table.relation;
  relation.name.name = names.back();
  if (names.size() > 1) relation.name.schema = names[names.size() - 2];
  relation.origin = statement.origin(0);
  std::vector<Span> elements = list_elements(text, tokens, at);
  Relation typed;
  for (int pass = 0; pass < 2; ++pass) {
    // The first pass learns the columns' types, which the second's CHECKs need.
    Relation& into = pass == 0 ? typed : relation;
    into.name = relation.name;
    ColumnTypes types = pass == 0 ? ColumnTypes() : column_types_of(typed);
    bool complete = true;
    for (const Span& element : elements)
      if (!parse_element(statement, element, false, into, types) &&
          !parse_element(statement, element, true, into, types))
        complete = false;
    table.complete = complete;
  }
  if (relation.columns.empty()) return std::nullopt;
  return table;
}

std::optional<std::string> with_numbered_parameters(std::string_view text) {
  std::vector<Token> tokens = tokenize(text);
  std::string result;
  std::size_t copied = 0;
  int number = 0;
  auto replace = [&](std::size_t from, std::size_t to) {
    result += text.substr(copied, from - copied);
    result += "$" + std::to_string(++number);
    copied = to;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.offset < copied) continue;
    char previous = token.offset > 0 ? text[token.offset - 1] : ' ';
    bool adjacent_word = i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::word &&
                         tokens[i + 1].offset == token.end();
    if (is_symbol(token, text, '?')) {
      replace(token.offset, token.end());
    } else if (is_symbol(token, text, ':') && previous != ':' && adjacent_word) {
      replace(token.offset, tokens[i + 1].end());
    } else if (is_symbol(token, text, '%') && adjacent_word && is_word(tokens[i + 1], text, "s")) {
      replace(token.offset, tokens[i + 1].end());
    } else if (is_symbol(token, text, '%') && i + 4 < tokens.size() &&
               is_symbol(tokens[i + 1], text, '(') && is_symbol(tokens[i + 3], text, ')') &&
               is_word(tokens[i + 4], text, "s")) {
      replace(token.offset, tokens[i + 4].end());
    } else if (is_symbol(token, text, '$') && i + 1 < tokens.size() &&
               is_symbol(tokens[i + 1], text, '{')) {
      std::size_t close = text.find('}', token.offset);
      if (close != std::string_view::npos) replace(token.offset, close + 1);
    }
  }
  if (number == 0) return std::nullopt;
  result += text.substr(copied);
  return result;
}

std::string newer_syntax(std::string_view text) {
  struct Newer {
    std::vector<std::string_view> words;
    int since;
    std::string_view name;
  };
  static const std::vector<Newer> kNewer = {
      {{"virtual"}, 18, "VIRTUAL generated columns"},
      {{"without", "overlaps"}, 18, "WITHOUT OVERLAPS keys"},
      {{"period"}, 18, "PERIOD foreign keys"},
      {{"not", "enforced"}, 18, "NOT ENFORCED constraints"},
      {{"json_table"}, 17, "JSON_TABLE"},
      {{"split", "partition"}, 19, "SPLIT PARTITION"},
      {{"any_value"}, 16, "ANY_VALUE"},
  };
  int built_with = grammar_version() / 10000;
  std::vector<Token> tokens = tokenize(text);
  for (const Newer& newer : kNewer) {
    if (newer.since <= built_with) continue;
    for (std::size_t i = 0; i + newer.words.size() <= tokens.size(); ++i) {
      bool all = true;
      for (std::size_t j = 0; j < newer.words.size(); ++j)
        all = all && is_word(tokens[i + j], text, newer.words[j]);
      if (all) return std::string(newer.name) + " (PostgreSQL " + std::to_string(newer.since) + ")";
    }
  }
  return {};
}

std::optional<std::size_t> explained_query(std::string_view text) {
  if (first_word(text) != "explain") return std::nullopt;
  for (const Token& token : tokenize(text))
    if (is_word(token, text, "select") || is_word(token, text, "with")) return token.offset;
  return std::nullopt;
}

void read_value_comments(const StatementText& statement, Relation& relation) {
  if (relation.columns.empty()) return;
  for (const Token& token : tokenize(statement.text)) {
    if (token.kind != TokenKind::comment) continue;
    std::vector<std::string> values = listed_values(token.in(statement.text));
    if (values.empty()) continue;
    int line = statement.whole->origin(statement.begin + token.offset).line;
    for (Column& column : relation.columns)
      if (column.origin.line == line) column.documented_values = values;
  }
}

}  // namespace schemaudit
