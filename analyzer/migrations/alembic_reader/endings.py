"""How a block of statements ends before its last one, and how a branch does."""

from __future__ import annotations

from typing import Any, Optional


class Returned(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class LoopEnded(Exception):
    """`break` or `continue`."""

    def __init__(self, is_break: bool) -> None:
        super().__init__()
        self.is_break = is_break


class PerhapsReturned(Exception):
    """A branch that may be taken leaves the function, so what follows may not happen."""


class PerhapsEnded(Exception):
    """A branch that may be taken leaves the loop's round."""


class Raised(Exception):
    """The file raises an exception on purpose; what it was is written down already."""


def cannot_fork(left: Optional[Exception]) -> bool:
    if isinstance(left, LoopEnded):
        return left.is_break
    return isinstance(left, (PerhapsReturned, PerhapsEnded))


def is_return(left: Optional[Exception], ends: str) -> bool:
    """Whether a branch ends the function: by `return`, by raising, or by its last statement."""
    if left is None:
        return ends == "function"
    return isinstance(left, (Returned, Raised))


def is_next_round(left: Optional[Exception], ends: str) -> bool:
    if left is None:
        return ends == "round"
    return isinstance(left, Raised) or (isinstance(left, LoopEnded) and not left.is_break)
