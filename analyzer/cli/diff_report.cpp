#include "analyzer/cli/diff_report.h"

#include <algorithm>
#include <set>

#include "analyzer/comparison/claim_differences.h"
#include "analyzer/engine/redacted_names.h"
#include "analyzer/model/redact.h"

namespace schemaudit {

namespace {

bool is_docs(const SourceResult& source) {
  return source.kind == "docs";
}

/// Says what it knows, and may leave out the rest.
bool is_claim(const SourceResult& source) {
  return is_docs(source) || source.role == Role::modelled;
}

/// Problems that may hide a difference, or make one up. What is said of documents beside that
/// (contradictions, stated counts) is the audit's business.
bool concerns_diff(const Problem& problem) {
  switch (problem.kind) {
    case ProblemKind::invalid_sql:
    case ProblemKind::newer_syntax:
    case ProblemKind::unanalysed:
    case ProblemKind::refused:
    case ProblemKind::unreadable:
    case ProblemKind::unread_schema:
    case ProblemKind::ambiguous_name:
      return true;
    default:
      return false;
  }
}

DiffSide side_of(const SourceResult& source) {
  DiffSide side;
  side.kind = source.kind;
  side.name = redact(source.name);
  side.digest = source.digest;
  side.objects = count_objects(source.schema);
  side.statements = source.statements;
  for (Problem problem : source.problems) {
    if (!concerns_diff(problem)) continue;
    side.incomplete = side.incomplete || problem.kind == ProblemKind::unreadable;
    problem.message = redact(problem.message);
    side.problems.push_back(std::move(problem));
  }
  for (const HiddenFact& hidden : source.visibility.hidden)
    side.incomplete = side.incomplete || !hidden.known_otherwise;
  side.left_out = source.left_out;
  side.server = source.server;
  return side;
}

/// What one side left out on purpose (bookkeeping tables of migration tools, schemas of the
/// platform) the other is not asked for.
Schema without_left_out(const Schema& schema, const SourceResult& other) {
  std::set<std::string> names;
  for (const LeftOut& left_out : other.left_out) names.insert(left_out.what);
  if (names.empty()) return schema;
  Schema kept = schema;
  auto out = [&](const QualifiedName& name) {
    // Documents seldom name the schema.
    if (name.schema.empty())
      return std::any_of(names.begin(), names.end(), [&](const std::string& what) {
        return what == to_string(name) || what.ends_with("." + to_string(name));
      });
    return names.count(to_string(name)) > 0 ||
           names.count("schema " + quote_identifier(name.schema)) > 0;
  };
  auto named = [&](const auto& object) { return out(object.name); };
  std::erase_if(kept.sequences, [&](const Sequence& sequence) {
    return out(sequence.name) ||
           (sequence.owned_by_table.has_value() && out(sequence.owned_by_table.value()));
  });
  std::erase_if(kept.relations, named);
  std::erase_if(kept.enums, named);
  std::erase_if(kept.domains, named);
  std::erase_if(kept.other_types, named);
  std::erase_if(kept.functions, named);
  std::erase_if(kept.namespaces, [&](const Namespace& space) {
    return names.count("schema " + quote_identifier(space.name)) > 0;
  });
  return kept;
}

/// Messages call the sides by their names, or by their part where those are the same.
SideNames names_of(const SourceResult& from, const SourceResult& to) {
  SideNames names;
  if (redact(from.name) == redact(to.name)) return names;
  return {redact(from.name), redact(to.name)};
}

SchemaDifferences compare_claims(const SourceResult& from, const SourceResult& to,
                                 const SideNames& names) {
  // Of documents and models, documents are the ones that claim.
  const bool claims_are_from = is_docs(from) || (is_claim(from) && !is_docs(to));
  CompareOptions options;
  options.lenient_names = is_docs(claims_are_from ? from : to);
  options.left_name = claims_are_from ? names.from : names.to;
  options.right_name = claims_are_from ? names.to : names.from;
  Schema left =
      without_left_out(claims_are_from ? from.schema : to.schema, claims_are_from ? to : from);
  const Schema& right = claims_are_from ? to.schema : from.schema;
  std::vector<JudgedClaim> claims;
  Comparison comparison = compare(left, right, options, claims);
  return differences_of(comparison, claims, claims_are_from);
}

std::size_t count_of(const DiffReport& report, ProblemKind kind) {
  std::size_t count = 0;
  for (const DiffSide* side : {&report.from, &report.to})
    count += static_cast<std::size_t>(
        std::count_if(side->problems.begin(), side->problems.end(),
                      [&](const Problem& problem) { return problem.kind == kind; }));
  return count;
}

}  // namespace

DiffReport diff_sources(const SourceResult& from, const SourceResult& to) {
  DiffReport report;
  report.from = side_of(from);
  report.to = side_of(to);
  SideNames names = names_of(from, to);
  if (is_claim(from) || is_claim(to)) {
    report.found = compare_claims(from, to, names);
  } else {
    Schema left = without_left_out(from.schema, to), right = without_left_out(to.schema, from);
    report.found = compare_whole(left, right, names);
  }
  for (Difference& difference : report.found.differences) {
    redact_names(difference.object);
    difference.message = redact(difference.message);
    for (std::optional<std::string>* said : {&difference.from, &difference.to})
      if (*said) *said = redact(**said);
  }
  for (OpenFact& fact : report.found.open_facts) {
    redact_names(fact.object);
    for (std::optional<std::string>* said : {&fact.from, &fact.to})
      if (*said) *said = redact(**said);
  }
  report.unanalysed = count_of(report, ProblemKind::unanalysed) +
                      count_of(report, ProblemKind::newer_syntax) +
                      count_of(report, ProblemKind::unread_schema);
  report.refused =
      count_of(report, ProblemKind::refused) + count_of(report, ProblemKind::invalid_sql);
  return report;
}

std::string_view word_for(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::invalid_sql:
      return "invalid_sql";
    case ProblemKind::newer_syntax:
      return "newer_syntax";
    case ProblemKind::unanalysed:
      return "unanalysed";
    case ProblemKind::refused:
      return "refused";
    case ProblemKind::unreadable:
      return "unreadable";
    case ProblemKind::unread_schema:
      return "unread_schema";
    case ProblemKind::ambiguous_name:
      return "ambiguous_name";
    default:
      return "other";
  }
}

}  // namespace schemaudit
