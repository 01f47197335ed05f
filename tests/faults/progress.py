"""What takes longer than a second is shown on a terminal, on one line, and nowhere else."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from typing import Any, List, Tuple

from support import FaultTest, conninfo, environment, main, query, start

CLEARED = "\r\x1b[K"


class ProgressTest(FaultTest):
    def setUp(self) -> None:
        super().setUp()
        migrations = self.folder / "migrations"
        migrations.mkdir()
        (migrations / "1_a.up.sql").write_text("CREATE TABLE a (id int);\nSELECT pg_sleep(1.5);\n")
        (migrations / "1_a.down.sql").write_text("DROP TABLE a;\n")

    def on_a_terminal(self, *command: Any, code: int = 0) -> List[Tuple[float, str]]:
        """What came on standard error, and when."""
        mine, its = pty.openpty()
        self.addCleanup(os.close, mine)
        begin = time.monotonic()
        child = start(
            *command, cwd=self.folder, env=environment(TERM="xterm"), stdout=subprocess.DEVNULL, stderr=its
        )
        os.close(its)
        seen: List[Tuple[float, str]] = []
        while True:
            if not select.select([mine], [], [], 60)[0]:
                child.kill()
                self.fail("it says nothing and does not end")
            try:
                data = os.read(mine, 65536)
            except OSError:
                data = b""
            if not data:
                break
            seen.append((time.monotonic() - begin, data.decode()))
        self.assertEqual(child.wait(30), code, seen)
        return seen

    def check(self, words: str, *command: Any, code: int = 0) -> None:
        with self.subTest(command=command[0]):
            seen = self.on_a_terminal(*command, code=code)
            text = "".join(part for _, part in seen)
            self.assertIn(words, text)
            self.assertGreater(seen[0][0], 0.9, seen)
            # One line, written anew in place, and taken away.
            self.assertNotIn("\n", text)
            self.assertTrue(text.endswith(CLEARED), text[-200:])
            self.assertRegex(text, r"^(\r[^\r\n\x1b]*\x1b\[K)+$")


class OnATerminal(ProgressTest):
    SLOW = "command:sleep 2.5; echo 'CREATE TABLE users (id bigint);'"

    def test_of_commands_that_take_long(self) -> None:
        quick = "sql:quick.sql"
        (self.folder / "quick.sql").write_text("CREATE TABLE users (id bigint);\n")
        (self.folder / "users.md").write_text("```sql\nCREATE TABLE users (id bigint);\n```\n")
        self.check("running sleep 2.5", "snapshot", self.SLOW)
        self.check("running sleep 2.5", "diff", self.SLOW, quick)
        self.check("running sleep 2.5", "audit", "users.md", "--models", self.SLOW)
        self.check("running sleep 2.5", "doc", self.SLOW, "--docs", "users.md")

    def test_of_rehearse(self) -> None:
        self.check("rehearsing migrations: step 1 (1 of 1)", "rehearse", "migrations")

    def test_of_verify(self) -> None:
        name = self.use_database("slow")
        self.docs.write_text("```sql\nSELECT id FROM users WHERE false;\n-- Expected: 0 rows\n```\n")
        query("ALTER TABLE users RENAME TO people", dbname=name)
        query("CREATE VIEW users AS SELECT 1 AS id FROM generate_series(1, 20000000)", dbname=name)
        self.docs.write_text("```sql\nSELECT count(*) FROM users;\n-- Expected: 20000000\n```\n")
        self.check("the query at schema.md:2", "verify", "schema.md", "--db", conninfo(dbname=name))

    def test_a_message_has_a_line_of_its_own(self) -> None:
        seen = self.on_a_terminal("snapshot", "command:sleep 1.5; false", code=3)
        lines = "".join(part for _, part in seen).split("\r\n")
        self.assertTrue(lines[0].endswith(CLEARED + "schemaudit: " + lines[0].split("schemaudit: ")[1]))
        self.assertNotIn("running", lines[0].split(CLEARED)[-1].split("schemaudit: ")[0])

    def test_it_fits_the_line(self) -> None:
        self.check("running", "snapshot", "command:sleep 2; echo 'CREATE TABLE a (i int); -- " + "x" * 200 + "'")
        seen = self.on_a_terminal("snapshot", "command:sleep 2; echo 'CREATE TABLE a (i int); -- " + "x" * 200 + "'")
        for line in re.split(r"\x1b\[K", "".join(part for _, part in seen)):
            self.assertLess(len(line), 81)

    def test_what_is_quick_shows_nothing(self) -> None:
        self.assertEqual(self.on_a_terminal("snapshot", "docs:schema.md"), [])


class Elsewhere(ProgressTest):
    def test_nothing_is_written(self) -> None:
        for command in (
            ("snapshot", OnATerminal.SLOW),
            ("rehearse", "migrations"),
        ):
            child = start(*command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            self.assertEqual(child.communicate(timeout=60)[1], b"")

    def test_nothing_is_written_to_a_dumb_terminal(self) -> None:
        mine, its = pty.openpty()
        child = start(
            "snapshot", OnATerminal.SLOW, cwd=self.folder, env=environment(TERM="dumb"),
            stdout=subprocess.DEVNULL, stderr=its,
        )  # fmt: skip
        self.assertEqual(child.wait(30), 0)
        self.assertEqual(select.select([mine], [], [], 0.1)[0], [])
        os.close(its)
        os.close(mine)


if __name__ == "__main__":
    main()
