// The table that a heading names, and how names that people write differently are matched.
//
//   table_named_by(inlines of "### 3.1 `users` (core)")   users, certain
//   table_named_by(inlines of "## Overview")              Overview, not certain
//   snake_key("ResumeChunks")                             resume_chunks
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/names.h"
#include "schema_docs/markdown.h"

namespace schemaudit {

struct NamedTable {
  QualifiedName name;
  /// The name could be nothing but a table's: in code, with `_` or a schema, or called a table.
  bool certain = false;
};

/// What a heading, a bold label or a title names; unset where it is more than a name.
std::optional<NamedTable> table_named_by(const Inlines& heading);
std::optional<NamedTable> table_named_by(std::string_view text);

/// `docs/public.users.md` -> public.users; unset where the file's name is no identifier.
std::optional<NamedTable> table_named_by_file(std::string_view uri);

/// `public.users`, `"Users"`, each part unquoted; letters are kept as they are written.
QualifiedName parse_table_name(std::string_view text);

/// Keys under which two spellings of one name are equal, from the strictest on.
std::string folded_key(std::string_view name);
/// `ResumeChunks` and `resume_chunks` -> resume_chunks.
std::string snake_key(std::string_view name);
/// `categories` and `category` -> category.
std::string singular_key(std::string_view name);

struct NameMatch {
  /// Positions in the order of NameIndex::add(); more than one where the name is ambiguous.
  std::vector<std::size_t> matches;
  /// 0 for spelling alike but for case, 1 for CamelCase, 2 for singular and plural.
  int distance = 0;
};

/// Finds which of many names a written one means.
class NameIndex {
 public:
  void add(const QualifiedName& name);
  /// The name at `position` is known by another schema from now on.
  void set_schema(std::size_t position, const std::string& schema);

  NameMatch match(const QualifiedName& written) const;
  const QualifiedName& at(std::size_t position) const { return names_[position]; }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<QualifiedName> names_;
  std::array<std::unordered_map<std::string, std::vector<std::size_t>>, 3> by_key_;
};

}  // namespace schemaudit
