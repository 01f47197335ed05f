"""A Python file as its syntax tree."""

from __future__ import annotations

import ast
import os
import stat
import warnings

LARGEST_FILE = 4_000_000


def parsed(path: str) -> ast.Module:
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("it is not a regular file")
    if status.st_size > LARGEST_FILE:
        raise ValueError(f"it is larger than {LARGEST_FILE} bytes")
    with open(path, "rb") as source:
        text = source.read(LARGEST_FILE + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, filename=path)
