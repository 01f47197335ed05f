#include "reports/merged_answers.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "reports/visible_text.h"

namespace schemaudit {

namespace {

/// One table of the config.
struct Section {
  std::string header;
  std::vector<std::string> lines;
};

bool is_comment(std::string_view line) {
  return line.starts_with('#');
}

std::string_view key_of(std::string_view line) {
  const std::size_t end = line.starts_with('"') ? line.find("\" = ") : 0;
  const std::size_t at = line.find(" = ", end);
  return at == std::string_view::npos ? line : line.substr(0, at);
}

/// What stands between the brackets of `key = [...]`; unset for any other line.
std::optional<std::string_view> list_of(std::string_view line) {
  const std::size_t at = line.find(" = [");
  if (is_comment(line) || at == std::string_view::npos || !line.ends_with("]")) return std::nullopt;
  return line.substr(at + 4, line.size() - at - 5);
}

/// The elements of a list; commas within quotes and braces part nothing.
std::vector<std::string> elements_of(std::string_view list) {
  std::vector<std::string> elements;
  std::string element;
  bool quoted = false;
  int depth = 0;
  bool escaped = false;
  for (const char c : list) {
    if (c == '"' && !escaped) quoted = !quoted;
    escaped = quoted && c == '\\' && !escaped;
    if (!quoted && (c == '{' || c == '[')) ++depth;
    if (!quoted && (c == '}' || c == ']')) --depth;
    if (!quoted && depth == 0 && c == ',') {
      elements.push_back(std::exchange(element, {}));
    } else if (c != ' ' || !element.empty()) {
      element += c;
    }
  }
  if (!element.empty()) elements.push_back(std::move(element));
  return elements;
}

std::string joined_lists(std::string_view key, std::string_view a, std::string_view b) {
  std::vector<std::string> elements = elements_of(a);
  for (std::string& element : elements_of(b))
    if (std::find(elements.begin(), elements.end(), element) == elements.end())
      elements.push_back(std::move(element));
  std::string text;
  for (const std::string& element : elements) text += (text.empty() ? "" : ", ") + element;
  return std::string(key) + " = [" + text + "]";
}

void add_line(Section& section, const std::string& line) {
  if (!is_comment(line))
    for (std::string& there : section.lines) {
      if (is_comment(there) || key_of(there) != key_of(line)) continue;
      const auto first = list_of(there), second = list_of(line);
      if (first && second)
        there = joined_lists(key_of(line), *first, *second);
      else if (there != line)
        section.lines.push_back("# or: " + line);
      return;
    }
  section.lines.push_back(line);
}

class Merger {
 public:
  void add(const Question& question) {
    std::vector<std::string> before = {"# " + visible_line(question.text)};
    Section* section = nullptr;
    std::istringstream lines(question.config);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      if (line.starts_with('[')) {
        section = &at(line);
        for (const std::string& comment : std::exchange(before, {})) add_line(*section, comment);
      } else if (section) {
        add_line(*section, line);
      } else {
        before.push_back(line);
      }
    }
  }

  std::string text() const {
    std::string text;
    for (const Section& section : sections_) {
      text += (text.empty() ? "" : "\n") + section.header + "\n";
      for (const std::string& line : section.lines) text += line + "\n";
    }
    return text;
  }

 private:
  Section& at(const std::string& header) {
    for (Section& section : sections_)
      if (section.header == header) return section;
    sections_.push_back({header, {}});
    return sections_.back();
  }

  std::vector<Section> sections_;
};

}  // namespace

std::string merged_answers(const std::vector<Question>& questions) {
  Merger merger;
  for (const Question& question : questions) merger.add(question);
  return merger.text();
}

}  // namespace schemaudit
