"""The server stands behind a pooler in transaction mode, is a hot standby, or starts anew."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any, Callable, List, Optional

from support import (
    SCHEMA,
    SERVER,
    FaultTest,
    FaultyProxy,
    conninfo,
    main,
    psycopg2,
    query,
    run,
    wait_for,
)


def server_user() -> Optional[pwd.struct_passwd]:
    """Whom a server runs as where this is root, which it refuses."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise unittest.SkipTest("root needs a user postgres to run a server")


def become(user: Optional[pwd.struct_passwd]) -> Optional[Callable[[], None]]:
    def change() -> None:
        assert user
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)

    return change if user else None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as each:
        return each.getsockname()[1]


class TopologyTest(FaultTest):
    def private_folder(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="faults-server-"))
        self.addCleanup(shutil.rmtree, folder, True)
        user = server_user()
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        return folder

    def keep_running(self, *command: str, cwd: Path) -> None:
        child = subprocess.Popen(
            command, cwd=cwd, preexec_fn=become(server_user()),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.addCleanup(child.wait)
        self.addCleanup(child.send_signal, 3)

    def schema(self, url: str) -> Any:
        seen = run("snapshot", "db:" + url, cwd=self.folder)
        self.assertEqual(seen.code, 0, seen)
        return json.loads(seen.out)["source"]["schema"]


class Pooler(TopologyTest):
    def setUp(self) -> None:
        super().setUp()
        program = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if not program:
            self.skipTest("pgbouncer is not installed")
        self.name = self.use_database("pooled")
        folder = self.private_folder()
        self.port = free_port()
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={SERVER['host']} port={SERVER.get('port', '5432')} user=postgres\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {self.port}\nunix_socket_dir =\n"
            "auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\nserver_idle_timeout = 1\n"
        )
        self.keep_running(program, str(folder / "pgbouncer.ini"), cwd=folder)
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/{self.name}"
        wait_for("the pooler listens", self.listens)
        self.addCleanup(
            query, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'pooled'"
        )

    def listens(self) -> bool:
        try:
            psycopg2.connect(self.url).close()
        except psycopg2.OperationalError:
            return False
        return True

    def test_in_transaction_mode(self) -> None:
        self.assertEqual(self.schema(self.url), self.schema(conninfo(dbname=self.name)))
        (self.folder / "schemaudit.toml").write_text(
            "[[check]]\nname = 'no user'\nquery = 'select id from users'\nrows = 0\n"
        )
        # The second audit gets the server's session that the first one had.
        for command in (("audit", "schema.md"), ("audit", "schema.md"), ("verify", "schema.md")):
            seen = run(*command, "--db", self.url, "--format", "json", cwd=self.folder)
            self.assertEqual(seen.code, 0, seen)
            self.assertEqual(seen.report()["verdict"], "pass", seen)

    def test_no_setting_of_the_audit_stays_with_others(self) -> None:
        """The next client gets the same server connection."""
        names = ("search_path", "enable_nestloop", "statement_timeout", "lock_timeout", "jit",
                 "default_transaction_read_only", "row_security", "DateStyle", "TimeZone")  # fmt: skip

        def settings() -> List[str]:
            connection = psycopg2.connect(self.url)
            try:
                with connection.cursor() as cursor:
                    found = []
                    for name in names:
                        cursor.execute(f"SHOW {name}")
                        found.append(cursor.fetchone()[0])
                    cursor.execute("SELECT count(*) FROM pg_prepared_statements")
                    return found + [str(cursor.fetchone()[0])]
            finally:
                connection.close()

        before = settings()
        for command in ("audit", "verify"):
            run(command, "schema.md", "--db", self.url, cwd=self.folder)
        self.assertEqual(settings(), before)

    def test_with_few_connections(self) -> None:
        """An audit holds one connection at a time, so that a pool of two serves two audits."""
        held = psycopg2.connect(self.url)
        self.addCleanup(held.close)
        held.cursor().execute("SELECT 1")
        seen = run("audit", "schema.md", "--db", self.url, cwd=self.folder, timeout=20)
        self.assertEqual(seen.code, 0, seen)


class OwnServer(TopologyTest):
    """A server of its own, which may be stopped."""

    def setUp(self) -> None:
        super().setUp()
        version = int(query("SHOW server_version_num")[0][0]) // 10000
        self.programs = Path(f"/usr/lib/postgresql/{version}/bin")
        for program in ("initdb", "pg_ctl", "pg_basebackup"):
            if not (self.programs / program).exists():
                self.skipTest(f"{program} is not installed")
        self.place = self.private_folder()
        self.do("initdb", "-D", "primary", "-U", "postgres", "--auth=trust", "--no-sync")
        self.primary = {"host": str(self.place), "port": "5432", "user": "postgres", "dbname": "postgres"}
        self.start_server("primary", self.primary)
        query(SCHEMA, **self.primary)

    def do(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.place, check=True, capture_output=True, preexec_fn=become(server_user()),
        )  # fmt: skip

    def start_server(self, folder: str, server: Any) -> None:
        self.keep_running(
            str(self.programs / "postgres"), "-D", folder, "-p", server["port"], "-c", "listen_addresses=",
            "-c", f"unix_socket_directories={self.place}", "-c", "fsync=off", cwd=self.place,
        )  # fmt: skip
        wait_for(f"the {folder} accepts", lambda: self.accepts(server), 20)

    @staticmethod
    def accepts(server: Any) -> bool:
        try:
            psycopg2.connect(**server).close()
        except psycopg2.OperationalError:
            return False
        return True


class Restart(OwnServer):
    def assert_cut(self, seen: Any) -> None:
        self.assert_incomplete(seen)
        self.assertEqual(len(seen.err.splitlines()), 1, seen)

    def restart(self) -> None:
        self.do("pg_ctl", "-D", "primary", "-m", "immediate", "stop")
        self.start_server("primary", self.primary)

    def test_in_the_middle_of_an_audit(self) -> None:
        for at in (2, 8, 15):
            with self.subTest(at=at), FaultyProxy(server=self.primary) as proxy:
                restarted = threading.Event()

                def restart(number: int) -> None:
                    if number == at:
                        self.restart()
                        restarted.set()

                proxy.on_statement = restart
                self.assert_cut(self.audit(proxy.url("postgres")))
                # The program has not waited for it.
                self.assertTrue(restarted.wait(20))
        seen = self.audit(conninfo(**self.primary))
        self.assertEqual(seen.code, 0, seen)

    def test_that_waits_for_a_session(self) -> None:
        held = psycopg2.connect(**self.primary)
        self.addCleanup(held.close)
        self.do("pg_ctl", "-D", "primary", "-m", "smart", "-W", "stop")
        seen = wait_for("it is refused", lambda: self.refused(self.audit(conninfo(**self.primary))))
        self.assert_cut(seen)
        self.assertIn("shutting down", seen.err)

    @staticmethod
    def refused(seen: Any) -> Any:
        return seen if seen.code else None


class Standby(OwnServer):
    def setUp(self) -> None:
        super().setUp()
        self.standby = {**self.primary, "port": "5433"}
        self.do("pg_basebackup", "-D", "standby", "-h", str(self.place), "-U", "postgres", "-R",
                "-c", "fast", "--no-sync")  # fmt: skip
        self.start_server("standby", self.standby)

    def test_hot(self) -> None:
        self.assertEqual(query("SELECT pg_is_in_recovery()", **self.standby), [(True,)])
        url = conninfo(**self.standby)
        self.assertEqual(self.schema(url), self.schema(conninfo(**self.primary)))
        for command in (("audit", "schema.md"), ("verify", "schema.md")):
            seen = run(*command, "--db", url, "--format", "json", cwd=self.folder)
            self.assertEqual(seen.code, 0, seen)
            self.assertEqual(seen.report()["verdict"], "pass", seen)

        # A database cannot be made there, and that is said.
        (self.folder / "a.sql").write_text("CREATE TABLE a (id int);")
        seen = run("snapshot", "sql:a.sql", "--scratch-url", url, cwd=self.folder)
        self.assertEqual(seen.code, 3, seen)
        self.assertIn("read-only transaction", seen.err)


if __name__ == "__main__":
    main()
