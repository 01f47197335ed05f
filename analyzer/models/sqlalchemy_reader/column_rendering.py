"""Columns with their types, defaults and checks; something stands in for what cannot be told."""

from __future__ import annotations

from typing import Any

from sqlalchemy_source.column_types import ColumnType
from sqlalchemy_source.tables import Column, TableWriter
from sqlalchemy_source.values import Construct, NotStatic, Unknown, first_unknown, is_constant

from .column_references import ColumnReferences
from .constraint_names import ConstraintNamer, UnnamedConstraint
from .declarations import Declarations, DeclaredColumn, Table, is_sqlalchemy
from .foreign_keys import ForeignKeys
from .made_types import MadeTypes
from .model_types import ModelTypes
from .statement_parts import RenderedTable, given_name, with_name, with_quoting

STAND_IN = ColumnType("TEXT")
FLAGS = ("nullable", "primary_key", "unique", "index", "autoincrement", "comment")
GENERATED = object()
INTEGER = Construct("sqlalchemy.Integer")


class ColumnRenderer:
    def __init__(
        self,
        declarations: Declarations,
        types: ModelTypes,
        writer: TableWriter,
        made: MadeTypes,
        keys: ForeignKeys,
    ) -> None:
        self._declarations = declarations
        self._types = types
        self._writer = writer
        self._made = made
        self._keys = keys

    def rendered(
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
                self.unknown(table, declared, "constraints" if is_check else "default", why)
        return column

    def unknown(self, table: Table, declared: DeclaredColumn, attribute: str, why: str) -> None:
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
            value = self._keys.type_value(table, declared, set())
            kind = self._types.read(value)
            for enum in kind.enums:
                if enum.inherits_schema:
                    enum.schema, enum.inherits_schema = table.schema, False
                if enum.native:
                    enum.qualified_name()
        except NotStatic as not_static:
            self.unknown(table, declared, "type", str(not_static))
            return STAND_IN
        except (TypeError, ValueError, AttributeError, KeyError, IndexError, RecursionError):
            self.unknown(table, declared, "type", "its arguments are not understood")
            return STAND_IN
        if self._types.undecided is not None:
            self.unknown(table, declared, "type", self._types.undecided)
        self._made.for_column(table, declared, kind, result)
        return kind

    def _take_flags(self, table: Table, declared: DeclaredColumn, column: Column) -> None:
        if declared.annotated_nullable is not None:
            column.nullable = declared.annotated_nullable
        if "**" in declared.options:
            self.unknown(table, declared, "options", "they are known only when it runs")
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
            self.unknown(table, declared, flag, why)

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
                self._made.for_sequence(table, declared, item, result)
        elif is_sqlalchemy(item, "FetchedValue"):
            pass
        elif is_sqlalchemy(item, "ColumnDefault"):
            column.generated_in_python = True
        elif isinstance(item, Construct) and item.name == "Constraint":
            raise NotStatic("a part of it is not read")
        else:
            column.default = self._writer.server_default(references.replaced(item))
