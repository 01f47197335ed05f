"""Works out the value of an expression of a file without running the file.

Names stand for what the imports say, constants for themselves, and what depends on code that is
not in the file, or on the database, is Unknown. What a call would do to the database is told to
the `Effects` object, in the order in which Python would do it.
"""

from __future__ import annotations

import ast
import builtins
from typing import Any, Dict, List, Optional, Tuple

from .attributes import attribute, called_class, is_instance
from .budget import Budget, BudgetSpent
from .catalog_questions import (
    CatalogObjects,
    asked,
    combined,
    is_condition,
    is_name_of,
    membership,
    taken_from,
)
from .comparisons import compared
from .effects import Effects
from .plain_calls import (
    BUILTINS,
    CHANGING_METHODS,
    LIBRARY_FUNCTIONS,
    TooMuch,
    arithmetic,
    as_items,
    call_builtin,
    call_method,
    text_of,
)
from .value_nature import as_unknown, joined_unknown, parts_of, root_of, truth_of
from .values import (
    Batch,
    Binary,
    Construct,
    EnumMember,
    LocalClass,
    LocalFunction,
    Member,
    MethodCall,
    QuotedName,
    Reference,
    Scope,
    Unary,
    Unknown,
    is_constant,
    is_symbolic,
)

BINARY_OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.MatMult: "@",
}
COMPARISONS = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
# Libraries whose functions leave the database alone, unless a connection is handed to them.
HARMLESS_ROOTS = frozenset(
    """builtins logging warnings datetime uuid json re time math decimal random string pathlib
    typing collections itertools functools enum textwrap inspect copy sqlalchemy sqlmodel pgvector
    operator types dataclasses contextlib pprint hashlib base64 secrets zoneinfo pytz
    packaging""".split()
)
PYTHON_NAMES = frozenset(dir(builtins)) - {"exec", "eval", "compile", "__import__", "__name__"}
# Expressions that make a value out of others, and how much such a value may hold.
MAKING = frozenset(
    [ast.Call, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.BinOp, ast.Compare, ast.UnaryOp]
    + [ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Subscript, ast.Attribute]
)
WEIGHTLESS = frozenset([str, int, float, bool, type(None), Reference, Unknown, LocalFunction])
HEAVIEST_VALUE = 300_000


class Evaluator:
    def __init__(self, effects: Effects, budget: Budget) -> None:
        self._effects = effects
        self._budget = budget
        self._methods: Dict[type, Any] = {}
        self._weights: Dict[int, Tuple[int, Any]] = {}

    def evaluate(self, node: Optional[ast.AST], scope: Scope) -> Any:
        if node is None:
            return None
        budget = self._budget
        budget.steps -= 1
        if budget.steps < 0:
            raise BudgetSpent()
        kind = type(node)
        if kind is ast.Constant:
            return self._constant(node)
        try:
            method = self._methods[kind]
        except KeyError:
            method = self._methods[kind] = getattr(self, "_" + kind.__name__, None)
        if method is None:
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    self.evaluate(part, scope)
            return Unknown("an expression of this kind is not read")
        value = method(node, scope)
        if isinstance(value, str):
            self._budget.take_text(len(value))
        elif kind in MAKING:
            self.weigh(value)
        elif kind is ast.Name and id(value) in self._weights:
            self._budget.take(self._weights[id(value)][0] // 100)
        return value

    def weigh(self, value: Any) -> None:
        """Counts what a value holds, names that share a part each counted, and bounds it."""
        kind = type(value)
        if kind in WEIGHTLESS:
            return
        parts = parts_of(value)
        if not parts:
            return
        weights = self._weights
        weight = 1 + len(parts)
        for part in parts:
            if id(part) in weights:
                weight += weights[id(part)][0]
        if weight > HEAVIEST_VALUE:
            raise TooMuch()
        weights[id(value)] = (weight, value)

    def truth(self, node: ast.AST, scope: Scope) -> Optional[bool]:
        """Whether a condition holds; None where only running tells."""
        return truth_of(self.evaluate(node, scope))

    # Atoms and containers

    def _constant(self, node: Any) -> Any:
        if isinstance(node.value, str):
            self._budget.take_text(len(node.value))
        return node.value

    def _Name(self, node: ast.Name, scope: Scope) -> Any:
        found, value = scope.find(node.id)
        if found:
            return value
        if node.id in PYTHON_NAMES:
            return Reference(f"builtins.{node.id}")
        if node.id == "__name__":
            return "revision"
        return Unknown(f"the value of {node.id} is not in the file", f"{{{node.id}}}")

    def _List(self, node: ast.List, scope: Scope) -> Any:
        return self._items(node.elts, scope)

    def _Tuple(self, node: ast.Tuple, scope: Scope) -> Any:
        items = self._items(node.elts, scope)
        return items if isinstance(items, Unknown) else tuple(items)

    def _Set(self, node: ast.Set, scope: Scope) -> Any:
        items = self._items(node.elts, scope)
        if isinstance(items, Unknown):
            return items
        try:
            return set(items)
        except TypeError:
            return items

    def _items(self, nodes: List[ast.expr], scope: Scope) -> Any:
        items: List[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                inner = as_items(self.evaluate(node.value, scope))
                if isinstance(inner, Unknown):
                    return inner
                items += inner
            else:
                items.append(self.evaluate(node, scope))
        return items

    def _Dict(self, node: ast.Dict, scope: Scope) -> Any:
        result: Dict[Any, Any] = {}
        for key_node, value_node in zip(node.keys, node.values):
            value = self.evaluate(value_node, scope)
            if key_node is None:
                if not isinstance(value, dict):
                    return Unknown("a dictionary is known only when it runs")
                result.update(value)
                continue
            key = self.evaluate(key_node, scope)
            try:
                result[key] = value
            except TypeError:
                return Unknown("a dictionary is known only when it runs")
        return result

    def _JoinedStr(self, node: ast.JoinedStr, scope: Scope) -> Any:
        parts: List[str] = []
        unknown: Optional[Unknown] = None
        for part in node.values:
            value = self.evaluate(part, scope)
            if isinstance(value, Unknown):
                unknown = unknown or value
                parts.append(value.partial or "?")
            else:
                parts.append(str(value))
        text = "".join(parts)
        return Unknown(unknown.why, text) if unknown is not None else text

    def _FormattedValue(self, node: ast.FormattedValue, scope: Scope) -> Any:
        value = self.evaluate(node.value, scope)
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Construct) and value.name in ("text", "Identifier") and value.args:
            value = value.args[0]
        if isinstance(value, Member) and isinstance(value.owner, Construct):
            return Unknown("a part of a text is known only when it runs", "?")
        if not is_constant(value) and not isinstance(value, EnumMember):
            return Unknown("a part of a text is known only when it runs", "?")
        if node.format_spec is not None:
            return Unknown("a format with a width or style is not read", "?")
        return repr(value) if node.conversion == ord("r") else text_of(value)

    def _Starred(self, node: ast.Starred, scope: Scope) -> Any:
        return self.evaluate(node.value, scope)

    def _NamedExpr(self, node: ast.NamedExpr, scope: Scope) -> Any:
        value = self.evaluate(node.value, scope)
        if isinstance(node.target, ast.Name):
            scope.assign(node.target.id, value)
        return value

    def _Lambda(self, node: ast.Lambda, scope: Scope) -> Any:
        return LocalFunction("lambda", node, scope)

    # Operators

    def _BinOp(self, node: ast.BinOp, scope: Scope) -> Any:
        left, right = self.evaluate(node.left, scope), self.evaluate(node.right, scope)
        operator = BINARY_OPERATORS[type(node.op)]
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return joined_unknown(left, right)
        if is_symbolic(left) or is_symbolic(right):
            return Binary(operator, left, right)
        return arithmetic(operator, left, right)

    def _UnaryOp(self, node: ast.UnaryOp, scope: Scope) -> Any:
        value = self.evaluate(node.operand, scope)
        if isinstance(node.op, ast.Not):
            if is_condition(value):
                return value.negated()
            truth = truth_of(value)
            return Unknown("a condition is known only when it runs") if truth is None else not truth
        if isinstance(value, Unknown):
            return value
        symbol = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}[type(node.op)]
        if is_symbolic(value):
            return Unary(symbol, value)
        if isinstance(value, (int, float)) and symbol in "+-":
            return -value if symbol == "-" else value
        return Unknown("what an operator gives is known only when it runs")

    def _BoolOp(self, node: ast.BoolOp, scope: Scope) -> Any:
        stops_at = isinstance(node.op, ast.Or)
        undecided: Optional[Unknown] = None
        questions: List[Any] = []
        value: Any = None
        for part in node.values:
            if undecided is not None:
                self._effects.perhaps_evaluated(node, [part], scope)
                continue
            value = self.evaluate(part, scope)
            truth = truth_of(value)
            if is_condition(value):
                questions.append(value)
            elif truth is None:
                undecided = undecided or as_unknown(value)
            elif truth == stops_at:
                return value
        if undecided is None and questions:
            return combined("any" if stops_at else "all", questions)
        return undecided if undecided is not None else value

    def _Compare(self, node: ast.Compare, scope: Scope) -> Any:
        left = self.evaluate(node.left, scope)
        result: Any = True
        for operator_node, right_node in zip(node.ops, node.comparators):
            right = self.evaluate(right_node, scope)
            result = compared(COMPARISONS[type(operator_node)], left, right)
            if result is False or isinstance(result, Unknown):
                return result
            left = right
        return result

    def _IfExp(self, node: ast.IfExp, scope: Scope) -> Any:
        truth = self.truth(node.test, scope)
        if truth is None:
            self._effects.perhaps_evaluated(node, [node.body, node.orelse], scope)
            return Unknown("which of two values is used is known only when it runs")
        return self.evaluate(node.body if truth else node.orelse, scope)

    # Access

    def _Attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        return self.attribute_of(self.evaluate(node.value, scope), node.attr)

    def attribute_of(self, owner: Any, name: str) -> Any:
        return attribute(owner, name)

    def _Subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        owner = self.evaluate(node.value, scope)
        if isinstance(owner, Unknown):
            return owner
        if isinstance(node.slice, ast.Slice):
            bounds = [
                self.evaluate(part, scope)
                for part in (node.slice.lower, node.slice.upper, node.slice.step)
            ]
            if isinstance(owner, (str, list, tuple)) and is_constant(bounds):
                try:
                    return owner[slice(*bounds)]
                except (TypeError, ValueError):
                    pass
            return Unknown("a part of a list is known only when it runs")
        index = self.evaluate(node.slice, scope)
        if isinstance(owner, Member) and owner.name in ("c", "columns") and isinstance(index, str):
            return Member(owner, index)
        if isinstance(owner, LocalClass) and isinstance(index, str):
            return attribute(owner, index)
        if isinstance(owner, (str, list, tuple, dict)) and not is_symbolic(index):
            try:
                return owner[index]
            except (KeyError, IndexError, TypeError):
                pass
        if is_symbolic(owner):
            return Binary("[]", owner, index)
        return Unknown("an element of a list is known only when it runs")

    # Comprehensions

    def _ListComp(self, node: ast.ListComp, scope: Scope) -> Any:
        return self._comprehension(node.elt, node.generators, scope)

    def _GeneratorExp(self, node: ast.GeneratorExp, scope: Scope) -> Any:
        return self._comprehension(node.elt, node.generators, scope)

    def _SetComp(self, node: ast.SetComp, scope: Scope) -> Any:
        items = self._comprehension(node.elt, node.generators, scope)
        return set(items) if is_constant(items) else items

    def _DictComp(self, node: ast.DictComp, scope: Scope) -> Any:
        pair = ast.Tuple(elts=[node.key, node.value], ctx=ast.Load())
        items = self._comprehension(pair, node.generators, scope)
        try:
            return items if isinstance(items, Unknown) else dict(items)
        except TypeError:
            return Unknown("a dictionary is known only when it runs")

    def _comprehension(self, element: ast.expr, generators: List[Any], scope: Scope) -> Any:
        if len(generators) == 1 and not generators[0].ifs:
            iterated = self.evaluate(generators[0].iter, scope)
            if isinstance(iterated, CatalogObjects):
                answer = self._asked_of_all(element, generators[0].target, iterated, scope)
                if answer is not None:
                    return answer
        results: List[Any] = []
        unknown = self._generate(element, generators, Scope(scope), results)
        return unknown if unknown is not None else results

    def _asked_of_all(
        self, element: ast.AST, target: ast.AST, objects: CatalogObjects, scope: Scope
    ) -> Any:
        """The objects' names, or `c["name"] == "x"` for each of them, which `any` asks."""
        if isinstance(element, ast.Compare) and isinstance(target, ast.Name):
            is_equality = len(element.ops) == 1 and isinstance(element.ops[0], ast.Eq)
            if is_equality and is_name_of(element.left, target.id):
                wanted = self.evaluate(element.comparators[0], scope)
                names = taken_from(objects, target, element.left)
                return membership("in", wanted, names)
        return taken_from(objects, target, element)

    def _generate(
        self, element: ast.expr, generators: List[Any], scope: Scope, results: List[Any]
    ) -> Optional[Unknown]:
        if not generators:
            results.append(self.evaluate(element, scope))
            return None
        first = generators[0]
        items = as_items(self.evaluate(first.iter, scope))
        if isinstance(items, Unknown):
            self.bind(first.target, items, scope)
            self._effects.perhaps_evaluated(first.iter, [element], scope)
            return items
        for item in items:
            self.bind(first.target, item, scope)
            truths = [self.truth(condition, scope) for condition in first.ifs]
            if None in truths:
                self._effects.perhaps_evaluated(first.iter, [element], scope)
                return Unknown("which elements a list takes is known only when it runs")
            if all(truths):
                unknown = self._generate(element, generators[1:], scope, results)
                if unknown is not None:
                    return unknown
        return None

    def bind(self, target: ast.AST, value: Any, scope: Scope) -> None:
        """Assigns a value to a target, taking tuples apart."""
        if isinstance(target, ast.Name):
            scope.assign(target.id, value)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, Unknown("a rest of a list is not read"), scope)
        elif isinstance(target, (ast.Tuple, ast.List)):
            items = as_items(value)
            if isinstance(items, Unknown) or len(items) != len(target.elts):
                items = [Unknown("a part of a value is known only when it runs")] * len(target.elts)
            for inner, item in zip(target.elts, items):
                self.bind(inner, item, scope)
        elif isinstance(target, ast.Subscript):
            owner = self.evaluate(target.value, scope)
            index: Any = self.evaluate(target.slice, scope)
            if isinstance(owner, (dict, list)):
                try:
                    owner[index] = value
                    self.weigh(owner)
                except (TypeError, IndexError, ValueError):
                    self.bind(target.value, Unknown("a list is changed where it has no end"), scope)

    # Calls

    def _Call(self, node: ast.Call, scope: Scope) -> Any:
        function = self.evaluate(node.func, scope)
        args, kwargs = self._arguments(node, scope)
        if isinstance(function, LocalFunction):
            return self._effects.inline(node, function, args, kwargs)
        if isinstance(function, LocalClass):
            return self.called(function, args, kwargs, node)
        if isinstance(function, Reference):
            return self._call_reference(node, function.path, args, kwargs)
        if isinstance(function, Member):
            return self._call_member(node, function, args, kwargs)
        if isinstance(function, MethodCall) and function.name == "op" and function.args:
            return MethodCall(function.owner, "op()", [function.args[0]] + args, kwargs)
        if isinstance(function, Construct) and root_of(function) in HARMLESS_ROOTS:
            return Construct(function.path + "()", args, kwargs, node.lineno)
        self._effects.unknown_call(node, args + list(kwargs.values()))
        if isinstance(function, Unknown):
            return Unknown(function.why)
        return Unknown("what a call returns is known only when it runs")

    def _arguments(self, node: ast.Call, scope: Scope) -> Tuple[List[Any], Dict[str, Any]]:
        args: List[Any] = []
        for arg in node.args:
            value = self.evaluate(arg, scope)
            if isinstance(arg, ast.Starred):
                items = as_items(value)
                args += [items] if isinstance(items, Unknown) else items
            else:
                args.append(value)
        kwargs: Dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.evaluate(keyword.value, scope)
            if keyword.arg is not None:
                kwargs[keyword.arg] = value
            elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
                kwargs.update(value)
            else:
                kwargs["**"] = Unknown("options are known only when it runs")
        return args, kwargs

    def _call_reference(
        self, node: ast.Call, path: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        root, _, name = path.partition(".")
        if root == "builtins":
            return self._call_builtin(node, name, args, kwargs)
        if path in LIBRARY_FUNCTIONS:
            LIBRARY = LIBRARY_FUNCTIONS[path]
            try:
                return LIBRARY(*args, **kwargs)
            except Exception:
                return Unknown(f"what {path}() returns is known only when it runs")
        if root == "alembic":
            return self._call_alembic(node, path, args, kwargs)
        last = path.rsplit(".", 1)[-1]
        if last == "quoted_name" and args and isinstance(args[0], str):
            name_value = QuotedName(args[0])
            name_value.quote = args[1] if len(args) > 1 else kwargs.get("quote")
            return name_value
        if last in ("conv", "_truncated_label") and args and isinstance(args[0], str):
            return args[0]
        if root not in HARMLESS_ROOTS and not path.startswith(("os.getenv", "os.environ")):
            self._effects.unknown_call(node, args + list(kwargs.values()))
        return self.construct(path, args, kwargs, node)

    def construct(self, path: str, args: List[Any], kwargs: Dict[str, Any], node: ast.Call) -> Any:
        """What a library's call returns."""
        return Construct(path, args, kwargs, node.lineno)

    def called(
        self, cls: LocalClass, args: List[Any], kwargs: Dict[str, Any], node: ast.Call
    ) -> Any:
        """What a call of a class of the file returns."""
        return called_class(cls, args, kwargs, node.lineno)

    def _call_alembic(
        self, node: ast.Call, path: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        if path.startswith("alembic.op.") and path.count(".") == 2:
            return self._effects.operation(node, path[len("alembic.op.") :], args, kwargs)
        if path == "alembic.context.is_offline_mode":
            return False
        if path.startswith(("alembic.context.", "alembic.op.get_context")):
            return Construct(path, args, kwargs, node.lineno)
        self._effects.unknown_call(node, args + list(kwargs.values()))
        return Construct(path, args, kwargs, node.lineno)

    def _call_builtin(
        self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        if name == "print":
            return None
        if name == "getattr" and len(args) >= 2 and isinstance(args[1], str):
            return self.attribute_of(args[0], args[1])
        if len(args) == 1 and (is_condition(args[0]) or isinstance(args[0], CatalogObjects)):
            if name in ("set", "list", "tuple", "sorted", "frozenset", "bool", "any"):
                return args[0]
        if name == "isinstance" and len(args) == 2:
            return is_instance(args[0], args[1])
        if name == "map" and len(args) == 2 and isinstance(args[0], LocalFunction):
            items = as_items(args[1])
            if isinstance(items, Unknown):
                return items
            return [self._effects.inline(node, args[0], [item], {}) for item in items]
        if name == "sorted" and isinstance(kwargs.get("key"), LocalFunction):
            return Unknown("the order of a sorted list is not read")
        if name in BUILTINS:
            return call_builtin(name, args, kwargs)
        return Unknown(f"what {name}() returns is known only when it runs")

    def _call_member(
        self, node: ast.Call, member: Member, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        owner, name = member.owner, member.name
        if isinstance(owner, Batch):
            return self._effects.batch_operation(node, owner, name, args, kwargs)
        if isinstance(owner, (str, list, dict, set, frozenset, tuple)):
            result = call_method(owner, name, args, kwargs)
            if name in CHANGING_METHODS:
                self.weigh(owner)
            return result
        if name in ("execute", "exec_driver_sql", "scalar", "scalars", "executemany") and args:
            return self._effects.execution(node, name, args, kwargs)
        if name in ("create", "drop", "create_all", "drop_all"):
            return self._effects.creation(node, owner, name, args, kwargs)
        if isinstance(owner, Unknown) or root_of(owner) not in HARMLESS_ROOTS | {"alembic"}:
            self._effects.unknown_call(node, args + list(kwargs.values()))
            if isinstance(owner, Unknown):
                return owner
        answer = asked(owner, name, args, kwargs)
        return answer if answer is not None else MethodCall(owner, name, args, kwargs)
