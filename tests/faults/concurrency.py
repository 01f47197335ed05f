"""Others work on the database meanwhile: one snapshot, no waiting for locks, nobody held up."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from typing import Any, Dict, Iterator, List, Set

from support import (
    FaultTest,
    FaultyProxy,
    connect,
    conninfo,
    database,
    main,
    psycopg2,
    query,
    run,
    wait_for,
)

WAITS = 4.0
"""More seconds than any of these audits needs, and fewer than the locks are held."""


def facts(seen: Any) -> Dict[str, Any]:
    """A snapshot's facts without what says where they came from."""
    source = json.loads(seen.out)["source"]
    return {k: v for k, v in source.items() if k in ("schema", "visibility", "digest")}


class ConcurrencyTest(FaultTest):
    def setUp(self) -> None:
        super().setUp()
        self.name = self.use_database("shared")
        self.url = conninfo(dbname=self.name)

    def snapshot(self, url: str = "", **options: Any):
        return run("snapshot", "db:" + (url or self.url), cwd=self.folder, **options)


class Locks(ConcurrencyTest):
    @contextlib.contextmanager
    def held(self, sql: str, name: str = "") -> Iterator[None]:
        session = connect(dbname=name or self.name)
        try:
            with session.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute(sql)
                yield
        finally:
            session.close()

    def bare_tables(self) -> Any:
        """A database of one table without a default, check, view or policy."""
        return database("bare", "CREATE TABLE plain (id integer NOT NULL)")

    def check(self, locks: List[str], name: str = "") -> None:
        url = conninfo(dbname=name or self.name)
        free = self.snapshot(url)
        self.assertEqual(free.code, 0, free)
        for sql in locks:
            with self.subTest(sql=sql), self.held(sql, name):
                seen = self.snapshot(url)
                self.assertLess(seen.seconds, WAITS, seen)
                self.assertEqual(seen.code, 0, seen)
                self.assertEqual(facts(seen), facts(free))

    def test_on_plain_tables(self) -> None:
        with self.bare_tables() as name:
            self.check(["LOCK TABLE plain IN ACCESS EXCLUSIVE MODE", "TRUNCATE plain"], name)

    def check_beside(self, sql: str, unread: Set[str]) -> None:
        """Everything is there but what the server would have to lock these relations for."""
        free = {r["name"]["name"]: r for r in facts(self.snapshot())["schema"]["relations"]}
        with self.subTest(sql=sql), self.held(sql):
            seen = self.snapshot()
            self.assertLess(seen.seconds, WAITS, seen)
            self.assertEqual(seen.code, 3, seen)
            self.assertIn("another session holds a lock", seen.err)
            there = {r["name"]["name"]: r for r in facts(seen)["schema"]["relations"]}
            self.assertEqual(set(there), set(free))
            for name, relation in there.items():
                if name not in unread:
                    self.assertEqual(relation, free[name])
                    self.assertNotIn("public." + name, seen.err)
                    continue
                self.assertIn("public." + name, seen.err)
                for part in ("columns", "checks", "indexes", "policies", "foreign_keys"):
                    self.assertEqual(
                        [each["name"] for each in relation[part]],
                        [each["name"] for each in free[name][part]],
                    )
            audited = self.audit(self.url)
            self.assertLess(audited.seconds, WAITS, audited)
            self.assertEqual(audited.code, 3, audited)
            self.assertIn("public." + min(unread), " ".join(audited.report()["incomplete_because"]))

    def test_on_tables_with_expressions(self) -> None:
        self.check_beside(
            "LOCK TABLE users, orders IN ACCESS EXCLUSIVE MODE", {"users", "orders", "totals", "moods"}
        )
        self.check_beside("ALTER TABLE users ADD COLUMN more text", {"users", "moods"})

    def test_on_views(self) -> None:
        # It locks what the view reads as well.
        self.check_beside("LOCK TABLE totals IN ACCESS EXCLUSIVE MODE", {"totals", "orders"})
        self.check_beside("REFRESH MATERIALIZED VIEW moods", {"moods"})

    def test_that_are_short_cost_nothing(self) -> None:
        session = connect(dbname=self.name)
        with session.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("ALTER TABLE users ADD COLUMN more text")
        threading.Timer(0.2, session.close).start()
        seen = self.snapshot()
        self.assertEqual(seen.code, 0, seen)

    def test_that_others_wait_for_are_left_alone(self) -> None:
        """Whoever waits to alter a table would make every reader behind it wait as well."""

        def alter() -> None:
            with contextlib.suppress(psycopg2.Error):
                query("ALTER TABLE users ADD COLUMN more text", dbname=self.name)

        waiter = threading.Thread(target=alter, daemon=True)
        with self.held("SELECT count(*) FROM users"):
            waiter.start()
            wait_for("it waits", lambda: query("SELECT 1 FROM pg_locks WHERE NOT granted"))
            seen = self.snapshot()
        waiter.join(5)
        self.assertLess(seen.seconds, WAITS, seen)
        self.assertEqual(seen.code, 3, seen)
        self.assertIn("public.users", seen.err)

    def test_on_the_table_of_a_migration_tool(self) -> None:
        query("CREATE TABLE alembic_version (version_num text)", dbname=self.name)
        with self.held("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"):
            seen = self.snapshot()
        self.assertLess(seen.seconds, WAITS, seen)
        self.assertEqual(seen.code, 0, seen)

    def test_on_tables_that_documented_queries_read(self) -> None:
        """Such a query may stay unprepared, but it is said, and ten of them are not waited for."""
        with self.bare_tables() as name:
            self.docs.write_text(
                "```sql\nCREATE TABLE plain (id integer NOT NULL);\n```\n"
                + "\n```sql\nSELECT id FROM plain WHERE id > 1;\n```\n" * 4
            )
            with self.held("LOCK TABLE plain IN ACCESS EXCLUSIVE MODE", name):
                seen = self.audit(conninfo(dbname=name))
            self.assertLess(seen.seconds, WAITS, seen)
            self.assertNotEqual(seen.report()["verdict"], "pass", seen)

    def test_on_indexes_sequences_types_and_functions(self) -> None:
        self.check(
            [
                "REINDEX INDEX orders_user_id",
                "ALTER SEQUENCE orders_id_seq INCREMENT 2",
                "SELECT nextval('orders_id_seq'), setval('orders_id_seq', 7)",
                "ALTER TYPE mood RENAME TO humour",
                "ALTER TYPE mood ADD VALUE 'angry'",
                "ALTER FUNCTION one() RENAME TO uno",
            ]
        )

    def test_on_catalogs_ends_in_time(self) -> None:
        for catalog in ("pg_description", "pg_constraint", "pg_policy"):
            with self.subTest(catalog=catalog):
                with self.held(f"LOCK TABLE pg_catalog.{catalog} IN ACCESS EXCLUSIVE MODE"):
                    seen = self.audit(self.url, timeout=30)
                self.assertLess(seen.seconds, 15, seen)
                self.assert_incomplete(seen)
                self.assertIn("lock timeout", seen.err)

    def check_of_the_audit(self, patience: str) -> None:
        blocked: Dict[int, List[str]] = {}
        holder = connect(dbname=self.name)
        self.addCleanup(holder.close)

        def try_ddl(number: int) -> None:
            with holder.cursor() as cursor:
                for table in ("users", "orders", "totals"):
                    try:
                        cursor.execute("BEGIN")
                        cursor.execute(f"SET LOCAL lock_timeout = '{patience}'")
                        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
                    except psycopg2.errors.LockNotAvailable:
                        blocked.setdefault(number, []).append(table)
                    finally:
                        cursor.execute("ROLLBACK")

        with FaultyProxy() as proxy:
            proxy.on_statement = try_ddl
            seen = self.audit(proxy.url(self.name))
            self.assertEqual(seen.code, 0, seen)
            self.assertEqual(blocked, {}, f"of {proxy.statements} statements")

    def test_of_the_audit_are_none_between_statements(self) -> None:
        """While it reads, anyone may lock, alter and drop what it reads."""
        self.docs.write_text(self.docs.read_text().split("Nobody lacks")[0])
        self.check_of_the_audit("100ms")

    def test_of_the_audit_hold_nobody_up(self) -> None:
        """Documented queries are prepared and given back in two messages."""
        stop = threading.Event()
        longest = [0.0]

        def alter() -> None:
            session = connect(dbname=self.name)
            with session.cursor() as cursor:
                while not stop.is_set():
                    begin = time.monotonic()
                    cursor.execute("ALTER TABLE users ALTER age SET DEFAULT 1")
                    longest[0] = max(longest[0], time.monotonic() - begin)
                    time.sleep(0.005)
            session.close()

        others = threading.Thread(target=alter)
        others.start()
        try:
            for _ in range(5):
                seen = self.audit(self.url)
                self.assertEqual(seen.code, 0, seen)
        finally:
            stop.set()
            others.join()
        self.assertLess(longest[0], 1.0)


class Changes(ConcurrencyTest):
    def test_made_in_a_loop_leave_every_answer_consistent(self) -> None:
        stop = threading.Event()
        made = [0]
        steps = [
            "ALTER TABLE busy RENAME TO busier",
            "ALTER TABLE busier ADD COLUMN c integer CHECK (c > 0), ADD UNIQUE (c)",
            "CREATE INDEX busy_i ON busier (c, id)",
            "DROP TABLE busier CASCADE",
            "CREATE TABLE busy (id integer PRIMARY KEY, note text NOT NULL); "
            "CREATE VIEW busy_view AS SELECT id FROM busy",
        ]
        query(steps[-1], dbname=self.name)
        worker_session = connect(dbname=self.name)

        def work() -> None:
            with worker_session.cursor() as cursor:
                while not stop.is_set():
                    cursor.execute(steps[made[0] % len(steps)])
                    made[0] += 1
            worker_session.close()

        worker = threading.Thread(target=work)
        worker.start()
        complete = 0
        try:
            for _ in range(20):
                seen = self.snapshot()
                if seen.code == 3:
                    self.assertRegex(seen.err, "^schemaudit: cannot read db ")
                    self.assertEqual(seen.out, "")
                    continue
                self.assertEqual(seen.code, 0, seen)
                complete += 1
                self.check(json.loads(seen.out), seen)
        finally:
            stop.set()
            worker.join()
        self.assertGreater(made[0], 50)
        # Reading never stops, though a view that goes while it is read may spoil one.
        self.assertGreater(complete, 0)

    def check(self, snapshot: Any, seen: Any) -> None:
        relations = {r["name"]["name"]: r for r in snapshot["source"]["schema"]["relations"]}
        for still in ("users", "orders", "totals"):
            self.assertIn(still, relations)
        busy = [r for n, r in relations.items() if n in ("busy", "busier")]
        self.assertLessEqual(len(busy), 1, seen)
        for table in busy:
            columns = [c["name"] for c in table["columns"]]
            self.assertIn(columns, (["id", "note"], ["id", "note", "c"]))
            self.assertEqual(table["primary_key"]["columns"], ["id"])
            # One statement made the column, its check and its key.
            self.assertEqual(len(table["checks"]), columns.count("c"))
            self.assertEqual(len(table["unique_constraints"]), columns.count("c"))
            for index in table["indexes"]:
                self.assertLessEqual({k.get("column") or k["name"] for k in index["keys"]}, set(columns))


class Names(ConcurrencyTest):
    """The server puts names into definitions as they are now, and into rows as the snapshot has them."""

    MORE = """
CREATE VIEW adults AS SELECT id, age FROM users WHERE age > 17;
CREATE INDEX users_age ON users ((age + 1)) WHERE age > 3;
CREATE FUNCTION fits(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
ALTER TABLE users ADD CONSTRAINT fits CHECK (fits(mood));
CREATE POLICY mine ON users USING (age > 5);
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER keep BEFORE UPDATE ON users FOR EACH ROW
  WHEN (OLD.age IS DISTINCT FROM NEW.age) EXECUTE FUNCTION keep();
CREATE SCHEMA side;
"""
    CHANGES = (
        ("ALTER TABLE users RENAME age TO years", "ALTER TABLE users RENAME years TO age"),
        ("ALTER TYPE mood RENAME TO humour", "ALTER TYPE humour RENAME TO mood"),
        ("ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'", "ALTER TYPE mood RENAME VALUE 'fine' TO 'ok'"),
        ("ALTER TABLE users RENAME TO people", "ALTER TABLE people RENAME TO users"),
        ("ALTER TABLE users SET SCHEMA side", "ALTER TABLE side.users SET SCHEMA public"),
        ("ALTER FUNCTION fits(mood) RENAME TO suits", "ALTER FUNCTION suits(mood) RENAME TO fits"),
        ("ALTER TRIGGER keep ON users RENAME TO kept", "ALTER TRIGGER kept ON users RENAME TO keep"),
    )

    def setUp(self) -> None:
        super().setUp()
        query(self.MORE, dbname=self.name)

    def make(self, change: str) -> bool:
        """Not where the audit has the lock, for the moment between a preparation and its end."""
        try:
            query("SET lock_timeout = '300ms'; " + change, dbname=self.name)
        except psycopg2.errors.LockNotAvailable:
            return False
        return True

    def check(self, change: str, undo: str, told: Any, step: int = 1) -> None:
        """`told` runs the program on a URL and says what it tells; at whichever statement the
        change comes, that is of one moment. Tried at each `step`-th."""
        before = told(self.url)
        query(change, dbname=self.name)
        after = told(self.url)
        query(undo, dbname=self.name)
        self.assertNotEqual(before, after)
        with FaultyProxy() as proxy:
            told(proxy.url(self.name))
            count = proxy.statements
        for at in range(1, count + 1, step):
            with self.subTest(change=change, at=at, of=count), FaultyProxy() as proxy:
                made: List[bool] = []
                proxy.on_statement = lambda number: made.append(self.make(change)) if number == at else None
                seen = told(proxy.url(self.name))
                if any(made):
                    query(undo, dbname=self.name)
                self.assertIn(seen, (before, after))

    def test_in_facts_are_of_one_moment(self) -> None:
        def told(url: str) -> Any:
            seen = self.snapshot(url)
            self.assertEqual(seen.code, 0, seen)
            return facts(seen)

        for number, (change, undo) in enumerate(self.CHANGES):
            self.check(change, undo, told, 3 if number else 1)

    def test_in_findings_are_of_one_moment(self) -> None:
        """The documented query is looked at last, with the names of then."""

        def told(url: str) -> Any:
            report = self.audit(url).report()
            self.assertNotEqual(report["verdict"], "incomplete", report["incomplete_because"])
            return sorted((f["rule"], f["message"]) for f in report["findings"])

        self.check(*self.CHANGES[0], told)

    def test_that_never_rest_are_said_to(self) -> None:
        names = ["age"]

        def rename(_: int) -> None:
            names.append(f"age{len(names)}")
            query(f"ALTER TABLE users RENAME {names[-2]} TO {names[-1]}", dbname=self.name)

        with FaultyProxy() as proxy:
            proxy.on_statement = rename
            seen = self.audit(proxy.url(self.name))
        self.assert_incomplete(seen)
        self.assertIn("the schema is being altered", seen.err)


class Snapshots(ConcurrencyTest):
    def test_of_others_are_no_hindrance(self) -> None:
        """A snapshot that idles."""
        idle = connect(dbname=self.name)
        idle.autocommit = False
        self.addCleanup(idle.close)
        with idle.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            cursor.execute("SELECT count(*) FROM users, orders, totals")
            seen = self.audit(self.url)
            self.assertEqual(seen.code, 0, seen)
            self.assertLess(seen.seconds, WAITS, seen)

    def test_are_not_held_longer_than_the_reading(self) -> None:
        """Nothing idles in a transaction while the program judges and writes."""
        fifo = self.folder / "report.pipe"
        os.mkfifo(fifo)
        left: List[Any] = []

        def look(child: Any) -> None:
            def later() -> None:
                time.sleep(1.5)
                left.extend(
                    query(
                        "SELECT state, query FROM pg_stat_activity "
                        "WHERE application_name = 'schemaudit'"
                    )
                )
                fifo.read_text()

            threading.Thread(target=later, daemon=True).start()

        seen = run("snapshot", "db:" + self.url, "--format", f"json={fifo}", during=look)
        self.assertEqual(seen.code, 0, seen)
        self.assertEqual(left, [])


if __name__ == "__main__":
    main()
