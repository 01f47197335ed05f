#include "rules/foreign_key_text.h"

namespace schemaudit {

namespace {

std::string list(const std::vector<std::string>& columns) {
  return "(" + join_identifiers(columns) + ")";
}

bool is_stated(const std::optional<ReferentialAction>& action) {
  return action && *action != ReferentialAction::no_action;
}

}  // namespace

std::string describe(const ForeignKey& foreign_key) {
  std::string text =
      "FOREIGN KEY " + list(foreign_key.columns) + " REFERENCES " + to_string(foreign_key.target);
  if (!foreign_key.target_columns.empty()) text += " " + list(foreign_key.target_columns);
  if (foreign_key.match == MatchType::full) text += " MATCH FULL";
  if (is_stated(foreign_key.on_update))
    text += " ON UPDATE " + std::string(to_string(*foreign_key.on_update));
  if (is_stated(foreign_key.on_delete)) {
    text += " ON DELETE " + std::string(to_string(*foreign_key.on_delete));
    if (!foreign_key.on_delete_columns.empty()) text += " " + list(foreign_key.on_delete_columns);
  }
  if (foreign_key.deferrable.value_or(false)) text += " DEFERRABLE";
  if (foreign_key.initially_deferred.value_or(false)) text += " INITIALLY DEFERRED";
  if (foreign_key.enforced == false)
    text += " NOT ENFORCED";
  else if (foreign_key.validated == false)
    text += " NOT VALID";
  return text;
}

std::string name_of(const ForeignKey& foreign_key) {
  return foreign_key.name.empty() ? list(foreign_key.columns) : quote_identifier(foreign_key.name);
}

std::string key_of(const ForeignKey& foreign_key) {
  return list(foreign_key.columns) + " " + to_string(foreign_key.target) + " " +
         list(foreign_key.target_columns);
}

}  // namespace schemaudit
