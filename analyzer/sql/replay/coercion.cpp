#include "analyzer/sql/replay/coercion.h"

#include <algorithm>
#include <deque>
#include <memory>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/expression_types.h"
#include "analyzer/sql/literal_fault.h"
#include "analyzer/sql/replay/columns.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/types.h"

namespace schemaudit::replay {

namespace {

enum class Coercion { implicit, assignment, none, unknown };

/// Of `schema.name`, which needs no parser where neither needs quotes; kNoObject for all else.
ObjectId plainly_named(Run& run, std::string_view spelling) {
  const std::size_t dot = spelling.find('.');
  if (dot == std::string_view::npos) return kNoObject;
  const QualifiedName name{std::string(spelling.substr(0, dot)),
                           std::string(spelling.substr(dot + 1))};
  if (to_string(name) != spelling || is_system_schema(name.schema)) return kNoObject;
  return find_type(run, name);
}

TypeRef type_spelled(Run& run, const std::string& spelling) {
  if (schemaudit::builtin_type(spelling) != kNoType) return builtin_type(spelling);
  if (const ObjectId named = plainly_named(run, spelling)) {
    TypeRef type;
    type.type = named;
    return type;
  }
  Tree tree = parse_sql("SELECT NULL::" + spelling);
  const PgQuery__Node* cast = expression_of(tree);
  if (!cast || cast->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) return builtin_type(spelling);
  return resolve_type(run, *cast->type_cast->type_name);
}

bool is_array(const TypeRef& type) {
  return type.type ? type.is_array : element_of(schemaudit::builtin_type(type.spelling)) != kNoType;
}

TypeRef element(TypeRef array) {
  if (!array.type)
    return builtin_type(
        std::string(builtin_type_name(element_of(schemaudit::builtin_type(array.spelling)))));
  array.is_array = false;
  return array;
}

bool same_type(const TypeRef& a, const TypeRef& b) {
  if (a.type || b.type) return a.type == b.type && a.is_array == b.is_array;
  return schemaudit::builtin_type(a.spelling) == schemaudit::builtin_type(b.spelling);
}

Coercion coercion(const Run& run, TypeRef from, TypeRef to) {
  from = base_of(run.catalog, std::move(from));
  to = base_of(run.catalog, std::move(to));
  const TypeId source = from.type ? kNoType : schemaudit::builtin_type(from.spelling);
  const TypeId target = to.type ? kNoType : schemaudit::builtin_type(to.spelling);
  if ((!from.type && source == kNoType) || (!to.type && target == kNoType))
    return Coercion::unknown;
  if (same_type(from, to)) return Coercion::implicit;
  if (run.session.has_own_casts || type_category(target) == 'P' || type_category(source) == 'P')
    return Coercion::unknown;
  if (!from.type && !to.type) {
    const char context = cast_context(source, target);
    if (context == 'i') return Coercion::implicit;
    if (context == 'a' || type_category(target) == 'S') return Coercion::assignment;
    return Coercion::none;
  }
  for (const TypeRef& type : {from, to}) {
    if (!type.type) continue;
    // Types of extensions and of users' own making bring casts; so does inheritance to rows.
    const Object* object = run.catalog.find(type.type);
    if (!object || (object->kind != Kind::enum_type && object->kind != Kind::range_type &&
                    object->kind != Kind::composite_type && object->kind != Kind::domain))
      return Coercion::unknown;
  }
  if (type_category(target) == 'S') return Coercion::assignment;
  if (is_array(from) && is_array(to)) return coercion(run, element(from), element(to));
  return Coercion::none;
}

Coercion coercion_of(Run& run, const std::string& from, const TypeRef& to) {
  if (from.empty() || run.session.has_unknown_objects) return Coercion::unknown;
  return coercion(run, type_spelled(run, from), to);
}

}  // namespace

std::string settled_type(const PgQuery__Node& node, const ColumnTypes& types) {
  if (node.node_case == PG_QUERY__NODE__NODE_SUB_LINK ||
      node.node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
    return {};
  if (node.node_case == PG_QUERY__NODE__NODE_A_CONST &&
      (node.a_const->isnull || node.a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL))
    return {};
  return type_of_expression(node, types);
}

TypeRef base_type(Run& run, const std::string& spelling) {
  return base_of(run.catalog, type_spelled(run, spelling));
}

void require_value(Run& run, const PgQuery__Node& node, const TypeRef& type, int location) {
  if (node.node_case != PG_QUERY__NODE__NODE_A_CONST || node.a_const->isnull ||
      node.a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
    return;
  const std::string_view text = node.a_const->sval->sval;
  const TypeRef base = base_of(run.catalog, type);
  if (!base.type) {
    if (std::string fault = fault_of_literal(text, schemaudit::builtin_type(base.spelling));
        !fault.empty())
      refuse(std::move(fault), location);
    return;
  }
  if (base.is_array || !run.catalog.find(base.type)) return;
  const auto* labels = std::get_if<EnumDetail>(&run.catalog.at(base.type).detail);
  if (labels &&
      std::find(labels->labels.begin(), labels->labels.end(), text) == labels->labels.end())
    refuse("invalid input value for enum " + type_text(run.catalog, base) + ": \"" +
               std::string(text) + "\"",
           location);
}

bool may_be_assigned(Run& run, const std::string& from, const TypeRef& to) {
  return coercion_of(run, from, to) != Coercion::none;
}

bool may_be_passed(Run& run, const std::string& from, const TypeRef& to) {
  const Coercion how = coercion_of(run, from, to);
  return how == Coercion::implicit || how == Coercion::unknown;
}

bool is_the_type(Run& run, const std::string& from, const TypeRef& to) {
  return !from.empty() && same_type(base_of(run.catalog, type_spelled(run, from)), to);
}

ColumnTypes column_types(const Catalog& catalog, ObjectId table) {
  // Each spelling lasts for as long as the function does.
  auto spellings = std::make_shared<std::deque<std::string>>();
  return [&catalog, table, spellings](std::string_view name) -> std::string_view {
    const int column = find_attribute(catalog.relation(table), name);
    if (!column) return {};
    return spellings->emplace_back(column_type(catalog, table, column));
  };
}

}  // namespace schemaudit::replay
