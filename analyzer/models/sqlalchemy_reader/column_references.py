"""Columns named in expressions: `User.email`, `users.c.email`, a column of the same class body.

They become plain column names, as an index or a constraint of the table states them.
"""

from __future__ import annotations

from typing import Any, List, Optional

from sqlalchemy_source.naming import qualified, text_literal
from sqlalchemy_source.values import (
    Binary,
    Construct,
    EnumMember,
    Member,
    MethodCall,
    NotStatic,
    Unary,
    first_unknown,
)

from .declarations import DeclaredColumn, Table, column_of_value, is_sqlalchemy
from .python_values import MappedAttribute, ModelClass

DEEPEST_EXPRESSION = 200
ORDERS = ("desc", "asc", "nulls_first", "nulls_last", "nullsfirst", "nullslast")


class ColumnReferences:
    """Replaces the columns of one table, and remembers which ones it met."""

    def __init__(self, table: Optional[Table]) -> None:
        self.table = table
        self.met: List[DeclaredColumn] = []

    def replaced(self, value: Any, depth: int = 0) -> Any:
        if depth > DEEPEST_EXPRESSION:
            raise NotStatic("an expression is nested too deeply to be read")
        column = self._column(value)
        if column is not None:
            if column not in self.met:
                self.met.append(column)
            return Construct("sqlalchemy.column", [column.name])
        depth += 1
        if isinstance(value, MethodCall):
            if value.name == "next_value" and is_sqlalchemy(value.owner, "Sequence"):
                return next_value(value.owner)
            owner = self.replaced(value.owner, depth)
            args = [self.replaced(arg, depth) for arg in value.args]
            return MethodCall(owner, value.name, args, value.kwargs)
        if isinstance(value, Construct):
            return self._construct(value, depth)
        if isinstance(value, Binary):
            left, right = self.replaced(value.left, depth), self.replaced(value.right, depth)
            return Binary(value.operator, left, right)
        if isinstance(value, Unary):
            return Unary(value.operator, self.replaced(value.operand, depth))
        if isinstance(value, (list, tuple)):
            return type(value)(self.replaced(item, depth) for item in value)
        if isinstance(value, EnumMember) and isinstance(value.value, str):
            if isinstance(value.owner, ModelClass) and value.owner.is_text():
                return value.value
        if isinstance(value, MappedAttribute):
            raise NotStatic(f"{value.owner.name}.{value.name} is no column that is read")
        return value

    def _construct(self, value: Construct, depth: int) -> Any:
        if value.path.endswith("func.next_value") and value.args:
            if is_sqlalchemy(value.args[0], "Sequence"):
                return next_value(value.args[0])
        args = [self.replaced(arg, depth) for arg in value.args]
        if value.name in ORDERS and len(args) == 1 and isinstance(args[0], str):
            args = [Construct("sqlalchemy.column", [self.name_of_key(args[0])])]
        return Construct(value.path, args, value.kwargs, value.line, value.column, value.file)

    def _column(self, value: Any) -> Optional[DeclaredColumn]:
        if isinstance(value, Member):
            found = column_of_value(value)
            if found is None:
                return None
            if self.table is None:
                self.table = found[0]
            return found[1]
        if is_sqlalchemy(value, "Column", "mapped_column") and self.table is not None:
            return self.table.find_source(value)
        return None

    def name_of_key(self, key: str) -> str:
        column = self.table.find(key) if self.table is not None else None
        if column is None:
            return key
        if column not in self.met:
            self.met.append(column)
        return str(column.name)

    def columns(self, values: List[Any]) -> List[DeclaredColumn]:
        """The columns of a key or a constraint, given by name or as themselves."""
        found: List[DeclaredColumn] = []
        for value in values:
            column: Optional[DeclaredColumn] = None
            if isinstance(value, str) and self.table is not None:
                column = self.table.find(value)
            elif not isinstance(value, str):
                column = self._column(value)
            if column is None:
                raise MissingColumn(value)
            found.append(column)
        return found


class MissingColumn(NotStatic):
    """A constraint names a column that the table has not, or that cannot be told."""

    def __init__(self, value: Any) -> None:
        unknown = first_unknown(value)
        self.name = value if isinstance(value, str) else None
        if self.name is not None:
            super().__init__(f"it names the column {value}, which its table has not")
        else:
            why = unknown.why if unknown is not None else "it is not in the files"
            super().__init__(f"a column that it names cannot be told: {why}")


def next_value(sequence: Construct) -> Construct:
    name = sequence.args[0] if sequence.args else sequence.kwargs.get("name")
    return Construct("sqlalchemy.literal_column", [nextval(name, sequence_schema(sequence))])


def nextval(name: Any, schema: Any) -> str:
    return f"nextval({text_literal(qualified(name, schema))})"


def sequence_schema(sequence: Construct) -> Any:
    """A sequence without a schema of its own is in that of its metadata."""
    if "schema" in sequence.kwargs:
        return sequence.kwargs["schema"]
    metadata = getattr(sequence.kwargs.get("metadata"), "declared", None)
    return metadata.schema if metadata is not None else None
