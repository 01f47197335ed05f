"""`python3 sqlalchemy_reader PATH...` prints one JSON document on standard output."""

from __future__ import annotations

import sys
from typing import List, Optional, Tuple

from sqlalchemy_source.printing import print_document

from .document import read_models

USAGE = "usage: sqlalchemy_reader [--sqlalchemy MAJOR.MINOR] FOLDER_OR_FILE..."


def main(arguments: List[str]) -> int:
    version: Optional[Tuple[int, int]] = None
    if arguments and arguments[0] == "--sqlalchemy":
        version = version_of(arguments[1] if len(arguments) > 1 else "")
        arguments = arguments[2:] if version is not None else []
    if not arguments or arguments[0].startswith("-"):
        print(USAGE, file=sys.stderr)
        return 2
    return print_document(lambda: read_models(arguments, version))


def version_of(text: str) -> Optional[Tuple[int, int]]:
    parts = text.split(".")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        return None
    return int(parts[0]), int(parts[1])
