// What CREATE EXTENSION brings: the contrib extensions of PostgreSQL's own distribution and, by
// their types, a few that are everywhere.
//
//   const KnownExtension* citext = find_known_extension("citext");
//   // citext->types == {"citext"}; nullptr for an extension that is not known
//
// Nothing is known of columns, signatures or the views that an extension makes.
#pragma once

#include <span>
#include <string_view>

namespace schemaudit {

struct KnownExtension {
  std::string_view name;
  /// Bare names, sorted; no array types and no row types of tables.
  std::span<const std::string_view> types;
  std::span<const std::string_view> functions;
  std::span<const std::string_view> operator_classes;
  bool relocatable = true;
  /// The schema it insists on; empty where it goes into the one that is asked for or current.
  std::string_view schema;
  /// Extensions that have to be there first (CASCADE makes them).
  std::span<const std::string_view> required;

  bool has_operator_class(std::string_view operator_class) const;
};

/// The table is static; nullptr where the name is not in it.
const KnownExtension* find_known_extension(std::string_view name);

/// Whether an extension's operator class is the default of its type (pg_opclass.opcdefault).
bool is_default_in_extension(std::string_view operator_class);

}  // namespace schemaudit
