"""A password, wherever it stands, appears nowhere else."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any, Dict, Iterable, Optional, Set
from urllib.parse import quote

from support import FaultTest, SERVER, conninfo, environment, main, query, run

WORD = "kx7-secret-word"
FORMATS = ("text", "json", "html", "sarif", "gitlab", "junit", "github", "markdown")


class SecrecyTest(FaultTest):
    def all_reports(self) -> Iterable[str]:
        for name in FORMATS:
            yield "--format"
            yield f"{name}=out.{name}"
        yield "--attest"
        yield "out.intoto"

    def assert_secret(self, seen: Any, *words: str) -> None:
        """Neither a message nor a file that was written holds one of these words."""
        for word in words or (WORD,):
            self.assertNotIn(word, seen.out, seen)
            self.assertNotIn(word, seen.err, seen)
            for file in self.folder.iterdir():
                if file.name.startswith("out."):
                    self.assertNotIn(word, file.read_text(), file.name)

    def clear(self) -> None:
        for file in self.folder.glob("out.*"):
            file.unlink()

    def try_url(
        self,
        url: str,
        code: Optional[Iterable[int]] = None,
        *words: str,
        whole: bool = False,
        **env: str,
    ) -> None:
        """In every command that takes a URL, typed and from the environment."""
        everywhere = (
            ("audit", "schema.md", "--db", url, *self.all_reports()),
            ("audit", "schema.md", "--db", "env:OTHER_URL", *self.all_reports()),
            ("snapshot", "db:" + url),
            ("rehearse", "migrations", "--scratch-url", url, "--evidence", "out.rehearsal"),
        )
        elsewhere = (
            ("audit", "schema.md", "--before", "db:" + url),
            ("audit", "schema.md", "--sql", "schema.sql", "--scratch-url", url),
            ("snapshot", url),
            ("diff", "docs:schema.md", "db:" + url, "--format", "json=out.diff"),
            ("verify", "schema.md", "--db", url, "--evidence", "out.evidence"),
            ("baseline", "schema.md", "--db", url, "--file", "out.baseline"),
        )
        for command in everywhere + (elsewhere if whole else ()):
            with self.subTest(command=command[:4]):
                self.clear()
                seen = run(*command, cwd=self.folder, env=environment(OTHER_URL=url, **env))
                self.assert_no_signal(seen)
                self.assert_secret(seen, *words)
                if code is not None and command[:4] == ("audit", "schema.md", "--db", url):
                    self.assertIn(seen.code, code, seen)

    def setUp(self) -> None:
        super().setUp()
        (self.folder / "schema.sql").write_text("CREATE TABLE users (id bigint);\n")
        (self.folder / "migrations").mkdir()
        (self.folder / "migrations" / "1_a.up.sql").write_text("CREATE TABLE a (id bigint);\n")
        (self.folder / "migrations" / "1_a.down.sql").write_text("DROP TABLE a;\n")


class OfADatabase(SecrecyTest):
    def test_in_a_url_that_works(self) -> None:
        name = self.use_database("quiet")
        host = quote(SERVER["host"], safe="")
        self.try_url(f"postgresql://postgres:{WORD}@/{name}?host={host}", (0, 1), whole=True)

    def test_in_a_conninfo_that_works(self) -> None:
        name = self.use_database("quiet")
        self.try_url(conninfo(dbname=name, password=WORD), (0, 1))

    def test_in_a_url_that_is_refused(self) -> None:
        for url in (
            f"postgresql://app:{WORD}@127.0.0.1:1/shop",
            f"postgresql://app:{WORD}@no-such-host.invalid/shop",
            f"postgresql+asyncpg://app:{WORD}@127.0.0.1:1/shop?schema=public&ssl=true",
            f"postgresql://127.0.0.1:1/shop?user=app&password={WORD}",
            f"host=127.0.0.1 port=1 password='{WORD}' user=app",
        ):
            with self.subTest(url=url):
                self.try_url(url, (2, 3), whole=url.startswith("postgresql+"))

    def test_in_percent_encoding(self) -> None:
        decoded = "kx7/qz9@vw5:100%"
        encoded = quote(decoded, safe="")
        self.try_url(
            f"postgresql://app:{encoded}@127.0.0.1:1/shop", (3,), decoded, encoded, "kx7", "qz9", whole=True
        )

    def test_in_a_url_that_is_malformed(self) -> None:
        for url in (
            f"postgresql://app:{WORD}%@127.0.0.1:1/shop",
            f"postgresql://app:{WORD}%zz@127.0.0.1/shop",
            f"postgresql://app:{WORD}@127.0.0.1:port/shop",
            f"postgresql://app:{WORD}@[::1/shop",
            f"mysql://app:{WORD}@127.0.0.1/shop",
            f"host=127.0.0.1 password='{WORD}",
            f"host=127.0.0.1 password = {WORD} port=x",
        ):
            with self.subTest(url=url):
                self.try_url(url, (2, 3))

    def test_in_a_url_that_is_taken_for_a_path(self) -> None:
        url = f"postgresql://app:{WORD}@127.0.0.1:1/shop"
        for command in (
            ("audit", url),
            ("audit", "schema.md", "--sql", url),
            ("audit", "schema.md", "--migrations", url),
            ("audit", "schema.md", "--models", url),
            ("audit", "schema.md", "--evidence", url),
            ("audit", "schema.md", "--sql", "schema.sql", "--baseline", url),
            ("audit", "schema.md", "--config", url),
            ("audit", "schema.md", "--before", "snapshot:" + url),
            ("verify", url),
            ("diff", "docs:" + url, "sql:" + url),
            ("rehearse", url),
        ):
            with self.subTest(command=command[:-1]):
                seen = run(*command, cwd=self.folder)
                self.assertIn(seen.code, (2, 3), seen)
                self.assert_secret(seen)

    def check_special(self, *passwords: str) -> None:
        for password in passwords:
            with self.subTest(password=password):
                self.try_url(
                    f"postgresql://app:{password}@127.0.0.1:1/shop", (2, 3), "kx7", "qz9", "vw5"
                )

    def test_with_a_slash_a_hash_or_a_colon_in_it(self) -> None:
        self.check_special("kx7/qz9", "kx7#qz9", "kx7:qz9")

    def test_with_a_space_in_it(self) -> None:
        self.check_special("kx7 qz9")

    def test_with_an_at_or_behind_digits_a_slash_or_a_question_mark(self) -> None:
        self.check_special("1@qz9", "kx7@qz9@vw5", "12/qz9", "12?qz9", "12?qz9=vw5", "@qz9")

    def test_in_the_environment(self) -> None:
        name = self.use_database("quiet")
        self.try_url(conninfo(dbname=name), (0, 1), PGPASSWORD=WORD)
        self.try_url("host=no-such-host.invalid", (3,), PGPASSWORD=WORD)

    def test_in_files_of_libpq(self) -> None:
        passwords = self.folder / "pgpass"
        passwords.write_text(f"*:*:*:*:{WORD}\n")
        service = self.folder / "service.conf"
        for text in (
            f"[shop]\nhost=127.0.0.1\nport=1\nuser=app\npassword={WORD}\n",
            f"[shop]\nhost=127.0.0.1\npassword {WORD}\n",
            f"[shop]\npasswort={WORD}\n",
        ):
            for mode in (0o600, 0o644):
                passwords.chmod(mode)
                service.write_text(text)
                env = {"PGPASSFILE": str(passwords), "PGSERVICEFILE": str(service)}
                self.try_url("service=shop", (2, 3), **env)
                self.try_url("postgresql://127.0.0.1:1/shop", (3,), **env)
                self.try_url("postgresql:///?service=shop", (2, 3), **env)

    def test_a_server_asks_for_and_refuses(self) -> None:
        """A server that sends back, in its error, what it was given."""
        with socket.create_server(("127.0.0.1", 0)) as server:

            def serve() -> None:
                while True:
                    try:
                        client, _ = server.accept()
                        with client:
                            if client.recv(8)[4:8] == b"\x04\xd2\x16\x2f":
                                client.sendall(b"N")
                            client.recv(4096)
                            client.sendall(b"R\0\0\0\x08\0\0\0\x03")
                            given = client.recv(4096)[5:-1]
                            text = b"SFATAL\0C28P01\0Mpassword " + given + b" is wrong, app\0\0"
                            client.sendall(b"E" + (len(text) + 4).to_bytes(4, "big") + text)
                    except OSError:
                        return

            threading.Thread(target=serve, daemon=True).start()
            port = server.getsockname()[1]
            self.try_url(f"postgresql://app:{WORD}@127.0.0.1:{port}/shop?sslmode=disable", (3,))
            self.try_url(
                f"postgresql://app@127.0.0.1:{port}/shop?sslmode=disable", (3,), PGPASSWORD=WORD
            )

    def test_of_a_file_that_a_server_sends_back(self) -> None:
        passwords = self.folder / "pgpass"
        passwords.write_text(f"*:*:*:*:{WORD}\n")
        passwords.chmod(0o600)
        with socket.create_server(("127.0.0.1", 0)) as server:

            def serve() -> None:
                while True:
                    try:
                        client, _ = server.accept()
                        with client:
                            client.recv(4096)
                            client.sendall(b"R\0\0\0\x08\0\0\0\x03")
                            given = client.recv(4096)[5:-1]
                            text = b"SFATAL\0C28P01\0Mno such password: " + given + b"\0\0"
                            client.sendall(b"E" + (len(text) + 4).to_bytes(4, "big") + text)
                    except OSError:
                        return

            threading.Thread(target=serve, daemon=True).start()
            seen = run(
                "snapshot",
                f"db:postgresql://app@127.0.0.1:{server.getsockname()[1]}/x?sslmode=disable",
                cwd=self.folder,
                env=environment(PGPASSFILE=str(passwords)),
            )
            self.assertEqual(seen.code, 3, seen)
            self.assert_secret(seen)


class OfAFile(SecrecyTest):
    def test_in_a_document(self) -> None:
        self.docs.write_text(
            f"# Schema\n\nConnect with `postgresql://app:{WORD}@db/shop`.\n\n"
            f"```sh\nPGPASSWORD={WORD} psql\n```\n\n"
            f"```sql\nCREATE TABLE users (id bigint); -- password={WORD}\n```\n\n"
            f"```sql\nSELECT * FROM nowhere WHERE dsn = 'postgresql://app:{WORD}@db/x';\n"
            "-- Expected: 0 rows\n```\n\n"
            f"| Column | Type | Default |\n|---|---|---|\n| dsn | text | 'postgres://a:{WORD}@b/c' |\n"
        )
        name = self.use_database("quiet")
        self.try_url(conninfo(dbname=name), (0, 1, 3))
        seen = run("audit", "schema.md", "--sql", "schema.sql", *self.all_reports(), cwd=self.folder)
        self.assertIn("credential-in-docs", (self.folder / "out.json").read_text())
        self.assert_secret(seen)

    def test_in_a_config(self) -> None:
        config = self.folder / "schemaudit.toml"
        for text in (
            f"[sources]\ndatabase = 'postgresql://app:{WORD}@127.0.0.1:1/shop'\n",
            f"[sources]\ndatabase = 'host=127.0.0.1 password={WORD}'\n",
            f"[sources]\ndatabase = 'host=127.0.0.1 password = {WORD}'\n",
            f"[sources]\ndatabase = 'postgresql://127.0.0.1/shop?password={WORD}'\n",
            f"[sources]\ndatabase = 'postgresql+psycopg://app:{WORD}@127.0.0.1/shop'\n",
            f"[sources]\ndatabase = 'postgresql://app:{WORD}%@127.0.0.1/shop'\n",
            f"[sources]\ndatabases = ['postgresql://app:{WORD}@127.0.0.1/shop']\n",
            f"[sources]\ndatabase = postgresql://app:{WORD}@127.0.0.1/shop\n",
            f"[[check]]\nname = 'a'\nquery = \"select 'password={WORD}'\"\nrows = x\n",
        ):
            config.write_text(text)
            with self.subTest(text=text):
                seen = run("audit", cwd=self.folder)
                self.assertEqual(seen.code, 2, seen)
                self.assert_secret(seen)

    def test_in_a_config_of_an_earlier_state(self) -> None:
        (self.folder / "schemaudit.toml").write_text(
            f"[sources]\ndocs = 'schema.md'\nbefore = 'db:postgresql://app:{WORD}@127.0.0.1:1/shop'\n"
        )
        seen = run("audit", cwd=self.folder)
        self.assertEqual(seen.code, 2, seen)
        self.assert_secret(seen)

    def check_sql(self, text: str) -> None:
        for folder, file in (("sql", "1.sql"), ("steps", "1_a.up.sql")):
            place = self.folder / folder
            place.mkdir(exist_ok=True)
            (place / file).write_text(text)
        (self.folder / "steps" / "1_a.down.sql").write_text("DROP TABLE users;\n")
        wrong = self.folder / "wrong.sql"
        wrong.write_text("CREATE TABLE users (id text);\n")
        for command in (
            ("audit", "schema.md", "--sql", "sql", "--profile", "all", *self.all_reports()),
            ("audit", "schema.md", "--migrations", "steps", "--profile", "all", *self.all_reports()),
            ("audit", "schema.md", "--sql", "sql", "--scratch"),
            # A snapshot is the schema as it is, its comments too.
            ("snapshot", "sql:sql", "--format", "text"),
            ("diff", "sql:sql", "sql:wrong.sql"),
            ("diff", "sql:sql", "sql:wrong.sql", "--format", "json"),
            ("rehearse", "steps", "--evidence", "out.rehearsal"),
            ("rehearse", "steps", "--format", "json"),
            ("baseline", "schema.md", "--sql", "sql", "--file", "out.baseline"),
        ):
            with self.subTest(command=command[:4], text=text[:60]):
                self.clear()
                seen = run(*command, cwd=self.folder)
                self.assert_no_signal(seen)
                self.assert_secret(seen)

    def test_in_sql(self) -> None:
        self.check_sql(
            "CREATE TABLE users (id bigint PRIMARY KEY);\n"
            f"CREATE ROLE app LOGIN PASSWORD '{WORD}';\n"
            f"ALTER ROLE app PASSWORD '{WORD}';\n"
            f"ALTER USER app WITH ENCRYPTED PASSWORD '{WORD}' VALID UNTIL 'infinity';\n"
            f"COMMENT ON TABLE users IS 'read with postgresql://app:{WORD}@db/shop';\n"
        )

    def test_in_sql_that_is_refused(self) -> None:
        self.check_sql(
            "CREATE TABLE users (id bigint PRIMARY KEY);\n"
            f"CREATE ROLE app LOGIN PASWORD '{WORD}';\n"
        )

    def test_in_sql_of_foreign_servers(self) -> None:
        self.check_sql(
            "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE EXTENSION postgres_fdw;\n"
            "CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db');\n"
            f"CREATE USER MAPPING FOR public SERVER far OPTIONS (user 'a', password '{WORD}');\n"
            f"CREATE SUBSCRIPTION s CONNECTION 'host=db password={WORD}' PUBLICATION p;\n"
        )

    def test_in_the_database(self) -> None:
        name = self.use_database(
            "quiet",
            "CREATE TABLE users (id bigint PRIMARY KEY, dsn text DEFAULT "
            f"'postgresql://app:{WORD}@db/shop'); COMMENT ON TABLE users IS 'password={WORD}';"
            f"CREATE VIEW v AS SELECT 'postgresql://app:{WORD}@db/shop'::text AS dsn FROM users;"
            f"CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'select ''PGPASSWORD={WORD}''';",
        )
        self.docs.write_text("```sql\nCREATE TABLE users (id bigint PRIMARY KEY, dsn text DEFAULT 'x');\n```\n")
        seen = run(
            "audit", "schema.md", "--db", conninfo(dbname=name), *self.all_reports(), cwd=self.folder
        )
        self.assertIn("column-default-mismatch", (self.folder / "out.json").read_text())
        self.assert_secret(seen)
        seen = run("diff", "docs:schema.md", "db:" + conninfo(dbname=name), cwd=self.folder)
        self.assert_secret(seen)


class OfACommand(SecrecyTest):
    def test_typed_in_sql(self) -> None:
        command = f"command:echo \"CREATE ROLE x PASSWORD '{WORD}';\""
        self.assert_secret(run("audit", "schema.md", "--before", command, cwd=self.folder))

    def test_typed_or_told_by_it(self) -> None:
        for command in (
            f"echo 'CREATE TABLE users (id bigint);' # postgresql://app:{WORD}@db/shop",
            f"PGPASSWORD={WORD} sh -c 'exit 3'",
            f"echo 'connection to postgresql://app:{WORD}@db/shop failed' >&2; exit 1",
            f"no-such-program --password={WORD}",
            f"no-such-program --password {WORD}",
            f"echo '{{\"password={WORD}\"'",
        ):
            for arguments in (
                ("snapshot", "command:" + command, "--format", "json=out.snapshot"),
                ("diff", "docs:schema.md", "command:" + command, "--format", "json=out.diff"),
                ("audit", "schema.md", "--before", "command:" + command, *self.all_reports()),
                ("audit", "schema.md", "--models", "command:" + command, *self.all_reports()),
            ):
                with self.subTest(arguments=arguments[:3]):
                    self.clear()
                    seen = run(*arguments, cwd=self.folder)
                    self.assert_no_signal(seen)
                    self.assert_secret(seen)


class OfChildren(SecrecyTest):
    """What stands in the arguments of a process, everybody on the machine may read."""

    def seen_in_arguments(self, *command: str, **env: str) -> Set[str]:
        found: Set[str] = set()

        def watch(child: subprocess.Popen) -> None:
            while True:
                status = Path(f"/proc/{child.pid}/stat")
                try:
                    if status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                        return
                except OSError:
                    return
                for process in Path("/proc").iterdir():
                    if not process.name.isdigit() or int(process.name) in (child.pid, os.getpid()):
                        continue
                    try:
                        arguments = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                        if WORD in arguments and str(child.pid) in (process / "status").read_text():
                            found.add(arguments)
                    except (OSError, UnicodeDecodeError):
                        pass

        run(*command, cwd=self.folder, env=environment(**env), during=watch, timeout=60)
        return found

    def test_are_none(self) -> None:
        name = self.use_database("quiet")
        host = quote(SERVER["host"], safe="")
        url = f"postgresql://postgres:{WORD}@/{name}?host={host}"
        for command in (
            ("audit", "schema.md", "--db", "env:DATABASE_URL"),
            ("audit", "schema.md", "--sql", "schema.sql", "--scratch"),
            ("audit", "schema.md", "--models", "command:sleep 0.3; echo 'CREATE TABLE a (i int);'"),
            ("rehearse", "migrations"),
        ):
            with self.subTest(command=command):
                found = self.seen_in_arguments(*command, DATABASE_URL=url, PGPASSWORD=WORD)
                self.assertEqual(found, set())


if __name__ == "__main__":
    main()
