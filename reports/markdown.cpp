// Markdown for a step summary or a comment: the verdict, what was not checked, the findings. It
// stays below the 65,536 characters of a comment: where the findings do not fit, they become
// counts. The first line is a marker by which a comment can be found again.
#include <algorithm>
#include <string>
#include <utility>

#include "reports/finding_groups.h"
#include "reports/not_checked.h"
#include "reports/renderer.h"
#include "reports/report_words.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

constexpr std::size_t kLongest = 60'000;
constexpr std::size_t kShownOfOneRule = 20;

/// Comments within what would become a link, a reference or a formula by itself.
std::string without_autolinks(std::string text) {
  for (const auto& [found, instead] :
       {std::pair("://", ":<!-- -->//"), std::pair("www.", "www<!-- -->."),
        std::pair("WWW.", "WWW<!-- -->."), std::pair("GH-", "GH<!-- -->-"),
        std::pair("gh-", "gh<!-- -->-"), std::pair("$", "<!-- -->$")})
    for (std::size_t at = text.find(found); at != std::string::npos;
         at = text.find(found, at + std::string_view(instead).size()))
      text.replace(at, std::string_view(found).size(), instead);
  return text;
}

/// One line of text that is no markup, mentions nobody and refers to no issue.
std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : visible_line(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '@':
      case '#':
        escaped += c;
        escaped += "<!-- -->";
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '~':
      case '|':
      case '!':
        escaped += '\\';
        escaped += c;
        break;
      default:
        escaped += c;
    }
  }
  return without_autolinks(std::move(escaped));
}

/// `text` as code, whatever backticks it holds.
std::string code(std::string_view text) {
  const std::string line = visible_line(text);
  // The summary may be printed in a log, where a runner reads it.
  if (line.find("##") != std::string::npos) return plain(text);
  std::size_t longest = 0, run = 0;
  for (const char c : line) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool pad = !line.empty() && (line.front() == '`' || line.back() == '`');
  return fence + (pad ? " " : "") + line + (pad ? " " : "") + fence;
}

std::string counts(const Report& report) {
  std::string line;
  for (const Severity severity : kSeverities)
    if (const std::size_t count = count_new(report, severity))
      line += (line.empty() ? "" : ", ") + std::to_string(count) + " " +
              std::string(to_string(severity));
  return line.empty() ? "No new findings" : "New findings: " + line;
}

std::string head(const Report& report) {
  std::string text =
      "<!-- schemaudit -->\n## schemaudit: " + std::string(verdict_word(report.verdict)) + "\n\n" +
      plain(verdict_reason(report)) + "\n\n" + counts(report) + ".";
  if (report.baseline && report.baseline->known > 0)
    text += " " + counted(report.baseline->known, "known finding") + " not shown.";
  text += "\n";
  if (!report.incomplete_because.empty()) {
    text += "\n**Incomplete evidence**\n\n";
    for (const std::string& reason : report.incomplete_because) text += "- " + plain(reason) + "\n";
  }
  return text;
}

std::string findings(const Report& report) {
  std::string text;
  for (const SeverityGroup& severity : group_findings(report, FindingState::new_)) {
    text += "\n### " + std::string(to_string(severity.severity)) + "\n";
    for (const RuleGroup& rule : severity.rules) {
      text += "\n**" + code(rule.rule) + "** (" + std::to_string(rule.findings.size()) + ")";
      if (rule.about) text += ": " + plain(rule.about->summary);
      text += "\n\n";
      std::size_t shown = 0;
      for (const Finding* finding : rule.findings) {
        if (++shown > kShownOfOneRule) break;
        text += "- " + code(place_of(*finding)) + " " + plain(finding->message);
        if (finding->behind) text += " (" + std::string(behind_sentence(*finding->behind)) + ")";
        text += "\n";
      }
      if (rule.findings.size() > kShownOfOneRule)
        text += "- and " + std::to_string(rule.findings.size() - kShownOfOneRule) + " more\n";
    }
  }
  return text;
}

/// The counts alone.
std::string summary_of_findings(const Report& report) {
  std::string text = "\n| severity | rule | findings |\n|---|---|---|\n";
  for (const SeverityGroup& severity : group_findings(report, FindingState::new_))
    for (const RuleGroup& rule : severity.rules)
      text += "| " + std::string(to_string(severity.severity)) + " | " + code(rule.rule) + " | " +
              std::to_string(rule.findings.size()) + " |\n";
  return text + "\nThere are too many to list here: the report has all of them.\n";
}

std::string metrics(const Report& report) {
  if (report.metrics.empty()) return {};
  std::string text = "\n| metric | | |\n|---|---|---|\n";
  for (const Metric& metric : report.metrics)
    text += "| " + plain(metric_title(metric)) + " | " + std::to_string(metric.numerator) + " of " +
            std::to_string(metric.denominator) + " | " + percentage(metric) + " |\n";
  return text;
}

std::string gaps(const Report& report) {
  std::string text;
  for (const NotChecked& gap : not_checked(report))
    if (gap.may_hide) text += "- " + plain(gap.what) + ": " + plain(gap.why) + "\n";
  return text.empty() ? text : "\n**Not checked**\n\n" + text;
}

/// Whole lines of `text` only, as many as there is room for.
std::string cut(std::string text, std::size_t room) {
  if (text.size() <= room) return text;
  const std::size_t end = text.rfind('\n', room);
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text + "\n(cut: the report says the rest)\n";
}

}  // namespace

std::string render_markdown(const Report& report) {
  const std::string begin = head(report), end = gaps(report) + metrics(report);
  std::string middle = findings(report);
  if (begin.size() + middle.size() + end.size() > kLongest) middle = summary_of_findings(report);
  return cut(begin + middle + end, kLongest);
}

}  // namespace schemaudit
