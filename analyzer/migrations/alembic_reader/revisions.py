"""Finds the revision files of the given folders and reads each: its place in the chain, and what
its upgrade and downgrade would send."""

from __future__ import annotations

import ast
import os
from typing import Any, Dict, List, Optional, Set, Tuple

from sqlalchemy_source.budget import Budget, BudgetSpent
from sqlalchemy_source.endings import LoopEnded, Returned
from sqlalchemy_source.files import parsed
from sqlalchemy_source.plain_calls import TooMuch
from sqlalchemy_source.values import LocalFunction, Scope, Unknown

from .endings import PerhapsEnded, PerhapsReturned, Raised
from .execution import Executor

MOST_FILES = 20_000
HEADER_NAMES = ("revision", "down_revision", "depends_on", "branch_labels")
SKIPPED_FOLDERS = ("__pycache__", ".git", "node_modules")


def revision_files(folder: str) -> List[str]:
    """The .py files of the folder itself and of every `versions` folder under it, by name."""
    found: List[str] = []
    is_versions = os.path.basename(os.path.normpath(folder)) == "versions"
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        # Pipes and links that lead nowhere are told by whoever runs this program.
        if name.endswith(".py") and os.path.isfile(path):
            found.append(path)
        elif os.path.isdir(path) and (name == "versions" or is_versions):
            if name not in SKIPPED_FOLDERS:
                found += files_below(path)
    return found[:MOST_FILES]


def files_below(folder: str) -> List[str]:
    found: List[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        paths = (os.path.join(place, name) for name in sorted(names) if name.endswith(".py"))
        found += [each for each in paths if os.path.isfile(each)]
        if len(found) > MOST_FILES:
            break
    return sorted(found)


def read_folders(folders: List[str]) -> Dict[str, Any]:
    """Everything that the program prints."""
    document: Dict[str, Any] = {"revisions": [], "problems": []}
    seen: Set[str] = set()
    for folder in folders:
        try:
            paths = [folder] if os.path.isfile(folder) else revision_files(folder)
        except OSError as error:
            document["problems"].append(problem(folder, 0, f"cannot be read: {error.strerror}"))
            continue
        for path in paths:
            if os.path.realpath(path) in seen:
                continue
            seen.add(os.path.realpath(path))
            read_file(path, document)
    return document


def problem(file: str, line: int, message: str) -> Dict[str, Any]:
    return {"file": file, "line": line, "message": message}


def read_file(path: str, document: Dict[str, Any]) -> None:
    """Adds the file's revision to the document, or what is wrong with it."""
    try:
        tree = parsed(path)
    except SyntaxError as error:
        message = f"is not Python that can be read: {error.msg}"
        document["problems"].append(problem(path, error.lineno or 0, message))
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        document["problems"].append(problem(path, 0, f"cannot be read: {reason}"))
        return
    except (RecursionError, MemoryError):
        document["problems"].append(problem(path, 0, "is nested too deeply to be read"))
        return
    try:
        revision = read_revision(path, tree)
    except (RecursionError, MemoryError):
        document["problems"].append(problem(path, 0, "is nested too deeply to be read"))
        return
    except Exception as error:  # A fault of this reader costs one file, not the whole folder.
        message = f"cannot be read, by a fault of this reader: {type(error).__name__}: {error}"
        document["problems"].append(problem(path, 0, message))
        return
    if revision is not None:
        document["revisions"].append(revision)


def read_revision(path: str, tree: ast.Module) -> Optional[Dict[str, Any]]:
    """The revision of a file, None where the file is none."""
    lines = assignment_lines(tree)
    if "revision" not in lines:
        return None
    scope = Scope()
    problems: List[Dict[str, Any]] = []
    module = Executor(Budget())
    run_module(module, tree, scope, problems)
    revision = scope.names.get("revision")
    if isinstance(revision, Unknown) or not isinstance(revision, str) or not revision:
        problems.append({"line": lines["revision"], "message": "the revision is not a known text"})
        revision = ""
    if "down_revision" not in lines:
        problems.append({"line": lines["revision"], "message": "there is no down_revision"})
    found: Dict[str, Any] = {
        "file": path,
        "line": lines["revision"],
        "revision": revision,
    }
    for name in HEADER_NAMES[1:]:
        values, known = names_of(scope.names.get(name))
        found[name] = values
        if not known:
            message = f"{name} is not a known revision or list of revisions"
            problems.append({"line": lines.get(name, 0), "message": message})
    found["message"] = first_line(ast.get_docstring(tree, clean=True))
    for operation in module.operations:
        message = "something is done when the file is imported, before any upgrade or downgrade"
        problems.append({"line": operation["line"], "message": message})
    for direction in ("upgrade", "downgrade"):
        operations, line = read_direction(tree, direction, problems)
        found[direction] = operations
        found[f"{direction}_line"] = line
        if line is None and direction == "upgrade":
            problems.append({"line": lines["revision"], "message": "there is no upgrade()"})
    found["problems"] = problems
    return found


def assignment_lines(tree: ast.Module) -> Dict[str, int]:
    lines: Dict[str, int] = {}
    for statement in tree.body:
        targets: List[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        for target in targets:
            names = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
            for name in names:
                if isinstance(name, ast.Name) and name.id in HEADER_NAMES:
                    lines[name.id] = statement.lineno
    return lines


def run_module(
    executor: Executor, tree: ast.Module, scope: Scope, problems: List[Dict[str, Any]]
) -> None:
    try:
        executor.run(tree.body, scope)
    except (Raised, Returned, LoopEnded, PerhapsEnded, PerhapsReturned):
        pass
    except (BudgetSpent, TooMuch):
        problems.append({"line": 1, "message": "the file is too long or too involved to be read"})


def read_direction(
    tree: ast.Module, direction: str, problems: List[Dict[str, Any]]
) -> Tuple[List[Dict[str, Any]], Optional[int]]:
    """What the function sends; the module is read anew, as each run of Alembic reads it."""
    scope = Scope()
    run_module(Executor(Budget()), tree, scope, [])
    function = scope.names.get(direction)
    if function is None:
        return [], None
    if not isinstance(function, LocalFunction) or function.opaque is not None:
        why = f"{direction} is not a plain function of this file"
        lines = [getattr(node, "lineno", 1) for node in ast.walk(tree) if defines(node, direction)]
        line = lines[0] if lines else 1
        return [unread_function(why, line)], line
    executor = Executor(Budget())
    line = function.node.lineno
    try:
        executor.inline(function.node, function, [], {})
    except (BudgetSpent, TooMuch, RecursionError, MemoryError):
        why = f"{direction} is too long or too involved to be read to its end"
        executor.operations.append(unread_function(why, line))
    except Raised:
        pass
    except (LoopEnded, PerhapsEnded):
        problems.append({"line": line, "message": f"{direction} leaves a loop that is not there"})
    return executor.operations, line


def unread_function(why: str, line: int) -> Dict[str, Any]:
    return {"unanalysed": why, "may_touch": [], "line": line, "column": 1}


def defines(node: ast.AST, name: str) -> bool:
    return getattr(node, "name", None) == name and hasattr(node, "lineno")


def names_of(value: Any) -> Tuple[List[str], bool]:
    """A revision's parents: None, one name, or several; whether they could be told."""
    if value is None:
        return [], True
    if isinstance(value, str):
        return ([value] if value else []), True
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else list(value)
        if all(isinstance(item, str) for item in items):
            return items, True
    return [], False


def first_line(text: Optional[str]) -> str:
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return lines[0] if lines else ""
