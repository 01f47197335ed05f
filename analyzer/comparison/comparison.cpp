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
  auto [begin, end] = by_left_name.equal_range(left.name);
  const Relation* found = nullptr;
  for (auto at = begin; at != end; ++at) {
    if (at->second.left->name == left) return at->second.right;
    if (!found && may_be_same(at->second.left->name, left)) found = at->second.right;
  }
  return found;
}

const Relation* Comparison::left_of(const QualifiedName& right) const {
  auto found = by_right_name.find(right);
  return found == by_right_name.end() ? nullptr : found->second;
}

Comparison compare(const Schema& left, const Schema& right, const CompareOptions& options) {
  std::vector<JudgedClaim> nobody_reads;
  return compare(left, right, options, nobody_reads);
}

Comparison compare(const Schema& left, const Schema& right, const CompareOptions& options,
                   std::vector<JudgedClaim>& claims) {
  Comparison comparison;
  Ledger ledger(comparison, options, claims);
  RelationMatches matches = match_relations(left, right, options);
  comparison.ambiguous = std::move(matches.ambiguous);
  comparison.relations = matches.found;
  comparison.relations.insert(comparison.relations.end(), matches.renamed.begin(),
                              matches.renamed.end());
  for (const MatchedRelation& match : comparison.relations) {
    comparison.by_left_name.emplace(match.left->name.name, match);
    comparison.by_right_name.emplace(match.right->name, match.left);
  }
  for (const MatchedRelation& match : matches.found)
    ledger.holds(Aspect::table_absent,
                 {object_of(*match.right), to_string(match.left->name), match.left->origin});

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

  std::unordered_multimap<std::string, const Relation*> absent, on_the_right;
  for (const Relation* relation : matches.left_only) absent.emplace(relation->name.name, relation);
  for (const Relation& relation : right.relations)
    on_the_right.emplace(relation.name.name, &relation);
  auto find_in = [](const auto& relations, const QualifiedName& name) -> const Relation* {
    auto [begin, end] = relations.equal_range(name.name);
    for (auto at = begin; at != end; ++at)
      if (may_be_same(at->second->name, name)) return at->second;
    return nullptr;
  };
  FindRelation find_relation = [&](const QualifiedName& name) {
    if (const Relation* relation = comparison.right_of(name))
      return NamedRelation{comparison.left_of(relation->name), relation};
    if (const Relation* relation = find_in(absent, name)) return NamedRelation{relation, nullptr};
    return NamedRelation{nullptr, find_in(on_the_right, name)};
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
