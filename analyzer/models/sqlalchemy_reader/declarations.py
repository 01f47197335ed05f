"""What the model files declare: metadata objects, tables with their parts, and problems met."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Dict, List, Optional, Set, Tuple

from sqlalchemy_source.values import (
    Construct,
    Member,
    NotStatic,
    Reference,
    first_unknown,
)

from .python_values import Identified, MappedAttribute, ModelClass, Place

MOST_COLUMNS = 100_000
MOST_PROBLEMS = 200_000
TABLE_PARTS = (
    "PrimaryKeyConstraint",
    "UniqueConstraint",
    "CheckConstraint",
    "ForeignKeyConstraint",
    "ExcludeConstraint",
)
SQLALCHEMY_ROOTS = ("sqlalchemy", "sqlmodel", "flask_sqlalchemy")


class TooManyColumns(Exception):
    """The files declare more than any real schema holds."""


@dataclass
class Problem:
    """What could not be read, or would not work, and what it is about."""

    kind: str
    message: str
    place: Place
    table: Optional["Table"] = None
    column: Optional[str] = None
    attribute: Optional[str] = None
    """The part of the table or column that is not known, where that is what is told."""


@dataclass(eq=False)
class DeclaredColumn:
    """A column with its type and parts still as the file's values."""

    key: str
    name: Any
    type: Any
    items: List[Any]
    options: Dict[str, Any]
    place: Place
    sources: List[Any] = field(default_factory=list)
    """The constructs it stands for, so that one named elsewhere is recognised."""
    annotated_nullable: Optional[bool] = None
    type_problem: Optional[str] = None
    order: int = 0


@dataclass(eq=False)
class Part:
    """A constraint or an index of a table."""

    construct: Construct
    place: Place


@dataclass(eq=False)
class Table:
    name: Any
    schema: Any
    metadata: "Metadata"
    place: Place
    options: Dict[str, Any] = field(default_factory=dict)
    columns: List[DeclaredColumn] = field(default_factory=list)
    parts: List[Part] = field(default_factory=list)
    class_name: Optional[str] = None
    perhaps: Optional[str] = None
    construct: Any = None

    def key(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else str(self.name)

    def find(self, key: str) -> Optional[DeclaredColumn]:
        for column in self.columns:
            if column.key == key:
                return column
        return None

    def find_source(self, construct: Any) -> Optional[DeclaredColumn]:
        for column in self.columns:
            if any(source is construct for source in column.sources):
                return column
        return None


@dataclass(eq=False)
class Metadata:
    construct: Construct
    tables: Dict[str, Table] = field(default_factory=dict)
    sequences: List[Construct] = field(default_factory=list)
    enums: List[Construct] = field(default_factory=list)

    def option(self, name: str, position: int) -> Any:
        if name in self.construct.kwargs:
            return self.construct.kwargs[name]
        args = self.construct.args
        return args[position] if len(args) > position else None

    @property
    def schema(self) -> Any:
        return self.option("schema", 0)

    def naming_convention(self) -> Dict[str, Any]:
        given = self.option("naming_convention", 2)
        if given is None or given == {}:
            return {"ix": "ix_%(column_0_label)s"}
        if not isinstance(given, dict):
            unknown = first_unknown(given)
            why = unknown.why if unknown is not None else "it is no dictionary in the files"
            raise NotStatic(f"the naming convention cannot be told: {why}")
        short = {
            "Index": "ix",
            "PrimaryKeyConstraint": "pk",
            "CheckConstraint": "ck",
            "UniqueConstraint": "uq",
            "ForeignKeyConstraint": "fk",
        }
        return {
            short.get(key.path.rsplit(".", 1)[-1], key.path)
            if isinstance(key, Reference)
            else key: value
            for key, value in given.items()
        }


class Declarations:
    def __init__(self, version: Optional[Tuple[int, int]] = None) -> None:
        self.version = version
        """The version of SQLAlchemy that the models are for, where it was said."""
        self.metadatas: List[Metadata] = []
        self.tables: List[Table] = []
        self.problems: List[Problem] = []
        self.loose_parts: List[Part] = []
        self.classes = 0
        self.mapped_classes = 0
        self._columns = 0
        self._incomplete: Set[int] = set()

    def unread(self, place: Place, message: str) -> None:
        self.problem(Problem("unread_file", message, place))

    def problem(self, problem: Problem) -> None:
        if problem.attribute == "columns" and problem.table is not None:
            self._incomplete.add(id(problem.table))
        if len(self.problems) < MOST_PROBLEMS and problem not in self.problems[-5:]:
            self.problems.append(problem)

    def may_have_more_columns(self, table: Table) -> bool:
        return id(table) in self._incomplete

    def not_static(
        self,
        place: Place,
        message: str,
        table: Optional[Table] = None,
        column: Optional[str] = None,
        attribute: Optional[str] = None,
    ) -> None:
        self.problem(Problem("not_static", message, place, table, column, attribute))

    def would_not_import(
        self, place: Place, message: str, table: Optional[Table] = None, column: Any = None
    ) -> None:
        self.problem(Problem("would_not_import", message, place, table, column))

    def new_metadata(self, construct: Construct) -> Metadata:
        metadata = Metadata(construct)
        self.metadatas.append(metadata)
        return metadata

    def add_table(self, table: Table) -> None:
        table.metadata.tables.setdefault(table.key(), table)
        self.tables.append(table)

    def add_column(self, table: Table, column: DeclaredColumn) -> None:
        self._columns += 1
        if self._columns > MOST_COLUMNS:
            raise TooManyColumns()
        table.columns.append(column)


def place_of(value: Any, otherwise: Place) -> Place:
    """Where a construct was written, as far as it says so itself."""
    if isinstance(value, Construct) and value.line and value.file:
        return Place(value.file, value.line, value.column)
    return otherwise


def is_sqlalchemy(value: Any, *names: str) -> bool:
    return isinstance(value, Construct) and name_in_sqlalchemy(value.path) in names


@lru_cache(maxsize=10_000)
def name_in_sqlalchemy(path: str) -> str:
    """`Column` of `sqlalchemy.schema.Column`; empty for what another library calls so."""
    root, _, rest = path.partition(".")
    return rest.rsplit(".", 1)[-1] if root in SQLALCHEMY_ROOTS else ""


def table_of_value(value: Any) -> Optional[Table]:
    """The table that `users`, `User.__table__` or `User` names."""
    if isinstance(value, Identified) and isinstance(value.declared, Table):
        return value.declared
    if isinstance(value, ModelClass):
        return value.table
    return None


def column_of_value(value: Any) -> "Optional[tuple[Table, DeclaredColumn]]":
    """The column that `User.email` or `users.c.email` names, with its table."""
    if isinstance(value, MappedAttribute):
        for cls in value.owner.classes():
            column = cls.attributes.get(value.name)
            if column is not None and cls.table is not None:
                return cls.table, column
        return None
    if isinstance(value, Member) and isinstance(value.owner, Member):
        if value.owner.name in ("c", "columns"):
            table = table_of_value(value.owner.owner)
            column = table.find(value.name) if table is not None else None
            return (table, column) if table is not None and column is not None else None
    return None


__all__ = [
    "DeclaredColumn",
    "Declarations",
    "Metadata",
    "Part",
    "Problem",
    "Table",
    "column_of_value",
    "is_sqlalchemy",
    "place_of",
    "table_of_value",
]
