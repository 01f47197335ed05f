// What the rules on hazards say of a statement is what a server does with it: the strongest lock on
// a table, whether the table is written anew, whether its rows are read, the error.

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "analyzer/postgres/server_session.h"
#include "rules/rule.h"
#include "tests/support/program.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

struct HazardFact {
  const char* rule;
  const char* set_up;
  const char* statement;
  /// The table that is looked at.
  const char* table;
  /// The strongest lock on it, `rewritten`, `read`; or a part of the error.
  const char* seen;
};

constexpr const char* kTables = R"sql(
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100), plan text, visits integer,
                    debt numeric(10,2), period daterange);
INSERT INTO users SELECT n, 'a@b' || n, 'free', n, n, daterange(NULL, NULL, '()')
  FROM generate_series(1, 1) n;
CREATE INDEX users_email ON users (email);
CREATE TABLE bills (id bigint PRIMARY KEY, payer bigint);
INSERT INTO bills VALUES (1, 1);
CREATE TABLE days (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE days_2025 (id bigint, day date NOT NULL);
INSERT INTO days_2025 VALUES (1, '2025-05-05');
)sql";

const std::vector<HazardFact>& facts() {
  static const std::vector<HazardFact> kFacts = {
      // concurrently-in-transaction
      {"concurrently-in-transaction", "", "CREATE INDEX CONCURRENTLY i ON users (plan)", "users",
       "cannot run inside a transaction block"},
      {"concurrently-in-transaction", "", "DROP INDEX CONCURRENTLY users_email", "users",
       "cannot run inside a transaction block"},
      {"concurrently-in-transaction",
       "ALTER TABLE days ATTACH PARTITION days_2025 FOR VALUES FROM ('2025-01-01') TO "
       "('2026-01-01')",
       "ALTER TABLE days DETACH PARTITION days_2025 CONCURRENTLY", "days",
       "cannot run inside a transaction block"},
      // required-column-without-default
      {"required-column-without-default", "", "ALTER TABLE users ADD COLUMN country text NOT NULL",
       "users", "contains null values"},
      {"required-column-without-default", "TRUNCATE users",
       "ALTER TABLE users ADD COLUMN country text NOT NULL", "users", "AccessExclusiveLock read"},
      {"required-column-without-default", "",
       "ALTER TABLE users ADD COLUMN country text NOT NULL DEFAULT 'none'", "users",
       "AccessExclusiveLock"},
      {"required-column-without-default", "CREATE DOMAIN country AS text DEFAULT 'none'",
       "ALTER TABLE users ADD COLUMN country country NOT NULL", "users", "AccessExclusiveLock"},
      // index-without-concurrently, drop-index-without-concurrently
      {"index-without-concurrently", "", "CREATE INDEX i ON users (plan)", "users",
       "ShareLock read"},
      {"drop-index-without-concurrently", "", "DROP INDEX users_email", "users",
       "AccessExclusiveLock"},
      // constraint-scans-table
      {"constraint-scans-table", "", "ALTER TABLE users ADD CHECK (visits > 0)", "users",
       "AccessExclusiveLock read"},
      {"constraint-scans-table", "", "ALTER TABLE users ADD CHECK (visits > 0) NOT VALID", "users",
       "AccessExclusiveLock"},
      {"constraint-scans-table", "ALTER TABLE users ADD CONSTRAINT c CHECK (visits > 0) NOT VALID",
       "ALTER TABLE users VALIDATE CONSTRAINT c", "users", "ShareUpdateExclusiveLock read"},
      {"constraint-scans-table", "", "ALTER TABLE bills ADD FOREIGN KEY (payer) REFERENCES users",
       "bills", "ShareRowExclusiveLock read"},
      {"constraint-scans-table", "",
       "ALTER TABLE bills ADD FOREIGN KEY (payer) REFERENCES users NOT VALID", "bills",
       "ShareRowExclusiveLock"},
      // foreign-key-locks-referenced-table
      {"foreign-key-locks-referenced-table", "",
       "CREATE TABLE marks (id bigint PRIMARY KEY, giver bigint REFERENCES users)", "users",
       "ShareRowExclusiveLock"},
      {"foreign-key-locks-referenced-table", "",
       "ALTER TABLE bills ADD COLUMN other bigint REFERENCES users", "users",
       "ShareRowExclusiveLock"},
      {"foreign-key-locks-referenced-table", "",
       "ALTER TABLE bills ADD COLUMN other bigint REFERENCES users", "bills",
       "AccessExclusiveLock"},
      // not-null-scans-table, not-null-before-backfill
      {"not-null-scans-table", "", "ALTER TABLE users ALTER COLUMN plan SET NOT NULL", "users",
       "AccessExclusiveLock read"},
      {"not-null-scans-table", "ALTER TABLE users ADD CHECK (plan IS NOT NULL AND plan <> '')",
       "ALTER TABLE users ALTER COLUMN plan SET NOT NULL", "users", "AccessExclusiveLock"},
      {"not-null-scans-table", "ALTER TABLE users ADD CHECK (plan IS NOT NULL) NOT VALID",
       "ALTER TABLE users ALTER COLUMN plan SET NOT NULL", "users", "AccessExclusiveLock read"},
      {"not-null-before-backfill", "UPDATE users SET plan = NULL",
       "ALTER TABLE users ALTER COLUMN plan SET NOT NULL", "users", "contains null values"},
      {"not-null-before-backfill", "UPDATE users SET visits = 0",
       "ALTER TABLE users ADD CONSTRAINT c CHECK (visits > 0)", "users", "is violated by some row"},
      // unique-constraint-builds-index, exclusion-constraint-on-existing-table
      {"unique-constraint-builds-index", "", "ALTER TABLE users ADD UNIQUE (plan)", "users",
       "AccessExclusiveLock read"},
      {"unique-constraint-builds-index", "CREATE UNIQUE INDEX u ON users (plan)",
       "ALTER TABLE users ADD UNIQUE USING INDEX u", "users", "AccessExclusiveLock"},
      {"exclusion-constraint-on-existing-table", "",
       "ALTER TABLE users ADD EXCLUDE USING gist (period WITH &&)", "users",
       "AccessExclusiveLock read"},
      // volatile-default-rewrites-table
      {"volatile-default-rewrites-table", "",
       "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()", "users",
       "AccessExclusiveLock rewritten read"},
      {"volatile-default-rewrites-table", "",
       "ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY", "users",
       "AccessExclusiveLock rewritten read"},
      {"volatile-default-rewrites-table", "", "ALTER TABLE users ADD COLUMN turn bigserial",
       "users", "AccessExclusiveLock rewritten read"},
      {"volatile-default-rewrites-table", "",
       "ALTER TABLE users ADD COLUMN low text GENERATED ALWAYS AS (lower(email)) STORED", "users",
       "AccessExclusiveLock rewritten read"},
      {"volatile-default-rewrites-table", "",
       "ALTER TABLE users ADD COLUMN at timestamptz DEFAULT now()", "users", "AccessExclusiveLock"},
      // type-change-rewrites-table
      {"type-change-rewrites-table", "", "ALTER TABLE users ALTER visits TYPE bigint", "users",
       "AccessExclusiveLock rewritten read"},
      {"type-change-rewrites-table", "", "ALTER TABLE users ALTER email TYPE varchar(50)", "users",
       "AccessExclusiveLock rewritten read"},
      {"type-change-rewrites-table", "", "ALTER TABLE users ALTER debt TYPE numeric(10,4)", "users",
       "AccessExclusiveLock rewritten read"},
      {"type-change-rewrites-table", "", "ALTER TABLE users ALTER debt TYPE numeric(12,2)", "users",
       "AccessExclusiveLock"},
      {"type-change-rewrites-table", "", "ALTER TABLE users ALTER debt TYPE numeric", "users",
       "AccessExclusiveLock"},
      {"type-change-rewrites-table", "", "ALTER TABLE users ALTER plan TYPE varchar", "users",
       "AccessExclusiveLock"},
      // renamed-table, dropped-table, renamed-column, truncated-table, dropped-column
      {"renamed-table", "", "ALTER TABLE users RENAME TO members", "users", "AccessExclusiveLock"},
      {"dropped-table", "", "DROP TABLE bills", "bills", "AccessExclusiveLock"},
      {"renamed-column", "", "ALTER TABLE users RENAME COLUMN plan TO tariff", "users",
       "AccessExclusiveLock"},
      {"truncated-table", "", "TRUNCATE bills", "bills", "AccessExclusiveLock rewritten read"},
      {"dropped-column", "", "ALTER TABLE users DROP COLUMN plan", "users", "AccessExclusiveLock"},
      // attach-partition-scans
      {"attach-partition-scans", "",
       "ALTER TABLE days ATTACH PARTITION days_2025 FOR VALUES FROM ('2025-01-01') TO "
       "('2026-01-01')",
       "days_2025", "AccessExclusiveLock read"},
      {"attach-partition-scans",
       "ALTER TABLE days_2025 ADD CHECK (day >= '2025-01-01' AND day < '2026-01-01')",
       "ALTER TABLE days ATTACH PARTITION days_2025 FOR VALUES FROM ('2025-01-01') TO "
       "('2026-01-01')",
       "days_2025", "AccessExclusiveLock"},
      // validate-in-same-transaction: the lock of ADD is still held
      {"validate-in-same-transaction", "",
       "ALTER TABLE users ADD CONSTRAINT c CHECK (visits > 0) NOT VALID; "
       "ALTER TABLE users VALIDATE CONSTRAINT c",
       "users", "AccessExclusiveLock read"},
      // What the advice leaves out.
      {"index-without-concurrently", "", "CREATE INDEX CONCURRENTLY i ON days (day)", "days",
       "on partitioned table"},
  };
  return kFacts;
}

/// Fails always, with what was seen as its error: the server has no other way to tell here.
constexpr const char* kLook = R"sql(;
DO $$
DECLARE
  seen oid := current_setting('hazard.table');
  lock text;
  node oid := current_setting('hazard.node');
  scans bigint := current_setting('hazard.scans');
BEGIN
  SELECT mode INTO lock FROM pg_locks
   WHERE pid = pg_backend_pid() AND relation = seen
   ORDER BY array_position(ARRAY['AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock',
                                 'ShareLock', 'ShareUpdateExclusiveLock', 'RowExclusiveLock',
                                 'RowShareLock', 'AccessShareLock'], mode) LIMIT 1;
  RAISE EXCEPTION 'seen: %', lock
    || CASE WHEN pg_relation_filenode(seen) <> node THEN ' rewritten' ELSE '' END
    || CASE WHEN pg_stat_get_xact_numscans(seen) > scans THEN ' read' ELSE '' END;
END $$;
ROLLBACK;)sql";

std::string remember(const std::string& table) {
  const std::string id = "'" + table + "'::regclass";
  return "SELECT set_config('hazard.table', " + id +
         "::oid::text, true), set_config('hazard.node', coalesce(pg_relation_filenode(" + id +
         "), 0)::text, true), set_config('hazard.scans', pg_stat_get_xact_numscans(" + id +
         ")::text, true);\n";
}

std::string seen_on(const std::string& database, const HazardFact& fact) {
  // CONCURRENTLY has to stand alone.
  const bool alone = std::string(fact.seen) == "on partitioned table";
  try {
    test_server().run(database, alone ? fact.statement
                                      : "BEGIN;\n" + remember(fact.table) + fact.statement + kLook);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing failed";
}

using HazardFacts = LiveTest;

/// What stands between `seen: ` and the line's end; empty where the statement was refused.
std::string told_by_server(const std::string& answer) {
  const std::size_t begin = answer.find("seen: ");
  if (begin == std::string::npos) return {};
  return answer.substr(begin + 6, answer.find('\n', begin) - begin - 6);
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, "\\");
  return text;
}

/// A row of docs/locks.md.
std::string row_of(const HazardFact& fact, const std::string& seen) {
  const std::string lock = seen.substr(0, seen.find(' '));
  auto says = [&](const char* word) { return seen.find(word) != std::string::npos ? "yes" : ""; };
  const std::string before = *fact.set_up ? "<br>after " + cell(fact.set_up) : "";
  return "| " + cell(fact.statement) + before + " | " + fact.table + " | " + lock + " | " +
         says("read") + " | " + says("rewritten") + " | [" + fact.rule + "](rules/" + fact.rule +
         ".md) |\n";
}

constexpr const char* kLocksHead = R"md(# What statements lock, read and rewrite

Made by running each statement on a scratch PostgreSQL 15 and looking at `pg_locks`, the table's file
and its scans before the transaction ended; a test runs it again and compares. It is what the rules on
hazards go by.

| statement | table | strongest lock | reads all rows | writes the table anew | rule |
|---|---|---|---|---|---|
)md";

TEST_F(HazardFacts, AreWhatTheServerDoes) {
  if (test_server_version() < 140000)
    GTEST_SKIP() << "DETACH PARTITION CONCURRENTLY came with PostgreSQL 14";
  std::string rows;
  for (const HazardFact& fact : facts()) {
    SCOPED_TRACE(std::string(fact.rule) + ": " + fact.statement);
    const std::string database = fresh_database();
    test_server().run(database, kTables);
    if (*fact.set_up) test_server().run(database, fact.set_up);
    const std::string seen = seen_on(database, fact);
    const bool is_error = std::string(fact.seen).find("Lock") == std::string::npos;
    const std::string wanted = is_error ? fact.seen : "seen: " + std::string(fact.seen) + "\n";
    EXPECT_NE(seen.find(wanted), std::string::npos) << seen;
    if (const std::string told = told_by_server(seen); !told.empty()) rows += row_of(fact, told);
  }
  // The page is of that version alone.
  if (test_server_version() / 10000 == 15) {
    EXPECT_EQ(differs_from_golden("docs/locks.md", kLocksHead + rows), "");
  }
}

TEST(HazardFactsTable, HasAFactForEachRule) {
  std::set<std::string> told, rules;
  for (const HazardFact& fact : facts()) told.insert(fact.rule);
  for (const Rule* rule : all_rules())
    if (rule->info.category == "hazards") rules.emplace(rule->info.id);
  EXPECT_EQ(told, rules);
}

}  // namespace
}  // namespace schemaudit
