// Foreign keys: what they may refer to, and their copies on partitions of either side.
#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/claims.h"
#include "analyzer/sql/newer_trees.h"
#include "analyzer/sql/replay/chosen_names.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

/// Types with the operators of one btree family: their values compare across.
int comparison_family(std::string_view type) {
  auto one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), type) != names.end();
  };
  if (one_of({"smallint", "integer", "bigint"})) return 1;
  if (one_of({"real", "double precision"})) return 2;
  if (one_of({"text", "character varying", "name"})) return 3;
  if (type == "date" || type.starts_with("timestamp")) return 4;
  if (one_of({"inet", "cidr"})) return 5;
  if (one_of({"oid", "regclass", "regproc", "regtype"})) return 6;
  return 0;
}

std::string_view without_modifiers(std::string_view type) {
  return type.substr(0, type.find('('));
}

void note_needs(ConstraintDetail& detail, std::vector<Need>& needs) {
  for (int column : detail.columns) needs.push_back({detail.table, column, NeedKind::automatic, 0});
  for (int column : detail.target_columns)
    needs.push_back({detail.target, column, NeedKind::normal, 0});
  if (detail.target_index) needs.push_back({detail.target_index, 0, NeedKind::normal, 0});
}

ObjectId add_key(Run& run, std::string name, ConstraintDetail detail, const Origin& origin) {
  Object object;
  object.kind = Kind::constraint;
  object.schema = run.catalog.at(detail.table).schema;
  object.name = std::move(name);
  object.origin = origin;
  note_needs(detail, object.needs);
  // What takes a partition of the target along takes the whole key.
  detail.no_inherit =
      !detail.parent && run.catalog.at(detail.table).kind != Kind::partitioned_table;
  if (detail.parent)
    object.needs.push_back(
        {detail.parent, 0, detail.is_hidden ? NeedKind::internal : NeedKind::partition, 0});
  ObjectId table = detail.table;
  object.detail = std::move(detail);
  ObjectId id = run.catalog.add(std::move(object));
  run.catalog.edit_relation(table).constraints.push_back(id);
  return id;
}

/// The target's unique index on exactly these columns, in any order; columns are put in the
/// order of `columns`. Refuses where there is none that may serve.
ObjectId index_for(const Run& run, ObjectId target, const std::vector<int>& columns, int location) {
  std::vector<ObjectId> indexes = run.catalog.relation(target).indexes;
  std::sort(indexes.begin(), indexes.end());
  std::vector<int> wanted = columns;
  std::sort(wanted.begin(), wanted.end());
  if (std::adjacent_find(wanted.begin(), wanted.end()) != wanted.end())
    refuse("foreign key referenced-columns list must not contain duplicates", location);
  bool deferrable = false;
  for (ObjectId id : indexes) {
    const IndexDetail& index = run.catalog.detail<IndexDetail>(id);
    if (!index.unique || !index.valid || index.predicate) continue;
    std::vector<int> keys;
    for (const IndexKeyDetail& key : index.keys) keys.push_back(key.column);
    std::sort(keys.begin(), keys.end());
    if (keys != wanted) continue;
    if (index.constraint && run.catalog.detail<ConstraintDetail>(index.constraint).deferrable) {
      deferrable = true;
      continue;
    }
    return id;
  }
  std::string name = quoted(run.catalog.at(target).name);
  if (deferrable)
    refuse("cannot use a deferrable unique constraint for referenced table " + name, location);
  refuse("there is no unique constraint matching given keys for referenced table " + name,
         location);
}

/// The target's primary key, which a foreign key without columns means.
ObjectId primary_index(const Run& run, ObjectId target, int location) {
  for (ObjectId id : run.catalog.relation(target).indexes) {
    const IndexDetail& index = run.catalog.detail<IndexDetail>(id);
    if (!index.primary) continue;
    if (index.constraint && run.catalog.detail<ConstraintDetail>(index.constraint).deferrable)
      refuse("cannot use a deferrable primary key for referenced table " +
                 quoted(run.catalog.at(target).name),
             location);
    return id;
  }
  refuse("there is no primary key for referenced table " + quoted(run.catalog.at(target).name),
         location);
}

/// A period refers to a key WITHOUT OVERLAPS, whose last column it is, and nothing else does.
void require_same_period(const Run& run, const ConstraintDetail& key, int location) {
  const IndexDetail& index = run.catalog.detail<IndexDetail>(key.target_index);
  const bool target = index.constraint && run.catalog.find(index.constraint) &&
                      run.catalog.detail<ConstraintDetail>(index.constraint).has_period;
  if (target && !key.has_period)
    refuse("foreign key must use PERIOD when referencing a primary key using WITHOUT OVERLAPS",
           location);
  if (key.has_period && !target)
    refuse("foreign key uses PERIOD, but the key that it refers to is not WITHOUT OVERLAPS",
           location);
}

void require_persistence(const Run& run, ObjectId table, ObjectId target, int location) {
  const RelationDetail& from = run.catalog.relation(table);
  const RelationDetail& to = run.catalog.relation(target);
  if (from.temporary != to.temporary)
    refuse(from.temporary ? "constraints on temporary tables may reference only temporary tables"
                          : "constraints on permanent tables may reference only permanent tables",
           location);
  if (!from.temporary && !from.unlogged && to.unlogged)
    refuse("constraints on permanent tables may reference only permanent tables", location);
}

/// The columns of `from` under their names in `to`.
std::vector<int> mapped(const Catalog& catalog, ObjectId from, const std::vector<int>& columns,
                        ObjectId to) {
  std::vector<int> numbers;
  for (const std::string& name : column_names(catalog, from, columns))
    numbers.push_back(find_attribute(catalog.relation(to), name));
  return numbers;
}

/// The partition's index that is a part of `index`.
ObjectId part_of(const Catalog& catalog, ObjectId index, ObjectId partition) {
  for (ObjectId id : catalog.relation(partition).indexes)
    if (catalog.detail<IndexDetail>(id).parent == index) return id;
  return kNoObject;
}

std::string free_name(const Run& run, ObjectId table, const std::string& name,
                      const std::vector<int>& columns) {
  if (!find_constraint(run.catalog, table, name)) return name;
  return choose_constraint_name(run.catalog, run.catalog.at(table).name,
                                joined_for_name(column_names(run.catalog, table, columns)), "fkey",
                                run.catalog.at(table).schema, {});
}

/// The rows that the server adds for each partition of a key's target.
void add_hidden(Run& run, ObjectId key, ObjectId partition) {
  const ConstraintDetail parent = run.catalog.detail<ConstraintDetail>(key);
  ConstraintDetail detail = parent;
  detail.target = partition;
  detail.target_columns = mapped(run.catalog, parent.target, parent.target_columns, partition);
  detail.target_index = part_of(run.catalog, parent.target_index, partition);
  detail.parent = key;
  detail.local = false;
  detail.inherited = 1;
  detail.is_hidden = true;
  std::string name = free_name(run, detail.table, run.catalog.at(key).name, detail.columns);
  ObjectId id = add_key(run, std::move(name), std::move(detail), run.catalog.at(key).origin);
  if (run.catalog.at(partition).kind != Kind::partitioned_table) return;
  for (ObjectId below : run.catalog.children(partition)) add_hidden(run, id, below);
}

bool same_key(const Catalog& catalog, const ConstraintDetail& own, const ConstraintDetail& parent) {
  return own.kind == ConstraintKind::foreign_key && !own.parent && !own.is_hidden &&
         own.target == parent.target && own.target_columns == parent.target_columns &&
         column_names(catalog, own.table, own.columns) ==
             column_names(catalog, parent.table, parent.columns) &&
         own.on_delete == parent.on_delete && own.on_update == parent.on_update &&
         own.match == parent.match && own.deferrable == parent.deferrable &&
         own.initially_deferred == parent.initially_deferred && own.validated;
}

void clone_key(Run& run, ObjectId key, ObjectId partition) {
  const ConstraintDetail parent = run.catalog.detail<ConstraintDetail>(key);
  ObjectId id = kNoObject;
  for (ObjectId own : run.catalog.relation(partition).constraints)
    if (same_key(run.catalog, run.catalog.detail<ConstraintDetail>(own), parent)) id = own;
  if (id) {
    ConstraintDetail& own = run.catalog.edit_detail<ConstraintDetail>(id);
    own.parent = key;
    own.local = false;
    ++own.inherited;
    run.catalog.depend(id, {key, 0, NeedKind::partition, 0});
    return;
  }
  ConstraintDetail detail = parent;
  detail.table = partition;
  detail.columns = mapped(run.catalog, parent.table, parent.columns, partition);
  detail.on_delete_columns = mapped(run.catalog, parent.table, parent.on_delete_columns, partition);
  detail.parent = key;
  detail.local = false;
  detail.inherited = 1;
  std::string name = free_name(run, partition, run.catalog.at(key).name, detail.columns);
  id = add_key(run, std::move(name), std::move(detail), run.catalog.at(key).origin);
  if (run.catalog.at(partition).kind != Kind::partitioned_table) return;
  for (ObjectId below : run.catalog.children(partition)) clone_key(run, id, below);
}

}  // namespace

bool comparable_as_key(const Catalog& catalog, const TypeRef& from, const TypeRef& to) {
  TypeRef a = base_of(catalog, from), b = base_of(catalog, to);
  if (a.type || b.type) return a.type == b.type && a.is_array == b.is_array;
  std::string_view left = without_modifiers(a.spelling), right = without_modifiers(b.spelling);
  // `timestamp(3) without time zone` loses its tail with its modifiers: both kinds compare.
  if (left == right) return a.spelling.ends_with("[]") == b.spelling.ends_with("[]");
  if (a.spelling.ends_with("[]") || b.spelling.ends_with("[]")) return false;
  int family = comparison_family(left);
  if (family && family == comparison_family(right)) return true;
  // A varchar's values are compared as text, those of regclass and its kin as numbers.
  std::string_view key = right == "character varying" ? "text" : right;
  if (right.starts_with("reg")) key = "oid";
  return cast_context(schemaudit::builtin_type(left), schemaudit::builtin_type(key)) == 'i';
}

void add_foreign_key(Run& run, const PgQuery__Constraint& constraint,
                     const ConstraintPlacement& placement) {
  ObjectId table = placement.table;
  int location = constraint.location;
  if (!constraint.pktable) return;
  ObjectId target = relation_named(run, *constraint.pktable);
  if (!target)
    refuse("referenced relation " + quoted(constraint.pktable->relname) + " is a system catalog",
           location);
  Kind target_kind = run.catalog.at(target).kind;
  if (target_kind != Kind::table && target_kind != Kind::partitioned_table)
    refuse("referenced relation " + quoted(run.catalog.at(target).name) + " is not a table",
           location);
  if (run.catalog.at(table).kind == Kind::foreign_table)
    refuse("foreign key constraints are not supported on foreign tables", location);
  if (run.catalog.at(table).kind == Kind::partitioned_table && !placement.recurse)
    refuse("cannot use ONLY for foreign key on partitioned table " +
               quoted(run.catalog.at(table).name),
           location);
  if (run.catalog.at(table).kind == Kind::partitioned_table && constraint.skip_validation &&
      !placement.table_is_new && grammar_version() < 180000)
    refuse("cannot add NOT VALID foreign key on partitioned table " +
               quoted(run.catalog.at(table).name),
           location);
  // The key goes to every partition, while the server holds the target open.
  if (target != table && run.catalog.at(table).kind == Kind::partitioned_table &&
      !placement.table_is_new && is_descendant(run.catalog, target, table))
    refuse("cannot ALTER TABLE " + quoted(run.catalog.at(target).name) +
               " because it is being used: it is a partition of the table itself",
           location);
  require_persistence(run, table, target, location);

  ConstraintDetail detail;
  detail.kind = ConstraintKind::foreign_key;
  detail.table = table;
  detail.target = target;
  auto key_columns = [&](ObjectId relation, const std::vector<std::string>& names) {
    std::vector<int> numbers;
    for (const std::string& name : names) {
      int number = find_attribute(run.catalog.relation(relation), name);
      if (!number)
        refuse("column " + quoted(name) + " referenced in foreign key constraint does not exist",
               location);
      numbers.push_back(number);
    }
    return numbers;
  };
  std::vector<std::string> names = strings_of(constraint.n_fk_attrs, constraint.fk_attrs);
  if (names.empty() && !placement.column.empty()) names.push_back(placement.column);
  detail.columns = key_columns(table, names);
  std::vector<std::string> target_names = strings_of(constraint.n_pk_attrs, constraint.pk_attrs);
  if (target_names.empty()) {
    detail.target_index = primary_index(run, target, location);
    for (const IndexKeyDetail& key : run.catalog.detail<IndexDetail>(detail.target_index).keys)
      detail.target_columns.push_back(key.column);
  } else {
    detail.target_columns = key_columns(target, target_names);
    detail.target_index = index_for(run, target, detail.target_columns, location);
  }
  if (detail.columns.size() != detail.target_columns.size())
    refuse("number of referencing and referenced columns for foreign key disagree", location);
  detail.on_delete = referential_action(*constraint.fk_del_action);
  detail.on_update = referential_action(*constraint.fk_upd_action);
  detail.on_delete_columns =
      key_columns(table, strings_of(constraint.n_fk_del_set_cols, constraint.fk_del_set_cols));
  if (constraint.fk_matchtype && *constraint.fk_matchtype == 'f') detail.match = MatchType::full;
  if (constraint.fk_matchtype && *constraint.fk_matchtype == 'p')
    refuse("MATCH PARTIAL not yet implemented", location);
  detail.deferrable = constraint.deferrable;
  detail.initially_deferred = constraint.initdeferred;
  detail.enforced = is_enforced(constraint);
  detail.validated = detail.enforced && (!constraint.skip_validation || placement.table_is_new);
  detail.has_period = has_period(constraint);
  require_same_period(run, detail, location);

  const RelationDetail& from = run.catalog.relation(table);
  const RelationDetail& to = run.catalog.relation(target);
  for (std::size_t i = 0; i < detail.columns.size(); ++i) {
    const Attribute& a = from.attributes[detail.columns[i] - 1];
    const Attribute& b = to.attributes[detail.target_columns[i] - 1];
    if (a.type && b.type && !comparable_as_key(run.catalog, *a.type, *b.type))
      refuse("foreign key constraint cannot be implemented: key columns " + quoted(a.name) +
                 " and " + quoted(b.name) + " are of incompatible types: " +
                 type_text(run.catalog, *a.type) + " and " + type_text(run.catalog, *b.type),
             location);
    if (a.generated && (detail.on_update != ReferentialAction::no_action &&
                        detail.on_update != ReferentialAction::restrict))
      refuse("invalid ON UPDATE action for foreign key constraint containing generated column",
             location);
    if (a.generated && (detail.on_delete == ReferentialAction::set_null ||
                        detail.on_delete == ReferentialAction::set_default))
      refuse("invalid ON DELETE action for foreign key constraint containing generated column",
             location);
  }

  std::string name = constraint.conname ? constraint.conname : "";
  if (name.empty())
    name = choose_constraint_name(run.catalog, run.catalog.at(table).name, joined_for_name(names),
                                  "fkey", run.catalog.at(table).schema, {});
  require_free_constraint_name(run, table, name);
  ObjectId id = add_key(run, std::move(name), std::move(detail), run.origin_at(location));
  Change& change = run.changed(ChangeKind::add_constraint, id);
  change.not_valid = constraint.skip_validation;
  change.target = run.catalog.name(target);
  if (target_kind == Kind::partitioned_table)
    for (ObjectId partition : run.catalog.children(target)) add_hidden(run, id, partition);
  if (run.catalog.at(table).kind == Kind::partitioned_table)
    for (ObjectId partition : run.catalog.children(table)) clone_key(run, id, partition);
}

void clone_foreign_keys(Run& run, ObjectId parent, ObjectId partition) {
  // First those that point at the parent, then its own (CloneForeignKeyConstraints()).
  for (ObjectId user : run.catalog.users(parent)) {
    const auto* key = std::get_if<ConstraintDetail>(&run.catalog.at(user).detail);
    if (key && key->kind == ConstraintKind::foreign_key && key->target == parent)
      add_hidden(run, user, partition);
  }
  for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(parent).constraints)) {
    const ConstraintDetail& key = run.catalog.detail<ConstraintDetail>(id);
    if (key.kind == ConstraintKind::foreign_key && !key.is_hidden) clone_key(run, id, partition);
  }
}

}  // namespace schemaudit::replay
