#include "reports/html_sources.h"

#include <fmt/format.h>

#include "reports/html_documents.h"
#include "reports/markdown_text.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

// Documents up to this many have their tables unfolded.
constexpr std::size_t kOpenDocuments = 4;

void write_tables(const DocumentReading& document, HtmlWriter& html) {
  html.markup("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Tables read from ")
      .text(document.uri)
      .markup(
          "\"><table><thead><tr><th scope=\"col\">Table</th><th scope=\"col\">Line</th>"
          "<th scope=\"col\">Written as</th><th scope=\"col\" class=\"num\">Columns</th>"
          "<th scope=\"col\" class=\"num\">Constraints</th>"
          "<th scope=\"col\" class=\"num\">Indexes</th><th scope=\"col\">Claims</th></tr>"
          "</thead><tbody>");
  for (const TableReading& table : document.tables) {
    html.markup("<tr><th scope=\"row\"><code>").text(to_string(table.table));
    html.markup("</code></th><td>");
    if (table.origin.line > 0) html.number(static_cast<std::size_t>(table.origin.line));
    html.markup("</td><td>").text(table.form).markup("</td><td class=\"num\">");
    html.number(table.columns).markup("</td><td class=\"num\">").number(table.constraints);
    html.markup("</td><td class=\"num\">").number(table.indexes).markup("</td><td>");
    if (table.complete)
      html.markup("all columns");
    else
      html.markup("what it names");
    html.markup("</td></tr>");
  }
  html.markup("</tbody></table></div>");
}

void write_document(const Report& report, const DocumentReading& document, bool open,
                    HtmlWriter& html) {
  html.markup("<details class=\"document\"");
  if (open) html.markup(" open");
  html.markup("><summary><code>").text(document.uri).markup("</code> ");
  if (document.state != DocumentState::current)
    html.markup("<span class=\"tag\">").text(to_string(document.state)).markup("</span> ");
  html.markup("<span class=\"count\">");
  if (document.tables.empty() && document.queries.empty())
    html.markup("no schema was read from it");
  else
    html.text(counted(count_tables(document), "table"));
  if (!document.queries.empty())
    html.text(", " + counted(document.queries.size(), "query", "queries"));
  html.markup("</span></summary>");
  if (const std::string anchor = document_anchor(report, document.uri); !anchor.empty())
    html.markup("<p class=\"note\"><a href=\"#")
        .text(anchor)
        .markup("\">The document, with its claims</a></p>");
  if (document.self_description) {
    html.markup("<p class=\"note\">It calls itself “").text(*document.self_description);
    html.markup("”");
    if (document.self_description_origin.line > 0)
      html.text(fmt::format(" (line {})", document.self_description_origin.line));
    if (document.proposed_state && *document.proposed_state != document.state)
      html.markup(". If it is, say so under <code>[sources]</code>: <code>")
          .text(fmt::format("{{ path = \"{}\", state = \"{}\" }}", document.uri,
                            to_string(*document.proposed_state)))
          .markup("</code>");
    html.markup(".</p>");
  }
  if (!document.tables.empty()) write_tables(document, html);
  html.markup("</details>");
}

void write_hidden(const Visibility& visibility, HtmlWriter& html) {
  if (visibility.hidden.empty()) return;
  html.markup(
      "<p class=\"note\">The role did not see everything through information_schema:</p>"
      "<ul class=\"plain\">");
  for (const HiddenFact& hidden : visibility.hidden) {
    html.markup("<li><code>").text(hidden.view).markup("</code> showed ").number(hidden.shown);
    html.markup(" of ").number(hidden.expected).markup(" rows");
    if (hidden.known_otherwise)
      html.markup("; pg_catalog showed the rest");
    else
      html.markup("; <b>no other catalog shows the rest</b>");
    if (!hidden.relations.empty()) html.text(" (" + first_of(hidden.relations, 5) + ")");
    html.markup("</li>");
  }
  html.markup("</ul>");
}

void write_source(const Report& report, const SourceReport& source, HtmlWriter& html) {
  html.markup("<article class=\"card source\"><h3>").text(side_name(source.role));
  html.markup(" <code>").text(source.name.empty() ? source.kind : source.name);
  html.markup("</code></h3><p class=\"lead\">").text(describe_counts(source.objects));
  if (source.server) html.markup(" · ").text(describe_server(*source.server));
  html.markup("</p>");
  if (source.questions > 0)
    html.markup("<p class=\"digest\">").text(describe_questions(source)).markup("</p>");
  if (!source.digest.empty())
    html.markup("<p class=\"digest\">sha256 ").text(source.digest).markup("</p>");
  write_hidden(source.visibility, html);
  for (const DocumentReading& document : source.documents)
    write_document(report, document, source.documents.size() <= kOpenDocuments, html);
  html.markup("</article>");
}

void write_status(const RuleReport& rule, HtmlWriter& html) {
  switch (rule.status) {
    case RuleStatus::passed:
      html.markup("<span class=\"status ok\">✓ passed</span>");
      break;
    case RuleStatus::failed:
      html.markup("<span class=\"status bad\">✗ failed</span>");
      break;
    case RuleStatus::not_run:
      html.markup("<span class=\"status open\">– not run</span>");
      break;
    case RuleStatus::crashed:
      html.markup("<span class=\"status bad\">! crashed</span>");
      break;
  }
  if (!rule.reason.empty()) html.markup("<span class=\"why\">").text(rule.reason).markup("</span>");
}

}  // namespace

void write_sources(const Report& report, HtmlWriter& html) {
  html.markup(
      "<section id=\"sources\" aria-labelledby=\"sources-title\"><h2 id=\"sources-title\">"
      "What was read</h2>");
  if (report.sources.empty()) html.markup("<p>No source was given.</p>");
  for (const SourceReport& source : report.sources) write_source(report, source, html);
  html.markup("</section>");
}

void write_rules(const Report& report, HtmlWriter& html) {
  html.markup(
      "<section id=\"rules\" aria-labelledby=\"rules-title\"><h2 id=\"rules-title\">Rules"
      "</h2><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Rules\"><table "
      "class=\"rules\"><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Severity</th>"
      "<th scope=\"col\">Status</th><th scope=\"col\" class=\"num\">Looked at</th>"
      "<th scope=\"col\" class=\"num\">Findings</th></tr></thead><tbody>");
  for (const RuleReport& rule : report.rules) {
    html.markup("<tr><th scope=\"row\"><details id=\"rule-").text(rule.id);
    html.markup("\"><summary><code>").text(rule.id).markup("</code></summary><div class=\"docs\">");
    if (!rule.summary.empty()) html.markup("<p>").text(rule.summary).markup("</p>");
    html.add(markdown_to_html(rule.docs)).markup("</div></details></th><td>");
    html.markup("<span class=\"badge sev-").text(to_string(rule.severity)).markup("\">");
    html.text(to_string(rule.severity)).markup("</span></td><td>");
    write_status(rule, html);
    html.markup("</td><td class=\"num\">").number(rule.checked);
    html.markup("</td><td class=\"num\">").number(rule.findings).markup("</td></tr>");
  }
  html.markup("</tbody></table></div></section>");
}

}  // namespace schemaudit
