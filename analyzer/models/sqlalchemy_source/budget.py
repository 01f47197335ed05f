"""How much work the reading of one file may be."""

from __future__ import annotations


class BudgetSpent(Exception):
    """Reading the file takes longer than any real revision needs."""


class Budget:
    def __init__(self, steps: int = 600_000, characters: int = 8_000_000) -> None:
        self.steps = steps
        self.characters = characters

    def take(self, steps: int = 1) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise BudgetSpent()

    def take_text(self, length: int) -> None:
        self.characters -= length
        if self.characters < 0:
            raise BudgetSpent()
