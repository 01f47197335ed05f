"""Loops, helpers and conditions that the file itself decides"""
from alembic import op
import sqlalchemy as sa

revision = "texts_2"
down_revision = "texts_1"

TABLES = {"north": ["wind", "rain"], "south": ["sun"]}
KEEP_OLD = False


def stamp_columns(nullable=True):
    return [
        sa.Column("created_at", sa.DateTime(), server_default=sa.func.now(), nullable=nullable),
        sa.Column("updated_at", sa.DateTime(), nullable=nullable),
    ]


def make(name, *extra, owner=None, **options):
    columns = [sa.Column("id", sa.Integer, primary_key=True)]
    columns.extend(sa.Column(column, sa.Text) for column in extra)
    columns += stamp_columns(nullable=options.get("nullable", True))
    op.create_table(name, *columns)
    if owner:
        op.create_index(f"ix_{name}_{owner}", name, [owner])


def upgrade():
    for name, columns in TABLES.items():
        make(name, *columns, owner=columns[0])
    make("middle", nullable=False)
    for number, (table, column) in enumerate(zip(TABLES, ("east", "west")), start=1):
        op.add_column(table, sa.Column(f"{column}_{number}", sa.Integer))
        if number > 1:
            continue
        op.execute(f"ALTER TABLE {table} ALTER {column}_{number} SET DEFAULT {number * 10}")
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE middle SET (fillfactor = 80)")
    elif bind.dialect.name == "sqlite":
        op.drop_table("middle")
    if KEEP_OLD:
        op.drop_table("south")
    else:
        op.alter_column("south", "sun", new_column_name="sunshine".upper().lower())
    for column in [c for c in TABLES["north"] if c != "wind"]:
        op.alter_column("north", column, nullable=False)


def downgrade():
    for name in reversed(["middle", *TABLES.keys()]):
        op.drop_table(name)
