"""How names get their values: parameters by a call, members of an enumeration by their order, and
what a name holds after a branch of which only running tells whether it is taken."""

from __future__ import annotations

import ast
from typing import Any, Dict, FrozenSet, List

from .evaluation import Evaluator
from .plain_calls import CHANGING_METHODS
from .values import Batch, Construct, Reference, Scope, Unknown


def bind_parameters(
    evaluator: Evaluator, node: Any, scope: Scope, outer: Scope, args: List[Any], kwargs: Any
) -> None:
    parameters = node.args
    names = [parameter.arg for parameter in parameters.posonlyargs + parameters.args]
    rest = dict(kwargs)
    defaults = dict(zip(reversed(names), reversed(parameters.defaults)))
    unknown = Unknown("an argument is known only when it runs")
    for position, name in enumerate(names):
        if position < len(args):
            scope.assign(name, args[position])
        elif name in rest:
            scope.assign(name, rest.pop(name))
        elif name in defaults:
            scope.assign(name, evaluator.evaluate(defaults[name], outer))
        else:
            scope.assign(name, unknown)
    if parameters.vararg is not None:
        scope.assign(parameters.vararg.arg, tuple(args[len(names) :]))
    for parameter, default in zip(parameters.kwonlyargs, parameters.kw_defaults):
        if parameter.arg in rest:
            scope.assign(parameter.arg, rest.pop(parameter.arg))
        else:
            value = evaluator.evaluate(default, outer) if default is not None else unknown
            scope.assign(parameter.arg, value)
    if parameters.kwarg is not None:
        scope.assign(parameters.kwarg.arg, rest)


def number_automatic_values(names: Dict[str, Any]) -> Dict[str, Any]:
    """An enumeration's `auto()` members, numbered as Python numbers them."""
    result, number = {}, 0
    for name, value in names.items():
        if isinstance(value, Construct) and value.path == "enum.auto":
            number += 1
            value = number
        result[name] = value
    return result


def forget_changed_names(branch: List[ast.stmt], scope: Scope) -> None:
    """Names that a branch assigns or changes hold something that only running tells."""
    changed = {name for statement in branch for name in changed_names(statement)}
    for name in changed:
        found, value = scope.find(name)
        if not found or not isinstance(value, (Reference, Batch)):
            scope.assign(name, Unknown(f"the value of {name} is known only when it runs"))


def changed_names(statement: ast.stmt) -> FrozenSet[str]:
    """The names a statement assigns or changes, found once for each statement."""
    known = getattr(statement, "changed_names", None)
    if known is not None:
        return known
    changed = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            changed.add(node.id)
        elif isinstance(node, ast.Attribute) and node.attr in CHANGING_METHODS:
            if isinstance(node.value, ast.Name):
                changed.add(node.value.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name):
                changed.add(node.value.id)
    found = frozenset(changed)
    setattr(statement, "changed_names", found)  # noqa: B010
    return found
