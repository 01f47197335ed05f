"""Runs the real Alembic over every chain of tests/migrations/alembic and compares.

For each chain, databases are made beside the one of DATABASE_URL: one that Alembic upgrades to its
heads, and one that it upgrades and downgrades again. Each is compared, by `schemaudit diff`, with
the SQL that the reader told for the same steps.

    schemaudit scratch -- sh -c 'python3 tests/migrations/compare_with_alembic.py build/schemaudit'

It needs a Python with alembic, sqlalchemy and psycopg2. A text after the program's path names the
chains to compare, else all are.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Optional

HERE = Path(__file__).resolve().parent
READER = HERE.parents[1] / "analyzer" / "migrations" / "alembic_reader"
BYSTANDER = "CREATE TABLE bystander (id integer);\n"
"""A table of neither side, since a comparison of nothing with nothing proves nothing."""
QUESTIONS = {
    "table": "SELECT 1 FROM pg_tables WHERE schemaname = %(schema)s AND tablename = %(name)s",
    "column": "SELECT 1 FROM information_schema.columns WHERE table_schema = %(schema)s "
    "AND table_name = %(table)s AND column_name = %(name)s",
    "index": "SELECT 1 FROM pg_indexes WHERE schemaname = %(schema)s "
    "AND tablename = %(table)s AND indexname = %(name)s",
    "constraint": "SELECT 1 FROM pg_constraint WHERE conname = %(name)s",
    "type": "SELECT 1 FROM pg_type WHERE typname = %(name)s "
    "AND typnamespace = %(schema)s::regnamespace",
}
ENVIRONMENT = """
import os

import psycopg2
from alembic import context
from sqlalchemy import create_engine

engine = create_engine(
    "postgresql+psycopg2://", creator=lambda: psycopg2.connect(os.environ["COMPARED_DATABASE"])
)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""


def read_chain(folder: Path) -> List[Dict[str, Any]]:
    """The chain's revisions, each after those it follows or depends on."""
    output = subprocess.run(
        [sys.executable, str(READER), str(folder)], check=True, capture_output=True, text=True
    ).stdout
    document = json.loads(output)
    problems = document["problems"] + [p for r in document["revisions"] for p in r["problems"]]
    if problems:
        raise SystemExit(f"{folder}: {problems}")
    waiting = {revision["revision"]: revision for revision in document["revisions"]}
    ordered: List[Dict[str, Any]] = []
    while waiting:
        ready = [
            revision
            for revision in waiting.values()
            if not any(p in waiting for p in revision["down_revision"] + revision["depends_on"])
        ]
        if not ready:
            raise SystemExit(f"{folder}: its revisions go round in a circle")
        ordered += ready
        for revision in ready:
            del waiting[revision["revision"]]
    return ordered


class Script:
    """The SQL of one run, as far as a database on which it is run statement by statement decides.

    That database answers what revisions ask of the catalog before they act.
    """

    def __init__(self, url: str) -> None:
        import psycopg2

        self._connection = psycopg2.connect(url)
        self._connection.autocommit = True
        self._made: set = set()
        self.lines: List[str] = []

    def start_of_a_run(self) -> None:
        self._made = set()

    def add(self, operations: List[Dict[str, Any]]) -> None:
        for operation in operations:
            if "condition" in operation:
                holds = self._holds(operation["condition"])
                self.add(operation["then" if holds else "else"])
            elif "unanalysed" in operation:
                self.lines.append(f"-- line {operation['line']}: {operation['unanalysed']}")
            elif "sql" in operation and not self._is_needless(operation.get("unless")):
                self.lines.append(operation["sql"])
                self._connection.cursor().execute(operation["sql"])

    def _is_needless(self, unless: Optional[Dict[str, Any]]) -> bool:
        if unless is None:
            return False
        if unless["when"] == "exists":
            return self._exists({**unless, "table": None})
        key = (unless["schema"], unless["name"])
        was_made = key in self._made
        self._made.add(key)
        return was_made

    def _holds(self, condition: Dict[str, Any]) -> bool:
        if "all" in condition:
            return all(self._holds(part) for part in condition["all"])
        if "any" in condition:
            return any(self._holds(part) for part in condition["any"])
        return self._exists(condition) == condition["exists"]

    def _exists(self, named: Dict[str, Any]) -> bool:
        cursor = self._connection.cursor()
        values = {**named, "schema": named["schema"] or "public"}
        cursor.execute(QUESTIONS[named["kind"]], values)
        return cursor.fetchone() is not None


def database_url(name: str) -> str:
    """DATABASE_URL, for another database of the same server."""
    from psycopg2.extensions import make_dsn

    return make_dsn(os.environ["DATABASE_URL"], dbname=name)


def execute(url: str, statement: str) -> None:
    import psycopg2

    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def alembic(chain: Path, url: str, *arguments: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        locations = os.pathsep.join(
            str(folder)
            for folder in [chain / "versions", *(chain / "versions").glob("*/")]
            if folder.name != "__pycache__"
        )
        Path(place, "env.py").write_text(ENVIRONMENT)
        Path(place, "script.py.mako").write_text("")
        Path(place, "alembic.ini").write_text(
            f"[alembic]\nscript_location = {place}\nversion_path_separator = os\n"
            f"version_locations = {locations}\n"
        )
        command = [sys.executable, "-m", "alembic", "-c", f"{place}/alembic.ini", *arguments]
        environment = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "COMPARED_DATABASE": url,
        }
        subprocess.run(command, check=True, env=environment)


def differs(schemaudit: str, script: Path, url: str) -> bool:
    result = subprocess.run([schemaudit, "diff", f"sql:{script}", f"db:{url}"])
    return result.returncode != 0


def compare(schemaudit: str, chain: Path, out: Path) -> List[str]:
    revisions = read_chain(chain)
    failures = []
    for step in ("up", "down"):
        name = f"{chain.name}_{step}"
        execute(os.environ["DATABASE_URL"], f"CREATE DATABASE {name}_told")
        told = Script(database_url(f"{name}_told"))
        for revision in revisions:
            told.add(revision["upgrade"])
        told.start_of_a_run()
        for revision in reversed(revisions) if step == "down" else []:
            told.add(revision["downgrade"])
        script = out / f"{name}.sql"
        script.write_text(BYSTANDER + "\n".join(told.lines) + "\n")
        execute(os.environ["DATABASE_URL"], f"CREATE DATABASE {name}")
        url = database_url(name)
        execute(url, BYSTANDER)
        alembic(chain, url, "upgrade", "heads")
        if step == "down":
            alembic(chain, url, "downgrade", "base")
        execute(url, "DROP TABLE alembic_version")
        print(f"== {name}", flush=True)
        if differs(schemaudit, script, url):
            failures.append(name)
    return failures


def missing_module() -> str:
    """What of the oracle is not installed; empty where all of it is."""
    for name in ("alembic", "sqlalchemy", "psycopg2"):
        if importlib.util.find_spec(name) is None:
            return name
    return ""


def main(arguments: List[str]) -> int:
    if missing_module():
        print(f"skipped: {missing_module()} is not installed")
        return 77
    schemaudit, wanted = arguments[0], arguments[1:]
    chains = sorted(path.parent for path in (HERE / "alembic").glob("*/versions"))
    failures: List[str] = []
    with tempfile.TemporaryDirectory() as place:
        out = Path(os.environ.get("COMPARE_OUT", place))
        for chain in chains:
            if not wanted or chain.name in wanted:
                failures += compare(schemaudit, chain, out)
    print("differ: " + ", ".join(failures) if failures else "every chain is equal")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
