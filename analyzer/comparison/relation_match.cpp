#include "analyzer/comparison/relation_match.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "analyzer/comparison/name_forms.h"

namespace schemaudit {

namespace {

using ByName = std::unordered_map<std::string, std::vector<const Relation*>>;

ByName index_by(const Schema& schema, std::string (*form)(std::string_view)) {
  ByName index;
  for (const Relation& relation : schema.relations)
    index[form(relation.name.name)].push_back(&relation);
  return index;
}

std::string as_is(std::string_view name) {
  return std::string(name);
}

bool schema_fits(const Relation& left, const Relation& right) {
  return left.name.schema.empty() || right.name.schema.empty() ||
         left.name.schema == right.name.schema;
}

/// Columns that most tables have say nothing about which table it is.
bool is_common_column(std::string_view name) {
  for (std::string_view common : {"id", "created_at", "updated_at", "deleted_at"})
    if (name == common) return true;
  return false;
}

/// How much of the two tables' columns is the same, by name; 0 where that says nothing.
double column_overlap(const Relation& left, const Relation& right) {
  std::set<std::string> names;
  for (const Column& column : left.columns) names.insert(snake_case(column.name));
  std::size_t shared = 0, telling = 0;
  for (const Column& column : right.columns) {
    if (names.count(snake_case(column.name)) == 0) continue;
    ++shared;
    if (!is_common_column(column.name)) ++telling;
  }
  std::size_t all = left.columns.size() + right.columns.size() - shared;
  if (telling < 2 || all == 0) return 0;
  return static_cast<double>(shared) / static_cast<double>(all);
}

}  // namespace

RelationMatches match_relations(const Schema& left, const Schema& right,
                                const CompareOptions& options) {
  RelationMatches matches;
  std::set<const Relation*> taken;
  std::vector<const Relation*> open;
  for (const Relation& relation : left.relations) open.push_back(&relation);

  auto take_pass = [&](std::string (*form)(std::string_view)) {
    ByName index = index_by(right, form);
    std::vector<const Relation*> still_open;
    for (const Relation* wanted : open) {
      std::vector<const Relation*> candidates;
      auto found = index.find(form(wanted->name.name));
      if (found != index.end())
        for (const Relation* candidate : found->second)
          if (!taken.count(candidate) && schema_fits(*wanted, *candidate))
            candidates.push_back(candidate);
      if (candidates.size() > 1) {
        // Without a schema PostgreSQL's own default search path decides for public.
        auto in_public = std::find_if(candidates.begin(), candidates.end(),
                                      [](const Relation* c) { return c->name.schema == "public"; });
        bool same_name = std::all_of(candidates.begin(), candidates.end(), [&](const Relation* c) {
          return c->name.name == candidates.front()->name.name;
        });
        if (same_name && in_public != candidates.end()) candidates = {*in_public};
      }
      if (candidates.size() == 1) {
        taken.insert(candidates.front());
        matches.found.push_back({wanted, candidates.front()});
      } else if (candidates.size() > 1) {
        Problem problem;
        problem.kind = ProblemKind::ambiguous_name;
        problem.origin = wanted->origin;
        problem.object = {"table", wanted->name.schema, wanted->name.name, wanted->name.name};
        problem.message = to_string(wanted->name) + " may be";
        for (std::size_t i = 0; i < candidates.size(); ++i)
          problem.message += (i ? " or " : " ") + to_string(candidates[i]->name);
        problem.key = to_string(wanted->name);
        matches.ambiguous.push_back(std::move(problem));
        for (const Relation* candidate : candidates) taken.insert(candidate);
      } else {
        still_open.push_back(wanted);
      }
    }
    open = std::move(still_open);
  };
  take_pass(as_is);
  if (options.lenient_names) {
    take_pass(snake_case);
    take_pass(singular_form);
  }

  std::vector<const Relation*> unmatched;
  for (const Relation& relation : right.relations)
    if (!taken.count(&relation)) unmatched.push_back(&relation);

  // The best pair first, each relation once.
  struct Candidate {
    double score;
    const Relation *left, *right;
  };
  std::vector<Candidate> candidates;
  for (const Relation* a : open) {
    if (a->columns.empty()) continue;
    for (const Relation* b : unmatched) {
      if (a->is_view() != b->is_view() || !schema_fits(*a, *b)) continue;
      double overlap = column_overlap(*a, *b);
      if (overlap >= 0.75) candidates.push_back({overlap, a, b});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) {
                     if (a.score != b.score) return a.score > b.score;
                     return name_similarity(a.left->name.name, a.right->name.name) >
                            name_similarity(b.left->name.name, b.right->name.name);
                   });
  std::set<const Relation*> renamed;
  for (const Candidate& candidate : candidates) {
    if (renamed.count(candidate.left) || renamed.count(candidate.right)) continue;
    renamed.insert(candidate.left);
    renamed.insert(candidate.right);
    matches.renamed.push_back({candidate.left, candidate.right});
  }
  for (const Relation* relation : open)
    if (!renamed.count(relation)) matches.left_only.push_back(relation);
  for (const Relation* relation : unmatched)
    if (!renamed.count(relation)) matches.right_only.push_back(relation);
  return matches;
}

}  // namespace schemaudit
