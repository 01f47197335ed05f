"""The disk is full, the place cannot be written, or Ctrl-C comes: no half report, nothing left."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, List, Set

from support import FaultTest, connect, conninfo, main, query, run, start, wait_for

FORMATS = ("text", "json", "html", "sarif", "gitlab", "junit", "github", "markdown")
SESSIONS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'schemaudit'"
DATABASES = "SELECT datname FROM pg_database WHERE datname LIKE 'schemaudit%'"
OLD = "the report of yesterday\n"


def as_nobody() -> None:
    """Root may write anywhere: as someone who may not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


class ReportTest(FaultTest):
    def setUp(self) -> None:
        super().setUp()
        os.chmod(self.folder, 0o755)
        self.sql = self.folder / "schema.sql"
        self.sql.write_text("CREATE TABLE users (id bigint PRIMARY KEY);\n")
        self.docs.write_text("```sql\nCREATE TABLE users (id bigint PRIMARY KEY);\n```\n")
        self.passing = ("audit", "schema.md", "--sql", "schema.sql")
        self.wrong = self.folder / "wrong.sql"
        self.wrong.write_text("CREATE TABLE users (id text PRIMARY KEY);\n")
        self.failing = ("audit", "schema.md", "--sql", "wrong.sql")

    def run_here(self, *arguments: Any, **options: Any):
        return run(*arguments, cwd=self.folder, **options)

    def assert_refused(self, seen, place: Path, code: int = 3) -> None:
        self.assertEqual(seen.code, code, seen)
        self.assertIn(str(place), seen.err, seen)
        self.assertTrue(seen.err.startswith("schemaudit: "), seen)


class Unwritable(ReportTest):
    def test_full_device(self) -> None:
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        for name in FORMATS:
            with self.subTest(format=name):
                # Without a finding there is no word for GitHub to write.
                if name != "github":
                    seen = self.run_here(*self.passing, "--format", f"{name}=/dev/full")
                    self.assert_refused(seen, Path("/dev/full"))
                    self.assertIn("No space left", seen.err)
                seen = self.run_here(*self.failing, "--format", f"{name}=/dev/full")
                self.assert_refused(seen, Path("/dev/full"), 1)

    def test_full_standard_output(self) -> None:
        for command in (
            self.passing,
            ("diff", "docs:schema.md", "sql:schema.sql"),
            ("snapshot", "sql:schema.sql"),
            ("rules",),
            ("explain", "frozen-object-changed"),
            ("json-schema", "report"),
        ):
            with self.subTest(command=command), open("/dev/full", "wb") as full:
                child = start(*command, cwd=self.folder, stdout=full, stderr=subprocess.PIPE)
                err = child.communicate(timeout=30)[1].decode()
                self.assertEqual(child.returncode, 3, err)
                self.assertIn("standard output cannot be written: No space left", err)

    def test_closed_standard_output(self) -> None:
        child = start(*self.passing, cwd=self.folder, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
        err = child.communicate(timeout=30)[1].decode()
        self.assertEqual(child.returncode, 3, err)

    def test_reader_that_goes_away(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        child = start(*self.passing, cwd=self.folder, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        child.communicate(timeout=30)
        self.assertNotEqual(child.returncode, 0)

    def test_full_disk(self) -> None:
        small = self.folder / "small"
        small.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(small)], capture_output=True
        )
        if mounted.returncode != 0:
            self.skipTest("only root may mount a small file system")
        self.addCleanup(subprocess.run, ["umount", str(small)])
        report = small / "report.html"
        report.write_text(OLD)
        for flags, code in ((self.passing, 3), (self.failing, 1)):
            seen = self.run_here(*flags, "--format", f"html={report}")
            self.assert_refused(seen, report, code)
            self.assertIn("No space left", seen.err)
            self.assertEqual(report.read_text(), OLD)
            self.assertEqual(os.listdir(small), ["report.html"])
        # The next report is written nevertheless, and what was written before stays whole.
        other = self.folder / "report.json"
        seen = self.run_here(*self.passing, "--format", f"html={report}", "--format", f"json={other}")
        self.assert_refused(seen, report)
        self.assertTrue(other.read_text().endswith("}\n"))

    def test_full_disk_of_other_files(self) -> None:
        small = self.folder / "small"
        small.mkdir()
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4k", "none", str(small)], capture_output=True
        ).returncode:
            self.skipTest("only root may mount a small file system")
        self.addCleanup(subprocess.run, ["umount", str(small)])
        (small / "filler").write_text("x" * 4096)
        for command in (
            ("snapshot", "sql:schema.sql", "--format", f"json={small}/out"),
            ("diff", "docs:schema.md", "sql:schema.sql", "--format", f"json={small}/out"),
            ("baseline", "schema.md", "--sql", "wrong.sql", "--file", f"{small}/out"),
            self.passing + ("--format", "json=ok.json", "--attest", f"{small}/out"),
        ):
            with self.subTest(command=command[0]):
                seen = self.run_here(*command)
                self.assert_refused(seen, small / "out")
                self.assertEqual(os.listdir(small), ["filler"])

    def test_what_an_earlier_run_left_half_written(self) -> None:
        """It was killed, and a process of the same number, as containers have, comes to write."""
        report = self.folder / "report.json"
        report.write_text(OLD)

        def leave_a_part() -> None:
            (self.folder / f"report.json.part{os.getpid()}").write_text("half")

        seen = self.run_here(*self.passing, "--format", f"json={report}", preexec=leave_a_part)
        self.assertEqual(seen.code, 0, seen)
        self.assertTrue(report.read_text().endswith("}\n"))
        self.assertEqual([p.name for p in self.folder.glob("*.part*")], [])

    def test_read_only_folder(self) -> None:
        sealed = self.folder / "sealed"
        sealed.mkdir()
        report = sealed / "report.json"
        report.write_text(OLD)
        sealed.chmod(0o555)
        self.addCleanup(sealed.chmod, 0o755)
        for flags, code in ((self.passing, 3), (self.failing, 1)):
            seen = self.run_here(*flags, "--format", f"json={report}", preexec=as_nobody)
            self.assert_refused(seen, report, code)
            self.assertIn("Permission denied", seen.err)
            self.assertEqual(report.read_text(), OLD)
            self.assertEqual(os.listdir(sealed), ["report.json"])

    def test_folder_in_its_place(self) -> None:
        place = self.folder / "report.json"
        place.mkdir()
        seen = self.run_here(*self.passing, "--format", f"json={place}")
        self.assert_refused(seen, place)
        self.assertIn("is a folder; name a file", seen.err)
        self.assertEqual(list(place.iterdir()), [])

    def test_folder_that_is_not_there(self) -> None:
        place = self.folder / "no" / "report.json"
        seen = self.run_here(*self.passing, "--format", f"json={place}")
        self.assert_refused(seen, place)
        self.assertIn("No such file", seen.err)


class OddTargets(ReportTest):
    def test_symbolic_link_keeps_leading_to_the_report(self) -> None:
        real = self.folder / "real.json"
        real.write_text(OLD)
        link = self.folder / "link.json"
        link.symlink_to("real.json")
        seen = self.run_here(*self.passing, "--format", f"json={link}")
        self.assertEqual(seen.code, 0, seen)
        self.assertTrue(link.is_symlink())
        self.assertIn('"verdict"', real.read_text())

    def test_symbolic_link_to_nothing(self) -> None:
        link = self.folder / "link.json"
        link.symlink_to("gone/real.json")
        seen = self.run_here(*self.passing, "--format", f"json={link}")
        if seen.code == 0:
            self.assertIn('"verdict"', link.read_text())
        else:
            self.assert_refused(seen, link)

    def test_pipe_is_written_to(self) -> None:
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        got: List[str] = []
        reader = threading.Thread(target=lambda: got.append(pipe.read_text()), daemon=True)
        reader.start()
        seen = self.run_here(*self.passing, "--format", f"json={pipe}", timeout=20)
        reader.join(5)
        self.assertEqual(seen.code, 0, seen)
        self.assertTrue(got[0].endswith("}\n"))

    def test_pipe_without_a_reader_can_be_interrupted(self) -> None:
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        child = start(*self.passing, "--format", f"json={pipe}", cwd=self.folder)
        time.sleep(1)
        child.terminate()
        self.assertNotEqual(child.wait(5), 0)

    def test_others_may_read_the_report_as_they_could(self) -> None:
        report = self.folder / "report.json"
        report.write_text(OLD)
        report.chmod(0o640)
        seen = self.run_here(*self.passing, "--format", f"json={report}")
        self.assertEqual(seen.code, 0, seen)
        self.assertIn('"verdict"', report.read_text())
        self.assertEqual(report.stat().st_mode & 0o777, 0o640)

    def test_socket_in_its_place(self) -> None:
        place = self.folder / "report.json"
        server = socket.socket(socket.AF_UNIX)
        self.addCleanup(server.close)
        server.bind(str(place))
        self.assert_refused(self.run_here(*self.passing, "--format", f"json={place}"), place)


def temporary() -> Set[str]:
    return {n for n in os.listdir("/tmp") if n.startswith("schemaudit")}


def children_of(pid: int) -> List[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    found = [int(word) for word in text.split()]
    return found + [deeper for each in found for deeper in children_of(each)]


class Interrupted(ReportTest):
    """SIGINT or SIGTERM at a random moment, to the program or, as a terminal does, to all that it
    has started, too."""

    def setUp(self) -> None:
        super().setUp()
        self.name = self.use_database("interrupted")
        self.url = conninfo(dbname=self.name)
        migrations = self.folder / "migrations"
        migrations.mkdir()
        for number in range(1, 4):
            (migrations / f"{number:03}_t{number}.up.sql").write_text(
                f"CREATE TABLE t{number} (id bigint PRIMARY KEY);\n"
            )
            (migrations / f"{number:03}_t{number}.down.sql").write_text(f"DROP TABLE t{number};\n")

    def interrupt(self, seconds: float, times: int, *command: Any) -> None:
        chance = random.Random(8)
        for turn in range(times):
            mine: Set[int] = set()
            before = temporary()
            files = sorted(os.listdir(self.folder))
            after = chance.uniform(0, seconds)
            number = chance.choice((signal.SIGINT, signal.SIGTERM))
            send = chance.choice((os.kill, os.killpg))
            with self.subTest(command=command[0], turn=turn, after=after, signal=number, send=send):
                out = tempfile.TemporaryFile()
                self.addCleanup(out.close)
                child = start(
                    *command,
                    cwd=self.folder,
                    stdout=out,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                end = time.monotonic() + after
                while time.monotonic() < end and child.poll() is None:
                    mine.update(children_of(child.pid))
                    time.sleep(0.01)
                mine.update(children_of(child.pid))
                ended = child.poll() is not None
                if not ended:
                    send(child.pid, number)
                code = child.wait(20)
                if not ended and code != 0:
                    self.assertIn(code, (-number, 3, 130, 143))
                wait_for(
                    "its children end", lambda: not [p for p in mine if Path(f"/proc/{p}/exe").exists()]
                )
                wait_for("its folders go", lambda: not temporary() - before)
                new = set(os.listdir(self.folder)) - set(files)
                self.assertLessEqual(new, {"report.html", "report.json"})
                if code == 0:
                    # It was ending already, deaf to signals, with all said that there was to say.
                    self.assertTrue(new or out.seek(0, os.SEEK_END) > 0)
                for name in new:
                    text = (self.folder / name).read_text()
                    self.assertTrue(text.rstrip().endswith(("</html>", "}")), name)
                    (self.folder / name).unlink()
                wait_for("its sessions end", lambda: not query(SESSIONS))
                wait_for("its databases go", lambda: not query(DATABASES), 5)

    def test_audit(self) -> None:
        formats = ("--format", "html=report.html", "--format", "json=report.json")
        self.interrupt(0.4, 20, *self.passing, "--db", self.url, *formats)

    def test_audit_with_a_scratch_server(self) -> None:
        self.interrupt(2.5, 5, *self.passing, "--scratch")

    # CREATE DATABASE goes on without its client.
    def test_audit_with_scratch_databases(self) -> None:
        command = self.passing + ("--scratch", "--scratch-url", self.url)
        watch = connect()
        self.addCleanup(watch.close)

        def making() -> Any:
            with watch.cursor() as cursor:
                cursor.execute("SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%'")
                return cursor.rowcount

        try:
            for _ in range(8):
                child = start(*command, cwd=self.folder, stdout=-3, stderr=-3)
                while child.poll() is None and not making():
                    pass
                child.terminate()
                child.wait(10)
            wait_for("its statements end", lambda: not making())
            wait_for("its databases go", lambda: not query(DATABASES), 4)
        finally:
            for (name,) in query(DATABASES):
                query(f'DROP DATABASE "{name}" WITH (FORCE)')

    def test_diff_and_snapshot(self) -> None:
        self.interrupt(0.2, 5, "diff", "sql:schema.sql", "db:" + self.url, "--format", "json=report.json")
        self.interrupt(0.2, 5, "snapshot", "db:" + self.url, "--format", "json=report.json")

    def test_verify(self) -> None:
        self.interrupt(0.3, 6, "verify", "schema.md", "--db", self.url, "--format", "json=report.json")

    def test_rehearse(self) -> None:
        self.interrupt(2.5, 4, "rehearse", "migrations", "--format", "json=report.json")

    def repository(self) -> None:
        for command in (
            ("init", "-q"),
            ("add", "."),
            ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "start"),
        ):
            subprocess.run(("git",) + command, cwd=self.folder, check=True, capture_output=True)

    def test_audit_of_a_change(self) -> None:
        self.repository()
        before = temporary()
        try:
            self.interrupt(0.3, 20, *self.passing, "--changed-since", "HEAD")
            # Once with the folder seen, that no chance is needed.
            command = ("audit", "schema.md", "--models", "command:sleep 5", "--changed-since", "HEAD")
            child = start(*command, cwd=self.folder, start_new_session=True)
            wait_for("its folder comes", lambda: temporary() - before, 15)
            child.terminate()
            child.wait(10)
            wait_for("its folder goes", lambda: not temporary() - before, 3)
        finally:
            subprocess.run(
                ["rm", "-rf"] + [f"/tmp/{n}" for n in temporary() - before if "revision" in n]
            )

    def test_command_of_a_source(self) -> None:
        child = start(
            "snapshot", "command:echo $$ > pid; exec sleep 20", cwd=self.folder, start_new_session=True
        )
        pid = int(wait_for("it starts", lambda: self.pid_written()))
        child.terminate()
        child.wait(5)
        try:
            wait_for("it ends", lambda: not Path(f"/proc/{pid}/exe").exists(), 2)
        finally:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def pid_written(self) -> str:
        try:
            return (self.folder / "pid").read_text().strip()
        except OSError:
            return ""


if __name__ == "__main__":
    main()
