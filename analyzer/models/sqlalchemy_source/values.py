"""The values a file computes, as far as they can be known without running it.

Constants are plain Python values. Everything else is one of the classes below: a name that an
import brought, a call whose meaning depends on the library that was called, or Unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Dict, List, Optional, Set, Tuple


@dataclass(frozen=True)
class Unknown:
    """A value that is known only when the file runs; `partial` is the text known around it."""

    why: str
    partial: str = ""


@dataclass(frozen=True)
class Reference:
    """A name as its imports spell it: `sa.Column` is `sqlalchemy.Column`."""

    path: str


@dataclass
class Construct:
    """What a call of a library's name returns: `sa.Column("id", sa.Integer())`."""

    path: str
    args: List[Any] = field(default_factory=list)
    kwargs: Dict[str, Any] = field(default_factory=dict)
    line: int = 0
    column: int = 0
    file: str = ""

    @property
    def name(self) -> str:
        return last_part(self.path)


@lru_cache(maxsize=10_000)
def last_part(path: str) -> str:
    return path.rsplit(".", 1)[-1]


@dataclass
class Member:
    """An attribute of a library's object: `table.c`, `bind.dialect`."""

    owner: Any
    name: str


@dataclass
class MethodCall:
    """A call of such an attribute: `sa.column("a").desc()`."""

    owner: Any
    name: str
    args: List[Any]
    kwargs: Dict[str, Any]


@dataclass
class Binary:
    """An operator between values of which at least one stands for SQL."""

    operator: str
    left: Any
    right: Any


@dataclass
class Unary:
    operator: str
    operand: Any


@dataclass
class LocalFunction:
    """A function or lambda of the file itself."""

    name: str
    node: Any
    scope: "Scope"
    opaque: Optional[str] = None
    """Why a call cannot be followed in its place: a decorator, a generator, a coroutine."""


@dataclass
class LocalClass:
    """A class of the file itself, with the constants of its body."""

    name: str
    bases: List[Any]
    members: Dict[str, Any]

    def is_enumeration(self) -> bool:
        return any(
            (isinstance(base, Reference) and base.path.startswith("enum."))
            or (isinstance(base, LocalClass) and base.is_enumeration())
            for base in self.bases
        )

    def enum_members(self) -> List["EnumMember"]:
        return [
            EnumMember(self, name, value)
            for name, value in self.members.items()
            if not name.startswith("_") and not isinstance(value, LocalFunction)
        ]


@dataclass
class EnumMember:
    owner: LocalClass
    name: str
    value: Any


class QuotedName(str):
    """A name whose quoting the file decides itself: `quoted_name("Order", quote=True)`."""

    quote: Optional[bool] = None


@dataclass
class Batch:
    """The object that `op.batch_alter_table` hands out; its operations run when the block ends."""

    table: str
    schema: Optional[str]
    refusal: Optional[str] = None
    pending: List[Dict[str, Any]] = field(default_factory=list)


class Scope:
    """Names of one function, over those of the module."""

    def __init__(self, parent: Optional["Scope"] = None) -> None:
        self.parent = parent
        self.names: Dict[str, Any] = {}
        self.outer_names: Set[str] = set()

    def find(self, name: str) -> Tuple[bool, Any]:
        scope: Optional[Scope] = self
        while scope is not None:
            if name in scope.names:
                return True, scope.names[name]
            scope = scope.parent
        return False, None

    def assign(self, name: str, value: Any) -> None:
        if name in self.outer_names and self.parent is not None:
            holder = self.parent
            while name not in holder.names and holder.parent is not None:
                holder = holder.parent
            holder.names[name] = value
        else:
            self.names[name] = value

    def size(self) -> int:
        return len(self.names) + (self.parent.size() if self.parent is not None else 0)

    def copied(self) -> "Scope":
        """The same names over copies of their containers, for a run that must leave no trace."""
        copy = Scope(self.parent.copied() if self.parent is not None else None)
        copy.outer_names = set(self.outer_names)
        copy.names = {name: copied_container(value) for name, value in self.names.items()}
        return copy


def copied_container(value: Any, depth: int = 0) -> Any:
    if depth > 4:
        return value
    if isinstance(value, list):
        return [copied_container(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: copied_container(item, depth + 1) for key, item in value.items()}
    if isinstance(value, set):
        return set(value)
    return value


CONSTANT_TYPES = (str, bytes, int, float, bool, type(None), complex)


DEEPEST_CONSTANT = 100


def is_constant(value: Any, depth: int = 0) -> bool:
    """Whether Python itself knows the value, with everything in it."""
    if isinstance(value, CONSTANT_TYPES):
        return True
    if depth > DEEPEST_CONSTANT:  # A list may hold itself.
        return False
    depth += 1
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(is_constant(item, depth) for item in value)
    if isinstance(value, dict):
        return all(is_constant(k, depth) and is_constant(v, depth) for k, v in value.items())
    return False


def first_unknown(value: Any, depth: int = 0) -> Optional[Unknown]:
    """The first Unknown in a value, so that a message can say what was not known."""
    if isinstance(value, Unknown):
        return value
    if depth > 30:
        return None
    inner: List[Any] = []
    if isinstance(value, (list, tuple, set, frozenset)):
        inner = list(value)
    elif isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, (Construct, MethodCall)):
        inner = list(value.args) + list(value.kwargs.values())
        if isinstance(value, MethodCall):
            inner.append(value.owner)
    elif isinstance(value, Binary):
        inner = [value.left, value.right]
    elif isinstance(value, Unary):
        inner = [value.operand]
    elif isinstance(value, Member):
        inner = [value.owner]
    for item in inner:
        found = first_unknown(item, depth + 1)
        if found is not None:
            return found
    return None


def is_symbolic(value: Any) -> bool:
    return isinstance(value, (Construct, MethodCall, Member, Binary, Unary))


class NotStatic(Exception):
    """What an operation would do cannot be told without running it; the text says why."""
