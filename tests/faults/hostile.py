"""Documents and folders made to hurt: bounded time and memory, one clear word, never a crash."""

from __future__ import annotations

import json
import os
import resource
import socket
import stat
from typing import Any, Dict, Optional, Union

from support import FaultTest, main, run

SECONDS = 20
MEGABYTES = 2048
BOUND = 16 * 1024 * 1024
GOOD = "```sql\nCREATE TABLE users (id bigint PRIMARY KEY);\n```\n"


def bounded() -> None:
    """One that computes for ever or takes all memory ends before the machine does."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 2, SECONDS + 4))
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEGABYTES << 20, 2 * MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class HostileTest(FaultTest):
    def setUp(self) -> None:
        super().setUp()
        self.docs.unlink()
        self.place = self.folder / "docs"
        self.place.mkdir()
        (self.folder / "schema.sql").write_text("CREATE TABLE users (id bigint PRIMARY KEY);\n")

    def write(self, content: Union[str, bytes], name: str = "schema.md") -> None:
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        (self.place / name).write_bytes(data)

    def audit_docs(self, *more: Any, timeout: float = 10 * SECONDS, docs: str = "docs"):
        seen = run(
            "audit", docs, "--sql", "schema.sql", "--format", "json", *more,
            cwd=self.folder, timeout=timeout, preexec=bounded,
        )  # fmt: skip
        self.assert_no_signal(seen)
        self.assertLess(seen.processor, SECONDS, seen)
        self.assertLess(seen.megabytes, MEGABYTES, seen)
        self.assertLess(len(seen.err.splitlines()), 10, seen.err[:2000])
        return seen

    def assert_not_clean(self, seen, *words: str) -> None:
        """It is said that something could not be read: a finding, or incomplete evidence."""
        self.assertIn(seen.code, (1, 2, 3), seen)
        for word in words:
            self.assertIn(word, seen.out + seen.err, seen)

    def tables(self, seen) -> int:
        sources = [s for s in seen.report()["sources"] if s["role"] == "documented"]
        return sources[0]["objects"]["tables"] if sources else 0


class Large(HostileTest):
    def audit_of_a_long_paragraph(self) -> Any:
        line = "word *word* `word` [word](word) word\n"
        more = GOOD.replace("users", "behind")
        with open(self.folder / "schema.sql", "a") as sql:
            sql.write("CREATE TABLE behind (id bigint PRIMARY KEY);\n")
        self.write(GOOD + line * (1024 * 1024 // len(line)) + "\n" + more)
        return self.audit_docs()

    def test_long_paragraph_costs_no_more_than_itself(self) -> None:
        """cmark takes quadratic time for it: it is passed over, and that is said."""
        seen = self.audit_of_a_long_paragraph()
        self.assertLess(seen.seconds, 5, seen)
        self.assertEqual(seen.code, 3, seen)
        self.assertEqual(self.tables(seen), 2, seen)
        because = " ".join(seen.report()["incomplete_because"])
        self.assertIn("schema.md:4", because)
        self.assertIn("paragraph", because)

    def test_past_the_bound(self) -> None:
        self.write(GOOD + "x" * (BOUND - len(GOOD) + 1))
        seen = self.audit_docs()
        self.assertTrue(seen.report()["incomplete_because"], seen)
        self.assert_not_clean(seen, "schema.md", str(BOUND))

    def test_far_past_the_bound(self) -> None:
        """It need not be read to be refused."""
        with open(self.place / "schema.md", "wb") as file:
            file.truncate(3 << 30)
        seen = self.audit_docs()
        self.assert_not_clean(seen, "schema.md")

    def test_endless(self) -> None:
        for device in ("/dev/zero", "/dev/urandom"):
            with self.subTest(device=device):
                self.assert_not_clean(self.audit_docs(docs=device), device)


class Shapes(HostileTest):
    def check(self, text: str, tables: Optional[int] = None, *more: str) -> Any:
        self.write(text + "\n\n" + GOOD)
        seen = self.audit_docs(*more)
        if seen.code == 0:
            self.assertEqual(self.tables(seen), 1 if tables is None else tables, seen)
        else:
            self.assertTrue(seen.err or seen.report()["findings"] or seen.report()["incomplete_because"])
        return seen

    def test_nested(self) -> None:
        for opening, closing in (
            ("> ", ""), ("- ", ""), ("1. ", ""), ("[", "]"), ("![", "](a)"), ("*a ", ""), ("**a", "**"),
            ("`", ""), ("<a>", "</a>"), ("<!--", ""), ("&", ""), ("\\", ""), ("~~", ""), ("[a](", ""),
            ("_a*", ""), ("![[]()", ""),
        ):  # fmt: skip
            with self.subTest(opening=opening):
                self.check(opening * 10000 + "x" + closing * 10000)
        with self.subTest("lists by indentation"):
            self.check("".join("  " * n + "- x\n" for n in range(2000)))
        with self.subTest("headings"):
            self.check("".join("#" * (n % 6 + 1) + f" table t{n}\n" for n in range(10000)))

    def test_wide_table(self) -> None:
        columns = 10000
        head = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n"
        self.check(head + "|x|\n" * 2000)
        self.check(head + ("|" + "x|" * columns + "\n") * 300)

    def test_long_table(self) -> None:
        self.check("# Table `many`\n\n| Column | Type |\n|---|---|\n" + "| a | text |\n" * 200000)

    def test_long_fence(self) -> None:
        self.check("```\n" + "x\n" * 200000 + "```")
        self.check("```sql\n" + "\n" * 1000000 + "```")
        self.check("```sql\n" + "-- x\n" * 1000000 + "```")
        self.check("```sql\n" + "SELECT 1;\n" * 20000 + "```")
        self.check("```sql\n" + "x\n" * 1000000)

    def test_many_fences(self) -> None:
        self.check("```sql\n```\n" * 50000)

    def test_many_tables(self) -> None:
        self.check(
            "".join(f"```sql\nCREATE TABLE t{n} (id int);\n```\n" for n in range(4000)), 4001
        )

    def test_many_tables_take_time_as_they_are(self) -> None:
        """Four times the tables may take eight times as long, and no more."""
        seconds = []
        for count in (1000, 4000):
            self.write("".join(f"```sql\nCREATE TABLE t{n} (id int);\n```\n" for n in range(count)))
            seen = run("snapshot", "docs:docs", cwd=self.folder, timeout=10 * SECONDS, preexec=bounded)
            self.assertEqual(seen.code, 0, seen.err)
            seconds.append(seen.processor)
        self.assertLess(seconds[1], 8 * seconds[0] + 0.2)

    def test_long_lines(self) -> None:
        self.check("x" * 5000000)
        self.check("a|" * 2500000)
        self.check("```sql\nSELECT " + "a" * 5000000 + ";\n```")
        self.check("```sql\nSELECT '" + "a" * 5000000 + ";\n```")
        self.check("```sql\nSELECT $x$" + "$" * 1000000 + ";\n```")

    def test_long_line_with_a_secret(self) -> None:
        self.check("password=" + "a" * 400000)

    def test_long_url(self) -> None:
        self.check("postgres://" + "a:" * 1000000)

    def test_chained_operators(self) -> None:
        for expression in (
            " + ".join(["1"] * 5000),
            " AND ".join(["a > 0"] * 5000),
            "NOT " * 5000 + "a",
            "(" * 5000 + "1" + ")" * 5000,
            " || ".join(["'a'"] * 20000),
            "a" + "::int" * 5000,
            "a" + "[1]" * 5000,
            "- " * 5000 + "1",
            "ARRAY[" * 5000 + "1" + "]" * 5000,
            "CASE WHEN a THEN " * 3000 + "1" + " END" * 3000,
            "(SELECT " * 3000 + "1" + ")" * 3000,
            "f(" * 5000 + ")" * 5000,
        ):
            with self.subTest(expression=expression[:20]):
                sql = f"CREATE TABLE deep (a int CHECK ({expression}), b int DEFAULT {expression});"
                self.check(f"```sql\n{sql}\n```", 2)
                (self.folder / "schema.sql").write_text(sql + "\nCREATE TABLE users (id bigint);\n")
                self.audit_docs()

    def test_wide_statement(self) -> None:
        """Four times the columns may take eight times as long, and no more."""
        seconds = []
        for count in (2500, 10000):
            columns = ", ".join(f"c{n} int" for n in range(count))
            seconds.append(self.check(f"```sql\nCREATE TABLE w ({columns});\n```", 2).processor)
        self.assertLess(seconds[1], 8 * seconds[0] + 0.2)

    def test_long_lists(self) -> None:
        values = ", ".join(f"'{n}'" for n in range(100000))
        self.check(f"```sql\nCREATE TYPE many AS ENUM ({values});\n```")
        self.check(f"```sql\nCREATE TABLE i (a text CHECK (a IN ({values})));\n```", 2)


class Encodings(HostileTest):
    def test_are_read_or_refused_aloud(self) -> None:
        good = "# Users\n\n" + GOOD
        for name, data, clean in (
            ("utf-8 with BOM", good.encode("utf-8-sig"), True),
            ("CRLF", good.replace("\n", "\r\n").encode(), True),
            ("CR", good.replace("\n", "\r").encode(), True),
            ("UTF-16 LE", good.encode("utf-16"), None),
            ("UTF-16 BE", b"\xfe\xff" + good.encode("utf-16-be"), None),
            ("UTF-16 without BOM", good.encode("utf-16-le"), None),
            ("UTF-32", good.encode("utf-32"), None),
            ("latin-1", ("# Übersicht café\n" + good).encode("latin-1"), None),
            ("NUL", good.encode().replace(b"# Users", b"# Us\0ers"), None),
            ("NUL in SQL", good.encode().replace(b"bigint", b"big\0int"), False),
            ("lone surrogate", b"# \xed\xa0\x80\n" + good.encode(), None),
            ("overlong", b"# \xc0\xaf\n" + good.encode(), None),
            ("cut in a character", good.encode() + b"\xe2\x82", None),
            ("binary", bytes(range(256)) * 1000, False),
            ("gzip", b"\x1f\x8b\x08\0\0\0\0\0" + bytes(range(255, 0, -1)) * 100, False),
            ("empty", b"", False),
            ("escapes", b"\x1b[2J\x1b]0;title\x07" + good.encode(), None),
        ):
            with self.subTest(encoding=name):
                self.write(data)
                seen = self.audit_docs()
                self.assertNotIn("\x1b", seen.out + seen.err)
                if clean:
                    self.assertEqual((seen.code, self.tables(seen)), (0, 1), seen)
                elif seen.code == 0:
                    # Passing is right only where the table was read for what it is.
                    self.assertIsNone(clean, seen)
                    self.assertEqual(self.tables(seen), 1, seen)
                json.loads(seen.out)
                for form in ("sarif", "html", "gitlab", "junit", "markdown", "text"):
                    other = run(
                        "audit", "docs", "--sql", "schema.sql", "--format", form, cwd=self.folder
                    )
                    self.assertEqual(other.code, seen.code, other)
                    other.out.encode("utf-8")
                    self.assertNotIn("\x1b", other.out)


class Folders(HostileTest):
    def test_links_in_circles(self) -> None:
        self.write(GOOD)
        (self.place / "self").symlink_to(".")
        (self.place / "up").symlink_to("..")
        (self.place / "a.md").symlink_to("b.md")
        (self.place / "b.md").symlink_to("a.md")
        for docs in ("docs", "docs/**/*.md"):
            seen = self.audit_docs(docs=docs)
            self.assertEqual(self.tables(seen), 1, seen)
        self.assert_not_clean(self.audit_docs(docs="docs/a.md"), "a.md")

    def test_links_to_outside(self) -> None:
        self.write(GOOD)
        (self.place / "passwd.md").symlink_to("/etc/passwd")
        (self.place / "etc").symlink_to("/etc")
        seen = self.audit_docs()
        self.assertNotIn("root:x:0", seen.out)
        (self.place / "broken.md").symlink_to("nowhere")
        self.audit_docs()

    def test_documents_that_link_in_circles(self) -> None:
        self.write("[b](b.md) ![a](schema.md)\n\n!include b.md\n\n" + GOOD)
        self.write("[a](schema.md) {% include 'schema.md' %}\n", "b.md")
        self.assertEqual(self.audit_docs().code, 0)

    def test_sql_that_includes_itself(self) -> None:
        self.write(GOOD)
        (self.folder / "schema.sql").write_text(
            "CREATE TABLE users (id bigint PRIMARY KEY);\n\\i schema.sql\n\\ir ./schema.sql\n"
        )
        self.audit_docs()
        (self.folder / "schema.sql").write_text("\\i /etc/passwd\n\\i nowhere.sql\n")
        seen = self.audit_docs()
        self.assert_not_clean(seen)
        self.assertNotIn("root:x:0", seen.out + seen.err)
        (self.folder / "list").write_text("@list\nschema.sql\n")
        seen = run("snapshot", "sql:@list", cwd=self.folder, timeout=SECONDS)
        self.assertIn(seen.code, (0, 2, 3), seen)

    def test_names(self) -> None:
        self.write(GOOD)
        names = ["a\nb.md", "tab\there.md", "\x1b[31mred.md", "-rf.md", "--help.md", "ü.md", "'\"`$(id).md",
                 "*.md", "[a](b).md", "<script>.md", "a|b.md", "%0a::error::x.md", "]]>.md"]  # fmt: skip
        for number, name in enumerate(names):
            text = GOOD.replace("users", f"t{number}")
            (self.place / name).write_text(text)
        with open(os.fsencode(self.place) + b"/\xff\xfe.md", "w") as file:
            file.write(GOOD.replace("users", "t99"))
        seen = self.audit_docs()
        self.assertEqual(self.tables(seen), len(names) + 2, seen)
        self.assertNotIn("\x1b", seen.out + seen.err)
        seen.out.encode("utf-8")
        for form in ("html", "sarif", "gitlab", "junit", "github", "markdown", "text"):
            with self.subTest(form=form):
                other = run("audit", "docs", "--sql", "schema.sql", "--format", form, cwd=self.folder)
                self.assertEqual(other.code, seen.code, other)
                other.out.encode("utf-8")
                self.assertNotIn("\x1b", other.out)
                self.assertNotIn("<script>.md", other.out if form == "html" else "")
                if form == "github":
                    for line in other.out.splitlines():
                        self.assertTrue(line.startswith("::") and "\n" not in line, line)

    def test_what_is_no_file(self) -> None:
        self.write(GOOD)
        os.mkfifo(self.place / "pipe.md")
        (self.place / "folder.md").mkdir()
        server = socket.socket(socket.AF_UNIX)
        self.addCleanup(server.close)
        server.bind(str(self.place / "socket.md"))
        if os.geteuid() == 0:
            os.mknod(self.place / "device.md", stat.S_IFCHR | 0o600, os.makedev(1, 5))
        seen = self.audit_docs()
        self.assertEqual(self.tables(seen), 1, seen)
        self.assert_not_clean(self.audit_docs(docs="docs/socket.md"), "socket.md")

    def test_pipe_that_nobody_writes(self) -> None:
        os.mkfifo(self.place / "pipe.md")
        seen = self.audit_docs(docs="docs/pipe.md", timeout=30)
        self.assert_not_clean(seen, "pipe.md", "nobody has written", "name a file")

    def test_closed_folder(self) -> None:
        from reports import as_nobody

        self.write(GOOD)
        closed = self.place / "closed"
        closed.mkdir()
        (closed / "more.md").write_text(GOOD.replace("users", "more"))
        os.chmod(self.folder, 0o755)
        for place in (closed, closed / "more.md"):
            mode = place.stat().st_mode
            place.chmod(0)
            seen = run(
                "audit", "docs", "--sql", "schema.sql", "--format", "json",
                cwd=self.folder, preexec=as_nobody,
            )  # fmt: skip
            place.chmod(mode)
            self.assertEqual(seen.code, 3, seen)
            self.assertEqual(seen.report()["verdict"], "incomplete")

    def test_many_files(self) -> None:
        self.write(GOOD)
        for folder in range(100):
            place = self.place / f"f{folder}"
            place.mkdir()
            for number in range(1000):
                os.close(os.open(place / f"{number}.md", os.O_CREAT | os.O_WRONLY))
        seen = self.audit_docs()
        self.assertEqual(self.tables(seen), 1, seen.err[:500])

    def test_deep_folders(self) -> None:
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        self.write(GOOD)
        os.chdir(self.place)
        for _ in range(300):
            os.mkdir("deep-folder-name")
            os.chdir("deep-folder-name")
        with open("x.md", "w") as file:
            file.write(GOOD.replace("users", "deep"))
        os.chdir(here)
        seen = self.audit_docs()
        if seen.code == 0:
            self.assertEqual(self.tables(seen), 2, "the deep file is left out, unsaid")


class OtherInputs(HostileTest):
    """The same of what else is read: SQL, snapshots, configs, evidence."""

    def test_are_no_better(self) -> None:
        self.write(GOOD)
        cases: Dict[str, bytes] = {
            "nested": b"[" * 100000,
            "object": b'{"a":' * 100000,
            "binary": bytes(range(256)) * 100,
            "nul": b"\0" * 1000,
            "utf-16": "{}".encode("utf-16"),
            "number": b"1" * 1000000,
            "empty": b"",
            "surrogate": b'{"format_version": "\\ud800"}',
        }
        for name, data in cases.items():
            for place, command in (
                ("x.json", ("audit", "docs", "--db", "snapshot:x.json")),
                ("x.json", ("audit", "docs", "--sql", "schema.sql", "--evidence", "x.json")),
                ("x.json", ("audit", "docs", "--sql", "schema.sql", "--baseline", "x.json")),
                ("x.json", ("merge", "x.json")),
                ("x.toml", ("audit", "docs", "--sql", "schema.sql", "--config", "x.toml")),
                ("x.sql", ("audit", "docs", "--sql", "x.sql")),
                ("x.prisma", ("audit", "docs", "--models", "x.prisma")),
                ("x.py", ("audit", "docs", "--models", "x.py")),
            ):
                with self.subTest(case=name, command=command):
                    (self.folder / place).write_bytes(data)
                    seen = run(*command, cwd=self.folder, timeout=SECONDS)
                    if not (place == "x.toml" and name == "empty"):
                        self.assertIn(seen.code, (1, 2, 3), seen)
                    self.assertLess(seen.megabytes, MEGABYTES, seen)


if __name__ == "__main__":
    main()
