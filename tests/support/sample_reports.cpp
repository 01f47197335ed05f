#include "tests/support/sample_reports.h"

#include <iterator>

#include "analyzer/model/digest.h"

namespace schemaudit {
namespace {

constexpr const char* kForeignKeyDocs = R"md(## What it does

Reports foreign keys that cross the border of an isolated group of tables.

## Why it matters

A group that is meant to be **dropped as a whole** cannot be, once another table's key points
into it:

- `DROP TABLE` fails, or
- CASCADE takes the key with it.

## Example

```sql
ALTER TABLE p3_cache ADD FOREIGN KEY (user_id) REFERENCES users (id);
```

## Use instead

Keep the value, without the key.
)md";

RuleReport rule(std::string id, Severity severity, RuleStatus status, std::size_t checked,
                std::size_t findings, std::string summary) {
  RuleReport report;
  report.id = std::move(id);
  report.severity = severity;
  report.status = status;
  report.checked = checked;
  report.findings = findings;
  report.summary = std::move(summary);
  return report;
}

void seal(Finding& finding) {
  finding.fingerprint = fingerprint(finding.rule, finding.object, finding.key);
}

SourceReport documents() {
  SourceReport source;
  source.role = Role::documented;
  source.kind = "docs";
  source.name = "docs/schema";
  source.digest = sha256_hex("docs");
  source.objects.tables = 3;
  source.objects.columns = 14;
  source.objects.constraints = 4;
  source.objects.indexes = 1;
  DocumentReading users;
  users.uri = "docs/schema/users.md";
  users.tables = {{{"", "users"}, {"docs/schema/users.md", 5, 1}, "column table", 6, 2, 1, true},
                  {{"", "sessions"}, {"docs/schema/users.md", 31, 1}, "list", 3, 0, 0, false}};
  users.queries = {{"SELECT 1", {"docs/schema/users.md", 50, 1}, "Checks > 1"}};
  DocumentReading plan;
  plan.uri = "docs/schema/phase3.md";
  plan.self_description = "Draft";
  plan.proposed_state = DocumentState::planned;
  plan.self_description_origin = {"docs/schema/phase3.md", 3, 1};
  plan.tables = {{{"", "p3_cache"}, {"docs/schema/phase3.md", 12, 1}, "sql", 5, 2, 0, true}};
  DocumentReading readme;
  readme.uri = "docs/schema/README.md";
  source.documents = {users, plan, readme};
  return source;
}

SourceReport database() {
  SourceReport source;
  source.role = Role::live;
  source.kind = "db";
  source.name = "postgresql://reader@db.internal/app";
  source.digest = sha256_hex("db");
  source.objects.tables = 4;
  source.objects.columns = 19;
  source.objects.constraints = 7;
  source.objects.indexes = 6;
  source.objects.views = 1;
  source.visibility.complete = false;
  source.visibility.hidden = {
      {"table_constraints", 7, 0, {"public.users", "public.p3_cache"}, true}};
  source.left_out = {{"public.schema_migrations", "bookkeeping of a migration tool", 1},
                     {"extension pgcrypto", "its members belong to the extension", 36}};
  source.server = ServerFacts{"15.18", 150018, "app", "reader", "UTF8"};
  return source;
}

std::vector<Finding> findings() {
  Finding border;
  border.rule = "forbidden-foreign-key";
  border.severity = Severity::critical;
  border.message = "p3_cache points at users, and the policy isolation.phase3 forbids foreign keys";
  border.object = {"constraint", "public", "p3_cache", "p3_cache_user_id_fkey"};
  border.behind = Behind::live;
  border.locations = {{"documented", {"docs/schema/phase3.md", 12, 1}}, {"live", {}}};
  border.evidence.live = "FOREIGN KEY (user_id) REFERENCES public.users(id)";
  border.fix = Fix{FixKind::sql,
                   "ALTER TABLE public.p3_cache\n"
                   "  DROP CONSTRAINT p3_cache_user_id_fkey;"};
  border.key = "user_id>users.id";

  Finding type;
  type.rule = "column-type-mismatch";
  type.severity = Severity::high;
  type.message = "the type of phone differs";
  type.object = {"column", "public", "users", "phone"};
  type.behind = Behind::docs;
  type.locations = {{"documented", {"docs/schema/users.md", 12, 3}},
                    {"documented", {"docs/schema/users.md", 40, 1}}};
  type.evidence.documented = "character varying(20)";
  type.evidence.live = "text";
  type.fix = Fix{FixKind::markdown, "| phone | text | |"};

  Finding column = type;
  column.rule = "undocumented-column";
  column.severity = Severity::medium;
  column.message = "column last_seen_at is in the database, and the document lists all columns";
  column.object = {"column", "public", "users", "last_seen_at"};
  column.locations = {{"documented", {"docs/schema/users.md", 5, 1}}};
  column.evidence = FindingEvidence{};
  column.evidence.live = "last_seen_at timestamp with time zone";
  column.fix.reset();

  Finding waived = column;
  waived.object.name = "legacy_id";
  waived.message = "column legacy_id is in the database, and the document lists all columns";
  waived.state = FindingState::waived;

  Finding known = column;
  known.severity = Severity::low;
  known.rule = "unknown-reference-in-docs";
  known.object = {"table", "", "jobs", "jobs"};
  known.message = "jobs is referred to before it is stated";
  known.evidence = FindingEvidence{};
  known.state = FindingState::baseline;

  std::vector<Finding> all = {border, type, column, waived, known};
  for (Finding& finding : all) seal(finding);
  return all;
}

/// What pages show besides: tables, a neighbourhood, documents with their claims, excerpts.
void add_pages(Report& report) {
  report.config = {"schemaudit.toml", sha256_hex("config")};
  report.tables = {
      {"public", "audit_log", {{Role::live, 5, 1, 1, {}}}},
      {"public",
       "p3_cache",
       {{Role::documented, 5, 2, 0, {"docs/schema/phase3.md", 12, 1}}, {Role::live, 5, 3, 0, {}}}},
      {"public",
       "users",
       {{Role::documented, 6, 2, 1, {"docs/schema/users.md", 5, 1}}, {Role::live, 8, 2, 3, {}}}}};
  const std::string border = report.findings[0].fingerprint;
  report.neighbourhoods = {
      {"public.p3_cache",
       {{"public.p3_cache", "public.users", "user_id -> id", EdgeState::forbidden, {border}},
        {"public.p3_cache", "p3_signal", "signal_id -> id", EdgeState::missing, {}},
        {"public.p3_votes", "public.p3_cache", "cache_id -> id", EdgeState::undocumented, {}},
        {"public.p3_cache", "public.p3_cache", "parent_id -> id", EdgeState::flagged, {}},
        {"public.p3_items", "public.p3_cache", "cache_id -> id", EdgeState::agreed, {}}},
       {"p3_signal"}}};
  AnnotatedDocument users;
  users.uri = "docs/schema/users.md";
  users.lines = {"# Users",
                 "",
                 "| Column | Type |",
                 "|---|---|",
                 "| id | bigint |",
                 "| phone | varchar(20) |",
                 "| state | text, default 'new' |"};
  users.claims = {{1, 3, 5, "table", "public.users", "users", ClaimState::holds, "", {}},
                  {1,
                   0,
                   0,
                   "undocumented-column",
                   "public.users.last_seen_at",
                   "",
                   ClaimState::noted,
                   report.findings[2].message,
                   {report.findings[2].fingerprint}},
                  {5, 3, 2, "column", "public.users.id", "id", ClaimState::holds, "", {}},
                  {5, 8, 6, "type", "public.users.id", "bigint", ClaimState::holds, "", {}},
                  {6,
                   11,
                   11,
                   "type",
                   "public.users.phone",
                   "character varying(20)",
                   ClaimState::refuted,
                   "text in the database",
                   {report.findings[1].fingerprint}},
                  {7,
                   17,
                   13,
                   "default",
                   "public.users.state",
                   "default 'new'",
                   ClaimState::unchecked,
                   "the database does not tell",
                   {}}};
  AnnotatedDocument plan;
  plan.uri = "docs/schema/phase3.md";
  plan.state = DocumentState::planned;
  report.annotated = {plan, users};
  report.excerpts[report.findings[1].fingerprint] = {
      "docs/schema/users.md", 11, 12, {"| id | bigint |", "| phone | varchar(20) |", "| state |"}};
}

}  // namespace

Report small_report() {
  Report report;
  report.tool_version = "0.1.0";
  report.run.started_at = "2026-01-02T03:04:05Z";
  report.run.finished_at = "2026-01-02T03:04:06Z";
  report.run.seconds = 0.75;
  report.run.arguments = {"audit", "docs/schema", "--db",
                          "postgresql://reader:***@db.internal/app"};
  report.verdict = Verdict::fail;
  report.sources = {documents(), database()};
  report.metrics = {{"documented-tables", 3, 4, {"public.audit_log"}},
                    {"documented-columns", 12, 14, {"users.last_seen_at", "users.legacy_id"}},
                    {"commented-tables", 0, 0, {}}};
  report.findings = findings();

  RuleReport border = rule("forbidden-foreign-key", Severity::critical, RuleStatus::failed, 4, 1,
                           "A foreign key crosses the border of an isolated group of tables.");
  border.docs = kForeignKeyDocs;
  RuleReport tenancy = rule("missing-soft-delete-column", Severity::high, RuleStatus::not_run, 0, 0,
                            "A table that has to be deleted softly lacks the column.");
  tenancy.reason = "no [policy.soft_delete] is set";
  RuleReport crashed = rule("stated-count-mismatch", Severity::medium, RuleStatus::crashed, 0, 0,
                            "A document counts its tables wrongly.");
  crashed.reason = "the rule failed: vector::at";
  report.rules = {rule("column-type-mismatch", Severity::high, RuleStatus::failed, 14, 1,
                       "A column's type is not the documented one."),
                  border,
                  tenancy,
                  rule("primary-key-mismatch", Severity::high, RuleStatus::passed, 3, 0,
                       "A primary key is not the documented one."),
                  crashed,
                  rule("undocumented-column", Severity::medium, RuleStatus::failed, 14, 1,
                       "A column that the documents do not mention.")};
  report.questions = {{"status-without-check",
                       "Columns called status have no CHECK. May any text "
                       "stand in them?",
                       2,
                       {"users.status", "sessions.status"},
                       "[policy.domains]\n\"*.status\" = \"check-or-enum\""}};
  report.actions = {{Severity::critical,
                     "Drop the foreign keys that cross a border.",
                     {report.findings[0].fingerprint}}};
  report.criteria = {{"No foreign key leaves phase 3",
                      CriterionState::not_met,
                      {"forbidden-foreign-key"},
                      "forbidden-foreign-key found 1 breach"},
                     {"Rollback has been rehearsed",
                      CriterionState::not_evaluated,
                      {"rehearse"},
                      "no evidence of rehearse was given"}};
  add_pages(report);
  return report;
}

Report large_report(std::size_t findings, std::size_t tables) {
  Report report = small_report();
  report.findings.clear();
  report.actions.clear();
  report.tables.clear();
  report.neighbourhoods.clear();
  report.annotated.clear();
  report.excerpts.clear();
  const std::size_t per_table = findings / tables;
  for (std::size_t t = 0; t < tables; ++t) {
    const std::string name = "customer_records_" + std::to_string(t);
    const std::string uri = "docs/schema/" + name + ".md";
    report.tables.push_back(
        {"public", name, {{Role::documented, 40, 3, 1, {uri, 3, 1}}, {Role::live, 40, 4, 2, {}}}});
    AnnotatedDocument document;
    document.uri = uri;
    document.lines = {"# " + name, "", "| Column | Type | Null | Default |", "|---|---|---|---|"};
    document.claims = {{1, 3, 20, "table", "public." + name, name, ClaimState::holds, "", {}}};
    for (std::size_t i = 0; i < per_table; ++i) {
      constexpr Severity kCycle[] = {Severity::critical, Severity::high,   Severity::high,
                                     Severity::medium,   Severity::medium, Severity::medium,
                                     Severity::low,      Severity::low};
      const RuleReport& about = report.rules[i % report.rules.size()];
      const std::string column = "contact_address_" + std::to_string(i);
      Finding finding;
      finding.rule = about.id;
      finding.severity = kCycle[i % std::size(kCycle)];
      finding.message = "public." + name + "." + column +
                        " is character varying(120) in the docs and character varying(255) in the "
                        "database";
      finding.object = {"column", "public", name, column};
      finding.behind = Behind::live;
      const int line = static_cast<int>(document.lines.size()) + 1;
      finding.locations = {{"documented", {uri, line, 3}}};
      finding.evidence.documented = "character varying(120)";
      finding.evidence.live = "character varying(255)";
      finding.fix = Fix{FixKind::sql, "ALTER TABLE public." + name + " ALTER COLUMN " + column +
                                          " TYPE character varying(120);"};
      seal(finding);
      const std::string row = "| " + column + " | varchar(120) | no | |";
      document.lines.push_back(row);
      const auto width = static_cast<int>(column.size());
      document.claims.push_back({line,
                                 3,
                                 width,
                                 "column",
                                 "public." + name + "." + column,
                                 column,
                                 ClaimState::holds,
                                 "",
                                 {}});
      document.claims.push_back({line,
                                 6 + width,
                                 12,
                                 "type",
                                 "public." + name + "." + column,
                                 "character varying(120)",
                                 ClaimState::refuted,
                                 "character varying(255) in the database",
                                 {finding.fingerprint}});
      report.excerpts[finding.fingerprint] = {uri, line, line, {row}};
      report.findings.push_back(std::move(finding));
    }
    Neighbourhood around;
    around.table = "public." + name;
    for (std::size_t i = 1; i <= 12; ++i)
      around.edges.push_back({around.table,
                              "public.customer_records_" + std::to_string((t + i * 7) % tables),
                              "parent_" + std::to_string(i) + " -> id",
                              i == 1 ? EdgeState::missing : EdgeState::agreed,
                              i == 1 ? std::vector<std::string>{report.findings.back().fingerprint}
                                     : std::vector<std::string>{}});
    report.neighbourhoods.push_back(std::move(around));
    report.annotated.push_back(std::move(document));
  }
  sort_findings(report.findings);
  return report;
}

const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> kTexts = {
      "</script><script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "' onmouseover='alert(1)",
      "<!-- ]]> </style>",
      "{{body}}",
      "two\nlines\r\n\ttab",
      "\x1b[31mred\x1b]0;title\x07",
      "user\u202egnp.exe\u2066\u200b",
      "latin-1 \xe9\xff",
      "::error file=x::y",
      "##[error]z",
  };
  return kTexts;
}

Report hostile_report() {
  Report report = small_report();
  std::string all;
  for (const std::string& text : hostile_texts()) all += text + " ";

  report.tool_version = all;
  report.run.started_at = all;
  report.run.arguments = {all};
  report.incomplete_because = {all};
  for (SourceReport& source : report.sources) {
    source.kind = "docs";
    source.name = all;
    source.unanalysed = {Problem{ProblemKind::unanalysed, {all, 3, 1}, all}};
    for (HiddenFact& hidden : source.visibility.hidden) hidden = {all, 2, 1, {all}, false};
    for (LeftOut& left_out : source.left_out) left_out = {all, all, 1};
    for (DocumentReading& document : source.documents) {
      document.uri = all;
      document.self_description = all;
      document.proposed_state = DocumentState::retired;
      for (TableReading& table : document.tables) {
        table.table = {all, all};
        table.form = all;
      }
    }
    if (source.server) source.server = ServerFacts{all, 150018, all, all, all};
  }
  for (Metric& metric : report.metrics) {
    metric.id = all;
    metric.members = {all};
  }
  for (RuleReport& rule : report.rules) rule.reason = rule.summary = rule.docs = all;
  const std::vector<std::string>& texts = hostile_texts();
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    Finding& finding = report.findings[i];
    finding.message = texts[texts.size() - 1 - i % texts.size()] + all;
    finding.object = {all, all, all, all};
    finding.locations = {{all, {all, 7, 2}}, {all, {"other" + all, 0, 0}}};
    finding.evidence = FindingEvidence{all, all, all, all, all};
    finding.fix = Fix{FixKind::config, all};
    seal(finding);
  }
  for (Question& question : report.questions) question = {question.rule, all, 1, {all}, all};
  for (Action& action : report.actions) action.text = all;
  report.config = {all, all};
  for (TableReport& table : report.tables) {
    table.schema = table.name = all;
    for (TableSide& side : table.sides) side.origin = {all, 1, 1};
  }
  for (Neighbourhood& neighbourhood : report.neighbourhoods) {
    neighbourhood.table = to_string(QualifiedName{all, all});
    neighbourhood.absent = {all};
    for (NeighbourEdge& edge : neighbourhood.edges) {
      edge.from = neighbourhood.table;
      edge.columns = all;
      edge.to = all + edge.to;
      edge.findings = {report.findings[0].fingerprint};
    }
  }
  for (AnnotatedDocument& document : report.annotated) {
    document.uri = all;
    for (std::string& line : document.lines) line = all;
    for (DocumentClaim& claim : document.claims) {
      claim.kind = claim.object = claim.stated = claim.reason = all;
      claim.column = 1 + claim.line;
      if (!claim.findings.empty()) claim.findings = {report.findings[0].fingerprint};
    }
  }
  report.excerpts.clear();
  for (const Finding& finding : report.findings)
    report.excerpts[finding.fingerprint] = {all, 1, 2, {all, all, all}};
  MigrationStep step;
  step.version = step.name = step.digest = all;
  step.parents = {all};
  step.up.origin = {all, 1, 1};
  step.down = step.up;
  MigrationChain chain;
  chain.folder = all;
  chain.heads = {all, all};
  chain.steps = {step};
  chain.faults = {{ChainFaultKind::gap, all, all, {all, 1, 1}, {}}};
  chain.way_back = step.up;
  report.chain = chain;
  for (CriterionReport& criterion : report.criteria) {
    criterion.text = all;
    criterion.decided_by = {all};
    criterion.reason = all;
  }
  return report;
}

std::vector<std::string> harmful_parts(const std::string& text) {
  std::vector<std::string> found;
  for (const unsigned char byte : text)
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f) found.push_back(std::to_string(byte));
  for (const char* mark : {"\u202e", "\u2066", "\u200b", "\xe9", "\xff"})
    if (text.find(mark) != std::string::npos) found.push_back(mark);
  return found;
}

}  // namespace schemaudit
