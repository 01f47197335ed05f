// Constraints, indexes and enums, for sql_fence_refresh.h.
#include <algorithm>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/lexer.h"
#include "analyzer/sql/pieces.h"
#include "schema_docs/table_names.h"
#include "schema_docs/writing/source_places.h"
#include "schema_docs/writing/sql_fence_refresh.h"
#include "schema_docs/writing/stated_elements.h"

namespace schemaudit {

std::string SqlFenceRefresh::constraint_text(const Correction& correction,
                                             bool behind_column) const {
  const Relation& relation = *correction.built;
  switch (correction.what) {
    case CorrectionKind::primary_key:
      if (!relation.primary_key) return {};
      return behind_column ? writer_.word("PRIMARY KEY") : writer_.key(*relation.primary_key, true);
    case CorrectionKind::unique:
      if (const KeyConstraint* key = built_key(correction))
        return behind_column ? writer_.word("UNIQUE") : writer_.key(*key, false);
      return {};
    case CorrectionKind::foreign_key:
      if (const ForeignKey* key = built_foreign_key(correction))
        return behind_column ? writer_.references(*key) : writer_.foreign_key(*key);
      return {};
    case CorrectionKind::check:
      if (const CheckConstraint* check = built_check(correction))
        return writer_.check(*check, relation);
      return {};
    default:
      return {};
  }
}

/// `CONSTRAINT name ` where the built one has a name of its own.
std::string SqlFenceRefresh::given_name(const Correction& correction) const {
  const Relation& relation = *correction.built;
  auto named = [&](const std::string& name, const std::vector<std::string>& columns,
                   std::string_view ending) {
    return writer_.constraint_name(name, default_constraint_name(relation, columns, ending));
  };
  switch (correction.what) {
    case CorrectionKind::primary_key:
      return named(relation.primary_key->name, {}, "pkey");
    case CorrectionKind::unique:
      if (const KeyConstraint* key = built_key(correction))
        return named(key->name, key->columns, "key");
      return {};
    case CorrectionKind::foreign_key:
      if (const ForeignKey* key = built_foreign_key(correction))
        return named(key->name, key->columns, "fkey");
      return {};
    default:
      if (const CheckConstraint* check = built_check(correction))
        return named(check->name,
                     check->columns.size() == 1 ? check->columns : std::vector<std::string>(),
                     "check");
      return {};
  }
}

bool SqlFenceRefresh::add_constraint(const Correction& correction) {
  std::optional<TableStatement> table = table_of(correction);
  if (!table) return false;
  std::vector<std::string> columns;
  bool plain = true;
  if (const KeyConstraint* key =
          correction.what == CorrectionKind::primary_key && correction.built->primary_key
              ? &*correction.built->primary_key
              : built_key(correction)) {
    columns = key->columns;
    plain = key->include.empty() && !key->nulls_not_distinct && !key->deferrable.value_or(false);
  }
  if (const ForeignKey* key = built_foreign_key(correction)) {
    columns = key->columns;
    plain = key->validated != std::optional(false);
  }
  if (const CheckConstraint* check = built_check(correction)) columns = check->columns;
  if (columns.size() == 1 && plain) {
    const TableElement* element = table->find_column(columns.front());
    if (element) {
      std::string text = constraint_text(correction, true);
      if (text.empty()) return false;
      replace(element->end, element->end, " " + given_name(correction) + text);
      return true;
    }
  }
  std::string text = constraint_text(correction, false);
  if (text.empty()) return false;
  insert_element(*table,
                 table->elements.empty() ? std::nullopt
                                         : std::optional<std::size_t>(table->elements.size() - 1),
                 given_name(correction) + text);
  return true;
}

bool SqlFenceRefresh::constraint(const Correction& correction) {
  if (!correction.is_stated) return add_constraint(correction);
  std::optional<TableStatement> table = table_of(correction);
  std::optional<std::size_t> place = offset_of(correction.at);
  if (!table || !place || *place < table->begin || *place >= table->end) return false;
  for (std::size_t i = 0; i < table->elements.size(); ++i) {
    const TableElement& element = table->elements[i];
    if (*place < element.begin || *place >= element.end) continue;
    if (element.column.empty()) {
      if (correction.name_only) {
        std::string_view written = element.in(text_);
        std::vector<Token> tokens = tokenize(written);
        if (tokens.size() < 2 || !is_word(tokens[0], written, "constraint")) return false;
        replace(element.begin + tokens[1].offset, element.begin + tokens[1].end(),
                sql_identifier(correction.built_name));
        return true;
      }
      if (!correction.is_built) {
        if (table->elements.size() < 2) return false;
        remove_element(*table, i);
        return true;
      }
      std::string text = constraint_text(correction, false);
      if (text.empty()) return false;
      std::string_view written = element.in(text_);
      std::vector<Token> tokens = tokenize(written);
      std::size_t from = element.begin;
      if (tokens.size() > 2 && is_word(tokens[0], written, "constraint")) {
        std::string name = sql_identifier(correction.built_name);
        from = element.begin + tokens[2].offset;
        replace(from, element.end, text);
        replace(element.begin + tokens[1].offset, element.begin + tokens[1].end(), name);
        return true;
      }
      replace(from, element.end, text);
      return true;
    }
    ColumnClauses parts = column_clauses(element.in(text_));
    std::size_t within = *place - element.begin;
    for (const ColumnClause& clause : parts.clauses) {
      if (within < clause.begin || within >= clause.end) continue;
      if (correction.name_only) {
        if (clause.name.empty()) return false;
        replace(element.begin + clause.name.begin, element.begin + clause.name.end,
                sql_identifier(correction.built_name));
        return true;
      }
      if (!correction.is_built) {
        std::size_t begin = element.begin + clause.begin;
        while (begin > element.begin && (text_[begin - 1] == ' ' || text_[begin - 1] == '\n'))
          --begin;
        replace(begin, element.begin + clause.end, "");
        return true;
      }
      bool single = true;
      if (const ForeignKey* key = built_foreign_key(correction)) single = key->columns.size() == 1;
      if (const KeyConstraint* key = built_key(correction)) single = key->columns.size() == 1;
      if (correction.what == CorrectionKind::primary_key && correction.built->primary_key)
        single = correction.built->primary_key->columns.size() == 1;
      if (!single) {
        // What stood behind one column is now of several: an element of its own.
        std::size_t begin = element.begin + clause.begin;
        while (begin > element.begin && text_[begin - 1] == ' ') --begin;
        std::string text = constraint_text(correction, false);
        replace(begin, element.begin + clause.end, "");
        std::optional<TableStatement> shorter = table_of(correction);
        if (!shorter || text.empty()) return false;
        insert_element(*shorter, shorter->elements.size() - 1, text);
        return true;
      }
      std::string text = constraint_text(correction, true);
      if (text.empty()) return false;
      std::size_t from = clause.begin;
      if (!clause.name.empty()) from = element.in(text_).find_first_not_of(' ', clause.name.end);
      replace(element.begin + from, element.begin + clause.end, text);
      return true;
    }
  }
  return false;
}

bool SqlFenceRefresh::index(const Correction& correction) {
  const Index* built = built_index(correction);
  if (!correction.is_stated) {
    if (!built) return false;
    std::string statement = writer_.index(*correction.built, *built) + ";";
    // Behind the last index of that table, else behind the table, else at the end.
    std::optional<std::size_t> behind;
    for (const Piece& piece : cut_pieces(text_)) {
      if (piece.kind != Piece::Kind::sql) continue;
      std::optional<ParsedIndex> parsed = parse_index(piece.in(text_));
      bool of_table =
          parsed && snake_key(parsed->table.name) == snake_key(correction.stated->name.name);
      if (of_table) behind = piece.end;
    }
    if (!behind)
      if (std::optional<TableStatement> table = table_of(correction)) {
        behind = table->end;
        statement = "\n" + statement;
      }
    if (!behind) {
      append({statement});
      return true;
    }
    std::size_t at = *behind;
    if (at < text_.size() && text_[at] == ';') ++at;
    at = only_comment_follows(text_, at) ? line_end(text_, at) : at;
    replace(at, at, "\n" + statement);
    return true;
  }
  std::optional<std::size_t> place = offset_of(correction.at);
  if (!place) return false;
  for (const Piece& piece : cut_pieces(text_)) {
    if (piece.kind != Piece::Kind::sql || *place < piece.begin || *place >= piece.end) continue;
    std::string_view written = piece.in(text_);
    if (!parse_index(written)) return false;
    if (correction.name_only) {
      for (const Token& token : tokenize(written)) {
        if (token.kind != TokenKind::word && token.kind != TokenKind::quoted_name) continue;
        if (unquoted_name(token.in(written)) != correction.stated_name) continue;
        replace(piece.begin + token.offset, piece.begin + token.end(),
                sql_identifier(correction.built_name));
        return true;
      }
      return false;
    }
    if (correction.is_built) {
      if (!built) return false;
      replace(piece.begin, piece.end, writer_.index(*correction.built, *built));
      return true;
    }
    std::size_t begin = line_begin(text_, piece.begin), end = piece.end;
    if (end < text_.size() && text_[end] == ';') ++end;
    bool own_lines = is_blank(std::string_view(text_).substr(begin, piece.begin - begin)) &&
                     only_comment_follows(text_, end);
    if (!own_lines) return false;
    end = std::min(line_end(text_, end) + 1, text_.size());
    replace(begin, end, "");
    // Nor does a blank line stay at the end that only divided it from what is before it.
    if (begin == text_.size() && text_.ends_with("\n\n"))
      replace(text_.size() - 1, text_.size(), "");
    return true;
  }
  return false;
}

bool SqlFenceRefresh::enum_labels(const Correction& correction) {
  const EnumType* built = nullptr;
  for (const EnumType& type : built_.enums)
    if (type.name.name == correction.built_name) built = &type;
  std::optional<std::size_t> place = offset_of(correction.at);
  if (!built || !place || !correction.is_built) return false;
  for (const Piece& piece : cut_pieces(text_)) {
    if (piece.kind != Piece::Kind::sql || *place < piece.begin || *place >= piece.end) continue;
    std::string_view written = piece.in(text_);
    if (!fold_case(written).starts_with("create type")) return false;
    std::size_t open = written.find('(');
    std::size_t close = written.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos) return false;
    // One a line stays one a line.
    std::string_view list = written.substr(open + 1, close - open - 1);
    std::size_t first = list.find('\'');
    if (first == std::string_view::npos) return false;
    std::string lead(list.substr(0, first));
    std::size_t quote = list.rfind('\'');
    std::string tail(list.substr(quote + 1));
    bool one_a_line =
        std::count(list.begin(), list.end(), '\n') > std::count(list.begin(), list.end(), ',');
    std::string text = lead;
    for (std::size_t i = 0; i < built->labels.size(); ++i) {
      if (i > 0) text += one_a_line ? "," + (lead.empty() ? " " : lead) : ", ";
      text += sql_literal(built->labels[i]);
    }
    replace(piece.begin + open + 1, piece.begin + close, text + tail);
    return true;
  }
  return false;
}

}  // namespace schemaudit
