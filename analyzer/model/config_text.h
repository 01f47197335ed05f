// Names as the config has to spell them, whatever characters they hold: answers to questions and
// proposed policies are lines that people paste.
//
//   toml_string("say \"hi\"")          "say \"hi\"", quotes and escapes included
//   glob_of_name("a.b")                a?b, for a dot would part table and column
//   TableGlobs(schema).of({"public", "orders"})   orders, or public.orders beside archive.orders
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "analyzer/model/schema.h"

namespace schemaudit {

/// A basic string of TOML 1.0 on one line. `text` is UTF-8.
std::string toml_string(std::string_view text);

/// As the key of a line or in a [header]: bare where TOML allows it, else a string.
std::string toml_key(std::string_view text);

/// A glob that matches `name`; what means something in a list of tables or columns is `?` in it.
std::string glob_of_name(std::string_view name);

/// As policies name the tables of some schemas: one of `public`, or of no schema, without its
/// schema where no other has a relation of that name.
class TableGlobs {
 public:
  TableGlobs() = default;
  explicit TableGlobs(const Schema& schema) { add(schema); }
  void add(const Schema& schema);

  std::string of(const QualifiedName& table) const;

 private:
  /// Names of relations outside `public`.
  std::set<std::string> elsewhere_;
};

}  // namespace schemaudit
