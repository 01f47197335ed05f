#include "schema_docs/writing/sql_clauses.h"

#include <algorithm>
#include <optional>

#include "analyzer/sql/lexer.h"
#include "analyzer/sql/pieces.h"

namespace schemaudit {

namespace {

/// Tokens that are no comments.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens = tokenize(text);
  std::erase_if(tokens, [](const Token& token) { return token.kind == TokenKind::comment; });
  return tokens;
}

bool is_symbol(const Token& token, std::string_view text, char symbol) {
  return token.kind == TokenKind::symbol && text[token.offset] == symbol;
}

bool is_name(const Token& token) {
  return token.kind == TokenKind::word || token.kind == TokenKind::quoted_name;
}

/// Words that begin an element of CREATE TABLE which is no column.
bool begins_constraint(const std::vector<Token>& tokens, std::size_t at, std::string_view text) {
  auto word = [&](std::size_t i, std::string_view wanted) {
    return i < tokens.size() && is_word(tokens[i], text, wanted);
  };
  auto opens = [&](std::size_t i) { return i < tokens.size() && is_symbol(tokens[i], text, '('); };
  if (word(at, "constraint") || word(at, "like")) return true;
  if (word(at, "primary") && word(at + 1, "key")) return true;
  if (word(at, "foreign") && word(at + 1, "key")) return true;
  if (word(at, "exclude") && (word(at + 1, "using") || opens(at + 1))) return true;
  if (word(at, "unique")) return opens(at + 1) || word(at + 1, "nulls");
  return word(at, "check") && opens(at + 1);
}

/// The name at `at`, which moves behind it.
std::optional<QualifiedName> read_name(const std::vector<Token>& tokens, std::size_t& at,
                                       std::string_view text) {
  if (at >= tokens.size() || !is_name(tokens[at])) return std::nullopt;
  QualifiedName name{"", unquoted_name(tokens[at++].in(text))};
  while (at + 1 < tokens.size() && is_symbol(tokens[at], text, '.') && is_name(tokens[at + 1])) {
    name.schema = name.name;
    name.name = unquoted_name(tokens[at + 1].in(text));
    at += 2;
  }
  return name;
}

std::optional<TableStatement> table_statement(std::string_view text, const Piece& piece) {
  std::string_view statement = piece.in(text);
  std::vector<Token> tokens = tokens_of(statement);
  for (Token& token : tokens) token.offset += piece.begin;
  std::size_t at = 0;
  auto word = [&](std::string_view wanted) {
    if (at >= tokens.size() || !is_word(tokens[at], text, wanted)) return false;
    ++at;
    return true;
  };
  if (!word("create")) return std::nullopt;
  while (word("unlogged") || word("global") || word("local") || word("temp") || word("temporary") ||
         word("foreign")) {
  }
  if (!word("table")) return std::nullopt;
  if (word("if")) {
    word("not");
    word("exists");
  }
  TableStatement table;
  table.begin = piece.begin;
  table.end = piece.end;
  std::optional<QualifiedName> name = read_name(tokens, at, text);
  if (!name || at >= tokens.size() || !is_symbol(tokens[at], text, '(')) return std::nullopt;
  table.name = *name;
  table.open = tokens[at].offset;

  int depth = 0;
  std::optional<std::size_t> first;
  auto finish = [&](std::size_t end_token, std::size_t comma) {
    if (!first || *first == end_token) return;
    TableElement element;
    element.begin = tokens[*first].offset;
    element.end = tokens[end_token - 1].end();
    element.comma = comma;
    if (is_name(tokens[*first]) && !begins_constraint(tokens, *first, text))
      element.column = unquoted_name(tokens[*first].in(text));
    table.elements.push_back(element);
    first.reset();
  };
  for (std::size_t i = at; i < tokens.size(); ++i) {
    if (is_symbol(tokens[i], text, '(') && ++depth == 1) continue;
    if (is_symbol(tokens[i], text, ')') && --depth == 0) {
      finish(i, std::string_view::npos);
      table.close = tokens[i].offset;
      return table;
    }
    if (depth == 1 && is_symbol(tokens[i], text, ',')) {
      finish(i, tokens[i].offset);
      continue;
    }
    if (!first) first = i;
  }
  return std::nullopt;
}

std::optional<ClauseKind> clause_at(const std::vector<Token>& tokens, std::size_t at,
                                    std::string_view text) {
  auto word = [&](std::size_t i, std::string_view wanted) {
    return i < tokens.size() && is_word(tokens[i], text, wanted);
  };
  if (word(at, "not") && word(at + 1, "null")) return ClauseKind::not_null;
  if (word(at, "null")) return ClauseKind::null;
  if (word(at, "default")) return ClauseKind::default_value;
  if (word(at, "generated")) return ClauseKind::generated;
  if (word(at, "primary") && word(at + 1, "key")) return ClauseKind::primary_key;
  if (word(at, "unique")) return ClauseKind::unique;
  if (word(at, "references")) return ClauseKind::references;
  if (word(at, "check")) return ClauseKind::check;
  if (word(at, "collate")) return ClauseKind::collate;
  return std::nullopt;
}

}  // namespace

std::string unquoted_name(std::string_view written) {
  if (written.size() < 2 || written.front() != '"') return fold_case(written);
  std::string name;
  for (std::size_t i = 1; i + 1 < written.size(); ++i) {
    if (written[i] == '"') ++i;
    name += written[i];
  }
  return name;
}

const TableElement* TableStatement::find_column(std::string_view column) const {
  for (const TableElement& element : elements)
    if (!element.column.empty() && element.column == column) return &element;
  return nullptr;
}

const ColumnClause* ColumnClauses::find(ClauseKind kind) const {
  for (const ColumnClause& clause : clauses)
    if (clause.kind == kind) return &clause;
  return nullptr;
}

std::vector<TableStatement> table_statements(std::string_view text) {
  std::vector<TableStatement> tables;
  for (const Piece& piece : cut_pieces(text)) {
    if (piece.kind != Piece::Kind::sql) continue;
    if (std::optional<TableStatement> table = table_statement(text, piece))
      tables.push_back(std::move(*table));
  }
  return tables;
}

ColumnClauses column_clauses(std::string_view element) {
  ColumnClauses parts;
  const std::vector<Token> tokens = tokens_of(element);
  if (tokens.empty()) return parts;
  parts.name = {tokens[0].offset, tokens[0].end()};
  int depth = 0;
  std::size_t last_end = tokens[0].end();
  bool named = false;
  auto close_clause = [&] {
    if (!parts.clauses.empty())
      parts.clauses.back().end = last_end;
    else if (last_end > parts.name.end)
      parts.type.end = last_end;
  };
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (depth == 0) {
      if (is_word(token, element, "constraint") && i + 1 < tokens.size()) {
        close_clause();
        ColumnClause clause;
        clause.begin = token.offset;
        clause.name = {tokens[i + 1].offset, tokens[i + 1].end()};
        parts.clauses.push_back(clause);
        named = true;
        last_end = tokens[i + 1].end();
        ++i;
        continue;
      }
      std::optional<ClauseKind> kind = clause_at(tokens, i, element);
      // `ON DELETE SET NULL` and `SET DEFAULT` are a reference's.
      bool after_set = is_word(tokens[i - 1], element, "set");
      // What DEFAULT begins with is its value, whatever word that is; `UNIQUE NULLS NOT DISTINCT`.
      bool is_value = is_word(tokens[i - 1], element, "default") && kind == ClauseKind::null;
      if (kind && !after_set && !is_value) {
        if (named) {
          parts.clauses.back().kind = *kind;
        } else {
          close_clause();
          ColumnClause clause;
          clause.begin = token.offset;
          clause.kind = *kind;
          parts.clauses.push_back(clause);
        }
        named = false;
        if (*kind == ClauseKind::not_null || *kind == ClauseKind::primary_key) {
          last_end = tokens[i + 1].end();
          ++i;
          continue;
        }
      } else if (i == 1) {
        parts.type.begin = token.offset;
      }
    }
    if (is_symbol(token, element, '(')) ++depth;
    if (is_symbol(token, element, ')')) --depth;
    last_end = token.end();
  }
  close_clause();
  if (parts.type.end < parts.type.begin) parts.type = {};
  return parts;
}

}  // namespace schemaudit
