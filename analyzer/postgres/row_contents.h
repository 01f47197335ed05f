// What the tables of a database hold, in a form that can be compared: whatever order the rows and
// the columns stand in.
//
//   RowContents before = read_rows(conninfo);
//   ...
//   for (const RowChange& change : compare_rows(before, read_rows(conninfo))) print(change.what);
//
// For scratch databases: every row is read.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "analyzer/model/names.h"

namespace schemaudit {

struct TableRows {
  std::size_t count = 0;
  /// Of all rows.
  std::string digest;
  /// Each as a JSON object with its keys in order, sorted; left empty for large tables.
  std::vector<std::string> rows;
  bool operator==(const TableRows&) const = default;
};

struct RowContents {
  /// Partitions within their root.
  std::map<QualifiedName, TableRows> tables;
  /// Why they could not be read; empty where they were.
  std::string error;
};

RowContents read_rows(const std::string& conninfo);

struct RowChange {
  QualifiedName table;
  /// `2 of 3 rows: role was consultant and is admin`.
  std::string what;
};

/// Of the tables that are in both.
std::vector<RowChange> compare_rows(const RowContents& before, const RowContents& after);

}  // namespace schemaudit
