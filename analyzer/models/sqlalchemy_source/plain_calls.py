"""Calls of Python's own functions and methods on known values, bounded in what they may build."""

from __future__ import annotations

import textwrap
from typing import Any, Callable, Dict, List, Tuple

from .values import EnumMember, LocalClass, Unknown, is_constant

LONGEST_TEXT = 1_000_000
LONGEST_LIST = 20_000
LARGEST_NUMBER = 10**18

STRING_METHODS = frozenset(
    """capitalize casefold count endswith find format format_map index isdigit isidentifier
    islower isupper join lower lstrip partition removeprefix removesuffix replace rfind rpartition
    rsplit rstrip split splitlines startswith strip swapcase title upper zfill""".split()
)
LIST_METHODS = frozenset(
    "append extend insert pop remove index count reverse sort copy clear".split()
)
DICT_METHODS = frozenset("items keys values get pop setdefault update copy clear fromkeys".split())
SET_METHODS = frozenset(
    """add discard remove union intersection difference update copy issubset issuperset
    symmetric_difference""".split()
)
TUPLE_METHODS = frozenset(["index", "count"])
CHANGING_METHODS = frozenset(
    "append extend insert pop remove reverse sort clear add discard update setdefault".split()
)


class TooMuch(Exception):
    """A value would grow beyond what any real revision file builds."""


def bounded(value: Any) -> Any:
    if isinstance(value, (str, bytes)) and len(value) > LONGEST_TEXT:
        raise TooMuch()
    if isinstance(value, (list, tuple, dict, set)) and len(value) > LONGEST_LIST:
        raise TooMuch()
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise TooMuch()
    return value


def as_items(value: Any) -> "List[Any] | Unknown":
    """What a loop over the value would see, or Unknown."""
    if isinstance(value, (list, tuple, str)):
        return list(bounded(value))
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=repr)
    if isinstance(value, dict):
        return list(value)
    if isinstance(value, range):
        return list(bounded_range(value))
    if isinstance(value, LocalClass) and value.is_enumeration():
        return list(value.enum_members())
    if isinstance(value, Unknown):
        return value
    return Unknown("what a loop goes over is known only when it runs")


def bounded_range(value: range) -> range:
    if len(value) > LONGEST_LIST:
        raise TooMuch()
    return value


def call_builtin(name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
    """Python's own function on known values; Unknown where it is not read here."""
    for arg in args:
        if isinstance(arg, Unknown):
            return arg
    try:
        return bounded(BUILTINS[name](*args, **kwargs))
    except TooMuch:
        raise
    except Exception:
        return Unknown(f"what {name}() returns is known only when it runs")


def needed_items(value: Any) -> List[Any]:
    items = as_items(value)
    if isinstance(items, Unknown):
        raise ValueError(items.why)
    return items


def constant(value: Any) -> Any:
    if not is_constant(value):
        raise ValueError("no constant")
    return value


def text_of(value: Any = "") -> str:
    if isinstance(value, EnumMember):
        if isinstance(value.value, str) and any(
            getattr(base, "path", "") == "enum.StrEnum" for base in value.owner.bases
        ):
            return value.value
        return f"{value.owner.name}.{value.name}"
    return str(constant(value))


def build_dict(*args: Any, **kwargs: Any) -> Dict[Any, Any]:
    result: Dict[Any, Any] = {}
    if args:
        source = args[0]
        pairs = source.items() if isinstance(source, dict) else needed_items(source)
        result.update(dict(pairs))
    result.update(kwargs)
    return result


def sorted_items(value: Any, key: Any = None, reverse: bool = False) -> List[Any]:
    if key is not None:
        raise ValueError("a key function")
    return sorted(constant(needed_items(value)), reverse=reverse)


BUILTINS: Dict[str, Callable[..., Any]] = {
    "len": lambda value: len(needed_items(value)),
    "range": lambda *args: list(bounded_range(range(*args))),
    "list": lambda value=(): needed_items(value),
    "tuple": lambda value=(): tuple(needed_items(value)),
    "set": lambda value=(): set(constant(needed_items(value))),
    "frozenset": lambda value=(): set(constant(needed_items(value))),
    "dict": build_dict,
    "sorted": sorted_items,
    "reversed": lambda value: list(reversed(needed_items(value))),
    "enumerate": lambda value, start=0: [
        (start + position, item) for position, item in enumerate(needed_items(value))
    ],
    "zip": lambda *values, strict=False: list(zip(*[needed_items(value) for value in values])),
    "str": text_of,
    "repr": lambda value: repr(constant(value)),
    "int": lambda value=0: int(constant(value)),
    "float": lambda value=0: float(constant(value)),
    "bool": lambda value=False: bool(constant(value)),
    "abs": lambda value: abs(constant(value)),
    "min": lambda *values: min(*constant(list(values))),
    "max": lambda *values: max(*constant(list(values))),
    "sum": lambda values: sum(constant(needed_items(values))),
    "any": lambda values: any(constant(needed_items(values))),
    "all": lambda values: all(constant(needed_items(values))),
    "chr": chr,
    "ord": ord,
}
LIBRARY_FUNCTIONS: Dict[str, Callable[..., Any]] = {
    "textwrap.dedent": textwrap.dedent,
    "textwrap.indent": textwrap.indent,
    "inspect.cleandoc": lambda text: __import__("inspect").cleandoc(text),
    "collections.OrderedDict": build_dict,
    "itertools.chain": lambda *values: [item for value in values for item in needed_items(value)],
    "copy.copy": lambda value: value,
    "copy.deepcopy": lambda value: value,
}


def method_names(owner: Any) -> frozenset:
    if isinstance(owner, str):
        return STRING_METHODS
    if isinstance(owner, list):
        return LIST_METHODS
    if isinstance(owner, dict):
        return DICT_METHODS
    if isinstance(owner, (set, frozenset)):
        return SET_METHODS
    if isinstance(owner, tuple):
        return TUPLE_METHODS
    return frozenset()


def call_method(owner: Any, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
    """A method of a text, list, dictionary, set or tuple."""
    if name not in method_names(owner):
        return Unknown(f"what .{name}() returns is known only when it runs")
    if isinstance(owner, str):
        return text_method(owner, name, args, kwargs)
    if name == "sort" and kwargs:
        return Unknown("the order of a sorted list is known only when it runs")
    try:
        if name == "extend" and args:
            args = [needed_items(args[0])]
        result = getattr(owner, name)(*args, **kwargs)
        bounded(owner)
    except TooMuch:
        raise
    except Exception:
        return Unknown(f"what .{name}() returns is known only when it runs")
    if name in ("items", "keys", "values"):
        return list(result)
    return result


def text_method(owner: str, name: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
    if name == "join" and args:
        items = as_items(args[0])
        args = [items]
    if name == "format":
        return formatted(owner, args, kwargs)
    for value in list(args) + list(kwargs.values()):
        if not is_constant(value):
            why = value.why if isinstance(value, Unknown) else f"a part of .{name}() is not known"
            if isinstance(value, list):
                unknown = next((item for item in value if isinstance(item, Unknown)), None)
                why = unknown.why if unknown else why
            return Unknown(why, owner)
    if name in ("replace", "join", "zfill"):
        guard_growth(owner, name, args)
    try:
        return bounded(getattr(owner, name)(*args, **kwargs))
    except TooMuch:
        raise
    except Exception:
        return Unknown(f"what .{name}() returns is known only when it runs")


def guard_growth(owner: str, name: str, args: List[Any]) -> None:
    if name == "zfill" and (not args or not isinstance(args[0], int) or args[0] > 1000):
        raise TooMuch()
    if name == "replace" and len(args) >= 2 and isinstance(args[1], str):
        if (len(owner) + 1) * (len(args[1]) + 1) > 50 * LONGEST_TEXT:
            raise TooMuch()
    if name == "join" and isinstance(args[0], list):
        size = sum(len(item) for item in args[0] if isinstance(item, str))
        if size + len(owner) * len(args[0]) > LONGEST_TEXT:
            raise TooMuch()


def formatted(template: str, args: List[Any], kwargs: Dict[str, Any]) -> Any:
    """`template.format(...)`; a field with a width could ask for any amount of memory."""
    import string

    values: Tuple[Any, ...] = tuple(args) + tuple(kwargs.values())
    for value in values:
        if isinstance(value, Unknown):
            return Unknown(value.why, template)
        if not is_constant(value) and not isinstance(value, EnumMember):
            return Unknown("a part of .format() is known only when it runs", template)
    try:
        if any(spec for _, _, spec, _ in string.Formatter().parse(template)):
            return Unknown("a format with a width or style is not read", template)
        plain = [text_of(value) if isinstance(value, EnumMember) else value for value in args]
        return bounded(template.format(*plain, **kwargs))
    except TooMuch:
        raise
    except Exception:
        return Unknown("what .format() returns is known only when it runs", template)


def percent_formatted(template: str, values: Any) -> Any:
    import re

    if isinstance(values, Unknown):
        return Unknown(values.why, template)
    if not is_constant(values):
        return Unknown("what a text is filled with is known only when it runs", template)
    if re.search(r"%(\([^)]*\))?[-+ #0]*(\d|\*|\.)", template):
        return Unknown("a format with a width is not read", template)
    try:
        return bounded(template % values)
    except TooMuch:
        raise
    except Exception:
        return Unknown("what a text is filled with is known only when it runs", template)


def arithmetic(operator: str, left: Any, right: Any) -> Any:
    """An operator on two known values."""
    for kind in (str, list, tuple):
        if operator == "+" and isinstance(left, kind) and isinstance(right, kind):
            return bounded(left + right)  # type: ignore[operator]
    if operator == "%" and isinstance(left, str):
        return percent_formatted(left, right)
    if operator == "*" and isinstance(left, int) and not isinstance(right, (int, float)):
        left, right = right, left
    if operator == "*" and isinstance(left, (str, list, tuple)) and isinstance(right, int):
        if len(left) * max(right, 0) > LONGEST_LIST:
            raise TooMuch()
        return left * right
    if operator == "|" and isinstance(left, dict) and isinstance(right, dict):
        return {**left, **right}
    if isinstance(left, set) and isinstance(right, set):
        if operator in ("|", "&", "-"):
            return {"|": left | right, "&": left & right, "-": left - right}[operator]
    numbers = (int, float)
    if isinstance(left, numbers) and isinstance(right, numbers):
        simple: Dict[str, Callable[[Any, Any], Any]] = {
            "+": lambda a, b: a + b,
            "-": lambda a, b: a - b,
            "*": lambda a, b: a * b,
            "/": lambda a, b: a / b,
            "//": lambda a, b: a // b,
            "%": lambda a, b: a % b,
        }
        if operator in simple and not (operator in "/%//" and right == 0):
            return bounded(simple[operator](left, right))
    return Unknown("what an operator gives is known only when it runs")


__all__ = [
    "BUILTINS",
    "CHANGING_METHODS",
    "LIBRARY_FUNCTIONS",
    "TooMuch",
    "arithmetic",
    "as_items",
    "bounded",
    "call_builtin",
    "call_method",
    "percent_formatted",
    "text_of",
]
