#include "reports/html_findings.h"

#include <algorithm>
#include <map>
#include <set>

#include "reports/finding_groups.h"
#include "reports/markdown_text.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

// More than this many are shown folded, so that a long page can be scanned.
constexpr std::size_t kOpenFindings = 40;

class FindingsWriter {
 public:
  FindingsWriter(const Report& report, HtmlWriter& html) : report_(report), html_(html) {
    for (const SourceReport& source : report.sources) given_.insert(source.role);
    std::map<std::string, std::size_t> seen;
    for (const Finding& finding : report.findings) {
      const std::size_t times = ++seen[finding.fingerprint];
      anchors_[&finding] =
          "f-" + finding.fingerprint + (times > 1 ? "-" + std::to_string(times) : std::string());
    }
  }

  void write_groups(FindingState state) {
    const std::vector<SeverityGroup> groups = group_findings(report_, state);
    std::size_t total = 0;
    for (const SeverityGroup& group : groups) total += group.count;
    open_left_ = total <= kOpenFindings ? total : 0;
    for (const SeverityGroup& group : groups) write_severity(group, state == FindingState::new_);
  }

 private:
  void write_severity(const SeverityGroup& group, bool anchored) {
    html_.markup("<section class=\"severity sev-").text(to_string(group.severity));
    if (anchored) html_.markup("\" id=\"severity-").text(to_string(group.severity));
    html_.markup("\"><h3><span class=\"badge sev-").text(to_string(group.severity)).markup("\">");
    html_.text(to_string(group.severity)).markup("</span> <span class=\"count\">");
    html_.text(counted(group.count, "finding")).markup("</span></h3>");
    for (const RuleGroup& rule : group.rules) write_rule(rule);
    html_.markup("</section>");
  }

  void write_rule(const RuleGroup& group) {
    html_.markup("<section class=\"rule-group\"><h4><code>").text(group.rule);
    html_.markup("</code> <span class=\"count\">").number(group.findings.size());
    html_.markup("</span></h4>");
    if (group.about) {
      html_.markup("<p class=\"lead\">").text(group.about->summary);
      html_.markup(" <a href=\"#rule-").text(group.rule).markup("\">About this rule</a></p>");
      const std::string why = markdown_section(group.about->docs, "Why it matters");
      if (!why.empty())
        html_.markup("<details class=\"why-it-matters\"><summary>Why it matters</summary>")
            .add(markdown_to_html(why))
            .markup("</details>");
    }
    for (const Finding* finding : group.findings) write_finding(*finding);
    html_.markup("</section>");
  }

  void write_finding(const Finding& finding) {
    const std::string object = to_string(finding.object);
    html_.markup("<details class=\"finding\" id=\"").text(anchors_[&finding]);
    html_.markup("\" data-rule=\"").text(finding.rule);
    html_.markup("\" data-severity=\"").text(to_string(finding.severity)).markup("\"");
    if (open_left_ > 0) {
      html_.markup(" open");
      --open_left_;
    }
    html_.markup("><summary><span class=\"subject\"><span class=\"kind\">");
    html_.text(finding.object.kind).markup("</span> <code>");
    html_.text(object.empty() ? finding.rule : object).markup("</code></span>");
    html_.markup("<span class=\"place\">").text(place_of(finding)).markup("</span>");
    html_.markup("<span class=\"message\">").text(finding.message).markup("</span></summary>");
    html_.markup("<div class=\"body\">");
    write_sides(finding);
    write_fix(finding);
    write_footer(finding);
    html_.markup("</div></details>");
  }

  // A side that was given and says nothing is worth showing, except of what only documents hold.
  bool shows(Role role, const Finding& finding) const {
    if (finding.evidence.of(role)) return true;
    const std::string& kind = finding.object.kind;
    return kind != "document" && kind != "query" && given_.count(role) > 0;
  }

  static bool is_behind(Role role, const Finding& finding) {
    if (!finding.behind) return false;
    switch (*finding.behind) {
      case Behind::docs:
        return role == Role::documented;
      case Behind::migrations:
        return role == Role::declared;
      case Behind::models:
        return role == Role::modelled;
      case Behind::live:
        return role == Role::live;
    }
    return false;
  }

  void write_sides(const Finding& finding) {
    const FindingEvidence& evidence = finding.evidence;
    const bool any = evidence.documented || evidence.declared || evidence.modelled ||
                     evidence.live || evidence.before;
    if (any) {
      html_.markup("<dl class=\"sides\">");
      for (Role role :
           {Role::documented, Role::declared, Role::modelled, Role::live, Role::before}) {
        if (!shows(role, finding)) continue;
        const std::optional<std::string>& side = evidence.of(role);
        html_.markup("<div class=\"side");
        if (is_behind(role, finding)) html_.markup(" is-behind");
        html_.markup("\"><dt>").text(side_name(role));
        if (is_behind(role, finding)) html_.markup(" <span class=\"tag\">behind</span>");
        html_.markup("</dt><dd>");
        if (side && !side->empty())
          html_.markup("<pre>").block(*side).markup("</pre>");
        else
          html_.markup("<span class=\"silent\">says nothing</span>");
        html_.markup("</dd></div>");
      }
      html_.markup("</dl>");
    } else if (finding.behind) {
      html_.markup("<p class=\"behind\">Here ").text(behind_sentence(*finding.behind));
      html_.markup(".</p>");
    }
  }

  void write_fix(const Finding& finding) {
    if (!finding.fix) return;
    html_.markup("<div class=\"fix\"><p class=\"label\">Fix, ");
    switch (finding.fix->kind) {
      case FixKind::sql:
        html_.markup("as SQL");
        break;
      case FixKind::markdown:
        html_.markup("in the document");
        break;
      case FixKind::config:
        html_.markup("in schemaudit.toml");
        break;
    }
    html_.markup("</p><div class=\"copyable\"><pre><code>").block(finding.fix->text);
    html_.markup("</code></pre></div></div>");
  }

  void write_footer(const Finding& finding) {
    html_.markup("<p class=\"footnote\">");
    const Location* first = first_place(finding);
    bool see_also = false;
    for (const Location& location : finding.locations) {
      if (&location == first || !location.origin.from_file()) continue;
      if (see_also)
        html_.markup(", ");
      else
        html_.markup("See also ");
      html_.markup("<code>").text(place_of(location.origin)).markup("</code>");
      see_also = true;
    }
    if (see_also) html_.markup(" · ");
    html_.markup("<a href=\"#").text(anchors_[&finding]).markup("\">");
    html_.text(finding.fingerprint).markup("</a></p>");
  }

  const Report& report_;
  HtmlWriter& html_;
  std::set<Role> given_;
  std::map<const Finding*, std::string> anchors_;
  std::size_t open_left_ = 0;
};

// Hidden until the script shows it: without scripts it could do nothing.
void write_filter(const Report& report, HtmlWriter& html) {
  html.markup(
      "<form id=\"filter\" class=\"filter\" role=\"search\" hidden>"
      "<label class=\"field\"><span>Search</span><input id=\"filter-text\" type=\"search\" "
      "autocomplete=\"off\" placeholder=\"table, file, words; / to begin\"></label>"
      "<label class=\"field\"><span>Severity</span><select id=\"filter-severity\">"
      "<option value=\"\">all</option>");
  const std::vector<SeverityGroup> groups = group_findings(report, FindingState::new_);
  std::map<std::string, std::size_t> rules;
  for (const SeverityGroup& group : groups) {
    html.markup("<option value=\"").text(to_string(group.severity)).markup("\">");
    html.text(to_string(group.severity)).markup(" (").number(group.count).markup(")</option>");
    for (const RuleGroup& rule : group.rules) rules[rule.rule] += rule.findings.size();
  }
  html.markup(
      "</select></label><label class=\"field\"><span>Rule</span>"
      "<select id=\"filter-rule\"><option value=\"\">all</option>");
  for (const auto& [rule, count] : rules) {
    html.markup("<option value=\"").text(rule).markup("\">").text(rule);
    html.markup(" (").number(count).markup(")</option>");
  }
  html.markup("</select></label><output id=\"filter-count\" aria-live=\"polite\"></output></form>");
}

std::size_t count_in_state(const Report& report, FindingState state) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [&](const Finding& finding) { return finding.state == state; }));
}

}  // namespace

void write_findings(const Report& report, HtmlWriter& html) {
  html.markup(
      "<section id=\"findings\" aria-labelledby=\"findings-title\" tabindex=\"-1\">"
      "<h2 id=\"findings-title\">Findings</h2>");
  if (count_in_state(report, FindingState::new_) == 0) {
    if (report.verdict == Verdict::incomplete)
      html.markup("<p>None among what could be seen; the evidence is incomplete.</p>");
    else
      html.markup("<p>None: whatever was compared agrees.</p>");
  } else {
    write_filter(report, html);
    FindingsWriter(report, html).write_groups(FindingState::new_);
  }
  html.markup("</section>");
}

void write_accepted_findings(const Report& report, HtmlWriter& html) {
  const std::size_t waived = count_in_state(report, FindingState::waived);
  const std::size_t known = count_in_state(report, FindingState::baseline);
  if (waived + known == 0) return;
  html.markup(
      "<section id=\"accepted\" aria-labelledby=\"accepted-title\">"
      "<h2 id=\"accepted-title\">Waived and known</h2><p class=\"lead\">These still "
      "disagree, but do not decide the verdict.</p>");
  FindingsWriter writer(report, html);
  if (waived > 0) {
    html.markup(
        "<section class=\"state-group\"><h3 class=\"state-title\">Waived in the "
        "configuration</h3>");
    writer.write_groups(FindingState::waived);
    html.markup("</section>");
  }
  if (known > 0) {
    html.markup("<section class=\"state-group\"><h3 class=\"state-title\">In the baseline</h3>");
    writer.write_groups(FindingState::baseline);
    html.markup("</section>");
  }
  html.markup("</section>");
}

}  // namespace schemaudit
