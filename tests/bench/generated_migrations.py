"""Writes a folder of migrations such as a team has after some years: `N.up.sql` and `N.down.sql`.

    python3 tests/bench/generated_migrations.py 300 FOLDER

Of ten steps four make a table; the others add columns, indexes, constraints in two steps, rows.
"""

import sys
from pathlib import Path
from typing import Tuple


def step(number: int) -> Tuple[str, str]:
    table = f"orders_{number // 10}_{number % 4}"
    kind = number % 10
    if kind < 4:
        parent = f"REFERENCES orders_{number // 10 - 1}_0 (id)" if number >= 10 else ""
        return (
            f"CREATE TABLE orders_{number // 10}_{kind} (\n"
            "  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
            f"  parent_id bigint {parent},\n"
            "  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'void')),\n"
            "  cents integer NOT NULL CHECK (cents >= 0),\n"
            "  created_at timestamptz NOT NULL DEFAULT now()\n);\n"
            f"CREATE INDEX ON orders_{number // 10}_{kind} (parent_id);\n",
            f"DROP TABLE orders_{number // 10}_{kind};\n",
        )
    return {
        4: (
            f"ALTER TABLE {table} ADD COLUMN note_{number} text;\n"
            f"ALTER TABLE {table} ALTER COLUMN created_at SET DEFAULT clock_timestamp();\n",
            f"ALTER TABLE {table} DROP COLUMN note_{number};\n",
        ),
        5: (
            f"CREATE INDEX CONCURRENTLY i_{number} ON {table} (created_at);\n",
            f"DROP INDEX i_{number};\n",
        ),
        6: (
            f"ALTER TABLE {table} ADD CONSTRAINT c_{number} CHECK (cents < 1000000) NOT VALID;\n",
            f"ALTER TABLE {table} DROP CONSTRAINT c_{number};\n",
        ),
        7: (
            f"UPDATE {table} SET cents = 0 WHERE cents IS NULL;\n"
            f"CREATE VIEW v_{number} AS SELECT id, state FROM {table} WHERE state <> 'void';\n",
            f"DROP VIEW v_{number};\n",
        ),
        8: (
            f"ALTER TABLE {table} ADD COLUMN owner_{number} bigint NOT NULL DEFAULT 0;\n"
            f"CREATE UNIQUE INDEX u_{number} ON {table} (owner_{number}, id);\n",
            f"ALTER TABLE {table} DROP COLUMN owner_{number};\n",
        ),
        9: (
            f"COMMENT ON TABLE {table} IS 'step {number}';\n"
            f"ALTER TABLE {table} ALTER COLUMN cents TYPE bigint;\n",
            f"ALTER TABLE {table} ALTER COLUMN cents TYPE integer;\n",
        ),
    }[kind]


def main() -> None:
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    for number in range(count):
        up, down = step(number)
        (folder / f"{number + 1:06}_step.up.sql").write_text(up)
        (folder / f"{number + 1:06}_step.down.sql").write_text(down)


main()
