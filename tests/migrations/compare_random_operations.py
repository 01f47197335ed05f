"""Compares what the reader tells of random operations with what Alembic itself compiles.

    python3 tests/migrations/compare_random_operations.py [SEED [COUNT]]

It needs a Python with alembic and sqlalchemy, and no database. Blanks and parentheses are left
aside, and so is the order of one operation's statements, since SQLAlchemy keeps indexes in a set.
"""

from __future__ import annotations

import ast
import io
import random
import re
import sys
import warnings
from pathlib import Path
from typing import Callable, List, Optional, Tuple

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import postgresql

sys.dont_write_bytecode = True
ANALYZER = Path(__file__).resolve().parents[2] / "analyzer"
sys.path[:0] = [str(ANALYZER / "migrations"), str(ANALYZER / "models")]

from alembic_reader.revisions import read_revision  # noqa: E402

HEADER = """
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = "one"
down_revision = None
def upgrade():
    {}
"""
NAMES = ["a", "b", "Order", "user", "x y", "café", "_z", "1st", "t" * 50, "all", "n$", "É"]
TYPES = (
    """
sa.Integer|sa.Integer()|sa.BigInteger()|sa.SmallInteger()|sa.String()|sa.String(5)|sa.Text()
sa.String(length=7, collation='C')|sa.Boolean()|sa.DateTime(timezone=True)|sa.DateTime()|sa.Date()
sa.Time(True)|sa.Numeric(5,2)|sa.Numeric(8)|sa.Float()|sa.Float(24)|sa.LargeBinary()|sa.JSON()
sa.Interval()|postgresql.UUID(as_uuid=True)|postgresql.JSONB()|postgresql.ARRAY(sa.String(4))
postgresql.ARRAY(sa.Integer, dimensions=2)|postgresql.TIMESTAMP(True, 3)|postgresql.INET
sa.Enum('a', 'b''c', name='en')|sa.Enum('x', name='En2', schema='S')|sa.Unicode(9)|sa.CHAR(3)
sa.Enum('aa', 'b', native_enum=False)|postgresql.ENUM('q', name='pe', create_type=False)
sa.Enum('aa', 'b', name='chk', native_enum=False, create_constraint=True)|postgresql.BIT(4)
postgresql.ARRAY(sa.Enum('z', name='arr'))|sa.DECIMAL(4,1)|postgresql.INTERVAL(fields='HOUR')
sa.String(3).with_variant(sa.Text(), 'postgresql')
""".strip()
    .replace("\n", "|")
    .split("|")
)
DEFAULTS = (
    """
'x'|"it's"|sa.text('now()')|sa.func.now()|sa.true()|sa.literal(3)|sa.text("'a'::text")|'100%'
sa.func.coalesce(sa.func.lower('X'), 'y')|sa.func.current_timestamp()|sa.null()|''
""".strip()
    .replace("\n", "|")
    .split("|")
)
CONDITIONS = (
    """
'a > 0';sa.column('a') > 5;sa.and_(sa.column('a') >= 1, sa.column('b') != 'x');5 < sa.column('a')
sa.or_(sa.column('a').is_(None), sa.column('b').in_(['p', 'q']));~sa.column('f')
sa.func.length(sa.column('Order')) <= 10;sa.column('a').like('x_');sa.column('a') == None
sa.not_(sa.column('a').is_(None));sa.column('a').between(1, 9);~(sa.column('a') > 3)
(sa.column('a') + sa.column('b')) * 2 < 100;sa.column('a').notin_([1, 2])
sa.not_(sa.column('a').in_([1]));~sa.column('a').like('x');~sa.column('a').between(1, 2)
~sa.and_(sa.column('a') > 3, sa.column('b') < 4);-sa.column('a') < 3;sa.column('a') % 2 == 0
sa.column('e').op('~*')('^a');sa.cast(sa.column('q'), sa.Integer) > 3
sa.extract('year', sa.column('d')) > 2000;sa.column('a').is_distinct_from(4)
""".strip()
    .replace("\n", ";")
    .split(";")
)
KEYS = [
    "'a'",
    "'Order'",
    "sa.text('lower(a)')",
    "sa.func.lower(sa.column('b'))",
    "sa.column('a').desc()",
    "sa.text('a DESC NULLS LAST')",
    "sa.column('q').asc().nullsfirst()",
]


class Writer:
    """Writes the source of one random operation after the other."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def operation(self) -> str:
        writers: List[Callable[[], str]] = [
            self._create_table,
            self._create_table,
            self._add_column,
            self._alter_column,
            self._create_index,
            self._constraint,
            self._plain,
        ]
        return self._one(writers)()

    def _one(self, choices: list):  # noqa: ANN202
        return self._random.choice(choices)

    def _maybe(self, share: float, text: str) -> str:
        return text if self._random.random() < share else ""

    def _name(self) -> str:
        return repr(self._one(NAMES))

    def _column(self, name: Optional[str] = None) -> str:
        parts = ""
        options = self._key_options()
        if self._random.random() < 0.2:
            parts += f", sa.ForeignKey({self._one(['u.id', 'S.u.Id'])!r}{self._key_actions()})"
        kind = self._random.random()
        if kind < 0.06:
            settings = ["", "always=True", "start=3, increment=2", "cache=4, maxvalue=99"]
            parts += f", sa.Identity({self._one(settings)})"
        elif kind < 0.1:
            parts += ", sa.Computed('a * 2', persisted=True)"
        elif kind < 0.14:
            parts += f", sa.CheckConstraint({self._one(CONDITIONS)})"
        if kind >= 0.1:
            options += self._maybe(0.3, f", server_default={self._one(DEFAULTS)}")
        return f"sa.Column({name or self._name()}, {self._one(TYPES)}{parts}{options})"

    def _key_options(self) -> str:
        return (
            self._maybe(0.3, f", nullable={self._one(['True', 'False'])}")
            + self._maybe(0.3, ", primary_key=True")
            + self._maybe(0.12, ", unique=True")
            + self._maybe(0.12, ", index=True")
            + self._maybe(0.1, ', comment="it\'s"')
            + self._maybe(0.1, f", autoincrement={self._one(['True', 'False', repr('auto')])}")
            + self._maybe(0.05, ", default=5")
        )

    def _key_actions(self) -> str:
        return (
            self._maybe(0.3, ", ondelete='CASCADE'")
            + self._maybe(0.2, ", onupdate='SET NULL'")
            + self._maybe(0.2, ", deferrable=True")
            + self._maybe(0.3, ", name='fk_C'")
            + self._maybe(0.1, ", use_alter=True")
        )

    def _create_table(self) -> str:
        names = [repr(name) for name in self._random.sample(NAMES, self._random.randint(1, 4))]
        parts = [self._column(name) for name in names]
        if self._random.random() < 0.3:
            keys = self._random.sample(names, self._random.randint(1, len(names)))
            named = self._maybe(0.5, ", name='pk'")
            parts.append(f"sa.PrimaryKeyConstraint({', '.join(keys)}{named})")
        if self._random.random() < 0.3:
            parts.append(f"sa.UniqueConstraint({names[0]}{self._maybe(0.3, ', deferrable=True')})")
        if self._random.random() < 0.3:
            parts.append(f"sa.CheckConstraint({self._one(CONDITIONS)}, name='Ck')")
        if self._random.random() < 0.2:
            actions = self._key_actions()
            parts.append(f"sa.ForeignKeyConstraint([{names[0]}], ['S.o.id']{actions})")
        options = self._maybe(0.2, ", schema='S'") + self._maybe(0.1, ", comment='t'")
        options += self._maybe(0.1, ", postgresql_partition_by='LIST (a)'")
        return f"op.create_table({self._name()}, {', '.join(parts)}{options})"

    def _add_column(self) -> str:
        schema = self._maybe(0.2, ", schema='S'")
        return f"op.add_column({self._name()}, {self._column()}{schema})"

    def _alter_column(self) -> str:
        options = (
            self._maybe(0.4, f", nullable={self._one(['True', 'False'])}")
            + self._maybe(0.4, f", type_={self._one(TYPES)}")
            + self._maybe(0.3, f", server_default={self._one(DEFAULTS + ['None', 'False'])}")
            + self._maybe(0.3, f", new_column_name={self._name()}")
            + self._maybe(0.2, f", comment={self._one([repr('q'), 'None'])}")
            + self._maybe(0.3, f", existing_type={self._one(TYPES)}")
        )
        return f"op.alter_column({self._name()}, {self._name()}{options})"

    def _create_index(self) -> str:
        keys = ", ".join(self._one(KEYS) for _ in range(self._random.randint(1, 3)))
        condition = self._one([text for text in CONDITIONS if not text.startswith("'")])
        options = (
            self._maybe(0.3, ", unique=True")
            + self._maybe(0.2, f", postgresql_using={self._one(['gin', 'GIST'])!r}")
            + self._maybe(0.3, f", postgresql_where={condition}")
            + self._maybe(0.2, ", postgresql_ops={'a': 'text_pattern_ops'}")
            + self._maybe(0.2, ", postgresql_with={'fillfactor': 70}")
            + self._maybe(0.2, ", postgresql_include=['a', 'Order']")
            + self._maybe(0.1, ", postgresql_concurrently=True")
        )
        return f"op.create_index({self._name()}, {self._name()}, [{keys}]{options})"

    def _constraint(self) -> str:
        name, table = self._one(["None", self._name()]), self._name()
        foreign = f"op.create_foreign_key({name}, {table}, {self._name()}, ['a'], ['Order']"
        return self._one(
            [
                foreign + self._maybe(0.3, ", ondelete='SET DEFAULT'") + ")",
                foreign + ", source_schema='S', referent_schema='T')",
                f"op.create_check_constraint({name}, {table}, {self._one(CONDITIONS)})",
                f"op.create_unique_constraint({name}, {table}, ['a', 'Order'])",
                f"op.create_primary_key({name}, {table}, ['x y'], schema='S')",
            ]
        )

    def _plain(self) -> str:
        name, table = self._name(), self._name()
        return self._one(
            [
                f"op.drop_constraint({name}, {table})",
                f"op.drop_column({table}, {name}, schema='S')",
                f"op.drop_index({name}, table_name={table}, schema='S')",
                f"op.rename_table({name}, {table})",
                f"op.drop_table({table})",
                f'op.create_table_comment({table}, "it\'s")',
            ]
        )


def compared_form(text: str) -> str:
    text = re.sub(r"[\s()]+", " ", text).replace("%%", "%").strip().rstrip("; ")
    return re.sub(r" ?, ?", ",", text)


def compiled(operation: str) -> Optional[List[str]]:
    """What Alembic sends, None where it refuses the operation."""
    output = io.StringIO()
    options = {"as_sql": True, "output_buffer": output}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    try:
        names = {"op": Operations(context), "sa": sa, "postgresql": postgresql}
        exec(operation, names)
    except Exception:
        return None
    parts = re.split(r";\n\n", output.getvalue())
    return sorted(compared_form(part) for part in parts if part.strip())


def told(operation: str) -> Tuple[List[str], bool]:
    """What the reader tells, and whether it is all."""
    revision = read_revision("random", ast.parse(HEADER.format(operation)))
    operations = revision["upgrade"] if revision is not None else []
    texts = sorted(compared_form(item["sql"]) for item in operations if "sql" in item)
    return texts, not any("unanalysed" in item for item in operations)


def main(arguments: List[str]) -> int:
    warnings.simplefilter("ignore")
    seed = int(arguments[0]) if arguments else 1
    count = int(arguments[1]) if len(arguments) > 1 else 2000
    writer = Writer(seed)
    equal = unread = refused = different = 0
    for _ in range(count):
        operation = writer.operation()
        expected = compiled(operation)
        texts, is_all = told(operation)
        if expected is None:
            refused += 1
        elif not is_all:
            unread += 1
        elif texts == expected:
            equal += 1
        else:
            different += 1
            print(operation, *texts, "  Alembic:", *expected, sep="\n  ")
    print(
        f"seed {seed}: {equal} equal, {different} different, {unread} not read, {refused} refused"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
