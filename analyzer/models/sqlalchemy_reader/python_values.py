"""What a model file computes beyond plain values: modules, classes, generic types, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from sqlalchemy_source.values import (
    Construct,
    EnumMember,
    LocalClass,
    LocalFunction,
    Member,
    Reference,
    Scope,
)


class ById:
    """A value that equals itself alone, though its kind compares by what it holds."""

    def __eq__(self, other: Any) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Place(NamedTuple):
    """Where something stands; lines and columns count from 1, and 0 is an unknown one."""

    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(eq=False)
class Module:
    """A file that was run, or is being run."""

    file: str
    name: str
    scope: Scope
    is_done: bool = False


@dataclass(eq=False)
class Function(ById, LocalFunction):
    """A function with what decorates it."""

    file: str = ""
    decorators: List[Any] = field(default_factory=list)

    def is_declared_attr(self) -> bool:
        return any("declared_attr" in decorator_path(value) for value in self.decorators)

    def is_cascading(self) -> bool:
        return any(decorator_path(value).endswith("cascading") for value in self.decorators)

    def is_property(self) -> bool:
        paths = [decorator_path(value) for value in self.decorators]
        return any(path.endswith(("property", "classproperty")) for path in paths)


@dataclass(eq=False)
class BoundFunction(ById, LocalFunction):
    """A class method taken from a class: `cls.make_name`."""

    owner: Any = None
    function: Optional[Function] = None


@dataclass(eq=False)
class ModelClass(ById, LocalClass):
    """A class with all that its body says, and the table it is mapped to, if it is."""

    place: Place = Place()
    module: str = ""
    scope: Scope = field(default_factory=Scope)
    keywords: Dict[str, Any] = field(default_factory=dict)
    decorators: List[Any] = field(default_factory=list)
    annotations: Dict[str, Any] = field(default_factory=dict)
    order: List[str] = field(default_factory=list)
    places: Dict[str, Place] = field(default_factory=dict)
    is_base: bool = False
    """Whether it is a declarative base: what derives from it is mapped."""
    names_tables: bool = False
    """Whether tables are named after their classes, as Flask-SQLAlchemy's are."""
    perhaps: Optional[str] = None
    """Why only running tells whether it is declared at all."""
    table: Any = None
    is_mapped: bool = False
    attributes: Dict[str, Any] = field(default_factory=dict)
    """The mapped columns by attribute, those of inherited tables left out."""
    _mro: Optional[List[Any]] = None

    def mro(self) -> List[Any]:
        """The class and those it derives from, in the order in which Python looks them up."""
        if self._mro is None:
            self._mro = [self]  # A class cannot derive from itself, but hostile files may try.
            self._mro = linearised(self)
        return self._mro

    def classes(self) -> Iterator["ModelClass"]:
        return (cls for cls in self.mro() if isinstance(cls, ModelClass))

    def derives_from(self, *paths: str) -> bool:
        return any(isinstance(cls, Reference) and cls.path in paths for cls in self.mro())

    def is_enumeration(self) -> bool:
        return any(isinstance(cls, Reference) and is_enum_base(cls.path) for cls in self.mro())

    def is_text(self) -> bool:
        """Whether its members are texts too: `class Kind(str, Enum)`."""
        return self.derives_from("builtins.str", "enum.StrEnum")

    def enum_members(self) -> List[EnumMember]:
        """Its members; a second name of an earlier value is none of its own."""
        members: List[EnumMember] = []
        for name, value in self.members.items():
            if name.startswith("_") or isinstance(value, LocalFunction):
                continue
            if any(same_value(member.value, value) for member in members):
                continue
            members.append(EnumMember(self, name, value))
        return members

    def order_of_names(self) -> List[str]:
        """The names of its body, as they come first."""
        known = set(self.order)
        return self.order + [name for name in self.members if name not in known]

    def enum_aliases(self) -> List[str]:
        """The second names of its members' values."""
        own = {member.name for member in self.enum_members()}
        return [
            name
            for name, value in self.members.items()
            if not name.startswith("_") and not isinstance(value, LocalFunction) and name not in own
        ]

    def find(self, name: str) -> Tuple[bool, Any, Optional["ModelClass"]]:
        for cls in self.classes():
            if name in cls.members:
                return True, cls.members[name], cls
        return False, None, None


MOST_BASES = 400


def same_value(one: Any, other: Any) -> bool:
    return type(one) is type(other) and isinstance(one, (str, int, float)) and one == other


def is_enum_base(path: str) -> bool:
    return path.startswith("enum.") or path.endswith((".StrEnum", "strenum.LowercaseStrEnum"))


def linearised(cls: ModelClass) -> List[Any]:
    """C3, as Python does it; bases that contradict each other stand in the order they come."""
    bases = [base for base in cls.bases if isinstance(base, (ModelClass, Reference))]
    bases += [
        base.origin
        for base in cls.bases
        if isinstance(base, Generic) and isinstance(base.origin, (ModelClass, Reference))
    ]
    if len(bases) == 1:
        only = bases[0]
        return [cls] + (only.mro()[:MOST_BASES] if isinstance(only, ModelClass) else [only])
    queues = [list(base.mro()) if isinstance(base, ModelClass) else [base] for base in bases]
    if sum(len(queue) for queue in queues) > MOST_BASES:
        return [cls] + list({id_of(item): item for queue in queues for item in queue}.values())
    queues.append(list(bases))
    result: List[Any] = [cls]
    while any(queues):
        queues = [queue for queue in queues if queue]
        tails = {id_of(item) for queue in queues for item in queue[1:]}
        head = next((q[0] for q in queues if id_of(q[0]) not in tails), queues[0][0])
        result.append(head)
        queues = [[item for item in queue if id_of(item) != id_of(head)] for queue in queues]
    return result


def id_of(value: Any) -> Any:
    return value.path if isinstance(value, Reference) else id(value)


@dataclass(frozen=True)
class Generic:
    """A type with arguments: `Mapped[int]`, `Annotated[str, 50]`, `int | None`."""

    origin: Any
    args: Tuple[Any, ...]

    def __hash__(self) -> int:
        return hash((id_of(self.origin), len(self.args)))

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Generic) or len(other.args) != len(self.args):
            return False
        pairs = zip((self.origin,) + self.args, (other.origin,) + other.args)
        return all(one is two or one == two for one, two in pairs)

    @property
    def name(self) -> str:
        """The last part of what takes the arguments: `Mapped`, `Optional`, `list`."""
        path = getattr(self.origin, "path", getattr(self.origin, "name", ""))
        return str(path).rsplit(".", 1)[-1]


@dataclass(eq=False)
class DistinctType:
    """`NewType("UserId", int)`."""

    name: str
    base: Any


@dataclass(eq=False)
class Identified(ById, Construct):
    """A construct that is one thing wherever it is named: a table, a metadata, a registry."""

    declared: Any = None


@dataclass(eq=False)
class MappedAttribute(ById, Member):
    """`User.email`: the attribute of a mapped class."""


class FinalName(str):
    """A name that no naming convention changes: `conv("fk_a_b")`."""


def decorator_path(value: Any) -> str:
    if isinstance(value, Reference):
        return value.path
    if isinstance(value, Construct):
        return value.path
    return getattr(value, "name", "") if isinstance(value, Member) else ""
