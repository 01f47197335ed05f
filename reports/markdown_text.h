// The texts of rules, which are markdown, as HTML: a small subset for our own texts.
//
//   markdown_to_html("Use `text`.\n\n- one\n- two")
//       <p>Use <code>text</code>.</p><ul><li>one</li><li>two</li></ul>
//
// Paragraphs, headings (as bold lines: the page has its own outline), bulleted and numbered
// lists of one level, fenced code, and within a line `code` and **bold**. All else is text.
#pragma once

#include <string>
#include <string_view>

#include "reports/html_writer.h"

namespace schemaudit {

HtmlWriter markdown_to_html(std::string_view markdown);

/// What stands under the heading `title` of any level, up to the next heading; empty where
/// there is no such heading. Headings inside of fenced code are code.
std::string markdown_section(std::string_view markdown, std::string_view title);

}  // namespace schemaudit
