"""SQLAlchemy's column types as its PostgreSQL dialect writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional

from .naming import qualified
from .values import (
    Construct,
    EnumMember,
    LocalClass,
    LocalFunction,
    MethodCall,
    NotStatic,
    Reference,
    first_unknown,
)

Caller = Callable[[LocalFunction, List[Any]], Any]


@dataclass
class EnumType:
    """An enumeration: a type of its own, or (`native` false) a varchar that may have a CHECK."""

    name: Optional[str]
    schema: Optional[str]
    labels: List[str]
    native: bool = True
    made_with_table: bool = True
    has_check: bool = False
    inherits_schema: bool = False

    def qualified_name(self) -> str:
        if not self.name:
            raise NotStatic("an enumeration has no name")
        return qualified(self.name, self.schema)


@dataclass
class ColumnType:
    sql: str
    serial: Optional[str] = None
    """The pseudo type of an automatically numbered key: only numbers have one."""
    numbered_by_some: bool = False
    """Whether only some versions of SQLAlchemy number such a key without being told to."""
    enums: List[EnumType] = field(default_factory=list)
    element_of_array: bool = False


# Type names without arguments, by the class that a revision file names.
PLAIN_TYPES: Dict[str, str] = {
    "Boolean": "BOOLEAN",
    "BOOLEAN": "BOOLEAN",
    "Date": "DATE",
    "DATE": "DATE",
    "LargeBinary": "BYTEA",
    "BYTEA": "BYTEA",
    "PickleType": "BYTEA",
    "JSON": "JSON",
    "JSONB": "JSONB",
    "UUID": "UUID",
    "INET": "INET",
    "CIDR": "CIDR",
    "MACADDR": "MACADDR",
    "MACADDR8": "MACADDR8",
    "MONEY": "MONEY",
    "OID": "OID",
    "REGCLASS": "REGCLASS",
    "REGCONFIG": "REGCONFIG",
    "TSVECTOR": "TSVECTOR",
    "TSQUERY": "TSQUERY",
    "HSTORE": "HSTORE",
    "CITEXT": "CITEXT",
    "JSONPATH": "JSONPATH",
    "INT4RANGE": "INT4RANGE",
    "INT8RANGE": "INT8RANGE",
    "NUMRANGE": "NUMRANGE",
    "DATERANGE": "DATERANGE",
    "TSRANGE": "TSRANGE",
    "TSTZRANGE": "TSTZRANGE",
    "INT4MULTIRANGE": "INT4MULTIRANGE",
    "INT8MULTIRANGE": "INT8MULTIRANGE",
    "NUMMULTIRANGE": "NUMMULTIRANGE",
    "DATEMULTIRANGE": "DATEMULTIRANGE",
    "TSMULTIRANGE": "TSMULTIRANGE",
    "TSTZMULTIRANGE": "TSTZMULTIRANGE",
}
INTEGER_TYPES: Dict[str, ColumnType] = {
    "Integer": ColumnType("INTEGER", "SERIAL"),
    "INTEGER": ColumnType("INTEGER", "SERIAL"),
    "INT": ColumnType("INTEGER", "SERIAL"),
    "BigInteger": ColumnType("BIGINT", "BIGSERIAL"),
    "BIGINT": ColumnType("BIGINT", "BIGSERIAL"),
    "SmallInteger": ColumnType("SMALLINT", "SMALLSERIAL"),
    "SMALLINT": ColumnType("SMALLINT", "SMALLSERIAL"),
}
FLOATING_TYPES: Dict[str, str] = {
    "DOUBLE_PRECISION": "DOUBLE PRECISION",
    "DOUBLE": "DOUBLE PRECISION",
    "Double": "DOUBLE PRECISION",
    "REAL": "REAL",
}
STRING_TYPES: Dict[str, str] = {
    "String": "VARCHAR",
    "Unicode": "VARCHAR",
    "VARCHAR": "VARCHAR",
    "AutoString": "VARCHAR",
    "Text": "TEXT",
    "UnicodeText": "TEXT",
    "TEXT": "TEXT",
    "CHAR": "CHAR",
}
VECTOR_TYPES: Dict[str, str] = {
    "Vector": "VECTOR",
    "VECTOR": "VECTOR",
    "HALFVEC": "HALFVEC",
    "SPARSEVEC": "SPARSEVEC",
}
LIBRARIES = ("sqlalchemy", "sqlmodel", "pgvector", "citext")


class TypeReader:
    """Turns the value of a type argument into the type PostgreSQL gets."""

    def __init__(self, call: Caller) -> None:
        self._call = call

    def read(self, value: Any) -> ColumnType:
        unknown = first_unknown(value)
        if unknown is not None:
            raise NotStatic(unknown.why)
        if isinstance(value, Reference):
            value = Construct(value.path)
        if isinstance(value, LocalClass):
            return self._of_decorator(value)
        if isinstance(value, MethodCall) and value.name == "with_variant":
            return self._of_variant(value)
        if not isinstance(value, Construct):
            raise NotStatic("a column's type cannot be told")
        if value.path == "local class":
            return self._of_decorator(value.args[0])
        if value.path.split(".", 1)[0] not in LIBRARIES:
            raise NotStatic(f"the type {value.path} is not one of SQLAlchemy's")
        return self._of_library(value)

    def _of_library(self, value: Construct) -> ColumnType:
        name = value.name
        if name in ("Enum", "ENUM"):
            enum = self.enumeration(value)
            if enum.native:
                return ColumnType("", enums=[enum])
            return ColumnType(f"VARCHAR({self._enum_length(value, enum)})", enums=[enum])
        if name in ("Variant",):
            raise NotStatic("a type with variants cannot be told")
        if name in INTEGER_TYPES:
            return INTEGER_TYPES[name]
        if name in STRING_TYPES:
            return ColumnType(string_type(STRING_TYPES[name], value))
        if name in FLOATING_TYPES:
            return ColumnType(FLOATING_TYPES[name], "SERIAL", numbered_by_some=True)
        if name in PLAIN_TYPES:
            return ColumnType(PLAIN_TYPES[name])
        if name in VECTOR_TYPES:
            return ColumnType(with_number(VECTOR_TYPES[name], argument(value, 0, "dim")))
        if name == "BIT" and value.path.startswith("pgvector"):
            return ColumnType(with_number("BIT", argument(value, 0, "length")))
        reader = PARAMETRIC_TYPES.get(name)
        if reader is not None:
            return reader(value)
        if name in ("ARRAY", "Array"):
            return self._of_array(value)
        if name == "DOMAIN":
            return ColumnType(qualified(argument(value, 0, "name"), value.kwargs.get("schema")))
        if name == "CIText":
            return ColumnType("CITEXT")
        raise NotStatic(f"the type {name} is not known for PostgreSQL")

    def _of_array(self, value: Construct) -> ColumnType:
        element = self.read(argument(value, 0, "item_type"))
        dimensions = argument(value, 2, "dimensions")
        count = 1 if dimensions is None else dimensions
        if not isinstance(count, int) or not 1 <= count <= 6:
            raise NotStatic("an array has dimensions that are no small number")
        brackets = "[]" * count
        for enum in element.enums:
            if enum.native:
                return ColumnType(brackets, enums=[enum], element_of_array=True)
            if enum.has_check:
                raise NotStatic("SQLAlchemy refuses a CHECK on an array of an enumeration")
        type_name, collate, collation = element.sql.partition(" COLLATE")
        sql = type_name + brackets + collate + collation
        return ColumnType(sql, enums=element.enums, element_of_array=True)

    def _of_decorator(self, cls: LocalClass) -> ColumnType:
        """A TypeDecorator of the file: its `impl`, unless it chooses by dialect or has a spec."""
        if "load_dialect_impl" in cls.members or "impl" not in cls.members:
            if isinstance(cls.members.get("get_col_spec"), LocalFunction):
                spec = self._call(cls.members["get_col_spec"], [None])
                if isinstance(spec, str):
                    return ColumnType(spec)
            raise NotStatic(f"the type {cls.name} decides by code what it is")
        return self.read(cls.members["impl"])

    def _of_variant(self, call: MethodCall) -> ColumnType:
        """`Base().with_variant(Other(), "postgresql")` is Other here, for one dialect Base."""
        if "postgresql" in call.args[1:]:
            return self.read(call.args[0])
        return self.read(call.owner)

    def enumeration(self, value: Construct) -> EnumType:
        postgresql_only = value.name == "ENUM"
        options = value.kwargs
        labels, class_name = self._labels(value)
        name = options.get("name", class_name)
        metadata = options.get("metadata")
        return EnumType(
            name=name,
            schema=options.get("schema"),
            labels=labels,
            native=postgresql_only or options.get("native_enum", True) is not False,
            made_with_table=metadata is None
            and not (postgresql_only and options.get("create_type", True) is False),
            has_check=bool(options.get("create_constraint", False)),
            inherits_schema=bool(options.get("inherit_schema", False)),
        )

    def _labels(self, value: Construct) -> "tuple[List[str], Optional[str]]":
        if len(value.args) == 1 and isinstance(value.args[0], LocalClass):
            cls = value.args[0]
            if not cls.is_enumeration():
                raise NotStatic(f"{cls.name} is not an enumeration")
            chosen = value.kwargs.get("values_callable")
            if isinstance(chosen, LocalFunction):
                labels = self._call(chosen, [cls])
            else:
                labels = [member.name for member in cls.enum_members()]
            class_name: Optional[str] = cls.name.lower()
        else:
            labels, class_name = list(value.args), None
        if not isinstance(labels, list):
            raise NotStatic("the labels of an enumeration cannot be told")
        labels = [label.value if isinstance(label, EnumMember) else label for label in labels]
        if not all(isinstance(label, str) for label in labels):
            raise NotStatic("the labels of an enumeration cannot be told")
        return labels, class_name

    def _enum_length(self, value: Construct, enum: EnumType) -> int:
        length = value.kwargs.get("length")
        if isinstance(length, int):
            return length
        return max((len(label) for label in enum.labels), default=0)


def argument(value: Construct, position: int, name: str, default: Any = None) -> Any:
    if len(value.args) > position:
        return value.args[position]
    return value.kwargs.get(name, default)


def with_number(name: str, number: Any) -> str:
    if number is None:
        return name
    if isinstance(number, bool) or not isinstance(number, int):
        raise NotStatic(f"the length of {name} is not a number")
    return f"{name}({number})"


def string_type(name: str, value: Construct) -> str:
    length = argument(value, 0, "length")
    collation = argument(value, 1, "collation")
    text = with_number(name, length or None)
    return f'{text} COLLATE "{collation}"' if collation else text


def numeric_type(value: Construct) -> ColumnType:
    name = "DECIMAL" if value.name == "DECIMAL" else "NUMERIC"
    precision = argument(value, 0, "precision")
    scale = argument(value, 1, "scale")
    if precision is None:
        return ColumnType(name, "SERIAL", numbered_by_some=True)
    numbers = [precision] if scale is None else [precision, scale]
    if not all(isinstance(number, int) for number in numbers):
        raise NotStatic(f"the precision of {name} is not a number")
    sql = f"{name}({', '.join(str(number) for number in numbers)})"
    return ColumnType(sql, "SERIAL", numbered_by_some=True)


def float_type(value: Construct) -> ColumnType:
    sql = with_number("FLOAT", argument(value, 0, "precision") or None)
    return ColumnType(sql, "SERIAL", numbered_by_some=True)


def moment_type(value: Construct) -> ColumnType:
    name = "TIME" if value.name in ("Time", "TIME") else "TIMESTAMP"
    zone = "WITH" if argument(value, 0, "timezone", False) else "WITHOUT"
    precision = argument(value, 1, "precision")
    return ColumnType(f"{with_number(name, precision)} {zone} TIME ZONE")


def interval_type(value: Construct) -> ColumnType:
    if value.name == "INTERVAL":
        precision, fields = argument(value, 0, "precision"), argument(value, 1, "fields")
    else:
        precision, fields = argument(value, 1, "second_precision"), None
    text = "INTERVAL" + (f" {fields}" if fields else "")
    return ColumnType(text + (f" ({int(precision)})" if precision is not None else ""))


def bit_type(value: Construct) -> ColumnType:
    length, varying = argument(value, 0, "length"), argument(value, 1, "varying", False)
    if varying:
        return ColumnType(with_number("BIT VARYING", length))
    return ColumnType(with_number("BIT", length or 1))


def uuid_type(value: Construct) -> ColumnType:
    return ColumnType("UUID" if argument(value, 1, "native_uuid", True) else "CHAR(32)")


PARAMETRIC_TYPES: Dict[str, Callable[[Construct], ColumnType]] = {
    "Numeric": numeric_type,
    "NUMERIC": numeric_type,
    "DECIMAL": numeric_type,
    "Float": float_type,
    "FLOAT": float_type,
    "DateTime": moment_type,
    "DATETIME": moment_type,
    "TIMESTAMP": moment_type,
    "Time": moment_type,
    "TIME": moment_type,
    "Interval": interval_type,
    "INTERVAL": interval_type,
    "BIT": bit_type,
    "Uuid": uuid_type,
}


def type_sql(column_type: ColumnType, table_schema: Optional[str]) -> str:
    """The type as a column of a table in that schema states it."""
    for enum in column_type.enums:
        if enum.native:
            if enum.inherits_schema:
                enum.schema = table_schema
            suffix = column_type.sql if column_type.element_of_array else ""
            return enum.qualified_name() + suffix
    return column_type.sql


__all__ = ["ColumnType", "EnumType", "TypeReader", "argument", "type_sql"]
