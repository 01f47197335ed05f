#include "analyzer/model/evidence.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/json_schema_validator.h"

namespace schemaudit {
namespace {

const std::string kDigest(64, 'a');

Evidence small_evidence() {
  Evidence evidence{"verify", "0.1.0", "2026-11-26T21:50:05Z"};
  evidence.inputs = {{"documented", "docs", "docs/", kDigest},
                     {"live", "db", "shop at localhost as app", ""}};
  evidence.items = {{"Plan > Checks #1", EvidenceState::passed, "0 rows", {{"docs/a.md", 12, 1}}},
                    {"Plan > Checks #2",
                     EvidenceState::incomplete,
                     "permission denied",
                     {{"docs/a.md", 20, 0}, {"docs/a.md", 0, 0}}}};
  evidence.state = state_of(evidence.items);
  return evidence;
}

std::string with(const char* pointer, const nlohmann::ordered_json& value) {
  auto json = nlohmann::ordered_json::parse(evidence_json(small_evidence()));
  json[nlohmann::ordered_json::json_pointer(pointer)] = value;
  return json.dump();
}

std::string error_of(const std::string& text) {
  std::string error;
  EXPECT_FALSE(read_evidence(text, error)) << text;
  return error;
}

TEST(Evidence, ReadsBackWhatItWrote) {
  std::string error;
  std::optional<Evidence> back = read_evidence(evidence_json(small_evidence()), error);
  ASSERT_TRUE(back) << error;
  EXPECT_EQ(*back, small_evidence());
  EXPECT_EQ(error, "");
}

TEST(Evidence, FollowsItsJsonSchema) {
  EXPECT_EQ(schema_violations(evidence_json_schema(), evidence_json(small_evidence())),
            std::vector<std::string>{});
}

TEST(Evidence, OneFailureFailsTheWholeAndNothingTriedProvesNothing) {
  auto item = [](EvidenceState state) { return EvidenceItem{"", state}; };
  EXPECT_EQ(state_of({}), EvidenceState::incomplete);
  EXPECT_EQ(state_of({item(EvidenceState::passed)}), EvidenceState::passed);
  EXPECT_EQ(state_of({item(EvidenceState::passed), item(EvidenceState::incomplete)}),
            EvidenceState::incomplete);
  EXPECT_EQ(state_of({item(EvidenceState::incomplete), item(EvidenceState::failed)}),
            EvidenceState::failed);
}

TEST(Evidence, WhatIsNoEvidenceIsNamed) {
  EXPECT_EQ(error_of("{"), "the evidence is no JSON: it breaks off or errs at byte 2");
  EXPECT_EQ(error_of("[]"),
            "this is no evidence: write it with verify --evidence or rehearse --evidence");
  EXPECT_EQ(error_of(R"({"format_version": "1.0", "verdict": "pass"})"),
            "this is no evidence: write it with verify --evidence or rehearse --evidence");
  EXPECT_EQ(error_of(with("/format_version", "2.0")),
            "the evidence has format version 2.0, and this program reads version 1: make it again, "
            "or use a newer program");
  EXPECT_EQ(error_of(with("/made_by", "hand")),
            "the evidence is malformed: made_by is neither verify nor rehearse");
  EXPECT_EQ(error_of(with("/items/1/state", "fine")),
            "the evidence is malformed: items[1].state is none of passed, failed, incomplete");
  EXPECT_EQ(error_of(with("/items/1/detail", 3)),
            "the evidence is malformed: items[1].detail is not a text");
  EXPECT_EQ(error_of(with("/items/0/locations/0/line", -3)),
            "the evidence is malformed: items[0].locations.line is no position");
}

TEST(Evidence, APassThatItsItemsDoNotShowIsRefused) {
  EXPECT_EQ(error_of(with("/state", "passed")),
            "the evidence is malformed: it says passed, and its items do not");
  auto emptied = nlohmann::ordered_json::parse(with("/state", "passed"));
  emptied["items"] = nlohmann::ordered_json::array();
  EXPECT_EQ(error_of(emptied.dump()),
            "the evidence is malformed: it says passed, and its items do not");
  EXPECT_EQ(error_of(with("/items/0/state", "failed")),
            "the evidence is malformed: an item of it failed, and its state does not say so");
}

}  // namespace
}  // namespace schemaudit
