#include "schema_docs/column_table.h"

#include <algorithm>
#include <array>

#include "analyzer/model/names.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/normal_form.h"
#include "schema_docs/cell_words.h"
#include "schema_docs/column_words.h"
#include "schema_docs/data_dictionary.h"
#include "schema_docs/header_word.h"
#include "schema_docs/prose_words.h"

namespace schemaudit {

namespace {

struct HeaderWord {
  std::string_view word;
  CellRole role;
};

constexpr HeaderWord kHeaderWords[] = {
    {"name", CellRole::name},
    {"column", CellRole::name},
    {"column name", CellRole::name},
    {"col", CellRole::name},
    {"columns", CellRole::name},
    {"field", CellRole::name},
    {"field name", CellRole::name},
    {"fields", CellRole::name},
    {"attribute", CellRole::name},
    {"spalte", CellRole::name},
    {"feld", CellRole::name},
    {"spaltenname", CellRole::name},
    {"columna", CellRole::name},
    {"campo", CellRole::name},
    {"nombre", CellRole::name},
    {"colonne", CellRole::name},
    {"champ", CellRole::name},
    {"nom", CellRole::name},
    {"coluna", CellRole::name},
    {"\xE5\x88\x97", CellRole::name},                                      // 列
    {"\xE5\x88\x97\xE5\x90\x8D", CellRole::name},                          // 列名
    {"\xE5\xAD\x97\xE6\xAE\xB5", CellRole::name},                          // 字段
    {"\xE5\xAD\x97\xE6\xAE\xB5\xE5\x90\x8D", CellRole::name},              // 字段名
    {"\xE3\x82\xAB\xE3\x83\xA9\xE3\x83\xA0", CellRole::name},              // カラム
    {"\xE3\x82\xAB\xE3\x83\xA9\xE3\x83\xA0\xE5\x90\x8D", CellRole::name},  // カラム名
    {"\xE5\x90\x8D\xE5\x89\x8D", CellRole::name},                          // 名前
    {"\xED\x95\x84\xEB\x93\x9C", CellRole::name},                          // 필드
    {"\xEC\xBB\xAC\xEB\x9F\xBC", CellRole::name},                          // 컬럼
    {"\xD0\xBF\xD0\xBE\xD0\xBB\xD0\xB5", CellRole::name},                  // поле
    {"type", CellRole::type},
    {"data type", CellRole::type},
    {"datatype", CellRole::type},
    {"sql type", CellRole::type},
    {"column type", CellRole::type},
    {"typ", CellRole::type},
    {"datentyp", CellRole::type},
    {"tipo", CellRole::type},
    {"\xE5\x9E\x8B", CellRole::type},                                      // 型
    {"\xE3\x83\x87\xE3\x83\xBC\xE3\x82\xBF\xE5\x9E\x8B", CellRole::type},  // データ型
    {"\xE7\xB1\xBB\xE5\x9E\x8B", CellRole::type},                          // 类型
    {"\xE6\x95\xB0\xE6\x8D\xAE\xE7\xB1\xBB\xE5\x9E\x8B", CellRole::type},  // 数据类型
    {"\xED\x83\x80\xEC\x9E\x85", CellRole::type},                          // 타입
    {"\xD1\x82\xD0\xB8\xD0\xBF", CellRole::type},                          // тип
    {"null", CellRole::nullable},
    {"null?", CellRole::nullable},
    {"nullable", CellRole::nullable},
    {"nullable?", CellRole::nullable},
    {"is nullable", CellRole::nullable},
    {"allow null", CellRole::nullable},
    {"nulls", CellRole::nullable},
    {"null allowed", CellRole::nullable},
    {"null\xE8\xA8\xB1\xE5\x8F\xAF", CellRole::nullable},  // NULL許可
    {"optional", CellRole::nullable},
    {"not null", CellRole::not_null},
    {"not null?", CellRole::not_null},
    {"nn", CellRole::not_null},
    {"required", CellRole::required},
    {"required?", CellRole::required},
    {"mandatory", CellRole::required},
    {"pflicht", CellRole::required},
    {"default", CellRole::default_value},
    {"default value", CellRole::default_value},
    {"defaults", CellRole::default_value},
    {"standardwert", CellRole::default_value},
    {"\xE3\x83\x87\xE3\x83\x95\xE3\x82\xA9\xE3\x83\xAB\xE3\x83\x88",
     CellRole::default_value},                                          // デフォルト
    {"\xE9\xBB\x98\xE8\xAE\xA4\xE5\x80\xBC", CellRole::default_value},  // 默认值
    {"key", CellRole::key},
    {"keys", CellRole::key},
    {"pk/fk", CellRole::key},
    {"\xE3\x82\xAD\xE3\x83\xBC", CellRole::key},  // キー
    {"pk", CellRole::primary_key},
    {"primary key", CellRole::primary_key},
    {"primary", CellRole::primary_key},
    {"fk", CellRole::foreign_key},
    {"foreign key", CellRole::foreign_key},
    {"references", CellRole::foreign_key},
    {"reference", CellRole::foreign_key},
    {"unique", CellRole::unique},
    {"uq", CellRole::unique},
    {"constraint", CellRole::constraints},
    {"constraints", CellRole::constraints},
    {"modifiers", CellRole::constraints},
    {"attributes", CellRole::constraints},
    {"extra", CellRole::constraints},
    {"einschr\xC3\xA4nkungen", CellRole::constraints},
    {"restricciones", CellRole::constraints},
    {"contraintes", CellRole::constraints},
    {"\xE5\x88\xB6\xE7\xB4\x84", CellRole::constraints},  // 制約
    {"\xE7\xBA\xA6\xE6\x9D\x9F", CellRole::constraints},  // 约束
    {"comment", CellRole::description},
    {"comments", CellRole::description},
    {"description", CellRole::description},
    {"note", CellRole::description},
    {"notes", CellRole::description},
    {"purpose", CellRole::description},
    {"meaning", CellRole::description},
    {"details", CellRole::description},
    {"beschreibung", CellRole::description},
    {"descripci\xC3\xB3n", CellRole::description},
    {"\xE8\xAA\xAC\xE6\x98\x8E", CellRole::description},  // 説明
    {"\xE8\xAF\xB4\xE6\x98\x8E", CellRole::description},  // 说明
    {"\xE5\x82\x99\xE8\x80\x83", CellRole::description},  // 備考
    {"\xEC\x84\xA4\xEB\xAA\x85", CellRole::description},  // 설명
    {"children", CellRole::children},
    {"parents", CellRole::parents},
    {"length", CellRole::size},
    {"size", CellRole::size},
};

/// Types that programs other than databases do not speak of.
constexpr std::array<std::string_view, 18> kDatabaseTypes = {
    "varchar",   "char",    "text",    "bigint",    "smallint",    "serial",
    "bigserial", "numeric", "decimal", "timestamp", "timestamptz", "jsonb",
    "bytea",     "int4",    "int8",    "citext",    "tsvector",    "inet"};

bool only_database(std::string_view type) {
  std::string folded = fold_case(type);
  return std::any_of(kDatabaseTypes.begin(), kDatabaseTypes.end(), [&](std::string_view word) {
    return starts_with(folded, word) &&
           (folded.size() == word.size() ||
            !std::isalpha(static_cast<unsigned char>(folded[word.size()])));
  });
}

/// An identifier, or a word in letters of another alphabet.
bool is_column_word(std::string_view name) {
  return !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
                  static_cast<unsigned char>(c) >= 0x80;
         });
}

/// The column that a cell names; empty where it names none.
std::string column_name(const Inlines& cell) {
  const InlineSpan* code = nullptr;
  std::string text;
  for (const InlineSpan& span : cell.spans) {
    if (span.style == SpanStyle::html) continue;
    if (span.style == SpanStyle::code && !code && trim(text).empty()) code = &span;
    text += span.text;
  }
  std::string_view name = code ? trim(code->text) : trim(text);
  // `id (PK)`, `email *`
  std::size_t end = name.find_first_of(" (*?");
  std::string_view rest =
      end == std::string_view::npos ? std::string_view() : trim(name.substr(end));
  if (end != std::string_view::npos) name = name.substr(0, end);
  if (name.size() > 2 && name.front() == '"' && name.back() == '"')
    return std::string(name.substr(1, name.size() - 2));
  bool marked = rest.empty() || rest == "*" || rest == "?" || rest.front() == '(' ||
                !read_column_facts(rest, {}).empty();
  return is_column_word(name) && marked ? std::string(name) : std::string();
}

CellRole role_of(const Inlines& header) {
  std::string folded = header_word(header);
  for (const HeaderWord& word : kHeaderWords)
    if (word.word == folded) return word.role;
  return CellRole::other;
}

void read_default(std::string_view cell, bool tbls, ColumnClaim& claim) {
  // A dash may stand for what the writer left open; a word does not.
  std::string word = fold_case(trim(cell));
  if (word == "none" || word == "no default") {
    claim.column.default_value = Fact<Expression>::none();
    return;
  }
  if (is_placeholder(cell)) {
    if (tbls) claim.column.default_value = Fact<Expression>::none();
    return;
  }
  std::string folded = fold_case(cell);
  if (folded == "null") {
    claim.column.default_value = Fact<Expression>::none();
    return;
  }
  ColumnFacts facts = read_column_facts(cell, {});
  if (facts.whole && (facts.identity || facts.generated)) {
    apply_facts(facts, claim);
    return;
  }
  if (contains_any_word(cell, {"auto", "autoincrement", "auto-increment", "auto_increment",
                               "sequence", "generated"}))
    return;
  Expression value = normalise_expression(
      cell, {}, claim.column.type ? claim.column.type->normal : std::string_view());
  // A bare word that is no value of SQL (`active`) is a string that the writer left unquoted.
  if (!value.decided ||
      (is_identifier(cell) && folded.find('(') == std::string::npos && folded != "true" &&
       folded != "false" && folded != "current_timestamp" && folded != "current_date" &&
       folded != "current_time" && folded != "current_user" && folded != "localtimestamp")) {
    value.text = std::string(cell);
    value.normal.clear();
    value.decided = false;
  }
  claim.column.default_value = std::move(value);
}

/// `mood`, `public.mood[]`: a type that the documents may define.
std::string named_type_in(std::string_view cell) {
  std::string_view name = trim(cell);
  std::string_view core = name;
  while (ends_with(core, "[]")) core.remove_suffix(2);
  return is_qualified_identifier(core) ? std::string(name) : std::string();
}

void read_key_cell(std::string_view cell, ColumnClaim& claim) {
  if (is_placeholder(cell)) return;
  ColumnWordsOptions options;
  options.attributes = true;
  ColumnFacts facts = read_column_facts(cell, options);
  facts.type.reset();
  std::string folded = fold_case(trim(cell));
  if (folded == "pri") facts.primary_key = true;
  if (folded == "uni") facts.unique = true;
  apply_facts(facts, claim);
}

/// `required`, `mandatory`, `NOT NULL`
bool states_obligation(std::string_view cell) {
  ColumnWordsOptions options;
  options.attributes = true;
  const ColumnFacts facts = read_column_facts(cell, options);
  return facts.whole && facts.nullable.value_or(facts.obligation.value_or(true)) == false;
}

/// `id (PK)`, `email (unique)`: what stands beside the name in its cell.
void read_remark(std::string_view cell, ColumnClaim& claim) {
  std::size_t open = cell.find('(');
  if (open == std::string_view::npos || claim.column.name.size() > open) return;
  std::optional<std::string_view> inside = inside_parentheses(cell, open);
  if (!inside) return;
  ColumnFacts facts = read_column_facts(*inside, {});
  if (facts.whole) apply_facts(facts, claim);
}

}  // namespace

std::optional<ColumnTableShape> column_table_shape(const Block& table) {
  if (table.rows.size() < 2 || table.rows[0].cells.size() < 2) return std::nullopt;
  if (!parts_of_dictionary(table).empty()) return std::nullopt;
  ColumnTableShape shape;
  std::size_t columns = table.rows[0].cells.size();
  std::size_t database_headers = 0;
  std::optional<std::size_t> name, type;
  bool children = false, parents = false, name_is_column = false;
  for (std::size_t c = 0; c < columns; ++c) {
    CellRole role = role_of(table.rows[0].cells[c]);
    std::string header = header_word(table.rows[0].cells[c]);
    if (role == CellRole::name && name) role = CellRole::other;
    if (role == CellRole::type && type) role = CellRole::other;
    if (role == CellRole::name) {
      name = c;
      name_is_column = starts_with(header, "col") || starts_with(header, "spalte") ||
                       starts_with(header, "\xE5\x88\x97") ||
                       starts_with(header, "\xE3\x82\xAB\xE3\x83\xA9");
    }
    if (role == CellRole::type) type = c;
    children |= role == CellRole::children;
    parents |= role == CellRole::parents;
    bool database = role == CellRole::nullable || role == CellRole::not_null ||
                    role == CellRole::key || role == CellRole::primary_key ||
                    role == CellRole::foreign_key || role == CellRole::constraints;
    if (header == "optional") database = false;
    database_headers += database ? 1 : 0;
    shape.roles.push_back(role);
  }
  std::size_t rows = table.rows.size() - 1;
  auto fits = [&](std::size_t column, auto&& test) {
    std::size_t count = 0;
    for (std::size_t r = 1; r < table.rows.size(); ++r)
      if (column < table.rows[r].cells.size() && test(table.rows[r].cells[column])) ++count;
    return count;
  };
  auto names_column = [](const Inlines& cell) { return !column_name(cell).empty(); };
  auto states_type = [](const Inlines& cell) { return type_prefix(trim(cell.text()), true) > 0; };
  if (!name && !type) {
    // A header in a language that is not listed: the shape alone has to be plain.
    if (fits(0, names_column) != rows || fits(1, states_type) != rows) return std::nullopt;
    name = 0;
    type = 1;
    shape.roles[0] = CellRole::name;
    shape.roles[1] = CellRole::type;
  }
  if (!name) {
    if (fits(0, names_column) != rows || *type == 0) return std::nullopt;
    // `| Parameter | Type | Required |` and `| Key | Type |` name what is no column.
    if (database_headers == 0 || shape.roles[0] != CellRole::other) return std::nullopt;
    name = 0;
    shape.roles[0] = CellRole::name;
  }
  if (fits(*name, names_column) < rows) return std::nullopt;
  std::size_t types = type ? fits(*type, states_type) : 0;
  shape.database_types =
      type && fits(*type, [](const Inlines& cell) { return only_database(trim(cell.text())); }) > 0;
  shape.tbls = children && parents && type;
  bool typed = type && types * 2 >= rows && types > 0;
  if (!typed && !(name_is_column && (database_headers > 0 || columns == 2))) return std::nullopt;
  shape.decisive = shape.tbls || (name_is_column && typed) || (database_headers > 0 && typed);
  if (!shape.decisive && !shape.database_types && !name_is_column) return std::nullopt;
  return shape;
}

TableClaim read_column_table(const Block& table, const ColumnTableShape& shape,
                             const QualifiedName& name, const std::string& uri,
                             std::vector<Problem>& problems) {
  TableClaim claim;
  claim.name = name;
  claim.origin = {uri, table.line, table.column};
  claim.form = "column table";
  claim.complete = true;
  std::size_t width = table.rows[0].cells.size();
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    bool too_long = row.source_cells > width;
    ColumnClaim column;
    column.column.origin = {uri, row.line, table.column};
    for (std::size_t c = 0; c < row.cells.size() && c < shape.roles.size(); ++c)
      if (shape.roles[c] == CellRole::name) column.column.name = column_name(row.cells[c]);
    if (column.column.name.empty()) continue;
    if (too_long) {
      Problem problem;
      problem.kind = ProblemKind::unread_schema;
      problem.origin = column.column.origin;
      problem.object = {"column", name.schema, name.name, column.column.name};
      problem.message = "The row of " + quote_identifier(column.column.name) + " has " +
                        std::to_string(row.source_cells) + " cells where the header has " +
                        std::to_string(width) +
                        ": a `|` inside a cell splits it, also in code. Write it as `\\|`. Only "
                        "the column's name was read.";
      problem.key = "cells of " + to_string(name) + "." + column.column.name;
      problem.excerpt = excerpt_of(row.cells.empty() ? "" : row.cells[0].text());
      problems.push_back(std::move(problem));
      claim.columns.push_back(std::move(column));
      continue;
    }
    for (std::size_t c = 0; c < row.cells.size() && c < shape.roles.size(); ++c)
      if (shape.roles[c] == CellRole::name) read_remark(row.cells[c].text(), column);
    // The type first: a default is read by its type.
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t c = 0; c < row.cells.size() && c < shape.roles.size(); ++c) {
        bool is_type = shape.roles[c] == CellRole::type;
        if (is_type != (pass == 0)) continue;
        std::string text = row.cells[c].text();
        std::string_view cell = trim(text);
        switch (shape.roles[c]) {
          case CellRole::type: {
            ColumnWordsOptions options;
            options.type_cell = true;
            apply_facts(read_column_facts(cell, options), column);
            if (!column.column.type) column.named_type = named_type_in(cell);
            break;
          }
          case CellRole::nullable:
            if (std::optional<bool> yes = yes_or_no(cell))
              column.column.nullable = yes;
            else
              read_key_cell(cell, column);
            break;
          case CellRole::not_null:
            if (std::optional<bool> yes = yes_or_no(cell))
              column.column.nullable = !*yes;
            else
              read_key_cell(cell, column);
            break;
          case CellRole::required:
            // Who writes `no` may only mean that a default fills it.
            if (yes_or_no(cell) == true || states_obligation(cell)) column.column.nullable = false;
            break;
          case CellRole::default_value:
            read_default(cell, shape.tbls, column);
            break;
          case CellRole::primary_key:
            if (yes_or_no(cell) == true || fold_case(cell) == "pk") {
              column.primary_key = true;
              if (!column.column.nullable) column.column.nullable = false;
            }
            break;
          case CellRole::foreign_key: {
            std::size_t used = 0;
            std::string_view target = cell;
            if (is_placeholder(cell) || yes_or_no(cell)) break;
            if (std::optional<ForeignKey> key = read_target(target, used);
                key && used == target.size()) {
              ColumnFacts facts;
              facts.foreign_key = std::move(key);
              apply_facts(facts, column);
            } else {
              read_key_cell(cell, column);
            }
            break;
          }
          case CellRole::unique:
            if (yes_or_no(cell) == true || fold_case(cell) == "unique") column.unique = true;
            break;
          case CellRole::key:
          case CellRole::constraints:
            read_key_cell(cell, column);
            break;
          case CellRole::description:
            if (is_placeholder(cell)) break;
            if (!shape.tbls) {
              ColumnFacts facts = read_column_facts(cell, {});
              facts.type.reset();
              apply_facts(facts, column);
            }
            column.column.comment = std::string(cell);
            break;
          default:
            break;
        }
      }
    }
    settle_obligation(column);
    claim.columns.push_back(std::move(column));
  }
  return claim;
}

}  // namespace schemaudit
