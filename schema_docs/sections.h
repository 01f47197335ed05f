// The headings in force at a place of a document: what the place is for, and which table it
// speaks of.
//
//   Sections sections("docs/users.md");
//   sections.enter(heading);
//   sections.purpose("To undo:", "DROP ...")   what a fence after that paragraph is for
//   sections.subject()                the table the nearest naming heading names
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/sql/claims.h"
#include "schema_docs/markdown.h"
#include "schema_docs/table_names.h"

namespace schemaudit {

struct Section {
  int level = 0;
  int line = 0;
  std::string title;
  std::optional<NamedTable> names;
};

/// What a heading or a label announces.
enum class Topic {
  none,
  /// Columns of a table: `Columns`, `Fields`, `Schema`.
  columns,
  /// Some of them: `Key columns`.
  some_columns,
  constraints,
  indexes,
  foreign_keys,
  unique_constraints,
  checks,
  triggers,
  tables,
  /// Anything else that people put under a table (`Notes`, `Rules`).
  other,
};

Topic topic_of(std::string_view title);

class Sections {
 public:
  explicit Sections(std::string uri) : uri_(std::move(uri)) {}

  const std::string& uri() const { return uri_; }

  void enter(const Block& heading);

  /// Headings from the top, joined by ` > `.
  std::string path() const;
  /// Of a fence here, with the paragraph right before it.
  SqlPurpose purpose(std::string_view lead_in, std::string_view fence) const;

  /// The table that the headings name, looking outward through headings that name a part of a
  /// table's description; with `file`, through the file's name as well.
  std::optional<NamedTable> subject(bool file = true) const;
  /// Topic of the innermost heading that has one, up to the one that names the table.
  Topic topic() const;
  const std::vector<Section>& headings() const { return headings_; }

  /// Whether the headings speak of an API, a configuration or the like: tables there look like
  /// column tables and are none.
  bool about_something_else() const;

 private:
  std::string uri_;
  std::vector<Section> headings_;
};

}  // namespace schemaudit
