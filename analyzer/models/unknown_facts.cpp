#include "analyzer/models/unknown_facts.h"

#include <algorithm>

namespace schemaudit {

namespace {

bool holds(const std::vector<std::string>& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

void forget_primary_key(Relation& relation) {
  relation.primary_key.reset();
  relation.coverage.primary_key = false;
}

/// A key of this one column may be there or not.
void forget_unique(Relation& relation, const std::string& column) {
  relation.coverage.unique_constraints = false;
  relation.coverage.indexes = false;
  std::erase_if(relation.unique_constraints, [&](const KeyConstraint& key) {
    return key.columns.size() == 1 && holds(key.columns, column);
  });
}

/// An enumeration that was made for a column whose type cannot be told is not known either.
void forget_enum_of(const Relation& relation, const std::string& name, Schema& schema) {
  const Column* column = relation.find_column(name);
  if (!column || !column->type) return;
  const std::string& type = column->type->normal;
  std::erase_if(schema.enums, [&](const EnumType& each) {
    return type == to_string(each.name) || (each.name.schema == "public" && type == each.name.name);
  });
}

void forget_column_fact(Relation& relation, const std::string& name, const std::string& what) {
  if (what == "column") {
    relation.coverage.columns = false;
    return;
  }
  const bool all = what == "options";
  Column* column = relation.find_column(name);
  if (column && (what == "type")) {
    column->type.reset();
    column->collation = {};
  }
  if (column && (all || what == "default" || what == "autoincrement")) {
    column->default_value = {};
    column->identity = {};
    column->generated = {};
  }
  if (column && (all || what == "nullable")) column->nullable.reset();
  if (column && (all || what == "comment")) column->comment = {};
  if (all || what == "primary_key") forget_primary_key(relation);
  if (all || what == "unique") forget_unique(relation, name);
  if (all || what == "index") relation.coverage.indexes = false;
  if (all || what == "constraints") relation.coverage.checks = false;
}

void forget_names(Relation& relation) {
  auto unname = [](auto& elements) {
    for (auto& element : elements) element.name.clear();
  };
  if (relation.primary_key) relation.primary_key->name.clear();
  unname(relation.unique_constraints);
  unname(relation.foreign_keys);
  unname(relation.checks);
  unname(relation.exclusions);
}

void forget_table_fact(Relation& relation, const std::string& what) {
  const bool all = what == "options" || what == "table";
  Coverage& covered = relation.coverage;
  if (what == "columns" || what == "table") covered.columns = false;
  if (all || what == "constraints")
    covered.unique_constraints = covered.foreign_keys = covered.checks = covered.exclusions = false;
  if (all || what == "indexes") covered.indexes = false;
  if (what == "primary_key" || what == "table") forget_primary_key(relation);
  if (all || what == "constraint_name" || what == "names") forget_names(relation);
  if (all || what == "comment") relation.comment = {};
}

}  // namespace

void forget_unknown_facts(const std::vector<UnknownInModel>& unknown, Schema& schema) {
  for (const UnknownInModel& each : unknown) {
    Relation* relation = schema.find_relation(each.table);
    if (!relation) continue;
    if (each.column.empty())
      forget_table_fact(*relation, each.what);
    else if (each.what == "type")
      forget_enum_of(*relation, each.column, schema);
    if (!each.column.empty()) forget_column_fact(*relation, each.column, each.what);
  }
}

}  // namespace schemaudit
