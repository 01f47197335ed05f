// A piece of SQL with the place it stands in, and the way from byte offsets back to that place.
//
//   SqlText fence{"CREATE TABLE t (id int);", "docs/t.md", 12, 1};
//   fence.origin(13)   docs/t.md:12:14
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/origin.h"

namespace schemaudit {

struct SqlText {
  std::string text;
  std::string uri;
  /// Line of the file on which `text` begins, from 1.
  int first_line = 1;
  /// Column at which every line of `text` begins in the file (an indented fence), from 1.
  int first_column = 1;
  /// Made from something else (an Alembic operation): its lines are none of the file's, and all
  /// of it stands at its first line and column.
  bool is_made = false;
  /// Made line by line from something else (models): the place of each line of `text`, in place of
  /// the three above. Empty for all other texts.
  std::vector<Origin> line_places = {};

  /// Of the byte at `offset`; an offset past the end gives the end. Linear in the offset: for
  /// many look-ups over a large text use LineIndex.
  Origin origin(std::size_t offset) const;
};

/// The same look-up for many offsets of one large text, which has to outlive it.
class LineIndex {
 public:
  explicit LineIndex(const SqlText& text);
  /// Logarithmic in the number of lines, and linear in what of the line lies behind the last
  /// answer. Not for two threads at once.
  Origin origin(std::size_t offset) const;

 private:
  const SqlText* text_;
  std::vector<std::size_t> line_begins_;
  /// Where the last answer was, for look-ups mostly go forward: a statement may be one long line.
  mutable std::size_t last_line_ = 0, last_offset_ = 0;
  mutable int last_column_ = 0;
};

}  // namespace schemaudit
