"""The document that tells what the models declare."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from .creation import Creation
from .declarations import Declarations, Problem, Table, TooManyColumns
from .interpreter import Interpreter
from .model_types import ModelTypes, Version
from .project import Project
from .python_values import Place
from .statement_parts import SqlStatement
from .table_rendering import TableRenderer


def read_models(paths: List[str], version: Version = None) -> Dict[str, Any]:
    """Everything that the program prints."""
    project = Project(paths)
    declarations = Declarations(version)
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
        tables: List[Dict[str, Any]] = []
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
