#include "analyzer/engine/neighbourhoods.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace schemaudit {

namespace {

std::string columns_of(const ForeignKey& key) {
  std::string text = join_identifiers(key.columns);
  if (!key.target_columns.empty()) text += " -> " + join_identifiers(key.target_columns);
  return text;
}

class Edges {
 public:
  Edges(const AuditInput& input, const std::optional<DocumentComparison>& documents,
        const std::vector<Finding>& findings)
      : input_(input), documents_(documents), built_(*built_source(input)) {
    for (const Finding& finding : findings)
      if (finding.state == FindingState::new_ && finding.object.kind == "constraint") {
        about_[to_string(finding.object)].push_back(&finding);
        of_table_[{finding.object.schema, finding.object.table}].push_back(&finding);
      }
  }

  std::vector<Neighbourhood> neighbourhoods() {
    for (const Relation& relation : built_.schema.relations)
      for (const ForeignKey& key : relation.foreign_keys)
        if (!key.inherited) add_built(relation, key);
    for (Role role : {Role::documented, Role::declared, Role::modelled}) {
      const Schema* schema = input_.schema(role);
      if (!schema || schema == &built_.schema) continue;
      for (const Relation& relation : schema->relations)
        for (const ForeignKey& key : relation.foreign_keys) add_stated(role, relation, key);
    }
    return gather();
  }

 private:
  void add_built(const Relation& relation, const ForeignKey& key) {
    NeighbourEdge edge;
    edge.from = to_string(relation.name);
    edge.to = to_string(key.target);
    edge.columns = columns_of(key);
    auto found = about_.find(
        to_string(ObjectRef{"constraint", relation.name.schema, relation.name.name, key.name}));
    if (found != about_.end())
      for (const Finding* finding : found->second) take(*finding, edge);
    edges_.push_back(std::move(edge));
  }

  /// The worst that a finding says of an edge that is there.
  void take(const Finding& finding, NeighbourEdge& edge) {
    edge.findings.push_back(finding.fingerprint);
    told_.insert(finding.fingerprint);
    if (finding.rule == "forbidden-foreign-key") {
      edge.state = EdgeState::forbidden;
    } else if (edge.state != EdgeState::forbidden) {
      const bool nobody_states_it =
          !finding.evidence.documented && finding.evidence.of(built_.role) &&
          (finding.rule == "foreign-key-mismatch" || finding.rule == "undeclared-change");
      if (nobody_states_it)
        edge.state = EdgeState::undocumented;
      else if (edge.state == EdgeState::agreed)
        edge.state = EdgeState::flagged;
    }
  }

  /// The built name of what `role` calls `name`; unset where it was not built.
  std::optional<QualifiedName> built_name(Role role, const QualifiedName& name) const {
    if (role == Role::documented) {
      const Relation* relation = documents_ ? documents_->comparison.right_of(name) : nullptr;
      if (relation) return relation->name;
      // A document may point at a table that it does not describe.
      for (const Relation& built : built_.schema.relations)
        if (may_be_same(built.name, name)) return built.name;
      return std::nullopt;
    }
    const Relation* relation = built_.schema.find_relation(name);
    return relation ? std::optional(relation->name) : std::nullopt;
  }

  /// A foreign key that a source states and that was not built.
  void add_stated(Role role, const Relation& relation, const ForeignKey& key) {
    const std::optional<QualifiedName> from = built_name(role, relation.name);
    const std::optional<QualifiedName> to = built_name(role, key.target);
    NeighbourEdge edge;
    edge.state = EdgeState::missing;
    edge.from = to_string(from.value_or(relation.name));
    edge.to = to_string(to.value_or(key.target));
    edge.columns = columns_of(key);
    for (const Finding* finding : missing_ones(role, relation, from, key)) {
      edge.findings.push_back(finding->fingerprint);
      told_.insert(finding->fingerprint);
    }
    if (!from) absent_.insert(edge.from);
    if (!to) absent_.insert(edge.to);
    if (edge.findings.empty() && from && to) return;
    auto same = [&](const NeighbourEdge& other) {
      return other.state == edge.state && other.from == edge.from && other.to == edge.to &&
             other.columns == edge.columns;
    };
    if (std::none_of(edges_.begin(), edges_.end(), same)) edges_.push_back(std::move(edge));
  }

  std::vector<const Finding*> missing_ones(Role role, const Relation& relation,
                                           const std::optional<QualifiedName>& from,
                                           const ForeignKey& key) const {
    std::vector<const Finding*> found;
    if (!from) return found;
    auto of_table = of_table_.find(*from);
    if (of_table == of_table_.end()) return found;
    for (const Finding* finding : of_table->second) {
      if (finding->evidence.of(built_.role) || !finding->evidence.of(role)) continue;
      const bool of_this_key = (!key.name.empty() && finding->object.name == key.name) ||
                               std::any_of(finding->locations.begin(), finding->locations.end(),
                                           [&](const Location& location) {
                                             return key.origin.from_file() &&
                                                    location.origin == key.origin &&
                                                    key.origin != relation.origin;
                                           });
      if (of_this_key && !told_.count(finding->fingerprint)) found.push_back(finding);
    }
    return found;
  }

  std::vector<Neighbourhood> gather() {
    std::map<std::string, Neighbourhood> centres;
    for (const NeighbourEdge& edge : edges_)
      if (!edge.findings.empty()) centres[edge.from].table = edge.from;
    for (const NeighbourEdge& edge : edges_)
      for (const std::string& end : {edge.from, edge.to})
        if (auto centre = centres.find(end); centre != centres.end())
          centre->second.edges.push_back(edge);
    std::vector<Neighbourhood> result;
    for (auto& [table, neighbourhood] : centres) {
      finish(neighbourhood);
      result.push_back(std::move(neighbourhood));
    }
    return result;
  }

  void finish(Neighbourhood& neighbourhood) const {
    std::vector<NeighbourEdge>& edges = neighbourhood.edges;
    std::sort(edges.begin(), edges.end(), [](const NeighbourEdge& a, const NeighbourEdge& b) {
      auto order = [](const NeighbourEdge& edge) {
        return std::make_tuple(edge.state == EdgeState::agreed, edge.from, edge.to, edge.columns,
                               edge.state);
      };
      return order(a) < order(b);
    });
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::set<std::string> absent;
    for (const NeighbourEdge& edge : edges)
      for (const std::string& end : {edge.from, edge.to})
        if (absent_.count(end)) absent.insert(end);
    neighbourhood.absent.assign(absent.begin(), absent.end());
  }

  const AuditInput& input_;
  const std::optional<DocumentComparison>& documents_;
  const SourceResult& built_;
  std::map<std::string, std::vector<const Finding*>> about_;
  std::map<QualifiedName, std::vector<const Finding*>> of_table_;
  std::vector<NeighbourEdge> edges_;
  std::set<std::string> absent_;
  /// Findings that stand on an edge.
  std::set<std::string> told_;
};

}  // namespace

std::vector<Neighbourhood> neighbourhoods_of(const AuditInput& input,
                                             const std::optional<DocumentComparison>& documents,
                                             const std::vector<Finding>& findings) {
  if (!built_source(input)) return {};
  return Edges(input, documents, findings).neighbourhoods();
}

}  // namespace schemaudit
