#include "analyzer/cli/schema_text.h"

#include "reports/runner_commands.h"
#include "reports/visible_text.h"

namespace schemaudit {

namespace {

/// Names may hold anything.
void add_line(std::string& text, const std::string& line) {
  text += without_runner_commands(visible_line(line)) + "\n";
}

std::string place(const Origin& origin) {
  return origin.from_file() ? "  [" + to_string(origin) + "]" : std::string();
}

void add_columns(const Relation& relation, std::string& text) {
  for (const Column& column : relation.columns) {
    std::string line = "    " + quote_identifier(column.name);
    line += " " + (column.type ? column.type->normal + (column.type->loose ? "~" : "") : "?");
    if (!column.nullable)
      line += " null?";
    else if (!*column.nullable)
      line += " not null";
    if (column.default_value.has_value()) line += " default " + column.default_value->text;
    if (column.identity.has_value()) line += " identity";
    if (column.generated.has_value()) line += " generated";
    if (column.documented_values) {
      line += " values";
      for (const std::string& value : *column.documented_values) line += " '" + value + "'";
    }
    add_line(text, line + place(column.origin));
  }
}

std::string named(const std::string& name) {
  return name.empty() ? std::string() : quote_identifier(name) + " ";
}

void add_constraints(const Relation& relation, std::string& text) {
  if (relation.primary_key)
    add_line(text, "    primary key " + named(relation.primary_key->name) + "(" +
                       join_identifiers(relation.primary_key->columns) + ")" +
                       place(relation.primary_key->origin));
  for (const KeyConstraint& key : relation.unique_constraints)
    add_line(text, "    unique " + named(key.name) + "(" + join_identifiers(key.columns) + ")" +
                       place(key.origin));
  for (const ForeignKey& key : relation.foreign_keys)
    add_line(text,
             "    foreign key " + named(key.name) + "(" + join_identifiers(key.columns) + ") -> " +
                 to_string(key.target) + "(" + join_identifiers(key.target_columns) + ")" +
                 (key.on_delete ? " on delete " + std::string(to_string(*key.on_delete)) : "") +
                 place(key.origin));
  for (const CheckConstraint& check : relation.checks)
    add_line(text, "    check " + named(check.name) + check.expression.text + place(check.origin));
  for (const ExclusionConstraint& exclusion : relation.exclusions)
    add_line(text, "    exclude " + named(exclusion.name) + place(exclusion.origin));
}

void add_indexes(const Relation& relation, std::string& text) {
  for (const Index& index : relation.indexes) {
    std::string line =
        std::string("    ") + (index.unique.value_or(false) ? "unique index " : "index ") +
        named(index.name) + "using " + (index.method.empty() ? "?" : index.method) + " (";
    for (std::size_t i = 0; i < index.keys.size(); ++i)
      line += (i ? ", " : "") +
              (index.keys[i].column ? quote_identifier(*index.keys[i].column)
                                    : (index.keys[i].expression ? index.keys[i].expression->text
                                                                : std::string("?"))) +
              (index.keys[i].descending ? " desc" : "");
    line += ")" + (index.predicate.has_value() ? " where " + index.predicate->text : "") +
            place(index.origin);
    add_line(text, line);
  }
}

}  // namespace

std::string schema_text(const Schema& schema) {
  std::string text;
  for (const Relation& relation : schema.relations) {
    add_line(text, std::string(to_string(relation.kind)) + " " + to_string(relation.name) +
                       (relation.coverage.columns ? "" : " (partial)") + place(relation.origin));
    add_columns(relation, text);
    add_constraints(relation, text);
    add_indexes(relation, text);
    for (const Trigger& trigger : relation.triggers)
      add_line(text, "    trigger " + quote_identifier(trigger.name) + " " + trigger.definition +
                         place(trigger.origin));
    for (const Policy& policy : relation.policies)
      add_line(text, "    policy " + quote_identifier(policy.name) + place(policy.origin));
  }
  for (const EnumType& type : schema.enums) {
    std::string line = "enum " + to_string(type.name) + " (";
    for (std::size_t i = 0; i < type.labels.size(); ++i)
      line += (i ? ", '" : "'") + type.labels[i] + "'";
    add_line(text, line + ")" + place(type.origin));
  }
  for (const Domain& domain : schema.domains)
    add_line(text, "domain " + to_string(domain.name) + " " +
                       (domain.base ? domain.base->normal : "?") + place(domain.origin));
  for (const OtherType& type : schema.other_types)
    add_line(text, "type " + to_string(type.name) + " " + type.definition + place(type.origin));
  for (const Sequence& sequence : schema.sequences)
    add_line(text, "sequence " + to_string(sequence.name) +
                       (sequence.owned_by_table.has_value()
                            ? " of " + to_string(sequence.owned_by_table.value()) + "." +
                                  quote_identifier(sequence.owned_by_column)
                            : std::string()) +
                       place(sequence.origin));
  for (const Function& function : schema.functions)
    add_line(text, "function " + to_string(function.name) + place(function.origin));
  for (const Extension& extension : schema.extensions)
    add_line(text, "extension " + extension.name + place(extension.origin));
  for (const Namespace& space : schema.namespaces)
    add_line(text, "schema " + quote_identifier(space.name) + place(space.origin));
  return text;
}

}  // namespace schemaudit
