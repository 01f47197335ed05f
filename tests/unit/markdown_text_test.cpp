// The subset of markdown in which rules explain themselves, as HTML.
#include "reports/markdown_text.h"

#include <gtest/gtest.h>

namespace schemaudit {
namespace {

std::string html_of(std::string_view markdown) {
  return markdown_to_html(markdown).take();
}

TEST(MarkdownText, Paragraphs) {
  EXPECT_EQ(html_of("One\nline.\n\nAnother."), "<p>One line.</p><p>Another.</p>");
  EXPECT_EQ(html_of(""), "");
}

TEST(MarkdownText, HeadingsAreBoldLines) {
  EXPECT_EQ(html_of("## Why it matters\nText."),
            "<p class=\"doc-heading\"><strong>Why it matters</strong></p><p>Text.</p>");
  EXPECT_EQ(html_of("#no heading"), "<p>#no heading</p>");
}

TEST(MarkdownText, ListsWithContinuedItems) {
  EXPECT_EQ(html_of("Two:\n- one\n  goes on\n- two\n\nEnd."),
            "<p>Two:</p><ul><li>one goes on</li><li>two</li></ul><p>End.</p>");
  EXPECT_EQ(html_of("1. first\n2. second"), "<ol><li>first</li><li>second</li></ol>");
}

TEST(MarkdownText, CodeAndBoldWithinALine) {
  EXPECT_EQ(html_of("Use `a*b`, **not `c`**."),
            "<p>Use <code>a*b</code>, <strong>not <code>c</code></strong>.</p>");
  EXPECT_EQ(html_of("``a`b``"), "<p><code>a`b</code></p>");
  EXPECT_EQ(html_of("`p3_*` and 2 * 3 ** 4"), "<p><code>p3_*</code> and 2 * 3 ** 4</p>");
  EXPECT_EQ(html_of("an open ` tick"), "<p>an open ` tick</p>");
}

TEST(MarkdownText, FencedCodeKeepsItsLines) {
  EXPECT_EQ(html_of("```sql\nSELECT 1;\n\n# no heading\n```\nAfter."),
            "<pre><code>SELECT 1;\n\n# no heading\n</code></pre><p>After.</p>");
  EXPECT_EQ(html_of("````markdown\n```sql\n```\n````"), "<pre><code>```sql\n```\n</code></pre>");
}

TEST(MarkdownText, EverythingIsEscaped) {
  EXPECT_EQ(html_of("a <b> & `<c>`"), "<p>a &lt;b&gt; &amp; <code>&lt;c&gt;</code></p>");
  EXPECT_EQ(html_of("```\n</pre><script>\n```"),
            "<pre><code>&lt;/pre&gt;&lt;script&gt;\n</code></pre>");
  EXPECT_EQ(html_of("# <i>"), "<p class=\"doc-heading\"><strong>&lt;i&gt;</strong></p>");
}

TEST(MarkdownText, ASectionEndsAtTheNextHeadingOutsideOfCode) {
  const std::string docs =
      "## What it does\n\nA.\n\n## Why it matters\n\nB.\n\n```\n## Limits\n```\n\n## Limits\n\nC.";
  EXPECT_EQ(html_of(markdown_section(docs, "Why it matters")),
            "<p>B.</p><pre><code>## Limits\n</code></pre>");
  EXPECT_EQ(markdown_section(docs, "Use instead"), "");
}

}  // namespace
}  // namespace schemaudit
