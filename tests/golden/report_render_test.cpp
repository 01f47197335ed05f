// Every format of one report: true to the contract, and harmless whatever the names hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "analyzer/model/digest.h"
#include "reports/renderer.h"
#include "tests/support/json_schema_validator.h"
#include "tests/support/sample_reports.h"

namespace schemaudit {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  return keys;
}

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

// Bytes that act on a terminal, and the marks that reorder text; line breaks are fine.
std::vector<std::string> harmful_parts(const std::string& text) {
  std::vector<std::string> found;
  for (const unsigned char byte : text)
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f) found.push_back(std::to_string(byte));
  for (const char* mark : {"\u202e", "\u2066", "\u200b", "\xe9", "\xff"})
    if (text.find(mark) != std::string::npos) found.push_back(mark);
  return found;
}

const std::vector<std::string> kNone;

// ---- JSON

TEST(JsonReport, KeepsTheContractsKeysInTheirOrder) {
  const Json json = Json::parse(render_json(small_report()));
  using Keys = std::vector<std::string>;
  EXPECT_EQ(keys_of(json),
            (Keys{"format_version", "tool", "run", "verdict", "fail_on", "incomplete_because",
                  "sources", "metrics", "rules", "findings", "questions", "answers", "actions",
                  "chain", "criteria", "baseline"}));
  EXPECT_EQ(keys_of(json["sources"][0]),
            (Keys{"role", "kind", "name", "digest", "files", "objects", "visibility", "unanalysed",
                  "documents", "left_out", "server"}));
  EXPECT_EQ(keys_of(json["findings"][0]),
            (Keys{"rule", "severity", "message", "behind", "object", "locations", "evidence", "fix",
                  "fingerprint", "state"}));
  EXPECT_EQ(keys_of(json["findings"][0]["evidence"]),
            (Keys{"documented", "declared", "modelled", "live", "before"}));
  EXPECT_EQ(keys_of(json["rules"][0]),
            (Keys{"id", "severity", "status", "reason", "checked", "findings"}));
}

TEST(JsonReport, SaysWhatWasFound) {
  const Json json = Json::parse(render_json(small_report()));
  EXPECT_EQ(json["verdict"], "fail");
  EXPECT_EQ(json["fail_on"], "high");
  EXPECT_EQ(json["chain"], nullptr);
  const Json& border = json["findings"][0];
  EXPECT_EQ(border["behind"], "live");
  EXPECT_EQ(border["evidence"]["documented"], nullptr);
  EXPECT_EQ(border["evidence"]["live"], "FOREIGN KEY (user_id) REFERENCES public.users(id)");
  EXPECT_EQ(border["fix"]["kind"], "sql");
  // The catalog's place is left out: there is no file to open.
  EXPECT_EQ(border["locations"], Json::parse(R"([{"source": "documented",
      "uri": "docs/schema/phase3.md", "line": 12, "column": 1}])"));
  EXPECT_EQ(json["findings"][2]["fix"], nullptr);
  EXPECT_EQ(json["findings"][3]["state"], "waived");
  EXPECT_EQ(json["findings"][4]["state"], "baseline");
  EXPECT_EQ(json["rules"][0]["reason"], nullptr);
  EXPECT_EQ(json["rules"][2]["status"], "not_run");
  EXPECT_EQ(json["sources"][0]["server"], nullptr);
  EXPECT_EQ(json["sources"][1]["visibility"]["hidden"][0]["known_otherwise"], true);
  EXPECT_EQ(json["sources"][0]["documents"][1]["proposed_state"], "planned");
  EXPECT_EQ(json["sources"][0]["documents"][0]["queries"], 1);
}

TEST(JsonReport, IsValidByThePrintedSchema) {
  EXPECT_EQ(schema_violations(report_json_schema(), render_json(small_report())), kNone);
  EXPECT_EQ(schema_violations(report_json_schema(), render_json(hostile_report())), kNone);
  EXPECT_EQ(schema_violations(report_json_schema(), render_json(Report{})), kNone);
}

TEST(JsonReport, TheSchemaRefusesWhatBreaksTheContract) {
  const Json good = Json::parse(render_json(small_report()));
  const auto violations = [&](const char* pointer, const Json& value) {
    Json broken = good;
    broken[Json::json_pointer(pointer)] = value;
    return schema_violations(report_json_schema(), broken.dump()).size();
  };
  EXPECT_EQ(violations("/findings/0/severity", "grave"), 1U);
  EXPECT_EQ(violations("/findings/0/behind", "nobody"), 1U);
  EXPECT_EQ(violations("/findings/0/fingerprint", "XYZ"), 1U);
  EXPECT_EQ(violations("/findings/0/locations/0/uri", ""), 1U);
  EXPECT_EQ(violations("/findings/0/locations/0/line", 0), 1U);
  EXPECT_EQ(violations("/findings/0/fix", "text"), 1U);
  EXPECT_EQ(violations("/format_version", "2.0"), 1U);
  EXPECT_EQ(violations("/sources/0/objects/tables", -1), 1U);
  EXPECT_EQ(violations("/sources/0/kind", "rumour"), 1U);
  EXPECT_EQ(violations("/questions", nullptr), 1U);
  // What a later minor version may add is no breach.
  EXPECT_EQ(violations("/findings/0/since", "1.1"), 0U);

  for (const auto& item : good.items()) {
    Json broken = good;
    broken.erase(item.key());
    EXPECT_EQ(schema_violations(report_json_schema(), broken.dump()).size(), 1U) << item.key();
  }
}

TEST(JsonReport, NamesComeBackAsTheyWere) {
  const Json json = Json::parse(render_json(hostile_report()));
  const std::string message = json["findings"][0]["message"];
  for (const std::string& text : hostile_texts())
    if (text.find('\xe9') == std::string::npos) {
      EXPECT_NE(message.find(text), std::string::npos) << text;
    }
  // JSON is UTF-8: bytes that are not are replaced, and nothing is thrown.
  EXPECT_NE(message.find("latin-1 \ufffd"), std::string::npos);
}

TEST(JsonReport, TwoRunsDifferOnlyInRun) {
  Report later = small_report();
  later.run.started_at = "2027-01-01T00:00:00Z";
  later.run.seconds = 9;
  Json first = Json::parse(render_json(small_report()));
  Json second = Json::parse(render_json(later));
  EXPECT_NE(first, second);
  first.erase("run");
  second.erase("run");
  EXPECT_EQ(first.dump(), second.dump());
}

// ---- HTML

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

// ---- text

TEST(TextReport, NoNameCommandsTheTerminalOrTheRunner) {
  const std::string text = render_text(hostile_report(), TextStyle{});
  std::string without_tabs = text;
  without_tabs.erase(std::remove(without_tabs.begin(), without_tabs.end(), '\t'),
                     without_tabs.end());
  EXPECT_EQ(harmful_parts(without_tabs), kNone);
  EXPECT_NE(text.find("\\x1b[31mred\\x1b]0;title\\x07"), std::string::npos);
  EXPECT_NE(text.find("user\\u202egnp.exe\\u2066\\u200b"), std::string::npos);
  EXPECT_EQ(text.find("##["), std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string::npos) {
      EXPECT_NE(line.compare(first, 2, "::"), 0) << line;
    }
  }
}

TEST(TextReport, ColourIsTheOnlyDifferenceThatColourMakes) {
  TextStyle coloured;
  coloured.color = true;
  const std::string text = render_text(small_report(), coloured);
  EXPECT_NE(text.find("\x1b[1;31mFAIL\x1b[0m"), std::string::npos);
  EXPECT_EQ(std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), ""),
            render_text(small_report(), TextStyle{}));
}

TEST(TextReport, WrapsWordsAtTheTerminalsWidth) {
  TextStyle narrow;
  narrow.width = 60;
  std::istringstream lines(render_text(small_report(), narrow));
  for (std::string line; std::getline(lines, line);) {
    const bool one_word = line.find(' ', line.find_first_not_of(' ')) == std::string::npos;
    EXPECT_TRUE(line.size() <= 60 || one_word) << line;
  }
  const auto words = [](const std::string& text) {
    std::istringstream stream(text);
    return std::vector<std::string>{std::istream_iterator<std::string>(stream), {}};
  };
  EXPECT_EQ(words(render_text(small_report(), narrow)),
            words(render_text(small_report(), TextStyle{})));
}

TEST(TextReport, SummarisesManyTables) {
  Report report = small_report();
  DocumentReading many;
  many.uri = "docs/everything.md";
  for (int i = 0; i < 200; ++i)
    many.tables.push_back(
        {{"", "table_" + std::to_string(i)}, {many.uri, i + 1, 1}, "sql", 3, 1, 0, true});
  report.sources[0].documents.push_back(many);
  const std::string text = render_text(report, TextStyle{});
  EXPECT_NE(text.find("docs/everything.md  200 tables (200 sql): table_0, table_1, "),
            std::string::npos);
  EXPECT_NE(text.find("table_11 and 188 more"), std::string::npos);
  EXPECT_EQ(text.find("table_150"), std::string::npos);
}

TEST(TextReport, BeginsAndEndsWithTheVerdict) {
  const std::string text = render_text(small_report(), TextStyle{});
  const std::string verdict =
      "FAIL: 2 findings at or above high: 1 critical, 1 high; below it: 1 medium\n";
  EXPECT_EQ(text.substr(0, verdict.size()), verdict);
  EXPECT_EQ(text.substr(text.size() - verdict.size()), verdict);
}

TEST(TextReport, TellsVerdictsApart) {
  Report report;
  report.verdict = Verdict::pass;
  EXPECT_NE(render_text(report, {}).find("PASS: no findings\n"), std::string::npos);
  report.verdict = Verdict::incomplete;
  report.incomplete_because = {"docs/a.md is not UTF-8", "docs/b.md could not be opened"};
  EXPECT_NE(render_text(report, {})
                .find("INCOMPLETE: docs/a.md is not UTF-8 (and 1 more reason); no findings\n"),
            std::string::npos);
  report = small_report();
  report.fail_on.reset();
  report.verdict = Verdict::pass;
  EXPECT_NE(render_text(report, {})
                .find("PASS: findings do not decide (--fail-on never): "
                      "1 critical, 1 high, 1 medium\n"),
            std::string::npos);
}

// The whole of it, as a reader sees it. To accept a change that was looked at:
//   SCHEMAUDIT_UPDATE=1 ctest --test-dir build/dev -R TextReport.ReadsLikeThis
TEST(TextReport, ReadsLikeThis) {
  const std::string path = SCHEMAUDIT_SOURCE_DIR "/tests/golden/small_report.txt";
  const std::string text = render_text(small_report(), TextStyle{});
  if (std::getenv("SCHEMAUDIT_UPDATE")) std::ofstream(path) << text;
  std::ifstream file(path);
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str());
}

}  // namespace
}  // namespace schemaudit
