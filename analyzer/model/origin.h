// Where a fact was read: a place in a file, or the catalog of a database.
//
//   Origin{"docs/users.md", 12, 3}   line 12, column 3 of a file
//   Origin{}                         a system catalog: there is no file to point at
#pragma once

#include <string>
#include <tuple>

namespace schemaudit {

struct Origin {
  /// Path as the user would type it (relative to the working folder); empty for a catalog.
  std::string uri;
  /// From 1; 0 where only the file is known.
  int line = 0;
  /// In code points, from 1; 0 where only the line is known.
  int column = 0;

  bool from_file() const { return !uri.empty(); }

  bool operator==(const Origin&) const = default;
};

inline bool operator<(const Origin& a, const Origin& b) {
  return std::tie(a.uri, a.line, a.column) < std::tie(b.uri, b.line, b.column);
}

/// `docs/users.md:12:3`, without what is unknown; `catalog` for a catalog.
std::string to_string(const Origin& origin);

}  // namespace schemaudit
