#include "analyzer/sql/replay/object_names.h"

#include <algorithm>

#include "analyzer/sql/builtin/builtin_catalog.h"
#include "analyzer/sql/replay/constraints.h"
#include "analyzer/sql/replay/names.h"
#include "analyzer/sql/replay/routine_lookup.h"

namespace schemaudit::replay {

namespace {

ObjectId relation_of_kind(Run& run, PgQuery__ObjectType type, const PgQuery__Node& node) {
  ObjectId relation = relation_named(run, name_of_object(&node));
  if (!relation) return kNoObject;
  const Kind kind = run.catalog.at(relation).kind;
  const char* wanted = nullptr;
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      if (kind != Kind::table && kind != Kind::partitioned_table) wanted = "a table";
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      if (kind != Kind::view) wanted = "a view";
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      if (kind != Kind::materialized_view) wanted = "a materialized view";
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      if (kind != Kind::foreign_table) wanted = "a foreign table";
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      if (kind != Kind::sequence) wanted = "a sequence";
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      if (kind != Kind::index) wanted = "an index";
      break;
    default:
      break;
  }
  if (wanted) refuse(quoted(run.catalog.at(relation).name) + " is not " + wanted);
  return relation;
}

ObjectId type_named(Run& run, const PgQuery__Node& node) {
  QualifiedName name = name_of_object(&node);
  if (ObjectId type = find_type(run, name)) return type;
  if (is_system_schema(name.schema)) return kNoObject;
  if (name.schema.empty() && is_builtin_type(name.name)) return kNoObject;
  not_found(run, "type " + quoted(to_string(name)) + " does not exist");
}

/// `{schema, table, part}`: a list with the part's name last.
ObjectId part_of_table(Run& run, PgQuery__ObjectType type, const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_LIST || node.list->n_items < 2) return kNoObject;
  const PgQuery__List& names = *node.list;
  ObjectId table = relation_named(run, name_of(names.n_items - 1, names.items));
  if (!table) return kNoObject;
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN) return table;
  std::string_view part = string_of(names.items[names.n_items - 1]);
  ObjectId found = kNoObject;
  const char* what = "constraint";
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT) {
    found = find_constraint(run.catalog, table, part);
  } else {
    Kind kind = type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER  ? Kind::trigger
                : type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ? Kind::policy
                                                               : Kind::rule;
    what = kind_name(kind).data();
    found = find_on_table(run.catalog, table, kind, part);
  }
  if (!found)
    refuse(std::string(what) + " " + quoted(part) + " for table " +
           quoted(run.catalog.at(table).name) + " does not exist");
  return found;
}

ObjectId domain_constraint(Run& run, const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_LIST || node.list->n_items != 2) return kNoObject;
  ObjectId domain = type_named(run, *node.list->items[0]);
  std::string_view name = string_of(node.list->items[1]);
  if (!domain) return kNoObject;
  const auto* detail = std::get_if<DomainDetail>(&run.catalog.at(domain).detail);
  if (!detail) refuse(quoted(run.catalog.at(domain).name) + " is not a domain");
  for (ObjectId constraint : detail->constraints)
    if (run.catalog.find(constraint) && run.catalog.at(constraint).name == name) return constraint;
  refuse("constraint " + quoted(name) + " for domain " + quoted(run.catalog.at(domain).name) +
         " does not exist");
}

}  // namespace

ObjectId find_on_table(const Catalog& catalog, ObjectId table, Kind kind, std::string_view name) {
  for (ObjectId user : catalog.users(table)) {
    const Object& object = catalog.at(user);
    if (object.kind != kind || object.name != name) continue;
    // Others only read the table.
    bool belongs = std::any_of(object.needs.begin(), object.needs.end(), [&](const Need& need) {
      return need.object == table && need.kind != NeedKind::normal;
    });
    if (belongs) return user;
  }
  return kNoObject;
}

ObjectId object_named(Run& run, PgQuery__ObjectType type, const PgQuery__Node& node) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return relation_of_kind(run, type, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return part_of_table(run, type, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return domain_constraint(run, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      return type_named(run, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
      ObjectId domain = type_named(run, node);
      if (domain && run.catalog.at(domain).kind != Kind::domain)
        refuse(quoted(run.catalog.at(domain).name) + " is not a domain");
      return domain;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
      std::string name = name_of_object(&node).name;
      return is_system_schema(name) ? kNoObject : schema_named(run, name);
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION: {
      std::string name = name_of_object(&node).name;
      ObjectId extension = run.catalog.find_extension(name);
      if (!extension && name != "plpgsql") refuse("extension " + quoted(name) + " does not exist");
      return extension;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      if (node.node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) return kNoObject;
      return routine_named(run, *node.object_with_args, false);
    default:
      return kNoObject;
  }
}

}  // namespace schemaudit::replay
