"""Runs the real SQLAlchemy over every model of tests/models/sqlalchemy and compares.

For each file or package two databases are made beside the one of DATABASE_URL: one by
`metadata.create_all`, one by the SQL that the reader told without running the file. They are
compared by `schemaudit diff`; and so are the models themselves, as a source, with the first.

    schemaudit scratch -- sh -c 'python3 tests/models/compare_with_sqlalchemy.py build/schemaudit'

It needs a Python with sqlalchemy and psycopg2. `classic` models are those of SQLAlchemy 1.4 and
later, `typed` those of 2.0 and later, `flask` and `flask_typed` those of Flask-SQLAlchemy over
either; what the installed versions cannot run is skipped by name. Names after the program's path
choose the models to compare.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

HERE = Path(__file__).resolve().parent
READER = HERE.parents[1] / "analyzer" / "models" / "sqlalchemy_reader"
BYSTANDER = "CREATE TABLE bystander (id integer)"
"""A table of neither side, since a comparison of nothing with nothing proves nothing."""
EXTENSIONS = ("citext", "hstore", "btree_gist", "pg_trgm")

try:
    import psycopg2
    import sqlalchemy
    from psycopg2.extensions import make_dsn
    from sqlalchemy import MetaData, create_engine

    INSTALLED: Tuple[int, ...] = tuple(int(part) for part in sqlalchemy.__version__.split(".")[:2])
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed")
    sys.exit(77)


def database_url(name: str) -> str:
    """DATABASE_URL, for another database of the same server."""
    return make_dsn(os.environ["DATABASE_URL"], dbname=name)


def execute(url: str, *statements: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


def models() -> Iterator[Tuple[str, Path]]:
    """Every model file and package, with the kind it is of."""
    for kind in ("classic", "typed", "flask", "flask_typed"):
        for path in sorted((HERE / "sqlalchemy" / kind).iterdir()):
            if path.suffix == ".py" or (path / "__init__.py").exists():
                yield kind, path


def why_skipped(kind: str) -> str:
    if kind.endswith("typed") and INSTALLED < (2, 0):
        return f"SQLAlchemy {sqlalchemy.__version__} is older than 2.0"
    if kind.startswith("flask"):
        try:
            importlib.import_module("flask_sqlalchemy")
        except ImportError:
            return "Flask-SQLAlchemy is not installed"
    return ""


def metadatas_of(path: Path) -> List[Any]:
    """The MetaData objects of the imported models, as their names and classes hold them."""
    sys.path.insert(0, str(path.parent))
    try:
        module = importlib.import_module(path.stem)
    finally:
        sys.path.pop(0)
    found: List[Any] = []
    for value in vars(module).values():
        metadata = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
        if isinstance(metadata, MetaData) and not any(metadata is known for known in found):
            found.append(metadata)
    return found


def create_with_sqlalchemy(metadatas: List[Any], url: str) -> None:
    engine = create_engine("postgresql+psycopg2://", creator=lambda: psycopg2.connect(url))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for metadata in metadatas:
            metadata.create_all(engine)
    engine.dispose()


def told(path: Path) -> Dict[str, Any]:
    version = f"{INSTALLED[0]}.{INSTALLED[1]}"
    command = [sys.executable, "-I", str(READER), "--sqlalchemy", version, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def schemas_of(document: Dict[str, Any], metadatas: List[Any]) -> List[str]:
    names = {table.schema for metadata in metadatas for table in metadata.tables.values()}
    names |= {getattr(metadata, "schema", None) for metadata in metadatas}
    names |= {table["schema"] for table in document["tables"]}
    return sorted(name for name in names if name) + ["kinds"]


def compare(schemaudit: str, kind: str, path: Path) -> List[str]:
    """What is wrong with what the reader told of a model."""
    document = told(path)
    faults = [f"{p['file']}:{p['line']}: {p['message']}" for p in document["problems"]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        metadatas = metadatas_of(path)
    name = f"{kind}_{path.stem}"
    before = [f"CREATE EXTENSION {extension}" for extension in EXTENSIONS]
    before += [f'CREATE SCHEMA "{schema}"' for schema in schemas_of(document, metadatas)]
    before.append(BYSTANDER)
    urls = []
    for side in ("run", "read"):
        execute(os.environ["DATABASE_URL"], f"CREATE DATABASE {name}_{side}")
        urls.append(database_url(f"{name}_{side}"))
        execute(urls[-1], *before)
    create_with_sqlalchemy(metadatas, urls[0])
    try:
        execute(urls[1], *[statement["sql"] for statement in document["statements"]])
    except psycopg2.Error as error:
        return faults + [f"PostgreSQL refuses what was told: {error}"]
    made = sum(len(metadata.tables) for metadata in metadatas)
    if made == 0 or made != len(document["tables"]):
        faults.append(f"{made} tables are made, {len(document['tables'])} are told")
    result = subprocess.run(
        [schemaudit, "diff", f"db:{urls[0]}", f"db:{urls[1]}"], capture_output=True, text=True
    )
    if result.returncode != 0:
        faults.append(result.stdout + result.stderr)
    faults += faults_as_source(schemaudit, path, urls[0])
    for url in ("run", "read"):
        execute(os.environ["DATABASE_URL"], f"DROP DATABASE {name}_{url}")
    return faults


def faults_as_source(schemaudit: str, path: Path, url: str) -> List[str]:
    """What the program itself, given the models as a source, says otherwise than the database."""
    command = [schemaudit, "diff", f"models:{path}", f"db:{url}", "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode not in (0, 1):
        return [f"as a source: {result.stderr}"]
    return [
        f"as a source: {difference['message']}"
        for difference in json.loads(result.stdout)["differences"]
        if difference["object"]["name"] != "bystander"
    ]


def main(arguments: List[str]) -> int:
    schemaudit, wanted = arguments[0], arguments[1:]
    failed, equal = [], 0
    sys.dont_write_bytecode = True
    for kind, path in models():
        if wanted and path.stem not in wanted:
            continue
        reason = why_skipped(kind)
        if reason:
            print(f"skipped {kind}/{path.stem}: {reason}")
            continue
        try:
            faults = compare(schemaudit, kind, path)
        except Exception as error:
            faults = [f"SQLAlchemy refuses it: {type(error).__name__}: {error}"]
        for fault in faults:
            print(f"== {kind}/{path.stem}: {fault}", flush=True)
        if faults:
            failed.append(path.stem)
        else:
            equal += 1
    print(f"SQLAlchemy {sqlalchemy.__version__}: {equal} models are equal")
    if failed:
        print("differ: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
