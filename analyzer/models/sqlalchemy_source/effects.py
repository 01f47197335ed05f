"""What an expression may do beside having a value."""

from __future__ import annotations

import ast
from typing import Any, Dict, List

from .values import Batch, LocalFunction, Scope


class Effects:
    """What an expression may do; the executor of statements fills these in."""

    def operation(self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
        raise NotImplementedError

    def batch_operation(
        self, node: ast.Call, batch: Batch, name: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        raise NotImplementedError

    def execution(self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
        raise NotImplementedError

    def creation(self, node: ast.Call, owner: Any, verb: str, args: Any, kwargs: Any) -> Any:
        raise NotImplementedError

    def unknown_call(self, node: ast.Call, args: List[Any]) -> None:
        raise NotImplementedError

    def perhaps_evaluated(self, node: ast.AST, parts: List[ast.expr], scope: Scope) -> None:
        raise NotImplementedError

    def inline(self, node: ast.AST, function: LocalFunction, args: Any, kwargs: Any) -> Any:
        raise NotImplementedError
