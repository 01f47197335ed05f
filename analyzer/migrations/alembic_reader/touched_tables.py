"""Which tables something that cannot be read may touch, as far as its text tells."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, List

from sqlalchemy_source.values import Binary, Construct, Member, MethodCall, Unknown

NAME = r'((?:"[^"\n]+"|[\w$]+)(?:\.(?:"[^"\n]+"|[\w$]+))*)'
BEFORE_A_TABLE = re.compile(
    r"\b(?:TABLE|INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COLUMN"
    r"|(?:INDEX|TRIGGER|POLICY|RULE|GRANT|REVOKE)\b[^;]{0,300}?\bON)\s+"
    r"(?:ONLY\s+|IF\s+(?:NOT\s+)?EXISTS\s+|TABLE\s+)*" + NAME,
    re.IGNORECASE,
)
NO_TABLES = frozenset(
    """delete update conflict commit column table schema index type constraint function view
    database extension sequence if not select only set where true false""".split()
)
ROWS_ONLY = re.compile(
    r"\s*(?:INSERT\s+INTO\b|UPDATE\b|DELETE\s+FROM\b|SELECT\s+\d+\s*;?\s*$"
    r"|SELECT\b(?![^;]*\bINTO\b)[^;]*\bFROM\b)[^;]*;?\s*$",
    re.IGNORECASE,
)
LONGEST_SCANNED = 200_000


def tables_in_sql(text: str) -> List[str]:
    names = []
    for match in BEFORE_A_TABLE.finditer(text[:LONGEST_SCANNED]):
        name = match.group(1)
        if name.lower() in NO_TABLES or name.isdigit():
            continue
        if re.match(r"(?i)column", match.group(0)):
            name = name.rsplit(".", 1)[0] if "." in name else ""
        if name:
            names.append(name.replace('"', ""))
    return unique(names)


def changes_rows_only(text: str) -> bool:
    return ROWS_ONLY.match(text[:LONGEST_SCANNED]) is not None


def unique(names: Iterable[str]) -> List[str]:
    return list(dict.fromkeys(names))


def known_text(value: Any, depth: int = 0) -> str:
    """The text around what is unknown in a value."""
    if depth > 30:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Unknown):
        return value.partial
    if isinstance(value, Binary):
        return known_text(value.left, depth + 1) + " " + known_text(value.right, depth + 1)
    if isinstance(value, Construct):
        return " ".join(known_text(item, depth + 1) for item in value.args)
    if isinstance(value, (MethodCall, Member)):
        return known_text(value.owner, depth + 1)
    if isinstance(value, (list, tuple)):
        return " ".join(known_text(item, depth + 1) for item in value)
    return ""


def tables_of_rows(value: Any) -> List[str]:
    """The table of an INSERT, UPDATE or DELETE that is built with SQLAlchemy."""
    for _ in range(40):
        if isinstance(value, Construct):
            if value.name in ("Table", "table") and value.args and isinstance(value.args[0], str):
                schema = value.kwargs.get("schema")
                prefix = f"{schema}." if isinstance(schema, str) else ""
                return [prefix + value.args[0]]
            if value.path == "local class" and value.args:
                name = value.args[0].members.get("__tablename__")
                return [name] if isinstance(name, str) else []
            value = value.args[0] if value.args else None
        elif isinstance(value, (MethodCall, Member)):
            value = value.owner
        elif hasattr(value, "members"):
            name = value.members.get("__tablename__")
            return [name] if isinstance(name, str) else []
        else:
            return []
    return []


def tables_of_operations(operations: List[Dict[str, Any]]) -> List[str]:
    names: List[str] = []
    for operation in operations:
        names += operation.get("may_touch", [])
        names += operation.get("rows", [])
        names += tables_in_sql(operation.get("sql", ""))
        names += tables_of_operations(operation.get("then", []))
        names += tables_of_operations(operation.get("else", []))
    return unique(names)
