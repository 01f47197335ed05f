// Every name that people gave to something in a schema, with what it names.
//
//   auto is_long = [](std::string_view kind, std::string_view name) { return name.size() == 63; };
//   for (const SchemaName& name : schema_names(context.schema, is_long)) ...
//
// Partitions and what is in them, inherited columns and constraints, and the indexes that carry
// out constraints are left out: their names follow from others.
#pragma once

#include <functional>
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

/// Whether a name of a kind is wanted; asked once for every name of the schema.
using NameFilter = std::function<bool(std::string_view kind, const std::string& name)>;

std::vector<SchemaName> schema_names(const Schema& schema, const NameFilter& wanted);

/// `Column public.users.email`, `Index users_email_idx of public.users`.
std::string describe(const SchemaName& name);

}  // namespace schemaudit
