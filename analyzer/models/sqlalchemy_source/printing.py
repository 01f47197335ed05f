"""Prints what a reader found as one JSON document on standard output."""

from __future__ import annotations

import gc
import json
import sys
import threading
from typing import Any, Callable, Dict, List

STACK_BYTES = 512 * 1024 * 1024
DEEPEST_NESTING = 8_000


def print_document(read: Callable[[], Dict[str, Any]]) -> int:
    """Reads in a thread with a large stack, since files may nest deeper than Python's default."""
    gc.disable()  # What is read is kept until it is printed, so collecting only costs time.
    results: List[bytes] = []
    threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(DEEPEST_NESTING)
    reader = threading.Thread(target=lambda: results.append(printed(read())))
    reader.start()
    reader.join()
    if not results:
        return 1
    sys.stdout.buffer.write(results[0])
    return 0


def printed(document: Dict[str, Any]) -> bytes:
    """The document as UTF-8; a lone surrogate, which JSON readers refuse, becomes a `?`."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
