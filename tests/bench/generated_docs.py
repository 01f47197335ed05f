"""Writes a page of docs for each table of a generated dump: generated_docs.py DUMP FOLDER."""

import re
import sys
from pathlib import Path

COLUMN = re.compile(r"    ([a-z_]+) (.+?)(?: DEFAULT .+?)?( NOT NULL)?,?$")


def main() -> int:
    dump, folder = Path(sys.argv[1]).read_text(), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for table in re.finditer(r"CREATE TABLE public\.(\w+) \(\n(.*?)\n\);", dump, re.S):
        rows = [
            f"| {found.group(1)} | {found.group(2)} | {'no' if found.group(3) else 'yes'} |"
            for found in map(COLUMN.match, table.group(2).split("\n"))
            if found
        ]
        head = [f"# {table.group(1)}", "", "| Column | Type | Nullable |", "|---|---|---|"]
        (folder / f"{table.group(1)}.md").write_text("\n".join([*head, *rows, ""]))
    return 0


sys.exit(main())
