"""What `Mapped[...]` says of a column: its type by the annotation map, whether it may be null, and
a mapped_column() that an Annotated type carries."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from sqlalchemy_source.values import Construct, NotStatic, Reference, Scope, Unknown, first_unknown

from .python_values import DistinctType, Generic, Identified, ModelClass

LONGEST_ANNOTATION = 1_000
COLUMN_CONTAINERS = ("Mapped", "MappedColumn", "Unmapped")
RELATION_CONTAINERS = ("WriteOnlyMapped", "DynamicMapped", "Relationship")
NONE_PATHS = ("builtins.None", "types.NoneType", "builtins.NoneType")
STANDARD_TYPES = {
    "builtins.int": "Integer",
    "builtins.str": "String",
    "builtins.bool": "Boolean",
    "builtins.float": "Float",
    "builtins.bytes": "LargeBinary",
    "decimal.Decimal": "Numeric",
    "datetime.date": "Date",
    "datetime.datetime": "DateTime",
    "datetime.time": "Time",
    "datetime.timedelta": "Interval",
    "uuid.UUID": "Uuid",
}


@dataclass
class Annotation:
    """An annotation taken apart; `python_type` is what stands inside of Mapped[...]."""

    container: str
    python_type: Any
    scope: Scope

    def is_column(self) -> bool:
        return self.container in COLUMN_CONTAINERS


class AnnotationReader:
    def __init__(self, evaluator: Any) -> None:
        self._evaluator = evaluator

    def read(self, node: ast.AST, scope: Scope) -> Annotation:
        """The annotation of an attribute; its container is empty where it is not mapped."""
        value = self._evaluated(node, scope)
        if isinstance(value, Generic) and len(value.args) == 1:
            if value.name in COLUMN_CONTAINERS + RELATION_CONTAINERS:
                return Annotation(value.name, value.args[0], scope)
        return Annotation("", value, scope)

    def _evaluated(self, node: ast.AST, scope: Scope) -> Any:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self._of_text(node.value, scope)
        return self._evaluator.evaluate(node, scope)

    def _of_text(self, text: str, scope: Scope) -> Any:
        if len(text) > LONGEST_ANNOTATION:
            return Unknown("an annotation is too long to be read")
        try:
            node = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return Unknown(f"the annotation {text!r} is not Python")
        return self._evaluated(node, scope)

    def unfolded(self, value: Any, scope: Scope) -> Tuple[Any, bool]:
        """The type without its None, and whether None was there."""
        if isinstance(value, str):
            value = self._of_text(value, scope)
        if is_none(value):
            return value, True
        if not isinstance(value, Generic) or value.name not in ("Union", "Optional", "UnionType"):
            return value, False
        nullable = value.name == "Optional"
        members: List[Any] = []
        for arg in value.args:
            inner, inner_nullable = self.unfolded(arg, scope)
            nullable = nullable or inner_nullable
            if not is_none(inner):
                members.append(inner)
        if len(members) == 1:
            return members[0], nullable
        return Generic(Reference("typing.Union"), tuple(members)), nullable

    def carried_column(self, value: Any, scope: Scope) -> Optional[Construct]:
        """The mapped_column() of an Annotated type."""
        inner, _ = self.unfolded(value, scope)
        if isinstance(inner, Generic) and inner.name == "Annotated":
            for extra in inner.args[1:]:
                if isinstance(extra, Construct) and extra.name in ("mapped_column", "Column"):
                    return extra
        return None

    def nullable(self, value: Any, scope: Scope) -> bool:
        inner, nullable = self.unfolded(value, scope)
        if not nullable and isinstance(inner, Generic) and inner.name == "Annotated":
            return self.unfolded(inner.args[0], scope)[1]
        return nullable

    def sql_type(self, value: Any, scope: Scope, types: Dict[Any, Any]) -> Any:
        """The SQLAlchemy type for a Python type; NotStatic where there is none."""
        inner, _ = self.unfolded(value, scope)
        found = self._looked_up(inner, scope, types)
        if found is None and isinstance(inner, Generic) and inner.name == "Annotated":
            base, _ = self.unfolded(inner.args[0], scope)
            found = self._looked_up(base, scope, types)
        if found is None:
            unknown = first_unknown(inner)
            if unknown is not None:
                raise NotStatic(unknown.why)
            raise NotStatic(f"no column type stands for {shown(inner)}")
        return found

    def _looked_up(self, value: Any, scope: Scope, types: Dict[Any, Any]) -> Any:
        if isinstance(value, Generic) and value.name == "Literal":
            return self._literal(value, types)
        found = types.get(value) if is_hashable(value) else None
        if isinstance(value, ModelClass) and value.is_enumeration():
            return found_enumeration(value, types, found)
        if found is None and isinstance(value, Generic):
            found = types.get(renamed(value))
        if found is None and isinstance(value, Reference):
            name = STANDARD_TYPES.get(value.path)
            found = Reference(f"sqlalchemy.{name}") if name is not None else None
        if isinstance(found, Construct) and found.name == "Enum" and found.args == [ENUM_BASE]:
            return None
        return found

    def _literal(self, value: Generic, types: Dict[Any, Any]) -> Any:
        found = types.get(value)
        if found is not None and getattr(found, "name", "") != "Enum":
            return found
        if not all(isinstance(label, str) for label in value.args):
            return None
        generic = next((types[key] for key in types if is_literal_key(key)), None)
        options: Dict[str, Any] = {}
        for known in (generic, found):
            if isinstance(known, Construct) and known.name == "Enum":
                options.update(known.kwargs)
        if found is None or not found.args or found.args == [ENUM_BASE]:
            options["native_enum"] = False
        return copied_enumeration("sqlalchemy.Enum", list(value.args), options)


ENUM_BASE = Reference("enum.Enum")


def found_enumeration(cls: ModelClass, types: Dict[Any, Any], exact: Any) -> Any:
    """The type of an enumeration: its own entry of the map, that of a base, or the default."""
    entry = exact
    for base in cls.mro()[1:]:
        if entry is None and is_hashable(base) and base in types:
            candidate = types[base]
            if getattr(candidate, "name", "") == "Enum":
                entry = candidate
    if entry is None or (isinstance(entry, Reference) and entry.path.endswith(".Enum")):
        return copied_enumeration("sqlalchemy.Enum", [cls], {})
    if isinstance(entry, Construct) and entry.name == "Enum":
        args = [cls] if entry.args == [ENUM_BASE] else entry.args
        return copied_enumeration(entry.path, args, entry.kwargs)
    return entry


def copied_enumeration(path: str, args: List[Any], kwargs: Dict[str, Any]) -> Identified:
    """The type that SQLAlchemy makes for an annotation; it never takes the metadata's schema."""
    options = dict(kwargs)
    if not options.get("inherit_schema") and "metadata" not in options:
        options.setdefault("schema", None)
    return Identified(path, args, options)


def is_literal_key(key: Any) -> bool:
    return isinstance(key, Reference) and key.path.endswith(".Literal")


def is_none(value: Any) -> bool:
    return value is None or (isinstance(value, Reference) and value.path in NONE_PATHS)


def is_hashable(value: Any) -> bool:
    return isinstance(value, (Reference, Generic, ModelClass, DistinctType, str))


def renamed(value: Generic) -> Generic:
    """`typing.Dict[str, int]` and `dict[str, int]` are looked up as one."""
    path = getattr(value.origin, "path", "")
    if path.startswith("typing.") and value.name in ("Dict", "List", "Tuple", "Set"):
        return Generic(Reference(f"builtins.{value.name.lower()}"), value.args)
    if path.startswith("builtins."):
        return Generic(Reference(f"typing.{value.name.capitalize()}"), value.args)
    return value


def shown(value: Any) -> str:
    if isinstance(value, Reference):
        return value.path.rsplit(".", 1)[-1]
    if isinstance(value, Generic):
        return f"{value.name}[{', '.join(shown(arg) for arg in value.args[:5])}]"
    return str(getattr(value, "name", value))[:80]
