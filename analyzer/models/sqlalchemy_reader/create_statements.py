"""One table as the statements that create it, one column or constraint on each line.

What cannot be told of a column or constraint is told as a problem, and something stands in its
place, so that the rest of the table is still read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional, Tuple

from sqlalchemy_source.column_types import ColumnType
from sqlalchemy_source.expressions import ExpressionWriter
from sqlalchemy_source.naming import qualified, quote
from sqlalchemy_source.tables import (
    Column,
    ForeignKey,
    TableWriter,
    comment_on,
    create_sequence,
    named,
    numbered_column,
    plain,
)
from sqlalchemy_source.values import Construct, NotStatic, Unknown, first_unknown, is_constant

from .column_references import ColumnReferences, MissingColumn, sequence_schema
from .constraint_names import ConstraintNamer, UnnamedConstraint
from .declarations import (
    Declarations,
    DeclaredColumn,
    Metadata,
    Part,
    Table,
    column_of_value,
    is_sqlalchemy,
)
from .model_types import ModelTypes
from .python_values import Place

STAND_IN = ColumnType("TEXT")
FLAGS = ("nullable", "primary_key", "unique", "index", "autoincrement", "comment")
FOREIGN_KEY_NAMES = (
    "column _constraint use_alter name onupdate ondelete deferrable initially link_to_name match"
).split()
OTHER_DATABASES = ("mysql_", "mariadb_", "sqlite_", "mssql_", "oracle_")
IGNORED_TABLE_OPTIONS = frozenset(
    """extend_existing keep_existing must_exist info listeners autoload autoload_with
    autoload_replace
    resolve_fks include_columns implicit_returning quote quote_schema sqlite_autoincrement""".split()
)
SUFFIX_COMMENTS = ("comment",)


@dataclass
class SqlStatement:
    """A statement, and for each of its lines where that stands in the models."""

    sql: str
    places: List[Place]
    table: Optional[Table] = None


@dataclass
class Key:
    """A foreign key with the table that it refers to, where a model declares it."""

    key: ForeignKey
    place: Place
    target: Optional[Table]
    label: str


@dataclass
class RenderedTable:
    """What creates a table: types before it, the table, and what follows it."""

    table: Table
    before: List[SqlStatement] = field(default_factory=list)
    lines: List[Tuple[str, Place]] = field(default_factory=list)
    keys: List[Key] = field(default_factory=list)
    after: List[SqlStatement] = field(default_factory=list)


class TableRenderer:
    def __init__(self, declarations: Declarations, types: ModelTypes) -> None:
        self._declarations = declarations
        self._types = types
        self._expressions = ExpressionWriter(types)
        self._writer = TableWriter(types, self._expressions)
        self._loose: Dict[int, List[Part]] = {}
        self.types_made: set = set()

    def take_loose_parts(self) -> None:
        """Gives the indexes and constraints that stand alone to the tables of their columns."""
        held = {id(part.construct) for table in self._declarations.tables for part in table.parts}
        for part in self._declarations.loose_parts:
            if id(part.construct) in held:
                continue
            references = ColumnReferences(None)
            try:
                references.replaced(list(part.construct.args))
                references.replaced(list(part.construct.kwargs.values()))
            except NotStatic:
                continue
            if references.table is not None:
                held.add(id(part.construct))
                references.table.parts.append(part)

    # Tables

    def rendered(self, table: Table) -> RenderedTable:
        result = RenderedTable(table)
        namer = self._namer(table)
        schema = table.metadata.schema
        self._types.default_schema = schema if isinstance(schema, str) else None
        columns = [self._column(table, declared, namer, result) for declared in table.columns]
        pairs = list(zip(table.columns, columns))
        self._mark_referring(table, pairs)
        key_lines = self._primary_key(table, pairs, namer)
        numbered = key_lines[1]
        for declared, column in pairs:
            line = self._writer.column_specification(column, table.schema, column is numbered)
            result.lines.append((line, declared.place))
        result.lines += key_lines[0]
        indexes: List[SqlStatement] = []
        for part in table.parts:
            self._attempt(
                table,
                part.place,
                part.construct,
                lambda p=part: self._part(table, p, namer, result, indexes),
            )
        for declared, column in pairs:
            self._of_column(table, declared, column, namer, result, indexes)
        result.after += indexes + self._comments(table, pairs)
        return result

    def _namer(self, table: Table) -> ConstraintNamer:
        try:
            return ConstraintNamer(table)
        except NotStatic as not_static:
            self._declarations.not_static(table.place, str(not_static), table, attribute="names")
            table.metadata.construct.kwargs["naming_convention"] = None
            return ConstraintNamer(table)

    def _attempt(
        self, table: Table, place: Place, construct: Construct, act: Callable[[], None]
    ) -> None:
        """Writes a constraint or index; tells what it is where it cannot be written."""
        what = f"{construct.name} {given_name(construct) or ''}".strip()
        try:
            act()
            return
        except MissingColumn as missing:
            if missing.name is not None and not self._may_have_more_columns(table):
                message = f"the {what} of {table.key()} would be refused: {missing}"
                self._declarations.would_not_import(place, message, table)
                return
            why = str(missing)
        except UnnamedConstraint:
            message = f"the {what} of {table.key()} has no name, which the naming convention needs"
            self._declarations.would_not_import(place, message, table)
            return
        except NotStatic as not_static:
            why = str(not_static)
        except (TypeError, ValueError, AttributeError, KeyError, IndexError):
            why = "its arguments are not understood"
        except RecursionError:
            why = "it is nested too deeply to be read"
        attribute = "indexes" if construct.name == "Index" else "constraints"
        message = f"the {what} of {table.key()} is left out: {why}"
        self._declarations.not_static(place, message, table, attribute=attribute)

    def _may_have_more_columns(self, table: Table) -> bool:
        return any(
            problem.table is table and problem.attribute == "columns"
            for problem in self._declarations.problems
        )

    # Columns

    def _column(
        self, table: Table, declared: DeclaredColumn, namer: ConstraintNamer, result: RenderedTable
    ) -> Column:
        kind = self._column_type(table, declared, result)
        column = Column(name=with_quoting(declared), type=kind)
        self._take_flags(table, declared, column)
        options = declared.options
        default = options.get("default")
        items = list(declared.items)
        if default is not None:
            items.append(default if is_sqlalchemy(default, "Sequence") else GENERATED)
        if options.get("server_default") is not None:
            items.append(options["server_default"])
        for item in items:
            try:
                self._take_item(table, declared, column, item, namer, result)
            except UnnamedConstraint:
                message = f"the CHECK of {declared.name} has no name, which the convention needs"
                self._declarations.would_not_import(declared.place, message, table, declared.name)
            except (NotStatic, TypeError, ValueError, AttributeError, KeyError) as error:
                is_check = is_sqlalchemy(item, "CheckConstraint")
                why = str(error) if isinstance(error, NotStatic) else "it is not understood"
                self._unknown(table, declared, "constraints" if is_check else "default", why)
        return column

    def _unknown(self, table: Table, declared: DeclaredColumn, attribute: str, why: str) -> None:
        message = f"the {attribute} of {table.key()}.{declared.name} cannot be told: {why}"
        self._declarations.not_static(
            declared.place, message, table, str(declared.name), attribute=attribute
        )

    def _column_type(
        self, table: Table, declared: DeclaredColumn, result: RenderedTable
    ) -> ColumnType:
        self._types.undecided = None
        self._types.domains = []
        try:
            value = self._type_value(table, declared, set())
            kind = self._types.read(value)
            for enum in kind.enums:
                if enum.inherits_schema:
                    enum.schema, enum.inherits_schema = table.schema, False
                if enum.native:
                    enum.qualified_name()
        except NotStatic as not_static:
            self._unknown(table, declared, "type", str(not_static))
            return STAND_IN
        except (TypeError, ValueError, AttributeError, KeyError, IndexError, RecursionError):
            self._unknown(table, declared, "type", "its arguments are not understood")
            return STAND_IN
        if self._types.undecided is not None:
            self._unknown(table, declared, "type", self._types.undecided)
        self._make_types(table, declared, kind, result)
        return kind

    def _type_value(self, table: Table, declared: DeclaredColumn, visited: set) -> Any:
        """The column's type; one without takes that of the column it refers to."""
        if declared.type_problem is not None:
            raise NotStatic(declared.type_problem)
        if declared.type is not None:
            return declared.type
        if id(declared) in visited:
            raise NotStatic("the columns that it refers to refer to each other")
        visited.add(id(declared))
        reference = self._reference_of(table, declared)
        if reference is None:
            raise NotStatic("it has no type")
        _, target, column = self._target(table, reference)
        if target is None or column is None:
            raise NotStatic("the column that it refers to is not in the files")
        try:
            declared.type = self._type_value(target, column, visited)
        except NotStatic as not_static:
            declared.type_problem = str(not_static)
            raise
        return declared.type

    @staticmethod
    def _reference_of(table: Table, declared: DeclaredColumn) -> Any:
        """What a foreign key of the column refers to."""
        for item in declared.items:
            if is_sqlalchemy(item, "ForeignKey"):
                return item.args[0] if item.args else item.kwargs.get("column")
        for part in table.parts:
            if part.construct.name != "ForeignKeyConstraint" or len(part.construct.args) < 2:
                continue
            local, remote = part.construct.args[:2]
            if isinstance(local, (list, tuple)) and isinstance(remote, (list, tuple)):
                if declared.key in local and len(remote) == len(local):
                    return remote[list(local).index(declared.key)]
        return None

    def _make_types(
        self, table: Table, declared: DeclaredColumn, kind: ColumnType, result: RenderedTable
    ) -> None:
        """The CREATE TYPE or CREATE DOMAIN that the column's type needs, the first time only."""
        for enum in kind.enums:
            if enum.native and enum.made_with_table:
                statement = self._writer_enum(enum)
                result.before += self._made_once(statement, declared.place, table)
        for domain in self._types.domains:
            if domain.kwargs.get("create_type", True) is not False:
                statement = self._domain(domain)
                result.before += self._made_once(statement, declared.place, table)

    def _made_once(
        self, statement: Tuple[str, str], place: Place, table: Optional[Table]
    ) -> List[SqlStatement]:
        name, sql = statement
        if name in self.types_made:
            return []
        self.types_made.add(name)
        return [SqlStatement(sql, [place], table)]

    @staticmethod
    def _writer_enum(enum: Any) -> Tuple[str, str]:
        from sqlalchemy_source.tables import create_enum

        return enum.qualified_name(), create_enum(enum, None).sql

    def _domain(self, value: Construct) -> Tuple[str, str]:
        options = named(
            value,
            "name data_type collation default constraint_name not_null check create_type".split(),
        )
        name = qualified(options.get("name"), options.get("schema"))
        sql = f"CREATE DOMAIN {name} AS {self._types.read(options.get('data_type')).sql}"
        if options.get("collation") is not None:
            sql += f" COLLATE {quote(options['collation'])}"
        if options.get("default") is not None:
            sql += f" DEFAULT {self._writer.server_default(options['default'])}"
        if options.get("constraint_name") is not None:
            sql += f" CONSTRAINT {quote(options['constraint_name'])}"
        if options.get("not_null"):
            sql += " NOT NULL"
        if options.get("check") is not None:
            sql += f" CHECK ({self._expressions.clause(options['check'])})"
        return name, sql

    def _take_flags(self, table: Table, declared: DeclaredColumn, column: Column) -> None:
        if declared.annotated_nullable is not None:
            column.nullable = declared.annotated_nullable
        if "**" in declared.options:
            self._unknown(table, declared, "options", "they are known only when it runs")
        for flag in FLAGS:
            value = declared.options.get(flag)
            if getattr(value, "name", "") == "NULL_UNSPECIFIED":
                continue
            if is_constant(value):
                if value is not None:
                    setattr(column, flag, value)
                continue
            unknown = first_unknown(value)
            why = unknown.why if unknown is not None else "its value is not in the files"
            self._unknown(table, declared, flag, why)

    def _take_item(
        self,
        table: Table,
        declared: DeclaredColumn,
        column: Column,
        item: Any,
        namer: ConstraintNamer,
        result: RenderedTable,
    ) -> None:
        """A part of a column: a key, a check, an identity, a default."""
        if item is GENERATED:
            column.generated_in_python = True
            return
        if isinstance(item, Unknown):
            raise NotStatic(item.why)
        if is_sqlalchemy(item, "ForeignKey"):
            column.refers = True
            return
        references = ColumnReferences(table)
        if is_sqlalchemy(item, "CheckConstraint"):
            check = references.replaced(item)
            name = namer.name("ck", given_name(item), references.met)
            column.checks.append(self._writer.check_constraint(with_name(check, name)))
        elif is_sqlalchemy(item, "Identity"):
            column.identity = self._writer.identity(item)
        elif is_sqlalchemy(item, "Computed"):
            probe = Construct(
                "sqlalchemy.Column", ["probe", INTEGER, references.replaced(item)], {}
            )
            column.computed = self._writer.read_column(probe).computed
        elif is_sqlalchemy(item, "Sequence"):
            if item.kwargs.get("optional") is not True:
                column.has_sequence = True
                self._sequence(table, declared, item, result)
        elif is_sqlalchemy(item, "FetchedValue"):
            pass
        elif is_sqlalchemy(item, "ColumnDefault"):
            column.generated_in_python = True
        elif isinstance(item, Construct) and item.name == "Constraint":
            raise NotStatic("a part of it is not read")
        else:
            column.default = self._writer.server_default(references.replaced(item))

    def _sequence(
        self, table: Table, declared: DeclaredColumn, item: Construct, result: RenderedTable
    ) -> None:
        name, sql = self.sequence_statement(item)
        result.before += self._made_once((f"sequence {name}", sql), declared.place, table)

    def sequence_statement(self, item: Construct) -> Tuple[str, str]:
        options = {
            key: value
            for key, value in item.kwargs.items()
            if key not in ("metadata", "optional", "quote", "schema", "info", "for_update")
        }
        schema = sequence_schema(item)
        given = Construct(item.path, item.args, {**options, "schema": schema})
        name = item.args[0] if item.args else options.get("name")
        return qualified(name, schema), create_sequence(self._types, given, "")

    # Constraints

    def _mark_referring(self, table: Table, pairs: List[Tuple[DeclaredColumn, Column]]) -> None:
        for part in table.parts:
            if part.construct.name != "ForeignKeyConstraint" or not part.construct.args:
                continue
            local = part.construct.args[0]
            for declared, column in pairs:
                if isinstance(local, (list, tuple)) and declared.key in local:
                    column.refers = True

    def _primary_key(
        self, table: Table, pairs: List[Tuple[DeclaredColumn, Column]], namer: ConstraintNamer
    ) -> Tuple[List[Tuple[str, Place]], Optional[Column]]:
        """The line of the primary key, and the column of it that PostgreSQL numbers."""
        flagged = [pair for pair in pairs if pair[1].primary_key]
        explicit = next(
            (p for p in table.parts if p.construct.name == "PrimaryKeyConstraint"), None
        )
        chosen = flagged
        place = flagged[0][0].place if flagged else table.place
        options: Dict[str, Any] = {}
        if explicit is not None:
            place = explicit.place
            options = dict(explicit.construct.kwargs)
            try:
                named_columns = ColumnReferences(table).columns(list(explicit.construct.args))
                by_column = {id(declared): column for declared, column in pairs}
                if named_columns:
                    chosen = [(column, by_column[id(column)]) for column in named_columns]
            except NotStatic as not_static:
                message = f"the primary key of {table.key()} cannot be told: {not_static}"
                self._declarations.not_static(place, message, table, attribute="primary_key")
        if not chosen:
            return [], None
        for _, column in chosen:
            column.primary_key = True
        numbered = self._numbered(table, chosen)
        if explicit is None and numbered is not None:
            chosen = sorted(chosen, key=lambda pair: pair[1] is not numbered)
        declared_columns = [declared for declared, _ in chosen]
        try:
            options["name"] = namer.name("pk", options.get("name"), declared_columns)
            names = [quote(column.name) for _, column in chosen]
            text = self._writer.primary_key_constraint(names, plain(options))
        except (NotStatic, UnnamedConstraint) as error:
            message = f"the name or an option of the primary key of {table.key()} cannot be told"
            self._declarations.not_static(
                place, f"{message}: {error}", table, attribute="constraint_name"
            )
            text = self._writer.primary_key_constraint([quote(c.name) for _, c in chosen], {})
        return [(text, place)], numbered

    def _numbered(
        self, table: Table, chosen: List[Tuple[DeclaredColumn, Column]]
    ) -> Optional[Column]:
        try:
            return numbered_column([column for _, column in chosen])
        except NotStatic as not_static:
            self._unknown(table, chosen[0][0], "default", str(not_static))
            return None

    def _part(
        self,
        table: Table,
        part: Part,
        namer: ConstraintNamer,
        result: RenderedTable,
        indexes: List[SqlStatement],
    ) -> None:
        """A constraint or index that the table lists, or that stands alone."""
        construct, place = part.construct, part.place
        options = postgresql_options(construct.kwargs)
        references = ColumnReferences(table)
        if construct.name == "PrimaryKeyConstraint":
            return
        if construct.name == "Index":
            indexes.append(self._index(table, construct, place, namer, options))
        elif construct.name == "UniqueConstraint":
            columns = references.columns(list(construct.args))
            if columns:
                options["name"] = namer.name("uq", options.get("name"), columns)
                names = [quote(with_quoting(column)) for column in columns]
                text = self._writer.unique_constraint(names, plain(options))
                result.lines.append((text, place))
        elif construct.name == "CheckConstraint":
            check = references.replaced(construct)
            name = namer.name("ck", given_name(construct), references.met)
            result.lines.append((self._writer.check_constraint(with_name(check, name)), place))
        elif construct.name == "ExcludeConstraint":
            elements = [references.replaced(element) for element in construct.args]
            elements = [
                [references.name_of_key(e[0]) if isinstance(e[0], str) else e[0], *e[1:]]
                for e in elements
            ]
            if "where" in options:
                options["where"] = references.replaced(options["where"])
            options["name"] = namer.name("ex", options.get("name"), references.met)
            text = self._writer.exclude_constraint(elements, plain(options))
            result.lines.append((text, place))
        elif construct.name == "ForeignKeyConstraint":
            result.keys.append(self._key_of_constraint(table, part, namer))

    def _index(
        self,
        table: Table,
        construct: Construct,
        place: Place,
        namer: ConstraintNamer,
        options: Dict[str, Any],
    ) -> SqlStatement:
        references = ColumnReferences(table)
        keys: List[Any] = []
        args = list(construct.args)
        given = args.pop(0) if args else options.get("name")
        for key in args:
            if isinstance(key, str):
                column = references.columns([key])[0]
                references.name_of_key(key)
                keys.append(with_quoting(column))
            else:
                keys.append(references.replaced(key))
        for name in ("postgresql_where", "postgresql_using", "postgresql_with"):
            if name in options:
                options[name] = ColumnReferences(table).replaced(options[name])
        if options.get("postgresql_include"):
            included = ColumnReferences(table).columns(list(options["postgresql_include"]))
            options["postgresql_include"] = [with_quoting(column) for column in included]
        operator_classes = options.get("postgresql_ops")
        if isinstance(operator_classes, dict):
            options["postgresql_ops"] = {
                references.name_of_key(key): value for key, value in operator_classes.items()
            }
        for ignored in ("info", "quote", "_table", "_column_flag", "name"):
            options.pop(ignored, None)
        name = namer.name("ix", given, references.met)
        if name is None:
            raise NotStatic("it has no name, and the naming convention gives it none")
        statement = self._writer.create_index(
            name, table.name, keys, {**options, "schema": table.schema}
        )
        return SqlStatement(statement.sql, [place], table)

    def _of_column(
        self,
        table: Table,
        declared: DeclaredColumn,
        column: Column,
        namer: ConstraintNamer,
        result: RenderedTable,
        indexes: List[SqlStatement],
    ) -> None:
        """What a column's own options bring: a unique constraint or index, checks, keys."""
        place = declared.place
        if column.index:
            made = Construct("sqlalchemy.Index", [None, declared.key])
            options = {"unique": bool(column.unique)}
            self._attempt(
                table,
                place,
                made,
                lambda: indexes.append(self._index(table, made, place, namer, options)),
            )
        elif column.unique:
            made = Construct("sqlalchemy.UniqueConstraint", [declared.key])
            self._attempt(
                table,
                place,
                made,
                lambda: self._part(table, Part(made, place), namer, result, indexes),
            )
        for enum in column.type.enums:
            if not enum.native and enum.has_check and not column.type.element_of_array:
                self._attempt(
                    table,
                    place,
                    Construct("sqlalchemy.Enum", [], {"name": enum.name}),
                    lambda e=enum: result.lines.append(
                        (self._enum_check(column, e, namer, declared), place)
                    ),
                )
        for item in declared.items:
            if is_sqlalchemy(item, "ForeignKey"):
                self._attempt(
                    table,
                    place,
                    item,
                    lambda i=item: result.keys.append(
                        self._key_of_column(table, declared, i, namer)
                    ),
                )

    def _enum_check(
        self, column: Column, enum: Any, namer: ConstraintNamer, declared: DeclaredColumn
    ) -> str:
        enum.name = namer.name("ck", enum.name, [declared])
        only = Column(name=column.name, type=ColumnType(column.type.sql, enums=[enum]))
        return self._writer.enum_checks(only)[0]

    # Foreign keys

    def _target(
        self, table: Table, value: Any
    ) -> "Tuple[Tuple[str, Any, str], Optional[Table], Optional[DeclaredColumn]]":
        """The (table, schema, column) that a foreign key names, and what of it is declared."""
        if isinstance(value, str):
            parts = value.split(".")
            if len(parts) < 2:
                raise NotStatic(f"its target {value!r} names no table")
            column, name = parts[-1], parts[-2]
            schema = ".".join(parts[:-2]) or table.metadata.schema
            key = f"{schema}.{name}" if schema else name
            target = table.metadata.tables.get(key)
            found = target.find(column) if target is not None else None
            shown = str(found.name) if found is not None else column
            return (name, schema, shown), target, found
        named_column = column_of_value(value)
        if named_column is None and is_sqlalchemy(value, "Column", "mapped_column"):
            for candidate in [table] + self._declarations.tables:
                found = candidate.find_source(value)
                if found is not None:
                    named_column = (candidate, found)
                    break
        if named_column is None:
            unknown = first_unknown(value)
            why = unknown.why if unknown is not None else "it is not in the files"
            raise NotStatic(f"its target cannot be told: {why}")
        target, found = named_column
        return (target.name, target.schema, str(found.name)), target, found

    def _key(
        self,
        table: Table,
        columns: List[DeclaredColumn],
        targets: List[Any],
        options: Dict[str, Any],
        place: Place,
        namer: ConstraintNamer,
    ) -> Key:
        found = [self._target(table, target) for target in targets]
        (name, schema, _), target, _ = found[0]
        referred = [column for (_, _, column), _, _ in found]
        if len({(item[0][0], item[0][1]) for item in found}) != 1:
            raise NotStatic("it names columns of two tables")
        for (_, _, wanted), declared_table, declared in found:
            if declared_table is not None and declared is None:
                if not self._may_have_more_columns(declared_table):
                    message = f"a foreign key of {table.key()} names the column {wanted}, which "
                    message += f"the table {declared_table.key()} has not"
                    self._declarations.would_not_import(place, message, table)
        if target is None:
            message = f"a foreign key of {table.key()} names the table "
            message += f"{f'{schema}.' if schema else ''}{name}, which no model declares"
            self._declarations.would_not_import(place, message, table)
        use_alter = options.pop("use_alter", False) is True
        options["name"] = namer.name(
            "fk", options.get("name"), columns, target, referred, referred_name=str(name)
        )
        key = ForeignKey(
            [quote(with_quoting(column)) for column in columns],
            qualified(name, schema),
            [quote(column) for column in referred],
            plain(options),
            use_alter,
        )
        return Key(key, place, target, f"{schema}.{name}" if schema else str(name))

    def _key_of_column(
        self, table: Table, declared: DeclaredColumn, item: Construct, namer: ConstraintNamer
    ) -> Key:
        options = dict(zip(FOREIGN_KEY_NAMES, item.args))
        options.update(postgresql_options(item.kwargs))
        target = options.pop("column", None)
        return self._key(table, [declared], [target], options, declared.place, namer)

    def _key_of_constraint(self, table: Table, part: Part, namer: ConstraintNamer) -> Key:
        names = ["columns", "refcolumns", "name", "onupdate", "ondelete", "deferrable", "initially"]
        options = dict(zip(names, part.construct.args))
        options.update(postgresql_options(part.construct.kwargs))
        local, remote = options.pop("columns", None), options.pop("refcolumns", None)
        if not isinstance(local, (list, tuple)) or not isinstance(remote, (list, tuple)):
            raise NotStatic("its columns are not a known list")
        if not local or len(local) != len(remote):
            raise NotStatic("it names as many columns as it refers to, or none")
        columns = ColumnReferences(table).columns(list(local))
        return self._key(table, columns, list(remote), options, part.place, namer)

    # Comments and the table itself

    def _comments(
        self, table: Table, pairs: List[Tuple[DeclaredColumn, Column]]
    ) -> List[SqlStatement]:
        place = qualified(quoted_table(table), table.schema)
        statements: List[SqlStatement] = []
        comment = table.options.get("comment")
        if comment:
            try:
                statement = comment_on("TABLE", place, comment)
                statements.append(SqlStatement(statement.sql, [table.place], table))
            except NotStatic as not_static:
                message = f"the comment of {table.key()} cannot be told: {not_static}"
                self._declarations.not_static(table.place, message, table, attribute="comment")
        for declared, column in pairs:
            if column.comment:
                try:
                    statement = comment_on(
                        "COLUMN", f"{place}.{quote(column.name)}", column.comment
                    )
                    statements.append(SqlStatement(statement.sql, [declared.place], table))
                except NotStatic as not_static:
                    self._unknown(table, declared, "comment", str(not_static))
        return statements

    def create_table(self, rendered: RenderedTable, keys: List[Key]) -> SqlStatement:
        """CREATE TABLE with the given foreign keys in it."""
        table = rendered.table
        lines = list(rendered.lines)
        lines += [(self._writer.foreign_key(key.key), key.place) for key in keys]
        name = qualified(quoted_table(table), table.schema)
        options = {
            key: value
            for key, value in postgresql_options(table.options).items()
            if key not in IGNORED_TABLE_OPTIONS
        }
        texts = [text for text, _ in lines]
        try:
            sql = self._writer.table_text(name, texts, plain(options))
        except (NotStatic, TypeError, ValueError, AttributeError) as error:
            message = f"an option of the table {table.key()} cannot be told: {error}"
            self._declarations.not_static(table.place, message, table, attribute="options")
            sql = self._writer.table_text(name, texts, {})
        places = [table.place] * (sql[: sql.index("(\n")].count("\n") + 1 if lines else 1)
        for text, place in lines:
            places += [place] * (text.count("\n") + 1)
        places += [table.place] * max(sql.count("\n") + 1 - len(places), 0)
        return SqlStatement(sql, places, table)

    def add_foreign_key(self, table: Table, key: Key) -> SqlStatement:
        name = qualified(quoted_table(table), table.schema)
        sql = f"ALTER TABLE {name} ADD {self._writer.foreign_key(key.key)}"
        return SqlStatement(sql, [key.place], table)

    def loose_types(self, metadata: Metadata) -> List[SqlStatement]:
        """Enumerations and sequences that belong to the metadata, whether a table uses them."""
        statements: List[SqlStatement] = []
        for construct in metadata.enums + metadata.sequences:
            place = Place(construct.file, construct.line, construct.column)
            try:
                if construct.name == "Sequence":
                    name, sql = self.sequence_statement(construct)
                    statements += self._made_once((f"sequence {name}", sql), place, None)
                    continue
                enum = self._types.enumeration(construct)
                if enum.native and enum.made_with_table:
                    statements += self._made_once(self._writer_enum(enum), place, None)
            except (NotStatic, TypeError, ValueError, AttributeError, KeyError) as error:
                why = str(error) if isinstance(error, NotStatic) else "it is not understood"
                message = f"the {construct.name} of a metadata is left out: {why}"
                self._declarations.not_static(place, message)
        return statements


GENERATED = object()
INTEGER = Construct("sqlalchemy.Integer")


def with_quoting(column: DeclaredColumn) -> Any:
    from sqlalchemy_source.tables import quoted

    return quoted(column.name, column.options.get("quote"))


def quoted_table(table: Table) -> Any:
    from sqlalchemy_source.tables import quoted

    return quoted(table.name, table.options.get("quote"))


def given_name(construct: Construct) -> Any:
    if "name" in construct.kwargs:
        return construct.kwargs["name"]
    if construct.name == "Index" and construct.args:
        return construct.args[0] if isinstance(construct.args[0], str) else None
    if construct.name == "CheckConstraint" and len(construct.args) > 1:
        return construct.args[1]
    return None


def with_name(construct: Construct, name: Optional[str]) -> Construct:
    options = {**construct.kwargs, "name": name}
    return Construct(construct.path, construct.args[:1], options)


def postgresql_options(options: Dict[str, Any]) -> Dict[str, Any]:
    return {
        key: value
        for key, value in options.items()
        if not key.startswith(OTHER_DATABASES) and key not in ("info", "comment_")
    }
