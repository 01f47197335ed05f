// Changes a live database one thing at a time and audits it against docs of how it was: each
// change brings the finding it should, and no other.

#include <gtest/gtest.h>

#include <algorithm>

#include "analyzer/engine/audit.h"
#include "analyzer/postgres/introspect.h"
#include "schema_docs/documents.h"
#include "tests/support/test_server.h"

namespace schemaudit {
namespace {

constexpr const char* kSchema = R"sql(
-- Up to PostgreSQL 14 everybody may, which is a finding of its own.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE TYPE ticket_priority AS ENUM ('low', 'normal', 'urgent');
CREATE DOMAIN email_address AS text CHECK (VALUE LIKE '%@%');
CREATE SEQUENCE invoice_number START 1000;

CREATE TABLE accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email email_address NOT NULL,
    name varchar(80) NOT NULL DEFAULT 'someone',
    plan text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'team')),
    seats integer NOT NULL DEFAULT 1,
    notes varchar(400),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT accounts_email_key UNIQUE (email),
    CONSTRAINT accounts_seats_check CHECK (seats BETWEEN 1 AND 500)
);

CREATE TABLE tickets (
    id bigserial PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    parent_id bigint REFERENCES tickets (id),
    title text NOT NULL,
    priority ticket_priority NOT NULL DEFAULT 'normal',
    state varchar(20) NOT NULL DEFAULT 'open', -- 'open', 'waiting', 'closed'
    size numeric(8, 2) CHECK (size >= 0),
    title_length integer GENERATED ALWAYS AS (length(title)) STORED,
    starts_at timestamptz,
    ends_at timestamptz,
    UNIQUE (account_id, title),
    CONSTRAINT tickets_state_check CHECK (state IN ('open', 'waiting', 'closed')),
    CONSTRAINT tickets_period_check CHECK (starts_at < ends_at)
);

CREATE INDEX tickets_state ON tickets (state) WHERE state <> 'closed';
CREATE INDEX tickets_lower_title ON tickets (lower(title));
CREATE INDEX tickets_recent ON tickets (account_id, starts_at DESC);

CREATE TABLE visits (
    account_id bigint NOT NULL,
    day date NOT NULL,
    hits integer NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, day)
) PARTITION BY RANGE (day);

CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

CREATE VIEW open_tickets AS
    SELECT t.id, t.title, a.name FROM tickets t JOIN accounts a ON a.id = t.account_id
    WHERE t.state = 'open';

CREATE FUNCTION touch_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.starts_at := coalesce(NEW.starts_at, now());
    RETURN NEW;
END
$$;

CREATE TRIGGER touch_ticket BEFORE INSERT OR UPDATE ON tickets
    FOR EACH ROW EXECUTE FUNCTION touch_ticket();

ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_account ON accounts FOR SELECT USING (name = current_user);
)sql";

struct Change {
  const char* what;
  const char* sql;
  /// `rule object`, sorted; what the audit must say, all of it.
  std::vector<std::string> findings;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> kChanges = {
      // Nothing that docs speak of.
      {"nothing", "SELECT 1", {}},
      {"a comment", "COMMENT ON COLUMN accounts.name IS 'who'", {}},
      {"storage settings", "ALTER TABLE tickets SET (fillfactor = 80)", {}},
      {"statistics", "ALTER TABLE tickets ALTER title SET STATISTICS 500; ANALYZE", {}},
      {"a grant", "CREATE ROLE changes_reader; GRANT SELECT ON accounts TO changes_reader", {}},
      {"an index built again", "REINDEX INDEX tickets_state", {}},
      {"another order of columns",
       "ALTER TABLE accounts DROP notes; ALTER TABLE accounts ADD notes varchar(400)",
       {}},
      {"the same check in other words",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_state_check; ALTER TABLE tickets ADD "
       "CONSTRAINT tickets_state_check CHECK (state = 'closed' OR state = 'open' OR state = "
       "'waiting')",
       {}},
      {"the same default in other words",
       "ALTER TABLE accounts ALTER created_at SET DEFAULT CURRENT_TIMESTAMP",
       {}},
      {"the same type in other words", "ALTER TABLE tickets ALTER size TYPE decimal(8,2)", {}},
      {"a cluster mark", "ALTER TABLE tickets CLUSTER ON tickets_recent", {}},
      {"rows", "INSERT INTO accounts (email, name) VALUES ('a@b', 'x')", {}},

      // Tables.
      {"a table dropped",
       "DROP TABLE tickets CASCADE; DROP FUNCTION touch_ticket CASCADE",
       {"documented-object-mismatch open_tickets", "documented-object-mismatch touch_ticket",
        "documented-table-absent tickets"}},
      {"a table added",
       "CREATE TABLE extra (id int PRIMARY KEY, other text)",
       {"undocumented-table public.extra"}},
      {"a table renamed",
       "ALTER TABLE visits RENAME TO page_visits",
       {"likely-renamed-table visits"}},
      {"a table moved to another schema",
       "CREATE SCHEMA app; ALTER TABLE visits SET SCHEMA app",
       {}},
      {"a partition added",
       "CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO "
       "('2027-01-01')",
       {}},
      {"a partition detached",
       "ALTER TABLE visits DETACH PARTITION visits_2025",
       {"documented-object-mismatch public.visits_2025"}},
      {"a partition with other bounds",
       "DROP TABLE visits_2025; CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM "
       "('2025-01-01') TO ('2025-07-01')",
       {"documented-object-mismatch public.visits_2025"}},

      // Columns.
      {"a column dropped",
       "ALTER TABLE accounts DROP notes",
       {"documented-column-absent public.accounts.notes"}},
      {"a column dropped with what stands on it",
       "ALTER TABLE tickets DROP starts_at",
       {"documented-column-absent public.tickets.starts_at"}},
      {"a column added",
       "ALTER TABLE accounts ADD phone text",
       {"undocumented-column public.accounts.phone"}},
      {"a column added with an index and a check",
       "ALTER TABLE accounts ADD phone text CHECK (phone <> ''); CREATE INDEX ON accounts (phone)",
       {"undocumented-column public.accounts.phone"}},
      {"a column renamed",
       "ALTER TABLE accounts RENAME notes TO remarks",
       {"likely-renamed-column public.accounts.notes"}},
      {"a column with constraints renamed",
       "ALTER TABLE accounts RENAME seats TO seat_count",
       {"likely-renamed-column public.accounts.seats"}},
      {"another type",
       "ALTER TABLE accounts ALTER seats TYPE bigint",
       {"column-type-mismatch public.accounts.seats"}},
      {"another length",
       "ALTER TABLE accounts ALTER notes TYPE varchar(500)",
       {"column-type-mismatch public.accounts.notes"}},
      {"another precision",
       "ALTER TABLE tickets ALTER size TYPE numeric(10,3)",
       {"column-type-mismatch public.tickets.size"}},
      {"the time zone lost",
       "DROP TRIGGER touch_ticket ON tickets; ALTER TABLE accounts ALTER created_at TYPE "
       "timestamp; CREATE TRIGGER touch_ticket BEFORE INSERT OR UPDATE ON tickets FOR EACH ROW "
       "EXECUTE FUNCTION touch_ticket()",
       {"column-type-mismatch public.accounts.created_at"}},
      {"NOT NULL dropped",
       "ALTER TABLE tickets ALTER title DROP NOT NULL",
       {"column-nullability-mismatch public.tickets.title"}},
      {"NOT NULL added",
       "ALTER TABLE accounts ALTER notes SET NOT NULL",
       {"column-nullability-mismatch public.accounts.notes"}},
      {"a default dropped",
       "ALTER TABLE accounts ALTER plan DROP DEFAULT",
       {"column-default-mismatch public.accounts.plan"}},
      {"a default added",
       "ALTER TABLE accounts ALTER notes SET DEFAULT ''",
       {"column-default-mismatch public.accounts.notes"}},
      {"another default",
       "ALTER TABLE accounts ALTER seats SET DEFAULT 5",
       {"column-default-mismatch public.accounts.seats"}},
      {"identity dropped",
       "ALTER TABLE accounts ALTER id DROP IDENTITY",
       {"column-default-mismatch public.accounts.id"}},
      {"identity by default",
       "ALTER TABLE accounts ALTER id SET GENERATED BY DEFAULT",
       {"column-default-mismatch public.accounts.id"}},
      {"generation dropped",
       "ALTER TABLE tickets ALTER title_length DROP EXPRESSION",
       {"column-default-mismatch public.tickets.title_length"}},
      {"a collation",
       "ALTER TABLE accounts ALTER notes TYPE varchar(400) COLLATE \"C\"",
       {"column-type-mismatch public.accounts.notes"}},

      // Keys.
      {"a primary key dropped",
       "ALTER TABLE visits DROP CONSTRAINT visits_pkey",
       {"missing-primary-key public.visits",
        "primary-key-mismatch public.visits.PRIMARY KEY (account_id, day)"}},
      {"another primary key",
       "ALTER TABLE visits DROP CONSTRAINT visits_pkey; ALTER TABLE visits ADD PRIMARY KEY (day)",
       {"primary-key-mismatch public.visits.visits_pkey"}},
      {"a unique constraint dropped",
       "ALTER TABLE accounts DROP CONSTRAINT accounts_email_key",
       {"unique-constraint-mismatch public.accounts.accounts_email_key"}},
      {"a unique constraint added",
       "ALTER TABLE accounts ADD CONSTRAINT one_name UNIQUE (name)",
       {"unique-constraint-mismatch public.accounts.one_name"}},
      {"a unique constraint on other columns",
       "ALTER TABLE accounts DROP CONSTRAINT accounts_email_key; ALTER TABLE accounts ADD "
       "CONSTRAINT accounts_email_key UNIQUE (email, name)",
       {"unique-constraint-mismatch public.accounts.accounts_email_key"}},
      {"a unique constraint renamed",
       "ALTER TABLE accounts RENAME CONSTRAINT accounts_email_key TO accounts_email_unique",
       {"unique-constraint-mismatch public.accounts.accounts_email_unique"}},
      {"a unique constraint kept by an index",
       "ALTER TABLE accounts DROP CONSTRAINT accounts_email_key; CREATE UNIQUE INDEX "
       "accounts_email_key ON accounts (email)",
       {}},

      // Foreign keys.
      {"a foreign key dropped",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_parent_id_fkey",
       {"foreign-key-mismatch public.tickets.FOREIGN KEY (parent_id) REFERENCES tickets(id)"}},
      {"a foreign key added",
       "ALTER TABLE visits ADD CONSTRAINT visits_account FOREIGN KEY (account_id) REFERENCES "
       "accounts (id)",
       {"foreign-key-mismatch public.visits.visits_account"}},
      {"another delete action",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_account_id_fkey; ALTER TABLE tickets ADD "
       "CONSTRAINT tickets_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON "
       "DELETE RESTRICT",
       {"foreign-key-mismatch public.tickets.tickets_account_id_fkey"}},
      {"another target",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_parent_id_fkey; ALTER TABLE tickets ADD "
       "CONSTRAINT tickets_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES accounts (id)",
       {"foreign-key-mismatch public.tickets.tickets_parent_id_fkey"}},
      {"a foreign key not validated",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_parent_id_fkey; ALTER TABLE tickets ADD "
       "CONSTRAINT tickets_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES tickets (id) NOT "
       "VALID",
       {"foreign-key-mismatch public.tickets.tickets_parent_id_fkey",
        "unvalidated-foreign-key public.tickets.tickets_parent_id_fkey"}},

      // Checks, values, types.
      {"a check dropped",
       "ALTER TABLE accounts DROP CONSTRAINT accounts_seats_check",
       {"check-constraint-mismatch public.accounts.accounts_seats_check"}},
      {"a check added",
       "ALTER TABLE accounts ADD CONSTRAINT named CHECK (name <> '')",
       {"check-constraint-mismatch public.accounts.named"}},
      {"another bound in a check",
       "ALTER TABLE accounts DROP CONSTRAINT accounts_seats_check; ALTER TABLE accounts ADD "
       "CONSTRAINT accounts_seats_check CHECK (seats BETWEEN 1 AND 5000)",
       {"check-constraint-mismatch public.accounts.accounts_seats_check"}},
      {"a value more in a check",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_state_check; ALTER TABLE tickets ADD "
       "CONSTRAINT tickets_state_check CHECK (state IN ('open', 'waiting', 'closed', 'lost'))",
       {"check-constraint-mismatch public.tickets.tickets_state_check"}},
      {"a check not validated",
       "ALTER TABLE tickets DROP CONSTRAINT tickets_period_check; ALTER TABLE tickets ADD "
       "CONSTRAINT tickets_period_check CHECK (starts_at < ends_at) NOT VALID",
       {"check-constraint-mismatch public.tickets.tickets_period_check",
        "unvalidated-check public.tickets.tickets_period_check"}},
      {"an enum label added",
       "ALTER TYPE ticket_priority ADD VALUE 'blocker'",
       {"enum-mismatch public.ticket_priority"}},
      {"an enum label renamed",
       "ALTER TYPE ticket_priority RENAME VALUE 'urgent' TO 'critical'",
       {"enum-mismatch public.ticket_priority"}},
      {"a domain's check dropped",
       "ALTER DOMAIN email_address DROP CONSTRAINT email_address_check",
       {"documented-object-mismatch public.email_address"}},
      {"an exclusion constraint added",
       "ALTER TABLE tickets ADD CONSTRAINT no_overlap EXCLUDE USING gist (tstzrange(starts_at, "
       "ends_at) WITH &&)",
       {"documented-object-mismatch public.tickets.no_overlap"}},

      // Indexes.
      {"an index dropped",
       "DROP INDEX tickets_recent",
       {"index-mismatch public.tickets.tickets_recent"}},
      {"an index added",
       "CREATE INDEX tickets_title ON tickets (title)",
       {"index-mismatch public.tickets.tickets_title"}},
      {"an index renamed",
       "ALTER INDEX tickets_recent RENAME TO tickets_latest",
       {"index-mismatch public.tickets.tickets_latest"}},
      {"an index with another order",
       "DROP INDEX tickets_recent; CREATE INDEX tickets_recent ON tickets (account_id, starts_at)",
       {"index-mismatch public.tickets.tickets_recent"}},
      {"an index without its predicate",
       "DROP INDEX tickets_state; CREATE INDEX tickets_state ON tickets (state)",
       {"index-mismatch public.tickets.tickets_state"}},
      {"an index on another expression",
       "DROP INDEX tickets_lower_title; CREATE INDEX tickets_lower_title ON tickets "
       "(upper(title))",
       {"index-mismatch public.tickets.tickets_lower_title"}},
      {"an index of another method",
       "DROP INDEX tickets_state; CREATE INDEX tickets_state ON tickets USING hash (state) WHERE "
       "state <> 'closed'",
       {"index-mismatch public.tickets.tickets_state"}},
      {"an index made unique",
       "DROP INDEX tickets_lower_title; CREATE UNIQUE INDEX tickets_lower_title ON tickets "
       "(lower(title))",
       {"index-mismatch public.tickets.tickets_lower_title"}},

      // The rest.
      {"a view dropped", "DROP VIEW open_tickets", {"documented-object-mismatch open_tickets"}},
      {"a view with another condition",
       "CREATE OR REPLACE VIEW open_tickets AS SELECT t.id, t.title, a.name FROM tickets t JOIN "
       "accounts a ON a.id = t.account_id WHERE t.state = 'waiting'",
       {"documented-object-mismatch public.open_tickets"}},
      {"a trigger dropped",
       "DROP TRIGGER touch_ticket ON tickets",
       {"documented-object-mismatch public.tickets.touch_ticket"}},
      {"a trigger disabled",
       "ALTER TABLE tickets DISABLE TRIGGER touch_ticket",
       {"disabled-trigger public.tickets.touch_ticket",
        "documented-object-mismatch public.tickets.touch_ticket"}},
      {"a trigger on other events",
       "DROP TRIGGER touch_ticket ON tickets; CREATE TRIGGER touch_ticket BEFORE UPDATE ON tickets "
       "FOR EACH ROW EXECUTE "
       "FUNCTION touch_ticket()",
       {"documented-object-mismatch public.tickets.touch_ticket"}},
      {"a function with another body",
       "CREATE OR REPLACE FUNCTION touch_ticket() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
       "RETURN NEW; END $$",
       {"documented-object-mismatch public.touch_ticket"}},
      {"row security off",
       "ALTER TABLE accounts DISABLE ROW LEVEL SECURITY",
       {"documented-object-mismatch public.accounts",
        "policy-without-row-security public.accounts"}},
      {"a policy dropped",
       "DROP POLICY own_account ON accounts",
       {"documented-object-mismatch public.accounts.own_account"}},
      {"a policy for everything",
       "ALTER POLICY own_account ON accounts USING (true)",
       {"documented-object-mismatch public.accounts.own_account"}},
      {"a sequence dropped",
       "DROP SEQUENCE invoice_number",
       {"documented-object-mismatch invoice_number"}},
      {"a sequence with another step",
       "ALTER SEQUENCE invoice_number INCREMENT 10",
       {"documented-object-mismatch public.invoice_number"}},
  };
  return kChanges;
}

class CatalogChanges : public LiveTest {};

std::vector<std::string> audit(const std::string& conninfo) {
  AuditInput input;
  DocumentSet set;
  set.add({"schema.md", std::string("# Help desk\n\n```sql\n") + kSchema + "```\n",
           DocumentState::current});
  input.sources.push_back(set.finish());
  LiveOptions options;
  options.conninfo = conninfo;
  LiveReading live = introspect(options);
  EXPECT_TRUE(live.source) << live.error;
  if (!live.source) return {};
  input.sources.push_back(std::move(*live.source));
  std::vector<std::string> said;
  for (const Finding& finding : run_audit(input, {}).findings)
    said.push_back(finding.rule + " " + to_string(finding.object));
  std::sort(said.begin(), said.end());
  return said;
}

TEST_F(CatalogChanges, EachBringsItsFindingAndNoOther) {
  ASSERT_GE(changes().size(), 40u);
  for (const Change& change : changes()) {
    std::string conninfo = fresh_database();
    test_server().run(conninfo, kSchema);
    ASSERT_NO_THROW(test_server().run(conninfo, change.sql)) << change.what;
    EXPECT_EQ(audit(conninfo), change.findings) << "after: " << change.what;
  }
}

}  // namespace
}  // namespace schemaudit
