#include "reports/html_writer.h"

#include "reports/visible_text.h"

namespace schemaudit {
namespace {

std::string escape(std::string_view visible) {
  std::string result;
  result.reserve(visible.size() + visible.size() / 8);
  for (const char c : visible) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace

std::string escape_html(std::string_view text) {
  return escape(visible_line(text));
}
std::string escape_html_block(std::string_view text) {
  return escape(visible_block(text));
}
std::string escape_html_line(std::string_view text) {
  std::string result;
  for (;;) {
    const std::size_t tab = text.find('\t');
    result += escape_html(text.substr(0, tab));
    if (tab == std::string_view::npos) return result;
    result += '\t';
    text.remove_prefix(tab + 1);
  }
}

std::string cut_for_html(std::string_view text, std::size_t bytes) {
  std::size_t used = 0, at = 0;
  while (at < text.size()) {
    const std::size_t length = code_point_at(text, at).length;
    used += escape_html(text.substr(at, length)).size();
    if (used > bytes) return std::string(text.substr(0, at)) + "…";
    at += length;
  }
  return std::string(text);
}

}  // namespace schemaudit
