"""The order in which the statements of all tables are sent."""

from __future__ import annotations

from typing import Dict, List, Optional

from sqlalchemy_source.naming import qualified
from sqlalchemy_source.values import NotStatic

from .declarations import Declarations, Table
from .statement_parts import RenderedTable, SqlStatement
from .table_rendering import TableRenderer


class Creation:
    """What `metadata.create_all` would send, tables after those that they refer to."""

    def __init__(self, declarations: Declarations, renderer: TableRenderer) -> None:
        self._declarations = declarations
        self._renderer = renderer

    def statements(self) -> List[SqlStatement]:
        self._renderer.take_loose_parts()
        tables = [table for table in self._declarations.tables if self._is_certain(table)]
        found: List[SqlStatement] = []
        for metadata in self._declarations.metadatas:
            found += self._renderer.of_metadata(metadata)
        rendered = [item for item in map(self._rendered, tables) if item is not None]
        made: Dict[int, int] = {}
        later: List[SqlStatement] = []
        for item in in_order(rendered):
            made[id(item.table)] = len(made)
            inline = [
                key
                for key in item.keys
                if not key.key.use_alter and (key.target is None or id(key.target) in made)
            ]
            found += item.before
            found.append(self._renderer.create_table(item, inline))
            found += item.after
            later += [
                self._renderer.add_foreign_key(item.table, key)
                for key in item.keys
                if key not in inline
            ]
        return found + later

    def _rendered(self, table: Table) -> Optional[RenderedTable]:
        try:
            return self._renderer.rendered(table)
        except (RecursionError, MemoryError):
            why = "it is nested too deeply to be read"
        except Exception as error:  # A fault of this reader costs one table, not all of them.
            why = f"a fault of this reader: {type(error).__name__}: {error}"
        message = f"the table {table.key()} is left out: {why}"
        self._declarations.not_static(table.place, message, table, attribute="table")
        return None

    def _is_certain(self, table: Table) -> bool:
        if table.perhaps is not None:
            message = f"whether the table {table.key()} is declared cannot be told: {table.perhaps}"
            self._declarations.not_static(table.place, message, table, attribute="table")
            return False
        try:
            qualified(table.name, table.schema)
            return True
        except NotStatic:
            message = f"the name of the table {table.key()} cannot be told"
            self._declarations.not_static(table.place, message, table, attribute="table")
            return False


def in_order(tables: List[RenderedTable]) -> List[RenderedTable]:
    """Tables after those they refer to; of a circle, the table that was declared first."""
    by_table = {id(item.table): item for item in tables}
    waiting: Dict[int, set] = {}
    dependants: Dict[int, List[int]] = {}
    for item in tables:
        own = id(item.table)
        needed = {
            id(key.target)
            for key in item.keys
            if key.target is not None and id(key.target) in by_table and not key.key.use_alter
        }
        needed.discard(own)
        waiting[own] = needed
        for target in needed:
            dependants.setdefault(target, []).append(own)
    ordered: List[RenderedTable] = []
    remaining = dict.fromkeys(waiting)
    ready = [own for own in waiting if not waiting[own]]
    while remaining:
        if not ready:
            ready = [next(iter(remaining))]
        following: List[int] = []
        for own in ready:
            if own not in remaining:
                continue
            del remaining[own]
            ordered.append(by_table[own])
            for dependant in dependants.get(own, []):
                waiting[dependant].discard(own)
                if not waiting[dependant] and dependant in remaining:
                    following.append(dependant)
        ready = following
    return ordered
