// The objects of a replayed catalog, with what the server's catalog knows of them: numbered
// columns, dependencies, expressions as parse trees. Private to analyzer/sql.
//
//   Object table;
//   table.kind = Kind::table;
//   table.detail = RelationDetail{};
//
// Objects refer to each other by number and to columns by attribute number, as pg_class and
// pg_depend do, so that a rename touches one object. schema_of() turns them into a Schema.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analyzer/model/schema.h"

namespace schemaudit::replay {

using ObjectId = std::uint32_t;
constexpr ObjectId kNoObject = 0;

enum class Kind : std::uint8_t {
  schema,
  table,
  partitioned_table,
  foreign_table,
  view,
  materialized_view,
  sequence,
  composite_type,
  index,
  enum_type,
  domain,
  range_type,
  base_type,
  routine,
  constraint,
  default_value,
  trigger,
  policy,
  rule,
  statistics,
  extension,
  /// Operators, casts, collations, text search parts, publications: known by name, so that they
  /// can be dropped and depended on; no part of the Schema.
  other,
};

/// How strongly an object needs another (pg_depend.deptype).
enum class NeedKind : std::uint8_t {
  /// Dropping the other needs CASCADE.
  normal,
  /// Goes with the other without CASCADE.
  automatic,
  /// Is a part of the other: dropped with it, and only with it.
  internal,
  /// Is the partition's share of the other: dropped with it or with its own table, never alone.
  partition,
  /// Belongs to an extension.
  extension,
};

/// One edge of the dependency graph, kept by the object that needs.
struct Need {
  ObjectId object = kNoObject;
  /// The column of the other, from 1; 0 for the whole of it.
  int column = 0;
  NeedKind kind = NeedKind::normal;
  /// The column of this object that needs it (its type, its collation), 0 for the whole.
  int own_column = 0;
  bool operator==(const Need&) const = default;
};

/// An expression as its parse tree, packed, names in it qualified when it was stored. Renames
/// are carried out in the tree; its normal form is made when the Schema is.
struct StoredExpression {
  /// As written; remade from the tree where a rename has touched it.
  std::string text;
  std::shared_ptr<const std::string> tree;
  /// A rename or a change below it could not be followed.
  bool undecided = false;
};

/// A column's or argument's type. User-defined ones go by number, pg_catalog's by spelling.
struct TypeRef {
  ObjectId type = kNoObject;
  /// Without a number: the whole spelling as in Type::normal, modifiers and array included.
  std::string spelling;
  /// With a number: `(3)`, `[]`.
  std::string modifiers;
  bool is_array = false;
  bool operator==(const TypeRef&) const = default;
};

struct Attribute {
  std::string name;
  /// Unset where it could not be inferred (a view's column).
  std::optional<TypeRef> type;
  bool not_null = false;
  /// The name of its NOT NULL constraint where a statement gave it one (PostgreSQL 18); see
  /// not_null_constraints.h.
  std::string not_null_name;
  /// Whether the table has its NOT NULL of itself, not of its parents alone (conislocal of
  /// PostgreSQL 18).
  bool not_null_local = true;
  bool dropped = false;
  /// pg_attribute.attislocal and attinhcount.
  bool local = true;
  int inherited = 0;
  ObjectId default_value = kNoObject;
  std::optional<IdentityKind> identity;
  /// Set for a generated column, whose expression is its default_value's.
  std::optional<GeneratedKind> generated;
  std::optional<QualifiedName> collation;
  std::optional<std::string> comment;
  Origin origin;
};

struct StoredPartitionKey {
  /// RANGE, LIST or HASH.
  std::string strategy;
  struct Part {
    int column = 0;
    std::optional<StoredExpression> expression;
    /// As an index key has them.
    std::string operator_class, collation;
  };
  std::vector<Part> parts;
};

/// Tables of every kind, views, and composite types.
struct RelationDetail {
  /// Attribute number n is at n - 1; dropped ones stay.
  std::vector<Attribute> attributes;
  /// False for a view whose columns could not be inferred: attributes holds none then.
  bool columns_known = true;
  std::vector<ObjectId> constraints, indexes, triggers, policies;
  /// Parents by INHERITS, in order.
  std::vector<ObjectId> parents;
  ObjectId partition_of = kNoObject;
  /// `FOR VALUES FROM (...) TO (...)` or `DEFAULT` as a normal form.
  Expression bound;
  std::optional<StoredPartitionKey> partition_key;
  /// CREATE TABLE OF.
  ObjectId of_type = kNoObject;
  bool temporary = false;
  bool unlogged = false;
  bool row_security = false;
  bool row_security_forced = false;
  /// A view's query.
  std::optional<StoredExpression> definition;
  /// Of a view: it reads with the rights of who asks.
  bool security_invoker = false;
  std::vector<Grant> grants;
  std::string owner;
};

struct SequenceDetail {
  Sequence options;
  ObjectId owner_table = kNoObject;
  int owner_column = 0;
  bool is_identity = false;
  /// As far as statements set it: where it starts, until rows count on.
  std::int64_t last_value = 1;
};

struct IndexKeyDetail {
  int column = 0;
  std::optional<StoredExpression> expression;
  std::string operator_class;
  std::string collation;
  bool descending = false;
  bool nulls_first = false;
};

struct IndexDetail {
  ObjectId table = kNoObject;
  std::string method = "btree";
  std::vector<IndexKeyDetail> keys;
  std::vector<int> include;
  /// pg_attribute.attname of the index itself: how its columns were called when it was made.
  std::vector<std::string> column_names;
  std::optional<StoredExpression> predicate;
  bool unique = false;
  bool primary = false;
  bool nulls_not_distinct = false;
  bool valid = true;
  /// The constraint it carries out.
  ObjectId constraint = kNoObject;
  /// The index of the partitioned table that this is a part of.
  ObjectId parent = kNoObject;
};

enum class ConstraintKind : std::uint8_t { primary_key, unique, foreign_key, check, exclusion };

struct ConstraintDetail {
  ConstraintKind kind = ConstraintKind::check;
  /// The table, or the domain.
  ObjectId table = kNoObject;
  std::vector<int> columns;
  ObjectId index = kNoObject;
  bool deferrable = false;
  bool initially_deferred = false;
  bool validated = true;
  bool enforced = true;
  /// pg_constraint.connoinherit: also set for keys, but for those that were made as a part of a
  /// partitioned table's, which keep it unset when they stand alone again.
  bool no_inherit = false;
  /// pg_constraint.conperiod: WITHOUT OVERLAPS of a key, PERIOD of a foreign key.
  bool has_period = false;
  /// pg_constraint.conislocal and coninhcount.
  bool local = true;
  int inherited = 0;
  /// pg_constraint.conparentid: the constraint of the partitioned table.
  ObjectId parent = kNoObject;
  /// What the server adds for each partition of a foreign key's target: takes a name, is no
  /// part of the Schema.
  bool is_hidden = false;

  std::optional<StoredExpression> check;
  ObjectId target = kNoObject;
  std::vector<int> target_columns;
  ObjectId target_index = kNoObject;
  ReferentialAction on_delete = ReferentialAction::no_action;
  ReferentialAction on_update = ReferentialAction::no_action;
  std::vector<int> on_delete_columns;
  MatchType match = MatchType::simple;
  /// Of an exclusion constraint, in the order of its index's keys.
  std::vector<std::string> operators;
};

struct DefaultDetail {
  ObjectId table = kNoObject;
  int column = 0;
  StoredExpression expression;
};

struct TriggerDetail {
  ObjectId table = kNoObject;
  /// Timing, events and level: `BEFORE UPDATE OF a FOR EACH ROW`, without WHEN.
  std::string timing, level;
  std::vector<std::string> events;
  /// UPDATE OF.
  std::vector<int> columns;
  std::optional<StoredExpression> when;
  ObjectId routine = kNoObject;
  /// Where the function is none of ours.
  QualifiedName routine_name;
  bool enabled = true;
  /// A partition's clone.
  ObjectId parent = kNoObject;
  bool is_constraint = false;
};

struct PolicyDetail {
  ObjectId table = kNoObject;
  PolicyCommand command = PolicyCommand::all;
  bool permissive = true;
  std::vector<std::string> roles;
  std::optional<StoredExpression> using_expression, check_expression;
};

struct EnumDetail {
  std::vector<std::string> labels;
};

struct DomainDetail {
  TypeRef base;
  bool not_null = false;
  std::optional<StoredExpression> default_value;
  std::vector<ObjectId> constraints;
};

struct RangeDetail {
  TypeRef subtype;
};

struct RoutineDetail {
  RoutineKind kind = RoutineKind::function;
  /// Of the arguments that a call gives values to: these and the name identify it.
  std::vector<TypeRef> arguments;
  /// Their names, in the same order; empty where one has none.
  std::vector<std::string> argument_names;
  std::size_t defaults = 0;
  bool variadic = false;
  std::optional<TypeRef> returns;
  bool returns_set = false;
  /// What `RETURNS TABLE` and OUT arguments give: names with their types.
  std::vector<std::pair<std::string, TypeRef>> result_columns;
  /// RETURNS TABLE rather than OUT arguments.
  bool returns_table = false;
  std::string language;
  bool security_definer = false;
  bool public_may_execute = true;
  std::optional<std::string> search_path;
  std::optional<std::string> body;
  /// Its body holds statements that change a schema, or that it makes as it runs.
  bool may_change_schema = false;
};

struct ExtensionDetail {
  std::string version;
};

struct NamespaceDetail {
  std::string owner;
  /// Not made by a statement: `public`, or one that a platform brings.
  bool is_given = false;
  /// Unset of one that is given, until a statement says.
  std::optional<bool> public_may_create = false;
};

struct OtherDetail {
  /// `operator`, `cast`, `publication`.
  std::string what;
};

using Detail =
    std::variant<OtherDetail, NamespaceDetail, RelationDetail, SequenceDetail, IndexDetail,
                 ConstraintDetail, DefaultDetail, TriggerDetail, PolicyDetail, EnumDetail,
                 DomainDetail, RangeDetail, RoutineDetail, ExtensionDetail>;

struct Object {
  ObjectId id = kNoObject;
  Kind kind = Kind::other;
  /// Of a constraint, trigger, default or policy: its table's.
  ObjectId schema = kNoObject;
  std::string name;
  Origin origin;
  std::optional<std::string> comment;
  std::vector<Need> needs;
  Detail detail;
};

inline bool is_table(Kind kind) {
  return kind == Kind::table || kind == Kind::partitioned_table || kind == Kind::foreign_table;
}
inline bool is_view(Kind kind) {
  return kind == Kind::view || kind == Kind::materialized_view;
}
/// Whether it stands in pg_class, where each schema has a name once.
inline bool is_relation(Kind kind) {
  return kind >= Kind::table && kind <= Kind::index;
}
/// Whether it has columns that can be named.
inline bool has_columns(Kind kind) {
  return is_table(kind) || is_view(kind) || kind == Kind::composite_type;
}
/// Whether its name stands in pg_type: types, and all that have a row type.
inline bool is_type(Kind kind) {
  return has_columns(kind) || (kind >= Kind::enum_type && kind <= Kind::base_type);
}

/// `table`, `materialized view`: as the server's messages call it.
std::string_view kind_name(Kind kind);

}  // namespace schemaudit::replay
