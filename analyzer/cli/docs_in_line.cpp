#include "analyzer/cli/docs_in_line.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "analyzer/cli/doc_corrections.h"
#include "analyzer/cli/withheld_keys.h"
#include "analyzer/cli/withheld_secrets.h"
#include "analyzer/engine/audit.h"
#include "analyzer/engine/documents_against_built.h"
#include "rules/rule.h"
#include "schema_docs/writing/document_refresh.h"

namespace schemaudit {

namespace {

/// Each round can do what the one before made possible; a document never needs many.
constexpr int kMostRounds = 8;

SourceResult read_all(const std::vector<DocumentText>& documents) {
  DocumentSet set;
  for (const DocumentText& document : documents) set.add(document);
  SourceResult read = set.finish();
  read.role = Role::documented;
  read.kind = "docs";
  return read;
}

/// The rules that speak of documents, and those that judge waivers of them.
std::vector<const Rule*> document_rules() {
  std::vector<const Rule*> chosen;
  for (const Rule* rule : all_rules()) {
    const std::vector<Role>& needs = rule->info.needs;
    if (rule->info.needs_claims ||
        std::find(needs.begin(), needs.end(), Role::documented) != needs.end())
      chosen.push_back(rule);
  }
  return chosen;
}

/// What is wrong in a document and has nothing to do with what is built is for an audit to tell.
bool is_disagreement(const Finding& finding) {
  return finding.rule != "credential-in-docs" && finding.rule != "garbled-text" &&
         finding.rule != "broken-query-in-docs" && finding.rule != "undeclared-document-state";
}

/// Without those of the config's own rules in SQL, which run with any others.
std::vector<Finding> document_findings(const AuditInput& input) {
  const std::vector<const Rule*> rules = document_rules();
  std::vector<Finding> findings = run_audit(input, {}, rules).findings;
  std::erase_if(findings, [&](const Finding& finding) {
    return std::none_of(rules.begin(), rules.end(),
                        [&](const Rule* rule) { return rule->info.id == finding.rule; });
  });
  return findings;
}

/// What somebody has decided to leave as it is.
std::set<std::tuple<std::string, std::string, std::string>> waived_by(
    const std::vector<Finding>& findings) {
  std::set<std::tuple<std::string, std::string, std::string>> waived;
  for (const Finding& finding : findings)
    if (finding.state == FindingState::waived)
      waived.emplace(finding.object.kind, to_string(finding.object), finding.key);
  return waived;
}

void place_new_documents(DocumentStyle& style, const DocsOptions& options) {
  if (!style.learned) style.file.folder = options.default_folder;
  if (options.out.empty()) return;
  if (options.out.ends_with(".md") || options.out.ends_with(".markdown")) {
    style.file_per_table = false;
    style.sections_in = options.out;
    if (!style.learned || style.heading.level < 2) style.heading.level = 2;
  } else {
    style.file_per_table = true;
    style.file.folder = options.out;
    while (style.file.folder.size() > 1 && style.file.folder.ends_with('/'))
      style.file.folder.pop_back();
  }
}

}  // namespace

DocsInLine bring_docs_in_line(std::vector<DocumentText> documents, const SourceResult& built,
                              const Config& config, const DocsOptions& options) {
  DocsInLine done;
  std::map<std::string, std::string> before;
  for (const DocumentText& document : documents) before[document.uri] = document.text;
  std::map<std::string, std::size_t> settled;

  AuditInput input;
  input.config = config;
  input.sources = {read_all(documents), built};
  if (built.role == Role::documented || built.role == Role::before)
    input.sources[1].role = Role::live;
  const WithheldSecrets withheld = withhold_secrets(input.sources[1].schema);
  const std::vector<WithheldKey> forbidden = withhold_forbidden_keys(input);
  std::set<std::string> left_alone;

  done.style = learn_style(documents, input.sources[0]);
  if (options.form && !done.style.learned) done.style = default_style(*options.form);
  if (options.form) done.style.form = *options.form;
  place_new_documents(done.style, options);
  const std::string& one = done.style.sections_in;
  bool is_there = std::any_of(documents.begin(), documents.end(),
                              [&](const DocumentText& document) { return document.uri == one; });
  if (!done.style.file_per_table && !is_there) documents.push_back({one, "# Tables\n"});

  std::vector<Finding> findings = document_findings(input);
  for (int round = 0; round < kMostRounds; ++round) {
    std::optional<DocumentComparison> compared = compare_documents(input);
    if (!compared) break;
    const auto waived = waived_by(findings);
    std::vector<Correction> all =
        corrections_of(compared->comparison, input.sources[0].schema, input.sources[1].schema);
    std::vector<Correction> corrections;
    const std::vector<Disagreement>& disagreements = compared->comparison.disagreements;
    for (std::size_t i = 0; i < all.size(); ++i) {
      bool left_as_it_is =
          i < disagreements.size() &&
          waived.count({disagreements[i].object.kind, to_string(disagreements[i].object),
                        disagreements[i].key}) > 0;
      if (!left_as_it_is) corrections.push_back(std::move(all[i]));
    }
    RefreshPlan plan = refresh_documents({documents, input.sources[0], input.sources[1].schema,
                                          corrections, done.style, options.is_taken});
    bool changed = false;
    for (DocumentChange& change : plan.changes) {
      auto found = std::find_if(documents.begin(), documents.end(),
                                [&](const DocumentText& d) { return d.uri == change.uri; });
      if (adds_a_secret(found == documents.end() ? "" : found->text, change.text)) {
        left_alone.insert(change.uri);
        continue;
      }
      changed = true;
      settled[change.uri] += change.corrections.size();
      if (found == documents.end())
        documents.push_back({change.uri, std::move(change.text)});
      else
        found->text = std::move(change.text);
    }
    if (!changed) break;
    input.sources[0] = read_all(documents);
    findings = document_findings(input);
  }
  for (const DocumentText& document : documents) {
    auto old = before.find(document.uri);
    if (old == before.end() && settled[document.uri] == 0) continue;
    if (old != before.end() && old->second == document.text) continue;
    done.changes.push_back({document.uri,
                            old == before.end() ? std::nullopt : std::optional(old->second),
                            document.text, settled[document.uri]});
  }
  done.left = findings_of_withheld(withheld, input);
  for (Finding& finding : findings_of_withheld(forbidden, input))
    done.left.push_back(std::move(finding));
  for (const std::string& uri : left_alone) done.left.push_back(document_left_alone(uri));
  for (Finding& finding : findings)
    if (finding.state == FindingState::new_ && is_disagreement(finding))
      done.left.push_back(std::move(finding));
  return done;
}

}  // namespace schemaudit
