// Builds HTML: markup from this program's own literals, text from anywhere.
//
//   HtmlWriter html;
//   html.markup("<p class=\"name\">").text(column.name).markup("</p>");
//
// markup() takes string literals only, so that a name cannot become markup by a slip; text()
// is the one place that escapes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace schemaudit {

/// For element content and for attribute values in double quotes. Controls, bidirectional
/// marks and invisible characters are written out; line breaks too.
std::string escape_html(std::string_view text);
/// The same, but line breaks and tabs stay: for <pre>.
std::string escape_html_block(std::string_view text);
/// Tabs stay, line breaks are written out: for a line of a source.
std::string escape_html_line(std::string_view text);

/// The beginning of a text that takes at most `bytes` as HTML, with `…` where something was cut.
std::string cut_for_html(std::string_view text, std::size_t bytes);

class HtmlWriter {
 public:
  template <std::size_t N>
  HtmlWriter& markup(const char (&literal)[N]) {
    html_.append(literal, N - 1);
    return *this;
  }
  HtmlWriter& text(std::string_view anything) {
    html_ += escape_html(anything);
    return *this;
  }
  HtmlWriter& block(std::string_view anything) {
    html_ += escape_html_block(anything);
    return *this;
  }
  /// A line of a source: tabs stay, all else is as in text().
  HtmlWriter& text_line(std::string_view anything) {
    html_ += escape_html_line(anything);
    return *this;
  }
  HtmlWriter& number(std::size_t value) {
    html_ += std::to_string(value);
    return *this;
  }
  HtmlWriter& add(const HtmlWriter& other) {
    html_ += other.html_;
    return *this;
  }

  std::size_t size() const { return html_.size(); }
  const std::string& html() const { return html_; }
  std::string take() { return std::move(html_); }

 private:
  std::string html_;
};

}  // namespace schemaudit
