"""`python3 alembic_reader FOLDER...` prints one JSON document on standard output."""

from __future__ import annotations

import json
import sys
import threading
from typing import Any, Dict, List

from .revisions import read_folders

STACK_BYTES = 512 * 1024 * 1024
DEEPEST_NESTING = 8_000


def main(arguments: List[str]) -> int:
    """Reads in a thread with a large stack, since files may nest deeper than Python's default."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print("usage: alembic_reader FOLDER...", file=sys.stderr)
        return 0 if arguments else 2
    results: List[bytes] = []
    threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(DEEPEST_NESTING)
    reader = threading.Thread(target=lambda: results.append(printed(read_folders(arguments))))
    reader.start()
    reader.join()
    if not results:
        return 1
    sys.stdout.buffer.write(results[0])
    return 0


def printed(document: Dict[str, Any]) -> bytes:
    """The document as UTF-8; a lone surrogate, which JSON readers refuse, becomes a `?`."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
