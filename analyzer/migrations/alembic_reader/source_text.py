"""What is read of a revision's text beside its values: handlers, logging, where a text begins."""

from __future__ import annotations

import ast
from typing import List, Optional


def shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 80 else text[:77] + "..."


def is_quiet(body: List[ast.stmt]) -> bool:
    """Whether an exception handler only passes, logs or raises again."""
    for statement in body:
        if isinstance(statement, (ast.Pass, ast.Raise)):
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and is_logging(call.func):
            continue
        return False
    return True


def is_logging(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "print"
    levels = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log")
    return isinstance(function, ast.Attribute) and function.attr in levels


def caught_names(handler: ast.ExceptHandler) -> List[str]:
    kind = handler.type
    nodes = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return [node.id if isinstance(node, ast.Name) else "?" for node in nodes]


def line_of_text(node: ast.AST) -> Optional[int]:
    """The line on which the text of `op.execute("...")` begins, where its lines are the file's."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    first = node.args[0]
    if isinstance(first, ast.Call) and first.args:
        first = first.args[0]
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return None
    text, spans = first.value, (first.end_lineno or first.lineno) - first.lineno
    if text.count("\n") != spans:
        return None
    leading = len(text) - len(text.lstrip())
    return first.lineno + text[:leading].count("\n")
