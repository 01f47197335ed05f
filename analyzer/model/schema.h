// One database schema as one source tells it: documents, SQL files, models, a live catalog or
// a snapshot all fill this type, so that everything after them compares values.
//
//   Schema live = introspect(...).schema;
//   const Relation* users = live.find_relation({"public", "users"});
//   if (users && !users->find_column("deleted_at")) ...
//
// Plain values. Names refer to other elements; nothing points. Every element carries its
// origin. What a source does not state is unknown (std::nullopt, an unknown Fact, or a list
// whose `Coverage` flag is off), which is never the same as absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/expression.h"
#include "analyzer/model/fact.h"
#include "analyzer/model/names.h"
#include "analyzer/model/origin.h"

namespace schemaudit {

enum class IdentityKind { always, by_default };
enum class GeneratedKind { stored, virtual_ };

struct Generated {
  GeneratedKind kind = GeneratedKind::stored;
  Expression expression;
  bool operator==(const Generated&) const = default;
};

struct Column {
  std::string name;
  std::optional<Type> type;
  std::optional<bool> nullable;
  Fact<Expression> default_value;
  Fact<IdentityKind> identity;
  Fact<Generated> generated;
  /// Set where it differs from the type's own collation.
  Fact<QualifiedName> collation;
  Fact<std::string> comment;
  /// Values that prose or a comment lists for this column ('free', 'plus', 'pro').
  std::optional<std::vector<std::string>> documented_values;
  /// From an ancestor by inheritance or partitioning, not stated for this table itself.
  bool inherited = false;
  Origin origin;
  bool operator==(const Column&) const = default;
};

/// A primary key or a unique constraint. An empty `name` is one the source does not state.
struct KeyConstraint {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> include;
  std::optional<bool> deferrable;
  std::optional<bool> initially_deferred;
  bool nulls_not_distinct = false;
  bool without_overlaps = false;
  bool inherited = false;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const KeyConstraint&) const = default;
};

enum class ReferentialAction { no_action, restrict, cascade, set_null, set_default };
enum class MatchType { simple, full, partial };

struct ForeignKey {
  std::string name;
  std::vector<std::string> columns;
  QualifiedName target;
  /// Empty where the source leaves it to the target's primary key.
  std::vector<std::string> target_columns;
  std::optional<ReferentialAction> on_delete;
  std::optional<ReferentialAction> on_update;
  /// Columns that ON DELETE SET NULL (a, b) names; empty means all.
  std::vector<std::string> on_delete_columns;
  MatchType match = MatchType::simple;
  std::optional<bool> deferrable;
  std::optional<bool> initially_deferred;
  std::optional<bool> validated;
  std::optional<bool> enforced;
  /// PERIOD before the last column of either side (PostgreSQL 18).
  bool with_period = false;
  /// A partition's clone of its root's key (pg_constraint.conparentid <> 0).
  bool inherited = false;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const ForeignKey&) const = default;
};

struct CheckConstraint {
  std::string name;
  Expression expression;
  /// The columns that the expression reads, sorted.
  std::vector<std::string> columns;
  /// Set where the expression says no more than `column IN (...)`.
  std::optional<AllowedValues> allowed;
  std::optional<bool> validated;
  std::optional<bool> enforced;
  bool no_inherit = false;
  bool inherited = false;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const CheckConstraint&) const = default;
};

struct ExclusionElement {
  Expression key;
  std::string op;
  bool operator==(const ExclusionElement&) const = default;
};

struct ExclusionConstraint {
  std::string name;
  std::string method;
  std::vector<ExclusionElement> elements;
  Fact<Expression> predicate;
  bool inherited = false;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const ExclusionConstraint&) const = default;
};

struct IndexKey {
  /// A column's name, or an expression.
  std::optional<std::string> column;
  std::optional<Expression> expression;
  /// Empty: the type's default class. Schema left out for classes of pg_catalog.
  std::string operator_class;
  std::string collation;
  bool descending = false;
  /// Set where it differs from the order's default.
  bool nulls_first = false;
  bool operator==(const IndexKey&) const = default;
};

struct Index {
  std::string name;
  /// Lower case; empty where a document does not say.
  std::string method = "btree";
  std::vector<IndexKey> keys;
  std::vector<std::string> include;
  Fact<Expression> predicate;
  std::optional<bool> unique;
  bool nulls_not_distinct = false;
  /// pg_index.indisvalid and indisready.
  std::optional<bool> valid;
  /// Rows are told by it to those who follow the table (REPLICA IDENTITY USING INDEX).
  bool replica_identity = false;
  /// The name of the constraint this index carries out; empty for a plain index.
  std::string constraint;
  /// A partition's child of its root's index.
  bool inherited = false;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const Index&) const = default;
};

struct Trigger {
  std::string name;
  /// `BEFORE UPDATE OF a OR DELETE FOR EACH ROW WHEN (...)`, normalised: timing, events and level.
  std::string definition;
  /// The function it calls.
  QualifiedName function;
  std::optional<bool> enabled;
  /// A partition's clone (pg_trigger.tgparentid <> 0).
  bool inherited = false;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const Trigger&) const = default;
};

enum class PolicyCommand { all, select, insert, update, delete_ };

struct Policy {
  std::string name;
  PolicyCommand command = PolicyCommand::all;
  bool permissive = true;
  /// Sorted; `public` for everyone.
  std::vector<std::string> roles;
  Fact<Expression> using_expression;
  Fact<Expression> check_expression;
  Origin origin;
  bool operator==(const Policy&) const = default;
};

struct Grant {
  /// `PUBLIC` for everyone.
  std::string grantee;
  /// SELECT, INSERT, ...; sorted.
  std::vector<std::string> privileges;
  bool operator==(const Grant&) const = default;
};

enum class RelationKind { table, partitioned_table, foreign_table, view, materialized_view };

struct PartitionOf {
  QualifiedName parent;
  /// `FOR VALUES FROM ('2025-01-01') TO ('2025-02-01')` or DEFAULT, normalised.
  Expression bound;
  bool operator==(const PartitionOf&) const = default;
};

/// For which of a relation's lists a source claims to be complete: what such a list lacks, the
/// source says is not there. A live catalog covers everything, a document only what it lists in
/// full; see docs/schema-docs.md, "Complete and partial".
struct Coverage {
  bool columns = false;
  bool primary_key = false;
  bool unique_constraints = false;
  bool foreign_keys = false;
  bool checks = false;
  bool exclusions = false;
  bool indexes = false;
  bool triggers = false;
  bool policies = false;
  bool grants = false;

  static Coverage all() { return {true, true, true, true, true, true, true, true, true, true}; }
  bool operator==(const Coverage&) const = default;
};

/// A table of any kind, or a view.
struct Relation {
  QualifiedName name;
  RelationKind kind = RelationKind::table;
  std::vector<Column> columns;
  std::optional<KeyConstraint> primary_key;
  std::vector<KeyConstraint> unique_constraints;
  std::vector<ForeignKey> foreign_keys;
  std::vector<CheckConstraint> checks;
  std::vector<ExclusionConstraint> exclusions;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  std::vector<Policy> policies;
  std::vector<Grant> grants;
  /// `RANGE (created_at)` of a partitioned table.
  std::optional<Expression> partition_key;
  std::optional<PartitionOf> partition_of;
  /// Parents by INHERITS, in order.
  std::vector<QualifiedName> inherits;
  std::optional<bool> row_security;
  std::optional<bool> row_security_forced;
  std::optional<bool> unlogged;
  /// A view's query, normalised.
  std::optional<Expression> definition;
  /// Whether a view reads with the rights of whoever asks (PostgreSQL 15), not with its owner's.
  std::optional<bool> security_invoker;
  Fact<std::string> comment;
  std::string owner;
  Coverage coverage;
  Origin origin;

  bool is_view() const {
    return kind == RelationKind::view || kind == RelationKind::materialized_view;
  }
  const Column* find_column(std::string_view column) const;
  Column* find_column(std::string_view column);
  bool operator==(const Relation&) const = default;
};

struct EnumType {
  QualifiedName name;
  std::vector<std::string> labels;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const EnumType&) const = default;
};

struct Domain {
  QualifiedName name;
  std::optional<Type> base;
  std::optional<bool> nullable;
  Fact<Expression> default_value;
  std::vector<CheckConstraint> checks;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const Domain&) const = default;
};

enum class OtherTypeKind { composite, range, base };

/// Composite, range and base types: known by name and shape only.
struct OtherType {
  QualifiedName name;
  OtherTypeKind kind = OtherTypeKind::composite;
  /// `(a integer, b text)` or `RANGE (subtype = date)`.
  std::string definition;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const OtherType&) const = default;
};

struct Sequence {
  QualifiedName name;
  std::optional<Type> type;
  std::optional<std::int64_t> start;
  std::optional<std::int64_t> increment;
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::optional<std::int64_t> cache;
  std::optional<bool> cycle;
  /// The column it belongs to (serial, identity, OWNED BY).
  Fact<QualifiedName> owned_by_table;
  std::string owned_by_column;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const Sequence&) const = default;
};

enum class RoutineKind { function, procedure, aggregate, window };

struct Function {
  QualifiedName name;
  RoutineKind kind = RoutineKind::function;
  /// Types of the input arguments, normalised: with the name, the function's identity.
  std::vector<Type> arguments;
  /// Whether `arguments` is stated (a document may name a function alone).
  bool arguments_known = true;
  std::optional<Type> returns;
  std::string language;
  std::optional<bool> security_definer;
  /// Whether every role may call it, which is what a new function is made with.
  std::optional<bool> public_may_execute;
  /// The `SET search_path` of the function, if it has one.
  Fact<std::string> search_path;
  /// The source text, without surrounding white space.
  Fact<std::string> body;
  Fact<std::string> comment;
  Origin origin;
  bool operator==(const Function&) const = default;
};

struct Extension {
  std::string name;
  std::string version;
  /// The schema it is installed into.
  std::string schema;
  Origin origin;
  bool operator==(const Extension&) const = default;
};

struct Namespace {
  std::string name;
  Fact<std::string> comment;
  Origin origin;
  /// Whether every role may make objects in it. Unknown where nothing says so: what `public` is
  /// made with depends on the server's version.
  std::optional<bool> public_may_create = std::nullopt;
  bool operator==(const Namespace&) const = default;
};

/// That one object needs another (pg_depend for a live catalog): what a border may forbid.
struct Dependency {
  /// `view`, `materialized view`, `function`, `policy`, `trigger`, `sequence`, `default`, `rule`.
  std::string kind;
  /// The object that depends: for a policy or trigger, its own name within `on_relation`.
  QualifiedName dependent;
  /// The relation a policy, trigger or default belongs to; empty name for others.
  QualifiedName on_relation;
  /// What it needs: a relation.
  QualifiedName needs;
  Origin origin;
  bool operator==(const Dependency&) const = default;
};

struct Schema {
  std::vector<Namespace> namespaces;
  std::vector<Relation> relations;
  std::vector<EnumType> enums;
  std::vector<Domain> domains;
  std::vector<OtherType> other_types;
  std::vector<Sequence> sequences;
  std::vector<Function> functions;
  std::vector<Extension> extensions;
  std::vector<Dependency> dependencies;

  const Relation* find_relation(const QualifiedName& name) const;
  Relation* find_relation(const QualifiedName& name);
  const EnumType* find_enum(const QualifiedName& name) const;
  const Domain* find_domain(const QualifiedName& name) const;

  /// Relations, types, sequences and functions by name; columns, keys and the like stay in
  /// their own order where it matters (columns) and are sorted where it does not. After it,
  /// find_relation() is a binary search.
  void sort();
  bool sorted = false;

  bool operator==(const Schema&) const = default;
};

struct SchemaCounts {
  std::size_t tables = 0, columns = 0, constraints = 0, indexes = 0, enums = 0, views = 0,
              functions = 0;
  bool operator==(const SchemaCounts&) const = default;
};

/// What is in `schema`; views' columns are counted, too.
SchemaCounts count_objects(const Schema& schema);

std::string_view to_string(ReferentialAction action);
/// Of the letter in pg_constraint.confdeltype and in parse trees: a, r, c, n, d.
ReferentialAction referential_action(char letter);
std::string_view to_string(RelationKind kind);

}  // namespace schemaudit
