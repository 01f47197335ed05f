// The tables that any of the documents speaks of, before all of them are read: a comment above
// a fragment may name a table that a later fence states.
//
//   known.find("Match Scores")   match_scores
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/model/names.h"
#include "schema_docs/document_reader.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

class KnownTables {
 public:
  void add(const ReadDocument& document);

  /// The table that some words name; unset where none or several fit.
  std::optional<QualifiedName> find(std::string_view words) const;
  std::optional<QualifiedName> resolve(const QualifiedName& written) const;

 private:
  void add_name(const QualifiedName& name);

  NameIndex names_;
};

}  // namespace schemaudit
