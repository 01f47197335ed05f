#include "analyzer/sql/replay/partitions.h"

#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/expression_tree.h"
#include "analyzer/sql/partition_clauses.h"
#include "analyzer/sql/replay/coercion.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/indexes.h"
#include "analyzer/sql/replay/inheritance.h"
#include "analyzer/sql/replay/key_clauses.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/partition_bounds.h"
#include "analyzer/sql/replay/triggers.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

constexpr TypeId kMoney = 790;

void require_bound_types(Run& run, const RelationDetail& table,
                         const PgQuery__PartitionBoundSpec& spec) {
  auto require = [&](const StoredPartitionKey::Part& part, const PgQuery__Node& value) {
    if (!part.column || value.node_case == PG_QUERY__NODE__NODE_COLUMN_REF) return;
    const Attribute& attribute = table.attributes[part.column - 1];
    if (attribute.type && !may_be_assigned(run, settled_type(value, {}), *attribute.type))
      refuse("specified value cannot be cast to type " + type_text(run.catalog, *attribute.type) +
                 " for column " + quoted(attribute.name),
             spec.location);
  };
  const std::vector<StoredPartitionKey::Part>& parts = table.partition_key->parts;
  for (std::size_t i = 0; i < spec.n_listdatums; ++i) require(parts[0], *spec.listdatums[i]);
  for (std::size_t i = 0; i < spec.n_lowerdatums && i < parts.size(); ++i)
    require(parts[i], *spec.lowerdatums[i]);
  for (std::size_t i = 0; i < spec.n_upperdatums && i < parts.size(); ++i)
    require(parts[i], *spec.upperdatums[i]);
}

/// A row for a key that points at a partition, and those for the parts of that one.
void erase_hidden(Run& run, ObjectId row) {
  for (ObjectId user : run.catalog.users(row)) {
    const auto* below = std::get_if<ConstraintDetail>(&run.catalog.at(user).detail);
    if (below && below->is_hidden && below->parent == row) erase_hidden(run, user);
  }
  const ObjectId table = run.catalog.detail<ConstraintDetail>(row).table;
  std::erase(run.catalog.edit_relation(table).constraints, row);
  run.catalog.erase(row);
}

/// A trigger that a partition has from its table, and those of the partitions below.
void erase_part(Run& run, ObjectId trigger) {
  for (ObjectId user : run.catalog.users(trigger)) {
    const auto* below = std::get_if<TriggerDetail>(&run.catalog.at(user).detail);
    if (below && below->parent == trigger) erase_part(run, user);
  }
  const ObjectId table = run.catalog.detail<TriggerDetail>(trigger).table;
  std::erase(run.catalog.edit_relation(table).triggers, trigger);
  run.catalog.erase(trigger);
}

}  // namespace

StoredPartitionKey partition_key_from(Run& run, ObjectId table, PgQuery__PartitionSpec& spec,
                                      std::vector<Need>& needs) {
  StoredPartitionKey key;
  key.strategy = partition_strategy(spec);
  if (key.strategy != "RANGE" && key.strategy != "LIST" && key.strategy != "HASH")
    refuse("unrecognized partitioning strategy " + quoted(fold_case(key.strategy)), spec.location);
  if (key.strategy == "LIST" && spec.n_part_params > 1)
    refuse("cannot use \"list\" partition strategy with more than one column", spec.location);
  for (std::size_t i = 0; i < spec.n_part_params; ++i) {
    PgQuery__PartitionElem& element = *spec.part_params[i]->partition_elem;
    if (element.name && *element.name && !find_attribute(run.catalog.relation(table), element.name))
      refuse("column " + quoted(element.name) + " named in partition key does not exist",
             element.location);
    // Rows are told apart by the order of the key's values, or by their hashes.
    IndexKeyDetail made =
        key_from(run, table, key.strategy == "HASH" ? "hash" : "btree", clause_of(element), needs)
            .detail;
    if (made.column && run.catalog.relation(table).attributes[made.column - 1].generated)
      refuse("cannot use generated column in partition key", element.location);
    if (made.expression && columns_of(*element.expr).empty())
      refuse("cannot use constant expression as partition key", element.location);
    StoredPartitionKey::Part part{made.column, std::move(made.expression), {}, made.collation};
    if (!made.operator_class.empty())
      part.operator_class = name_of(element.n_opclass, element.opclass).name;
    key.parts.push_back(std::move(part));
  }
  return key;
}

bool in_partition_key(const RelationDetail& table, int column) {
  if (!table.partition_key) return false;
  const std::string& name = table.attributes[column - 1].name;
  return std::any_of(table.partition_key->parts.begin(), table.partition_key->parts.end(),
                     [&](const StoredPartitionKey::Part& part) {
                       if (part.column) return part.column == column;
                       std::vector<std::string> read = columns_in(*part.expression);
                       return std::find(read.begin(), read.end(), name) != read.end();
                     });
}

void place_partition(Run& run, ObjectId partition, ObjectId parent,
                     const PgQuery__PartitionBoundSpec& spec) {
  const RelationDetail& table = run.catalog.relation(parent);
  const std::string& strategy = table.partition_key->strategy;
  Expression bound = partition_bound(spec);
  TextKeys text;
  for (const StoredPartitionKey::Part& part : table.partition_key->parts) {
    const std::optional<TypeRef> type =
        part.column ? table.attributes[part.column - 1].type : std::nullopt;
    const TypeId of_key =
        type ? schemaudit::builtin_type(base_of(run.catalog, *type).spelling) : kNoType;
    text.push_back(is_string_type(of_key));
    // Money is written in the words of the database's locale.
    if (of_key == kMoney) bound.decided = false;
  }
  const char* wanted = spec.is_default                             ? ""
                       : bound.normal.starts_with("FOR VALUES IN") ? "LIST"
                       : bound.normal.starts_with("FOR VALUES FR") ? "RANGE"
                                                                   : "HASH";
  if (*wanted && strategy != wanted)
    refuse("invalid bound specification for a " + fold_case(strategy) + " partition",
           spec.location);
  if (spec.is_default && strategy == "HASH")
    refuse("a hash-partitioned table may not have a default partition", spec.location);
  if (strategy == "RANGE" && !spec.is_default &&
      (spec.n_lowerdatums != table.partition_key->parts.size() ||
       spec.n_upperdatums != table.partition_key->parts.size()))
    refuse("FROM and TO must specify exactly one value per partitioning column", spec.location);
  require_bound_types(run, table, spec);
  if (std::string fault = fault_of_bound(bound.normal, text); !fault.empty())
    refuse(fault + " for partition " + quoted(run.catalog.at(partition).name), spec.location);
  for (ObjectId other : run.catalog.children(parent))
    if (other != partition && moduli_clash(run.catalog.relation(other).bound.normal, bound.normal))
      refuse("every hash partition modulus must be a factor of the next larger modulus",
             spec.location);
  for (ObjectId other : run.catalog.children(parent))
    if (other != partition &&
        bounds_overlap(run.catalog.relation(other).bound.normal, bound.normal, text))
      refuse(spec.is_default ? "partition " + quoted(run.catalog.at(partition).name) +
                                   " conflicts with existing default partition " +
                                   quoted(run.catalog.at(other).name)
                             : "partition " + quoted(run.catalog.at(partition).name) +
                                   " would overlap partition " + quoted(run.catalog.at(other).name),
             spec.location);
  RelationDetail& detail = run.catalog.edit_relation(partition);
  detail.partition_of = parent;
  detail.bound = std::move(bound);
  run.catalog.depend(partition, {parent, 0, NeedKind::automatic, 0});
}

void equip_partition(Run& run, ObjectId partition, ObjectId parent) {
  index_partition(run, parent, partition);
  clone_triggers(run, parent, partition);
  clone_foreign_keys(run, parent, partition);
}

void attach_partition(Run& run, ObjectId parent, const PgQuery__PartitionCmd& command) {
  if (run.catalog.at(parent).kind == Kind::index) {
    // ALTER INDEX ... ATTACH PARTITION: pg_dump writes it for the parts of an index.
    ObjectId part = relation_named(run, *command.name);
    if (!part || run.catalog.at(part).kind != Kind::index)
      refuse(quoted(command.name->relname) + " is not an index");
    IndexDetail& detail = run.catalog.edit_detail<IndexDetail>(part);
    if (detail.parent && detail.parent != parent)
      refuse("cannot attach index " + quoted(command.name->relname) + ": it is attached already");
    if (detail.parent == parent) return;
    for (ObjectId other : run.catalog.relation(detail.table).indexes)
      if (run.catalog.detail<IndexDetail>(other).parent == parent)
        refuse("cannot attach index " + quoted(command.name->relname) +
               ": another index is already attached for partition " +
               quoted(run.catalog.at(detail.table).name));
    detail.parent = parent;
    ObjectId constraint = detail.constraint;
    run.catalog.depend(part, {parent, 0, NeedKind::partition, 0});
    ObjectId parent_constraint = run.catalog.detail<IndexDetail>(parent).constraint;
    if (constraint && parent_constraint) {
      ConstraintDetail& own = run.catalog.edit_detail<ConstraintDetail>(constraint);
      own.parent = parent_constraint;
      own.local = false;
      ++own.inherited;
      run.catalog.depend(constraint, {parent_constraint, 0, NeedKind::partition, 0});
    }
    // The parent is valid once every partition has its part.
    const IndexDetail& whole = run.catalog.detail<IndexDetail>(parent);
    std::size_t parts = 0;
    for (ObjectId user : run.catalog.users(parent))
      if (const auto* index = std::get_if<IndexDetail>(&run.catalog.at(user).detail))
        if (index->parent == parent && index->valid) ++parts;
    if (!whole.valid && parts == run.catalog.children(whole.table).size())
      run.catalog.edit_detail<IndexDetail>(parent).valid = true;
    run.changed(ChangeKind::attach_partition, part).target = run.catalog.name(parent);
    return;
  }
  ObjectId partition = table_named(run, *command.name);
  if (run.catalog.at(parent).kind != Kind::partitioned_table)
    refuse("table " + quoted(run.catalog.at(parent).name) + " is not partitioned");
  const RelationDetail& detail = run.catalog.relation(partition);
  if (detail.partition_of)
    refuse(quoted(run.catalog.at(partition).name) + " is already a partition");
  if (!detail.parents.empty()) refuse("cannot attach inheritance child as partition");
  if (is_descendant(run.catalog, parent, partition)) refuse("circular inheritance not allowed");
  bool has_children = !run.catalog.children(partition).empty();
  if (has_children && run.catalog.at(partition).kind != Kind::partitioned_table)
    refuse("cannot attach inheritance parent as partition");
  for (const Attribute& attribute : detail.attributes) {
    if (attribute.dropped) continue;
    if (!find_attribute(run.catalog.relation(parent), attribute.name))
      refuse("table " + quoted(run.catalog.at(partition).name) + " contains column " +
             quoted(attribute.name) + " not found in parent " +
             quoted(run.catalog.at(parent).name));
    if (attribute.identity && partitions_share_identity())
      refuse("table " + quoted(run.catalog.at(partition).name) +
             " being attached contains an identity column " + quoted(attribute.name));
  }
  merge_into_child(run, partition, parent, true);
  take_identity(run, partition, parent);
  if (command.bound) place_partition(run, partition, parent, *command.bound);
  equip_partition(run, partition, parent);
  run.changed(ChangeKind::attach_partition, partition).target = run.catalog.name(parent);
}

void detach_partition(Run& run, ObjectId parent, const PgQuery__PartitionCmd& command) {
  ObjectId partition = table_named(run, *command.name);
  if (run.catalog.relation(partition).partition_of != parent)
    refuse("relation " + quoted(run.catalog.at(partition).name) +
           " is not a partition of relation " + quoted(run.catalog.at(parent).name));
  if (command.concurrent && run.session.in_block())
    refuse("ALTER TABLE ... DETACH CONCURRENTLY cannot run inside a transaction block");
  Change& change = run.changed(ChangeKind::detach_partition, partition);
  change.target = run.catalog.name(parent);
  change.concurrently = command.concurrent;
  leave_parent(run, partition, parent);
  lose_identity(run, partition);
  RelationDetail& detail = run.catalog.edit_relation(partition);
  detail.partition_of = kNoObject;
  detail.bound = {};
  detach_indexes(run, partition);
  for (ObjectId trigger : std::vector<ObjectId>(run.catalog.relation(partition).triggers))
    if (run.catalog.detail<TriggerDetail>(trigger).parent) erase_part(run, trigger);
  for (ObjectId id : std::vector<ObjectId>(run.catalog.relation(partition).constraints)) {
    const ConstraintDetail& constraint = run.catalog.detail<ConstraintDetail>(id);
    if (constraint.kind == ConstraintKind::foreign_key && constraint.parent &&
        !constraint.is_hidden)
      detach_constraint(run, id);
  }
  // The rows for keys that point at the parent go.
  for (ObjectId user : run.catalog.users(partition)) {
    const auto* key = std::get_if<ConstraintDetail>(&run.catalog.at(user).detail);
    if (!key || !key->is_hidden || key->target != partition) continue;
    erase_hidden(run, user);
  }
}

}  // namespace schemaudit::replay
