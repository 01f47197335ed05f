// The report as a page: one that its own policy lets show, and harmless whatever the names hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "analyzer/model/digest.h"
#include "reports/renderer.h"
#include "tests/support/sample_reports.h"

namespace schemaudit {
namespace {

std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const std::size_t start = text.find(open);
  if (start == std::string::npos) return "no " + open;
  const std::size_t from = start + open.size();
  return text.substr(from, text.find(close, from) - from);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++times;
  return times;
}

const std::vector<std::string> kNone;

std::string hex_of_base64(const std::string& text) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string hex;
  unsigned bits = 0, filled = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<unsigned>(digits.find(c));
    filled += 6;
    if (filled < 8) continue;
    filled -= 8;
    const unsigned byte = bits >> filled & 255;
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

TEST(HtmlReport, ThePolicyAllowsExactlyThePagesOwnStyleAndScript) {
  for (const Report& report : {small_report(), hostile_report(), Report{}}) {
    const std::string page = render_html(report);
    const std::string policy =
        between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    EXPECT_EQ(policy.rfind("default-src 'none';", 0), 0U) << policy;
    EXPECT_EQ(hex_of_base64(between(policy, "script-src 'sha256-", "'")),
              sha256_hex(between(page, "<script>", "</script>")));
    EXPECT_EQ(hex_of_base64(between(policy, "style-src 'sha256-", "'")),
              sha256_hex(between(page, "<style>", "</style>")));
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(count(page, "<script"), 1U);
    EXPECT_EQ(count(page, "<style"), 1U);
  }
}

// Tags as a browser would see them, without what is inside of style and script.
std::vector<std::string> tags_of(std::string page) {
  for (const char* element : {"style", "script"}) {
    const std::string open = std::string("<") + element + ">";
    const std::size_t start = page.find(open) + open.size();
    page.erase(start, page.find(std::string("</") + element, start) - start);
  }
  std::vector<std::string> tags;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1))
    tags.push_back(page.substr(at, page.find('>', at) - at + 1));
  return tags;
}

TEST(HtmlReport, NoNameBecomesMarkup) {
  const std::string page = render_html(hostile_report());
  const auto tag_shapes = [](const Report& report) {
    std::set<std::string> shapes;
    for (const std::string& tag : tags_of(render_html(report)))
      shapes.insert(std::regex_replace(tag, std::regex("=\"[^\"]*\""), ""));
    return shapes;
  };
  // The same elements with the same attributes as in a page without hostile names.
  std::set<std::string> known = tag_shapes(small_report());
  known.insert("<li class>");
  known.insert("<b>");
  for (const std::string& shape : tag_shapes(hostile_report()))
    EXPECT_TRUE(known.count(shape)) << shape;

  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  EXPECT_NE(page.find("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), std::string::npos);
  EXPECT_NE(page.find("{{body}}"), std::string::npos);
  EXPECT_NE(page.find("user\\u202egnp.exe"), std::string::npos);
  EXPECT_NE(page.find("\\x1b[31mred"), std::string::npos);
  // Blocks to copy keep their tabs, and nothing else.
  std::string without_tabs = page;
  without_tabs.erase(std::remove(without_tabs.begin(), without_tabs.end(), '\t'),
                     without_tabs.end());
  EXPECT_EQ(harmful_parts(without_tabs), kNone);
}

TEST(HtmlReport, HasNoInlineStyleOrHandlerThatThePolicyWouldDrop) {
  for (const std::string& tag : tags_of(render_html(small_report()))) {
    EXPECT_FALSE(std::regex_search(tag, std::regex("\\s(style|on[a-z]+)="))) << tag;
    EXPECT_EQ(tag.find("http:"), std::string::npos) << tag;
    EXPECT_EQ(tag.find("https:"), std::string::npos) << tag;
  }
}

TEST(HtmlReport, ElementsCloseInOrder) {
  const std::set<std::string> empty = {"meta", "link", "br",     "input",
                                       "path", "rect", "circle", "!doctype"};
  for (const Report& report : {small_report(), hostile_report(), Report{}}) {
    std::vector<std::string> open;
    for (const std::string& tag : tags_of(render_html(report))) {
      const bool closes = tag[1] == '/';
      const std::size_t from = closes ? 2 : 1;
      const std::string name = tag.substr(from, tag.find_first_of(" />", from) - from);
      if (empty.count(name)) continue;
      if (!closes) {
        open.push_back(name);
        continue;
      }
      ASSERT_FALSE(open.empty()) << tag;
      ASSERT_EQ(open.back(), name);
      open.pop_back();
    }
    EXPECT_EQ(open, kNone);
  }
}

TEST(HtmlReport, EveryLinkHasItsAnchorAndEveryAnchorIsUnique) {
  Report twice = small_report();
  twice.findings.push_back(twice.findings[1]);
  const std::string page = render_html(twice);
  std::set<std::string> anchors, links;
  for (const std::string& tag : tags_of(page)) {
    std::smatch match;
    if (std::regex_search(tag, match, std::regex("\\sid=\"([^\"]*)\""))) {
      EXPECT_TRUE(anchors.insert(match[1]).second) << match[1];
    }
    if (std::regex_search(tag, match, std::regex("\\shref=\"#([^\"]*)\""))) links.insert(match[1]);
  }
  for (const std::string& link : links) EXPECT_TRUE(anchors.count(link)) << link;
  for (const Finding& finding : twice.findings)
    EXPECT_TRUE(anchors.count("f-" + finding.fingerprint)) << finding.message;
}

TEST(HtmlReport, ShowsEverythingWithoutTheScript) {
  const std::string page = render_html(small_report());
  for (const char* part :
       {"2 findings at or above high: 1 critical, 1 high",
        "PostgreSQL 15.18, database app, role reader", "2026-01-02T03:04:05Z",
        "docs/schema/users.md:12", "character varying(20)",
        "DROP CONSTRAINT p3_cache_user_id_fkey;", "<strong>dropped as a whole</strong>",
        "check-or-enum", "public.audit_log", "bookkeeping of a migration tool",
        "no [policy.soft_delete] is set", "Waived in the configuration", "In the baseline",
        "showed 0 of 7 rows", "no schema was read from it", "Rollback has been rehearsed",
        // What differs is marked, and the source's own line is there.
        "<mark>character varying(20)</mark>", "| phone | varchar(20) |",
        // The neighbourhood, drawn and in words.
        "<svg class=\"graph\"", "<b class=\"edge-state\">forbidden</b>",
        "<b class=\"edge-state\">missing</b>", "<b class=\"edge-state\">undocumented</b>",
        // The document, with its claims.
        "<mark class=\"refuted\">varchar(20)</mark>", "text in the database</a>",
        "<mark class=\"unchecked\">default &#39;new&#39;</mark>", "the database does not tell",
        "schemaudit.toml"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
}

TEST(HtmlReport, StaysUnderTwelveMegabytesWhateverIsFound) {
  Report report = large_report(20000, 500);
  const std::string page = render_html(report);
  EXPECT_LT(page.size(), 12'000'000U);
  EXPECT_NE(page.find("20000 findings: the 2000 most severe are told in full, each of the other "
                      "18000 on one line."),
            std::string::npos);
  EXPECT_EQ(count(page, " id=\"f-"), 20000U);
  EXPECT_EQ(count(page, "<details class=\"finding\""), 2000U);
  EXPECT_NE(page.find("would have made this page too heavy"), std::string::npos);

  for (Finding& finding : report.findings) {
    finding.message += std::string(2000, '<');
    finding.evidence.live = std::string(3000, '&');
  }
  const std::string heavier = render_html(report);
  EXPECT_LT(heavier.size(), 12'000'000U);
  EXPECT_EQ(count(heavier, " id=\"f-"), 20000U);
}

TEST(HtmlReport, TwoPagesOfOneReportAreTheSame) {
  EXPECT_EQ(render_html(small_report()), render_html(small_report()));
}

}  // namespace
}  // namespace schemaudit
