#include "reports/html_overview.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/not_checked.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

constexpr std::size_t kGapsInMasthead = 4;
constexpr std::size_t kLinksOfAction = 12;
constexpr std::size_t kMembersShown = 500;

std::string_view verdict_title(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "Pass";
    case Verdict::fail:
      return "Fail";
    case Verdict::incomplete:
      return "Incomplete";
  }
  return "";
}

// A sign of its own shape for each verdict, so that colour is never alone.
void write_verdict_sign(Verdict verdict, HtmlWriter& html) {
  html.markup(
      "<svg class=\"sign\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">");
  switch (verdict) {
    case Verdict::pass:
      html.markup("<path d=\"M5 12.5l4.5 4.5L19 7.5\"/>");
      break;
    case Verdict::fail:
      html.markup("<path d=\"M6.5 6.5l11 11M17.5 6.5l-11 11\"/>");
      break;
    case Verdict::incomplete:
      html.markup("<path d=\"M12 5v9M12 18.2v.6\"/>");
      break;
  }
  html.markup("</svg>");
}

void write_fact(std::string_view name, const HtmlWriter& value, HtmlWriter& html) {
  html.markup("<div><dt>").text(name).markup("</dt><dd>").add(value).markup("</dd></div>");
}

void write_digest(const std::string& digest, std::string_view what, HtmlWriter& html) {
  if (digest.empty()) return;
  html.markup("<span class=\"digest\" title=\"").text(what).text(digest).markup("\">sha256 ");
  html.text(short_digest(digest)).markup("</span>");
}

void write_provenance(const Report& report, HtmlWriter& html) {
  html.markup("<dl class=\"provenance\">");
  for (const SourceReport& source : report.sources) {
    HtmlWriter value;
    value.markup("<code>").text(source.name.empty() ? source.kind : source.name).markup("</code>");
    if (source.server) value.markup("<br>").text(describe_server(*source.server));
    value.markup("<br>").text(describe_counts(source.objects));
    write_digest(source.digest, "SHA-256 of what was read: ", value);
    write_fact(side_name(source.role), value, html);
  }
  HtmlWriter gate;
  if (report.fail_on)
    gate.text(fmt::format("fails on {}", to_string(*report.fail_on)))
        .text(*report.fail_on == Severity::critical ? "" : " and above");
  else
    gate.text("findings do not decide");
  if (!report.config.uri.empty()) {
    gate.markup("<br>by <code>").text(report.config.uri).markup("</code>");
    write_digest(report.config.digest, "SHA-256 of the file: ", gate);
  }
  write_fact("gate", gate, html);
  HtmlWriter run;
  if (!report.run.started_at.empty())
    run.markup("<time>").text(report.run.started_at).markup("</time>");
  if (!report.run.finished_at.empty())
    run.markup("<br>to <time>").text(report.run.finished_at).markup("</time>");
  if (!report.run.started_at.empty()) run.markup(", ");
  run.text(fmt::format("{:.1f} s", report.run.seconds));
  write_fact("run", run, html);
  html.markup("</dl>");
}

void write_tally(const Report& report, HtmlWriter& html) {
  html.markup("<ul class=\"tally\" aria-label=\"Findings by severity\">");
  for (Severity severity : kSeverities) {
    const std::size_t count = count_new(report, severity);
    html.markup("<li class=\"sev-").text(to_string(severity));
    if (count == 0) html.markup(" none");
    html.markup("\">");
    if (count > 0) html.markup("<a href=\"#severity-").text(to_string(severity)).markup("\">");
    html.markup("<b>").number(count).markup("</b> ").text(to_string(severity));
    if (count > 0) html.markup("</a>");
    html.markup("</li>");
  }
  html.markup("</ul>");
}

bool has_state(const Report& report, FindingState state) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& finding) { return finding.state == state; });
}

/// Whether there is a section of tables.
bool has_tables(const Report& report) {
  return !report.tables.empty() ||
         std::any_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
           return finding.state == FindingState::new_ && !finding.object.table.empty();
         });
}

void write_gap(const NotChecked& gap, HtmlWriter& html) {
  html.markup("<li");
  if (gap.may_hide) html.markup(" class=\"may-hide\"");
  html.markup("><span class=\"what\">").text(gap.what).markup("</span> <span class=\"why\">");
  html.text(gap.why).markup("</span></li>");
}

}  // namespace

void write_masthead(const Report& report, HtmlWriter& html) {
  html.markup("<header class=\"masthead\"><div class=\"wrap\">");
  html.markup("<p class=\"brand\"><span>schemaudit</span> ").text(report.tool_version);
  html.markup("</p><h1 class=\"verdict verdict-").text(to_string(report.verdict)).markup("\">");
  write_verdict_sign(report.verdict, html);
  html.text(verdict_title(report.verdict)).markup("</h1><p class=\"reason\">");
  html.text(verdict_reason(report)).markup("</p>");
  write_tally(report, html);
  write_provenance(report, html);

  const std::vector<NotChecked> gaps = not_checked(report);
  std::size_t not_run = 0;
  for (const RulesNotRun& group : rules_not_run(report)) not_run += group.rules.size();
  if (!gaps.empty() || not_run > 0) {
    html.markup(
        "<section class=\"caveat\" aria-labelledby=\"caveat\"><h2 id=\"caveat\">"
        "What this verdict does not cover</h2><ul class=\"gaps\">");
    const std::size_t shown = gaps.size() <= kGapsInMasthead + 1 ? gaps.size() : kGapsInMasthead;
    for (std::size_t i = 0; i < shown; ++i) write_gap(gaps[i], html);
    if (shown < gaps.size())
      html.markup("<li><a href=\"#not-checked\">")
          .number(gaps.size() - shown)
          .markup(" more that was not checked</a></li>");
    if (not_run > 0)
      html.markup("<li><a href=\"#rules\">")
          .text(counted(not_run, "rule"))
          .markup(" did not run</a></li>");
    html.markup("</ul></section>");
  }
  html.markup("</div></header>");
}

void write_navigation(const Report& report, HtmlWriter& html) {
  html.markup("<nav class=\"contents\" aria-label=\"Contents\"><ul>");
  if (!report.metrics.empty()) html.markup("<li><a href=\"#metrics\">Metrics</a></li>");
  if (!report.criteria.empty()) html.markup("<li><a href=\"#criteria\">Criteria</a></li>");
  if (!report.actions.empty()) html.markup("<li><a href=\"#actions\">What to do</a></li>");
  html.markup("<li><a href=\"#findings\">Findings</a></li>");
  if (has_state(report, FindingState::waived))
    html.markup("<li class=\"sub\"><a href=\"#waived\">Waived</a></li>");
  if (has_state(report, FindingState::baseline))
    html.markup("<li class=\"sub\"><a href=\"#baseline\">Baseline</a></li>");
  if (has_tables(report)) html.markup("<li><a href=\"#tables\">Tables</a></li>");
  if (!report.questions.empty()) html.markup("<li><a href=\"#questions\">Questions</a></li>");
  if (!report.annotated.empty()) html.markup("<li><a href=\"#documents\">Documents</a></li>");
  if (report.chain) html.markup("<li><a href=\"#migrations\">Migrations</a></li>");
  html.markup(
      "<li><a href=\"#sources\">What was read</a></li>"
      "<li><a href=\"#not-checked\">Not checked</a></li>"
      "<li><a href=\"#rules\">Rules</a></li></ul></nav>");
}

void write_actions(const Report& report, HtmlWriter& html) {
  if (report.actions.empty()) return;
  html.markup(
      "<section id=\"actions\" aria-labelledby=\"actions-title\"><h2 id=\"actions-title\">"
      "What to do</h2><ol class=\"actions\">");
  for (const Action& action : report.actions) {
    html.markup("<li><span class=\"badge sev-").text(to_string(action.severity)).markup("\">");
    html.text(to_string(action.severity)).markup("</span> ").text(action.text);
    if (!action.findings.empty()) html.markup(" <span class=\"links\">");
    for (std::size_t i = 0; i < action.findings.size() && i < kLinksOfAction; ++i) {
      html.markup("<a href=\"#f-").text(action.findings[i]).markup("\">");
      html.text(action.findings[i].substr(0, 6)).markup("</a> ");
    }
    if (action.findings.size() > kLinksOfAction)
      html.markup("and ").number(action.findings.size() - kLinksOfAction).markup(" more");
    if (!action.findings.empty()) html.markup("</span>");
    html.markup("</li>");
  }
  html.markup("</ol></section>");
}

void write_questions(const Report& report, HtmlWriter& html) {
  if (report.questions.empty()) return;
  html.markup(
      "<section id=\"questions\" aria-labelledby=\"questions-title\">"
      "<h2 id=\"questions-title\">Questions</h2><p class=\"lead\">Seen, but no policy "
      "says whether it is wrong. Lines in <code>schemaudit.toml</code> answer.</p>");
  for (const Question& question : report.questions) {
    html.markup("<article class=\"card question\"><h3><code>").text(question.rule);
    html.markup("</code> <span class=\"count\">").number(question.count).markup("</span></h3><p>");
    html.text(question.text).markup("</p>");
    if (!question.examples.empty()) {
      html.markup("<p class=\"examples\">For example ");
      for (std::size_t i = 0; i < question.examples.size(); ++i) {
        if (i > 0) html.markup(", ");
        html.markup("<code>").text(question.examples[i]).markup("</code>");
      }
      html.markup("</p>");
    }
    if (!question.config.empty())
      html.markup("<div class=\"copyable\"><pre><code>")
          .block(question.config)
          .markup("</code></pre></div>");
    html.markup("</article>");
  }
  html.markup("</section>");
}

void write_metrics(const Report& report, HtmlWriter& html) {
  if (report.metrics.empty()) return;
  html.markup(
      "<section id=\"metrics\" aria-labelledby=\"metrics-title\"><h2 id=\"metrics-title\">"
      "Metrics</h2><ul class=\"metrics\">");
  for (const Metric& metric : report.metrics) {
    const std::string share = percentage(metric);
    html.markup("<li><div class=\"metric\"><span class=\"name\">").text(metric_title(metric));
    html.markup(
            "</span><svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" "
            "role=\"img\" aria-label=\"")
        .text(share)
        .markup(
            "\"><rect class=\"track\" width=\"100\" height=\"8\"/><rect class=\"fill\" width=\"")
        .number(static_cast<std::size_t>(percent(metric)))
        .markup("\" height=\"8\"/></svg><span class=\"value\">")
        .number(metric.numerator)
        .markup("/")
        .number(metric.denominator)
        .markup(" <b>")
        .text(share)
        .markup("</b></span></div>");
    if (!metric.members.empty()) {
      html.markup("<details><summary>").number(metric.members.size());
      html.markup(" that count against it</summary><p class=\"members\">");
      const std::size_t shown = std::min(metric.members.size(), kMembersShown);
      for (std::size_t i = 0; i < shown; ++i)
        html.markup("<code>").text(metric.members[i]).markup("</code> ");
      if (shown < metric.members.size())
        html.markup("and ")
            .number(metric.members.size() - shown)
            .markup(" more, in the JSON report");
      html.markup("</p></details>");
    }
    html.markup("</li>");
  }
  html.markup("</ul></section>");
}

void write_criteria(const Report& report, HtmlWriter& html) {
  if (report.criteria.empty()) return;
  html.markup(
      "<section id=\"criteria\" aria-labelledby=\"criteria-title\">"
      "<h2 id=\"criteria-title\">Criteria</h2><ul class=\"criteria\">");
  for (const CriterionReport& criterion : report.criteria) {
    switch (criterion.state) {
      case CriterionState::met:
        html.markup("<li class=\"met\"><span class=\"state\">✓ met</span> ");
        break;
      case CriterionState::not_met:
        html.markup("<li class=\"not-met\"><span class=\"state\">✗ not met</span> ");
        break;
      case CriterionState::not_evaluated:
        html.markup("<li class=\"open\"><span class=\"state\">? not evaluated</span> ");
        break;
    }
    html.text(criterion.text);
    if (!criterion.decided_by.empty())
      html.markup(" <span class=\"why\">decided by ")
          .text(first_of(criterion.decided_by, criterion.decided_by.size()))
          .markup("</span>");
    if (!criterion.reason.empty())
      html.markup("<div class=\"why\">").text(criterion.reason).markup("</div>");
    html.markup("</li>");
  }
  html.markup("</ul></section>");
}

void write_not_checked(const Report& report, HtmlWriter& html) {
  html.markup(
      "<section id=\"not-checked\" aria-labelledby=\"not-checked-title\">"
      "<h2 id=\"not-checked-title\">Not checked</h2>");
  const std::vector<NotChecked> gaps = not_checked(report);
  if (gaps.empty()) {
    html.markup("<p>Nothing was left out, hidden or unanalysed.</p></section>");
    return;
  }
  html.markup(
      "<p class=\"lead\">Not given, left out or hidden. An exclamation mark stands where a "
      "difference may hide.</p><ul class=\"gaps\">");
  for (const NotChecked& gap : gaps) write_gap(gap, html);
  html.markup("</ul></section>");
}

}  // namespace schemaudit
