#include "rules/facts/schema_names.h"

#include <utility>

#include "rules/facts/object_refs.h"
#include "rules/facts/tables.h"

namespace schemaudit {

namespace {

class NameList {
 public:
  NameList(const Schema& schema, NameFilter wanted) : schema_(schema), wanted_(wanted) {}

  std::vector<SchemaName> make() {
    for (const Namespace& space : schema_.namespaces)
      if (space.name != "public")
        add("schemas", space, [&] { return ObjectRef{"schema", {}, {}, space.name}; });
    for (const Relation& relation : schema_.relations) {
      if (relation.partition_of) continue;
      add(relation.is_view() ? "views" : "tables", relation.name.name, relation.origin,
          [&] { return object_of(relation); });
      if (stands_for_itself(relation)) parts_of(relation);
    }
    for (const EnumType& type : schema_.enums) top("enums", "enum", type);
    for (const Domain& domain : schema_.domains) top("domains", "domain", domain);
    for (const OtherType& type : schema_.other_types) top("types", "type", type);
    for (const Sequence& sequence : schema_.sequences) top("sequences", "sequence", sequence);
    for (const Function& function : schema_.functions) {
      if (!top("functions", "function", function)) continue;
      for (const Type& type : function.arguments)
        names_.back().key += (names_.back().key.empty() ? "" : ", ") + type.normal;
    }
    return std::move(names_);
  }

 private:
  /// Objects are named for the few that are wanted only: a schema has tens of thousands of names.
  template <typename MakeObject>
  bool add(std::string_view kind, const std::string& name, const Origin& origin,
           const MakeObject& object) {
    if (name.empty() || !wanted_(kind, name)) return false;
    names_.push_back({kind, name, object(), origin});
    return true;
  }

  template <typename Element, typename MakeObject>
  bool add(std::string_view kind, const Element& element, const MakeObject& object) {
    return add(kind, element.name, element.origin, object);
  }

  template <typename Element>
  bool top(std::string_view kind, const char* object_kind, const Element& element) {
    const QualifiedName& name = element.name;
    return add(kind, name.name, element.origin, [&] {
      return ObjectRef{object_kind, name.schema, {}, name.name};
    });
  }

  template <typename Constraint>
  void constraints(std::string_view kind, const Relation& relation,
                   const std::vector<Constraint>& list) {
    for (const Constraint& constraint : list)
      if (!constraint.inherited)
        add(kind, constraint, [&] { return constraint_of(relation, constraint.name); });
  }

  void parts_of(const Relation& relation) {
    for (const Column& column : relation.columns)
      if (!column.inherited) add("columns", column, [&] { return object_of(relation, column); });
    if (relation.primary_key && !relation.primary_key->inherited)
      add("primary_keys", *relation.primary_key,
          [&] { return constraint_of(relation, relation.primary_key->name); });
    constraints("unique", relation, relation.unique_constraints);
    constraints("foreign_keys", relation, relation.foreign_keys);
    constraints("checks", relation, relation.checks);
    constraints("exclusions", relation, relation.exclusions);
    for (const Index& index : relation.indexes)
      if (!index.inherited && index.constraint.empty())
        add("indexes", index, [&] { return index_of(relation, index.name); });
    for (const Trigger& trigger : relation.triggers)
      if (!trigger.inherited)
        add("triggers", trigger, [&] { return object_in(relation, "trigger", trigger.name); });
    for (const Policy& policy : relation.policies)
      add("policies", policy, [&] { return object_in(relation, "policy", policy.name); });
  }

  const Schema& schema_;
  NameFilter wanted_;
  std::vector<SchemaName> names_;
};

}  // namespace

std::vector<SchemaName> schema_names(const Schema& schema, const NameFilter& wanted) {
  return NameList(schema, wanted).make();
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
