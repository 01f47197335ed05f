// What pages show of an audit: documents with their claims, neighbourhoods, excerpts. From real
// markdown and SQL through the whole engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "analyzer/comparison/judged_claims.h"
#include "analyzer/engine/audit.h"
#include "analyzer/engine/claim_spans.h"
#include "analyzer/engine/source_lines.h"
#include "schema_docs/documents.h"
#include "tests/support/replayed.h"

namespace schemaudit {
namespace {

struct Project {
  std::map<std::string, std::string> documents;
  std::string sql;
  DocumentState state = DocumentState::current;
};

Report audit_of(const Project& project, Config config = {}) {
  DocumentSet set;
  for (const auto& [uri, text] : project.documents) set.add({uri, text, project.state});
  AuditInput input;
  input.config = std::move(config);
  input.sources.push_back(set.finish());
  if (!project.sql.empty()) {
    input.sources.push_back(replayed(project.sql));
    input.sources.back().role = Role::declared;
    input.sources.back().kind = "sql";
  }
  AuditRun run;
  run.counts = set.counts();
  run.read_text = [&](const std::string& uri) -> std::optional<std::string> {
    auto found = project.documents.find(uri);
    if (uri == "schema.sql") return project.sql;
    return found == project.documents.end() ? std::nullopt : std::optional(found->second);
  };
  return run_audit(input, run);
}

/// `7 refuted type varchar(20)`: line, state, kind and the words that are marked.
std::vector<std::string> claims_of(const Report& report, const std::string& uri) {
  std::vector<std::string> claims;
  for (const AnnotatedDocument& document : report.annotated) {
    if (document.uri != uri) continue;
    for (const DocumentClaim& claim : document.claims) {
      std::string words;
      if (claim.length > 0)
        words = " " + document.lines[static_cast<std::size_t>(claim.line) - 1].substr(
                          static_cast<std::size_t>(claim.column) - 1,
                          static_cast<std::size_t>(claim.length));
      claims.push_back(std::to_string(claim.line) + " " + std::string(to_string(claim.state)) +
                       " " + claim.kind + words);
    }
  }
  return claims;
}

const DocumentClaim& claim_at(const Report& report, int line, const std::string& kind) {
  for (const AnnotatedDocument& document : report.annotated)
    for (const DocumentClaim& claim : document.claims)
      if (claim.line == line && claim.kind == kind) return claim;
  ADD_FAILURE() << "no claim " << kind << " on line " << line;
  static const DocumentClaim kNone;
  return kNone;
}

using Lines = std::vector<std::string>;

const char* const kUsers =
    "# users\n"
    "\n"
    "| Column | Type | Notes |\n"
    "|---|---|---|\n"
    "| id | bigint | primary key |\n"
    "| phone | varchar(20) | NOT NULL |\n"
    "| nick | text | |\n";

const char* const kUsersSql =
    "CREATE TABLE users (id bigint PRIMARY KEY, phone varchar(50) NOT NULL);";

TEST(AnnotatedDocuments, EachClaimStandsAtItsWords) {
  Report report = audit_of({{{"users.md", kUsers}}, kUsersSql});
  const Lines claims = claims_of(report, "users.md");
  for (const char* claim :
       {"3 holds table", "5 holds column id", "5 holds type bigint", "5 holds primary key",
        "6 holds column phone", "6 refuted type varchar(20)", "6 holds nullability NOT NULL",
        "7 refuted column nick"})
    EXPECT_TRUE(std::any_of(claims.begin(), claims.end(), [&](const std::string& said) {
      return said.starts_with(claim);
    })) << claim;
  const DocumentClaim& type = claim_at(report, 6, "type");
  EXPECT_EQ(type.reason, "character varying(50) in the SQL files");
  ASSERT_EQ(type.findings.size(), 1u);
  const auto finding =
      std::find_if(report.findings.begin(), report.findings.end(),
                   [&](const Finding& one) { return one.fingerprint == type.findings[0]; });
  ASSERT_NE(finding, report.findings.end());
  EXPECT_EQ(finding->rule, "column-type-mismatch");
  EXPECT_EQ(claim_at(report, 7, "column").reason, "not in the SQL files");
}

TEST(AnnotatedDocuments, EveryClaimOfTheMetricIsJudgedOnce) {
  DocumentSet set;
  set.add({"users.md", kUsers, DocumentState::current});
  SourceResult docs = set.finish();
  SourceResult built = replayed(kUsersSql);
  CompareOptions options;
  options.lenient_names = true;
  std::vector<JudgedClaim> claims;
  const Comparison comparison = compare(docs.schema, built.schema, options, claims);
  std::size_t counted = 0, held = 0;
  for (const JudgedClaim& claim : claims) {
    const bool decided =
        claim.outcome == ClaimOutcome::holds || claim.outcome == ClaimOutcome::differs;
    if (!claim.counted || !decided) continue;
    ++counted;
    if (claim.outcome == ClaimOutcome::holds || claim.name_only) ++held;
  }
  EXPECT_EQ(counted, comparison.claims);
  EXPECT_EQ(held, comparison.claims_held);
  EXPECT_GT(held, 4u);
}

TEST(AnnotatedDocuments, NothingToCompareWithIsNothingChecked) {
  Report report = audit_of({{{"users.md", kUsers}}, ""});
  ASSERT_EQ(report.annotated.size(), 1u);
  EXPECT_FALSE(report.annotated[0].claims.empty());
  for (const DocumentClaim& claim : report.annotated[0].claims) {
    EXPECT_EQ(claim.state, ClaimState::unchecked) << claim.kind;
    EXPECT_EQ(claim.reason, "nothing was given to compare the documents with");
  }
}

TEST(AnnotatedDocuments, APlanIsNotRefutedByToday) {
  Project project{{{"users.md", kUsers}}, "CREATE TABLE others (id bigint PRIMARY KEY);"};
  project.state = DocumentState::planned;
  Report report = audit_of(project);
  const DocumentClaim& table = claim_at(report, 3, "table");
  EXPECT_EQ(table.state, ClaimState::unchecked);
  EXPECT_EQ(table.reason.rfind("a plan: ", 0), 0u) << table.reason;
}

TEST(AnnotatedDocuments, WhatStandsOnAnAbsentTableIsNotCheckedByItself) {
  Report report =
      audit_of({{{"users.md", kUsers}}, "CREATE TABLE others (other bigint PRIMARY KEY);"});
  EXPECT_EQ(claim_at(report, 3, "table").state, ClaimState::refuted);
  EXPECT_EQ(claim_at(report, 6, "column").state, ClaimState::unchecked);
  EXPECT_EQ(claim_at(report, 6, "column").reason, "its table is not in the SQL files");
}

TEST(AnnotatedDocuments, NoLineShowsAPassword) {
  const std::string text = std::string(kUsers) + "\npsql postgresql://app:s3cret-one@db/x\n";
  Report report = audit_of({{{"users.md", text}}, kUsersSql});
  bool shown = false;
  for (const std::string& line : report.annotated[0].lines) {
    EXPECT_EQ(line.find("s3cret-one"), std::string::npos);
    shown = shown || line.find("app:***@db") != std::string::npos;
  }
  EXPECT_TRUE(shown);
  for (const auto& [fingerprint, excerpt] : report.excerpts)
    for (const std::string& line : excerpt.lines)
      EXPECT_EQ(line.find("s3cret-one"), std::string::npos);
  const DocumentClaim& note = claim_at(report, 9, "credential-in-docs");
  EXPECT_EQ(note.state, ClaimState::noted);
  EXPECT_EQ(note.findings.size(), 1u);
}

TEST(AnnotatedDocuments, CountsAreClaims) {
  const std::string text = "# Schema\n\nTables: 1\n\nIndexes: 7\n\n" + std::string(kUsers) +
                           "\n```sql\nCREATE INDEX users_phone_idx ON users (phone);\n```\n";
  Report report = audit_of({{{"schema.md", text}}, kUsersSql});
  EXPECT_EQ(claim_at(report, 3, "count").state, ClaimState::holds);
  const DocumentClaim& wrong = claim_at(report, 5, "count");
  EXPECT_EQ(wrong.state, ClaimState::refuted);
  EXPECT_EQ(wrong.findings.size(), 1u);
}

TEST(Excerpts, ShowTheLineWithItsNeighbours) {
  Report report = audit_of({{{"users.md", kUsers}}, kUsersSql});
  bool found = false;
  for (const Finding& finding : report.findings) {
    if (finding.rule != "column-type-mismatch") continue;
    const Excerpt& excerpt = report.excerpts.at(finding.fingerprint);
    found = true;
    EXPECT_EQ(excerpt.uri, "users.md");
    EXPECT_EQ(excerpt.line, 6);
    EXPECT_EQ(excerpt.first_line, 5);
    ASSERT_EQ(excerpt.lines.size(), 3u);
    EXPECT_EQ(excerpt.lines[1], "| phone | varchar(20) | NOT NULL |");
  }
  EXPECT_TRUE(found);
}

TEST(Excerpts, AreNoneOfWhatCannotBeRead) {
  SourceLines lines([](const std::string& uri) {
    return uri == "binary" ? std::optional<std::string>(std::string("a\0b", 3)) : std::nullopt;
  });
  EXPECT_FALSE(lines.around({"gone.md", 1, 1}));
  EXPECT_FALSE(lines.around({"binary", 1, 1}));
  EXPECT_FALSE(lines.around({"", 1, 1}));
  SourceLines two([](const std::string&) { return std::optional<std::string>("a\r\nb"); });
  EXPECT_FALSE(two.around({"x", 3, 1}));
  EXPECT_EQ(two.around({"x", 2, 1})->lines, (Lines{"a", "b"}));
}

const NeighbourEdge* edge(const Neighbourhood& neighbourhood, const std::string& columns) {
  for (const NeighbourEdge& one : neighbourhood.edges)
    if (one.columns.starts_with(columns)) return &one;
  return nullptr;
}

TEST(Neighbourhoods, TellMissingForbiddenAndUndocumentedEdgesApart) {
  Config config;
  IsolationPolicy border;
  border.name = "p3";
  border.tables.globs = {"p3_*"};
  border.foreign_keys = ForeignKeyStance::forbid;
  config.policy.isolation = {border};
  const std::string docs =
      "```sql\n"
      "CREATE TABLE users (id bigint PRIMARY KEY);\n"
      "CREATE TABLE p3_cache (id bigint PRIMARY KEY);\n"
      "CREATE TABLE orders (\n"
      "  id bigint PRIMARY KEY,\n"
      "  user_id bigint REFERENCES users (id),\n"
      "  cache_id bigint,\n"
      "  seller_id bigint,\n"
      "  buyer_id bigint REFERENCES users (id)\n"
      ");\n"
      "```\n";
  const std::string sql =
      "CREATE TABLE users (id bigint PRIMARY KEY);\n"
      "CREATE TABLE p3_cache (id bigint PRIMARY KEY);\n"
      "CREATE TABLE orders (id bigint PRIMARY KEY,\n"
      "  user_id bigint,\n"
      "  cache_id bigint REFERENCES p3_cache (id),\n"
      "  seller_id bigint REFERENCES users (id),\n"
      "  buyer_id bigint REFERENCES users (id));\n";
  Report report = audit_of({{{"orders.md", docs}}, sql}, config);
  ASSERT_EQ(report.neighbourhoods.size(), 1u);
  const Neighbourhood& orders = report.neighbourhoods[0];
  EXPECT_EQ(orders.table, "public.orders");
  const auto state = [&](const std::string& columns) {
    const NeighbourEdge* found = edge(orders, columns);
    return found ? std::string(to_string(found->state)) : "no edge";
  };
  EXPECT_EQ(state("user_id"), "missing");
  EXPECT_EQ(state("cache_id"), "forbidden");
  EXPECT_EQ(state("seller_id"), "undocumented");
  EXPECT_EQ(edge(orders, "user_id")->findings.size(), 1u);
  EXPECT_EQ(orders.edges.size(), 4u);
}

TEST(ClaimSpans, AreWholeWordsInCodePoints) {
  const Span id = find_span("| uuid | id |", 1, {"id"});
  EXPECT_EQ(id.column, 10);
  EXPECT_EQ(id.length, 2);
  const Span after_umlauts = find_span("| größe | TEXT |", 3, {"text"});
  EXPECT_EQ(after_umlauts.column, 11);
  EXPECT_EQ(find_span("| a |", 1, {"b"}).length, 0);
  EXPECT_EQ(find_span("a b", 2, {"a"}).length, 0);
}

}  // namespace
}  // namespace schemaudit
