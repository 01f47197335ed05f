// Every name that people gave to something in a schema, with what it names.
//
//   for (const SchemaName& name : schema_names(context.schema))
//     if (name.kind == "tables" && name.text.size() == 63) ...
//
// Partitions and what is in them, inherited columns and constraints, and the indexes that carry
// out constraints are left out: their names follow from others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace schemaudit {

struct SchemaName {
  /// As in [policy.naming]: schemas, tables, columns, views, primary_keys, unique, foreign_keys,
  /// checks, indexes, sequences, enums, functions, triggers, policies; and exclusions, domains,
  /// types.
  std::string_view kind;
  std::string text;
  ObjectRef object;
  Origin origin;
  /// Tells overloaded functions apart.
  std::string key = {};
};

std::vector<SchemaName> schema_names(const Schema& schema);

/// `Column public.users.email`, `Index users_email_idx of public.users`.
std::string describe(const SchemaName& name);

}  // namespace schemaudit
