"""The columns of a mapped class: its own attributes, and those of its mixins and abstract bases."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, Tuple

from sqlalchemy_source.values import Construct, NotStatic, Unknown, first_unknown

from .annotations import Annotation, AnnotationReader
from .core_tables import column_of_construct
from .declarations import Declarations, DeclaredColumn, Table, is_sqlalchemy, place_of
from .python_values import Function, ModelClass, Place

WRAPPERS = ("deferred", "column_property")
Collected = List[Tuple[str, DeclaredColumn]]


class ClassColumns:
    def __init__(
        self, evaluator: Any, annotations: AnnotationReader, declarations: Declarations
    ) -> None:
        self._evaluator = evaluator
        self._annotations = annotations
        self._declarations = declarations

    def collected(self, cls: ModelClass) -> Collected:
        """The columns that the class brings to its table, by attribute."""
        found: Collected = []
        seen: set = set()
        for base in cls.classes():
            if base is not cls and base.is_mapped:
                found += self._cascading(cls, base)
                seen |= set(base.members) | set(base.annotations) | set(base.attributes)
                continue
            for name in base.order_of_names():
                if name in seen or name.startswith("__"):
                    continue
                found += self._of_attribute(cls, base, name)
            seen |= set(base.members) | set(base.annotations)
        return found

    def _cascading(self, cls: ModelClass, base: ModelClass) -> Collected:
        found: Collected = []
        for owner in base.classes():
            for name, value in owner.members.items():
                if isinstance(value, Function) and value.is_cascading() and name not in cls.members:
                    if not name.startswith("__"):
                        found += self._of_attribute(cls, owner, name)
        return found

    def _of_attribute(self, cls: ModelClass, base: ModelClass, name: str) -> Iterator[Any]:
        place = base.places.get(name, base.place)
        value = base.members.get(name)
        annotation: Optional[Annotation] = None
        if name in base.annotations:
            annotation = self._annotations.read(base.annotations[name], base.scope)
        if isinstance(value, Function):
            if not value.is_declared_attr():
                return iter(())
            node = getattr(value.node, "returns", None)
            annotation = self._annotations.read(node, base.scope) if node is not None else None
            value = self._evaluator.call(value, [cls])
            if isinstance(value, Unknown) and (annotation is None or annotation.is_column()):
                self._unknown_attribute(cls, name, place, value)
                return iter(())
        if isinstance(value, Construct) and is_sqlalchemy(value, "composite"):
            return iter(self._of_composite(value, annotation, place))
        if value is None:
            if annotation is None or not annotation.is_column():
                return iter(())
        elif not is_column_value(value):
            if isinstance(value, Unknown) and annotation is not None and annotation.is_column():
                self._unknown_attribute(cls, name, place, value)
            return iter(())
        column = self._column(cls, name, value, annotation, place)
        return iter([(name, column)] if column is not None else [])

    def _unknown_attribute(self, cls: ModelClass, name: str, place: Place, value: Unknown) -> None:
        message = f"whether the attribute {name} of {cls.name} is a column cannot be told: "
        self._declarations.not_static(
            place, message + value.why, cls.table, name, attribute="column"
        )

    def of_value(
        self, cls: ModelClass, name: str, value: Any, place: Place
    ) -> Optional[DeclaredColumn]:
        """The column of an attribute that is set on a class later."""
        return self._column(cls, name, value, None, place) if is_column_value(value) else None

    def add_core_column(self, table: Table, item: Construct, place: Place) -> None:
        column = column_of_construct(item, place)
        if isinstance(column.name, str):
            self._declarations.add_column(table, column)

    def _of_composite(
        self, value: Construct, annotation: Optional[Annotation], place: Place
    ) -> Collected:
        """`composite(Point, mapped_column("x"), mapped_column("y"))`."""
        found: Collected = []
        args = list(value.args)
        kind: Any = None
        if args and isinstance(args[0], ModelClass):
            kind = args.pop(0)
        elif annotation is not None:
            kind = self._annotations.unfolded(annotation.python_type, annotation.scope)[0]
        fields = list(kind.annotations.items()) if isinstance(kind, ModelClass) else []
        for position, item in enumerate(args):
            if not is_sqlalchemy(item, "Column", "mapped_column"):
                continue
            key, inner = (None, None)
            if position < len(fields) and isinstance(kind, ModelClass):
                key = fields[position][0]
                read = self._annotations.read(fields[position][1], kind.scope)
                inner = Annotation("Mapped", read.python_type, read.scope)
            owner = kind if isinstance(kind, ModelClass) else ModelClass("", [], {})
            column = self._column(owner, key, item, inner, place_of(item, place))
            if column is not None:
                found.append((f"{column.key}", column))
        return found

    def _column(
        self,
        cls: ModelClass,
        name: Optional[str],
        value: Any,
        annotation: Optional[Annotation],
        place: Place,
    ) -> Optional[DeclaredColumn]:
        given, value = value, unwrapped(value)
        construct = value if isinstance(value, Construct) else Construct("sqlalchemy.Column")
        column = column_of_construct(construct, place, name)
        column.sources = [value] if value is not None else []
        if not isinstance(column.name, str):
            unknown = first_unknown(column.name)
            message = f"the column of the attribute {name} of {cls.name} is left out, since its "
            message += f"name cannot be told: {unknown.why if unknown else 'it is no text'}"
            self._declarations.not_static(place, message, cls.table, attribute="columns")
            return None
        is_mapped_column = value is None or construct.name == "mapped_column"
        is_annotated = annotation is not None and annotation.is_column() and given is value
        if annotation is not None and is_annotated and is_mapped_column:
            self._take_annotation(cls, column, annotation)
        order = column.options.get("sort_order")
        column.order = order if isinstance(order, int) else 0
        if is_mapped_column:
            options = column.options
            if "insert_default" in options:
                options["default"] = options["insert_default"]
        return column

    def _take_annotation(
        self, cls: ModelClass, column: DeclaredColumn, annotation: Annotation
    ) -> None:
        kind, scope = annotation.python_type, annotation.scope
        column.annotated_nullable = self._annotations.nullable(kind, scope)
        carried = self._annotations.carried_column(kind, scope)
        if carried is not None:
            inner = column_of_construct(carried, column.place)
            column.type = inner.type if column.type is None else column.type
            column.items = inner.items + column.items
            column.options = merged(inner.options, column.options)
            column.sources.append(carried)
        if column.type is not None or has_foreign_key(column):
            return
        try:
            column.type = self._annotations.sql_type(kind, scope, self._type_map(cls))
        except NotStatic as not_static:
            column.type_problem = str(not_static)

    def _type_map(self, cls: ModelClass) -> Dict[Any, Any]:
        """The annotation map of the class's registry."""
        for base in cls.classes():
            registry: Any = base.members.get("registry")
            given = [base.members.get("type_annotation_map")]
            if is_sqlalchemy(registry, "registry"):
                given.append(registry.kwargs.get("type_annotation_map"))
            for value in given:
                if isinstance(value, dict):
                    return value
                if isinstance(value, Unknown):
                    raise NotStatic(f"the map of types to columns cannot be told: {value.why}")
        return {}


def merged(inner: Dict[str, Any], outer: Dict[str, Any]) -> Dict[str, Any]:
    """The options of a column over those of its Annotated type."""
    options = {key: value for key, value in inner.items() if key not in ("name", "key")}
    options.update(outer)
    for flag in ("primary_key", "index", "unique"):
        if inner.get(flag) is True:
            options[flag] = True
    return options


def has_foreign_key(column: DeclaredColumn) -> bool:
    return any(is_sqlalchemy(item, "ForeignKey") for item in column.items)


def is_column_value(value: Any) -> bool:
    return value is None or is_sqlalchemy(unwrapped(value), "Column", "mapped_column")


def unwrapped(value: Any) -> Any:
    """The column inside of `deferred(...)` or `column_property(...)`."""
    for _ in range(3):
        if not is_sqlalchemy(value, *WRAPPERS) or not value.args:
            return value
        value = value.args[0]
    return value


__all__ = ["ClassColumns"]
