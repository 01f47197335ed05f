"""How Python leaves a function or a loop before its last statement, as whoever follows it sees it."""

from __future__ import annotations

from typing import Any


class Returned(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class LoopEnded(Exception):
    """`break` or `continue`."""

    def __init__(self, is_break: bool) -> None:
        super().__init__()
        self.is_break = is_break
