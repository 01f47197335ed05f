#include <string>
#include <utility>
#include <vector>

#include "rules/facts/descriptions.h"
#include "rules/facts/rule_settings.h"
#include "rules/findings/schema_findings.h"

namespace schemaudit {

extern const Rule empty_description;

namespace {

class Search {
 public:
  explicit Search(const SchemaContext& context) : context_(context) {}

  RuleOutcome run() {
    const Schema& schema = context_.schema;
    for (const Namespace& space : schema.namespaces)
      look(space.comment, {"schema", {}, {}, space.name}, space.origin);
    for (const Relation& relation : schema.relations) {
      const std::string kind = relation.is_view() ? "views" : "tables";
      if (relation.partition_of ||
          !is_told(kind, relation.name, relation.comment, in_docs(context_, relation)))
        look(relation.comment, object_of(relation), relation.origin);
      parts_of(relation);
    }
    for (const EnumType& type : schema.enums)
      if (!is_told("enums", type.name, type.comment, in_docs(context_, type))) top("enum", type);
    for (const Domain& domain : schema.domains) top("domain", domain);
    for (const OtherType& type : schema.other_types) top("type", type);
    for (const Sequence& sequence : schema.sequences) top("sequence", sequence);
    for (const Function& function : schema.functions) {
      if (is_told("functions", function.name, function.comment, in_docs(context_, function)))
        continue;
      std::string arguments;
      for (const Type& type : function.arguments)
        arguments += (arguments.empty() ? "" : ", ") + type.normal;
      look(function.comment, {"function", function.name.schema, {}, function.name.name},
           function.origin, arguments);
    }
    return std::move(outcome_);
  }

 private:
  /// Whether undescribed-table and its like speak of it already.
  bool is_told(const std::string& kind, const QualifiedName& name, const Fact<std::string>& comment,
               bool is_in_docs) const {
    const auto demand = documentation_demand(context_.policy(), kind);
    if (!demand || !is_in_scope(context_.policy(), name)) return false;
    const std::string rule = "undescribed-" + kind.substr(0, kind.size() - 1);
    return lets_speak(context_.config(), rule, "documentation") &&
           lacks_description(context_, *demand, comment, is_in_docs);
  }

  void look(const Fact<std::string>& comment, ObjectRef object, const Origin& origin,
            const std::string& key = {}) {
    if (!comment.has_value()) return;
    ++outcome_.checked;
    if (!describes_nothing(comment.value())) return;
    Finding finding = start_finding(context_, empty_description.info, std::move(object), origin);
    finding.message = "The comment on " + finding.object.kind + " " + to_string(finding.object) +
                      " describes nothing: \"" + comment.value() + "\".";
    finding.evidence.of(context_.role) = description_evidence(comment);
    finding.key = key;
    outcome_.findings.push_back(std::move(finding));
  }

  template <typename Object>
  void top(const char* kind, const Object& object) {
    look(object.comment, {kind, object.name.schema, {}, object.name.name}, object.origin);
  }

  template <typename Part>
  void parts(const Relation& relation, const char* kind, const std::vector<Part>& list) {
    for (const Part& part : list)
      look(part.comment, object_in(relation, kind, part.name), part.origin);
  }

  void parts_of(const Relation& relation) {
    for (const Column& column : relation.columns)
      if (!is_told("columns", relation.name, column.comment, in_docs(context_, relation, column)))
        look(column.comment, object_of(relation, column), column.origin);
    if (relation.primary_key)
      look(relation.primary_key->comment, constraint_of(relation, relation.primary_key->name),
           relation.primary_key->origin);
    parts(relation, "constraint", relation.unique_constraints);
    parts(relation, "constraint", relation.foreign_keys);
    parts(relation, "constraint", relation.checks);
    parts(relation, "constraint", relation.exclusions);
    parts(relation, "index", relation.indexes);
    parts(relation, "trigger", relation.triggers);
  }

  const SchemaContext& context_;
  RuleOutcome outcome_;
};

RuleOutcome check(const SchemaContext& context) {
  return Search(context).run();
}

}  // namespace

const Rule empty_description{
    {.id = "empty-description",
     .severity = Severity::low,
     .category = "documentation",
     .summary = "A comment in the database that is blank or a placeholder.",
     .docs = R"md(## What it does
Reports comments on any object that hold no word, or nothing but a placeholder: `TODO`, `TBD`,
`FIXME`, `n/a`, `-`, `???`.

## Why it matters
Tools count it as a description and readers find none: what was to be written was forgotten.

## Example
```sql
CREATE TABLE accruals (id bigint PRIMARY KEY);
COMMENT ON TABLE accruals IS 'TODO';
```

## Use instead
```sql
CREATE TABLE accruals (id bigint PRIMARY KEY);
COMMENT ON TABLE accruals IS 'Interest earned and not yet paid, one row a day.';
```

## Limits
A comment that says more than the placeholder (`TODO: drop after 4.2`) counts as one. Where
`[policy.documentation]` asks for a description, `undescribed-table` and its like speak instead.
)md"},
    check};

}  // namespace schemaudit
