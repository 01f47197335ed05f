#include "analyzer/cli/schema_text.h"

namespace schemaudit {

namespace {

std::string place(const Origin& origin) {
  return origin.from_file() ? "  [" + to_string(origin) + "]" : std::string();
}

void add_columns(const Relation& relation, std::string& text) {
  for (const Column& column : relation.columns) {
    text += "    " + quote_identifier(column.name);
    text += " " + (column.type ? column.type->normal + (column.type->loose ? "~" : "") : "?");
    if (!column.nullable)
      text += " null?";
    else if (!*column.nullable)
      text += " not null";
    if (column.default_value.has_value()) text += " default " + column.default_value->text;
    if (column.identity.has_value()) text += " identity";
    if (column.generated.has_value()) text += " generated";
    if (column.documented_values) {
      text += " values";
      for (const std::string& value : *column.documented_values) text += " '" + value + "'";
    }
    text += place(column.origin) + "\n";
  }
}

std::string named(const std::string& name) {
  return name.empty() ? std::string() : quote_identifier(name) + " ";
}

void add_constraints(const Relation& relation, std::string& text) {
  if (relation.primary_key)
    text += "    primary key " + named(relation.primary_key->name) + "(" +
            join_identifiers(relation.primary_key->columns) + ")" +
            place(relation.primary_key->origin) + "\n";
  for (const KeyConstraint& key : relation.unique_constraints)
    text += "    unique " + named(key.name) + "(" + join_identifiers(key.columns) + ")" +
            place(key.origin) + "\n";
  for (const ForeignKey& key : relation.foreign_keys)
    text += "    foreign key " + named(key.name) + "(" + join_identifiers(key.columns) + ") -> " +
            to_string(key.target) + "(" + join_identifiers(key.target_columns) + ")" +
            (key.on_delete ? " on delete " + std::string(to_string(*key.on_delete)) : "") +
            place(key.origin) + "\n";
  for (const CheckConstraint& check : relation.checks)
    text += "    check " + named(check.name) + check.expression.text + place(check.origin) + "\n";
  for (const ExclusionConstraint& exclusion : relation.exclusions)
    text += "    exclude " + named(exclusion.name) + place(exclusion.origin) + "\n";
}

void add_indexes(const Relation& relation, std::string& text) {
  for (const Index& index : relation.indexes) {
    text += std::string("    ") + (index.unique.value_or(false) ? "unique index " : "index ") +
            named(index.name) + "using " + (index.method.empty() ? "?" : index.method) + " (";
    for (std::size_t i = 0; i < index.keys.size(); ++i)
      text += (i ? ", " : "") +
              (index.keys[i].column ? quote_identifier(*index.keys[i].column)
                                    : (index.keys[i].expression ? index.keys[i].expression->text
                                                                : std::string("?"))) +
              (index.keys[i].descending ? " desc" : "");
    text += ")" + (index.predicate.has_value() ? " where " + index.predicate->text : "") +
            place(index.origin) + "\n";
  }
}

}  // namespace

std::string schema_text(const Schema& schema) {
  std::string text;
  for (const Relation& relation : schema.relations) {
    text += std::string(to_string(relation.kind)) + " " + to_string(relation.name) +
            (relation.coverage.columns ? "" : " (partial)") + place(relation.origin) + "\n";
    add_columns(relation, text);
    add_constraints(relation, text);
    add_indexes(relation, text);
    for (const Trigger& trigger : relation.triggers)
      text += "    trigger " + quote_identifier(trigger.name) + " " + trigger.definition +
              place(trigger.origin) + "\n";
    for (const Policy& policy : relation.policies)
      text += "    policy " + quote_identifier(policy.name) + place(policy.origin) + "\n";
  }
  for (const EnumType& type : schema.enums) {
    text += "enum " + to_string(type.name) + " (";
    for (std::size_t i = 0; i < type.labels.size(); ++i)
      text += (i ? ", '" : "'") + type.labels[i] + "'";
    text += ")" + place(type.origin) + "\n";
  }
  for (const Domain& domain : schema.domains)
    text += "domain " + to_string(domain.name) + " " + (domain.base ? domain.base->normal : "?") +
            place(domain.origin) + "\n";
  for (const OtherType& type : schema.other_types)
    text += "type " + to_string(type.name) + " " + type.definition + place(type.origin) + "\n";
  for (const Sequence& sequence : schema.sequences)
    text +=
        "sequence " + to_string(sequence.name) +
        (sequence.owned_by_table.has_value() ? " of " + to_string(sequence.owned_by_table.value()) +
                                                   "." + quote_identifier(sequence.owned_by_column)
                                             : std::string()) +
        place(sequence.origin) + "\n";
  for (const Function& function : schema.functions)
    text += "function " + to_string(function.name) + place(function.origin) + "\n";
  for (const Extension& extension : schema.extensions)
    text += "extension " + extension.name + place(extension.origin) + "\n";
  for (const Namespace& space : schema.namespaces)
    text += "schema " + quote_identifier(space.name) + place(space.origin) + "\n";
  return text;
}

}  // namespace schemaudit
