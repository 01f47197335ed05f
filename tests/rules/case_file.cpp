#include "tests/rules/case_file.h"

#include <sstream>

namespace schemaudit {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t backticks(const std::string& line) {
  std::size_t count = line.find_first_not_of('`');
  return count == std::string::npos ? line.size() : count;
}

/// Puts one fence where it belongs.
void take_fence(LiterateCase& into, const std::string& info, const std::string& text,
                std::size_t begin, std::size_t end) {
  std::size_t space = info.find(' ');
  std::string language = info.substr(0, space);
  std::string rest = space == std::string::npos ? "" : info.substr(space + 1);
  if (rest.rfind("migrations/", 0) == 0) {
    into.migrations.emplace_back(rest, text);
  } else if (rest.rfind("models/", 0) == 0) {
    into.models.emplace_back(rest, text);
  } else if (language == "markdown") {
    into.documents.emplace_back(rest.empty() ? "docs.md" : rest, text);
  } else if (language == "sql" && rest == "role") {
    into.role_sql = text;
  } else if (language == "sql" && rest == "declared") {
    into.declared_sql = text;
  } else if (language == "sql" && rest == "before") {
    into.before_sql = text;
  } else if (language == "sql" && rest.empty()) {
    into.sql = into.sql.value_or("") + text;
  } else if (language == "toml") {
    into.config = text;
  } else if (language == "baseline") {
    into.baseline = text;
  } else if (language == "findings") {
    into.findings = text;
    into.findings_begin = begin;
    into.findings_end = end;
  } else {
    into.fault = "a fence of unknown kind: " + info;
  }
}

}  // namespace

std::vector<LiterateCase> read_cases(std::string_view text) {
  std::vector<LiterateCase> cases;
  std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].rfind("## ", 0) == 0) {
      cases.emplace_back();
      cases.back().heading = lines[i].substr(3);
      continue;
    }
    std::size_t ticks = backticks(lines[i]);
    if (ticks < 3) continue;
    std::size_t begin = i;
    std::string content;
    for (++i; i < lines.size(); ++i) {
      if (backticks(lines[i]) >= ticks && backticks(lines[i]) == lines[i].size()) break;
      content += lines[i] + "\n";
    }
    if (cases.empty()) continue;
    if (i == lines.size()) cases.back().fault = "a fence that does not end";
    take_fence(cases.back(), lines[begin].substr(ticks), content, begin, i);
  }
  return cases;
}

std::string with_findings(std::string_view text, const std::vector<LiterateCase>& cases,
                          const std::vector<std::string>& findings) {
  std::vector<std::string> lines = lines_of(text);
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!cases[i].findings) continue;
    for (; next <= cases[i].findings_begin; ++next) out += lines[next] + "\n";
    out += findings[i];
    next = cases[i].findings_end;
  }
  for (; next < lines.size(); ++next) out += lines[next] + "\n";
  return out;
}

}  // namespace schemaudit
