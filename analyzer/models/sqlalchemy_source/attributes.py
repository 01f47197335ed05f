"""What `owner.name` stands for, and what a call of one of the file's own classes makes."""

from __future__ import annotations

from typing import Any, Dict, List

from .value_nature import root_of
from .values import Construct, EnumMember, LocalClass, Member, Reference, Unknown, is_constant

KNOWN_ATTRIBUTES: Dict[str, Any] = {
    "typing.TYPE_CHECKING": False,
    "alembic.op.impl.__dialect__": "postgresql",
}


def attribute(owner: Any, name: str) -> Any:
    if isinstance(owner, Reference):
        path = f"{owner.path}.{name}"
        if path in KNOWN_ATTRIBUTES:
            return KNOWN_ATTRIBUTES[path]
        if path.startswith("alembic.") and path.endswith(".dialect.name"):
            return "postgresql"
        return Reference(path)
    if isinstance(owner, LocalClass):
        return class_attribute(owner, name)
    if isinstance(owner, EnumMember):
        if name in ("value", "_value_"):
            return owner.value
        if name in ("name", "_name_"):
            return owner.name
        return Unknown("an attribute of an enumeration is not read")
    if isinstance(owner, Member) and owner.name == "dialect" and name == "name":
        return "postgresql"
    if isinstance(owner, Member) and owner.name == "engine" and name == "name":
        return "postgresql"
    if name == "as_sql" and root_of(owner) == "alembic":
        return False
    if isinstance(owner, Construct) and name == "name":
        if owner.name in ("Table", "table", "Enum", "ENUM", "Sequence", "Column", "column"):
            known = owner.kwargs.get("name", owner.args[0] if owner.args else None)
            if isinstance(known, str) and not (owner.name in ("Enum", "ENUM") and owner.args):
                return known
            if owner.name in ("Enum", "ENUM") and isinstance(owner.kwargs.get("name"), str):
                return owner.kwargs["name"]
    if isinstance(owner, Construct) and name == "enums" and owner.name in ("Enum", "ENUM"):
        return list(owner.args)
    if isinstance(owner, Unknown) and name not in ("execute", "exec_driver_sql", "create"):
        return Member(owner, name)
    return Member(owner, name)


def class_attribute(cls: LocalClass, name: str) -> Any:
    if name == "__name__":
        return cls.name
    if cls.is_enumeration():
        members = {member.name: member for member in cls.enum_members()}
        if name == "__members__":
            return members
        if name in members:
            return members[name]
    if name in cls.members:
        return cls.members[name]
    return Member(Construct("local class", [cls]), name)


def called_class(cls: LocalClass, args: List[Any], kwargs: Dict[str, Any], line: int) -> Any:
    if cls.is_enumeration() and len(args) == 1:
        for member in cls.enum_members():
            if member.value == args[0]:
                return member
    return Construct("local class", [cls] + args, kwargs, line)


def is_instance(value: Any, kind: Any) -> Any:
    """`isinstance` of a constant and Python's own types."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    names = [getattr(item, "path", "") for item in kinds]
    plain = {"str": str, "int": int, "list": list, "tuple": tuple, "dict": dict, "bool": bool}
    types = tuple(plain[name[9:]] for name in names if name[9:] in plain)
    if len(types) < len(kinds) or not is_constant(value):
        return Unknown("a condition is known only when it runs")
    return isinstance(value, types)
