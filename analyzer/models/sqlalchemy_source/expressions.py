"""SQLAlchemy's expression language (`sa.func.lower(sa.column("a")) > 5`) as SQL text.

Parentheses are put around every operator, since what is compared later is the parsed tree.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from .column_types import TypeReader, type_sql
from .naming import literal, quote, text_clause
from .values import Binary, Construct, Member, MethodCall, NotStatic, Reference, Unary, Unknown

FUNCTIONS_WITHOUT_PARENTHESES = {
    "current_timestamp": "CURRENT_TIMESTAMP",
    "current_date": "CURRENT_DATE",
    "current_time": "CURRENT_TIME",
    "current_user": "CURRENT_USER",
    "session_user": "SESSION_USER",
    "localtime": "LOCALTIME",
    "localtimestamp": "LOCALTIMESTAMP",
    "user": "USER",
}
OPERATORS = {
    "==": "=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "+": "+",
    "-": "-",
    "*": "*",
    "%": "%",
}
CONSTANT_CONSTRUCTS = {"true": "true", "false": "false", "null": "NULL"}
POSTFIXES = {
    "desc": "DESC",
    "asc": "ASC",
    "nullslast": "NULLS LAST",
    "nulls_last": "NULLS LAST",
    "nullsfirst": "NULLS FIRST",
    "nulls_first": "NULLS FIRST",
}
INFIX_METHODS = {
    "like": "LIKE",
    "ilike": "ILIKE",
    "notlike": "NOT LIKE",
    "not_like": "NOT LIKE",
    "notilike": "NOT ILIKE",
    "not_ilike": "NOT ILIKE",
    "regexp_match": "~",
    "is_distinct_from": "IS DISTINCT FROM",
    "is_not_distinct_from": "IS NOT DISTINCT FROM",
    "isnot_distinct_from": "IS NOT DISTINCT FROM",
    "concat": "||",
}
OPPOSITES = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "is_": "is_not",
    "isnot": "is_",
    "is_not": "is_",
    "in_": "not_in",
    "notin_": "in_",
    "not_in": "in_",
    "like": "not_like",
    "notlike": "like",
    "not_like": "like",
    "ilike": "not_ilike",
    "notilike": "ilike",
    "not_ilike": "ilike",
}
SQLALCHEMY = "sqlalchemy."


def function_name(path: str) -> Optional[str]:
    """`schema.name` of a call through `sa.func`, None for any other path."""
    parts = path.split(".")
    if parts[0] not in ("sqlalchemy", "sqlmodel") or "func" not in parts[1:-1]:
        return None
    return ".".join(parts[parts.index("func", 1) + 1 :])


class ExpressionWriter:
    def __init__(self, types: TypeReader) -> None:
        self._types = types

    def write(self, value: Any) -> str:
        """The SQL of an operand; a plain Python value is a literal here."""
        if isinstance(value, Unknown):
            raise NotStatic(value.why)
        if isinstance(value, Construct):
            return self._construct(value)
        if isinstance(value, MethodCall):
            return self._method(value)
        if isinstance(value, Binary):
            return self._binary(value)
        if isinstance(value, Unary):
            return self._unary(value)
        if isinstance(value, Member):
            return self._member(value)
        if isinstance(value, Reference):
            raise NotStatic(f"{value.path} is not an expression")
        return literal(value)

    def clause(self, value: Any) -> str:
        """The same where a plain text is SQL itself: a CHECK's condition, an index's predicate."""
        return text_clause(value) if isinstance(value, str) else self.write(value)

    def _construct(self, value: Construct) -> str:
        called = function_name(value.path)
        if called is not None:
            return self._function(called, value)
        if not value.path.startswith(SQLALCHEMY):
            raise NotStatic(f"the value of {value.path}() is not known without running it")
        name, args = value.name, value.args
        if name in ("text", "literal_column") and args and isinstance(args[0], str):
            return text_clause(args[0]) if name == "text" else args[0]
        if name in ("column", "Column") and args:
            return quote(args[0])
        if name in ("literal", "bindparam", "inline_literal") and args:
            return literal(args[0])
        if name in CONSTANT_CONSTRUCTS:
            return CONSTANT_CONSTRUCTS[name]
        if name in ("and_", "or_") and args:
            return "(" + f" {name[:-1].upper()} ".join(self.write(arg) for arg in args) + ")"
        if name == "not_" and len(args) == 1:
            return self._negated(args[0])
        if name == "cast" and len(args) == 2:
            return f"CAST({self.write(args[0])} AS {type_sql(self._types.read(args[1]), None)})"
        if name == "type_coerce" and args:
            return self.write(args[0])
        if name == "extract" and len(args) == 2 and isinstance(args[0], str):
            return f"EXTRACT({args[0]} FROM {self.write(args[1])})"
        if name in POSTFIXES and len(args) == 1:
            return f"{self.write(args[0])} {POSTFIXES[name]}"
        if name == "array" and args and isinstance(args[0], (list, tuple)):
            return "ARRAY[" + ", ".join(self.write(item) for item in args[0]) + "]"
        if name == "collate" and len(args) == 2:
            return f"({self.write(args[0])} COLLATE {quote(args[1])})"
        if name == "between" and len(args) == 3:
            low, high = self.write(args[1]), self.write(args[2])
            return f"({self.write(args[0])} BETWEEN {low} AND {high})"
        raise NotStatic(f"the expression {name}() is not read")

    def _function(self, called: str, value: Construct) -> str:
        if any(isinstance(arg, (list, dict, set)) for arg in value.args):
            raise NotStatic(f"a call of {called}() takes a list")
        if called.lower() in FUNCTIONS_WITHOUT_PARENTHESES and not value.args:
            return FUNCTIONS_WITHOUT_PARENTHESES[called.lower()]
        name = ".".join(quote(part) for part in called.split("."))
        return f"{name}({', '.join(self.write(arg) for arg in value.args)})"

    def _binary(self, value: Binary) -> str:
        if value.operator == "/":
            raise NotStatic("how a division is written depends on SQLAlchemy's version")
        symbol = OPERATORS.get(value.operator)
        left, right = self.write(value.left), self.write(value.right)
        if value.operator in ("&", "|"):
            word = "AND" if value.operator == "&" else "OR"
            return f"({left} {word} {right})"
        if symbol is None:
            raise NotStatic(f"the operator {value.operator} is not read")
        if right == "NULL" and value.operator in ("==", "!="):
            return f"({left} {'IS NULL' if value.operator == '==' else 'IS NOT NULL'})"
        return f"({left} {symbol} {right})"

    def _unary(self, value: Unary) -> str:
        if value.operator in ("~", "not"):
            return self._negated(value.operand)
        if value.operator != "-":
            raise NotStatic(f"the operator {value.operator} is not read")
        return f"(-{self.write(value.operand)})"

    def _negated(self, value: Any) -> str:
        """`NOT`, taken into the comparison itself where SQLAlchemy does so."""
        if isinstance(value, Binary) and value.operator in OPPOSITES:
            return self._binary(Binary(OPPOSITES[value.operator], value.left, value.right))
        if isinstance(value, MethodCall) and value.name in OPPOSITES:
            opposite = OPPOSITES[value.name]
            return self._method(MethodCall(value.owner, opposite, value.args, value.kwargs))
        if isinstance(value, MethodCall) and value.name == "between" and len(value.args) == 2:
            return self._between(value, "NOT BETWEEN")
        return f"(NOT {self.write(value)})"

    def _between(self, value: MethodCall, word: str) -> str:
        low, high = self.write(value.args[0]), self.write(value.args[1])
        return f"({self.write(value.owner)} {word} {low} AND {high})"

    def _member(self, value: Member) -> str:
        """`table.c.name` and `table.columns.name` are the column's name."""
        if isinstance(value.owner, Member) and value.owner.name in ("c", "columns"):
            return quote(value.name)
        raise NotStatic("an attribute stands where an expression is expected")

    def _method(self, value: MethodCall) -> str:
        name, args = value.name, value.args
        if name == "op()" and len(args) == 2:
            return f"({self.write(value.owner)} {args[0]} {self.write(args[1])})"
        owner = self.write(value.owner)
        if name in POSTFIXES:
            return f"{owner} {POSTFIXES[name]}"
        if name in ("is_", "isnot", "is_not") and len(args) == 1:
            return f"({owner} {'IS' if name == 'is_' else 'IS NOT'} {self.write(args[0])})"
        if name in ("in_", "notin_", "not_in") and len(args) == 1:
            return self._membership(owner, name == "in_", args[0])
        if name in INFIX_METHODS and len(args) == 1:
            return f"({owner} {INFIX_METHODS[name]} {self.write(args[0])})"
        if name == "between" and len(args) == 2:
            return self._between(value, "BETWEEN")
        if name == "cast" and len(args) == 1:
            return f"CAST({owner} AS {type_sql(self._types.read(args[0]), None)})"
        if name in ("label", "self_group"):
            return owner
        if name == "collate" and len(args) == 1:
            return f"({owner} COLLATE {quote(args[0])})"
        if name == "bindparams":
            raise NotStatic("the SQL takes its values through bindparams()")
        raise NotStatic(f"the expression .{name}() is not read")

    def _membership(self, owner: str, inside: bool, options: Any) -> str:
        if not isinstance(options, (list, tuple, set)) or not options:
            raise NotStatic("the options of in_() are not a known list")
        items = ", ".join(self.write(option) for option in options)
        return f"({owner} {'IN' if inside else 'NOT IN'} ({items}))"


def storage_parameters(options: Any) -> str:
    if not isinstance(options, dict):
        raise NotStatic("storage parameters are not a dictionary")
    return ", ".join(storage_parameter(name, setting) for name, setting in options.items())


def storage_parameter(name: str, setting: Any) -> str:
    if setting is None:
        return name
    if isinstance(setting, bool):
        return f"{name} = {'true' if setting else 'false'}"
    return f"{name} = {setting}"


def name_list(names: Any) -> List[str]:
    """Column names given as a list; one text alone is a mistake that Alembic spells letter-wise."""
    if isinstance(names, (list, tuple)) and all(isinstance(name, str) for name in names):
        return [quote(name) for name in names]
    raise NotStatic("the columns are not a known list of names")


Options = Dict[str, Any]
