"""Follows the statements of a revision's functions and writes down the SQL they send.

A branch whose condition only running decides is followed in the shadow: nothing of it counts, but
the tables that it may touch are told. What the file could do that is not understood is told too.
"""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Optional, Tuple

from sqlalchemy_source.bindings import (
    bind_parameters,
    forget_changed_names,
    number_automatic_values,
)
from sqlalchemy_source.budget import Budget, BudgetSpent
from sqlalchemy_source.catalog_questions import CatalogQuestion, chosen, is_condition
from sqlalchemy_source.column_types import TypeReader
from sqlalchemy_source.effects import Effects
from sqlalchemy_source.endings import LoopEnded, Returned
from sqlalchemy_source.evaluation import Evaluator
from sqlalchemy_source.plain_calls import as_items
from sqlalchemy_source.tables import Statement
from sqlalchemy_source.value_nature import root_of, truth_of
from sqlalchemy_source.values import (
    Batch,
    Construct,
    LocalClass,
    LocalFunction,
    Member,
    MethodCall,
    NotStatic,
    Reference,
    Scope,
    Unknown,
)

from .batches import batch_arguments, batch_of
from .endings import (
    PerhapsEnded,
    PerhapsReturned,
    Raised,
    cannot_fork,
    is_next_round,
    is_return,
)
from .operation_log import OperationLog
from .operations import BATCH_OPERATIONS, Call, OperationWriter
from .source_text import caught_names, is_logging, is_quiet, shown
from .touched_tables import (
    changes_rows_only,
    known_text,
    tables_in_sql,
    tables_of_operations,
    tables_of_rows,
    unique,
)

DEEPEST_CALL = 20
LONGEST_LOOP = 20_000


class Executor(Effects):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._log = OperationLog(budget)
        self._evaluator = Evaluator(self, budget)
        self._writer = OperationWriter(TypeReader(self._call_for_type))
        self._calls: List[ast.AST] = []
        self._statement_call: Optional[ast.AST] = None
        self._shadow = 0

    @property
    def operations(self) -> List[Dict[str, Any]]:
        """What the file does, in the order in which it does it."""
        return self._log.operations

    # Statements

    def run(self, statements: List[ast.stmt], scope: Scope, ends: str = "block") -> None:
        """Follows the statements; `ends` is what their end ends: a function, a loop's round."""
        for position, statement in enumerate(statements):
            self._budget.take()
            try:
                if isinstance(statement, ast.If):
                    value = self._evaluator.evaluate(statement.test, scope)
                    if is_condition(value):
                        rest = statements[position + 1 :]
                        if self._fork(statement, value, rest, scope, ends):
                            return
                    else:
                        self._branch(statement, truth_of(value), scope)
                    continue
                method = getattr(self, "_" + type(statement).__name__, self._not_followed)
                method(statement, scope)
            except (PerhapsReturned, PerhapsEnded):
                self._follow_in_shadow(
                    statement, [statements[position + 1 :]], scope, "an earlier line may end this"
                )
                raise

    def call_function(self, function: LocalFunction, args: List[Any], kwargs: Any) -> Any:
        """The value of a call of one of the file's own functions, with what it does."""
        node = function.node
        scope = Scope(function.scope)
        bind_parameters(self._evaluator, node, scope, function.scope, args, kwargs)
        if isinstance(node, ast.Lambda):
            return self._evaluator.evaluate(node.body, scope)
        try:
            self.run(node.body, scope, "function")
        except Returned as returned:
            return returned.value
        except PerhapsReturned:
            return Unknown(f"what {function.name}() returns is known only when it runs")
        return None

    def _Expr(self, node: ast.Expr, scope: Scope) -> None:
        self._statement_call = node.value
        self._evaluator.evaluate(node.value, scope)

    def _Assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self._evaluator.evaluate(node.value, scope)
        for target in node.targets:
            self._evaluator.bind(target, value, scope)

    def _AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self._evaluator.bind(node.target, self._evaluator.evaluate(node.value, scope), scope)

    def _AugAssign(self, node: ast.AugAssign, scope: Scope) -> None:
        if isinstance(node.target, ast.Name):
            load = ast.Name(id=node.target.id, ctx=ast.Load())
            sum_node = ast.BinOp(left=load, op=node.op, right=node.value)
            self._evaluator.bind(node.target, self._evaluator.evaluate(sum_node, scope), scope)

    def _FunctionDef(self, node: ast.FunctionDef, scope: Scope) -> None:
        opaque = None
        if node.decorator_list and node.name not in ("upgrade", "downgrade"):
            opaque = f"when {node.name}() runs what it holds is decided by its decorator"
        elif any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(node)):
            opaque = f"{node.name}() is a generator"
        scope.assign(node.name, LocalFunction(node.name, node, scope, opaque))

    def _AsyncFunctionDef(self, node: ast.AsyncFunctionDef, scope: Scope) -> None:
        opaque = f"{node.name}() is an async function"
        scope.assign(node.name, LocalFunction(node.name, node, scope, opaque))

    def _ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:
        bases = [self._evaluator.evaluate(base, scope) for base in node.bases]
        body = Scope(scope)
        for statement in node.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.FunctionDef)):
                self.run([statement], body)
        members = number_automatic_values(body.names)
        scope.assign(node.name, LocalClass(node.name, bases, members))

    def _Import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            if alias.asname is not None:
                scope.assign(alias.asname, Reference(alias.name))
            else:
                root = alias.name.split(".", 1)[0]
                scope.assign(root, Reference(root))

    def _ImportFrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name != "*":
                scope.assign(alias.asname or alias.name, Reference(f"{module}.{alias.name}"))
            elif module in ("sqlalchemy", "sqlalchemy.types"):
                for name in ("Column", "Integer", "String", "Text", "Boolean", "DateTime", "text"):
                    scope.assign(name, Reference(f"sqlalchemy.{name}"))

    def _Pass(self, node: ast.Pass, scope: Scope) -> None:
        pass

    def _Global(self, node: ast.Global, scope: Scope) -> None:
        scope.outer_names.update(node.names)

    def _Nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        scope.outer_names.update(node.names)

    def _Assert(self, node: ast.Assert, scope: Scope) -> None:
        self._evaluator.evaluate(node.test, scope)

    def _Delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            self._evaluator.bind(target, Unknown("a name is deleted"), scope)

    def _Return(self, node: ast.Return, scope: Scope) -> None:
        raise Returned(self._evaluator.evaluate(node.value, scope))

    def _Break(self, node: ast.Break, scope: Scope) -> None:
        raise LoopEnded(True)

    def _Continue(self, node: ast.Continue, scope: Scope) -> None:
        raise LoopEnded(False)

    def _Raise(self, node: ast.Raise, scope: Scope) -> None:
        if not self._shadow:
            said = ast.unparse(node.exc)[:200] if node.exc is not None else "an exception"
            told = {"unanalysed": f"it raises {said}", "may_touch": [], "raises": said}
            self._log.add(node, told)
        raise Raised()

    def _branch(self, node: ast.If, truth: Optional[bool], scope: Scope) -> None:
        if truth is not None:
            self.run(node.body if truth else node.orelse, scope)
            return
        why = f"whether `{shown(node.test)}` holds is known only when it runs"
        self._follow_in_shadow(node, [node.body, node.orelse], scope, why)

    def _For(self, node: ast.For, scope: Scope) -> None:
        items = as_items(self._evaluator.evaluate(node.iter, scope))
        if isinstance(items, Unknown):
            self._evaluator.bind(node.target, items, scope)
            why = f"what `{shown(node.iter)}` holds is known only when it runs"
            self._follow_in_shadow(node, [node.body + node.orelse], scope, why, is_loop=True)
            return
        for item in items:
            self._evaluator.bind(node.target, item, scope)
            try:
                self.run(node.body, scope, "round")
            except LoopEnded as ended:
                if ended.is_break:
                    return
            except PerhapsEnded:
                self._evaluator.bind(node.target, Unknown("which rounds a loop makes"), scope)
                why = "how many rounds a loop makes is known only when it runs"
                self._follow_in_shadow(node, [node.body], scope, why, is_loop=True)
                return
        self.run(node.orelse, scope)

    def _While(self, node: ast.While, scope: Scope) -> None:
        for _ in range(LONGEST_LOOP):
            truth = self._evaluator.truth(node.test, scope)
            if truth is None:
                why = f"how long `{shown(node.test)}` holds is known only when it runs"
                self._follow_in_shadow(node, [node.body], scope, why, is_loop=True)
                return
            if not truth:
                self.run(node.orelse, scope)
                return
            try:
                self.run(node.body, scope)
            except LoopEnded as ended:
                if ended.is_break:
                    return
            except PerhapsEnded:
                return
        raise BudgetSpent()

    def _Try(self, node: ast.Try, scope: Scope) -> None:
        if all(is_quiet(handler.body) for handler in node.handlers):
            self.run(node.body + node.orelse + node.finalbody, scope)
            return
        names = {name for handler in node.handlers for name in caught_names(handler)}
        if names and names <= {"ImportError", "ModuleNotFoundError"}:
            self.run(node.body + node.orelse + node.finalbody, scope)
            return
        branches = [node.body + node.orelse] + [handler.body for handler in node.handlers]
        why = "whether the `try` succeeds is known only when it runs"
        self._follow_in_shadow(node, branches, scope, why)
        self.run(node.finalbody, scope)

    _TryStar = _Try

    def _With(self, node: ast.With, scope: Scope) -> None:
        batches: List[Tuple[ast.AST, Batch]] = []
        autocommits = 0
        for item in node.items:
            self._statement_call = item.context_expr
            value = self._evaluator.evaluate(item.context_expr, scope)
            if isinstance(value, Batch):
                batches.append((item.context_expr, value))
                self._log.batches.append(value)
            elif getattr(value, "name", "") == "autocommit_block":
                autocommits += 1
            if item.optional_vars is not None:
                self._evaluator.bind(item.optional_vars, value, scope)
        self._log.autocommit += autocommits
        try:
            self.run(node.body, scope)
        finally:
            self._log.autocommit -= autocommits
            for _, batch in batches:
                self._log.batches.remove(batch)
                for operation in batch.pending:
                    self._log.append(operation)
                batch.pending = []

    def _not_followed(self, node: ast.stmt, scope: Scope) -> None:
        why = f"a `{type(node).__name__.lower()}` statement is not read"
        self._log.add(node, {"unanalysed": why, "may_touch": []})

    # Branches that only running decides

    def _follow_in_shadow(
        self,
        node: ast.AST,
        branches: List[List[ast.stmt]],
        scope: Scope,
        why: str,
        is_loop: bool = False,
    ) -> None:
        seen: List[Dict[str, Any]] = []
        leaves: Optional[Exception] = None
        for branch in branches:
            ending, done = self._followed(branch, self._copy_of(scope))
            seen += done
            leaves = leaves or ending
        for branch in branches:
            forget_changed_names(branch, scope)
        effects = [operation for operation in seen if "rows" not in operation]
        rows = [name for operation in seen for name in operation.get("rows", [])]
        effects = [op for op in effects if not changes_rows_only(op.get("sql", ""))]
        if effects:
            touched = tables_of_operations(effects)
            self._log.add_where_batches_are(node, {"unanalysed": why, "may_touch": touched})
        elif seen:
            rows += tables_of_operations([op for op in seen if "rows" not in op])
            self._log.add(node, {"rows": unique(rows)})
        if leaves is not None and not (is_loop and isinstance(leaves, PerhapsEnded)):
            raise leaves

    def _copy_of(self, scope: Scope) -> Scope:
        self._budget.take(scope.size())
        return scope.copied()

    def _followed(
        self, branch: List[ast.stmt], scope: Scope
    ) -> Tuple[Optional[Exception], List[Dict[str, Any]]]:
        self._shadow += 1
        try:
            ending, done = self._collected(branch, scope)
        finally:
            self._shadow -= 1
        if isinstance(ending, (Returned, PerhapsReturned)):
            return PerhapsReturned(), done
        if isinstance(ending, (LoopEnded, PerhapsEnded)):
            return PerhapsEnded(), done
        return None, done

    def _collected(
        self, branch: List[ast.stmt], scope: Scope, ends: str = "block"
    ) -> Tuple[Optional[Exception], List[Dict[str, Any]]]:
        """What a branch does, those of a batch included, and how it leaves, if it does."""
        ending: Optional[Exception] = None
        with self._log.set_aside() as done:
            try:
                self.run(branch, scope, ends)
            except (Returned, PerhapsReturned, LoopEnded, PerhapsEnded, Raised) as left:
                ending = left
        return ending, done

    def _fork(
        self, node: ast.If, condition: Any, rest: List[ast.stmt], scope: Scope, ends: str
    ) -> bool:
        """Tells both branches of a question to the catalog; True where the block is done with it.

        Where one branch leaves the function or the loop's round, the rest of the block belongs to
        the other one.
        """
        scopes = [self._copy_of(scope), self._copy_of(scope)]
        branches = [node.body, node.orelse]
        sides = [self._collected(branch, inner) for branch, inner in zip(branches, scopes)]
        leaves = [left is not None and not isinstance(left, Raised) for left, _ in sides]
        if any(cannot_fork(left) for left, _ in sides):
            why = f"whether `{shown(node.test)}` holds is known only when it runs"
            self._follow_in_shadow(node, branches, scope, why)
            return False
        is_done = any(leaves)
        if is_done and not all(leaves):
            staying = leaves.index(False)
            left, done = sides[staying]
            if left is None:
                left, more = self._collected(rest, scopes[staying], ends)
                sides[staying] = (left, done + more)
        for branch in branches + ([rest] if is_done else []):
            forget_changed_names(branch, scope)
        self._add_condition(node, condition, sides[0][1], sides[1][1])
        if not is_done:
            if all(isinstance(left, Raised) for left, _ in sides):
                raise Raised()
            return False
        return self._leave(condition, sides[0][0], sides[1][0], ends)

    def _leave(
        self, condition: Any, then: Optional[Exception], other: Optional[Exception], ends: str
    ) -> bool:
        """Leaves the block as both branches leave it, where they agree on how."""
        endings = (then, other)
        if all(is_return(left, ends) for left in endings):
            values = [left.value if isinstance(left, Returned) else None for left in endings]
            value = chosen(condition, values[0], values[1])
            if value is None:
                value = Unknown("what a function returns is known only when it runs")
            raise Returned(value if values != [None, None] else None)
        if all(is_next_round(left, ends) for left in endings):
            if ends == "round":
                return True
            raise LoopEnded(False)
        if any(isinstance(left, (Returned, PerhapsReturned)) for left in endings):
            raise PerhapsReturned()
        raise PerhapsEnded()

    def _add_condition(
        self,
        node: ast.AST,
        condition: Any,
        then: List[Dict[str, Any]],
        other: List[Dict[str, Any]],
    ) -> None:
        if not then and not other:
            return
        asked = shown(node.test) if isinstance(node, ast.If) else shown(node)
        operation = {
            "condition": condition.described(),
            "then": then,
            "else": other,
            "unanalysed": f"whether `{asked}` holds is known only when it runs",
            "may_touch": tables_of_operations(then + other),
        }
        self._log.add_where_batches_are(node, operation)

    # Effects of expressions

    def operation(self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
        if name == "f" or name == "inline_literal":
            if name == "inline_literal":
                return Construct("sqlalchemy.literal", args, {}, node.lineno)
            return args[0] if args else None
        if name in ("get_bind", "get_context"):
            return Construct(f"alembic.op.{name}", args, kwargs, node.lineno)
        if name == "batch_alter_table":
            return batch_of(args, kwargs)
        if name == "execute":
            value = args[0] if args else kwargs.get("sqltext", kwargs.get("sql"))
            self._executed(node, value)
            return Unknown("op.execute returns nothing")
        if name == "bulk_insert":
            self._log.add(node, {"rows": tables_of_rows(args[0] if args else kwargs.get("table"))})
            return None
        if not self._writer.knows(name):
            why = f"op.{name} is no operation of Alembic's own"
            self._log.add(node, {"unanalysed": why, "may_touch": []})
            return Unknown(why)
        call = Call(name, args, kwargs)
        for operation in self._log.translated(
            node, call.tables(), lambda: self._writer.statements(call)
        ):
            self._log.append(operation)
        if name == "create_table":
            return Construct("sqlalchemy.Table", args, kwargs, node.lineno)
        return None

    def batch_operation(
        self, node: ast.Call, batch: Batch, name: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        if name == "execute":
            return self.operation(node, name, args, kwargs)
        if name in ("f", "get_bind", "get_context"):
            return self.operation(node, name, args, kwargs)
        name_of_table = f"{batch.schema}.{batch.table}" if batch.schema else batch.table
        tables = [name_of_table] if batch.table else []
        if batch.refusal is not None or name not in BATCH_OPERATIONS:
            why = batch.refusal or f"batch_op.{name} is no operation of Alembic's own"
            operation = {"unanalysed": why, "may_touch": tables}
            batch.pending.append(self._log.placed(node, operation))
            return None
        call = Call(name, *batch_arguments(name, batch, args, kwargs))
        batch.pending += self._log.translated(
            node, call.tables() or tables, lambda: self._writer.statements(call)
        )
        return None

    def execution(self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
        """`connection.execute(...)` and its kin; a text with values for its parameters."""
        value = args[0]
        has_values = len(args) > 1 or bool(set(kwargs) - {"execution_options"})
        text = known_text(value)
        if isinstance(value, str) and not has_values:
            for operation in self._log.translated(node, [], lambda: [Statement(value)], True):
                self._log.append(operation)
        elif has_values and (isinstance(value, str) or getattr(value, "name", "") == "text"):
            if changes_rows_only(text) or text.lstrip()[:6].upper() == "SELECT":
                self._log.add(node, {"rows": tables_in_sql(text)})
            else:
                why = "the SQL takes its values when it runs"
                self._log.add(node, {"unanalysed": why, "may_touch": tables_in_sql(text)})
        else:
            self._executed(node, value)
        return MethodCall(Construct("sqlalchemy.result"), name, [], {})

    def _executed(self, node: ast.Call, value: Any) -> None:
        text = known_text(value)
        if getattr(value, "name", "") == "bindparams" and changes_rows_only(text):
            self._log.add(node, {"rows": tables_in_sql(text)})
            return
        statements: List[Optional[List[Statement]]] = []

        def translate() -> Optional[List[Statement]]:
            statements.append(self._writer.executed(value))
            return statements[0]

        operations = self._log.translated(node, tables_in_sql(text), translate, is_own_text=True)
        if statements and statements[0] is None:
            self._log.add(node, {"rows": tables_of_rows(value)})
        for operation in operations:
            if "unanalysed" in operation and changes_rows_only(text):
                operation = self._log.placed(node, {"rows": tables_in_sql(text)})
            self._log.append(operation)

    def creation(self, node: ast.Call, owner: Any, verb: str, args: Any, kwargs: Any) -> Any:
        tables = tables_of_rows(owner)
        if not isinstance(owner, Construct) or verb not in ("create", "drop"):
            given = list(args) + list(kwargs.values())
            if root_of(owner) == "sqlalchemy" or verb.endswith("_all") or touches_database(given):
                why = f"what .{verb}() makes or drops is not in the file"
                self._log.add(node, {"unanalysed": why, "may_touch": tables})
            return None
        checked = args[1] if len(args) > 1 else kwargs.get("checkfirst")
        if checked is None:
            checked = owner.name in ("ENUM", "Sequence")

        def translate() -> Optional[List[Statement]]:
            if isinstance(checked, Unknown):
                raise NotStatic(checked.why)
            made = self._writer.created_or_dropped(owner, verb, bool(checked))
            if made is None:
                raise NotStatic(f"what .{verb}() makes or drops is not read")
            return made

        operations = self._log.translated(node, tables, translate)
        if owner.name == "Table" and verb == "create" and checked and owner.args:
            table, schema = owner.args[0], owner.kwargs.get("schema")
            question = CatalogQuestion("table", table, None, schema, exists=False)
            self._add_condition(node, question, operations, [])
            return None
        for operation in operations:
            self._log.append(operation)
        return None

    def unknown_call(self, node: ast.Call, args: List[Any]) -> None:
        """A call into code that is not in the file: it counts where it could reach the database."""
        is_statement = node is self._statement_call
        if not is_statement and not touches_database(args):
            return
        if is_logging(node.func) and not touches_database(args):
            return
        why = f"{shown(node.func)}() is not in this file and may do anything"
        self._log.add(node, {"unanalysed": why, "may_touch": tables_in_sql(known_text(args))})

    def inline(self, node: ast.AST, function: LocalFunction, args: Any, kwargs: Any) -> Any:
        if self._shadow and function.node in self._calls:
            return Unknown(f"what {function.name}() returns is known only when it runs")
        if len(self._calls) >= DEEPEST_CALL:
            raise BudgetSpent()
        self._calls.append(function.node)
        try:
            if function.opaque is not None:
                return self._call_in_shadow(node, function, args, kwargs)
            return self.call_function(function, args, kwargs)
        finally:
            self._calls.pop()

    def _call_in_shadow(
        self, node: ast.AST, function: LocalFunction, args: List[Any], kwargs: Any
    ) -> Any:
        scope = Scope(function.scope)
        bind_parameters(self._evaluator, function.node, scope, function.scope, args, kwargs)
        body = getattr(function.node, "body", [])
        try:
            self._follow_in_shadow(node, [body], scope, str(function.opaque))
        except (PerhapsReturned, PerhapsEnded):
            pass
        return Unknown(f"what {function.name}() returns is known only when it runs")

    def perhaps_evaluated(self, node: ast.AST, parts: List[ast.expr], scope: Scope) -> None:
        branches: List[List[ast.stmt]] = [
            [ast.copy_location(ast.Expr(value=part), part)] for part in parts
        ]
        why = f"whether `{shown(node)}` does this is known only when it runs"
        self._follow_in_shadow(node, branches, scope, why)

    def _call_for_type(self, function: LocalFunction, args: List[Any]) -> Any:
        return self.inline(function.node, function, args, {})


def touches_database(args: Any) -> bool:
    """Whether a connection, `op` or a batch is among the arguments of a call."""
    for arg in args if isinstance(args, (list, tuple)) else [args]:
        if isinstance(arg, Batch):
            return True
        if isinstance(arg, (Reference, Construct, Member, MethodCall)):
            if root_of(arg) == "alembic":
                return True
            if isinstance(arg, Construct) and touches_database(arg.args):
                return True
    return False
