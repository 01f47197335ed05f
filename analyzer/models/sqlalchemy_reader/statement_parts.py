"""The parts that the statements of a table are made of, each with its place in the models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from sqlalchemy_source.tables import ForeignKey, quoted
from sqlalchemy_source.values import Construct

from .declarations import DeclaredColumn, Table
from .python_values import Place

OTHER_DATABASES = ("mysql_", "mariadb_", "sqlite_", "mssql_", "oracle_")


@dataclass
class SqlStatement:
    """A statement, and for each of its lines where that stands in the models."""

    sql: str
    places: List[Place]
    table: Optional[Table] = None


@dataclass
class Key:
    """A foreign key with the table that it refers to, where a model declares it."""

    key: ForeignKey
    place: Place
    target: Optional[Table]
    label: str


@dataclass
class RenderedTable:
    """What creates a table: types before it, the table, and what follows it."""

    table: Table
    before: List[SqlStatement] = field(default_factory=list)
    lines: List[Tuple[str, Place]] = field(default_factory=list)
    keys: List[Key] = field(default_factory=list)
    after: List[SqlStatement] = field(default_factory=list)


def with_quoting(column: DeclaredColumn) -> Any:
    return quoted(column.name, column.options.get("quote"))


def quoted_table(table: Table) -> Any:
    return quoted(table.name, table.options.get("quote"))


def given_name(construct: Construct) -> Any:
    if "name" in construct.kwargs:
        return construct.kwargs["name"]
    if construct.name == "Index" and construct.args:
        return construct.args[0] if isinstance(construct.args[0], str) else None
    if construct.name == "CheckConstraint" and len(construct.args) > 1:
        return construct.args[1]
    return None


def with_name(construct: Construct, name: Optional[str]) -> Construct:
    options = {**construct.kwargs, "name": name}
    return Construct(construct.path, construct.args[:1], options)


def postgresql_options(options: Dict[str, Any]) -> Dict[str, Any]:
    return {
        key: value
        for key, value in options.items()
        if not key.startswith(OTHER_DATABASES) and key not in ("info", "comment_")
    }
