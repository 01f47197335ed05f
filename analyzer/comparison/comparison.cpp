#include "analyzer/comparison/comparison.h"

#include <algorithm>
#include <unordered_map>

#include "analyzer/comparison/column_comparison.h"
#include "analyzer/comparison/constraint_comparison.h"
#include "analyzer/comparison/index_comparison.h"
#include "analyzer/comparison/ledger.h"
#include "analyzer/comparison/object_comparison.h"
#include "analyzer/comparison/relation_match.h"

namespace schemaudit {

namespace {

std::string kind_of(const Relation& relation) {
  return relation.is_view() ? "view" : "table";
}

ObjectRef object_of(const Relation& relation) {
  return {kind_of(relation), relation.name.schema, relation.name.name, relation.name.name};
}

void write_absent(const Relation& relation, Ledger& ledger) {
  Disagreement disagreement;
  disagreement.aspect = relation.is_view() ? Aspect::other_object : Aspect::table_absent;
  disagreement.object = object_of(relation);
  disagreement.message = kind_of(relation) + " " + to_string(relation.name) + " is in " +
                         ledger.options().left_name + ", but not in " + ledger.options().right_name;
  disagreement.left = to_string(relation.name);
  disagreement.left_origin = relation.origin;
  ledger.differs(std::move(disagreement));
}

void write_unstated(const Relation& relation, Ledger& ledger) {
  Disagreement disagreement;
  disagreement.aspect = relation.is_view() ? Aspect::other_object : Aspect::table_unstated;
  disagreement.object = object_of(relation);
  disagreement.message = kind_of(relation) + " " + to_string(relation.name) + " is in " +
                         ledger.options().right_name + ", but not in " + ledger.options().left_name;
  disagreement.right = to_string(relation.name);
  disagreement.right_origin = relation.origin;
  ledger.differs(std::move(disagreement));
}

void write_renamed(const MatchedRelation& match, Ledger& ledger) {
  Disagreement disagreement;
  disagreement.aspect = Aspect::table_renamed;
  disagreement.object = object_of(*match.left);
  disagreement.message = kind_of(*match.left) + " " + to_string(match.left->name) +
                         " seems to be called " + to_string(match.right->name) + " in " +
                         ledger.options().right_name + ": their columns are the same";
  disagreement.left = to_string(match.left->name);
  disagreement.right = to_string(match.right->name);
  disagreement.left_origin = match.left->origin;
  disagreement.right_origin = match.right->origin;
  ledger.differs(std::move(disagreement));
}

}  // namespace

const Relation* Comparison::right_of(const QualifiedName& left) const {
  for (const MatchedRelation& match : relations)
    if (match.left->name == left) return match.right;
  for (const MatchedRelation& match : relations)
    if (may_be_same(match.left->name, left)) return match.right;
  return nullptr;
}

const Relation* Comparison::left_of(const QualifiedName& right) const {
  for (const MatchedRelation& match : relations)
    if (match.right->name == right) return match.left;
  return nullptr;
}

Comparison compare(const Schema& left, const Schema& right, const CompareOptions& options) {
  Comparison comparison;
  Ledger ledger(comparison, options);
  RelationMatches matches = match_relations(left, right, options);
  comparison.ambiguous = std::move(matches.ambiguous);
  comparison.relations = matches.found;
  comparison.relations.insert(comparison.relations.end(), matches.renamed.begin(),
                              matches.renamed.end());
  for (std::size_t i = 0; i < matches.found.size(); ++i) ledger.holds(Aspect::table_absent);

  for (const Relation* relation : matches.left_only) {
    bool planned = std::find(options.may_be_absent.begin(), options.may_be_absent.end(),
                             relation->name) != options.may_be_absent.end();
    if (!planned) write_absent(*relation, ledger);
  }
  for (const MatchedRelation& match : matches.renamed) write_renamed(match, ledger);
  if (options.report_unstated) {
    bool states_views = std::any_of(left.relations.begin(), left.relations.end(),
                                    [](const Relation& relation) { return relation.is_view(); });
    for (const Relation* relation : matches.right_only) {
      // A partition is its root's business; views count once the left lists any.
      if (relation->partition_of || (relation->is_view() && !states_views)) continue;
      write_unstated(*relation, ledger);
    }
  }

  std::unordered_multimap<std::string, NamedRelation> by_left_name;
  for (const Relation* relation : matches.left_only)
    by_left_name.emplace(relation->name.name, NamedRelation{relation, nullptr});
  for (const MatchedRelation& match : comparison.relations)
    by_left_name.emplace(match.left->name.name, NamedRelation{match.left, match.right});
  std::unordered_multimap<std::string, const Relation*> by_right_name;
  for (const Relation& relation : right.relations)
    by_right_name.emplace(relation.name.name, &relation);
  FindRelation find_relation = [&](const QualifiedName& name) {
    auto [begin, end] = by_left_name.equal_range(name.name);
    for (auto at = begin; at != end; ++at)
      if (may_be_same(at->second.left->name, name)) return at->second;
    auto [first, last] = by_right_name.equal_range(name.name);
    for (auto at = first; at != last; ++at)
      if (may_be_same(at->second->name, name)) return NamedRelation{nullptr, at->second};
    return NamedRelation{};
  };
  for (const MatchedRelation& match : comparison.relations) {
    RelationPair pair{match.left, match.right, {}};
    compare_columns(pair, right, ledger);
    compare_constraints(pair, left, right, find_relation, ledger);
    compare_indexes(pair, ledger);
    compare_relation_objects(pair, find_relation, ledger);
  }
  compare_schema_objects(left, right, ledger);
  return comparison;
}

}  // namespace schemaudit
