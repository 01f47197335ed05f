"""Tables written as `Table("name", metadata, Column(...), ...)`, and parts that stand alone."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from sqlalchemy_source.tables import is_schema_item
from sqlalchemy_source.values import Construct, Unknown

from .declarations import (
    TABLE_PARTS,
    Declarations,
    DeclaredColumn,
    Metadata,
    Part,
    Table,
    is_sqlalchemy,
    place_of,
)
from .python_values import Identified, Place

SYSTEM_OPTIONS = ("extend_existing", "keep_existing", "must_exist", "info", "listeners", "quote")
TELLING_EVENTS = ("before_create", "after_create", "after_parent_attach")


class CoreTables:
    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations

    def declare(self, made: Identified, place: Place, perhaps: Optional[str]) -> Any:
        """The table that a call of `Table` makes, or the one that it names again."""
        args = list(made.args)
        name = args.pop(0) if args else made.kwargs.pop("name", None)
        metadata_value = args.pop(0) if args else made.kwargs.pop("metadata", None)
        options = dict(made.kwargs)
        metadata = getattr(metadata_value, "declared", None)
        is_known = isinstance(metadata, Metadata)
        if not isinstance(metadata, Metadata):
            metadata = self._declarations.new_metadata(
                Construct("sqlalchemy.MetaData", [], {}, place.line, place.column, place.file)
            )
        if not isinstance(name, str):
            message = "a table is left out, since its name is known only when it runs"
            self._declarations.not_static(place, message)
            return Unknown("the name of a table is known only when it runs")
        table = Table(name, schema_of(options, metadata), metadata, place, options)
        existing = metadata.tables.get(table.key())
        if existing is not None and existing.perhaps is None:
            if not args or options.get("keep_existing"):
                return existing.construct
            if options.get("extend_existing"):
                existing.options.update(options)
                for item in args:
                    self.add_item(existing, item, place)
                return existing.construct
            message = f"the table {table.key()} is declared already, in "
            message += f"{existing.place.file}:{existing.place.line}"
            self._declarations.would_not_import(place, message, existing)
            return existing.construct
        table.perhaps = perhaps
        table.construct = made
        made.declared = table
        self._declarations.add_table(table)
        if not is_known:
            message = "the metadata of the table is known only when it runs, and with it its "
            message += "schema and the names of its constraints"
            self._declarations.not_static(place, message, table, attribute="names")
        self._warn_of_options(table)
        for item in args:
            self.add_item(table, item, place)
        return made

    def _warn_of_options(self, table: Table) -> None:
        if table.options.get("autoload_with") is not None or table.options.get("autoload"):
            message = "the columns of the table are taken from the database"
            self._declarations.not_static(table.place, message, table, attribute="columns")
        if "**" in table.options:
            message = "the table takes options that are known only when it runs"
            self._declarations.not_static(table.place, message, table, attribute="options")

    def add_item(self, table: Table, item: Any, place: Place) -> None:
        """A column, a constraint or an index of the table."""
        place = place_of(item, place)
        if is_sqlalchemy(item, "Column"):
            column = column_of_construct(item, place)
            if not isinstance(column.name, str):
                message = "a column is left out, since its name is known only when it runs"
                self._declarations.not_static(place, message, table, attribute="columns")
                return
            earlier = table.find(column.key)
            if earlier is not None:
                table.columns.remove(earlier)
            self._declarations.add_column(table, column)
        elif is_sqlalchemy(item, "Index", *TABLE_PARTS):
            table.parts.append(Part(item, place))
        elif isinstance(item, (list, tuple)):
            message = "a list stands where a column or constraint is expected"
            self._declarations.would_not_import(place, message, table)
        elif item is not None:
            why = getattr(item, "why", "it is nothing that is read")
            message = f"a part of the table cannot be told: {why}"
            self._declarations.not_static(place, message, table, attribute="columns")

    def notice(self, made: Construct, place: Place) -> None:
        """Remembers an index or constraint, which may belong to a table by its columns alone."""
        if made.name == "Index" or made.name in TABLE_PARTS:
            self._declarations.loose_parts.append(Part(made, place))
        elif made.name in ("listen", "listens_for") and len(made.args) > 1:
            if made.args[1] in TELLING_EVENTS:
                message = f"what is done at the event {made.args[1]} is not read"
                self._declarations.not_static(place, message)

    def copied(self, table: Table, args: List[Any], kwargs: Dict[str, Any], place: Place) -> Any:
        """`table.to_metadata(other)`."""
        metadata = getattr(args[0], "declared", None)
        made = Identified("sqlalchemy.Table", [], {}, place.line, place.column, place.file)
        if not isinstance(metadata, Metadata) or kwargs or len(args) > 1:
            message = f"a copy of the table {table.key()} is left out"
            self._declarations.not_static(place, message)
            return Unknown("a copy of a table is not read")
        copy = Table(table.name, table.schema or metadata.schema, metadata, table.place)
        copy.options, copy.class_name = dict(table.options), table.class_name
        copy.parts, copy.perhaps, copy.construct = list(table.parts), table.perhaps, made
        made.declared = copy
        self._declarations.add_table(copy)
        for column in table.columns:
            self._declarations.add_column(copy, column)
        return made


def schema_of(options: Dict[str, Any], metadata: Metadata) -> Any:
    schema = options.pop("schema", None)
    if getattr(schema, "path", "").endswith("BLANK_SCHEMA"):
        return None
    return schema if schema is not None else metadata.schema


def column_of_construct(item: Construct, place: Place, key: Optional[str] = None) -> DeclaredColumn:
    """`Column("name", Type, ...)` taken apart; in a class `key` is the attribute's name."""
    args, options = list(item.args), dict(item.kwargs)
    name: Any = options.pop("name", None)
    if args and (isinstance(args[0], (str, Unknown)) or args[0] is None):
        name = args.pop(0)
        if args and args[0] is None:
            args.pop(0)
    kind = options.pop("type_", None)
    if args and kind is None and not is_column_item(args[0]):
        kind = args.pop(0)
    if name is None:
        name = key
    column_key = options.pop("key", None) or (str(name) if isinstance(name, str) else "")
    return DeclaredColumn(column_key, name, kind, args, options, place, [item])


def is_column_item(value: Any) -> bool:
    return is_schema_item(value) or is_sqlalchemy(
        value, "ColumnDefault", "CallableColumnDefault", "ScalarElementColumnDefault"
    )


__all__ = ["CoreTables", "column_of_construct", "schema_of"]
