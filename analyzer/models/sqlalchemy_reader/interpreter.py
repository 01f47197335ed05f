"""Follows the statements of model files, each file when it is first imported, as Python would.

What is declared on the way is told to `Declarations`. A branch of which only running tells whether
it is taken is followed too, and what it declares is marked as perhaps there.
"""

from __future__ import annotations

import ast
import os
from typing import Any, Dict, List, Optional

from sqlalchemy_source.bindings import (
    bind_parameters,
    forget_changed_names,
    number_automatic_values,
)
from sqlalchemy_source.budget import Budget, BudgetSpent
from sqlalchemy_source.effects import Effects
from sqlalchemy_source.endings import LoopEnded, Returned
from sqlalchemy_source.files import parsed
from sqlalchemy_source.plain_calls import TooMuch, as_items
from sqlalchemy_source.value_nature import truth_of
from sqlalchemy_source.values import LocalFunction, Reference, Scope, Unknown

from .declarations import Declarations, TooManyColumns
from .model_evaluation import ModelEvaluator
from .project import Project
from .python_values import BoundFunction, Function, ModelClass, Module, Place

DEEPEST_CALL = 20
LONGEST_LOOP = 20_000
STEPS_OF_ALL_FILES = 20_000_000
STEPS_OF_A_FILE = 600_000


class Left(Exception):
    """The file raises an exception, or may; what follows is not read."""


class Interpreter(Effects):
    def __init__(self, project: Project, declarations: Declarations) -> None:
        self._project = project
        self._declarations = declarations
        self._budget = Budget(STEPS_OF_A_FILE)
        self._steps_left = STEPS_OF_ALL_FILES
        self.evaluator = self._evaluator = ModelEvaluator(self, self._budget, declarations)
        self._modules: Dict[str, Module] = {}
        self._by_path: Dict[str, Module] = {}
        self._spelled = {os.path.realpath(file): file for file in project.files}
        self._are_relative = not any(os.path.isabs(file) for file in project.files)
        self._methods: Dict[type, Any] = {}
        self._calls: List[ast.AST] = []
        self.files_read: List[str] = []
        self.file = ""
        self.perhaps: Optional[str] = None

    def run_all(self) -> None:
        for file in self._project.files:
            self.module(file)

    # Files

    def module(self, path: str) -> Optional[Module]:
        """The file's module, run when it is asked for first; None where it cannot be read."""
        if path in self._by_path:
            return self._by_path[path]
        real = os.path.realpath(path)
        if real in self._modules:
            self._by_path[path] = self._modules[real]
            return self._modules[real]
        file = self._spelled.get(real, os.path.relpath(path) if self._are_relative else path)
        name = os.path.splitext(os.path.basename(file))[0]
        module = Module(file, name, Scope())
        self._modules[real] = module
        tree = self._tree_of(file)
        if tree is None:
            module.is_done = True
            return module
        self.files_read.append(file)
        self._run_module(module, tree)
        return module

    def _tree_of(self, file: str) -> Optional[ast.Module]:
        try:
            return parsed(file)
        except SyntaxError as error:
            message = f"is not Python that can be read: {error.msg}"
            self._declarations.unread(Place(file, error.lineno or 0, error.offset or 0), message)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._declarations.unread(Place(file), f"cannot be read: {reason}")
        except (RecursionError, MemoryError):
            self._declarations.unread(Place(file), "is nested too deeply to be read")
        return None

    def _run_module(self, module: Module, tree: ast.Module) -> None:
        outer = (self.file, self._budget, self.perhaps, self._calls)
        self._budget = Budget(min(STEPS_OF_A_FILE, max(self._steps_left, 0)))
        granted = self._budget.steps
        self._evaluator.use(self._budget)
        self.file, self.perhaps, self._calls = module.file, None, []
        try:
            self.run(tree.body, module.scope)
        except (Returned, LoopEnded, Left):
            pass
        except (BudgetSpent, TooMuch):
            message = "is too long or too involved to be read to its end"
            self._declarations.unread(Place(module.file), message)
        except (RecursionError, MemoryError):
            self._declarations.unread(Place(module.file), "is nested too deeply to be read")
        except TooManyColumns:
            raise
        except Exception as error:  # A fault of this reader costs one file, not all of them.
            message = "cannot be read to its end, by a fault of this reader: "
            message += f"{type(error).__name__}: {error}"
            self._declarations.unread(Place(module.file), message)
        finally:
            self._steps_left -= granted - max(self._budget.steps, 0)
            self.file, self._budget, self.perhaps, self._calls = outer
            self._evaluator.use(self._budget)
            module.is_done = True

    # Statements

    def run(self, statements: List[ast.stmt], scope: Scope) -> None:
        for statement in statements:
            self._budget.take()
            kind = type(statement)
            if kind not in self._methods:
                self._methods[kind] = getattr(self, "_" + kind.__name__, None)
            method = self._methods[kind]
            if method is not None:
                method(statement, scope)

    def _Expr(self, node: ast.Expr, scope: Scope) -> None:
        if not isinstance(node.value, ast.Constant):
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
            load = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node)
            total = ast.copy_location(ast.BinOp(left=load, op=node.op, right=node.value), node)
            self._evaluator.bind(node.target, self._evaluator.evaluate(total, scope), scope)

    def _TypeAlias(self, node: Any, scope: Scope) -> None:
        scope.assign(node.name.id, self._evaluator.evaluate(node.value, scope))

    def _FunctionDef(self, node: Any, scope: Scope) -> None:
        decorators = [self._evaluator.evaluate(part, scope) for part in node.decorator_list]
        opaque = None
        if isinstance(node, ast.AsyncFunctionDef):
            opaque = f"{node.name}() is an async function"
        function = Function(node.name, node, scope, opaque, self.file, decorators)
        scope.assign(node.name, function)

    _AsyncFunctionDef = _FunctionDef

    def _ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:
        bases = self._evaluator.listed(node.bases, scope)
        body = Scope(scope)
        body.names["__module__"] = scope.find("__name__")[1] or ""
        cls = ModelClass(node.name, bases, body.names)
        cls.place = Place(self.file, node.lineno, node.col_offset + 1)
        cls.scope, cls.perhaps = body, self.perhaps
        for keyword in node.keywords:
            if keyword.arg is not None:
                cls.keywords[keyword.arg] = self._evaluator.evaluate(keyword.value, scope)
        self._run_class_body(cls, node.body, body)
        del body.names["__module__"]
        if cls.is_enumeration():
            values = number_automatic_values(body.names)
            if cls.derives_from("enum.StrEnum"):
                values = lower_case_automatic_values(body.names)
            cls.members = values
        cls.decorators = [self._evaluator.evaluate(part, scope) for part in node.decorator_list]
        scope.assign(node.name, cls)
        self._declarations.classes += 1
        self._evaluator.class_made(cls)

    def _run_class_body(self, cls: ModelClass, statements: List[ast.stmt], body: Scope) -> None:
        for statement in statements:
            place = Place(self.file, statement.lineno, statement.col_offset + 1)
            before = set(body.names)
            self.run([statement], body)
            names = [name for name in body.names if name not in before]
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                cls.annotations[statement.target.id] = statement.annotation
                names.append(statement.target.id)
            elif isinstance(statement, ast.Assign):
                names += [part.id for part in statement.targets if isinstance(part, ast.Name)]
            for name in names:
                if name not in cls.places:
                    cls.order.append(name)
                cls.places[name] = place

    def _Import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            dotted = alias.name.split(".")
            file = self._project.file_of(dotted[0], self.file)
            if file is None and not self._project.is_package(dotted[0], self.file):
                path = alias.name if alias.asname is not None else dotted[0]
                scope.assign(alias.asname or dotted[0], Reference(path))
                continue
            for length in range(1, len(dotted) + 1):
                whole = self._project.file_of(".".join(dotted[:length]), self.file)
                if whole is not None:
                    self.module(whole)
            if alias.asname is not None:
                found = self._project.file_of(alias.name, self.file)
                value = self.module(found) if found is not None else None
                scope.assign(alias.asname, value or Reference(alias.name))
            else:
                scope.assign(dotted[0], self.package(dotted[0]))

    def submodule(self, module: Module, name: str) -> Optional[Module]:
        """`app.models` where only `app` was imported by name."""
        if not module.file or os.path.basename(module.file) != "__init__.py":
            return None
        file = self._project.file_of("." + name, module.file)
        return self.module(file) if file is not None else None

    def package(self, dotted: str) -> Any:
        file = self._project.file_of(dotted, self.file)
        module = self.module(file) if file is not None else None
        return module or Module("", dotted, Scope(), True)

    def _ImportFrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        name = "." * node.level + (node.module or "")
        file = self._project.file_of(name, self.file)
        if file is None and not self._is_folder(node):
            for alias in node.names:
                if alias.name == "*":
                    self._evaluator.star_import(scope, name)
                else:
                    path = f"{name}.{alias.name}"
                    value = self._evaluator.library_name(path)
                    scope.assign(alias.asname or alias.name, value)
            return
        module = self.module(file) if file is not None else None
        for alias in node.names:
            if alias.name == "*":
                self._import_all(module, scope)
                continue
            scope.assign(alias.asname or alias.name, self._imported(module, name, alias.name))

    def _is_folder(self, node: ast.ImportFrom) -> bool:
        """Whether a folder without `__init__.py` is meant, whose files are its names."""
        if node.level and not node.module:
            return True
        name = "." * node.level + (node.module or "")
        return self._project.is_package(name, self.file)

    def _imported(self, module: Optional[Module], name: str, wanted: str) -> Any:
        if module is not None:
            found, value = module.scope.find(wanted)
            if found:
                return value
        inner = name + wanted if name.endswith(".") else f"{name}.{wanted}"
        file = self._project.file_of(inner, self.file)
        if file is not None:
            return self.module(file)
        return Unknown(f"the value of {wanted} is not in {name}", f"{{{wanted}}}")

    def _import_all(self, module: Optional[Module], scope: Scope) -> None:
        if module is None:
            return
        public = module.scope.names.get("__all__")
        for name, value in list(module.scope.names.items()):
            if name == "*":
                continue
            if name in public if isinstance(public, (list, tuple)) else not name.startswith("_"):
                scope.assign(name, value)
        self._evaluator.share_star_imports(module.scope, scope)

    def _Global(self, node: Any, scope: Scope) -> None:
        scope.outer_names.update(node.names)

    _Nonlocal = _Global

    def _Delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                scope.names.pop(target.id, None)

    def _Return(self, node: ast.Return, scope: Scope) -> None:
        raise Returned(self._evaluator.evaluate(node.value, scope))

    def _Break(self, node: ast.Break, scope: Scope) -> None:
        raise LoopEnded(True)

    def _Continue(self, node: ast.Continue, scope: Scope) -> None:
        raise LoopEnded(False)

    def _Raise(self, node: ast.Raise, scope: Scope) -> None:
        raise Left()

    def _If(self, node: ast.If, scope: Scope) -> None:
        truth = truth_of(self._evaluator.evaluate(node.test, scope))
        if truth is not None:
            self.run(node.body if truth else node.orelse, scope)
            return
        self._perhaps([node.body, node.orelse], scope, f"whether `{shown(node.test)}` holds")

    def _For(self, node: Any, scope: Scope) -> None:
        items = as_items(self._evaluator.evaluate(node.iter, scope))
        if isinstance(items, Unknown):
            self._evaluator.bind(node.target, items, scope)
            self._perhaps([node.body], scope, f"what `{shown(node.iter)}` holds")
            return
        for item in items:
            self._budget.take()
            self._evaluator.bind(node.target, item, scope)
            try:
                self.run(node.body, scope)
            except LoopEnded as ended:
                if ended.is_break:
                    return
        self.run(node.orelse, scope)

    _AsyncFor = _For

    def _While(self, node: ast.While, scope: Scope) -> None:
        for _ in range(LONGEST_LOOP):
            truth = truth_of(self._evaluator.evaluate(node.test, scope))
            if truth is None:
                self._perhaps([node.body], scope, f"how long `{shown(node.test)}` holds")
                return
            if not truth:
                self.run(node.orelse, scope)
                return
            try:
                self.run(node.body, scope)
            except LoopEnded as ended:
                if ended.is_break:
                    return
        raise BudgetSpent()

    def _Try(self, node: Any, scope: Scope) -> None:
        """A `try` is taken to succeed, unless it imports what is not there to be read."""
        self.run(node.body + node.orelse + node.finalbody, scope)

    _TryStar = _Try

    def _With(self, node: Any, scope: Scope) -> None:
        for item in node.items:
            value = self._evaluator.evaluate(item.context_expr, scope)
            if item.optional_vars is not None:
                self._evaluator.bind(item.optional_vars, value, scope)
        self.run(node.body, scope)

    _AsyncWith = _With

    def _Match(self, node: Any, scope: Scope) -> None:
        branches = [case.body for case in node.cases]
        self._perhaps(branches, scope, f"what `{shown(node.subject)}` is")

    def _perhaps(self, branches: List[List[ast.stmt]], scope: Scope, question: str) -> None:
        """Follows branches of which only running tells whether they are taken."""
        outer, self.perhaps = self.perhaps, f"{question} is known only when it runs"
        leaves = False
        try:
            for branch in branches:
                self._budget.take(scope.size())
                try:
                    self.run(branch, scope.copied())
                except LoopEnded:
                    pass
                except (Returned, Left) as left:
                    leaves = leaves or isinstance(left, Returned)
        finally:
            self.perhaps = outer
        for branch in branches:
            forget_changed_names(branch, scope)
        if leaves:
            raise Returned(Unknown("what a function returns is known only when it runs"))

    # What expressions do

    def inline(self, node: ast.AST, function: LocalFunction, args: Any, kwargs: Any) -> Any:
        if isinstance(function, BoundFunction) and function.function is not None:
            args = [function.owner] + list(args)
            function = function.function
        if function.opaque is not None:
            return Unknown(f"what {function.name}() returns is known only when it runs")
        if len(self._calls) >= DEEPEST_CALL:
            raise BudgetSpent()
        self._calls.append(function.node)
        outer, self.file = self.file, getattr(function, "file", "") or self.file
        try:
            return self._call(function, args, kwargs)
        finally:
            self.file = outer
            self._calls.pop()

    def _call(self, function: LocalFunction, args: Any, kwargs: Any) -> Any:
        node, scope = function.node, Scope(function.scope)
        bind_parameters(self._evaluator, node, scope, function.scope, args, kwargs)
        if isinstance(node, ast.Lambda):
            return self._evaluator.evaluate(node.body, scope)
        if any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(node)):
            return Unknown(f"{function.name}() is a generator")
        try:
            self.run(node.body, scope)
        except Returned as returned:
            return returned.value
        except Left:
            return Unknown(f"{function.name}() raises an exception")
        return None

    def operation(self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
        return Unknown("an operation of Alembic is no part of a model")

    def batch_operation(self, node: Any, batch: Any, name: str, args: Any, kwargs: Any) -> Any:
        return Unknown("an operation of Alembic is no part of a model")

    def execution(self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
        return Unknown("what the database answers is known only when it runs")

    def creation(self, node: ast.Call, owner: Any, verb: str, args: Any, kwargs: Any) -> Any:
        return None

    def unknown_call(self, node: ast.Call, args: List[Any]) -> None:
        pass

    def perhaps_evaluated(self, node: ast.AST, parts: List[ast.expr], scope: Scope) -> None:
        pass


def lower_case_automatic_values(names: Dict[str, Any]) -> Dict[str, Any]:
    """The `auto()` members of a StrEnum are their own names in lower case."""
    return {
        name: name.lower() if getattr(value, "path", "") == "enum.auto" else value
        for name, value in names.items()
    }


def shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 80 else text[:77] + "..."
