"""The Python files that hold the models, and which file an import of one of them means."""

from __future__ import annotations

import os
import sys
from typing import Dict, List, Optional, Tuple

MOST_FILES = 20_000
SKIPPED_FOLDERS = frozenset(
    "__pycache__ .git .hg .tox .venv venv env node_modules site-packages build dist".split()
)
MARKERS = (".git", "pyproject.toml", "setup.py", "setup.cfg", "manage.py", "alembic.ini")
LIBRARIES = frozenset(getattr(sys, "stdlib_module_names", ())) | frozenset(
    """sqlalchemy sqlmodel flask_sqlalchemy alembic pydantic flask typing_extensions abc builtins
    collections copy dataclasses datetime decimal enum functools inspect itertools json logging
    operator os pathlib re string textwrap time types typing uuid""".split()
)
"""What an import never looks for among the models, whatever folders are called."""
HIGHEST_ROOT = 6
"""How many folders above the given one may hold the package that the files import from."""


class Project:
    """The given files, in the order of their names, and the places imports are looked up in."""

    def __init__(self, paths: List[str]) -> None:
        self.files: List[str] = []
        self.unread: List[Tuple[str, str]] = []
        self.roots: List[str] = []
        self._resolved: Dict[Tuple[str, ...], Optional[str]] = {}
        seen = set()
        for path in paths:
            for file in self._files_of(path):
                if os.path.realpath(file) not in seen:
                    seen.add(os.path.realpath(file))
                    self.files.append(file)
            for root in roots_of(path):
                if root not in self.roots:
                    self.roots.append(root)

    def _files_of(self, path: str) -> List[str]:
        if os.path.isfile(path):
            return [path]
        found: List[str] = []
        if not os.path.isdir(path):
            self.unread.append((path, "cannot be read: there is no such file or folder"))
            return found

        def failed(error: OSError) -> None:
            self.unread.append((error.filename or path, f"cannot be read: {error.strerror}"))

        for place, folders, names in os.walk(path, onerror=failed):
            folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
            paths = (os.path.join(place, name) for name in sorted(names) if name.endswith(".py"))
            # Pipes and links that lead nowhere are told by whoever runs this program.
            found += [each for each in paths if os.path.isfile(each)]
            if len(found) > MOST_FILES:
                self.unread.append((path, f"holds more than {MOST_FILES} files"))
                break
        return sorted(found)[:MOST_FILES]

    def file_of(self, module: str, importer: str) -> Optional[str]:
        """The file of `a.b`, or of `..b` seen from the importing file; None for a library's."""
        level = len(module) - len(module.lstrip("."))
        parts = [part for part in module[level:].split(".") if part]
        if level:
            folder = os.path.dirname(importer)
            for _ in range(level - 1):
                folder = os.path.dirname(os.path.abspath(folder))
            return self._file_in(folder, parts)
        if not parts or parts[0] in LIBRARIES:
            return None
        key = tuple(parts)
        if key not in self._resolved:
            places = (self._file_in(root, parts) for root in self.roots)
            self._resolved[key] = next((place for place in places if place), None)
        return self._resolved[key]

    @staticmethod
    def _file_in(folder: str, parts: List[str]) -> Optional[str]:
        place = os.path.join(folder, *parts)
        for file in (os.path.join(place, "__init__.py"), place + ".py" if parts else ""):
            if file and os.path.isfile(file):
                return file
        return None

    def is_package(self, module: str, importer: str) -> bool:
        """Whether a folder of the project without `__init__.py` has that name."""
        level = len(module) - len(module.lstrip("."))
        parts = [part for part in module[level:].split(".") if part]
        if level or not parts or parts[0] in LIBRARIES:
            return False
        return any(os.path.isdir(os.path.join(root, *parts)) for root in self.roots)


def roots_of(path: str) -> List[str]:
    """Where `import a` may find `a.py`: the folder, then those above up to the project's own."""
    folder = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path) or ".")
    above = [folder]
    for _ in range(HIGHEST_ROOT):
        above.append(os.path.dirname(above[-1]))
    marked = [
        place
        for place in above
        if any(os.path.exists(os.path.join(place, marker)) for marker in MARKERS)
    ]
    if marked:
        highest = above.index(marked[0])
    else:
        highest = 0
        while highest < HIGHEST_ROOT and os.path.exists(
            os.path.join(above[highest], "__init__.py")
        ):
            highest += 1
        highest = max(highest, 1)
    roots = list(dict.fromkeys(above[: highest + 1]))
    source = os.path.join(roots[-1], "src")
    return roots + ([source] if os.path.isdir(source) else [])
