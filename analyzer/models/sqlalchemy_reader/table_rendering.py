"""One table as the statements that create it, one column or constraint on each line.

What cannot be told of a column or constraint is told as a problem, and something stands in its
place, so that the rest of the table is still read.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple

from sqlalchemy_source.column_types import ColumnType
from sqlalchemy_source.expressions import ExpressionWriter
from sqlalchemy_source.naming import qualified, quote
from sqlalchemy_source.tables import Column, TableWriter, comment_on, numbered_column, plain
from sqlalchemy_source.values import Construct, NotStatic

from .column_references import ColumnReferences, MissingColumn
from .column_rendering import ColumnRenderer
from .constraint_names import ConstraintNamer, UnnamedConstraint
from .declarations import Declarations, DeclaredColumn, Metadata, Part, Table, is_sqlalchemy
from .foreign_keys import ForeignKeys
from .made_types import MadeTypes
from .model_types import ModelTypes
from .python_values import Place
from .statement_parts import (
    Key,
    RenderedTable,
    SqlStatement,
    given_name,
    postgresql_options,
    quoted_table,
    with_name,
    with_quoting,
)

IGNORED_TABLE_OPTIONS = frozenset(
    """extend_existing keep_existing must_exist info listeners autoload autoload_with
    autoload_replace resolve_fks include_columns implicit_returning quote
    quote_schema""".split()
)


class TableRenderer:
    def __init__(self, declarations: Declarations, types: ModelTypes) -> None:
        self._declarations = declarations
        self._types = types
        self._expressions = ExpressionWriter(types)
        self._writer = TableWriter(types, self._expressions)
        self._keys = ForeignKeys(declarations)
        self._made = MadeTypes(declarations, types, self._writer)
        self._columns = ColumnRenderer(declarations, types, self._writer, self._made, self._keys)

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

    def rendered(self, table: Table) -> RenderedTable:
        result = RenderedTable(table)
        namer = self._namer(table)
        schema = table.metadata.schema
        self._types.default_schema = schema if isinstance(schema, str) else None
        columns = [
            self._columns.rendered(table, declared, namer, result) for declared in table.columns
        ]
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
            if missing.name is not None and not self._declarations.may_have_more_columns(table):
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
            self._columns.unknown(table, chosen[0][0], "default", str(not_static))
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
            result.keys.append(self._keys.of_constraint(table, part, namer))

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
                ColumnReferences(table).name_of_key(key): value
                for key, value in operator_classes.items()
            }
        for ignored in ("info", "quote", "_table", "_column_flag", "name"):
            options.pop(ignored, None)
        name = namer.name("ix", given, references.met)
        if name is None:
            raise NotStatic("it has no name, and the naming convention gives it none")
        statement = self._writer.create_index(
            name, quoted_table(table), keys, {**options, "schema": table.schema}
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
                        self._keys.of_column(table, declared, i, namer)
                    ),
                )

    def _enum_check(
        self, column: Column, enum: Any, namer: ConstraintNamer, declared: DeclaredColumn
    ) -> str:
        enum.name = namer.name("ck", enum.name, [declared])
        only = Column(name=column.name, type=ColumnType(column.type.sql, enums=[enum]))
        return self._writer.enum_checks(only)[0]

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
                    self._columns.unknown(table, declared, "comment", str(not_static))
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

    def of_metadata(self, metadata: Metadata) -> List[SqlStatement]:
        """Enumerations and sequences that belong to the metadata, whether a table uses them."""
        return self._made.of_metadata(metadata)
