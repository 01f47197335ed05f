"""The operations of a revision, as they are written down: with their places, in their batches.

    log = OperationLog(budget)
    log.add(node, {"unanalysed": why, "may_touch": tables})
    done = log.operations
"""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, List, Optional

from sqlalchemy_source.budget import Budget, BudgetSpent
from sqlalchemy_source.tables import Statement
from sqlalchemy_source.values import Batch, NotStatic

from .source_text import line_of_text
from .touched_tables import unique

MOST_OPERATIONS = 20_000


class OperationLog:
    def __init__(self, budget: Budget) -> None:
        self.operations: List[Dict[str, Any]] = []
        self.batches: List[Batch] = []
        self.autocommit = 0
        self._budget = budget

    def add_where_batches_are(self, node: ast.AST, operation: Dict[str, Any]) -> None:
        """In a batch it waits with the batch's own operations, which run when the batch ends."""
        self.placed(node, operation)
        if self.batches:
            self.batches[-1].pending.append(operation)
        else:
            self.append(operation)

    def append(self, operation: Dict[str, Any]) -> None:
        if len(self.operations) >= MOST_OPERATIONS:
            raise BudgetSpent()
        self._budget.take_text(len(operation.get("sql", "")) + 60)
        self.operations.append(operation)

    def placed(self, node: ast.AST, operation: Dict[str, Any]) -> Dict[str, Any]:
        operation["line"] = getattr(node, "lineno", 0)
        operation["column"] = getattr(node, "col_offset", -1) + 1
        return operation

    def add(self, node: ast.AST, operation: Dict[str, Any]) -> None:
        self.append(self.placed(node, operation))

    def _sql(
        self, node: ast.AST, statement: Statement, is_own_text: bool = False
    ) -> Dict[str, Any]:
        if "\0" in statement.sql:
            raise NotStatic("the SQL has a character that PostgreSQL refuses")
        operation: Dict[str, Any] = {"sql": terminated(statement.sql)}
        if statement.unless is not None:
            operation["unless"] = statement.unless
        operation["autocommit"] = self.autocommit > 0
        text_line = line_of_text(node) if is_own_text else None
        if text_line is not None:
            operation["text_line"] = text_line
        return self.placed(node, operation)

    def translated(
        self,
        node: ast.AST,
        tables: List[str],
        translate: Callable[[], Optional[List[Statement]]],
        is_own_text: bool = False,
    ) -> List[Dict[str, Any]]:
        try:
            statements = translate() or []
            return [self._sql(node, statement, is_own_text) for statement in statements]
        except NotStatic as not_static:
            why = {"unanalysed": str(not_static), "may_touch": unique(tables)}
        except (TypeError, ValueError, AttributeError, KeyError, IndexError):
            why = {"unanalysed": "its arguments are not understood", "may_touch": unique(tables)}
        return [self.placed(node, why)]

    @contextmanager
    def set_aside(self) -> Iterator[List[Dict[str, Any]]]:
        """What is written down within, that of a batch included, goes to the list it yields."""
        outer, self.operations = self.operations, []
        autocommit = self.autocommit
        waiting = [(batch, batch.pending) for batch in self.batches]
        for batch in self.batches:
            batch.pending = []
        done: List[Dict[str, Any]] = []
        try:
            yield done
        finally:
            self.autocommit = autocommit
            done += self.operations
            self.operations = outer
            for batch, pending in waiting:
                done += batch.pending
                batch.pending = pending


def terminated(sql: str) -> str:
    """The statement with its semicolon, which a comment at its end must not swallow."""
    text = sql.strip()
    if text.endswith(";"):
        return text
    last_line = text.rsplit("\n", 1)[-1]
    return text + ("\n;" if "--" in last_line else ";")
