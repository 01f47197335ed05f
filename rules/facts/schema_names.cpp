#include "rules/facts/schema_names.h"

#include <utility>

#include "rules/facts/tables.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

namespace {

class NameList {
 public:
  explicit NameList(const Schema& schema) : schema_(schema) {}

  std::vector<SchemaName> make() {
    for (const Namespace& space : schema_.namespaces)
      if (space.name != "public") add("schemas", {"schema", {}, {}, space.name}, space.origin);
    for (const Relation& relation : schema_.relations) {
      if (relation.partition_of) continue;
      add(relation.is_view() ? "views" : "tables", object_of(relation), relation.origin);
      if (stands_for_itself(relation)) parts_of(relation);
    }
    for (const EnumType& type : schema_.enums) top("enums", "enum", type.name, type.origin);
    for (const Domain& domain : schema_.domains)
      top("domains", "domain", domain.name, domain.origin);
    for (const OtherType& type : schema_.other_types) top("types", "type", type.name, type.origin);
    for (const Sequence& sequence : schema_.sequences)
      top("sequences", "sequence", sequence.name, sequence.origin);
    for (const Function& function : schema_.functions) {
      top("functions", "function", function.name, function.origin);
      for (const Type& type : function.arguments)
        names_.back().key += (names_.back().key.empty() ? "" : ", ") + type.normal;
    }
    return std::move(names_);
  }

 private:
  void add(std::string_view kind, ObjectRef object, const Origin& origin) {
    if (object.name.empty()) return;
    std::string text = object.name;
    names_.push_back({kind, std::move(text), std::move(object), origin});
  }

  void top(std::string_view kind, const char* object_kind, const QualifiedName& name,
           const Origin& origin) {
    add(kind, {object_kind, name.schema, {}, name.name}, origin);
  }

  template <typename Constraint>
  void constraints(std::string_view kind, const Relation& relation,
                   const std::vector<Constraint>& list) {
    for (const Constraint& constraint : list)
      if (!constraint.inherited)
        add(kind, constraint_of(relation, constraint.name), constraint.origin);
  }

  void parts_of(const Relation& relation) {
    for (const Column& column : relation.columns)
      if (!column.inherited) add("columns", object_of(relation, column), column.origin);
    if (relation.primary_key && !relation.primary_key->inherited)
      add("primary_keys", constraint_of(relation, relation.primary_key->name),
          relation.primary_key->origin);
    constraints("unique", relation, relation.unique_constraints);
    constraints("foreign_keys", relation, relation.foreign_keys);
    constraints("checks", relation, relation.checks);
    constraints("exclusions", relation, relation.exclusions);
    for (const Index& index : relation.indexes)
      if (!index.inherited && index.constraint.empty())
        add("indexes", index_of(relation, index.name), index.origin);
    for (const Trigger& trigger : relation.triggers)
      if (!trigger.inherited)
        add("triggers", object_in(relation, "trigger", trigger.name), trigger.origin);
    for (const Policy& policy : relation.policies)
      add("policies", object_in(relation, "policy", policy.name), policy.origin);
  }

  const Schema& schema_;
  std::vector<SchemaName> names_;
};

}  // namespace

std::vector<SchemaName> schema_names(const Schema& schema) {
  return NameList(schema).make();
}

std::string describe(const SchemaName& name) {
  const ObjectRef& object = name.object;
  std::string kind = object.kind;
  kind.front() = static_cast<char>(kind.front() - 'a' + 'A');
  const QualifiedName table{object.schema, object.table};
  if (object.kind == "column")
    return kind + " " + to_string(table) + "." + quote_identifier(object.name);
  if (!object.table.empty() && object.kind != "table" && object.kind != "view")
    return kind + " " + quote_identifier(object.name) + " of " + to_string(table);
  return kind + " " + to_string(QualifiedName{object.schema, object.name});
}

}  // namespace schemaudit
