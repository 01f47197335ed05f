"""The connection is cut, stalls or is refused at any statement: never a pass, never for ever."""

from __future__ import annotations

import socket
import threading

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
    start,
    wait_for,
)

PASSWORD = "s3cr3t-word"


class ConnectionTest(FaultTest):
    def setUp(self) -> None:
        super().setUp()
        self.name = self.use_database("cut")

    def assert_refused(self, seen, where: str) -> None:
        self.assert_incomplete(seen)
        self.assertIn(f"cannot read db {where}", seen.err, seen)
        self.assertNotIn("s3cr3t", seen.out + seen.err)
        self.assertEqual(len(seen.err.splitlines()), 1, seen)

    def assert_no_session_left(self) -> None:
        wait_for(
            "the program's sessions end",
            lambda: query(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'schemaudit'"
            )
            == [(0,)],
        )

    def statements(self) -> int:
        with FaultyProxy() as proxy:
            seen = self.audit(proxy.url(self.name))
            self.assertEqual(seen.code, 0, seen)
            self.assertEqual(seen.report()["verdict"], "pass", seen)
            return proxy.statements


class Cut(ConnectionTest):
    def check(self, at: int, how: str) -> None:
        with self.subTest(at=at, how=how), FaultyProxy(at, how) as proxy:
            seen = self.audit(proxy.url(self.name, password=PASSWORD), timeout=30)
            self.assertTrue(proxy.failed.is_set(), "the fault did not come about")
            self.assert_refused(seen, "cut on 127.0.0.1")

    def test_at_every_statement(self) -> None:
        count = self.statements()
        self.assertGreater(count, 10)
        for at in range(0, count):
            self.check(at, "close")
        for at in range(1, count, 3):
            self.check(at, "reset")
        for at in range(2, count, 3):
            self.check(at, "half")
        # The last statement ends the transaction: all facts are there by then.
        with FaultyProxy(count, "close") as proxy:
            self.assert_no_signal(self.audit(proxy.url(self.name)))
        self.assert_no_session_left()
        self.assertEqual([p.name for p in self.folder.iterdir()], ["schema.md"])

    def test_by_an_administrator(self) -> None:
        count = self.statements()
        for at in range(1, count, 4):
            with self.subTest(at=at), FaultyProxy() as proxy:

                def terminate(number: int) -> None:
                    if number == at:
                        query(
                            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                            "WHERE application_name = 'schemaudit'"
                        )

                proxy.on_statement = terminate
                self.assert_refused(self.audit(proxy.url(self.name)), "cut on 127.0.0.1")

    def test_because_the_database_is_dropped(self) -> None:
        with database("dropped") as name, FaultyProxy() as proxy:
            proxy.on_statement = lambda number: (
                query("DROP DATABASE dropped WITH (FORCE)") if number == 9 else None
            )
            self.assert_refused(self.audit(proxy.url(name)), "dropped on 127.0.0.1")

    def test_of_other_commands(self) -> None:
        evidence = self.folder / "evidence.json"
        for command in (
            ("snapshot", "db:{url}"),
            ("diff", "docs:schema.md", "db:{url}"),
            ("verify", "schema.md", "--db", "{url}"),
            ("verify", "schema.md", "--db", "{url}", "--evidence", str(evidence)),
            ("baseline", "schema.md", "--db", "{url}", "--file", "known.json"),
        ):
            for at, how in ((0, "close"), (1, "close"), (5, "half"), (9, "reset")):
                with self.subTest(command=command[0], at=at), FaultyProxy(at, how) as proxy:
                    url = proxy.url(self.name, password=PASSWORD)
                    seen = run(*(a.format(url=url) for a in command), cwd=self.folder)
                    self.assertTrue(proxy.failed.is_set(), "the fault did not come about")
                    self.assertEqual(seen.code, 3, seen)
                    self.assertNotIn("s3cr3t", seen.out + seen.err)
                    self.assertFalse((self.folder / "known.json").exists())
                    if evidence.exists():
                        text = evidence.read_text()
                        self.assertNotIn('"holds"', text)
                        self.assertNotIn('"proved": true', text)
                        evidence.unlink()


class CutOfScratchDatabases(ConnectionTest):
    """Where databases are made on a server to try SQL in, none stays behind."""

    COMMANDS = (
        ("audit", "schema.md", "--sql", "schema.sql", "--scratch", "--scratch-url", "{url}"),
        ("rehearse", "migrations", "--scratch-url", "{url}"),
    )

    def setUp(self) -> None:
        super().setUp()
        create = "CREATE TABLE t (id bigint PRIMARY KEY, note text NOT NULL);\n"
        self.docs.write_text(f"```sql\n{create}```\n")
        (self.folder / "schema.sql").write_text(create)
        migrations = self.folder / "migrations"
        migrations.mkdir()
        (migrations / "001_t.up.sql").write_text(create)
        (migrations / "001_t.down.sql").write_text("DROP TABLE t;\n")

    def run_behind(self, proxy: FaultyProxy, command):
        url = proxy.url("postgres", password=PASSWORD)
        seen = run(*(a.format(url=url) for a in command), cwd=self.folder, timeout=60)
        self.assertNotIn("s3cr3t", seen.out + seen.err)
        wait_for(
            "its databases go",
            lambda: not query("SELECT FROM pg_database WHERE datname LIKE 'schemaudit%'"),
        )
        return seen

    def test_at_many_statements(self) -> None:
        for command in self.COMMANDS:
            with FaultyProxy() as proxy:
                seen = self.run_behind(proxy, command)
                self.assertEqual(seen.code, 0, seen)
                count = proxy.statements
            self.assertGreater(count, 10)
            for turn, at in enumerate(range(1, count, max(1, count // 12))):
                how = ("close", "half")[turn % 2]
                with self.subTest(command=command[0], at=at, of=count, how=how):
                    with FaultyProxy(at, how) as proxy:
                        seen = self.run_behind(proxy, command)
                        self.assertTrue(proxy.failed.is_set(), "the fault did not come about")
                        if seen.code == 0:
                            # What was tried again, and what came when all was known.
                            self.assertRegex(proxy.cut, b"(CREATE|DROP) DATABASE|pg_database")
                        else:
                            self.assertEqual(seen.code, 3, seen)


class Refused(ConnectionTest):
    def test_no_connection_is_left_for_the_role(self) -> None:
        query("DROP ROLE IF EXISTS crowded")
        query("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
        self.addCleanup(query, "DROP ROLE crowded")
        seen = self.audit(conninfo(dbname=self.name, user="crowded"))
        self.assert_refused(seen, "cut on")
        self.assertIn('too many connections for role "crowded"', seen.err)

    def test_no_connection_is_left_on_the_server(self) -> None:
        held = []
        self.addCleanup(lambda: [each.close() for each in held])
        with self.assertRaises(psycopg2.OperationalError):
            for _ in range(200):
                held.append(connect())
        seen = self.audit(conninfo(dbname=self.name))
        self.assert_refused(seen, "cut on")
        self.assertRegex(seen.err, "too many clients|connection slots")

    def test_the_database_accepts_no_connection(self) -> None:
        query("ALTER DATABASE cut ALLOW_CONNECTIONS false")
        self.addCleanup(query, "ALTER DATABASE cut ALLOW_CONNECTIONS true")
        seen = self.audit(conninfo(dbname=self.name))
        self.assert_refused(seen, "cut on")
        self.assertIn("not currently accepting connections", seen.err)

    def test_by_what_is_no_server(self) -> None:
        for answer in (b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0" * 4096, b"R\xff\xff\xff\xff"):
            with self.subTest(answer=answer[:10]), socket.create_server(("127.0.0.1", 0)) as server:

                def serve() -> None:
                    for _ in range(4):
                        try:
                            client, _ = server.accept()
                            client.recv(4096)
                            client.sendall(answer)
                            client.close()
                        except OSError:
                            return

                threading.Thread(target=serve, daemon=True).start()
                url = f"postgresql://u:{PASSWORD}@127.0.0.1:{server.getsockname()[1]}/shop"
                self.assert_refused(self.audit(url, timeout=30), "shop on 127.0.0.1")


class Told(ConnectionTest):
    def test_a_version_that_no_test_runs_on(self) -> None:
        number = query("SHOW server_version_num")[0][0].encode()
        with FaultyProxy(says=(number, b"16" + number[2:])) as proxy:
            seen = run("snapshot", "db:" + proxy.url(self.name), cwd=self.folder)
        self.assertIn("which this program was not tried on", seen.err, seen)


class Stalled(ConnectionTest):
    """A server that takes a connection or a statement and says nothing more."""

    def test_while_connecting(self) -> None:
        with FaultyProxy(0, "stall") as proxy:
            seen = self.audit(proxy.url(self.name) + "?connect_timeout=2", timeout=20)
            self.assert_refused(seen, "cut on 127.0.0.1")
            self.assertLess(seen.seconds, 8, seen)

    def stalls(self, at: int, *command: str) -> None:
        with self.subTest(at=at), FaultyProxy(at, "stall") as proxy:
            url = proxy.url(self.name) + "?connect_timeout=2&options=-c%20statement_timeout%3D1000"
            child = start(*(a.format(url=url) for a in command), cwd=self.folder, stdout=-1, stderr=-1)
            try:
                # The first is part of the connecting, with the time limit of that.
                out, err = child.communicate(timeout=20 if at == 1 else 8)
                self.assertEqual(child.returncode, 3, err)
                self.assertRegex((out + err).decode(), "has not answered|statement timeout|did not answer")
            finally:
                child.kill()
                child.communicate()

    def test_at_a_statement_of_an_audit(self) -> None:
        for at in (1, 5, 12, self.statements() - 1):
            self.stalls(at, "audit", "schema.md", "--db", "{url}")

    def test_at_a_statement_of_verify(self) -> None:
        self.stalls(5, "verify", "schema.md", "--db", "{url}", "--timeout", "2")


if __name__ == "__main__":
    main()
