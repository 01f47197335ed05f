// The report for people at a terminal: the verdict first and last, and between them what was
// read, what disagrees and what to do about it.
#include <fmt/format.h>

#include <algorithm>

#include "reports/finding_groups.h"
#include "reports/not_checked.h"
#include "reports/renderer.h"
#include "reports/report_words.h"
#include "reports/text_sources.h"
#include "reports/text_writer.h"

namespace schemaudit {
namespace {

constexpr std::size_t kMembersShown = 5;
constexpr std::size_t kGapsShown = 20;
constexpr std::size_t kRulesShown = 6;

std::string upper(std::string_view word) {
  std::string text(word);
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

void write_verdict(const Report& report, TextWriter& writer) {
  const Paint paint = report.verdict == Verdict::pass         ? Paint::good
                      : report.verdict == Verdict::incomplete ? Paint::medium
                                                              : Paint::critical;
  writer.line(0, {{verdict_word(report.verdict), paint}, ": ", verdict_reason(report)});
}

// The sides are worth their lines where there are two of them to compare, or where the message
// does not hold the only one.
bool evidence_helps(const Finding& finding) {
  std::size_t sides = 0;
  bool told = true;
  for (Role role : {Role::documented, Role::declared, Role::modelled, Role::live, Role::before}) {
    const std::optional<std::string>& side = finding.evidence.of(role);
    if (!side || side->empty()) continue;
    ++sides;
    told = told && finding.message.find(*side) != std::string::npos;
  }
  return sides > 1 || !told;
}

void write_evidence(const Finding& finding, TextWriter& writer) {
  if (!evidence_helps(finding)) return;
  for (Role role : {Role::documented, Role::declared, Role::modelled, Role::live, Role::before}) {
    const std::optional<std::string>& side = finding.evidence.of(role);
    if (!side || side->empty()) continue;
    const std::string label = fmt::format("{:<11}", side_name(role));
    if (side->find('\n') == std::string::npos) {
      writer.line(6, {{label, Paint::faint}, *side}, 11);
    } else {
      writer.line(6, {{label, Paint::faint}});
      writer.block(17, *side);
    }
  }
}

void write_finding(const Finding& finding, bool several_sides, TextWriter& writer) {
  const std::string object = to_string(finding.object);
  std::vector<StyledText> head = {{place_of(finding), Paint::place}};
  const Location* place = first_place(finding);
  if (!object.empty() && !(place && place->origin.uri == object)) {
    head.push_back("  ");
    head.push_back({finding.object.kind + " " + object, Paint::strong});
  }
  writer.line(4, head);
  std::string message = finding.message;
  if (finding.behind && several_sides)
    message += fmt::format(" ({})", behind_sentence(*finding.behind));
  writer.line(6, {message}, 0);
  write_evidence(finding, writer);
  for (std::size_t i = 0; i < finding.locations.size(); ++i) {
    const Location& location = finding.locations[i];
    if (&location == first_place(finding) || !location.origin.from_file()) continue;
    writer.line(6, {{"see also   ", Paint::faint}, {place_of(location.origin), Paint::place}}, 11);
  }
  if (!finding.fix) return;
  static constexpr const char* kLabels[] = {
      "fix, as SQL:", "fix, in the document:", "fix, in the configuration:"};
  writer.line(6, {{kLabels[static_cast<std::size_t>(finding.fix->kind)], Paint::faint}});
  writer.block(8, finding.fix->text);
}

void write_findings(const Report& report, TextWriter& writer) {
  writer.section("Findings");
  const std::vector<SeverityGroup> groups = group_findings(report, FindingState::new_);
  if (groups.empty()) writer.line(2, {"none"});
  for (const SeverityGroup& severity : groups) {
    for (const RuleGroup& rule : severity.rules) {
      writer.blank();
      std::vector<StyledText> head = {
          {upper(to_string(severity.severity)), paint_of(severity.severity)},
          "  ",
          {rule.rule, Paint::strong},
          fmt::format(" ({})", rule.findings.size())};
      if (rule.about && !rule.about->summary.empty())
        head.push_back({"  " + rule.about->summary, Paint::faint});
      writer.line(2, head);
      for (const Finding* finding : rule.findings)
        write_finding(*finding, report.sources.size() > 1, writer);
    }
  }
  std::size_t waived = 0, known = 0;
  for (const Finding& finding : report.findings) {
    waived += finding.state == FindingState::waived;
    known += finding.state == FindingState::baseline;
  }
  if (waived + known == 0) return;
  writer.blank();
  writer.line(2, {fmt::format("Not shown: {} waived, {} in the baseline; the JSON and HTML "
                              "reports list them.",
                              waived, known)});
}

void write_actions(const Report& report, TextWriter& writer) {
  if (report.actions.empty()) return;
  writer.section("What to do");
  for (const Action& action : report.actions)
    writer.line(2,
                {{fmt::format("{:<9}", to_string(action.severity)), paint_of(action.severity)},
                 action.text,
                 {fmt::format(" ({})", counted(action.findings.size(), "finding")), Paint::faint}},
                9);
}

void write_questions(const Report& report, TextWriter& writer) {
  if (report.questions.empty()) return;
  writer.section("Questions: no policy answers them yet");
  for (const Question& question : report.questions) {
    writer.line(
        2, {{question.rule, Paint::strong}, fmt::format(" ({})  ", question.count), question.text});
    if (!question.examples.empty())
      writer.line(4, {{"for example ", Paint::faint}, first_of(question.examples, 3)});
    if (question.config.empty()) continue;
    writer.line(4, {{"answer in schemaudit.toml:", Paint::faint}});
    writer.block(6, question.config);
  }
}

void write_metrics(const Report& report, TextWriter& writer) {
  if (report.metrics.empty()) return;
  writer.section("Metrics");
  for (const Metric& metric : report.metrics) {
    std::vector<StyledText> line = {fmt::format("{} {}/{} ({})", metric_title(metric),
                                                metric.numerator, metric.denominator,
                                                percentage(metric))};
    if (!metric.members.empty())
      line.push_back({"  not: " + first_of(metric.members, kMembersShown), Paint::faint});
    writer.line(2, line, 4);
  }
}

void write_criteria(const Report& report, TextWriter& writer) {
  if (report.criteria.empty()) return;
  writer.section("Criteria");
  for (const CriterionReport& criterion : report.criteria) {
    static constexpr const char* kWords[] = {"met", "not met", "not evaluated"};
    static constexpr Paint kPaints[] = {Paint::good, Paint::critical, Paint::medium};
    const auto state = static_cast<std::size_t>(criterion.state);
    std::vector<StyledText> line = {{fmt::format("{:<14}", kWords[state]), kPaints[state]},
                                    criterion.text};
    if (!criterion.decided_by.empty())
      line.push_back(
          {"  decided by " + first_of(criterion.decided_by, kMembersShown), Paint::faint});
    writer.line(2, line, 14);
    if (!criterion.reason.empty()) writer.line(16, {{criterion.reason, Paint::faint}});
  }
}

void write_rules_not_run(const Report& report, TextWriter& writer) {
  const std::vector<RulesNotRun> groups = rules_not_run(report);
  if (groups.empty()) return;
  writer.section("Rules that did not run");
  for (const RulesNotRun& group : groups) {
    const std::string reason = group.reason.empty() ? "no reason was given" : group.reason;
    std::vector<StyledText> line = {first_of(group.rules, kRulesShown) + ": "};
    if (group.crashed) line.push_back({"crashed, ", Paint::critical});
    line.push_back({reason, Paint::faint});
    writer.line(2, line);
  }
}

void write_not_checked(const Report& report, TextWriter& writer) {
  const std::vector<NotChecked> gaps = not_checked(report);
  if (gaps.empty()) return;
  writer.section("Not checked");
  const std::size_t shown = gaps.size() <= kGapsShown + 1 ? gaps.size() : kGapsShown;
  for (std::size_t i = 0; i < shown; ++i)
    writer.line(
        2, {{gaps[i].what, gaps[i].may_hide ? Paint::medium : Paint::plain}, ": ", gaps[i].why});
  if (shown < gaps.size())
    writer.line(
        2, {fmt::format("and {} more; the JSON and HTML reports list them", gaps.size() - shown)});
}

void write_next(const Report& report, TextWriter& writer) {
  writer.section("Next");
  const auto command = [&](std::string_view words, std::string_view why) {
    writer.line(2, {{words, Paint::strong}, {fmt::format("  {}", why), Paint::faint}}, 4);
  };
  const std::vector<SeverityGroup> groups = group_findings(report, FindingState::new_);
  if (!groups.empty())
    command("schemaudit explain " + groups.front().rules.front().rule,
            "why this matters and what to do");
  const auto has = [&](Role role) {
    return std::any_of(report.sources.begin(), report.sources.end(),
                       [&](const SourceReport& source) { return source.role == role; });
  };
  if (!has(Role::live)) command("schemaudit audit ... --db URL", "compare with a live PostgreSQL");
  if (!has(Role::documented))
    command("schemaudit audit DOCS ...", "compare with the schema documents");
  command("schemaudit audit ... --format html=report.html",
          "the same as a page to read, search and print");
}

}  // namespace

std::string render_text(const Report& report, const TextStyle& style) {
  TextWriter writer(style);
  write_verdict(report, writer);
  writer.line(0, {{"schemaudit " + report.tool_version, Paint::faint}});
  write_sources(report, writer);
  write_findings(report, writer);
  write_actions(report, writer);
  write_questions(report, writer);
  write_metrics(report, writer);
  write_criteria(report, writer);
  write_rules_not_run(report, writer);
  write_not_checked(report, writer);
  write_next(report, writer);
  writer.blank();
  write_verdict(report, writer);
  return writer.take();
}

}  // namespace schemaudit
