// The page: a template (reports/html/page.html), a style, a script that only filters and
// copies, and between them everything, rendered here, so that it reads well with scripts off.
#include <algorithm>
#include <map>

#include "reports/content_policy.h"
#include "reports/html_assets.h"
#include "reports/html_chain.h"
#include "reports/html_documents.h"
#include "reports/html_findings.h"
#include "reports/html_overview.h"
#include "reports/html_sources.h"
#include "reports/html_tables.h"
#include "reports/html_writer.h"
#include "reports/page_limits.h"
#include "reports/renderer.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

std::string page_title(const Report& report) {
  std::string title = std::string(verdict_word(report.verdict)) + ": schema audit";
  if (!report.sources.empty() && !report.sources.front().name.empty())
    title += " of " + report.sources.front().name;
  return title;
}

// One pass over the template: what is put in is never looked through for placeholders.
std::string fill(std::string_view page, const std::map<std::string_view, std::string_view>& parts) {
  std::string result;
  for (;;) {
    const std::size_t open = page.find("{{");
    result += page.substr(0, open);
    if (open == std::string_view::npos) return result;
    const std::size_t close = page.find("}}", open);
    const auto part = parts.find(page.substr(open + 2, close - open - 2));
    if (part != parts.end()) result += part->second;
    page.remove_prefix(close + 2);
  }
}

}  // namespace

std::string render_html(const Report& report) {
  HtmlWriter body;
  write_masthead(report, body);
  body.markup("<div class=\"wrap layout\">");
  write_navigation(report, body);
  body.markup("<main id=\"content\">");
  write_metrics(report, body);
  write_criteria(report, body);
  write_actions(report, body);
  write_findings(report, body);
  write_tables(report, body);
  write_questions(report, body);
  const std::size_t left = kBytesBeforeRules - std::min(kBytesBeforeRules, body.size());
  write_documents(report, std::clamp(left, kLeastBytesOfDocuments, kMostBytesOfDocuments), body);
  write_chain(report, body);
  write_sources(report, body);
  write_not_checked(report, body);
  write_rules(report, body);
  body.markup("</main></div><footer class=\"wrap\"><p>Made by schemaudit ")
      .text(report.tool_version)
      .markup(". The JSON report says the same for programs.</p></footer>");

  const std::string policy = content_policy(kHtmlStyle, kHtmlScript);
  const std::string title = escape_html(page_title(report));
  const std::string generator = escape_html("schemaudit " + report.tool_version);
  return fill(kHtmlPage, {{"policy", policy},
                          {"title", title},
                          {"generator", generator},
                          {"style", kHtmlStyle},
                          {"body", body.html()},
                          {"script", kHtmlScript}});
}

}  // namespace schemaudit
