// The report as JSON: true to the contract, whatever the names hold.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

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

const std::vector<std::string> kNone;

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

}  // namespace
}  // namespace schemaudit
