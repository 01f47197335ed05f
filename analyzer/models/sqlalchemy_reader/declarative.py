"""Which classes are mapped, and the tables that their bodies, mixins and bases declare.

The order of looking things up follows SQLAlchemy's own scan of a class.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from sqlalchemy_source.values import (
    Construct,
    Member,
    Reference,
    Unknown,
    first_unknown,
)

from .annotations import AnnotationReader
from .class_columns import ClassColumns
from .core_tables import schema_of
from .declarations import (
    TABLE_PARTS,
    Declarations,
    Metadata,
    Part,
    Table,
    is_sqlalchemy,
    place_of,
    table_of_value,
)
from .flask_database import table_name_of
from .python_values import Function, Generic, Identified, ModelClass, Place, decorator_path

DECLARATIVE_BASES = ("DeclarativeBase", "DeclarativeBaseNoMeta")
MAPPING_DECORATORS = ("mapped", "mapped_as_dataclass")
# Bases from libraries that are known to bring no columns.
PLAIN_ROOTS = frozenset(
    """builtins typing typing_extensions abc enum dataclasses sqlalchemy collections pydantic
    flask_login sqlalchemy_serializer marshmallow json datetime uuid""".split()
)


class Declarative:
    def __init__(self, evaluator: Any, declarations: Declarations) -> None:
        self._evaluator = evaluator
        self._declarations = declarations
        self._annotations = AnnotationReader(evaluator)
        self._columns = ClassColumns(evaluator, self._annotations, declarations)
        self._unseen_metadata: Dict[str, Metadata] = {}

    # Bases

    def base_of_call(
        self, function: str, args: List[Any], kwargs: Dict[str, Any], place: Place
    ) -> ModelClass:
        """`declarative_base()`, `registry.generate_base()`, `automap_base()`."""
        given = kwargs.get("cls")
        name = kwargs.get("name")
        bases = [given] if isinstance(given, ModelClass) else []
        base = ModelClass(name if isinstance(name, str) else "Base", bases, {})
        base.place, base.is_base = place, True
        metadata = kwargs.get("metadata")
        registry = kwargs.get("registry")
        if metadata is not None:
            base.members["metadata"] = metadata
        if registry is not None:
            base.members["registry"] = registry
        if "type_annotation_map" in kwargs:
            base.members["type_annotation_map"] = kwargs["type_annotation_map"]
        if function == "automap_base":
            message = "an automap base takes its tables from the database"
            self._declarations.not_static(place, message)
        return base

    def special_attribute(self, cls: ModelClass, name: str) -> Any:
        """`__table__`, `metadata` and `registry` as a class has them."""
        if name == "__table__":
            for base in cls.classes():
                if base.table is not None:
                    return base.table.construct
                if "__table__" in base.members:
                    return base.members["__table__"]
            return Member(Construct("local class", [cls]), name)
        if name == "registry":
            registry = cls.find("registry")[1]
            if is_sqlalchemy(registry, "registry"):
                return registry
        metadata = self._metadata_value(cls)
        if name == "metadata" and metadata is not None:
            return metadata
        return Member(Construct("local class", [cls]), name)

    def _metadata_value(self, cls: ModelClass) -> Any:
        """The MetaData object of the class; a base that names none gets one of its own."""
        for base in cls.classes():
            value = base.members.get("metadata")
            if isinstance(value, Function) and value.is_declared_attr():
                value = self._evaluator.call(value, [cls])
            if isinstance(getattr(value, "declared", None), Metadata):
                return value
            if isinstance(value, Unknown) and not base.is_mapped:
                return value
            registry = base.members.get("registry")
            if is_sqlalchemy(registry, "registry"):
                return self._evaluator.metadata_of_registry(registry)
            if is_base(base):
                base.members["metadata"] = self._evaluator.new_metadata(base.place)
                return base.members["metadata"]
        return None

    def _registry_of_decorators(self, cls: ModelClass) -> Optional[Any]:
        """The registry of `@reg.mapped` and its kin, None where the class has none."""
        for decorator in cls.decorators:
            member = getattr(decorator, "owner", None) if not is_call(decorator) else None
            if isinstance(decorator, Member) and decorator.name in MAPPING_DECORATORS:
                return decorator.owner
            if getattr(decorator, "name", "") in MAPPING_DECORATORS:
                if member is not None:
                    return member
                args = getattr(decorator, "args", [])
                if args and is_sqlalchemy(args[0], "registry"):
                    return args[0]
                return getattr(decorator, "owner", None)
        return None

    def _make_base(self, cls: ModelClass) -> None:
        """Marks a class that is a declarative base itself."""
        for decorator in cls.decorators:
            path = decorator_path(decorator) or getattr(decorator, "name", "")
            if path.rsplit(".", 1)[-1] in ("as_declarative", "as_declarative_base"):
                cls.is_base = True
                options = getattr(decorator, "kwargs", {})
                owner = getattr(decorator, "owner", None)
                if is_sqlalchemy(owner, "registry"):
                    cls.members["registry"] = owner
                for name in ("metadata", "type_annotation_map"):
                    if name in options:
                        cls.members[name] = options[name]
        for base in cls.bases:
            path = base.path if isinstance(base, Reference) else ""
            if path.startswith("sqlalchemy.") and path.endswith(DECLARATIVE_BASES):
                cls.is_base = True
        metaclass = cls.keywords.get("metaclass")
        if isinstance(metaclass, Reference) and metaclass.path.endswith(".DeclarativeMeta"):
            if not any(is_base(base) for base in cls.mro()[1:]):
                cls.is_base = True

    # Classes

    def declare(self, cls: ModelClass) -> None:
        """Maps the class, if it is one to be mapped."""
        self._make_base(cls)
        registry = self._registry_of_decorators(cls)
        if registry is not None:
            cls.members.setdefault("registry", registry)
        elif cls.is_base or not self._has_base(cls):
            if not cls.is_base:
                self._look_at_unmapped(cls)
            return
        if cls.members.get("__abstract__"):
            return
        if is_reflected(cls):
            message = f"the class {cls.name} takes its table from the database"
            self._declarations.not_static(cls.place, message)
            return
        self._declarations.mapped_classes += 1
        self._map(cls)

    @staticmethod
    def _has_base(cls: ModelClass) -> bool:
        return any(is_base(base) or is_mapped(base) for base in cls.mro()[1:])

    def _look_at_unmapped(self, cls: ModelClass) -> None:
        """A class that has a table's name, but whose base is not in the files."""
        if cls.derives_from("sqlmodel.SQLModel", "sqlmodel.main.SQLModel"):
            if cls.keywords.get("table") is True:
                message = f"the class {cls.name} is a SQLModel table, which is not read"
                self._declarations.not_static(cls.place, message)
            return
        unseen = unseen_base(cls)
        if unseen is None:
            return
        has_name = isinstance(cls.members.get("__tablename__"), str)
        has_columns = any(
            is_sqlalchemy(value, "Column", "mapped_column") for value in cls.members.values()
        )
        if has_name and has_columns and not cls.members.get("__abstract__"):
            self._declarations.mapped_classes += 1
            self._map(cls)

    def _map(self, cls: ModelClass) -> None:
        parent = next((base for base in list(cls.classes())[1:] if base.is_mapped), None)
        cls.is_mapped = True
        self._check_reserved(cls)
        name = self._table_name(cls, parent)
        fixed = self._fixed_table(cls)
        if fixed is not None:
            self._map_fixed(cls, fixed)
            return
        if isinstance(name, Unknown):
            message = f"the table of {cls.name} is left out, since its name cannot be told: "
            self._declarations.not_static(cls.place, message + name.why)
            return
        if name is None and parent is not None and parent.table is not None:
            self._map_single_table(cls, parent)
            return
        if not isinstance(name, str) or not name:
            if name is None and cls.derives_from(*CONCRETE_BASES):
                cls.is_mapped = False
                return
            message = f"the class {cls.name} has no table and no __tablename__"
            self._declarations.would_not_import(cls.place, message)
            return
        self._map_table(cls, name)

    def _check_reserved(self, cls: ModelClass) -> None:
        """Since 2.1 SQLAlchemy only warns of an attribute called metadata."""
        if (self._declarations.version or (2, 0)) >= (2, 1):
            return
        value = cls.members.get("metadata")
        is_property = is_sqlalchemy(value, "Column", "mapped_column", "relationship")
        if is_property or ("metadata" in cls.annotations and "metadata" not in cls.members):
            place = cls.places.get("metadata", cls.place)
            message = f"the class {cls.name} has an attribute called metadata, which SQLAlchemy "
            message += "before 2.1 keeps for itself: it refuses the class"
            self._declarations.would_not_import(place, message)

    def _fixed_table(self, cls: ModelClass) -> Any:
        value = cls.members.get("__table__")
        if value is None:
            found, value, owner = cls.find("__table__")
            if not found or owner is None or owner.is_mapped:
                return None
        if isinstance(value, Function):
            value = self._evaluator.call(value, [cls])
        return value

    def _map_fixed(self, cls: ModelClass, value: Any) -> None:
        table = table_of_value(value)
        if table is None:
            message = f"the table of {cls.name} cannot be told"
            self._declarations.not_static(cls.places.get("__table__", cls.place), message)
            return
        cls.table = table
        table.class_name = table.class_name or cls.name
        names = {id(source): column for column in table.columns for source in column.sources}
        cls.attributes = {column.key: column for column in table.columns}
        for attribute, member in cls.members.items():
            column = names.get(id(member))
            if column is not None:
                cls.attributes[attribute] = column

    def _map_single_table(self, cls: ModelClass, parent: ModelClass) -> None:
        table = parent.table
        cls.table = table
        for attribute, column in self._columns.collected(cls):
            cls.attributes[attribute] = column
            earlier = table.find(column.key)
            if earlier is None:
                self._declarations.add_column(table, column)
                continue
            cls.attributes[attribute] = earlier
            if not column.options.get("use_existing_column"):
                message = f"the column {column.key} of {cls.name} is in the table {table.key()} "
                message += "already"
                self._declarations.would_not_import(column.place, message, table, column.key)

    def _map_table(self, cls: ModelClass, name: str) -> None:
        args, options, has_unknown = self._table_args(cls)
        metadata_value = self._metadata_value(cls)
        metadata = getattr(metadata_value, "declared", None)
        unseen = unseen_base(cls)
        is_known = isinstance(metadata, Metadata)
        if not isinstance(metadata, Metadata):
            metadata = self._metadata_of_unseen(unseen, cls.place)
        table = Table(name, None, metadata, cls.place, options, class_name=cls.name)
        table.perhaps = cls.perhaps
        table.schema = schema_of(options, metadata)
        if not isinstance(table.schema, (str, type(None))):
            unknown = first_unknown(table.schema)
            why = unknown.why if unknown is not None else "its value is not in the files"
            message = f"the schema of the table cannot be told: {why}"
            self._declarations.not_static(cls.place, message, table, attribute="schema")
            table.schema = None
        if cls.find("__bind_key__")[0] and isinstance(cls.find("__bind_key__")[1], str):
            message = f"the table {name} belongs to another database, as its __bind_key__ says, "
            message += "and is left out"
            self._declarations.not_static(cls.place, message)
            return
        existing = metadata.tables.get(table.key())
        if existing is not None and existing.perhaps is None and table.perhaps is None:
            self._declare_again(cls, existing, options)
            return
        construct = Identified(
            "sqlalchemy.Table", [], {}, cls.place.line, cls.place.column, cls.place.file
        )
        construct.declared, table.construct, cls.table = table, construct, table
        self._declarations.add_table(table)
        columns = self._columns.collected(cls)
        columns.sort(key=lambda pair: pair[1].order)
        for attribute, column in columns:
            cls.attributes[attribute] = column
            if table.find(column.key) is None:
                self._declarations.add_column(table, column)
        if not is_known or unseen is not None:
            why = f"a base of {cls.name}, {unseen or '?'}, is not in the files that are read"
            for attribute_name in ("columns",) if is_known else ("columns", "names"):
                self._declarations.not_static(cls.place, why, table, attribute=attribute_name)
        if has_unknown is not None:
            message = f"__table_args__ of {cls.name} cannot be told: {has_unknown}"
            place = cls.places.get("__table_args__", cls.place)
            self._declarations.not_static(place, message, table, attribute="constraints")
        self._add_parts(cls, table, args)

    def _metadata_of_unseen(self, base: Optional[str], place: Place) -> Metadata:
        """Classes that share an unseen base share its metadata."""
        key = base or ""
        if key not in self._unseen_metadata:
            construct = self._evaluator.new_metadata(place)
            self._unseen_metadata[key] = construct.declared
        return self._unseen_metadata[key]

    def _declare_again(self, cls: ModelClass, existing: Table, options: Dict[str, Any]) -> None:
        cls.table = existing
        if not options.get("extend_existing"):
            message = f"the table {existing.key()} is declared already, in "
            message += f"{existing.place.file}:{existing.place.line}"
            self._declarations.would_not_import(cls.place, message, existing)
            return
        for attribute, column in self._columns.collected(cls):
            cls.attributes[attribute] = column
            earlier = existing.find(column.key)
            if earlier is not None:
                existing.columns.remove(earlier)
            self._declarations.add_column(existing, column)

    def _add_parts(self, cls: ModelClass, table: Table, args: List[Any]) -> None:
        place = cls.places.get("__table_args__", cls.place)
        for item in args:
            item_place = place_of(item, place)
            if is_sqlalchemy(item, "Index", *TABLE_PARTS):
                table.parts.append(Part(item, item_place))
            elif is_sqlalchemy(item, "Column"):
                self._columns.add_core_column(table, item, item_place)
            elif item is not None:
                unknown = first_unknown(item)
                why = unknown.why if unknown is not None else "it is nothing that is read"
                message = f"a part of __table_args__ of {cls.name} cannot be told: {why}"
                self._declarations.not_static(item_place, message, table, attribute="constraints")

    # Names and arguments of tables

    def _table_name(self, cls: ModelClass, parent: Optional[ModelClass]) -> Any:
        if any(base.names_tables for base in cls.classes()):
            named = self._name_by_flask(cls)
            if named is not None:
                return named
        for base in cls.classes():
            if "__tablename__" not in base.members:
                continue
            value = base.members["__tablename__"]
            is_declared = isinstance(value, Function) and value.is_declared_attr()
            if base is cls or not base.is_mapped or is_declared:
                return self._class_value(cls, "__tablename__")
        return None

    def _class_value(self, cls: ModelClass, name: str) -> Any:
        found, value, owner = cls.find(name)
        if isinstance(value, Function):
            value = self._evaluator.call(value, [cls])
        unknown = first_unknown(value)
        if unknown is not None and not isinstance(value, (tuple, list, dict)):
            return unknown
        if name == "__tablename__" and value is not None and not isinstance(value, str):
            return Unknown("it is known only when it runs")
        return value if found else None

    def _name_by_flask(self, cls: ModelClass) -> Optional[str]:
        """The name that Flask-SQLAlchemy gives, None where it gives none."""
        for base in cls.classes():
            if "__tablename__" not in base.members:
                continue
            if isinstance(base.members["__tablename__"], Function):
                return None
            if base is cls or base.members.get("__abstract__") or not is_mapped(base):
                return None
            break
        has_key = any(
            is_sqlalchemy(value, "Column", "mapped_column")
            and value.kwargs.get("primary_key") is True
            for base in cls.classes()
            if base is cls or not base.is_mapped
            for value in base.members.values()
        )
        has_mapped_parent = any(base.is_mapped for base in list(cls.classes())[1:])
        if has_mapped_parent and not has_key:
            return None
        return table_name_of(cls.name)

    def _table_args(self, cls: ModelClass) -> "tuple[List[Any], Dict[str, Any], Optional[str]]":
        for base in cls.classes():
            if "__table_args__" not in base.members:
                continue
            value = base.members["__table_args__"]
            is_declared = isinstance(value, Function) and value.is_declared_attr()
            if base is not cls and base.is_mapped and not is_declared:
                continue
            value = self._class_value(cls, "__table_args__")
            if value is None:
                continue
            return taken_apart(value)
        return [], {}, None

    # Attributes that are set later

    def set_attribute(self, cls: ModelClass, name: str, value: Any, place: Place) -> None:
        if cls.is_mapped and cls.table is not None:
            column = self._columns.of_value(cls, name, value, place)
            if column is not None:
                cls.attributes[name] = column
                earlier = cls.table.find(column.key)
                if earlier is not None:
                    cls.table.columns.remove(earlier)
                self._declarations.add_column(cls.table, column)
                return
        cls.members[name] = value
        cls.places.setdefault(name, place)


CONCRETE_BASES = (
    "sqlalchemy.ext.declarative.AbstractConcreteBase",
    "sqlalchemy.ext.declarative.ConcreteBase",
)


def is_base(value: Any) -> bool:
    return isinstance(value, ModelClass) and value.is_base


def is_mapped(value: Any) -> bool:
    return isinstance(value, ModelClass) and value.is_mapped


def is_call(value: Any) -> bool:
    return isinstance(value, Construct)


def is_reflected(cls: ModelClass) -> bool:
    return any(
        isinstance(base, Reference) and base.path.endswith(".DeferredReflection")
        for base in cls.mro()
    )


def unseen_base(cls: ModelClass) -> Optional[str]:
    """A base that might bring columns and that is not in the files, by the name it has there."""
    for owner in cls.classes():
        for base in owner.bases:
            value = base.origin if isinstance(base, Generic) else base
            if isinstance(value, ModelClass):
                continue
            if isinstance(value, Reference):
                if value.path.split(".", 1)[0] not in PLAIN_ROOTS:
                    return value.path
            elif isinstance(value, Unknown):
                return value.partial.strip("{}") or value.why
            elif not isinstance(value, Construct) or value.name != "namedtuple":
                return "a base that is known only when it runs"
    return None


def taken_apart(value: Any) -> "tuple[List[Any], Dict[str, Any], Optional[str]]":
    """`__table_args__` as parts, options, and what of it cannot be told."""
    if isinstance(value, dict):
        return [], dict(value), None
    if isinstance(value, (tuple, list)):
        items = list(value)
        options: Dict[str, Any] = {}
        if items and isinstance(items[-1], dict):
            options = dict(items.pop())
        elif items and isinstance(items[-1], Unknown):
            return items[:-1], {}, items[-1].why
        return items, options, None
    unknown = first_unknown(value)
    return [], {}, unknown.why if unknown is not None else "it is neither a tuple nor a dictionary"


__all__ = ["Declarative"]
__all__ = ["Declarative"]
