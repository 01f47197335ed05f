#include "reports/markdown_text.h"

#include <algorithm>
#include <vector>

namespace schemaudit {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t run_of(std::string_view text, char character) {
  return std::min(text.find_first_not_of(character), text.size());
}

// The text of a heading line, or empty.
std::string_view heading_text(std::string_view line) {
  const std::size_t level = run_of(line, '#');
  if (level == 0 || level > 6 || level >= line.size() || line[level] != ' ') return {};
  return trim(line.substr(level));
}

// The backticks or tildes that open a fence, or empty.
std::string_view fence_of(std::string_view line) {
  line = trim(line);
  for (char mark : {'`', '~'}) {
    const std::size_t length = run_of(line, mark);
    if (length >= 3) return line.substr(0, length);
  }
  return {};
}

bool closes(std::string_view line, std::string_view fence) {
  line = trim(line);
  return line.size() >= fence.size() && run_of(line, fence.front()) == line.size();
}

enum class Item { none, bullet, number };

// The kind of list item a line begins, its marker taken off `line`.
Item take_item_marker(std::string_view& line) {
  const std::string_view text = trim(line);
  if (text.size() > 2 && (text[0] == '-' || text[0] == '*') && text[1] == ' ') {
    line = trim(text.substr(2));
    return Item::bullet;
  }
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits + 1 < text.size() && text[digits] == '.' && text[digits + 1] == ' ') {
    line = trim(text.substr(digits + 2));
    return Item::number;
  }
  return Item::none;
}

void write_inline(std::string_view text, HtmlWriter& html) {
  while (!text.empty()) {
    const std::size_t mark = text.find_first_of("`*");
    html.text(text.substr(0, mark));
    if (mark == std::string_view::npos) return;
    text.remove_prefix(mark);
    const std::size_t length = run_of(text, text.front());
    const std::string_view delimiter = text.substr(0, length);
    const std::size_t end = text.find(delimiter, length);
    const bool is_code = text.front() == '`';
    if (end == std::string_view::npos || end == length || (!is_code && length != 2)) {
      html.text(delimiter);
      text.remove_prefix(length);
      continue;
    }
    const std::string_view inside = text.substr(length, end - length);
    if (is_code) {
      html.markup("<code>").text(length > 1 ? trim(inside) : inside).markup("</code>");
    } else {
      html.markup("<strong>");
      write_inline(inside, html);
      html.markup("</strong>");
    }
    text.remove_prefix(end + length);
  }
}

// Collects lines until a block is whole, then writes it.
class BlockWriter {
 public:
  explicit BlockWriter(HtmlWriter& html) : html_(html) {}

  void paragraph_line(std::string_view line) {
    if (!text_.empty()) text_ += ' ';
    text_ += trim(line);
  }

  void heading(std::string_view text) {
    end_block();
    html_.markup("<p class=\"doc-heading\"><strong>");
    write_inline(text, html_);
    html_.markup("</strong></p>");
  }

  void item(Item kind, std::string_view line) {
    if (list_ == kind) {
      end_item();
    } else {
      end_block();
      list_ = kind;
      if (kind == Item::bullet)
        html_.markup("<ul>");
      else
        html_.markup("<ol>");
    }
    text_ = line;
  }

  void code(const std::string& text) {
    end_block();
    html_.markup("<pre><code>").block(text).markup("</code></pre>");
  }

  void end_block() {
    if (list_ != Item::none) {
      end_item();
      if (list_ == Item::bullet)
        html_.markup("</ul>");
      else
        html_.markup("</ol>");
      list_ = Item::none;
    } else if (!text_.empty()) {
      html_.markup("<p>");
      write_inline(text_, html_);
      html_.markup("</p>");
    }
    text_.clear();
  }

 private:
  void end_item() {
    html_.markup("<li>");
    write_inline(text_, html_);
    html_.markup("</li>");
    text_.clear();
  }

  HtmlWriter& html_;
  std::string text_;
  Item list_ = Item::none;
};

}  // namespace

HtmlWriter markdown_to_html(std::string_view markdown) {
  HtmlWriter html;
  BlockWriter blocks(html);
  const std::vector<std::string_view> lines = split_lines(markdown);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (const std::string_view fence = fence_of(line); !fence.empty()) {
      std::string code;
      for (++i; i < lines.size() && !closes(lines[i], fence); ++i)
        code.append(lines[i]).append("\n");
      blocks.code(code);
    } else if (trim(line).empty()) {
      blocks.end_block();
    } else if (const std::string_view heading = heading_text(line); !heading.empty()) {
      blocks.heading(heading);
    } else if (const Item item = take_item_marker(line); item != Item::none) {
      blocks.item(item, line);
    } else {
      blocks.paragraph_line(line);
    }
  }
  blocks.end_block();
  return html;
}

std::string markdown_section(std::string_view markdown, std::string_view title) {
  std::string section;
  std::string_view fence;
  bool inside = false;
  for (std::string_view line : split_lines(markdown)) {
    if (!fence.empty()) {
      if (closes(line, fence)) fence = {};
    } else if (const std::string_view opened = fence_of(line); !opened.empty()) {
      fence = opened;
    } else if (const std::string_view heading = heading_text(line); !heading.empty()) {
      if (inside) break;
      inside = heading == title;
      continue;
    }
    if (inside) section.append(line).append("\n");
  }
  return section;
}

}  // namespace schemaudit
