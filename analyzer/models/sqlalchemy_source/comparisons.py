"""`left < right` and its kin, between values, questions to the catalog and SQL expressions."""

from __future__ import annotations

from typing import Any

from .catalog_questions import CatalogObjects, is_condition, membership
from .values import Binary, Unknown, is_symbolic

# `5 < column` is asked of the column, as `column > 5`.
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def compared(operator: str, left: Any, right: Any) -> Any:
    for side in (left, right):
        if isinstance(side, Unknown):
            return side
    if operator in ("in", "not in"):
        question = membership(operator, left, right)
        if question is not None:
            return question
    if isinstance(right, CatalogObjects) or is_condition(left) or is_condition(right):
        return Unknown("a condition is known only when it runs")
    if is_symbolic(left) or is_symbolic(right):
        if operator in ("is", "is not") and right is None:
            return Unknown("a condition is known only when it runs")
        if operator in MIRRORED and not is_symbolic(left):
            return Binary(MIRRORED[operator], right, left)
        return Binary(operator, left, right)
    try:
        if operator in ("is", "=="):
            return left == right
        if operator in ("is not", "!="):
            return left != right
        if operator in ("in", "not in"):
            return (left in right) == (operator == "in")
        return {
            "<": lambda: left < right,
            "<=": lambda: left <= right,
            ">": lambda: left > right,
            ">=": lambda: left >= right,
        }[operator]()
    except TypeError:
        return Unknown("a condition is known only when it runs")
