#include "analyzer/sql/replay/constraints.h"

#include <algorithm>

#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/column_not_null.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/drop.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/not_null_constraints.h"
#include "analyzer/sql/replay/operand_types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

ObjectId find_constraint(const Catalog& catalog, ObjectId table, std::string_view name) {
  for (ObjectId id : catalog.relation(table).constraints)
    if (catalog.at(id).name == name) return id;
  return kNoObject;
}

void require_free_constraint_name(const Run& run, ObjectId table, const std::string& name) {
  if (find_constraint(run.catalog, table, name))
    refuse("constraint " + quoted(name) + " for relation " + quoted(run.catalog.at(table).name) +
           " already exists");
}

namespace {

ObjectId add_constraint_object(Run& run, std::string name, ConstraintDetail detail,
                               std::vector<Need> needs, const Origin& origin) {
  ObjectId table = detail.table;
  Object object;
  object.kind = Kind::constraint;
  object.schema = run.catalog.at(table).schema;
  object.name = std::move(name);
  object.origin = origin;
  object.needs = std::move(needs);
  object.detail = std::move(detail);
  ObjectId id = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).constraints.push_back(id);
  return id;
}

/// The table's own columns that a check reads, sorted, each once.
std::vector<int> columns_needed(const std::vector<Need>& needs, ObjectId table) {
  std::vector<int> columns;
  for (const Need& need : needs)
    if (need.object == table && need.column) columns.push_back(need.column);
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

/// The columns of which the condition, or a part of it that AND joins, says IS NOT NULL.
void find_not_null_columns(const PgQuery__Node& condition, std::vector<std::string>& columns) {
  if (condition.node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
      condition.bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
    for (std::size_t i = 0; i < condition.bool_expr->n_args; ++i)
      find_not_null_columns(*condition.bool_expr->args[i], columns);
    return;
  }
  if (condition.node_case != PG_QUERY__NODE__NODE_NULL_TEST) return;
  const PgQuery__NullTest& test = *condition.null_test;
  if (test.nulltesttype != PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL || !test.arg ||
      test.arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
    return;
  const PgQuery__ColumnRef& reference = *test.arg->column_ref;
  const PgQuery__Node* last =
      reference.n_fields ? reference.fields[reference.n_fields - 1] : nullptr;
  if (last && last->node_case == PG_QUERY__NODE__NODE_STRING) columns.emplace_back(string_of(last));
}

std::string not_null_column(const PgQuery__Node& condition) {
  std::vector<std::string> columns;
  if (condition.node_case == PG_QUERY__NODE__NODE_NULL_TEST)
    find_not_null_columns(condition, columns);
  return columns.empty() ? std::string() : columns.front();
}

bool is_same_check(const ConstraintDetail& a, const ConstraintDetail& b) {
  return a.kind == ConstraintKind::check && b.kind == ConstraintKind::check &&
         shown_expression(*a.check, {}).normal == shown_expression(*b.check, {}).normal;
}

}  // namespace

bool check_proves_not_null(const Run& run, ObjectId table, const std::string& column) {
  for (ObjectId id : run.catalog.relation(table).constraints) {
    const ConstraintDetail& detail = run.catalog.detail<ConstraintDetail>(id);
    if (detail.kind != ConstraintKind::check || !detail.validated || !detail.enforced ||
        !detail.check || !detail.check->tree)
      continue;
    TreeArena arena;
    const PgQuery__Node* condition = unpack_tree(*detail.check->tree, arena);
    std::vector<std::string> columns;
    if (condition) find_not_null_columns(*condition, columns);
    if (std::find(columns.begin(), columns.end(), column) != columns.end()) return true;
  }
  return false;
}

void merge_check(Run& run, ObjectId known, const ConstraintDetail& own, bool at_creation,
                 int location) {
  const ConstraintDetail& other = run.catalog.detail<ConstraintDetail>(known);
  const std::string name = quoted(run.catalog.at(known).name);
  const std::string table = quoted(run.catalog.at(other.table).name);
  // A partition's inherited constraints are never its own.
  const bool of_partition = run.catalog.relation(other.table).partition_of != kNoObject;
  if (!is_same_check(other, own) || other.local || (of_partition && !at_creation))
    refuse("constraint " + name + " for relation " + table + " already exists", location);
  if (own.no_inherit)
    refuse("constraint " + name + " conflicts with inherited constraint on relation " + table,
           location);
  if (own.validated && !other.validated)
    refuse("constraint " + name + " conflicts with NOT VALID constraint on relation " + table,
           location);
  if (!of_partition) run.catalog.edit_detail<ConstraintDetail>(known).local = true;
}

void add_check(Run& run, const PgQuery__Constraint& constraint,
               const ConstraintPlacement& placement) {
  ObjectId table = placement.table;
  const bool no_inherit = constraint.is_no_inherit;
  if (!constraint.raw_expr) return;
  if (no_inherit && run.catalog.at(table).kind == Kind::partitioned_table)
    refuse("cannot add NO INHERIT constraint to partitioned table " +
               quoted(run.catalog.at(table).name),
           constraint.location);
  if (holds_query(*constraint.raw_expr))
    refuse("cannot use subquery in check constraint", constraint.location);
  std::string text =
      text_in_parentheses(run.text.text, static_cast<std::size_t>(constraint.location));
  if (text.empty()) text = shown_text(*constraint.raw_expr);
  std::vector<Need> needs;
  ConstraintDetail detail;
  detail.kind = ConstraintKind::check;
  detail.table = table;
  detail.check =
      store_expression(run, *constraint.raw_expr, std::move(text), {.table = table}, needs);
  require_boolean(run, *constraint.raw_expr, column_types(run.catalog, table), "CHECK");
  detail.columns = columns_needed(needs, table);
  detail.no_inherit = no_inherit;
  detail.enforced = is_enforced(constraint);
  detail.validated = detail.enforced && (!constraint.skip_validation || placement.table_is_new);
  std::string name = constraint.conname ? constraint.conname : "";
  if (name.empty()) {
    std::string column = detail.columns.size() == 1
                             ? column_names(run.catalog, table, detail.columns).front()
                             : std::string();
    name = choose_constraint_name(run.catalog, run.catalog.at(table).name, column, "check",
                                  run.catalog.at(table).schema, {});
  } else if (ObjectId known = find_constraint(run.catalog, table, name)) {
    merge_check(run, known, detail, placement.table_is_new, constraint.location);
    return;
  }
  set_own_column_needs(needs, table, NeedKind::automatic);
  if (detail.columns.empty()) needs.push_back({table, 0, NeedKind::automatic, 0});
  std::vector<ObjectId> children;
  if (!no_inherit) children = run.catalog.children(table);
  if (!children.empty() && !placement.recurse)
    refuse("constraint must be added to child tables too", constraint.location);
  ObjectId id = add_constraint_object(run, std::move(name), std::move(detail), std::move(needs),
                                      run.origin_at(constraint.location));
  Change& change = run.changed(ChangeKind::add_constraint, id);
  change.not_valid = constraint.skip_validation;
  change.not_null_column = not_null_column(*constraint.raw_expr);
  for (ObjectId child : children) inherit_check(run, id, child);
}

void inherit_check(Run& run, ObjectId check, ObjectId child) {
  const std::string name = run.catalog.at(check).name;
  const ConstraintDetail source = run.catalog.detail<ConstraintDetail>(check);
  if (ObjectId own = find_constraint(run.catalog, child, name)) {
    const ConstraintDetail& other = run.catalog.detail<ConstraintDetail>(own);
    if (other.no_inherit || !is_same_check(other, source))
      refuse("constraint " + quoted(name) + " conflicts with that of child table " +
             quoted(run.catalog.at(child).name));
    if (source.validated && !other.validated)
      refuse("constraint " + quoted(name) + " conflicts with NOT VALID constraint on relation " +
             quoted(run.catalog.at(child).name));
    ++run.catalog.edit_detail<ConstraintDetail>(own).inherited;
  } else {
    ConstraintDetail detail = source;
    detail.table = child;
    detail.local = false;
    detail.inherited = 1;
    std::vector<Need> needs;
    for (Need need : run.catalog.at(check).needs) {
      if (need.object == source.table) {
        if (need.column)
          need.column =
              find_attribute(run.catalog.relation(child),
                             run.catalog.relation(source.table).attributes[need.column - 1].name);
        need.object = child;
      }
      needs.push_back(need);
    }
    detail.columns = columns_needed(needs, child);
    own = add_constraint_object(run, name, std::move(detail), std::move(needs),
                                run.catalog.at(check).origin);
    check = own;
    for (ObjectId grandchild : run.catalog.children(child)) inherit_check(run, own, grandchild);
  }
}

namespace {

void pass_not_null_on(Run& run, ObjectId table, const std::string& column) {
  for (ObjectId child : run.catalog.children(table)) {
    const int number = find_attribute(run.catalog.relation(child), column);
    if (!number) continue;
    if (!run.catalog.relation(child).attributes[number - 1].not_null) {
      Attribute& attribute = run.catalog.edit_relation(child).attributes[number - 1];
      attribute.not_null = true;
      attribute.not_null_local = false;
    }
    pass_not_null_on(run, child, column);
  }
}

}  // namespace

void set_not_null(Run& run, ObjectId table, int column, bool recurse) {
  const Attribute& before = run.catalog.relation(table).attributes[column - 1];
  const std::string name = before.name;
  if (!before.not_null || !before.not_null_local) {
    Attribute& attribute = run.catalog.edit_relation(table).attributes[column - 1];
    attribute.not_null = attribute.not_null_local = true;
  }
  if (recurse) pass_not_null_on(run, table, name);
}

void detach_constraint(Run& run, ObjectId constraint) {
  Object& object = run.catalog.edit(constraint);
  ConstraintDetail& detail = std::get<ConstraintDetail>(object.detail);
  detail.parent = kNoObject;
  if (detail.inherited > 0) --detail.inherited;
  if (detail.inherited == 0) detail.local = true;
  std::erase_if(object.needs, [](const Need& need) { return need.kind == NeedKind::partition; });
}

void drop_constraint(Run& run, ObjectId table, const std::string& name, bool cascade,
                     bool missing_ok, bool recurse) {
  ObjectId id = find_constraint(run.catalog, table, name);
  if (const int column = id ? 0 : column_with_not_null(run, table, name)) {
    const std::string of = run.catalog.relation(table).attributes[column - 1].name;
    return drop_column_not_null(run, {table, recurse}, of);
  }
  if (!id || run.catalog.detail<ConstraintDetail>(id).is_hidden) {
    if (missing_ok) return;
    refuse("constraint " + quoted(name) + " of relation " + quoted(run.catalog.at(table).name) +
           " does not exist");
  }
  const ConstraintDetail detail = run.catalog.detail<ConstraintDetail>(id);
  if (detail.inherited > 0)
    refuse("cannot drop inherited constraint " + quoted(name) + " of relation " +
           quoted(run.catalog.at(table).name));
  // What partitions have of a key goes by its dependency.
  const bool by_dependency =
      detail.kind != ConstraintKind::check && run.catalog.at(table).kind == Kind::partitioned_table;
  std::vector<ObjectId> children;
  if (!detail.no_inherit && !by_dependency) children = run.catalog.children(table);
  if (!children.empty() && !recurse && run.catalog.at(table).kind == Kind::partitioned_table)
    refuse("cannot remove constraint from only the partitioned table when partitions exist");
  run.changed(ChangeKind::drop_constraint, id).cascade = cascade;
  drop_objects(run, {{id, 0}}, cascade);
  for (ObjectId child : children) {
    ObjectId own = find_constraint(run.catalog, child, name);
    if (!own)
      refuse("constraint " + quoted(name) + " of relation " + quoted(run.catalog.at(child).name) +
             " does not exist");
    ConstraintDetail& copy = run.catalog.edit_detail<ConstraintDetail>(own);
    if (copy.kind != ConstraintKind::check)
      refuse("inherited constraint is not a CHECK constraint");
    if (copy.inherited > 0) --copy.inherited;
    if (!recurse) {
      copy.local = true;
    } else if (copy.inherited == 0 && !copy.local) {
      drop_constraint(run, child, name, cascade, true, true);
    }
  }
}

namespace {

/// The parts of a foreign key in partitions, which PostgreSQL 18 allows to be unproved with it.
void validate_parts(Run& run, ObjectId table, ObjectId key) {
  for (ObjectId partition : run.catalog.children(table))
    for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(partition).constraints)) {
      if (run.catalog.detail<ConstraintDetail>(id).parent != key) continue;
      run.catalog.edit_detail<ConstraintDetail>(id).validated = true;
      validate_parts(run, partition, id);
    }
}

}  // namespace

void validate_constraint(Run& run, ObjectId table, const std::string& name, bool recurse) {
  ObjectId id = find_constraint(run.catalog, table, name);
  if (!id && column_with_not_null(run, table, name)) return;
  if (!id)
    refuse("constraint " + quoted(name) + " of relation " + quoted(run.catalog.at(table).name) +
           " does not exist");
  ConstraintDetail& detail = run.catalog.edit_detail<ConstraintDetail>(id);
  if (detail.kind != ConstraintKind::foreign_key && detail.kind != ConstraintKind::check)
    refuse("constraint " + quoted(name) + " of relation " + quoted(run.catalog.at(table).name) +
           " is not a foreign key or check constraint");
  if (!detail.enforced) refuse("cannot validate NOT ENFORCED constraint " + quoted(name));
  bool was_valid = detail.validated;
  detail.validated = true;
  bool is_check = detail.kind == ConstraintKind::check && !detail.no_inherit;
  run.changed(ChangeKind::validate_constraint, id);
  if (!was_valid && !is_check) validate_parts(run, table, id);
  if (was_valid || !is_check) return;
  for (ObjectId child : run.catalog.children(table)) {
    if (!recurse) refuse("constraint must be validated on child tables too");
    if (find_constraint(run.catalog, child, name)) validate_constraint(run, child, name, true);
  }
}

}  // namespace schemaudit::replay
