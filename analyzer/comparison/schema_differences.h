// What differs between two schemas that are each told whole: by SQL files that were run, a live
// catalog, or a snapshot of one.
//
//   SchemaDifferences found = compare_whole(from.schema, to.schema, {});
//   for (const Difference& difference : found.differences) ...
//
// Everything the model holds is compared, by name: unlike compare() nothing is forgiven that a
// document leaves out. Where an object is on one side only, nothing is said of what is in it, and
// where a column is, nothing of the keys and indexes that stand on it. Objects of one meaning
// under two names are one difference, marked `name_only`. The order of columns does not count.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/comparison/comparison.h"
#include "analyzer/model/schema.h"

namespace schemaudit {

struct Difference {
  /// `presence`, `name`, `definition`, or the fact that differs: `type`, `nullability`,
  /// `default`, `owner`, `validated` ...
  std::string aspect;
  ObjectRef object;
  /// What each side says; for `presence`, unset where it is not there.
  std::optional<std::string> from, to;
  Origin from_origin, to_origin;
  bool name_only = false;
  /// One sentence for people.
  std::string message;
};

/// A fact of which nobody can tell whether it is the same on both sides.
struct OpenFact {
  enum class Why {
    /// One side does not know it.
    unknown,
    /// Both state it, as expressions of which it cannot be told whether they mean the same.
    undecided,
  };
  Why why = Why::unknown;
  /// As in Difference.
  std::string aspect;
  ObjectRef object;
  /// What each side says; unset where it does not know.
  std::optional<std::string> from, to;
  Origin from_origin, to_origin;
};

struct SchemaDifferences {
  /// By object, in order of names.
  std::vector<Difference> differences;
  /// What could not be compared, in the same order. Between claims and a schema some facts are
  /// only counted: those of which the claims say nothing.
  std::vector<OpenFact> open_facts;
  /// Facts that both sides state and that could be compared; those that differ are among them.
  std::size_t compared = 0;
  /// Facts that one side does not know: the columns of views apart.
  std::size_t unknown = 0;
  std::size_t unknown_view_columns = 0;
  /// Expressions of which nobody can tell whether they mean the same.
  std::size_t undecided = 0;
  /// The unknown and undecided ones by kind of object and fact: `view definition`.
  std::map<std::string, std::size_t> not_compared;
};

struct SideNames {
  /// What messages call the two sides.
  std::string from = "FROM";
  std::string to = "TO";
};

SchemaDifferences compare_whole(const Schema& from, const Schema& to, const SideNames& names);

}  // namespace schemaudit
