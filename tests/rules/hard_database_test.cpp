// Every rule, the style ones too, on a database full of what auditors trip over: partitions,
// inheritance, extensions, and names of 63 bytes that are not 63 characters.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "analyzer/engine/audit.h"
#include "analyzer/postgres/introspect.h"
#include "rules/rule.h"
#include "tests/support/test_server.h"

namespace schemaudit {

namespace {

// Two bytes a letter: 31 of them and one more byte are the 63 that PostgreSQL keeps.
const char* const kLongName = "ääääääääääääääääääääääääääääääx";

const char* const kDatabase = R"sql(
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pgcrypto;
CREATE TABLE owners (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email citext UNIQUE);
COMMENT ON TABLE owners IS 'Those who own';

CREATE TABLE events (
  id bigint NOT NULL,
  owner_id bigint NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind <> ''),
  PRIMARY KEY (id, at, kind)
) PARTITION BY RANGE (at);
COMMENT ON TABLE events IS 'What happened';
CREATE INDEX events_owner ON events (owner_id);
CREATE TABLE events_2026 PARTITION OF events
  FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
CREATE TABLE events_2026_clicks PARTITION OF events_2026 FOR VALUES IN ('click');
CREATE TABLE events_2026_rest PARTITION OF events_2026 DEFAULT;
CREATE TABLE events_rest PARTITION OF events DEFAULT;
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON events FOR SELECT USING (owner_id > 0);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE vehicles (id bigint PRIMARY KEY, wheels integer NOT NULL CHECK (wheels > 0));
CREATE TABLE cars (doors integer NOT NULL) INHERITS (vehicles);
)sql";

std::string with_long_names() {
  std::string name = kLongName;
  return std::string(kDatabase) + "CREATE TABLE \"" + name + "\" (\"" + name +
         "\" bigint PRIMARY KEY, \"owner\" bigint CONSTRAINT \"" + name +
         "f\" REFERENCES owners (id));";
}

class HardDatabase : public LiveTest {
 protected:
  /// What all rules say, with every question told as findings.
  static Report audit() {
    std::string database = fresh_database();
    test_server().run(database, with_long_names());
    LiveOptions options;
    options.conninfo = database;
    LiveReading live = introspect(options);
    EXPECT_TRUE(live.source) << live.error;
    AuditInput input;
    input.config.profile = Profile::all;
    schema = live.source->schema;
    input.sources.push_back(std::move(*live.source));
    AuditRun run;
    run.run.started_at = "2026-01-01T00:00:00Z";
    return run_audit(input, run);
  }

  static Schema schema;
};

Schema HardDatabase::schema;

TEST_F(HardDatabase, NoRuleCountsAPartitionAsATableOfItsOwn) {
  // These two speak of partitions and of nothing else.
  const std::set<std::string> about_partitions = {"partition-without-row-security",
                                                  "root-without-row-security"};
  for (const Finding& finding : audit().findings) {
    if (about_partitions.count(finding.rule)) continue;
    EXPECT_NE(finding.object.table.rfind("events_", 0), 0u)
        << finding.rule << ": " << finding.message;
    EXPECT_NE(finding.object.name.rfind("events_2026", 0), 0u)
        << finding.rule << ": " << finding.message;
  }
}

TEST_F(HardDatabase, NoRuleSpeaksOfWhatAnExtensionBrings) {
  const std::set<std::string> ours = {"touch"};
  for (const Finding& finding : audit().findings) {
    const bool routine_or_type = finding.object.kind == "function" ||
                                 finding.object.kind == "type" || finding.object.kind == "enum";
    EXPECT_TRUE(!routine_or_type || ours.count(finding.object.name))
        << finding.rule << ": " << finding.message;
  }
}

TEST_F(HardDatabase, EveryFindingNamesItsObjectWhole) {
  for (const Finding& finding : audit().findings) {
    if (finding.object.table.empty()) continue;
    const Relation* relation = schema.find_relation({finding.object.schema, finding.object.table});
    ASSERT_TRUE(relation) << finding.rule << ": " << to_string(finding.object);
    if (finding.object.kind == "column") {
      EXPECT_TRUE(relation->find_column(finding.object.name))
          << finding.rule << ": " << to_string(finding.object);
    }
  }
}

TEST_F(HardDatabase, NoRuleCrashes) {
  for (const RuleReport& rule : audit().rules)
    EXPECT_NE(rule.status, RuleStatus::crashed) << rule.id << ": " << rule.reason;
}

}  // namespace

}  // namespace schemaudit
