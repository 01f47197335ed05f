"""`python3 alembic_reader FOLDER...` prints one JSON document on standard output."""

from __future__ import annotations

import sys
from typing import List

from sqlalchemy_source.printing import print_document

from .revisions import read_folders


def main(arguments: List[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print("usage: alembic_reader FOLDER...", file=sys.stderr)
        return 0 if arguments else 2
    return print_document(lambda: read_folders(arguments))
