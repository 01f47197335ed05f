#include "analyzer/sql/replay/run.h"

namespace schemaudit::replay {

namespace {

ObjectId table_of(const Object& object) {
  if (const auto* detail = std::get_if<IndexDetail>(&object.detail)) return detail->table;
  if (const auto* detail = std::get_if<ConstraintDetail>(&object.detail)) return detail->table;
  if (const auto* detail = std::get_if<TriggerDetail>(&object.detail)) return detail->table;
  if (const auto* detail = std::get_if<PolicyDetail>(&object.detail)) return detail->table;
  if (const auto* detail = std::get_if<DefaultDetail>(&object.detail)) return detail->table;
  return kNoObject;
}

std::string ref_kind(const Object& object) {
  switch (object.kind) {
    case Kind::enum_type:
      return "enum";
    case Kind::domain:
      return "domain";
    case Kind::materialized_view:
      return "view";
    case Kind::foreign_table:
      return "table";
    default:
      return std::string(kind_name(object.kind));
  }
}

std::optional<ConstraintType> constraint_type(const Object& object) {
  const auto* detail = std::get_if<ConstraintDetail>(&object.detail);
  if (!detail) return std::nullopt;
  switch (detail->kind) {
    case ConstraintKind::primary_key:
      return ConstraintType::primary_key;
    case ConstraintKind::unique:
      return ConstraintType::unique;
    case ConstraintKind::foreign_key:
      return ConstraintType::foreign_key;
    case ConstraintKind::check:
      return ConstraintType::check;
    case ConstraintKind::exclusion:
      return ConstraintType::exclusion;
  }
  return std::nullopt;
}

}  // namespace

ObjectRef object_ref(const Catalog& catalog, ObjectId id) {
  const Object& object = catalog.at(id);
  ObjectRef ref;
  ref.kind = ref_kind(object);
  ref.schema = catalog.schema_name(object.schema);
  ref.name = object.name;
  if (is_table(object.kind) || is_view(object.kind)) ref.table = object.name;
  if (ObjectId table = table_of(object); catalog.find(table)) ref.table = catalog.at(table).name;
  return ref;
}

Change& Run::changed(ChangeKind kind, ObjectId id) {
  const Object& object = catalog.at(id);
  Change change;
  change.kind = kind;
  change.object = object_ref(catalog, id);
  change.origin = origin;
  change.statement = statement;
  change.transaction = session.in_block() ? session.transactions : 0;
  ObjectId table = table_of(object);
  change.object_is_new = (table ? table : id) > session.last_given;
  change.constraint = constraint_type(object);
  const Object* about = catalog.find(table ? table : id);
  change.on_partitioned = about && about->kind == Kind::partitioned_table;
  changes.push_back(std::move(change));
  return changes.back();
}

Change& Run::column_changed(ChangeKind kind, ObjectId table, std::string_view column) {
  Change& change = changed(kind, table);
  change.object.kind = "column";
  change.object.name = std::string(column);
  return change;
}

void refuse(std::string message, int location) {
  throw Refusal{std::move(message), location, {}, ProblemKind::refused};
}

void give_up(std::string message, int location) {
  throw Refusal{std::move(message), location, {}, ProblemKind::unanalysed};
}

}  // namespace schemaudit::replay
