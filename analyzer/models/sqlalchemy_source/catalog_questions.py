"""What a revision asks the database before it acts: "is there a column `c` of table `t`?"

Such a question has no answer without the database, but whoever replays the statements knows the
schema at that point. So it is kept as it is, and both branches are told.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Optional

from .values import Construct, Member, MethodCall, Reference

# What an inspector's method lists, and whether it lists names or descriptions with a name.
LISTS = {
    "get_table_names": ("table", True),
    "get_view_names": ("view", True),
    "get_schema_names": ("schema", True),
    "get_columns": ("column", False),
    "get_indexes": ("index", False),
    "get_unique_constraints": ("constraint", False),
    "get_foreign_keys": ("constraint", False),
    "get_check_constraints": ("constraint", False),
}


@dataclass(frozen=True)
class CatalogObjects:
    """The tables of a schema, or the columns, indexes or constraints of a table."""

    kind: str
    table: Optional[str]
    schema: Optional[str]
    are_names: bool


@dataclass(frozen=True)
class CatalogQuestion:
    """Whether the catalog has the object (or, with `exists` false, has it not)."""

    kind: str
    name: str
    table: Optional[str]
    schema: Optional[str]
    exists: bool = True

    def negated(self) -> "CatalogQuestion":
        return replace(self, exists=not self.exists)

    def described(self) -> Dict[str, Any]:
        return {
            "kind": self.kind,
            "schema": self.schema,
            "table": self.table,
            "name": self.name,
            "exists": self.exists,
        }


@dataclass(frozen=True)
class CatalogCondition:
    """Several questions of which all, or any, must be answered with yes."""

    mode: str
    parts: tuple

    def negated(self) -> "CatalogCondition":
        mode = "any" if self.mode == "all" else "all"
        return CatalogCondition(mode, tuple(part.negated() for part in self.parts))

    def described(self) -> Dict[str, Any]:
        return {self.mode: [part.described() for part in self.parts]}


def is_condition(value: Any) -> bool:
    return isinstance(value, (CatalogQuestion, CatalogCondition))


def combined(mode: str, parts: List[Any]) -> Any:
    """All or any of questions and known truths, simplified; None where a part is neither."""
    absorbing = mode == "any"
    questions: List[Any] = []
    for part in parts:
        if is_condition(part):
            questions.append(part)
        elif part is None or isinstance(part, (bool, int, str)):
            if bool(part) == absorbing:
                return absorbing
        else:
            return None
    if not questions:
        return not absorbing
    return questions[0] if len(questions) == 1 else CatalogCondition(mode, tuple(questions))


def chosen(condition: Any, then: Any, otherwise: Any) -> Any:
    """The value that is `then` where the condition holds; None where it is no condition itself."""
    yes = combined("all", [condition, then])
    no = combined("all", [condition.negated(), otherwise])
    return None if yes is None or no is None else combined("any", [yes, no])


def asked(owner: Any, method: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
    """The answer of an inspector's method, None where it is not such a method."""
    args = [arg for arg in args if not isinstance(arg, (Construct, Member, MethodCall, Reference))]
    names = {key: value for key, value in kwargs.items() if key not in ("bind", "connection")}
    values = args + list(names.values())
    if not all(isinstance(value, str) or value is None for value in values):
        return None
    if method == "has_table":
        table, schema = taken(args, names, ["table_name", "schema"])
        return CatalogQuestion("table", table, None, schema) if table else None
    if method == "has_index":
        table, name, schema = taken(args, names, ["table_name", "index_name", "schema"])
        return CatalogQuestion("index", name, table, schema) if table and name else None
    if method not in LISTS:
        return None
    kind, are_names = LISTS[method]
    if kind in ("table", "view", "schema"):
        (schema,) = taken(args, names, ["schema"])
        return CatalogObjects(kind, None, schema, are_names)
    table, schema = taken(args, names, ["table_name", "schema"])
    return CatalogObjects(kind, table, schema, are_names) if table else None


def taken(args: List[Any], kwargs: Dict[str, Any], names: List[str]) -> List[Any]:
    values = dict(zip(names, args))
    values.update(kwargs)
    return [values.get(name) for name in names]


def membership(operator: str, name: Any, objects: Any) -> Any:
    """`name in objects`, None where that is no question to the catalog."""
    if not isinstance(objects, CatalogObjects) or not objects.are_names:
        return None
    if not isinstance(name, str):
        return None
    question = CatalogQuestion(objects.kind, name, objects.table, objects.schema)
    return question if operator == "in" else question.negated()


def taken_from(objects: CatalogObjects, target: ast.AST, element: ast.AST) -> Any:
    """The names of the described objects: `[c["name"] for c in inspector.get_columns("t")]`."""
    if not isinstance(target, ast.Name):
        return None
    if objects.are_names:
        same = isinstance(element, ast.Name) and element.id == target.id
        return objects if same else None
    return replace(objects, are_names=True) if is_name_of(element, target.id) else None


def is_name_of(node: ast.AST, variable: str) -> bool:
    """`c["name"]` or `c.get("name")`."""
    if isinstance(node, ast.Subscript):
        owner, key = node.value, getattr(node.slice, "value", None)
        key = getattr(key, "value", key)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        owner, key = node.func.value, getattr(node.args[0], "value", None)
        if node.func.attr != "get":
            return False
    else:
        return False
    return isinstance(owner, ast.Name) and owner.id == variable and key == "name"
