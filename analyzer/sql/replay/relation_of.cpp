#include "analyzer/sql/replay/relation_of.h"

#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/expression_types.h"
#include "analyzer/sql/partition_clauses.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

class RelationMaker {
 public:
  RelationMaker(const Catalog& catalog, ShownParts& shown) : catalog_(catalog), shown_(shown) {}

  Relation make(const Object& object) {
    const auto& detail = std::get<RelationDetail>(object.detail);
    Relation relation;
    relation.name = catalog_.name(object.id);
    relation.kind = object.kind == Kind::partitioned_table   ? RelationKind::partitioned_table
                    : object.kind == Kind::foreign_table     ? RelationKind::foreign_table
                    : object.kind == Kind::view              ? RelationKind::view
                    : object.kind == Kind::materialized_view ? RelationKind::materialized_view
                                                             : RelationKind::table;
    relation.origin = object.origin;
    relation.comment = fact(object.comment);
    relation.owner = detail.owner;
    relation.coverage = Coverage::all();
    relation.coverage.columns = detail.columns_known;
    relation.row_security = detail.row_security;
    relation.row_security_forced = detail.row_security_forced;
    relation.unlogged = detail.unlogged;
    relation.grants = detail.grants;
    for (ObjectId parent : detail.parents) relation.inherits.push_back(catalog_.name(parent));
    if (detail.partition_of) {
      Expression bound = detail.bound;
      if (!bound.decided) bound.normal.clear();
      relation.partition_of = PartitionOf{catalog_.name(detail.partition_of), std::move(bound)};
    }
    relation.columns.reserve(detail.attributes.size());
    for (const Attribute& attribute : detail.attributes)
      if (!attribute.dropped) relation.columns.push_back(column(attribute));
    // Of a view's columns it is not told (introspection leaves it out, too).
    if (relation.is_view())
      for (Column& column : relation.columns) column.collation = Fact<QualifiedName>::none();
    // Expressions see the columns' types, so they come after all columns.
    std::size_t next = 0;
    for (const Attribute& attribute : detail.attributes) {
      if (attribute.dropped) continue;
      fill_default(attribute, relation, relation.columns[next++]);
    }
    if (detail.partition_key)
      relation.partition_key = partition_key(*detail.partition_key, detail, relation);
    if (detail.definition) relation.definition = ShownParts::definition(*detail.definition);
    if (relation.is_view()) relation.security_invoker = detail.security_invoker;
    for (ObjectId id : detail.constraints) add_constraint(catalog_.at(id), detail, relation);
    for (ObjectId id : detail.indexes) add_index(catalog_.at(id), detail, relation);
    for (ObjectId id : detail.triggers) add_trigger(catalog_.at(id), detail, relation);
    for (ObjectId id : detail.policies) add_policy(catalog_.at(id), relation);
    return relation;
  }

 private:
  Column column(const Attribute& attribute) const {
    Column column;
    column.name = attribute.name;
    if (attribute.type) column.type = shown_.type(*attribute.type);
    column.nullable = !attribute.not_null;
    column.default_value = Fact<Expression>::none();
    column.identity = fact(attribute.identity);
    column.generated = Fact<Generated>::none();
    column.collation = fact(attribute.collation);
    column.comment = fact(attribute.comment);
    column.inherited = attribute.inherited > 0 && !attribute.local;
    column.origin = attribute.origin;
    return column;
  }

  /// What is assigned to a domain is of the type below it; the domain applies the length.
  std::string assigned_type(const TypeRef& type) const {
    const TypeRef base = base_of(catalog_, type);
    std::string text = type_text(catalog_, base);
    const std::size_t open = text.find('('), close = text.find(')');
    if (base != type && open != std::string::npos && close != std::string::npos)
      text.erase(open, close - open + 1);
    return text;
  }

  void fill_default(const Attribute& attribute, const Relation& relation, Column& column) {
    const Object* value = catalog_.find(attribute.default_value);
    if (!value) return;
    const StoredExpression& stored = std::get<DefaultDetail>(value->detail).expression;
    std::string assigned = attribute.type ? assigned_type(*attribute.type) : std::string();
    if (attribute.generated)
      column.generated =
          Generated{*attribute.generated, shown_.expression(stored, &relation, assigned)};
    else
      column.default_value = shown_.expression(stored, nullptr, assigned);
    // DEFAULT NULL says nothing, except of a domain, whose own default it replaces.
    const Object* type = attribute.type ? catalog_.find(attribute.type->type) : nullptr;
    const bool of_domain = type && type->kind == Kind::domain && !attribute.type->is_array;
    if (!of_domain && column.default_value.has_value() &&
        column.default_value.value().normal == "null")
      column.default_value = Fact<Expression>::none();
  }

  Expression partition_key(const StoredPartitionKey& key, const RelationDetail& detail,
                           const Relation& relation) {
    std::string text = key.strategy + " (";
    for (std::size_t i = 0; i < key.parts.size(); ++i) {
      if (i > 0) text += ", ";
      const StoredPartitionKey::Part& part = key.parts[i];
      text += part.column ? quote_identifier(detail.attributes[part.column - 1].name)
                          : shown_.expression(*part.expression, &relation).normal;
      text += partition_key_options(part.collation, part.operator_class);
    }
    text += ")";
    return {text, text, true};
  }

  static std::vector<std::string> names(const RelationDetail& detail,
                                        const std::vector<int>& columns) {
    std::vector<std::string> names;
    for (int column : columns)
      names.push_back(column ? detail.attributes[column - 1].name : std::string());
    return names;
  }

  void add_constraint(const Object& object, const RelationDetail& table, Relation& relation) {
    const auto& detail = std::get<ConstraintDetail>(object.detail);
    if (detail.is_hidden) return;
    const bool inherited = detail.parent != kNoObject || (detail.inherited > 0 && !detail.local);
    switch (detail.kind) {
      case ConstraintKind::primary_key:
      case ConstraintKind::unique: {
        KeyConstraint key;
        key.name = object.name;
        key.columns = names(table, detail.columns);
        key.deferrable = detail.deferrable;
        key.initially_deferred = detail.initially_deferred;
        key.without_overlaps = detail.has_period;
        key.inherited = inherited;
        key.comment = fact(object.comment);
        key.origin = object.origin;
        if (const Object* index = catalog_.find(detail.index)) {
          const auto& of_key = std::get<IndexDetail>(index->detail);
          key.include = names(table, of_key.include);
          key.nulls_not_distinct = of_key.nulls_not_distinct;
        }
        if (detail.kind == ConstraintKind::primary_key)
          relation.primary_key = std::move(key);
        else
          relation.unique_constraints.push_back(std::move(key));
        break;
      }
      case ConstraintKind::foreign_key: {
        ForeignKey key;
        key.name = object.name;
        key.columns = names(table, detail.columns);
        key.target = catalog_.name(detail.target);
        key.target_columns = column_names(catalog_, detail.target, detail.target_columns);
        key.on_delete = detail.on_delete;
        key.on_update = detail.on_update;
        key.on_delete_columns = names(table, detail.on_delete_columns);
        key.match = detail.match;
        key.deferrable = detail.deferrable;
        key.initially_deferred = detail.initially_deferred;
        key.validated = detail.validated;
        key.enforced = detail.enforced;
        key.with_period = detail.has_period;
        key.inherited = inherited;
        key.comment = fact(object.comment);
        key.origin = object.origin;
        relation.foreign_keys.push_back(std::move(key));
        break;
      }
      case ConstraintKind::check: {
        CheckConstraint check;
        check.name = object.name;
        check.columns = names(table, detail.columns);
        std::sort(check.columns.begin(), check.columns.end());
        ShownParts::fill_check(*detail.check, &relation, check);
        check.validated = detail.validated;
        check.enforced = detail.enforced;
        check.no_inherit = detail.no_inherit;
        check.inherited = inherited;
        check.comment = fact(object.comment);
        check.origin = object.origin;
        relation.checks.push_back(std::move(check));
        break;
      }
      case ConstraintKind::exclusion: {
        ExclusionConstraint exclusion;
        exclusion.name = object.name;
        exclusion.inherited = inherited;
        exclusion.comment = fact(object.comment);
        exclusion.origin = object.origin;
        exclusion.predicate = Fact<Expression>::none();
        if (const Object* index = catalog_.find(detail.index)) {
          const auto& carried = std::get<IndexDetail>(index->detail);
          exclusion.method = carried.method;
          if (carried.predicate)
            exclusion.predicate = shown_.expression(*carried.predicate, &relation);
          for (std::size_t i = 0; i < carried.keys.size(); ++i) {
            const IndexKeyDetail& key = carried.keys[i];
            ExclusionElement element;
            if (key.column) {
              std::string name = quote_identifier(table.attributes[key.column - 1].name);
              element.key = {name, name, true};
            } else {
              element.key = shown_.expression(*key.expression, &relation);
            }
            if (i < detail.operators.size()) element.op = detail.operators[i];
            exclusion.elements.push_back(std::move(element));
          }
        }
        relation.exclusions.push_back(std::move(exclusion));
        break;
      }
    }
  }

  void add_index(const Object& object, const RelationDetail& table, Relation& relation) {
    const auto& detail = std::get<IndexDetail>(object.detail);
    Index index;
    index.name = object.name;
    index.method = detail.method;
    for (const IndexKeyDetail& stored : detail.keys) {
      IndexKey key;
      if (stored.column)
        key.column = table.attributes[stored.column - 1].name;
      else if (stored.expression)
        key.expression = shown_.expression(*stored.expression, &relation);
      key.operator_class = stored.operator_class;
      key.collation = stored.collation;
      if (stored.expression && key.collation.empty())
        key.collation = derived_collation(*stored.expression, relation);
      key.descending = stored.descending;
      key.nulls_first = stored.nulls_first;
      index.keys.push_back(std::move(key));
    }
    index.include = names(table, detail.include);
    index.predicate = Fact<Expression>::none();
    if (detail.predicate) index.predicate = shown_.expression(*detail.predicate, &relation);
    index.unique = detail.unique;
    index.nulls_not_distinct = detail.nulls_not_distinct;
    index.valid = detail.valid;
    if (const Object* constraint = catalog_.find(detail.constraint))
      index.constraint = constraint->name;
    index.inherited = detail.parent != kNoObject;
    index.comment = fact(object.comment);
    index.origin = object.origin;
    relation.indexes.push_back(std::move(index));
  }

  /// Text has the collation of the one column it is made of that has one of its own
  /// (src/backend/parser/parse_collate.c).
  static std::string derived_collation(const StoredExpression& stored, const Relation& relation) {
    TreeArena arena;
    const PgQuery__Node* node = unpack_tree(*stored.tree, arena);
    if (!node || !is_string_type(schemaudit::builtin_type(
                     type_of_expression(*node, column_types_of(relation)))))
      return {};
    for (const std::string& name : columns_of(*node)) {
      const Column* column = relation.find_column(name);
      if (!column) continue;
      if (column->collation.has_value()) return column->collation.value().name;
      if (column->type && column->type->normal == "name") return "C";
    }
    return {};
  }

  void add_trigger(const Object& object, const RelationDetail& table, Relation& relation) {
    const auto& detail = std::get<TriggerDetail>(object.detail);
    Trigger trigger;
    trigger.name = object.name;
    trigger.definition = detail.timing;
    std::string_view separator = " ";
    for (const std::string& event : detail.events) {
      trigger.definition += std::string(separator) + event;
      if (event == "UPDATE" && !detail.columns.empty())
        trigger.definition += " OF " + join_identifiers(names(table, detail.columns));
      separator = " OR ";
    }
    trigger.definition += " " + detail.level;
    if (detail.when)
      trigger.definition += " WHEN " + shown_.expression(*detail.when, &relation).normal;
    trigger.function = detail.routine_name;
    if (catalog_.find(detail.routine)) trigger.function = catalog_.name(detail.routine);
    trigger.enabled = detail.enabled;
    trigger.inherited = detail.parent != kNoObject;
    trigger.comment = fact(object.comment);
    trigger.origin = object.origin;
    relation.triggers.push_back(std::move(trigger));
  }

  void add_policy(const Object& object, Relation& relation) {
    const auto& detail = std::get<PolicyDetail>(object.detail);
    Policy policy;
    policy.name = object.name;
    policy.command = detail.command;
    policy.permissive = detail.permissive;
    policy.roles = detail.roles;
    policy.using_expression = Fact<Expression>::none();
    policy.check_expression = Fact<Expression>::none();
    if (detail.using_expression)
      policy.using_expression = shown_.expression(*detail.using_expression, &relation);
    if (detail.check_expression)
      policy.check_expression = shown_.expression(*detail.check_expression, &relation);
    policy.origin = object.origin;
    relation.policies.push_back(std::move(policy));
  }

  const Catalog& catalog_;
  ShownParts& shown_;
};

}  // namespace

Relation relation_of(const Catalog& catalog, const Object& object, ShownParts& shown) {
  return RelationMaker(catalog, shown).make(object);
}

}  // namespace schemaudit::replay
