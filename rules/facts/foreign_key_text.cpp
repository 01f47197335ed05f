#include "rules/facts/foreign_key_text.h"

#include "rules/facts/sql_names.h"

namespace schemaudit {

namespace {

bool is_stated(const std::optional<ReferentialAction>& action) {
  return action && *action != ReferentialAction::no_action;
}

}  // namespace

std::string describe(const ForeignKey& foreign_key) {
  std::string text = "FOREIGN KEY " + sql_list(foreign_key.columns) + " REFERENCES " +
                     sql_name(foreign_key.target);
  if (!foreign_key.target_columns.empty()) text += " " + sql_list(foreign_key.target_columns);
  if (foreign_key.match == MatchType::full) text += " MATCH FULL";
  if (is_stated(foreign_key.on_update))
    text += " ON UPDATE " + std::string(to_string(*foreign_key.on_update));
  if (is_stated(foreign_key.on_delete)) {
    text += " ON DELETE " + std::string(to_string(*foreign_key.on_delete));
    if (!foreign_key.on_delete_columns.empty())
      text += " " + sql_list(foreign_key.on_delete_columns);
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
  return foreign_key.name.empty() ? sql_list(foreign_key.columns)
                                  : quote_identifier(foreign_key.name);
}

std::string key_of(const ForeignKey& foreign_key) {
  return sql_list(foreign_key.columns) + " " + to_string(foreign_key.target) + " " +
         sql_list(foreign_key.target_columns);
}

}  // namespace schemaudit
