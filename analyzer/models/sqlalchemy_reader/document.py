"""The order in which the statements of all tables are sent, and the document that tells them."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from sqlalchemy_source.naming import qualified

from .create_statements import RenderedTable, SqlStatement, TableRenderer
from .declarations import Declarations, Problem, Table, TooManyColumns
from .interpreter import Interpreter
from .model_types import ModelTypes, Version
from .project import Project
from .python_values import Place

MOST_SQL = 64_000_000


def read_models(paths: List[str], version: Version = None) -> Dict[str, Any]:
    """Everything that the program prints."""
    project = Project(paths)
    declarations = Declarations()
    for path, message in project.unread:
        declarations.unread(Place(path), message)
    interpreter = Interpreter(project, declarations)
    try:
        interpreter.run_all()
    except TooManyColumns:
        place = Place(interpreter.files_read[-1] if interpreter.files_read else "")
        declarations.unread(place, "the files declare more columns than are read")
    renderer = TableRenderer(declarations, ModelTypes(interpreter.evaluator, version))
    statements = Creation(declarations, renderer).statements()
    return Document(declarations, interpreter, project, statements).printed()


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
            found += self._renderer.loose_types(metadata)
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
        except Exception:
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


class Document:
    def __init__(
        self,
        declarations: Declarations,
        interpreter: Interpreter,
        project: Project,
        statements: List[SqlStatement],
    ) -> None:
        self._declarations = declarations
        self._interpreter = interpreter
        self._project = project
        self._statements = statements
        self._files: List[str] = []
        self._numbers: Dict[str, int] = {}
        self._tables: Dict[int, int] = {}

    def printed(self) -> Dict[str, Any]:
        given = set(self._project.files)
        for file in self._interpreter.files_read:
            self._number(file)
        tables = []
        for table in self._declarations.tables:
            self._tables[id(table)] = len(tables)
            tables.append(self._table(table))
        statements = [self._statement(item) for item in self._statements if "\0" not in item.sql]
        problems = [self._problem(item) for item in self._declarations.problems]
        files = [{"file": file, "given": file in given} for file in self._files]
        return {
            "files": files,
            "tables": tables,
            "statements": statements,
            "problems": problems,
            "facts": {
                "files_read": len(self._interpreter.files_read),
                "classes": self._declarations.classes,
                "mapped_classes": self._declarations.mapped_classes,
                "tables": len(tables),
            },
        }

    def _number(self, file: str) -> int:
        if file not in self._numbers:
            self._numbers[file] = len(self._files)
            self._files.append(file)
        return self._numbers[file]

    def _position(self, place: Place) -> List[int]:
        return [self._number(place.file), place.line, place.column]

    def _table(self, table: Table) -> Dict[str, Any]:
        return {
            "schema": text_or_none(table.schema),
            "name": str(table.name),
            "class": table.class_name,
            "metadata": self._declarations.metadatas.index(table.metadata),
            "place": self._position(table.place),
        }

    def _statement(self, item: SqlStatement) -> Dict[str, Any]:
        return {
            "sql": item.sql + ";",
            "table": self._tables.get(id(item.table)) if item.table is not None else None,
            "places": [self._position(place) for place in fitted(item)],
        }

    def _problem(self, item: Problem) -> Dict[str, Any]:
        return {
            "kind": item.kind,
            "message": item.message,
            "file": item.place.file,
            "line": item.place.line,
            "column": item.place.column,
            "table": self._tables.get(id(item.table)) if item.table is not None else None,
            "table_column": item.column,
            "unknown": item.attribute,
        }


def fitted(item: SqlStatement) -> List[Place]:
    """One place for each line of the statement."""
    count = item.sql.count("\n") + 1
    places = item.places[:count]
    return places + [places[-1]] * (count - len(places))


def text_or_none(value: Any) -> Optional[str]:
    return value if isinstance(value, str) else None
