#include "analyzer/sql/replay/enum_labels.h"

#include <algorithm>
#include <functional>
#include <set>

#include "analyzer/sql/literal.h"
#include "analyzer/sql/replay/expressions.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"
#include "analyzer/sql/tree_walk.h"

namespace schemaudit::replay {

namespace {

using Names = std::set<std::string, std::less<>>;

bool is_of_type(const Catalog& catalog, const std::optional<TypeRef>& type, ObjectId wanted) {
  return type && base_of(catalog, *type).type == wanted;
}

/// Columns of the relation that have the type, or a domain over it.
void add_columns(const Catalog& catalog, ObjectId relation, ObjectId type, Names& names) {
  const Object* object = catalog.find(relation);
  const auto* detail = object ? std::get_if<RelationDetail>(&object->detail) : nullptr;
  if (!detail) return;
  for (const Attribute& attribute : detail->attributes)
    if (!attribute.dropped && is_of_type(catalog, attribute.type, type))
      names.insert(attribute.name);
}

class LabelRenamer {
 public:
  LabelRenamer(QualifiedName type, const Names& columns, const std::string& from,
               const std::string& to)
      : type_(std::move(type)), columns_(columns), from_(from), to_(to) {}

  /// `assigned`: the whole expression takes the enum's type.
  void rename(StoredExpression& expression, bool assigned) {
    if (expression.undecided || !expression.tree ||
        expression.tree->find(from_) == std::string::npos)
      return;
    TreeArena arena;
    arena_ = &arena;
    PgQuery__Node* node = unpack_tree(*expression.tree, arena);
    if (!node) return;
    changed_ = false;
    if (!assigned && !speaks_of_enum(*node)) return;
    if (assigned) constants(node);
    walk_tree(node->base, [&](ProtobufCMessage& message) {
      if (auto* part = as<PgQuery__Node>(message)) visit(*part);
      return true;
    });
    bool left = false;
    walk_tree(node->base, [&](ProtobufCMessage& message) {
      auto* constant = as<PgQuery__AConst>(message);
      if (constant && is_string(*constant) &&
          std::string_view(constant->sval->sval).find(from_) != std::string_view::npos &&
          (constant->sval->sval == from_ || constant->sval->sval[0] == '{'))
        left = true;
      return true;
    });
    if (left) expression.undecided = true;
    if (!changed_) return;
    expression.tree = pack_tree(*node);
    if (std::string text = shown_text(*node); !text.empty()) expression.text = std::move(text);
  }

 private:
  static bool is_string(const PgQuery__AConst& constant) {
    return !constant.isnull && constant.val_case == PG_QUERY__A__CONST__VAL_SVAL;
  }

  bool is_enum_column(const PgQuery__Node* node) const {
    return node && node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
           node->column_ref->n_fields > 0 &&
           columns_.count(string_of(node->column_ref->fields[node->column_ref->n_fields - 1])) > 0;
  }

  bool speaks_of_enum(PgQuery__Node& node) const {
    bool found = false;
    walk_tree(node.base, [&](ProtobufCMessage& message) {
      if (auto* part = as<PgQuery__Node>(message)) found = found || is_enum_column(part);
      if (auto* type = as<PgQuery__TypeName>(message))
        found = found || name_of(type->n_names, type->names) == type_;
      return !found;
    });
    return found;
  }

  void visit(PgQuery__Node& node) {
    switch (node.node_case) {
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        if (node.type_cast->type_name &&
            name_of(node.type_cast->type_name->n_names, node.type_cast->type_name->names) == type_)
          constants(node.type_cast->arg);
        break;
      case PG_QUERY__NODE__NODE_A_EXPR:
        if (is_enum_column(node.a_expr->lexpr)) constants(node.a_expr->rexpr);
        if (is_enum_column(node.a_expr->rexpr)) constants(node.a_expr->lexpr);
        break;
      case PG_QUERY__NODE__NODE_CASE_EXPR:
        if (is_enum_column(node.case_expr->arg))
          for (std::size_t i = 0; i < node.case_expr->n_args; ++i)
            constants(node.case_expr->args[i]->case_when->expr);
        break;
      case PG_QUERY__NODE__NODE_COALESCE_EXPR: {
        PgQuery__CoalesceExpr& coalesce = *node.coalesce_expr;
        if (std::any_of(coalesce.args, coalesce.args + coalesce.n_args,
                        [&](const PgQuery__Node* part) { return is_enum_column(part); }))
          for (std::size_t i = 0; i < coalesce.n_args; ++i) constants(coalesce.args[i]);
        break;
      }
      default:
        break;
    }
  }

  /// Renames a literal, or those in a list or an array.
  void constants(PgQuery__Node* node) {
    if (!node) return;
    switch (node->node_case) {
      case PG_QUERY__NODE__NODE_A_CONST:
        if (!is_string(*node->a_const) || node->a_const->sval->sval != from_) return;
        node->a_const->sval->sval = arena_->keep(to_);
        changed_ = true;
        return;
      case PG_QUERY__NODE__NODE_LIST:
        for (std::size_t i = 0; i < node->list->n_items; ++i) constants(node->list->items[i]);
        return;
      case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        for (std::size_t i = 0; i < node->a_array_expr->n_elements; ++i)
          constants(node->a_array_expr->elements[i]);
        return;
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        if (node->type_cast->type_name && name_of(node->type_cast->type_name->n_names,
                                                  node->type_cast->type_name->names) == type_)
          constants(node->type_cast->arg);
        return;
      default:
        return;
    }
  }

  QualifiedName type_;
  const Names& columns_;
  std::string from_, to_;
  TreeArena* arena_ = nullptr;
  bool changed_ = false;
};

/// Calls `use(expression, assigned)` for each expression of the object.
template <typename AnyObject, typename Use>
void each_expression(AnyObject& object, const Catalog& catalog, ObjectId type, const Use& use) {
  if (auto* constraint = std::get_if<ConstraintDetail>(&object.detail)) {
    if (constraint->check) use(*constraint->check, false);
  } else if (auto* value = std::get_if<DefaultDetail>(&object.detail)) {
    const auto& attributes = catalog.relation(value->table).attributes;
    use(value->expression,
        is_of_type(catalog, attributes[static_cast<std::size_t>(value->column - 1)].type, type));
  } else if (auto* index = std::get_if<IndexDetail>(&object.detail)) {
    if (index->predicate) use(*index->predicate, false);
    for (auto& key : index->keys)
      if (key.expression) use(*key.expression, false);
  } else if (auto* trigger = std::get_if<TriggerDetail>(&object.detail)) {
    if (trigger->when) use(*trigger->when, false);
  } else if (auto* policy = std::get_if<PolicyDetail>(&object.detail)) {
    if (policy->using_expression) use(*policy->using_expression, false);
    if (policy->check_expression) use(*policy->check_expression, false);
  } else if (auto* domain = std::get_if<DomainDetail>(&object.detail)) {
    if (domain->default_value) use(*domain->default_value, is_of_type(catalog, domain->base, type));
  } else if (auto* relation = std::get_if<RelationDetail>(&object.detail)) {
    if (relation->definition) use(*relation->definition, false);
  }
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

/// Bounds of list partitions are kept as text: their literals stand in it as they are.
void rename_in_bounds(Run& run, ObjectId table, const Names& columns, const std::string& from,
                      const std::string& to) {
  const RelationDetail& relation = run.catalog.relation(table);
  if (!relation.partition_key) return;
  bool keyed = false;
  for (const StoredPartitionKey::Part& part : relation.partition_key->parts)
    keyed = keyed ||
            (part.column > 0 &&
             columns.count(relation.attributes[static_cast<std::size_t>(part.column - 1)].name));
  if (!keyed) return;
  for (ObjectId child : run.catalog.children(table)) {
    RelationDetail& partition = run.catalog.edit_relation(child);
    replace_all(partition.bound.text, quote_literal(from), quote_literal(to));
    replace_all(partition.bound.normal, quote_literal(from), quote_literal(to));
  }
}

}  // namespace

void rename_enum_label_everywhere(Run& run, ObjectId type, const std::string& from,
                                  const std::string& to) {
  const QualifiedName type_name = run.catalog.name(type);
  std::vector<ObjectId> objects;
  run.catalog.for_each([&](const Object& object) { objects.push_back(object.id); });
  for (ObjectId id : objects) {
    Names columns;
    add_columns(run.catalog, id, type, columns);
    if (is_table(run.catalog.at(id).kind)) rename_in_bounds(run, id, columns, from, to);
    for (const Need& need : run.catalog.at(id).needs)
      add_columns(run.catalog, need.object, type, columns);
    // What an exclusion's index reads is needed by its constraint.
    if (const auto* index = std::get_if<IndexDetail>(&run.catalog.at(id).detail))
      add_columns(run.catalog, index->table, type, columns);
    // A domain's check speaks of VALUE.
    if (const auto* check = std::get_if<ConstraintDetail>(&run.catalog.at(id).detail))
      if (const Object* domain = run.catalog.find(check->table))
        if (const auto* detail = std::get_if<DomainDetail>(&domain->detail))
          if (is_of_type(run.catalog, detail->base, type)) columns.insert("value");
    LabelRenamer renamer(type_name, columns, from, to);
    bool wanted = false;
    each_expression(
        run.catalog.at(id), run.catalog, type, [&](const StoredExpression& expression, bool) {
          wanted = wanted || (expression.tree && expression.tree->find(from) != std::string::npos);
        });
    if (!wanted) continue;
    each_expression(
        run.catalog.edit(id), run.catalog, type,
        [&](StoredExpression& expression, bool assigned) { renamer.rename(expression, assigned); });
  }
}

}  // namespace schemaudit::replay
