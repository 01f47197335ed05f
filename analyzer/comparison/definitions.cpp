#include "analyzer/comparison/definitions.h"

namespace schemaudit {

namespace {

std::string list_of(const std::vector<std::string>& names) {
  return "(" + join_identifiers(names) + ")";
}

/// `(room, PERIOD stay)`, `(room, stay WITHOUT OVERLAPS)`: the last column is the range.
std::string list_with_period(const std::vector<std::string>& names, const std::string& before,
                             const std::string& after) {
  if (names.empty()) return "()";
  const std::vector<std::string> first(names.begin(), names.end() - 1);
  std::string text = "(" + join_identifiers(first);
  if (!first.empty()) text += ", ";
  return text + before + quote_identifier(names.back()) + after + ")";
}

std::string deferrable_text(const std::optional<bool>& deferrable,
                            const std::optional<bool>& initially_deferred) {
  if (!deferrable.value_or(false)) return {};
  return initially_deferred.value_or(false) ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
}

/// What is not enforced is never valid either.
std::string holding_text(const std::optional<bool>& validated,
                         const std::optional<bool>& enforced) {
  if (enforced == std::optional(false)) return " NOT ENFORCED";
  return validated == std::optional(false) ? " NOT VALID" : "";
}

}  // namespace

std::string definition_of(const KeyConstraint& key, bool primary) {
  std::string text = primary ? "PRIMARY KEY " : "UNIQUE ";
  if (key.nulls_not_distinct) text += "NULLS NOT DISTINCT ";
  text += key.without_overlaps ? list_with_period(key.columns, "", " WITHOUT OVERLAPS")
                               : list_of(key.columns);
  if (!key.include.empty()) text += " INCLUDE " + list_of(key.include);
  return text + deferrable_text(key.deferrable, key.initially_deferred);
}

std::string definition_of(const ForeignKey& key) {
  const auto columns = [&](const std::vector<std::string>& names) {
    return key.with_period ? list_with_period(names, "PERIOD ", "") : list_of(names);
  };
  std::string text = "FOREIGN KEY " + columns(key.columns) + " REFERENCES " + to_string(key.target);
  if (!key.target_columns.empty()) text += columns(key.target_columns);
  if (key.match == MatchType::full) text += " MATCH FULL";
  if (key.on_delete && *key.on_delete != ReferentialAction::no_action)
    text += " ON DELETE " + std::string(to_string(*key.on_delete));
  if (!key.on_delete_columns.empty()) text += " " + list_of(key.on_delete_columns);
  if (key.on_update && *key.on_update != ReferentialAction::no_action)
    text += " ON UPDATE " + std::string(to_string(*key.on_update));
  text += deferrable_text(key.deferrable, key.initially_deferred);
  return text + holding_text(key.validated, key.enforced);
}

std::string definition_of(const CheckConstraint& check) {
  std::string text = "CHECK (" + check.expression.text + ")";
  if (check.no_inherit) text += " NO INHERIT";
  return text + holding_text(check.validated, check.enforced);
}

std::string definition_of(const ExclusionConstraint& exclusion) {
  std::string text = "EXCLUDE USING " + exclusion.method + " (";
  for (std::size_t i = 0; i < exclusion.elements.size(); ++i)
    text += (i ? ", " : "") + exclusion.elements[i].key.text + " WITH " + exclusion.elements[i].op;
  text += ")";
  if (exclusion.predicate.has_value()) text += " WHERE (" + exclusion.predicate->text + ")";
  return text;
}

std::string definition_of(const Index& index) {
  std::string text = index.unique.value_or(false) ? "UNIQUE INDEX" : "INDEX";
  if (!index.method.empty() && index.method != "btree") text += " USING " + index.method;
  text += " (";
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    const IndexKey& key = index.keys[i];
    if (i > 0) text += ", ";
    text += key.column ? quote_identifier(*key.column)
                       : (key.expression ? key.expression->text : std::string());
    if (!key.collation.empty()) text += " COLLATE " + quote_identifier(key.collation);
    if (!key.operator_class.empty()) text += " " + key.operator_class;
    if (key.descending) text += " DESC";
    if (key.nulls_first) text += key.descending ? " NULLS LAST" : " NULLS FIRST";
  }
  text += ")";
  if (!index.include.empty()) text += " INCLUDE " + list_of(index.include);
  if (index.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  if (index.predicate.has_value()) text += " WHERE " + index.predicate->text;
  return text;
}

std::string definition_of(const Policy& policy) {
  constexpr const char* kCommands[] = {"ALL", "SELECT", "INSERT", "UPDATE", "DELETE"};
  std::string text = std::string(policy.permissive ? "" : "AS RESTRICTIVE ") + "FOR " +
                     kCommands[static_cast<int>(policy.command)] + " TO ";
  for (std::size_t i = 0; i < policy.roles.size(); ++i) text += (i ? ", " : "") + policy.roles[i];
  if (policy.using_expression.has_value()) text += " USING (" + policy.using_expression->text + ")";
  if (policy.check_expression.has_value())
    text += " WITH CHECK (" + policy.check_expression->text + ")";
  return text;
}

std::string definition_of(const Trigger& trigger) {
  std::string text = trigger.definition;
  if (!trigger.function.name.empty())
    text += " EXECUTE FUNCTION " + to_string(trigger.function) + "()";
  if (trigger.enabled == std::optional(false)) text += " (disabled)";
  return text;
}

std::string signature_of(const Function& function) {
  std::string text = to_string(function.name) + "(";
  for (std::size_t i = 0; i < function.arguments.size(); ++i)
    text += (i ? ", " : "") + function.arguments[i].normal;
  return text + ")";
}

}  // namespace schemaudit
