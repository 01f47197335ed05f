// Names as PostgreSQL keeps them: already folded, without quotes.
//
//   QualifiedName{"public", "users"}   to_string -> public.users
//   QualifiedName{"", "Users"}         to_string -> "Users"; the schema is not stated
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace schemaudit {

struct QualifiedName {
  /// Empty where a source does not state it (documents seldom do).
  std::string schema;
  std::string name;

  bool operator==(const QualifiedName&) const = default;
};

inline bool operator<(const QualifiedName& a, const QualifiedName& b) {
  return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
}

/// Whether both may name the same object: a schema that is not stated fits any.
inline bool may_be_same(const QualifiedName& a, const QualifiedName& b) {
  return a.name == b.name && (a.schema.empty() || b.schema.empty() || a.schema == b.schema);
}

/// As SQL would need it written: quoted only where PostgreSQL's lexer needs quotes for its
/// characters (key words are left bare, as people write them).
std::string quote_identifier(std::string_view name);
std::string to_string(const QualifiedName& name);

/// SQL in which every quoted name is quoted as quote_identifier() would: `"Ä" integer` -> `Ä
/// integer`. The type "char", which is no char, keeps its quotes.
std::string requoted(std::string_view sql);

/// `a, b, c`, each quoted where needed.
std::string join_identifiers(const std::vector<std::string>& names);

/// ASCII letters to lower case, as PostgreSQL folds an unquoted identifier.
std::string fold_case(std::string_view text);

/// Whether `name` matches a glob in which `*` is any run of characters, `?` is one, and
/// everything else (also `_` and `%`) stands for itself.
bool matches_glob(std::string_view glob, std::string_view name);

/// The entry of `known` nearest to `word` by edit distance, if it is near enough to be a slip
/// of the pen; empty otherwise. Used for "did you mean".
std::string nearest_name(std::string_view word, const std::vector<std::string>& known);

}  // namespace schemaudit
