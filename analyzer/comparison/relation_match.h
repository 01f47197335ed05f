// Which relation of the right each relation of the left is. Private to analyzer/comparison.
//
//   RelationMatches matches = match_relations(left, right, options);
//   matches.found       `ResumeChunks` is `resume_chunks`, where options.lenient_names is set
//   matches.left_only   what the right lacks
#pragma once

#include <vector>

#include "analyzer/comparison/comparison.h"

namespace schemaudit {

struct RelationMatches {
  std::vector<MatchedRelation> found;
  /// The same table under another name, as far as its columns tell.
  std::vector<MatchedRelation> renamed;
  std::vector<const Relation*> left_only;
  std::vector<const Relation*> right_only;
  std::vector<Problem> ambiguous;
};

RelationMatches match_relations(const Schema& left, const Schema& right,
                                const CompareOptions& options);

}  // namespace schemaudit
