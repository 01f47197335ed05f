#include "analyzer/sql/replay/indexes.h"

#include <algorithm>

#include "analyzer/sql/claims.h"
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/column_not_null.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/immutability.h"
#include "analyzer/sql/replay/key_clauses.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/operand_types.h"
#include "analyzer/sql/replay/operator_classes.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/source_slices.h"

namespace schemaudit::replay {

namespace {

/// WHERE true, which the server does not keep.
bool is_true(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_A_CONST && !node.a_const->isnull &&
         node.a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL &&
         node.a_const->boolval->boolval;
}

std::optional<StoredExpression> predicate_from(Run& run, ObjectId table, PgQuery__Node& where,
                                               std::string text, std::vector<Need>& needs) {
  StoredExpression predicate =
      store_expression(run, where, std::move(text), {.table = table}, needs);
  require_boolean(run, where, column_types(run.catalog, table), "WHERE");
  require_immutable(run, table, where, "functions in index predicate must be marked IMMUTABLE");
  if (is_true(where)) return std::nullopt;
  return predicate;
}

/// A unique key of a partitioned table has to hold its whole partition key.
void require_partition_key(const Run& run, const IndexPlan& plan) {
  const RelationDetail& table = run.catalog.relation(plan.index.table);
  if (!table.partition_key || (!plan.index.unique && plan.operators.empty())) return;
  const char* what = plan.use == IndexUse::primary_key ? "primary key" : "unique constraint";
  for (const StoredPartitionKey::Part& part : table.partition_key->parts) {
    if (part.expression)
      refuse(std::string("unsupported ") + what +
             " constraint with partition key definition: it holds expressions");
    bool held =
        std::any_of(plan.index.keys.begin(), plan.index.keys.end(), [&](const IndexKeyDetail& key) {
          // In another collation it tells other rows apart.
          return key.column == part.column && key.collation == part.collation;
        });
    if (!held)
      refuse(std::string(what) + " on partitioned table must include all partitioning columns: " +
             quoted(table.attributes[part.column - 1].name) + " is missing");
  }
}

bool same_expression(const std::optional<StoredExpression>& a,
                     const std::optional<StoredExpression>& b) {
  if (a.has_value() != b.has_value()) return false;
  if (!a) return true;
  return shown_expression(*a, {}).normal == shown_expression(*b, {}).normal;
}

bool is_of_exclusion(const Catalog& catalog, const IndexDetail& index) {
  return index.constraint &&
         catalog.detail<ConstraintDetail>(index.constraint).kind == ConstraintKind::exclusion;
}

/// Whether both exclude by the same operators, or neither does; before PostgreSQL 17, which has
/// exclusion constraints on partitioned tables, no two of them are compared.
bool exclude_alike(const Catalog& catalog, const IndexDetail& a, const IndexDetail& b) {
  const bool excludes = is_of_exclusion(catalog, a);
  if (excludes != is_of_exclusion(catalog, b)) return false;
  if (!excludes) return true;
  return grammar_version() >= 170000 &&
         catalog.detail<ConstraintDetail>(a.constraint).operators ==
             catalog.detail<ConstraintDetail>(b.constraint).operators;
}

/// Where a table is attached PostgreSQL 17 makes a part of a primary key of another one alone; up
/// to 15, and where the partitioned table gets the key later, a unique constraint will do, and the
/// other way round.
enum class PartMaking { attached, made_with_parent };

/// Whether `index` may serve as the partition's part of `parent` (CompareIndexInfo()).
bool fits(const Catalog& catalog, const IndexDetail& index, const IndexDetail& parent,
          PartMaking making) {
  if (index.parent || !index.valid || index.method != parent.method ||
      index.unique != parent.unique || index.nulls_not_distinct != parent.nulls_not_distinct ||
      index.keys.size() != parent.keys.size() || index.include.size() != parent.include.size())
    return false;
  if (!exclude_alike(catalog, index, parent)) return false;
  // Included columns have to agree, too.
  for (std::size_t i = 0; i < index.include.size(); ++i)
    if (column_names(catalog, index.table, {index.include[i]}) !=
        column_names(catalog, parent.table, {parent.include[i]}))
      return false;
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    const IndexKeyDetail& a = index.keys[i];
    const IndexKeyDetail& b = parent.keys[i];
    if ((a.column == 0) != (b.column == 0) || a.operator_class != b.operator_class ||
        a.collation != b.collation)
      return false;
    if (a.column && column_names(catalog, index.table, {a.column}) !=
                        column_names(catalog, parent.table, {b.column}))
      return false;
    if (!same_expression(a.expression, b.expression)) return false;
  }
  if (!same_expression(index.predicate, parent.predicate)) return false;
  if (!parent.constraint) return true;
  if (!index.constraint) return false;
  if (making == PartMaking::made_with_parent || grammar_version() < 170000) return true;
  return catalog.detail<ConstraintDetail>(index.constraint).kind ==
         catalog.detail<ConstraintDetail>(parent.constraint).kind;
}

void attach_index(Run& run, ObjectId index, ObjectId parent) {
  run.catalog.edit_detail<IndexDetail>(index).parent = parent;
  run.catalog.depend(index, {parent, 0, NeedKind::partition, 0});
  ObjectId constraint = run.catalog.detail<IndexDetail>(index).constraint;
  ObjectId parent_constraint = run.catalog.detail<IndexDetail>(parent).constraint;
  if (!constraint || !parent_constraint) return;
  ConstraintDetail& detail = run.catalog.edit_detail<ConstraintDetail>(constraint);
  detail.parent = parent_constraint;
  detail.local = false;
  ++detail.inherited;
  run.catalog.depend(constraint, {parent_constraint, 0, NeedKind::partition, 0});
}

void make_part(Run& run, ObjectId parent, ObjectId partition, PartMaking making) {
  for (ObjectId index : run.catalog.relation(partition).indexes)
    if (fits(run.catalog, run.catalog.detail<IndexDetail>(index),
             run.catalog.detail<IndexDetail>(parent), making))
      return attach_index(run, index, parent);
  if (run.catalog.at(partition).kind == Kind::foreign_table) {
    if (run.catalog.detail<IndexDetail>(parent).unique)
      refuse("cannot create unique index on partitioned table " +
             quoted(run.catalog.at(run.catalog.detail<IndexDetail>(parent).table).name) +
             ": it has partitions that are foreign tables");
    return;
  }
  IndexPlan plan = plan_like(run, parent, partition);
  plan.index.parent = parent;
  make_index(run, std::move(plan));
}

}  // namespace

IndexPlan plan_like(const Run& run, ObjectId index, ObjectId table) {
  const Object& object = run.catalog.at(index);
  const IndexDetail& source = std::get<IndexDetail>(object.detail);
  IndexPlan plan;
  plan.origin = object.origin;
  plan.index = source;
  plan.index.table = table;
  plan.index.constraint = kNoObject;
  plan.index.parent = kNoObject;
  plan.index.valid = true;
  auto number_here = [&](int column) {
    std::string name = column_names(run.catalog, source.table, {column}).front();
    return find_attribute(run.catalog.relation(table), name);
  };
  // A rename of a column leaves the name that the index has for it.
  plan.column_names = source.column_names;
  for (IndexKeyDetail& key : plan.index.keys)
    if (key.column) key.column = number_here(key.column);
  for (int& column : plan.index.include) column = number_here(column);
  // The parent's needs of its own columns become the partition's.
  for (Need need : object.needs) {
    if (need.object == source.table || need.kind == NeedKind::partition ||
        need.kind == NeedKind::internal)
      continue;
    plan.needs.push_back(need);
  }
  for (const Need& need : object.needs)
    if (need.object == source.table && need.column)
      plan.needs.push_back({table, number_here(need.column), NeedKind::automatic, 0});
  if (source.constraint && run.catalog.find(source.constraint)) {
    const ConstraintDetail& constraint = run.catalog.detail<ConstraintDetail>(source.constraint);
    plan.deferrable = constraint.deferrable;
    plan.initially_deferred = constraint.initially_deferred;
    plan.operators = constraint.operators;
    plan.has_period = constraint.has_period;
    plan.use = constraint.kind == ConstraintKind::primary_key ? IndexUse::primary_key
               : constraint.kind == ConstraintKind::unique    ? IndexUse::unique_constraint
                                                              : IndexUse::exclusion_constraint;
  }
  return plan;
}

void require_no_primary_key(const Run& run, ObjectId table, int location) {
  for (ObjectId id : run.catalog.relation(table).indexes)
    if (run.catalog.detail<IndexDetail>(id).primary)
      refuse("multiple primary keys for table " + quoted(run.catalog.at(table).name) +
                 " are not allowed",
             location);
}

ObjectId make_index(Run& run, IndexPlan plan) {
  ObjectId table = plan.index.table;
  ObjectId schema = run.catalog.at(table).schema;
  Kind kind = run.catalog.at(table).kind;
  if (plan.index.keys.empty()) refuse("an index must have at least one column");
  if (plan.index.keys.size() + plan.index.include.size() > 32)
    refuse("cannot use more than 32 columns in an index");
  if (plan.use == IndexUse::exclusion_constraint && kind == Kind::partitioned_table &&
      grammar_version() < 170000)
    refuse("exclusion constraints are not supported on partitioned tables");
  if (plan.use == IndexUse::primary_key) require_no_primary_key(run, table);
  require_partition_key(run, plan);
  bool is_constraint = plan.use != IndexUse::plain;
  std::string name = plan.name;
  if (name.empty())
    name = choose_index_name(run.catalog, run.catalog.at(table).name, schema,
                             index_column_names(plan.column_names), plan.use);
  require_free_relation_name(run, schema, name, false);
  if (is_constraint) require_free_constraint_name(run, table, name);

  if (plan.use == IndexUse::primary_key) {
    for (const IndexKeyDetail& key : plan.index.keys) {
      if (!plan.recurse) require_not_null_parts(run, table, key.column);
      set_not_null(run, table, key.column, plan.recurse);
    }
  }
  plan.index.column_names = index_column_names(plan.column_names);
  for (const IndexKeyDetail& key : plan.index.keys)
    if (key.column) plan.needs.push_back({table, key.column, NeedKind::automatic, 0});
  for (int column : plan.index.include)
    plan.needs.push_back({table, column, NeedKind::automatic, 0});

  bool has_partitions = kind == Kind::partitioned_table && !run.catalog.children(table).empty();
  Object object;
  object.kind = Kind::index;
  object.schema = schema;
  object.name = name;
  object.origin = plan.origin;
  ObjectId parent = plan.index.parent;
  if (kind == Kind::partitioned_table && !plan.recurse && has_partitions) plan.index.valid = false;
  object.detail = plan.index;
  std::vector<Need> constraint_needs;
  if (is_constraint) {
    constraint_needs = std::move(plan.needs);
  } else {
    object.needs = std::move(plan.needs);
    // An index without any column of its table belongs to the table itself.
    bool has_column = std::any_of(object.needs.begin(), object.needs.end(),
                                  [&](const Need& need) { return need.object == table; });
    if (!has_column) object.needs.push_back({table, 0, NeedKind::automatic, 0});
  }
  if (parent) object.needs.push_back({parent, 0, NeedKind::partition, 0});
  ObjectId index = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).indexes.push_back(index);

  if (is_constraint) {
    Object constraint;
    constraint.kind = Kind::constraint;
    constraint.schema = schema;
    constraint.name = name;
    constraint.origin = plan.origin;
    ConstraintDetail detail;
    detail.kind = plan.use == IndexUse::primary_key         ? ConstraintKind::primary_key
                  : plan.use == IndexUse::unique_constraint ? ConstraintKind::unique
                                                            : ConstraintKind::exclusion;
    detail.table = table;
    detail.index = index;
    for (const IndexKeyDetail& key : plan.index.keys)
      if (key.column || detail.kind == ConstraintKind::exclusion)
        detail.columns.push_back(key.column);
    detail.deferrable = plan.deferrable;
    detail.initially_deferred = plan.initially_deferred;
    detail.operators = plan.operators;
    detail.has_period = plan.has_period;
    detail.no_inherit = true;
    constraint.needs = std::move(constraint_needs);
    if (parent) {
      ObjectId parent_constraint = run.catalog.detail<IndexDetail>(parent).constraint;
      if (parent_constraint) {
        detail.parent = parent_constraint;
        detail.local = false;
        detail.inherited = 1;
        detail.no_inherit = false;
        constraint.needs.push_back({parent_constraint, 0, NeedKind::partition, 0});
      }
    }
    constraint.detail = std::move(detail);
    ObjectId id = run.catalog.add(std::move(constraint));
    run.catalog.edit_relation(table).constraints.push_back(id);
    run.catalog.edit_detail<IndexDetail>(index).constraint = id;
    run.catalog.depend(index, {id, 0, NeedKind::internal, 0});
    if (!parent) run.changed(ChangeKind::add_constraint, id);
  } else if (!parent) {
    run.changed(ChangeKind::create, index).concurrently = plan.concurrently;
  }
  if (has_partitions && plan.recurse)
    for (ObjectId partition : run.catalog.children(table))
      make_part(run, index, partition, PartMaking::made_with_parent);
  return index;
}

void index_partition(Run& run, ObjectId parent, ObjectId partition) {
  std::vector<ObjectId> indexes = run.catalog.relation(parent).indexes;
  std::sort(indexes.begin(), indexes.end());
  for (ObjectId index : indexes) make_part(run, index, partition, PartMaking::attached);
}

void detach_indexes(Run& run, ObjectId partition) {
  for (ObjectId index : std::vector<ObjectId>(run.catalog.relation(partition).indexes)) {
    ObjectId parent = run.catalog.detail<IndexDetail>(index).parent;
    if (!parent) continue;
    Object& object = run.catalog.edit(index);
    std::get<IndexDetail>(object.detail).parent = kNoObject;
    std::erase_if(object.needs, [](const Need& need) { return need.kind == NeedKind::partition; });
    ObjectId constraint = std::get<IndexDetail>(object.detail).constraint;
    if (constraint) detach_constraint(run, constraint);
  }
}

IndexPlan plan_for_constraint(Run& run, ObjectId table, const PgQuery__Constraint& constraint,
                              const std::string& column) {
  IndexPlan plan;
  plan.origin = run.origin_at(constraint.location);
  plan.name = constraint.conname ? constraint.conname : "";
  plan.index.table = table;
  plan.index.nulls_not_distinct = constraint.nulls_not_distinct;
  plan.deferrable = constraint.deferrable;
  plan.initially_deferred = constraint.initdeferred;
  std::vector<std::string> keys = strings_of(constraint.n_keys, constraint.keys);
  if (keys.empty() && !column.empty()) keys.push_back(column);
  const RelationDetail& relation = run.catalog.relation(table);
  auto key_column = [&](const std::string& name) {
    int number = find_attribute(relation, name);
    if (!number)
      refuse("column " + quoted(name) + " named in key does not exist", constraint.location);
    return number;
  };
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      plan.use = IndexUse::primary_key;
      plan.index.primary = plan.index.unique = true;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      plan.use = IndexUse::unique_constraint;
      plan.index.unique = true;
      break;
    default:
      plan.use = IndexUse::exclusion_constraint;
      break;
  }
  if (plan.use == IndexUse::exclusion_constraint) {
    plan.index.method = constraint.access_method && *constraint.access_method
                            ? fold_case(constraint.access_method)
                            : "btree";
    for (std::size_t i = 0; i < constraint.n_exclusions; ++i) {
      const PgQuery__Node* pair = constraint.exclusions[i];
      if (pair->node_case != PG_QUERY__NODE__NODE_LIST || pair->list->n_items != 2) continue;
      NamedKey key = key_from(run, table, plan.index.method,
                              clause_of(*pair->list->items[0]->index_elem), plan.needs);
      plan.index.keys.push_back(std::move(key.detail));
      plan.column_names.push_back(std::move(key.name));
      const QualifiedName compared_by = name_of_object(pair->list->items[1]);
      require_exclusive_operator(run, plan.index.method, compared_by);
      plan.operators.push_back(compared_by.name);
      if (int column_compared = plan.index.keys.back().column)
        require_operator(run, table, column_compared, plan.operators.back());
    }
    if (constraint.where_clause)
      plan.index.predicate = predicate_from(run, table, *constraint.where_clause,
                                            shown_text(*constraint.where_clause), plan.needs);
    // What its expressions read goes with CASCADE only, other than with an index.
  } else {
    plan.has_period = is_without_overlaps(constraint);
    if (plan.has_period) plan.index.method = "gist";
    for (const std::string& key : keys) {
      IndexKeyDetail detail;
      detail.column = key_column(key);
      require_default_class(run, plan.index.method, table, detail.column);
      for (const IndexKeyDetail& earlier : plan.index.keys)
        if (earlier.column == detail.column)
          refuse("column " + quoted(key) + " appears twice in " +
                     (plan.index.primary ? "primary key" : "unique") + " constraint",
                 constraint.location);
      plan.index.keys.push_back(std::move(detail));
      plan.column_names.push_back(key);
      if (plan.has_period) plan.operators.push_back(&key == &keys.back() ? "&&" : "=");
    }
  }
  for (const std::string& name : strings_of(constraint.n_including, constraint.including)) {
    plan.index.include.push_back(key_column(name));
    plan.column_names.push_back(name);
  }
  return plan;
}

namespace {

/// Of keys with expressions or a predicate it is not told.
bool says_the_same(const IndexPlan& a, const IndexPlan& b) {
  return a.operators == b.operators && a.index.method == b.index.method &&
         a.column_names == b.column_names && !a.index.predicate && !b.index.predicate &&
         a.index.nulls_not_distinct == b.index.nulls_not_distinct && a.deferrable == b.deferrable &&
         a.initially_deferred == b.initially_deferred &&
         std::equal(a.index.keys.begin(), a.index.keys.end(), b.index.keys.begin(),
                    b.index.keys.end(), [](const IndexKeyDetail& x, const IndexKeyDetail& y) {
                      return x.column && x.column == y.column &&
                             x.operator_class == y.operator_class && x.collation == y.collation &&
                             x.descending == y.descending && x.nulls_first == y.nulls_first;
                    });
}

}  // namespace

void make_keys(Run& run, ObjectId table, std::vector<ConstraintClause> keys, bool recurse) {
  auto is_primary = [](const ConstraintClause& key) {
    return key.constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  };
  if (std::count_if(keys.begin(), keys.end(), is_primary) > 1)
    refuse("multiple primary keys for table " + quoted(run.catalog.at(table).name) +
               " are not allowed",
           keys.back().constraint->location);
  std::stable_partition(keys.begin(), keys.end(), is_primary);
  std::vector<IndexPlan> plans;
  for (const ConstraintClause& key : keys) {
    IndexPlan plan = plan_for_constraint(run, table, *key.constraint, key.column);
    plan.recurse = recurse;
    auto same = std::find_if(plans.begin(), plans.end(),
                             [&](const IndexPlan& other) { return says_the_same(other, plan); });
    if (same == plans.end())
      plans.push_back(std::move(plan));
    else if (same->name.empty())
      same->name = plan.name;
  }
  for (IndexPlan& plan : plans) make_index(run, std::move(plan));
}

void remake_indexes(Run& run, ObjectId table, int column) {
  const Attribute attribute = run.catalog.relation(table).attributes[column - 1];
  for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(table).indexes)) {
    const IndexDetail index = run.catalog.detail<IndexDetail>(id);
    for (std::size_t i = 0; i < index.keys.size(); ++i) {
      const IndexKeyDetail& key = index.keys[i];
      if (key.column != column) continue;
      if (key.operator_class.empty())
        require_default_class(run, index.method, table, column);
      else
        require_class_takes(run, index.method, key.operator_class, table, column);
      if (run.catalog.find(index.constraint)) {
        const auto& constraint = run.catalog.detail<ConstraintDetail>(index.constraint);
        if (i < constraint.operators.size())
          require_operator(run, table, column, constraint.operators[i]);
      }
      // A collation of its own is now the column's.
      if (attribute.collation && attribute.collation->name == key.collation)
        run.catalog.edit_detail<IndexDetail>(id).keys[i].collation.clear();
    }
  }
}

void renew_index_names(Run& run, const std::vector<std::pair<ObjectId, int>>& columns) {
  std::vector<ObjectId> parts;
  for (const auto& [table, column] : columns)
    for (ObjectId id : run.catalog.relation(table).indexes) {
      const IndexDetail index = run.catalog.detail<IndexDetail>(id);
      std::vector<int> own;
      for (const IndexKeyDetail& key : index.keys) own.push_back(key.column);
      own.insert(own.end(), index.include.begin(), index.include.end());
      if (std::find(own.begin(), own.end(), column) == own.end() ||
          own.size() != index.column_names.size())
        continue;
      std::vector<std::string> names = index.column_names;
      for (std::size_t i = 0; i < own.size(); ++i)
        if (own[i]) names[i] = column_names(run.catalog, table, {own[i]}).front();
      run.catalog.edit_detail<IndexDetail>(id).column_names = index_column_names(names);
      if (index.parent && std::find(parts.begin(), parts.end(), id) == parts.end())
        parts.push_back(id);
    }
  // All of them are dropped before the first is made again.
  auto rename = [&](ObjectId id, const std::string& name) {
    const ObjectId constraint = run.catalog.detail<IndexDetail>(id).constraint;
    for (ObjectId each : {id, constraint})
      if (each && run.catalog.find(each))
        run.catalog.rename(each, run.catalog.at(each).schema, name);
  };
  for (ObjectId id : parts) rename(id, "\x01" + std::to_string(id));
  for (ObjectId id : parts) {
    const IndexDetail index = run.catalog.detail<IndexDetail>(id);
    const IndexUse use = plan_like(run, id, index.table).use;
    const std::vector<std::string> names =
        run.catalog.detail<IndexDetail>(index.parent).column_names;
    rename(id, choose_index_name(run.catalog, run.catalog.at(index.table).name,
                                 run.catalog.at(index.table).schema, names, use));
  }
}

void create_index(Run& run, const PgQuery__IndexStmt& create) {
  ObjectId table = relation_named(run, *create.relation);
  if (!table)
    refuse("permission denied: " + quoted(create.relation->relname) + " is a system catalog");
  Kind kind = run.catalog.at(table).kind;
  if (kind != Kind::table && kind != Kind::partitioned_table && kind != Kind::materialized_view)
    refuse("cannot create index on relation " + quoted(run.catalog.at(table).name) + ": it is a " +
               std::string(kind_name(kind)),
           create.relation->location);
  if (create.concurrent && run.session.in_block())
    refuse("CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
  if (create.concurrent && kind == Kind::partitioned_table)
    refuse("cannot create index on partitioned table " + quoted(run.catalog.at(table).name) +
           " concurrently");
  IndexPlan plan;
  plan.origin = run.origin;
  plan.name = create.idxname ? create.idxname : "";
  plan.concurrently = create.concurrent;
  plan.recurse = create.relation->inh;
  ObjectId schema = run.catalog.at(table).schema;
  // Of an index that is there already the server looks at the columns all the same, and at whether
  // it could be made.
  const bool there = create.if_not_exists && run.catalog.find_relation(schema, plan.name);
  if (!run.catalog.relation(table).columns_known) {
    if (there) return;
    give_up("the columns of " + quoted(run.catalog.at(table).name) + " are not known");
  }
  plan.index.table = table;
  plan.index.method =
      create.access_method && *create.access_method ? fold_case(create.access_method) : "btree";
  if (plan.index.method == "rtree") plan.index.method = "gist";
  plan.index.unique = create.unique;
  plan.index.nulls_not_distinct = create.nulls_not_distinct;
  if (create.unique && plan.index.method != "btree")
    refuse("access method " + quoted(plan.index.method) + " does not support unique indexes");
  for (std::size_t i = 0; i < create.n_index_params; ++i) {
    NamedKey key = key_from(run, table, plan.index.method,
                            clause_of(*create.index_params[i]->index_elem), plan.needs);
    plan.index.keys.push_back(std::move(key.detail));
    plan.column_names.push_back(std::move(key.name));
  }
  if ((plan.index.method == "hash" || plan.index.method == "spgist") && plan.index.keys.size() > 1)
    refuse("access method " + quoted(plan.index.method) + " does not support multicolumn indexes");
  for (std::size_t i = 0; i < create.n_index_including_params; ++i) {
    const PgQuery__IndexElem& element = *create.index_including_params[i]->index_elem;
    if (!element.name || !*element.name)
      refuse("expressions are not supported in included columns");
    plan.index.include.push_back(column_named(run, table, element.name));
    plan.column_names.emplace_back(element.name);
  }
  if (create.where_clause) {
    std::string text = text_of_predicate(run.source);
    if (text.empty()) text = shown_text(*create.where_clause);
    plan.index.predicate =
        predicate_from(run, table, *create.where_clause, std::move(text), plan.needs);
  }
  if (there) return require_partition_key(run, plan);
  set_own_column_needs(plan.needs, table, NeedKind::automatic);
  make_index(run, std::move(plan));
}

}  // namespace schemaudit::replay
