"""Types, domains and sequences that tables need: each is made once, before its first table."""

from __future__ import annotations

from typing import List, Optional, Set, Tuple

from sqlalchemy_source.column_types import ColumnType, EnumType
from sqlalchemy_source.expressions import ExpressionWriter
from sqlalchemy_source.naming import qualified, quote
from sqlalchemy_source.tables import TableWriter, create_enum, create_sequence, named
from sqlalchemy_source.values import Construct, NotStatic

from .column_references import sequence_schema
from .declarations import Declarations, DeclaredColumn, Metadata, Table
from .model_types import ModelTypes
from .python_values import Place
from .statement_parts import RenderedTable, SqlStatement

DOMAIN_NAMES = (
    "name data_type collation default constraint_name not_null check create_type"
).split()
SEQUENCE_OPTIONS_ELSEWHERE = ("metadata", "optional", "quote", "schema", "info", "for_update")


class MadeTypes:
    def __init__(self, declarations: Declarations, types: ModelTypes, writer: TableWriter) -> None:
        self._declarations = declarations
        self._types = types
        self._writer = writer
        self._expressions = ExpressionWriter(types)
        self._made: Set[str] = set()

    def for_column(
        self, table: Table, declared: DeclaredColumn, kind: ColumnType, result: RenderedTable
    ) -> None:
        """The CREATE TYPE or CREATE DOMAIN that the column's type needs, the first time only."""
        for enum in kind.enums:
            if enum.native and enum.made_with_table:
                statement = enum_statement(enum)
                result.before += self._made_once(statement, declared.place, table)
        for domain in self._types.domains:
            if domain.kwargs.get("create_type", True) is not False:
                statement = self._domain(domain)
                result.before += self._made_once(statement, declared.place, table)

    def for_sequence(
        self, table: Table, declared: DeclaredColumn, item: Construct, result: RenderedTable
    ) -> None:
        name, sql = self._sequence_statement(item)
        result.before += self._made_once((f"sequence {name}", sql), declared.place, table)

    def of_metadata(self, metadata: Metadata) -> List[SqlStatement]:
        """Enumerations and sequences that belong to the metadata, whether a table uses them."""
        statements: List[SqlStatement] = []
        for construct in metadata.enums + metadata.sequences:
            place = Place(construct.file, construct.line, construct.column)
            try:
                if construct.name == "Sequence":
                    name, sql = self._sequence_statement(construct)
                    statements += self._made_once((f"sequence {name}", sql), place, None)
                    continue
                enum = self._types.enumeration(construct)
                if enum.native and enum.made_with_table:
                    statements += self._made_once(enum_statement(enum), place, None)
            except (NotStatic, TypeError, ValueError, AttributeError, KeyError) as error:
                why = str(error) if isinstance(error, NotStatic) else "it is not understood"
                message = f"the {construct.name} of a metadata is left out: {why}"
                self._declarations.not_static(place, message)
        return statements

    def _made_once(
        self, statement: Tuple[str, str], place: Place, table: Optional[Table]
    ) -> List[SqlStatement]:
        name, sql = statement
        if name in self._made:
            return []
        self._made.add(name)
        return [SqlStatement(sql, [place], table)]

    def _domain(self, value: Construct) -> Tuple[str, str]:
        options = named(value, DOMAIN_NAMES)
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

    def _sequence_statement(self, item: Construct) -> Tuple[str, str]:
        options = {
            key: value
            for key, value in item.kwargs.items()
            if key not in SEQUENCE_OPTIONS_ELSEWHERE
        }
        schema = sequence_schema(item)
        given = Construct(item.path, item.args, {**options, "schema": schema})
        name = item.args[0] if item.args else options.get("name")
        return qualified(name, schema), create_sequence(self._types, given, "")


def enum_statement(enum: EnumType) -> Tuple[str, str]:
    return enum.qualified_name(), create_enum(enum, None).sql
