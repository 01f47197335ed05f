// GitHub's workflow commands: annotations on the lines of a pull request. The runner shows ten of
// each kind for a step, so that no more are written; data is escaped, for a name in a database
// must not give commands to the runner.
#include <array>
#include <string>

#include "analyzer/model/utf8.h"
#include "reports/alert_level.h"
#include "reports/file_place.h"
#include "reports/renderer.h"
#include "reports/report_words.h"
#include "reports/visible_text.h"

namespace schemaudit {
namespace {

constexpr std::size_t kMostOfOneKind = 10;
/// The runner cuts at 4,096 characters.
constexpr std::size_t kLongestMessage = 4000;

/// As actions/toolkit does it; the percent sign first.
std::string escape(const std::string& text, bool property) {
  std::string escaped;
  for (const char c : text) {
    if (c == '%')
      escaped += "%25";
    else if (c == '\r')
      escaped += "%0D";
    else if (c == '\n')
      escaped += "%0A";
    else if (property && c == ':')
      escaped += "%3A";
    else if (property && c == ',')
      escaped += "%2C";
    else
      escaped += c;
  }
  return escaped;
}

std::string cut(std::string text) {
  if (text.size() <= kLongestMessage) return text;
  return std::string(cut_at_character(text, kLongestMessage)) + "...";
}

std::string command(const char* kind, const std::string& title, const std::string& message,
                    const FilePlace* place) {
  std::string line = std::string("::") + kind + " ";
  if (place)
    line += "file=" + escape(visible_line(place->path), true) +
            ",line=" + std::to_string(place->line) + ",col=" + std::to_string(place->column) + ",";
  return line + "title=" + escape(visible_line(title), true) +
         "::" + escape(cut(visible_block(message)), false) + "\n";
}

}  // namespace

std::string render_github(const Report& report) {
  std::string commands;
  for (const char* kind : {"error", "warning", "notice"}) {
    std::vector<std::string> lines;
    if (std::string_view(kind) == "error")
      for (const std::string& reason : report.incomplete_because)
        lines.push_back(command(kind, "schemaudit: incomplete evidence", reason, nullptr));
    for (const Finding& finding : report.findings) {
      if (finding.state != FindingState::new_ ||
          std::string_view(alert_word(finding.severity, "notice")) != kind)
        continue;
      const FilePlace place = file_place(report, finding);
      std::string message = visible_line(finding.message);
      if (finding.behind) message += " (" + std::string(behind_sentence(*finding.behind)) + ")";
      lines.push_back(command(kind, "schemaudit: " + finding.rule, message, &place));
    }
    const bool all = lines.size() <= kMostOfOneKind;
    const std::size_t shown = all ? lines.size() : kMostOfOneKind - 1;
    for (std::size_t i = 0; i < shown; ++i) commands += lines[i];
    if (!all)
      commands += command(
          kind, "schemaudit",
          std::to_string(lines.size() - shown) + " more of this kind: the report has all of them",
          nullptr);
  }
  return commands;
}

}  // namespace schemaudit
