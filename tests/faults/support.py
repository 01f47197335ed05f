"""What the fault tests share: the program, its scratch server, and a proxy that fails on request.

    schemaudit scratch -- python3 -B tests/faults/connection.py build/dev/schemaudit

DATABASE_URL, which `schemaudit scratch` sets, names the server; each test makes databases of its
own on it. Behind the program's path stand unittest's own arguments.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

SKIPPED = 77
"""What CTest takes for a skipped test."""
SANITIZER = 99
"""With what a sanitizer ends the program where it finds a fault (CMakePresets.json)."""

try:
    import psycopg2
    from psycopg2.extensions import make_dsn, parse_dsn
except ImportError:
    print("skipped: this Python has no psycopg2")
    sys.exit(SKIPPED)

if "DATABASE_URL" not in os.environ or len(sys.argv) < 2:
    sys.exit(f"usage: schemaudit scratch -- python3 {sys.argv[0]} PROGRAM")
PROGRAM = str(Path(sys.argv.pop(1)).resolve())
SERVER: Dict[str, str] = parse_dsn(os.environ["DATABASE_URL"])

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  age integer NOT NULL CHECK (age > 0),
  mood mood NOT NULL DEFAULT 'ok'
);
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  total numeric(10, 2) NOT NULL DEFAULT 0
);
CREATE INDEX orders_user_id ON orders (user_id);
COMMENT ON TABLE users IS 'People';
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (user_id = 1);
CREATE VIEW totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) AS people FROM users GROUP BY mood;
CREATE FUNCTION one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
"""
DOCUMENT = """# Schema

```sql
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  age integer NOT NULL CHECK (age > 0),
  mood mood NOT NULL DEFAULT 'ok'
);
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  total numeric(10, 2) NOT NULL DEFAULT 0
);
```

Nobody lacks an age:

```sql
SELECT id FROM users WHERE age IS NULL;
-- Expected: 0 rows
```
"""


class Run:
    """What one run of the program did."""

    def __init__(self, code: int, out: str, err: str, seconds: float, megabytes: float) -> None:
        self.code, self.out, self.err = code, out, err
        self.seconds, self.megabytes = seconds, megabytes
        self.processor = 0.0
        """Seconds that it computed, which a busy machine does not change."""

    def report(self) -> Any:
        return json.loads(self.out)

    def __repr__(self) -> str:
        return (
            f"exit {self.code} after {self.seconds:.1f} s, {self.processor:.1f} s computed, "
            f"{self.megabytes:.0f} MB\n"
            f"stdout: {self.out[:600]}\nstderr: {self.err[:1000]}"
        )


def environment(**changes: Optional[str]) -> Dict[str, str]:
    """This process's, without what libpq reads; a change to None takes a variable out."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG") and k != "DATABASE_URL"}
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
    return kept


def start(*arguments: Any, cwd: Any = None, env: Optional[Dict[str, str]] = None, **options: Any):
    return subprocess.Popen(
        [PROGRAM] + [a if isinstance(a, bytes) else str(a) for a in arguments],
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        **options,
    )


def run(
    *arguments: Any,
    cwd: Any = None,
    env: Optional[Dict[str, str]] = None,
    timeout: float = 60,
    preexec: Optional[Callable[[], None]] = None,
    during: Optional[Callable[[subprocess.Popen], None]] = None,
) -> Run:
    """Runs the program to its end; one that takes longer than `timeout` is killed, and fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        child = start(*arguments, cwd=cwd, env=env, stdout=out, stderr=err, preexec_fn=preexec)
        if during:
            during(child)
        used = None
        while used is None:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                used = usage
                child.returncode = (
                    os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
                )
            elif time.monotonic() - begin > timeout:
                child.kill()
                child.wait()
                raise AssertionError(f"still running after {timeout} s: {arguments}")
            else:
                time.sleep(0.005)
        seconds = time.monotonic() - begin
        out.seek(0)
        err.seek(0)
        result = Run(
            child.returncode,
            out.read().decode("utf-8", "surrogateescape"),
            err.read().decode("utf-8", "surrogateescape"),
            seconds,
            used.ru_maxrss / 1024,
        )
        result.processor = used.ru_utime + used.ru_stime
        if result.code == SANITIZER:
            raise AssertionError(f"a sanitizer found a fault: {result}")
        return result


def conninfo(**changes: Any) -> str:
    return make_dsn(**{**SERVER, **changes})


def connect(**changes: Any):
    connection = psycopg2.connect(**{**SERVER, **changes})
    connection.autocommit = True
    return connection


def query(sql: str, parameters: Any = None, **changes: Any) -> List[Any]:
    connection = connect(**changes)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@contextlib.contextmanager
def database(name: str, sql: str = SCHEMA) -> Iterator[str]:
    """A database of that name with `sql` in it; gone at the end, whoever is connected."""
    query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    query(f'CREATE DATABASE "{name}"')
    try:
        if sql:
            query(sql, dbname=name)
        yield name
    finally:
        query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def wait_for(what: str, condition: Callable[[], Any], limit: float = 10) -> Any:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {limit} s")


class FaultyProxy:
    """Stands before the server on a TCP port and fails when the `at`-th statement is sent.

    `how` is `close` (the connection ends), `reset` (it ends with an RST), `half` (the statement
    is answered, and the answer ends in the middle of a message), `stall` (nothing more is
    forwarded), or None. `at` 0 is the connecting itself.
    """

    def __init__(
        self,
        at: Optional[int] = None,
        how: Optional[str] = None,
        server: Optional[Dict[str, str]] = None,
        says: Optional[Tuple[bytes, bytes]] = None,
    ) -> None:
        """`server` is another than the scratch server; `says` puts the one of two words of the same
        length, wherever the server says it, in the place of the other."""
        self.at, self.how = at, how
        self.target, self.says = server or SERVER, says
        self.statements = 0
        self.cut = b""
        """The message that came to nothing."""
        self.open = 0
        self.failed = threading.Event()
        self.on_statement: Optional[Callable[[int], None]] = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._sockets: List[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "FaultyProxy":
        return self

    def __exit__(self, *_: Any) -> None:
        for each in [self._listener] + self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def url(self, name: str, user: str = "postgres", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{name}"

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(client)
            self.open += 1
            if self.at == 0 and self.how in ("close", "reset"):
                self._end(client)
                continue
            if self.at == 0 and self.how == "stall":
                self.failed.set()
                continue
            server = socket.socket(socket.AF_UNIX)
            self._sockets.append(server)
            try:
                server.connect(f"{self.target['host']}/.s.PGSQL.{self.target.get('port', '5432')}")
            except OSError:
                client.close()
                continue
            state = {"half": False, "stalled": False}
            for work in (self._to_server, self._to_client):
                threading.Thread(target=work, args=(client, server, state), daemon=True).start()

    def _end(self, client: socket.socket) -> None:
        self.failed.set()
        if self.how == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        client.close()

    @staticmethod
    def _hang_up(server: socket.socket) -> None:
        # Closing alone would not end what another thread waits for.
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()

    def _to_server(self, client: socket.socket, server: socket.socket, state: Any) -> None:
        held = b""
        started = False
        try:
            while True:
                data = client.recv(65536)
                if not data:
                    break
                held += data
                while True:
                    head = 1 if started else 0
                    if len(held) < head + 4:
                        break
                    size = head + struct.unpack("!I", held[head : head + 4])[0]
                    if len(held) < size:
                        break
                    message, held = held[:size], held[size:]
                    if not started:
                        code = struct.unpack("!I", message[4:8])[0]
                        # A request for TLS or GSS comes before the start proper.
                        started = code not in (80877103, 80877104)
                    elif message[:1] in (b"Q", b"P"):
                        self.statements += 1
                        if self.on_statement:
                            self.on_statement(self.statements)
                        if self.statements == self.at:
                            self.cut = message
                            if self.how in ("close", "reset"):
                                self._end(client)
                                self._hang_up(server)
                                return
                            if self.how == "stall":
                                state["stalled"] = True
                                self.failed.set()
                            if self.how == "half":
                                state["half"] = True
                    if not state["stalled"]:
                        server.sendall(message)
        except OSError:
            pass
        self._hang_up(server)

    def _to_client(self, client: socket.socket, server: socket.socket, state: Any) -> None:
        try:
            while True:
                data = server.recv(65536)
                if not data:
                    break
                if self.says:
                    data = data.replace(*self.says)
                if state["half"]:
                    client.sendall(data[: len(data) // 2])
                    self._end(client)
                    self._hang_up(server)
                    return
                if not state["stalled"]:
                    client.sendall(data)
        except OSError:
            pass
        if not state["stalled"]:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)


class FaultTest(unittest.TestCase):
    """A folder of its own with the document in it, and the checks that every fault asks for."""

    maxDiff = 4000

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.docs = self.folder / "schema.md"
        self.docs.write_text(DOCUMENT, encoding="utf-8")

    def use_database(self, name: str, sql: str = SCHEMA) -> str:
        made = database(name, sql)
        made.__enter__()
        self.addCleanup(made.__exit__, None, None, None)
        return name

    def audit(self, url: str, *more: Any, **options: Any) -> Run:
        options.setdefault("cwd", self.folder)
        return run("audit", "schema.md", "--db", url, "--format", "json", *more, **options)

    def assert_incomplete(self, seen: Run) -> None:
        """Exit 3, a report that says so, and one line of a message that says what happened."""
        self.assertEqual(seen.code, 3, seen)
        report = seen.report()
        self.assertEqual(report["verdict"], "incomplete", seen)
        self.assertTrue(report["incomplete_because"], seen)
        self.assertTrue(seen.err.startswith("schemaudit: "), seen)

    def assert_no_signal(self, seen: Run) -> None:
        self.assertIn(seen.code, (0, 1, 2, 3), seen)


def main() -> None:
    """Runs the tests of the script; all of them skipped is a skipped test."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    result = unittest.main(module="__main__", exit=False, verbosity=1).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun and len(result.skipped) == result.testsRun else 0)
