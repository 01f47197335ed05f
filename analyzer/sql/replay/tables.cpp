#include "analyzer/sql/replay/tables.h"

#include <algorithm>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/grants.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/like.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/not_null_constraints.h"
#include "analyzer/sql/replay/partitions.h"
#include "analyzer/sql/replay/storage_parameters.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

namespace {

/// What a column's definition says beside its type, kept until the table is there.
struct PendingColumn {
  std::string name;
  std::string sequence;
  std::string serial_type;
  std::string not_null_name;
  const PgQuery__Constraint* identity = nullptr;
  const PgQuery__Constraint* default_value = nullptr;
  const PgQuery__Constraint* generated = nullptr;
};

class TableMaker {
 public:
  TableMaker(Run& run, const PgQuery__CreateStmt& create, Kind kind)
      : run_(run), create_(create), kind_(kind) {}

  void make() {
    const PgQuery__RangeVar& range = *create_.relation;
    bool temporary = range.relpersistence && *range.relpersistence == 't';
    schema_ = creation_schema(run_, range.schemaname ? range.schemaname : "", temporary);
    temporary = schema_ == run_.session.temporary_schema;
    name_ = range.relname;
    if (create_.if_not_exists && run_.catalog.find_relation(schema_, name_)) return;
    require_free_relation_name(run_, schema_, name_, true);
    find_parents();

    Object object;
    object.kind = create_.partspec ? Kind::partitioned_table : kind_;
    require_parameters(object.kind, create_.n_options, create_.options);
    object.schema = schema_;
    object.name = name_;
    object.origin = run_.origin;
    RelationDetail detail;
    detail.temporary = temporary;
    detail.unlogged = range.relpersistence && *range.relpersistence == 'u';
    if (detail.unlogged && create_.partspec && grammar_version() >= 180000)
      refuse("partitioned tables cannot be unlogged");
    detail.owner = run_.session.role;
    detail.attributes = inherited_attributes(run_, parents_);
    if (!create_.partbound) detail.parents = parents_;
    for (std::size_t i = 0; i < detail.attributes.size(); ++i)
      if (detail.attributes[i].type)
        need_type(object.needs, *detail.attributes[i].type, static_cast<int>(i) + 1);
    if (!create_.partbound)
      for (ObjectId parent : parents_) object.needs.push_back({parent, 0, NeedKind::normal, 0});
    object.detail = std::move(detail);
    table_ = run_.catalog.add(std::move(object));
    Change& change = run_.changed(ChangeKind::create, table_);
    change.conditional = create_.if_not_exists;
    if (!parents_.empty()) change.target = run_.catalog.name(parents_.front());

    if (create_.of_typename) take_type();
    for (std::size_t i = 0; i < create_.n_table_elts; ++i) element(*create_.table_elts[i]);
    for (std::size_t i = 0; i < create_.n_constraints; ++i)
      if (create_.constraints[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
        table_constraint(*create_.constraints[i]->constraint);
    if (run_.catalog.relation(table_).attributes.size() > 1600)
      refuse("tables can have at most 1600 columns");

    for (const PgQuery__Constraint* constraint : not_nulls_)
      state_not_null(run_, table_, *constraint);
    for (const PendingColumn& column : columns_) fill(column);
    for (const PgQuery__TableLikeClause* like : likes_) copy_like_defaults(run_, table_, *like);
    inherit_defaults(run_, table_, parents_, without_default_);
    inherit_checks(run_, table_, parents_);
    if (create_.partspec) {
      std::vector<Need> needs;
      StoredPartitionKey key = partition_key_from(run_, table_, *create_.partspec, needs);
      run_.catalog.edit_relation(table_).partition_key = std::move(key);
      for (const Need& need : needs)
        if (need.object != table_) run_.catalog.depend(table_, need);
    }
    if (create_.partbound) {
      place_partition(run_, table_, parents_.front(), *create_.partbound);
      equip_partition(run_, table_, parents_.front());
    }
    for (const ConstraintClause& check : checks_)
      add_check(run_, *check.constraint,
                {.table = table_, .column = check.column, .table_is_new = true});
    make_keys(run_, table_, keys_, true);
    for (const PgQuery__TableLikeClause* like : likes_) copy_like_parts(run_, table_, *like);
    for (const ConstraintClause& key : foreign_keys_)
      add_foreign_key(run_, *key.constraint,
                      {.table = table_, .column = key.column, .table_is_new = true});
    apply_default_grants(run_, table_);
  }

 private:
  void find_parents() {
    for (std::size_t i = 0; i < create_.n_inh_relations; ++i) {
      const PgQuery__RangeVar& range = *create_.inh_relations[i]->range_var;
      ObjectId parent = relation_named(run_, range);
      if (!parent || !is_table(run_.catalog.at(parent).kind))
        refuse("inherited relation " + quoted(range.relname) + " is not a table or foreign table",
               range.location);
      bool partitioned = run_.catalog.at(parent).kind == Kind::partitioned_table;
      if (create_.partbound && !partitioned)
        refuse(quoted(range.relname) + " is not partitioned", range.location);
      if (!create_.partbound && partitioned)
        refuse("cannot inherit from partitioned table " + quoted(range.relname), range.location);
      if (!create_.partbound && run_.catalog.relation(parent).partition_of)
        refuse("cannot inherit from partition " + quoted(range.relname), range.location);
      if (std::find(parents_.begin(), parents_.end(), parent) != parents_.end())
        refuse("relation " + quoted(range.relname) + " would be inherited from more than once",
               range.location);
      parents_.push_back(parent);
    }
  }

  void take_type() {
    TypeRef type = resolve_type(run_, *create_.of_typename);
    if (!type.type || run_.catalog.at(type.type).kind != Kind::composite_type)
      refuse("type " + type_text(run_.catalog, type) + " is not a composite type");
    const std::vector<Attribute> attributes = run_.catalog.relation(type.type).attributes;
    for (Attribute attribute : attributes) {
      if (attribute.dropped) continue;
      attribute.origin = run_.origin;
      attribute.comment.reset();
      add_attribute(run_, table_, std::move(attribute));
    }
    run_.catalog.edit_relation(table_).of_type = type.type;
    run_.catalog.depend(table_, {type.type, 0, NeedKind::normal, 0});
  }

  void element(const PgQuery__Node& node) {
    switch (node.node_case) {
      case PG_QUERY__NODE__NODE_COLUMN_DEF:
        column(*node.column_def);
        break;
      case PG_QUERY__NODE__NODE_CONSTRAINT:
        table_constraint(*node.constraint);
        break;
      case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE:
        for (Attribute& attribute : like_attributes(run_, *node.table_like_clause))
          place(std::move(attribute), node.table_like_clause->relation->location);
        likes_.push_back(node.table_like_clause);
        break;
      default:
        break;
    }
  }

  /// Puts the definition into the table: as a new column, or into one it has from a parent.
  int place(const PgQuery__ColumnDef& definition) {
    int known = find_attribute(run_.catalog.relation(table_), definition.colname);
    bool merges = known && (!parents_.empty() || create_.of_typename);
    if (merges && (create_.partbound || create_.of_typename) && !definition.type_name) {
      return known;
    }
    if (!known && (create_.partbound || create_.of_typename))
      refuse("column " + quoted(definition.colname) + " does not exist", definition.location);
    return place(attribute_from(run_, definition), definition.location);
  }

  int place(Attribute attribute, int location) {
    int known = find_attribute(run_.catalog.relation(table_), attribute.name);
    if (!known || (parents_.empty() && !create_.of_typename))
      return add_attribute(run_, table_, std::move(attribute));
    Attribute& inherited = run_.catalog.edit_relation(table_).attributes[known - 1];
    if (inherited.inherited == 0 || inherited.local)
      refuse("column " + quoted(attribute.name) + " specified more than once", location);
    if (inherited.type != attribute.type)
      refuse("column " + quoted(attribute.name) + " has a type conflict", location);
    if (inherited.collation != attribute.collation)
      refuse("column " + quoted(attribute.name) + " has a collation conflict", location);
    inherited.local = true;
    if (attribute.not_null) inherited.not_null = inherited.not_null_local = true;
    inherited.origin = attribute.origin;
    if (attribute.comment) inherited.comment = attribute.comment;
    return known;
  }

  void column(const PgQuery__ColumnDef& definition) {
    PendingColumn pending;
    pending.name = definition.colname;
    pending.serial_type = serial_base(definition);
    int number = place(definition);
    bool nullable = false, not_null = !pending.serial_type.empty();
    PgQuery__Constraint* last = nullptr;
    for (std::size_t i = 0; i < definition.n_constraints; ++i) {
      if (definition.constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
      PgQuery__Constraint& constraint = *definition.constraints[i]->constraint;
      auto once = [&](const PgQuery__Constraint*& slot, const char* what) {
        if (slot)
          refuse(std::string("multiple ") + what + " specified for column " + quoted(pending.name) +
                     " of table " + quoted(name_),
                 constraint.location);
        slot = &constraint;
      };
      switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
          nullable = true;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
          not_null = true;
          if (constraint.conname) pending.not_null_name = constraint.conname;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
          once(pending.default_value, "default values");
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
          if (create_.of_typename) refuse("identity columns are not supported on typed tables");
          if (create_.partbound) refuse("identity columns are not supported on partitions");
          once(pending.identity, "identity specifications");
          not_null = true;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
          once(pending.generated, "generation clauses");
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
          checks_.push_back({&constraint, pending.name});
          last = &constraint;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
          not_null = true;
          [[fallthrough]];
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
          keys_.push_back({&constraint, pending.name});
          last = &constraint;
          break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
          foreign_keys_.push_back({&constraint, pending.name});
          last = &constraint;
          break;
        default:
          defer(constraint, last);
          break;
      }
    }
    if (nullable && not_null)
      refuse("conflicting NULL/NOT NULL declarations for column " + quoted(pending.name) +
                 " of table " + quoted(name_),
             definition.location);
    if (pending.default_value && (pending.identity || pending.generated))
      refuse("both default and " +
                 std::string(pending.identity ? "identity" : "generation expression") +
                 " specified for column " + quoted(pending.name) + " of table " + quoted(name_),
             definition.location);
    if (!pending.serial_type.empty() && (pending.default_value || pending.identity))
      refuse("multiple default values specified for column " + quoted(pending.name) + " of table " +
                 quoted(name_),
             definition.location);
    if (not_null) {
      Attribute& attribute = run_.catalog.edit_relation(table_).attributes[number - 1];
      attribute.not_null = attribute.not_null_local = true;
      if (!pending.not_null_name.empty()) attribute.not_null_name = pending.not_null_name;
    }
    if (!pending.serial_type.empty() || pending.identity)
      pending.sequence = serial_name(run_, schema_, name_, pending.name);
    columns_.push_back(std::move(pending));
  }

  /// [NOT] DEFERRABLE and INITIALLY ... speak of the constraint before them.
  static void defer(const PgQuery__Constraint& attribute, PgQuery__Constraint* constraint) {
    if (!constraint || take_enforcement(attribute, constraint)) return;
    switch (attribute.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        constraint->deferrable = 1;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        constraint->deferrable = 1;
        constraint->initdeferred = 1;
        break;
      default:
        break;
    }
  }

  void table_constraint(PgQuery__Constraint& constraint) {
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        checks_.push_back({&constraint, {}});
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        keys_.push_back({&constraint, {}});
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        foreign_keys_.push_back({&constraint, {}});
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        not_nulls_.push_back(&constraint);
        break;
      default:
        break;
    }
  }

  /// Identity, serial, default and generation of a column.
  void fill(const PendingColumn& pending) {
    int column = find_attribute(run_.catalog.relation(table_), pending.name);
    if (!pending.serial_type.empty())
      make_serial(run_, table_, column, pending.sequence, pending.serial_type);
    if (pending.identity) make_identity(run_, table_, column, pending.sequence, *pending.identity);
    const PgQuery__Constraint* value =
        pending.generated ? pending.generated : pending.default_value;
    if (!value || !value->raw_expr) return;
    // A partition's DEFAULT takes the place of its table's expression and is one itself.
    const bool generated =
        pending.generated ||
        (create_.partbound && run_.catalog.relation(table_).attributes[column - 1].generated);
    if (!state_default(run_, table_, column, *value, generated)) without_default_.push_back(column);
  }

  Run& run_;
  const PgQuery__CreateStmt& create_;
  Kind kind_;
  ObjectId schema_ = kNoObject;
  ObjectId table_ = kNoObject;
  std::string name_;
  std::vector<ObjectId> parents_;
  std::vector<PendingColumn> columns_;
  /// DEFAULT NULL, in spite of what a parent has.
  std::vector<int> without_default_;
  std::vector<ConstraintClause> checks_, keys_, foreign_keys_;
  /// Of the table, with names, as PostgreSQL 18 has them.
  std::vector<const PgQuery__Constraint*> not_nulls_;
  std::vector<const PgQuery__TableLikeClause*> likes_;
};

}  // namespace

void create_table(Run& run, const PgQuery__CreateStmt& create, Kind kind) {
  TableMaker(run, create, kind).make();
}

}  // namespace schemaudit::replay
