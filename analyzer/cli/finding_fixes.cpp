#include "analyzer/cli/finding_fixes.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/cli/doc_corrections.h"
#include "analyzer/cli/files.h"
#include "analyzer/cli/withheld_secrets.h"
#include "analyzer/engine/documents_against_built.h"
#include "analyzer/model/redact.h"
#include "schema_docs/writing/document_refresh.h"
#include "schema_docs/writing/document_style.h"
#include "schema_docs/writing/text_edits.h"

namespace schemaudit {

namespace {

/// A patch is made from its whole document: beyond so many bytes of documents the rest of the
/// findings go without, and `schemaudit doc` makes the edits all the same.
constexpr std::size_t kMostBytes = 64 * 1024 * 1024;

class MarkdownFixes {
 public:
  MarkdownFixes(const AuditInput& input, const DocumentComparison& compared,
                const std::filesystem::path& base)
      : docs_(*input.source(Role::documented)), built_(*input.schema(compared.built)) {
    for (const DocumentReading& reading : docs_.documents) {
      std::string error;
      if (std::optional<std::string> text = read_file(base / reading.uri, error))
        documents_.push_back({reading.uri, std::move(*text), reading.state});
    }
    style_ = learn_style(documents_, docs_);
    is_taken_ = [base](const std::string& uri) {
      std::error_code unused;
      return std::filesystem::exists(base / uri, unused);
    };
  }

  std::optional<Fix> fix_of(const Correction& correction) {
    std::vector<DocumentText> concerned = documents_of(correction);
    for (const DocumentText& document : concerned) bytes_ += document.text.size();
    if (bytes_ > kMostBytes) return std::nullopt;
    const std::vector<Correction> one = {correction};
    RefreshPlan plan =
        refresh_documents({concerned, docs_, built_, one, style_, is_taken_, &parsed_});
    std::string patch;
    for (const DocumentChange& change : plan.changes) {
      if (change.corrections.empty()) continue;
      const std::string* before = nullptr;
      for (const DocumentText& document : concerned)
        if (document.uri == change.uri) before = &document.text;
      // A default that was masked would be one that nobody has built.
      if (adds_a_secret(before ? *before : "", change.text)) return std::nullopt;
      patch += unified_diff(change.uri, before, change.text);
    }
    if (patch.empty()) return std::nullopt;
    return Fix{FixKind::markdown, redact(patch)};
  }

 private:
  std::vector<DocumentText> documents_of(const Correction& correction) const {
    std::vector<std::string> uris;
    bool is_new = correction.what == CorrectionKind::table && !correction.is_stated;
    if (is_new) {
      if (!style_.file_per_table) uris.push_back(style_.sections_in);
    } else {
      uris.push_back(correction.at.uri);
      if (correction.stated)
        for (const Column& column : correction.stated->columns) uris.push_back(column.origin.uri);
    }
    std::vector<DocumentText> concerned;
    for (const DocumentText& document : documents_)
      if (std::find(uris.begin(), uris.end(), document.uri) != uris.end())
        concerned.push_back(document);
    return concerned;
  }

  const SourceResult& docs_;
  const Schema& built_;
  std::vector<DocumentText> documents_;
  DocumentStyle style_;
  std::function<bool(const std::string&)> is_taken_;
  ParsedDocuments parsed_;
  std::size_t bytes_ = 0;
};

}  // namespace

void add_markdown_fixes(Report& report, const AuditInput& input,
                        const std::filesystem::path& base) {
  const SourceResult* docs = input.source(Role::documented);
  if (!docs || report.findings.empty()) return;
  std::optional<DocumentComparison> compared = compare_documents(input);
  if (!compared || compared->comparison.disagreements.empty()) return;
  const std::vector<Correction> corrections =
      corrections_of(compared->comparison, docs->schema, *input.schema(compared->built));
  std::map<std::string, std::size_t> by_message;
  for (std::size_t i = 0; i < compared->comparison.disagreements.size(); ++i)
    by_message.emplace(redact(compared->comparison.disagreements[i].message), i);
  std::optional<MarkdownFixes> fixes;
  for (Finding& finding : report.findings) {
    auto found = by_message.find(finding.message);
    if (finding.fix || finding.state != FindingState::new_ || found == by_message.end()) continue;
    // Where the other side has to catch up, the document is right as it is.
    if (finding.behind && *finding.behind != Behind::docs) continue;
    if (!fixes) fixes.emplace(input, *compared, base);
    finding.fix = fixes->fix_of(corrections[found->second]);
  }
}

}  // namespace schemaudit
