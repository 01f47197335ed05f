"""Columns, constraints and indexes of a revision file as PostgreSQL statements.

The order and the spelling follow SQLAlchemy's PostgreSQL compiler, since names that PostgreSQL
chooses itself depend on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from .column_types import ColumnType, EnumType, TypeReader, argument, type_sql
from .expressions import ExpressionWriter, name_list, storage_parameters
from .naming import index_name_for, qualified, quote, text_literal
from .values import (
    Construct,
    Member,
    MethodCall,
    NotStatic,
    QuotedName,
    Reference,
    Unknown,
    first_unknown,
    is_constant,
)

IDENTITY_NAMES = (
    "always on_null start increment minvalue maxvalue nominvalue nomaxvalue cycle cache order"
).split()
SEQUENCE_NAMES = (
    "name start increment minvalue maxvalue nominvalue nomaxvalue cycle schema cache order "
    "data_type"
).split()
FOREIGN_KEY_NAMES = (
    "column _constraint use_alter name onupdate ondelete deferrable initially link_to_name match"
).split()
COLUMN_LEVEL_IGNORED = ("FetchedValue",)
TABLE_CONSTRAINTS = (
    "PrimaryKeyConstraint",
    "UniqueConstraint",
    "CheckConstraint",
    "ForeignKeyConstraint",
    "ExcludeConstraint",
)


@dataclass
class Statement:
    """One statement; `unless` names an object that, where it exists already, makes it needless."""

    sql: str
    unless: Optional[Dict[str, Any]] = None


@dataclass
class ForeignKey:
    columns: List[str]
    target: str
    target_columns: List[str]
    options: Dict[str, Any]
    use_alter: bool = False


@dataclass
class Column:
    name: str
    type: ColumnType
    nullable: Optional[bool] = None
    primary_key: bool = False
    autoincrement: Any = "auto"
    default: Optional[str] = None
    identity: Optional[str] = None
    computed: Optional[str] = None
    generated_in_python: bool = False
    has_sequence: bool = False
    unique: bool = False
    index: bool = False
    comment: Optional[str] = None
    refers: bool = False
    """Whether a foreign key of the table's own list holds the column."""
    foreign_keys: List[ForeignKey] = field(default_factory=list)
    checks: List[str] = field(default_factory=list)

    def may_be_numbered(self) -> bool:
        """Whether SQLAlchemy lets PostgreSQL number this column of a primary key."""
        if self.type.serial is None:
            return False
        if self.autoincrement is True:
            return True
        if self.autoincrement not in ("auto", "ignore_fk"):
            return False
        if self.generated_in_python or self.default is not None or self.computed is not None:
            return False
        if (self.foreign_keys or self.refers) and self.autoincrement != "ignore_fk":
            return False
        if self.type.numbered_by_some:
            raise NotStatic(
                f"whether the numeric key {self.name} is numbered depends on SQLAlchemy's version; "
                "autoincrement would say it"
            )
        return True


def known(value: Any) -> Any:
    unknown = first_unknown(value)
    if unknown is not None:
        raise NotStatic(unknown.why)
    return value


EXPRESSIVE_OPTIONS = frozenset(
    """column columns refcolumns sqltext condition data_type type_ existing_type server_default
    existing_server_default postgresql_where postgresql_using where element prefixes""".split()
)


def plain(options: Dict[str, Any]) -> Dict[str, Any]:
    """Options whose values must be constants, but for those that may hold SQL or a type."""
    known(options)
    for name, value in options.items():
        if name not in EXPRESSIVE_OPTIONS and not is_constant(value):
            raise NotStatic(f"the value of its option {name} is not in the file")
    return options


def named(value: Construct, names: List[str]) -> Dict[str, Any]:
    """Positional arguments by their names, with the keyword ones."""
    options = dict(zip(names, value.args))
    options.update(value.kwargs)
    return plain(options)


class TableWriter:
    def __init__(self, types: TypeReader, expressions: ExpressionWriter) -> None:
        self._types = types
        self._expressions = expressions

    # Parts

    def server_default(self, value: Any) -> Optional[str]:
        """The DEFAULT of a column, None where it has none."""
        known(value)
        if value is None:
            return None
        if isinstance(value, str):
            return text_literal(value)
        if isinstance(value, Construct):
            if value.name == "FetchedValue":
                return None
            if value.name == "DefaultClause":
                return self.server_default(argument(value, 0, "arg"))
            return self._expressions.write(value)
        if isinstance(value, Reference):
            raise NotStatic(f"the value of {value.path} is not in the file")
        if isinstance(value, (bool, int, float)):
            raise NotStatic("SQLAlchemy refuses a server_default that is neither text nor SQL")
        return self._expressions.write(value)

    def identity(self, value: Construct) -> str:
        options = named(value, IDENTITY_NAMES)
        text = f"GENERATED {'ALWAYS' if options.get('always') else 'BY DEFAULT'} AS IDENTITY"
        settings = sequence_options(options)
        return f"{text} ({settings})" if settings else text

    def _computed(self, value: Construct) -> str:
        condition = self._expressions.clause(known(argument(value, 0, "sqltext")))
        if argument(value, 1, "persisted") is False:
            raise NotStatic("a computed column that is not stored")
        return f"GENERATED ALWAYS AS ({condition}) STORED"

    def read_column(self, value: Any) -> Column:
        if isinstance(value, Unknown):
            raise NotStatic(value.why)
        if isinstance(value, MethodCall) and value.name in ("copy", "_copy"):
            value = value.owner
        if not isinstance(value, Construct) or value.name not in ("Column", "mapped_column"):
            raise NotStatic("a column is not written as sa.Column(...)")
        if "**" in value.kwargs:
            raise NotStatic("a column takes options that are not known without running it")
        args, options = list(value.args), dict(value.kwargs)
        name: Any = options.get("name")
        if args and isinstance(args[0], (str, Unknown)):
            name = args.pop(0)
        if "quote" in options and isinstance(name, str):
            name = quoted(name, options["quote"])
        quote(name)
        type_value = options.get("type_")
        if args and type_value is None and not is_schema_item(args[0]):
            type_value = args.pop(0)
        if type_value is None:
            raise NotStatic(f"the column {name} has no type")
        column = Column(name=name, type=self._types.read(type_value))
        self._take_options(column, options)
        for item in args:
            self._take_item(column, item)
        return column

    def _take_options(self, column: Column, options: Dict[str, Any]) -> None:
        flags = ("nullable", "primary_key", "unique", "index", "autoincrement", "comment")
        for flag in flags:
            if flag in options:
                setattr(column, flag, plain({flag: options[flag]})[flag])
        default = options.get("default")
        if isinstance(default, Construct) and default.name == "Sequence":
            column.has_sequence = True
        elif default is not None:
            column.generated_in_python = True
        server_default = options.get("server_default")
        if isinstance(server_default, Construct) and server_default.name == "Identity":
            column.identity = self.identity(server_default)
        elif isinstance(server_default, Construct) and server_default.name == "Computed":
            column.computed = self._computed(server_default)
        elif server_default is not None:
            column.default = self.server_default(server_default)

    def _take_item(self, column: Column, item: Any) -> None:
        if not isinstance(item, Construct):
            raise NotStatic(f"the column {column.name} has a part that is not read")
        name = item.name
        if name == "ForeignKey":
            column.foreign_keys.append(self._foreign_key_of_column(column, item))
        elif name == "CheckConstraint":
            column.checks.append(self.check_constraint(item))
        elif name == "Identity":
            column.identity = self.identity(item)
        elif name == "Computed":
            column.computed = self._computed(item)
        elif name == "Sequence":
            column.has_sequence = True
        elif name == "DefaultClause":
            column.default = self.server_default(item)
        elif name == "ColumnDefault":
            column.generated_in_python = True
        elif name not in COLUMN_LEVEL_IGNORED:
            raise NotStatic(f"the column {column.name} has a part {name} that is not read")

    def column_specification(self, column: Column, schema: Optional[str], numbered: bool) -> str:
        spec = quote(column.name)
        is_serial = (
            numbered
            and column.identity is None
            and not column.generated_in_python
            and not column.has_sequence
        )
        if is_serial:
            spec += f" {column.type.serial}"
        else:
            spec += f" {type_sql(column.type, schema)}"
            if column.default is not None:
                spec += f" DEFAULT {column.default}"
        if column.computed is not None:
            spec += f" {column.computed}"
        nullable = column.nullable
        if nullable is None:
            nullable = not column.primary_key and column.identity is None
        if column.identity is not None:
            spec += f" {column.identity}"
            if nullable:
                spec += " NULL"
        elif not nullable:
            spec += " NOT NULL"
        return " ".join([spec] + column.checks)

    def _foreign_key_of_column(self, column: Column, item: Construct) -> ForeignKey:
        options = named(item, FOREIGN_KEY_NAMES)
        target, target_column = referenced_column(options.get("column"))
        use_alter = bool(options.get("use_alter"))
        return ForeignKey([quote(column.name)], target, [target_column], options, use_alter)

    # Constraints

    def check_constraint(self, value: Construct) -> str:
        condition = self._expressions.clause(known(argument(value, 0, "sqltext")))
        options = named(value, ["sqltext", "name", "deferrable", "initially"])
        text = f"{constraint_name(options)}CHECK ({condition}){deferrability(options)}"
        return text + (" NOT VALID" if options.get("postgresql_not_valid") else "")

    def foreign_key(self, key: ForeignKey) -> str:
        text = f"{constraint_name(key.options)}FOREIGN KEY({', '.join(key.columns)}) "
        text += self.references(key)
        return text + (" NOT VALID" if key.options.get("postgresql_not_valid") else "")

    def references(self, key: ForeignKey) -> str:
        text = f"REFERENCES {key.target} ({', '.join(key.target_columns)})"
        if key.options.get("match"):
            text += f" MATCH {key.options['match']}"
        for option, word in (("ondelete", "DELETE"), ("onupdate", "UPDATE")):
            if key.options.get(option) is not None:
                text += f" ON {word} {key.options[option]}"
        return text + deferrability(key.options)

    def _read_foreign_key_constraint(self, value: Construct) -> ForeignKey:
        options = named(value, ["columns", "refcolumns", "name", "onupdate", "ondelete"])
        columns, targets = options.get("columns"), options.get("refcolumns")
        if not isinstance(targets, (list, tuple)) or not targets:
            raise NotStatic("the columns of a foreign key are not a known list")
        referenced = [referenced_column(target) for target in targets]
        if len({table for table, _ in referenced}) != 1:
            raise NotStatic("a foreign key names columns of two tables")
        key_columns = [name for _, name in referenced]
        use_alter = bool(options.get("use_alter"))
        return ForeignKey(name_list(columns), referenced[0][0], key_columns, options, use_alter)

    def unique_constraint(self, columns: List[str], options: Dict[str, Any]) -> str:
        nulls = " NULLS NOT DISTINCT" if options.get("postgresql_nulls_not_distinct") else ""
        text = f"{constraint_name(options)}UNIQUE{nulls} ({', '.join(columns)})"
        return text + include_clause(options) + deferrability(options)

    def primary_key_constraint(self, columns: List[str], options: Dict[str, Any]) -> str:
        text = f"{constraint_name(options)}PRIMARY KEY ({', '.join(columns)})"
        return text + include_clause(options) + deferrability(options)

    def exclude_constraint(self, elements: List[Any], options: Dict[str, Any]) -> str:
        operator_classes = options.get("ops") or {}
        parts = []
        for element in elements:
            if not isinstance(element, (list, tuple)) or len(element) != 2:
                raise NotStatic("an exclusion constraint's element is not a pair")
            column, operator = known(element[0]), known(element[1])
            text = quote(column) if isinstance(column, str) else self._index_key(column)
            key = column if isinstance(column, str) else column_name_of(column)
            if key in operator_classes:
                text += f" {operator_classes[key]}"
            parts.append(f"{text} WITH {operator}")
        method = str(options.get("using", "gist")).lower()
        text = f"{constraint_name(options)}EXCLUDE USING {method}"
        text += f" ({', '.join(parts)})"
        if options.get("where") is not None:
            text += f" WHERE ({self._expressions.clause(options['where'])})"
        return text + deferrability(options)

    def table_constraint(self, value: Construct) -> Optional[str]:
        """A constraint of a table's definition, None where SQLAlchemy leaves it out."""
        if value.name == "CheckConstraint":
            return self.check_constraint(value)
        if value.name == "ForeignKeyConstraint":
            key = self._read_foreign_key_constraint(value)
            return None if key.use_alter else self.foreign_key(key)
        options = plain(dict(value.kwargs))
        if value.name == "UniqueConstraint":
            columns = name_list([column_name_of(known(arg)) for arg in value.args])
            return self.unique_constraint(columns, options) if columns else None
        if value.name == "ExcludeConstraint":
            return self.exclude_constraint(value.args, options)
        raise NotStatic(f"the constraint {value.name} is not read")

    def enum_checks(self, column: Column) -> List[str]:
        checks = []
        for enum in column.type.enums:
            if enum.native or not enum.has_check or column.type.element_of_array:
                continue
            labels = ", ".join(text_literal(label) for label in enum.labels)
            name = constraint_name({"name": enum.name})
            checks.append(f"{name}CHECK ({quote(column.name)} IN ({labels}))")
        return checks

    # Statements

    def create_table(self, name: Any, items: List[Any], options: Dict[str, Any]) -> List[Statement]:
        name = quoted(name, options.get("quote"))
        schema = options.get("schema")
        table = qualified(name, schema)
        columns: List[Column] = []
        constraints: List[Construct] = []
        indexes: List[Construct] = []
        for item in items:
            kind = item.name if isinstance(item, Construct) else ""
            if kind in TABLE_CONSTRAINTS:
                constraints.append(item)
            elif kind == "Index":
                indexes.append(item)
            else:
                columns.append(self.read_column(item))
        key = primary_key_of(columns, constraints)
        by_name = {str(column.name): column for column in columns}
        for referring in referring_columns(constraints):
            if referring in by_name:
                by_name[referring].refers = True
        key_columns = [by_name[str(c)] for c in key.columns if str(c) in by_name]
        numbered = numbered_column(key_columns)
        for column in key_columns:
            column.primary_key = True
        lines = [self.column_specification(c, schema, c is numbered) for c in columns]
        if key.columns:
            ordered = list(key.columns)
            if key.implicit and numbered is not None:
                ordered = [numbered.name] + [n for n in ordered if n != numbered.name]
            lines.append(self.primary_key_constraint([quote(n) for n in ordered], key.options))
        for constraint in constraints:
            if constraint.name != "PrimaryKeyConstraint":
                text = self.table_constraint(constraint)
                lines += [text] if text else []
        for column in columns:
            if column.unique and not column.index:
                lines.append(self.unique_constraint([quote(column.name)], {}))
            lines += self.enum_checks(column)
            lines += [self.foreign_key(fk) for fk in column.foreign_keys if not fk.use_alter]
        statements = self.enum_types(columns, schema)
        statements.append(Statement(self.table_text(table, lines, options)))
        for column in columns:
            if column.index:
                statements.append(self.implied_index(name, schema, column))
        for index in indexes:
            statements.append(
                self.create_index(
                    index.args[0], name, index.args[1:], {**index.kwargs, "schema": schema}
                )
            )
        if options.get("comment"):
            statements.append(comment_on("TABLE", table, options["comment"]))
        for column in columns:
            if column.comment:
                place = f"{table}.{quote(column.name)}"
                statements.append(comment_on("COLUMN", place, column.comment))
        return statements

    def table_text(self, table: str, lines: List[str], options: Dict[str, Any]) -> str:
        prefixes = "".join(f"{prefix} " for prefix in options.get("prefixes") or [])
        guard = "IF NOT EXISTS " if options.get("if_not_exists") else ""
        body = ",\n    ".join(lines)
        text = f"CREATE {prefixes}TABLE {guard}{table} (\n    {body}\n)"
        inherits = options.get("postgresql_inherits")
        if inherits is not None:
            parents = [inherits] if isinstance(inherits, str) else inherits
            text += f"\nINHERITS ({', '.join(quote(parent) for parent in parents)})"
        if options.get("postgresql_partition_by"):
            text += f"\nPARTITION BY {options['postgresql_partition_by']}"
        if options.get("postgresql_using"):
            text += f"\nUSING {options['postgresql_using']}"
        if options.get("postgresql_with"):
            text += f"\nWITH ({storage_parameters(options['postgresql_with'])})"
        if options.get("postgresql_on_commit"):
            text += f"\nON COMMIT {options['postgresql_on_commit'].replace('_', ' ').upper()}"
        if options.get("postgresql_tablespace"):
            text += f"\nTABLESPACE {quote(options['postgresql_tablespace'])}"
        return text

    def enum_types(self, columns: List[Column], schema: Optional[str]) -> List[Statement]:
        """The types that creating a table makes first; one run makes each only once."""
        statements, seen = [], set()
        for column in columns:
            for enum in column.type.enums:
                type_sql(column.type, schema)
                if not enum.native or not enum.made_with_table:
                    continue
                if enum.qualified_name() not in seen:
                    seen.add(enum.qualified_name())
                    statements.append(create_enum(enum, "made_by_create_table"))
        return statements

    def implied_index(self, table: str, schema: Optional[str], column: Column) -> Statement:
        name = index_name_for(table, schema, column.name)
        options = {"schema": schema, "unique": column.unique}
        return self.create_index(name, table, [column.name], options)

    def create_index(self, name: Any, table: Any, keys: Any, options: Dict[str, Any]) -> Statement:
        options = plain(dict(options))
        known(name)
        schema = options.get("schema")
        if not isinstance(keys, (list, tuple)) or not keys:
            raise NotStatic("the columns of an index are not a known list")
        if name is None:
            first = column_name_of(keys[0])
            if first is None:
                raise NotStatic("an index over an expression has no name")
            name = index_name_for(table, schema, first)
        name = quoted(name, options.get("quote"))
        text = "CREATE " + ("UNIQUE " if options.get("unique") else "") + "INDEX "
        text += "CONCURRENTLY " if options.get("postgresql_concurrently") else ""
        text += "IF NOT EXISTS " if options.get("if_not_exists") else ""
        text += f"{quote(name)} ON {qualified(table, schema)} "
        if options.get("postgresql_using"):
            text += f"USING {options['postgresql_using'].lower()} "
        operator_classes = options.get("postgresql_ops") or {}
        text += f"({', '.join(self._keyed(key, operator_classes) for key in keys)})"
        text += include_clause(options)
        if options.get("postgresql_nulls_not_distinct") is not None:
            distinct = "NOT " if options["postgresql_nulls_not_distinct"] else ""
            text += f" NULLS {distinct}DISTINCT"
        if options.get("postgresql_with"):
            text += f" WITH ({storage_parameters(options['postgresql_with'])})"
        if options.get("postgresql_tablespace"):
            text += f" TABLESPACE {quote(options['postgresql_tablespace'])}"
        if options.get("postgresql_where") is not None:
            text += f" WHERE {self._expressions.clause(options['postgresql_where'])}"
        return Statement(text)

    def _keyed(self, key: Any, operator_classes: Dict[Any, str]) -> str:
        """One key of an index; an operator class stands before DESC and NULLS."""
        operator_class = operator_classes.get(operator_class_key(key))
        if operator_class is None:
            return self._index_key(key)
        if isinstance(key, MethodCall) and key.name != "label":
            return f"{self._index_key(key.owner)} {operator_class} {key.name.upper()}"
        return f"{self._index_key(key)} {operator_class}"

    def _index_key(self, key: Any) -> str:
        known(key)
        if isinstance(key, str):
            return quote(key)
        text = self._expressions.write(key)
        if isinstance(key, Construct) and key.name == "cast":
            return f"({text})"
        return text


@dataclass
class PrimaryKey:
    columns: List[str]
    options: Dict[str, Any]
    implicit: bool


def primary_key_of(columns: List[Column], constraints: List[Construct]) -> PrimaryKey:
    flagged = [column.name for column in columns if column.primary_key]
    for constraint in constraints:
        if constraint.name != "PrimaryKeyConstraint":
            continue
        names = [column_name_of(known(arg)) for arg in constraint.args]
        if not all(isinstance(name, str) for name in names):
            raise NotStatic("the columns of a primary key are not names")
        return PrimaryKey([str(n) for n in names] or flagged, known(dict(constraint.kwargs)), False)
    return PrimaryKey(flagged, {}, True)


def referring_columns(constraints: List[Construct]) -> List[str]:
    names: List[str] = []
    for constraint in constraints:
        if constraint.name == "ForeignKeyConstraint":
            columns = argument(constraint, 0, "columns")
            names += [name for name in columns if isinstance(name, str)]
    return names


def numbered_column(key_columns: List[Column]) -> Optional[Column]:
    """The column that PostgreSQL numbers: the only one, or the one marked autoincrement=True."""
    if len(key_columns) == 1:
        return key_columns[0] if key_columns[0].may_be_numbered() else None
    for column in key_columns:
        if column.autoincrement is True and column.type.serial is not None:
            return column
    return None


def is_schema_item(value: Any) -> bool:
    items = ("ForeignKey", "CheckConstraint", "Identity", "Computed", "Sequence", "DefaultClause")
    return isinstance(value, Construct) and value.name in items + COLUMN_LEVEL_IGNORED


def quoted(name: Any, wanted: Any) -> Any:
    if wanted is None or not isinstance(name, str):
        return name
    result = QuotedName(name)
    result.quote = bool(wanted)
    return result


def column_name_of(value: Any) -> Optional[str]:
    """The name of a column given as text, `sa.column("a")` or `table.c.a`."""
    if isinstance(value, str):
        return value
    if isinstance(value, Construct) and value.name in ("column", "Column") and value.args:
        return value.args[0] if isinstance(value.args[0], str) else None
    if isinstance(value, Member):
        return value.name
    return None


def operator_class_key(key: Any) -> Optional[str]:
    if isinstance(key, MethodCall) and key.name == "label" and key.args:
        return key.args[0]
    if isinstance(key, Construct) and key.name == "text" and key.args:
        return key.args[0]
    if isinstance(key, MethodCall):
        return None
    return column_name_of(key)


def referenced_column(value: Any) -> "tuple[str, str]":
    """The table and column of `"schema.table.column"`, each quoted."""
    if isinstance(value, str) and "." in value:
        table, column = value.rsplit(".", 1)
        schema, _, name = table.rpartition(".")
        return qualified(name, schema or None), quote(column)
    if isinstance(value, Member) and isinstance(value.owner, Member):
        table_value = value.owner.owner
        if isinstance(table_value, Construct) and table_value.name in ("Table", "table"):
            table_schema = table_value.kwargs.get("schema")
            return qualified(table_value.args[0], table_schema), quote(value.name)
    raise NotStatic("what a foreign key references cannot be told")


def constraint_name(options: Dict[str, Any]) -> str:
    name = options.get("name")
    return f"CONSTRAINT {quote(name)} " if name else ""


def deferrability(options: Dict[str, Any]) -> str:
    text = ""
    if options.get("deferrable") is not None:
        text += " DEFERRABLE" if options["deferrable"] else " NOT DEFERRABLE"
    if options.get("initially") is not None:
        text += f" INITIALLY {options['initially']}"
    return text


def include_clause(options: Dict[str, Any]) -> str:
    names = options.get("postgresql_include")
    return f" INCLUDE ({', '.join(name_list(names))})" if names else ""


def sequence_options(options: Dict[str, Any]) -> str:
    parts = []
    numbers = (
        ("increment", "INCREMENT BY"),
        ("start", "START WITH"),
        ("minvalue", "MINVALUE"),
        ("maxvalue", "MAXVALUE"),
    )
    for name, words in numbers:
        if options.get(name) is not None:
            parts.append(f"{words} {int(options[name])}")
    parts += ["NO MINVALUE"] if options.get("nominvalue") is not None else []
    parts += ["NO MAXVALUE"] if options.get("nomaxvalue") is not None else []
    if options.get("cache") is not None:
        parts.append(f"CACHE {int(options['cache'])}")
    if options.get("cycle") is not None:
        parts.append("CYCLE" if options["cycle"] else "NO CYCLE")
    return " ".join(parts)


def create_sequence(types: TypeReader, sequence: Construct, guard_text: str) -> str:
    options = named(sequence, SEQUENCE_NAMES)
    text = f"CREATE SEQUENCE {guard_text}{qualified(options.get('name'), options.get('schema'))}"
    if options.get("data_type") is not None:
        text += f" AS {types.read(options['data_type']).sql}"
    settings = sequence_options(options)
    return f"{text} {settings}" if settings else text


def create_enum(enum: EnumType, made: Optional[str]) -> Statement:
    labels = ", ".join(text_literal(label) for label in enum.labels)
    sql = f"CREATE TYPE {enum.qualified_name()} AS ENUM ({labels})"
    if made is None:
        return Statement(sql)
    unless = {"kind": "type", "schema": enum.schema, "name": enum.name, "when": made}
    return Statement(sql, unless)


def comment_on(kind: str, place: str, comment: Any) -> Statement:
    if comment is not None and not isinstance(comment, str):
        raise NotStatic("a comment is not a text")
    return Statement(
        f"COMMENT ON {kind} {place} IS " + ("NULL" if comment is None else text_literal(comment))
    )


__all__ = ["Column", "LocalClass", "Statement", "TableWriter", "known", "named", "quoted"]
