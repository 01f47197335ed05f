"""Foreign keys: which column of which table each names, and how it is written."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from sqlalchemy_source.naming import qualified, quote
from sqlalchemy_source.tables import ForeignKey, plain
from sqlalchemy_source.values import Construct, NotStatic, first_unknown

from .column_references import ColumnReferences
from .constraint_names import ConstraintNamer
from .declarations import (
    Declarations,
    DeclaredColumn,
    Part,
    Table,
    column_of_value,
    is_sqlalchemy,
)
from .python_values import Place
from .statement_parts import Key, postgresql_options, with_quoting

FOREIGN_KEY_NAMES = (
    "column _constraint use_alter name onupdate ondelete deferrable initially link_to_name match"
).split()
CONSTRAINT_NAMES = "columns refcolumns name onupdate ondelete deferrable initially".split()
Target = Tuple[Tuple[str, Any, str], Optional[Table], Optional[DeclaredColumn]]


class ForeignKeys:
    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations

    def of_column(
        self, table: Table, declared: DeclaredColumn, item: Construct, namer: ConstraintNamer
    ) -> Key:
        options = dict(zip(FOREIGN_KEY_NAMES, item.args))
        options.update(postgresql_options(item.kwargs))
        target = options.pop("column", None)
        return self._key(table, [declared], [target], options, declared.place, namer)

    def of_constraint(self, table: Table, part: Part, namer: ConstraintNamer) -> Key:
        options = dict(zip(CONSTRAINT_NAMES, part.construct.args))
        options.update(postgresql_options(part.construct.kwargs))
        local, remote = options.pop("columns", None), options.pop("refcolumns", None)
        if not isinstance(local, (list, tuple)) or not isinstance(remote, (list, tuple)):
            raise NotStatic("its columns are not a known list")
        if not local or len(local) != len(remote):
            raise NotStatic("it names as many columns as it refers to, or none")
        columns = ColumnReferences(table).columns(list(local))
        return self._key(table, columns, list(remote), options, part.place, namer)

    def target(self, table: Table, value: Any) -> Target:
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

    def type_value(self, table: Table, declared: DeclaredColumn, visited: set) -> Any:
        """The column's type; one without takes that of the column it refers to."""
        if declared.type_problem is not None:
            raise NotStatic(declared.type_problem)
        if declared.type is not None:
            return declared.type
        if id(declared) in visited:
            raise NotStatic("the columns that it refers to refer to each other")
        visited.add(id(declared))
        reference = reference_of(table, declared)
        if reference is None:
            raise NotStatic("it has no type")
        _, target, column = self.target(table, reference)
        if target is None or column is None:
            raise NotStatic("the column that it refers to is not in the files")
        try:
            declared.type = self.type_value(target, column, visited)
        except NotStatic as not_static:
            declared.type_problem = str(not_static)
            raise
        return declared.type

    def _key(
        self,
        table: Table,
        columns: List[DeclaredColumn],
        targets: List[Any],
        options: Dict[str, Any],
        place: Place,
        namer: ConstraintNamer,
    ) -> Key:
        found = [self.target(table, target) for target in targets]
        (name, schema, _), target, _ = found[0]
        referred = [column for (_, _, column), _, _ in found]
        if len({(item[0][0], item[0][1]) for item in found}) != 1:
            raise NotStatic("it names columns of two tables")
        for (_, _, wanted), declared_table, declared in found:
            if declared_table is not None and declared is None:
                if not self._declarations.may_have_more_columns(declared_table):
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


def reference_of(table: Table, declared: DeclaredColumn) -> Any:
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
