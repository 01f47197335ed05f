"""How a branch that only running decides may end, and what that means for the lines behind it."""

from __future__ import annotations

from typing import Optional

from sqlalchemy_source.endings import LoopEnded, Returned


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
