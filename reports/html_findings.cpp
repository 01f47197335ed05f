#include "reports/html_findings.h"

#include <algorithm>
#include <map>
#include <set>

#include "reports/finding_groups.h"
#include "reports/markdown_text.h"
#include "reports/marked_difference.h"
#include "reports/page_limits.h"
#include "reports/report_words.h"

namespace schemaudit {
namespace {

/// `public.orders`, the table that a finding is filed under; empty where it is about none.
std::string table_of(const Finding& finding) {
  if (finding.object.table.empty()) return {};
  return to_string(
      ObjectRef{"table", finding.object.schema, finding.object.table, finding.object.table});
}

class FindingsWriter {
 public:
  FindingsWriter(const Report& report, HtmlWriter& html) : report_(report), html_(html) {
    for (const SourceReport& source : report.sources) given_.insert(source.role);
    std::map<std::string, std::size_t> seen;
    for (const Finding& finding : report.findings) {
      const std::size_t times = ++seen[finding.fingerprint];
      anchors_[&finding] =
          "f-" + finding.fingerprint + (times > 1 ? "-" + std::to_string(times) : std::string());
      tables_.emplace(table_of(finding), 0);
    }
    std::size_t number = 0;
    for (auto& [table, index] : tables_)
      if (!table.empty()) index = ++number;
  }

  /// How many have been told in full by now.
  std::size_t detailed() const { return detailed_; }

  void write_groups(FindingState state) {
    const std::vector<SeverityGroup> groups = group_findings(report_, state);
    std::size_t total = 0;
    for (const SeverityGroup& group : groups) total += group.count;
    open_left_ = total <= kOpenFindings ? total : 0;
    for (const SeverityGroup& group : groups) write_severity(group, state == FindingState::new_);
  }

  // Hidden until the script shows it: without scripts it could do nothing.
  void write_filter(HtmlWriter& html) {
    html.markup(
        "<form id=\"filter\" class=\"filter\" role=\"search\" aria-label=\"Filter the findings\" "
        "hidden><label class=\"field\"><span>Search</span><input id=\"filter-text\" "
        "type=\"search\" autocomplete=\"off\" spellcheck=\"false\" "
        "placeholder=\"table, file, words\"></label>");
    std::map<std::string, std::size_t> severities, rules, tables;
    for (const Finding& finding : report_.findings) {
      ++severities[std::string(to_string(finding.severity))];
      ++rules[finding.rule];
      if (const std::string table = table_of(finding); !table.empty()) ++tables[table];
    }
    html.markup(
        "<label class=\"field\"><span>Severity</span><select id=\"filter-severity\">"
        "<option value=\"\">all</option>");
    for (Severity severity : kSeverities)
      if (const auto found = severities.find(std::string(to_string(severity)));
          found != severities.end())
        write_option(html, found->first, found->first, found->second);
    html.markup(
        "</select></label><label class=\"field\"><span>Rule</span>"
        "<select id=\"filter-rule\"><option value=\"\">all</option>");
    for (const auto& [rule, count] : rules) write_option(html, rule, rule, count);
    html.markup(
        "</select></label><label class=\"field\"><span>Table</span>"
        "<select id=\"filter-table\"><option value=\"\">all</option>");
    for (const auto& [table, count] : tables)
      write_option(html, std::to_string(tables_[table]), table, count);
    html.markup(
        "</select></label><div class=\"filter-state\"><output id=\"filter-count\" "
        "aria-live=\"polite\"></output><button type=\"reset\" id=\"filter-clear\" "
        "hidden>Clear</button></div><p class=\"keys\"><kbd>/</kbd> search <kbd>j</kbd> next "
        "<kbd>k</kbd> previous <kbd>Enter</kbd> open or close</p></form>");
  }

 private:
  static void write_option(HtmlWriter& html, std::string_view value, std::string_view name,
                           std::size_t count) {
    html.markup("<option value=\"").text(value).markup("\">").text(name);
    html.markup(" (").number(count).markup(")</option>");
  }

  void write_severity(const SeverityGroup& group, bool anchored) {
    html_.markup("<section class=\"severity sev-").text(to_string(group.severity));
    if (anchored) html_.markup("\" id=\"severity-").text(to_string(group.severity));
    html_.markup("\" data-severity=\"").text(to_string(group.severity));
    html_.markup("\"><h4><span class=\"badge sev-").text(to_string(group.severity)).markup("\">");
    html_.text(to_string(group.severity)).markup("</span> <span class=\"count\">");
    html_.text(counted(group.count, "finding")).markup("</span></h4>");
    for (const RuleGroup& rule : group.rules) write_rule(rule);
    html_.markup("</section>");
  }

  void write_rule(const RuleGroup& group) {
    html_.markup("<section class=\"rule-group\" data-rule=\"").text(group.rule);
    html_.markup("\"><h5><code>").text(group.rule);
    html_.markup("</code> <span class=\"count\">").number(group.findings.size());
    html_.markup("</span></h5>");
    if (group.about) {
      html_.markup("<p class=\"lead\">").text(group.about->summary);
      html_.markup(" <a href=\"#rule-").text(group.rule).markup("\">About this rule</a></p>");
      const std::string why = markdown_section(group.about->docs, "Why it matters");
      if (!why.empty())
        html_.markup("<details class=\"why-it-matters\"><summary>Why it matters</summary>")
            .add(markdown_to_html(why))
            .markup("</details>");
    }
    std::size_t detailed = 0;
    while (detailed < group.findings.size() && has_room())
      write_finding(*group.findings[detailed++]);
    if (detailed < group.findings.size()) {
      html_.markup("<ul class=\"brief\">");
      for (std::size_t i = detailed; i < group.findings.size(); ++i) {
        if (i > detailed && (i - detailed) % kLinesOfBriefList == 0)
          html_.markup("</ul><ul class=\"brief\">");
        write_line(*group.findings[i]);
      }
      html_.markup("</ul>");
    }
    html_.markup("</section>");
  }

  void write_table_number(const Finding& finding) {
    const std::size_t number = tables_[table_of(finding)];
    if (number > 0) html_.markup(" data-t=\"").number(number).markup("\"");
  }

  bool has_room() const {
    return detailed_ < kDetailedFindings && bytes_of_details_ < kBytesOfDetails;
  }

  void write_line(const Finding& finding) {
    html_.markup("<li id=\"").text(anchors_[&finding]).markup("\"");
    write_table_number(finding);
    html_.markup(">");
    const std::string subject = subject_of(finding);
    if (finding.message.find(subject) == std::string::npos)
      html_.markup("<code>").text(subject).markup("</code> ");
    html_.text(cut_for_html(finding.message, kBytesOfBriefMessage));
    html_.markup(" <span class=\"place\">").text(place_of(finding)).markup("</span></li>");
  }

  static std::string subject_of(const Finding& finding) {
    const std::string object = to_string(finding.object);
    return object.empty() ? finding.rule : object;
  }

  void write_finding(const Finding& finding) {
    const std::size_t begin = html_.size();
    ++detailed_;
    html_.markup("<details class=\"finding\" id=\"").text(anchors_[&finding]).markup("\"");
    write_table_number(finding);
    if (open_left_ > 0) {
      html_.markup(" open");
      --open_left_;
    }
    html_.markup("><summary><span class=\"subject\"><span class=\"kind\">");
    html_.text(finding.object.kind).markup("</span> <code>");
    html_.text(subject_of(finding)).markup("</code></span>");
    html_.markup("<span class=\"place\">").text(place_of(finding)).markup("</span>");
    html_.markup("<span class=\"message\">").text(finding.message).markup("</span></summary>");
    html_.markup("<div class=\"body\">");
    write_sides(finding);
    write_excerpt(finding);
    write_fix(finding);
    write_footer(finding);
    html_.markup("</div></details>");
    bytes_of_details_ += html_.size() - begin;
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
    constexpr Role kRoles[] = {Role::documented, Role::declared, Role::modelled, Role::live,
                               Role::before};
    std::vector<std::string> said;
    for (Role role : kRoles)
      if (const auto& side = finding.evidence.of(role); side && !side->empty())
        said.push_back(*side);
    if (said.empty() && finding.behind) {
      html_.markup("<p class=\"behind\">Here ").text(behind_sentence(*finding.behind));
      html_.markup(".</p>");
    }
    if (said.empty()) return;
    const std::vector<std::vector<MarkedPart>> marked = mark_differences(said);
    std::size_t next = 0;
    html_.markup("<dl class=\"sides\">");
    for (Role role : kRoles) {
      if (!shows(role, finding)) continue;
      const std::optional<std::string>& side = finding.evidence.of(role);
      html_.markup("<div class=\"side");
      if (is_behind(role, finding)) html_.markup(" is-behind");
      html_.markup("\"><dt>").text(side_name(role));
      if (is_behind(role, finding)) html_.markup(" <span class=\"tag\">behind</span>");
      html_.markup("</dt><dd>");
      if (side && !side->empty()) {
        html_.markup("<pre>");
        for (const MarkedPart& part : marked[next++]) {
          if (part.differs)
            html_.markup("<mark>").block(part.text).markup("</mark>");
          else
            html_.block(part.text);
        }
        html_.markup("</pre>");
      } else {
        html_.markup("<span class=\"silent\">says nothing</span>");
      }
      html_.markup("</dd></div>");
    }
    html_.markup("</dl>");
  }

  void write_excerpt(const Finding& finding) {
    const auto found = report_.excerpts.find(finding.fingerprint);
    if (found == report_.excerpts.end()) return;
    const Excerpt& excerpt = found->second;
    html_.markup("<figure class=\"excerpt\"><figcaption class=\"label\">");
    html_.text(place_of(Origin{excerpt.uri, excerpt.line, 0}));
    html_.markup("</figcaption><ol class=\"lines\">");
    for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
      const int line = excerpt.first_line + static_cast<int>(i);
      if (line == excerpt.line)
        html_.markup("<li class=\"here\"><span class=\"n\">");
      else
        html_.markup("<li><span class=\"n\">");
      html_.number(static_cast<std::size_t>(line)).markup("</span><code>");
      html_.text_line(excerpt.lines[i]).markup("</code></li>");
    }
    html_.markup("</ol></figure>");
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
  /// Numbers stand for tables in attributes: names may be long, and findings many.
  std::map<std::string, std::size_t> tables_;
  std::size_t open_left_ = 0;
  std::size_t detailed_ = 0;
  std::size_t bytes_of_details_ = 0;
};

std::size_t count_in_state(const Report& report, FindingState state) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [&](const Finding& finding) { return finding.state == state; }));
}

void write_size_note(const Report& report, std::size_t detailed, HtmlWriter& html) {
  if (report.findings.size() <= detailed) return;
  html.markup("<p class=\"notice\">");
  html.text(counted(report.findings.size(), "finding")).markup(": the ");
  html.number(detailed).markup(" most severe are told in full, each of the other ");
  html.number(report.findings.size() - detailed);
  html.markup(" on one line. The JSON report tells all of them in full.</p>");
}

void write_panels(const Report& report, FindingsWriter& writer, HtmlWriter& html) {
  const std::size_t open = count_in_state(report, FindingState::new_);
  html.markup("<section class=\"panel\" id=\"open\" data-tab=\"Open (").number(open);
  html.markup(")\"><h3 class=\"state-title\">Open</h3>");
  if (open > 0)
    writer.write_groups(FindingState::new_);
  else if (report.verdict == Verdict::incomplete)
    html.markup("<p>None among what could be seen; the evidence is incomplete.</p>");
  else
    html.markup("<p>None: whatever was compared agrees.</p>");
  html.markup("</section>");

  if (const std::size_t waived = count_in_state(report, FindingState::waived); waived > 0) {
    html.markup("<section class=\"panel\" id=\"waived\" data-tab=\"Waived (").number(waived);
    html.markup(
        ")\"><h3 class=\"state-title\">Waived in the configuration</h3><p class=\"lead\">These "
        "still disagree, but do not decide the verdict.</p>");
    writer.write_groups(FindingState::waived);
    html.markup("</section>");
  }
  if (const std::size_t known = count_in_state(report, FindingState::baseline); known > 0) {
    html.markup("<section class=\"panel\" id=\"baseline\" data-tab=\"Baseline (").number(known);
    html.markup(
        ")\"><h3 class=\"state-title\">In the baseline</h3><p class=\"lead\">Known before this "
        "run: they do not decide the verdict.</p>");
    writer.write_groups(FindingState::baseline);
    html.markup("</section>");
  }
}

}  // namespace

void write_findings(const Report& report, HtmlWriter& html) {
  html.markup(
      "<section id=\"findings\" aria-labelledby=\"findings-title\" tabindex=\"-1\">"
      "<h2 id=\"findings-title\">Findings</h2>");
  HtmlWriter panels;
  FindingsWriter writer(report, panels);
  write_panels(report, writer, panels);
  write_size_note(report, writer.detailed(), html);
  if (!report.findings.empty()) writer.write_filter(html);
  html.add(panels).markup("</section>");
}

}  // namespace schemaudit
