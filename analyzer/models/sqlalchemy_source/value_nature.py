"""What is to be told of a value without knowing it: its parts, its library, whether it is true."""

from __future__ import annotations

from typing import Any, List, Optional

from .catalog_questions import CatalogObjects, is_condition
from .values import (
    Batch,
    Binary,
    Construct,
    EnumMember,
    LocalClass,
    LocalFunction,
    Member,
    MethodCall,
    Reference,
    Unary,
    Unknown,
    is_symbolic,
)


def parts_of(value: Any) -> List[Any]:
    """What a container or a value that stands for SQL is made of."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, dict):
        return list(value) + list(value.values())
    if isinstance(value, Construct):
        return value.args + list(value.kwargs.values()) if value.kwargs else value.args
    if isinstance(value, MethodCall):
        return [value.owner] + value.args + list(value.kwargs.values())
    if isinstance(value, Binary):
        return [value.left, value.right]
    if isinstance(value, Unary):
        return [value.operand]
    return [value.owner] if isinstance(value, Member) else []


def root_of(value: Any) -> str:
    """The library that an object comes from: `sqlalchemy`, `alembic`, or what it is otherwise."""
    for _ in range(60):
        if isinstance(value, (Member, MethodCall)):
            value = value.owner
        elif isinstance(value, Binary):
            value = value.left
        elif isinstance(value, (Construct, Reference)):
            return value.path.split(".", 1)[0]
        else:
            return "local class" if isinstance(value, LocalClass) else type(value).__name__
    return ""


def truth_of(value: Any) -> Optional[bool]:
    if isinstance(value, (Unknown, Reference, CatalogObjects)) or is_symbolic(value):
        return None
    if is_condition(value):
        return None
    if isinstance(value, (LocalFunction, LocalClass, EnumMember, Batch)):
        return True
    return bool(value)


def as_unknown(value: Any) -> Unknown:
    if isinstance(value, Unknown):
        return value
    return Unknown("a condition is known only when it runs")


def partial_text(value: Any) -> str:
    if isinstance(value, Unknown):
        return value.partial or "?"
    return value if isinstance(value, str) else ""


def joined_unknown(left: Any, right: Any) -> Unknown:
    why = left.why if isinstance(left, Unknown) else right.why
    return Unknown(why, partial_text(left) + partial_text(right))
