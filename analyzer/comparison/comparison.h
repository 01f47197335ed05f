// Which objects of two sources are the same one, and where the two disagree.
//
//   Comparison comparison = compare(documents, live, CompareOptions{});
//   for (const Disagreement& d : comparison.disagreements) ...
//
// One disagreement is one entry: where a table is absent nothing is said of its columns, where
// a column is absent nothing of the constraints and indexes that stand on it, and a rename is
// one entry, not two. Names alone (of a constraint, of an index) are a disagreement of their
// own, marked `name_only`. What is unknown on either side, or undecided, is no disagreement; it
// is counted.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/source.h"

namespace schemaudit {

enum class Aspect {
  table_absent,    // stated by the left, not found on the right
  table_unstated,  // found on the right, not stated by the left
  table_renamed,
  column_absent,
  column_unstated,
  column_renamed,
  column_type,
  column_nullability,
  column_default,  // default, identity, generation
  column_collation,
  primary_key,
  unique_constraint,
  foreign_key,
  check_constraint,  // and allowed values that a document lists
  index,
  enum_labels,   // also an enum that is absent or has another kind
  other_object,  // exclusion constraints, triggers, views, functions, policies, extensions,
                 // partitions, domains, sequences
};

struct Disagreement {
  Aspect aspect = Aspect::other_object;
  ObjectRef object;
  /// One sentence for people.
  std::string message;
  /// What the left says, and the right, in the shortest form that shows the difference; unset
  /// where that side lacks the object.
  std::optional<std::string> left, right;
  /// Where the left speaks of it; for what the left lacks, where it speaks of the table.
  Origin left_origin;
  Origin right_origin;
  bool name_only = false;
  /// Distinguishes it from others of its aspect and object; see Finding::key.
  std::string key;
};

struct MatchedRelation {
  const Relation* left = nullptr;
  const Relation* right = nullptr;
};

struct Comparison {
  std::vector<MatchedRelation> relations;
  std::vector<Disagreement> disagreements;
  /// A left name that fits several objects of the right.
  std::vector<Problem> ambiguous;

  /// Per aspect: facts on which both sides were known and could be compared.
  std::map<Aspect, std::size_t> compared;
  /// Facts the left states that hold on the right.
  std::size_t claims_held = 0;
  std::size_t claims = 0;
  /// Facts that neither agree nor disagree because an expression could not be decided.
  std::size_t undecided = 0;
  std::size_t unknown = 0;

  /// The right's relation for a name of the left, or nullptr.
  const Relation* right_of(const QualifiedName& left) const;
  /// The left's relation for a name of the right, which has to be written in full.
  const Relation* left_of(const QualifiedName& right) const;

  /// `relations` by their names: by the bare one of the left, and by the full one of the right.
  /// compare() fills them.
  std::multimap<std::string, MatchedRelation> by_left_name;
  std::map<QualifiedName, const Relation*> by_right_name;
};

struct CompareOptions {
  /// What messages call the two sides.
  std::string left_name = "the docs";
  std::string right_name = "the database";
  /// Match `RESUME_CHUNKS`, `ResumeChunks`, `resume_chunk` with `resume_chunks` where that is
  /// unambiguous: for documents. Off, names have to be equal.
  bool lenient_names = false;
  /// Objects that only the right has are disagreements (undocumented tables).
  bool report_unstated = true;
  /// Left relations that need not exist on the right (documents in state planned).
  std::vector<QualifiedName> may_be_absent;
};

/// `left` is the one that claims, `right` the one that is. Both have to outlive the result.
Comparison compare(const Schema& left, const Schema& right, const CompareOptions& options);

}  // namespace schemaudit
