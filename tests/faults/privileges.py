"""Whoever reads sees the same facts or is told which are hidden, and nothing is ever written."""

from __future__ import annotations

import json
import re
import time
from typing import Any, Dict, List

from support import FaultTest, conninfo, main, query, run, wait_for

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email LIKE '%@%'),
  mood mood NOT NULL DEFAULT 'ok',
  age positive,
  twice integer GENERATED ALWAYS AS (age * 2) STORED
);
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  during tstzrange,
  EXCLUDE USING gist (during WITH &&)
);
CREATE INDEX ON orders (user_id) WHERE user_id > 5;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON orders TO public USING (user_id = 1) WITH CHECK (user_id > 0);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW WHEN (NEW.age > 3) EXECUTE FUNCTION touch();
CREATE VIEW totals AS SELECT user_id, count(*) AS orders FROM orders GROUP BY user_id;
CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) AS people FROM users GROUP BY mood;
CREATE SCHEMA closed;
CREATE TABLE closed.secrets (id integer PRIMARY KEY, owner bigint REFERENCES users (id));
CREATE VIEW closed.seen AS SELECT id FROM closed.secrets;
COMMENT ON COLUMN users.email IS 'where to write';
INSERT INTO users (email) VALUES ('a@b');
"""
ROLES = {
    "reads_all": "GRANT USAGE ON SCHEMA public, closed TO reads_all; "
    "GRANT SELECT ON ALL TABLES IN SCHEMA public, closed TO reads_all",
    "reads_one": "GRANT SELECT ON users TO reads_one",
    "reads_column": "GRANT SELECT (id) ON users TO reads_column",
    "reads_none": "REVOKE USAGE ON SCHEMA public FROM reads_none",
    "writes": "GRANT ALL ON ALL TABLES IN SCHEMA public, closed TO writes; "
    "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO writes; "
    "GRANT ALL ON SCHEMA public, closed TO writes",
}
ISOLATION = """
[policy.isolation.shop]
tables = "orders"
foreign_keys = "forbid"
"""


class PrivilegeTest(FaultTest):
    def setUp(self) -> None:
        super().setUp()
        self.name = self.use_database("granted", SCHEMA)
        query("REVOKE USAGE, CREATE ON SCHEMA public FROM PUBLIC", dbname=self.name)
        query("GRANT USAGE ON SCHEMA public TO PUBLIC", dbname=self.name)
        for role, grant in ROLES.items():
            query(f"DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN")
            query(grant, dbname=self.name)
            self.addCleanup(self.drop, role)
        query("DROP ROLE IF EXISTS owns; CREATE ROLE owns LOGIN NOSUPERUSER")
        self.addCleanup(self.drop, "owns")

    def drop(self, role: str) -> None:
        query(f"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}", dbname=self.name)
        query(f"DROP OWNED BY {role}; DROP ROLE {role}")

    def url(self, role: str) -> str:
        return conninfo(dbname=self.name, user=role)


class Facts(PrivilegeTest):
    def facts(self, role: str) -> Dict[str, Any]:
        seen = run("snapshot", "db:" + self.url(role), cwd=self.folder)
        self.assertEqual(seen.code, 0, seen)
        return json.loads(seen.out)["source"]

    def check(self, role: str, all_facts: Dict[str, Any]) -> None:
        source = self.facts(role)
        if source["schema"] == all_facts["schema"]:
            self.assertEqual(source["digest"], all_facts["digest"])
            return
        self.assertFalse(source["visibility"]["complete"], f"{role} lacks facts, unsaid")
        hidden = json.dumps(source["visibility"]["hidden"])
        there = {r["name"]["name"]: r for r in source["schema"]["relations"]}
        for relation in all_facts["schema"]["relations"]:
            name = relation["name"]["name"]
            if there.get(name) != relation:
                self.assertIn(name, hidden, f"{role} lacks facts of {name}, unsaid")

    def test_are_the_same_for_every_role(self) -> None:
        all_facts = self.facts("postgres")
        self.assertTrue(all_facts["visibility"]["complete"])
        self.assertEqual(len(all_facts["schema"]["relations"]), 6)
        for role in ROLES:
            with self.subTest(role=role):
                self.check(role, all_facts)

    def test_are_the_same_for_the_owner(self) -> None:
        query(
            "ALTER DATABASE granted OWNER TO owns; ALTER TABLE users OWNER TO owns; "
            "ALTER TABLE orders OWNER TO owns; ALTER VIEW totals OWNER TO owns; "
            "ALTER MATERIALIZED VIEW moods OWNER TO owns",
            dbname=self.name,
        )
        all_facts = self.facts("postgres")
        for role in ("owns", "reads_none"):
            with self.subTest(role=role):
                self.check(role, all_facts)

    def test_are_the_same_without_usage_on_any_schema(self) -> None:
        all_facts = self.facts("postgres")
        query("REVOKE USAGE ON SCHEMA public FROM PUBLIC", dbname=self.name)
        seen = query("SELECT has_schema_privilege('reads_none', 'public', 'USAGE')", dbname=self.name)
        self.assertEqual(seen, [(False,)])
        # Of the schema itself, who may use it is no fact that is compared.
        self.check("reads_none", all_facts)

    def test_findings_are_the_same_for_every_role(self) -> None:
        self.docs.write_text(
            "```sql\nCREATE TABLE users (id bigint PRIMARY KEY, email varchar(9));\n```\n"
            "```sql\nCREATE TABLE closed.secrets (id integer PRIMARY KEY, gone text);\n```\n"
        )
        (self.folder / "schemaudit.toml").write_text(ISOLATION)

        def findings(role: str) -> List[Any]:
            seen = self.audit(self.url(role))
            self.assertEqual(seen.code, 1, seen)
            return [
                f["fingerprint"] for f in seen.report()["findings"] if f["rule"] != "hidden-from-role"
            ]

        all_findings = findings("postgres")
        self.assertGreater(len(all_findings), 3)
        for role in ROLES:
            with self.subTest(role=role):
                self.assertEqual(findings(role), all_findings)

    def test_without_the_right_to_connect_are_none(self) -> None:
        query("REVOKE CONNECT ON DATABASE granted FROM PUBLIC")
        seen = self.audit(self.url("reads_none"))
        self.assert_incomplete(seen)
        self.assertIn('permission denied for database "granted"', seen.err)

    def test_without_rights_on_a_catalog_are_none(self) -> None:
        """Some platforms take rights on catalogs from everybody."""
        for catalog in ("pg_policy", "pg_trigger", "pg_sequence"):
            with self.subTest(catalog=catalog):
                query(f"REVOKE SELECT ON pg_catalog.{catalog} FROM PUBLIC", dbname=self.name)
                seen = self.audit(self.url("reads_all"))
                self.assert_incomplete(seen)
                self.assertIn(f"permission denied for table {catalog}", seen.err)
                query(f"GRANT SELECT ON pg_catalog.{catalog} TO PUBLIC", dbname=self.name)

    def test_of_row_security_do_not_pass_a_documented_query(self) -> None:
        """Row security hides every row from the role: no proof that there is none."""
        query("INSERT INTO orders (user_id) SELECT id FROM users", dbname=self.name)
        query("DROP POLICY own ON orders", dbname=self.name)
        self.docs.write_text(
            "```sql\nSELECT id FROM orders;\n-- Expected: 0 rows\n```\n"
        )
        for role, code in (("reads_all", 3), ("postgres", 1)):
            with self.subTest(role=role):
                seen = run(
                    "verify", "schema.md", "--db", self.url(role), "--format", "json", cwd=self.folder
                )
                self.assertEqual(seen.code, code, seen)


class Writing(PrivilegeTest):
    """A server that logs every statement, and a role that could write."""

    READS = re.compile(
        r"^(begin|start transaction|commit|rollback|abort|savepoint|release|set |show |select |with |"
        r"declare |fetch |move |close |prepare |deallocate|discard )",
        re.IGNORECASE,
    )
    WRITES = re.compile(
        r"\b(insert|update|delete|merge|truncate|create|alter|drop|grant|revoke|vacuum|analyze|"
        r"reindex|cluster|copy|lock|refresh|call|do|nextval|setval|pg_advisory\w*|pg_export_snapshot|"
        r"lo_\w+|dblink\w*|pg_(?:reload|rotate|terminate|cancel|switch|create|drop)\w*)\b\s*\(?",
        re.IGNORECASE,
    )

    def setUp(self) -> None:
        super().setUp()
        folder = query("SHOW data_directory")[0][0]
        self.addCleanup(self.configure, "RESET ALL")
        for setting, value in (
            ("log_statement", "all"),
            ("log_line_prefix", "%a|%v|%p|"),
            ("log_min_messages", "log"),
        ):
            self.configure(f"SET {setting} = '{value}'")
        self.log = folder.rsplit("/", 1)[0] + "/log"
        wait_for("the setting counts", lambda: query("SHOW log_statement") == [("all",)])
        (self.folder / "schemaudit.toml").write_text(
            ISOLATION
            + "[[check]]\nname = 'users'\nquery = 'select count(*) from users'\nexpect = [['1']]\n"
        )
        (self.folder / "users.sql").write_text("CREATE TABLE users (id bigint PRIMARY KEY);\n")
        self.docs.write_text(
            self.docs.read_text()
            + "\n```sql\nSELECT count(*) FROM users;\n-- Expected: 1\n```\n"
            + "\n```sql\nDELETE FROM users;\n-- Expected: 0 rows\n```\n"
            + "\n```sql\nSELECT nextval('orders_id_seq');\n-- Expected: 1\n```\n"
            + "\n```sql\nWITH d AS (DELETE FROM users RETURNING 1) SELECT * FROM d;\n-- Expected: 0 rows\n```\n"
        )

    @staticmethod
    def configure(sql: str) -> None:
        query("ALTER SYSTEM " + sql)
        query("SELECT pg_reload_conf()")

    def statements(self, text: str) -> Dict[str, List[str]]:
        """The program's, by session, in order."""
        found: Dict[str, List[str]] = {}
        for line in text.splitlines():
            parts = line.split("|", 3)
            if len(parts) == 4 and parts[0] == "schemaudit":
                said = re.match(r"LOG:\s+(?:statement|execute [^:]*): (.*)", parts[3])
                if said:
                    found.setdefault(parts[2], []).append(said.group(1))
            elif found and line.startswith("\t"):
                last = list(found.values())[-1]
                last[-1] += " " + line.strip()
        return found

    def state(self) -> Any:
        time.sleep(0.1)
        return query(
            "SELECT pg_current_wal_insert_lsn()::text, (SELECT json_agg(u ORDER BY id) FROM users u)::text,"
            " (SELECT last_value FROM orders_id_seq), (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)"
            " FROM pg_stat_all_tables), pg_snapshot_xmax(pg_current_snapshot())::text",
            dbname=self.name,
        )

    def check(self, *command: str) -> None:
        with open(self.log, encoding="utf-8", errors="replace") as log:
            # What the server still had to do for itself comes before.
            self.configure("SET log_min_duration_statement = -1")
            time.sleep(0.3)
            before = self.state()
            log.seek(0, 2)
            seen = run(*command, cwd=self.folder)
            self.assertIn(seen.code, (0, 1, 3), seen)
            after = self.state()
            sessions = self.statements(log.read())
        self.assertTrue(sessions, "the log has nothing of the program")
        self.assertEqual(after, before)
        for statements in sessions.values():
            self.check_session(statements)

    def check_session(self, statements: List[str]) -> None:
        inside = read_only = False
        # One message may hold several.
        for statement in (part for each in statements for part in each.split("; ")):
            text = statement.strip().lower()
            self.assertRegex(text, self.READS)
            if text.startswith(("begin", "start")):
                inside, read_only = True, "read only" in text
            elif text.startswith("set transaction read only"):
                read_only = True
            elif text.startswith(("commit", "rollback", "abort")) and " to " not in text:
                inside = read_only = False
            elif text.startswith(("select", "with", "declare", "fetch", "move", "prepare")):
                self.assertTrue(inside and read_only, statement)
            if not text.startswith(("prepare ", "declare ")):
                # Names of catalogs, columns and privileges are quoted or hold these as parts.
                bare = re.sub(r"'[^']*'", "''", text)
                found = [m.group(0) for m in self.WRITES.finditer(bare)]
                self.assertEqual(found, [], statement)

    def test_is_not_done_by_an_audit(self) -> None:
        for role in ("postgres", "writes"):
            with self.subTest(role=role):
                self.check("audit", "schema.md", "--db", self.url(role))

    def test_is_not_done_by_other_commands(self) -> None:
        for command in (
            ("verify", "schema.md", "--db", "{url}"),
            ("diff", "sql:users.sql", "db:{url}"),
            ("snapshot", "db:{url}"),
            ("baseline", "schema.md", "--db", "{url}", "--file", "known.json"),
            ("doc", "db:{url}", "--docs", "schema.md", "--check"),
            ("audit", "schema.md", "--sql", "users.sql", "--before", "db:{url}"),
        ):
            for role in ("postgres", "writes"):
                with self.subTest(command=command[0], role=role):
                    self.check(*(a.format(url=self.url(role)) for a in command))


if __name__ == "__main__":
    main()
