// What a team declares: the [policy.*] tables of the config as plain values. A policy makes
// certain what would otherwise be a guess, so rules about it report findings where they would
// have asked.
//
//   for (const Relation& relation : schema.relations)
//     if (policy.soft_delete && policy.soft_delete->tables.matches(relation.name)) ...
//
// Every entry carries the line that asks for it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"
#include "analyzer/model/origin.h"
#include "analyzer/model/schema.h"

namespace schemaudit {

/// A glob, or a list of names or globs (`_` is literal, see matches_glob()); one that begins with
/// `!` takes out what it matches: `["*", "!countries"]`.
struct TableSelector {
  std::vector<std::string> globs;
  /// Tries the bare name and `schema.name`.
  bool matches(const QualifiedName& table) const;
  bool operator==(const TableSelector&) const = default;
};

/// Columns by table: `users.email`, `*.status`, `public.users.email`, or several of one table:
/// `bids(auction_id, user_id)`. Globs in both halves.
struct ColumnSelector {
  /// As written in the config.
  std::string text;
  /// Over the table's bare name and `schema.name`.
  std::string table;
  /// Over column names; with several, all of them are meant together.
  std::vector<std::string> columns;
  Origin origin;

  /// For a selector of one column.
  bool matches(const QualifiedName& relation, std::string_view column) const;
  bool operator==(const ColumnSelector&) const = default;
};

/// Unset where the text is neither `table.column` nor `table(column, ...)`.
std::optional<ColumnSelector> parse_column_selector(std::string_view text);

enum class ForeignKeyStance {
  /// No foreign key on these tables, nor to them from others.
  forbid,
  /// Only among themselves.
  inside,
  allow,
};

/// A row that has to be there, as `{ table = "p3_switches", row = { name = "all", state = "off" }
/// }`.
struct RequiredRow {
  /// As written, with or without its schema.
  std::string table;
  /// Column and value, compared as text.
  std::vector<std::pair<std::string, std::string>> values;
  Origin origin;
  bool operator==(const RequiredRow&) const = default;
};

struct IsolationPolicy {
  std::string name;
  TableSelector tables;
  ForeignKeyStance foreign_keys = ForeignKeyStance::forbid;
  bool forbid_dependencies = false;
  bool freeze_others = false;
  /// `drop-only` or empty.
  std::string rollback;
  /// Globs of documents and SQL files all of whose tables have to be inside; may be empty.
  std::vector<std::string> documents;
  std::vector<RequiredRow> required_rows;
  Origin origin;
};

struct SoftDeletePolicy {
  std::string column = "deleted_at";
  TableSelector tables;
  Origin origin;
};

struct TenancyPolicy {
  std::string column;
  TableSelector tables;
  /// A table may be owned through its parent.
  bool through_foreign_key = false;
  /// Row security has to be on for each of these tables.
  bool row_security = false;
  Origin origin;
};

/// What a column of [policy.domains] needs.
enum class DomainDemand {
  /// A CHECK that reads it, an enum, a domain with a check, or a foreign key to a lookup table.
  check_or_enum,
  /// A CHECK that bounds it.
  range,
};

struct DomainPolicy {
  ColumnSelector columns;
  DomainDemand demand = DomainDemand::check_or_enum;
};

/// [policy.standard_columns]: `columns = { created_at = "timestamptz not null", id = "" }`.
struct StandardColumn {
  std::string name;
  /// Normal form; empty: of any type.
  std::string type;
  bool not_null = false;
  Origin origin;
};

struct StandardColumnsPolicy {
  TableSelector tables;
  std::vector<StandardColumn> columns;
  Origin origin;
};

/// [policy.naming]: a pattern for each kind of name.
struct NamingPolicy {
  struct Pattern {
    /// `snake_case`, `camelCase`, `PascalCase`, or a regular expression (ECMAScript) that the
    /// whole name has to match.
    std::string text;
    Origin origin;
  };
  /// By kind: tables, columns, views, primary_keys, unique, foreign_keys, checks, indexes,
  /// sequences, enums, functions, triggers, policies, schemas.
  std::map<std::string, Pattern> patterns;
  /// `singular`, `plural`, or empty.
  std::string table_number;
  Origin origin;
};

/// [policy.types]
struct TypesPolicy {
  struct Forbidden {
    /// Normal form without modifiers: `timestamp without time zone`, `character varying`;
    /// `serial` for columns whose default is a sequence of their own.
    std::string type;
    /// As written in the config.
    std::string text;
    Origin origin;
  };
  struct Wanted {
    ColumnSelector columns;
    /// Normal form.
    std::string type;
    std::string text;
  };
  std::vector<Forbidden> forbidden;
  std::vector<Wanted> wanted;
};

/// [policy.delete_actions]: what a foreign key on these columns may do ON DELETE. Of several that
/// match, the last one written decides.
struct DeleteActionPolicy {
  ColumnSelector columns;
  std::vector<ReferentialAction> allowed;
};

/// [policy.append_only]: rows are added and never changed.
struct AppendOnlyPolicy {
  TableSelector tables;
  Origin origin;
};

enum class DocumentationDemand { comment, docs, either };

/// [policy.documentation]: what has to be described, and where.
struct DocumentationPolicy {
  /// Which tables, and whose columns; `*` where it is not given.
  TableSelector scope;
  std::optional<DocumentationDemand> tables, columns, enums, functions, views;
  Origin origin;
};

/// [policy.sensitive]: columns that hold personal or secret data, and the words that a comment or
/// the docs have to say of them.
struct SensitivePolicy {
  std::vector<ColumnSelector> columns;
  /// Found in the column's comment, whatever the case: `pii`.
  std::string marked_by;
  Origin origin;
};

struct Policies {
  std::vector<IsolationPolicy> isolation;
  std::optional<SoftDeletePolicy> soft_delete;
  std::optional<TenancyPolicy> tenancy;
  std::vector<DomainPolicy> domains;
  std::optional<StandardColumnsPolicy> standard_columns;
  std::optional<NamingPolicy> naming;
  std::optional<TypesPolicy> types;
  std::vector<DeleteActionPolicy> delete_actions;
  /// Columns, or sets of them, that have to be unique.
  std::vector<ColumnSelector> unique;
  /// Columns, or lists of them, that an index has to lead with.
  std::vector<ColumnSelector> indexed;
  std::optional<AppendOnlyPolicy> append_only;
  std::optional<DocumentationPolicy> documentation;
  std::optional<SensitivePolicy> sensitive;
};

}  // namespace schemaudit
