"""Names of constraints and indexes by the naming convention of a MetaData object."""

from __future__ import annotations

import re
from typing import Any, List, Optional

from sqlalchemy_source.naming import shortened
from sqlalchemy_source.values import LocalFunction, NotStatic, first_unknown

from .declarations import DeclaredColumn, Table
from .python_values import FinalName

TOKEN = re.compile(r"%\(([^)]*)\)s")
COLUMN_TOKEN = re.compile(r"^(referred_)?column_(\d+)(_?N)?_(name|key|label)$")


class UnnamedConstraint(Exception):
    """The convention asks for a constraint's own name, and it has none."""


class ConstraintNamer:
    """The names in one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._convention = table.metadata.naming_convention()

    def name(
        self,
        kind: str,
        given: Any,
        columns: List[DeclaredColumn],
        referred: Optional[Table] = None,
        referred_columns: Optional[List[str]] = None,
        referred_name: str = "",
    ) -> Optional[str]:
        """The constraint's name; None where it is left to PostgreSQL."""
        unknown = first_unknown(given)
        if unknown is not None:
            raise NotStatic(f"the name of a constraint cannot be told: {unknown.why}")
        if given is not None and not isinstance(given, str):
            raise NotStatic("the name of a constraint is no text in the files")
        pattern = self._convention.get(kind)
        if isinstance(given, FinalName) or pattern is None:
            return given
        if not isinstance(pattern, str):
            raise NotStatic("the naming convention is computed by code")
        if given is not None and "constraint_name" not in pattern:
            return given
        values = Tokens(self._table, given, columns, referred_columns or [], referred_name)
        parts: List[str] = []
        position = 0
        for match in TOKEN.finditer(pattern):
            parts.append(pattern[position : match.start()].replace("%%", "%"))
            parts.append(self._token(match.group(1), values))
            position = match.end()
        parts.append(pattern[position:].replace("%%", "%"))
        return shortened("".join(parts))

    def _token(self, token: str, values: "Tokens") -> str:
        if token in self._convention:
            if isinstance(self._convention[token], LocalFunction):
                raise NotStatic(f"%({token})s of the naming convention is computed by code")
            raise NotStatic(f"%({token})s of the naming convention cannot be told")
        return values.value(token)


class Tokens:
    def __init__(
        self,
        table: Table,
        given: Optional[str],
        columns: List[DeclaredColumn],
        referred_columns: List[str],
        referred_name: str,
    ) -> None:
        self._table = table
        self._given = given
        self._columns = columns
        self._referred_columns = referred_columns
        self._referred_name = referred_name

    def value(self, token: str) -> str:
        if token == "table_name":
            return str(self._table.name)
        if token == "referred_table_name":
            return self._referred_name
        if token == "constraint_name":
            if self._given is None:
                raise UnnamedConstraint()
            return self._given
        match = COLUMN_TOKEN.match(token)
        if match is None:
            raise NotStatic(f"%({token})s of the naming convention is not read")
        is_referred, position, several, attribute = match.groups()
        count = len(self._referred_columns) if is_referred else len(self._columns)
        if several is not None:
            separator = "_" if several.startswith("_") else ""
            names = [self._one(bool(is_referred), n, attribute) for n in range(count)]
            return separator.join(names)
        return self._one(bool(is_referred), int(position), attribute)

    def _one(self, is_referred: bool, position: int, attribute: str) -> str:
        if is_referred:
            names = self._referred_columns
            return names[position] if position < len(names) else ""
        if position >= len(self._columns):
            return ""
        column = self._columns[position]
        if attribute == "key":
            return column.key
        if attribute == "label":
            schema = f"{self._table.schema.replace('.', '_')}_" if self._table.schema else ""
            return f"{schema}{self._table.name}_{column.name}"
        return str(column.name)
