// One thing in which documents differ from what is built, with what a refresh needs to put it
// right. Who compares the two is outside of this folder.
//
//   Correction correction;
//   correction.what = CorrectionKind::nullability;
//   correction.stated = documented_users;  correction.built = live_users;
//   correction.column = "email";
#pragma once

#include <string>

#include "analyzer/model/schema.h"

namespace schemaudit {

enum class CorrectionKind {
  table,
  column,
  column_name,
  type,
  nullability,
  filling,
  primary_key,
  unique,
  foreign_key,
  check,
  values,
  enum_labels,
  index,
  /// Nothing that a refresh knows how to write: a trigger, a partition, a view's query.
  other
};

struct Correction {
  CorrectionKind what = CorrectionKind::other;
  /// The relation as documents state it and as it is built; nullptr where that side lacks it.
  const Relation* stated = nullptr;
  const Relation* built = nullptr;
  /// Whether the element itself is stated, and whether it is built.
  bool is_stated = false, is_built = false;
  /// Of a column, the documents' name; of a constraint, an index or an enum, as below.
  std::string column;
  std::string stated_name, built_name;
  /// The element as documents state it, in short: tells two on one line apart.
  std::string stated_text;
  /// Where the documents speak of the element, or of its table.
  Origin at;
  /// The two differ by the element's name and nothing else.
  bool name_only = false;
};

}  // namespace schemaudit
