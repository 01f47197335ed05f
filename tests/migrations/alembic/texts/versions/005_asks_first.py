"""Asks the catalog before it acts, as revisions do that may run twice"""
import sqlalchemy as sa
from alembic import op

revision = "texts_5"
down_revision = "texts_4"


def has_column(table, name):
    inspector = sa.inspect(op.get_bind())
    if not inspector.has_table(table):
        return False
    return any(column["name"] == name for column in inspector.get_columns(table))


def add_missing(table, column):
    if has_column(table, column.name):
        return
    op.add_column(table, column)


def upgrade():
    inspector = sa.inspect(op.get_bind())
    existing = set(inspector.get_table_names())
    for table, index in [("north", "ix_gusts"), ("nowhere", "ix_none"), ("middle", "ix_mid")]:
        if table not in existing:
            continue
        columns = {column["name"] for column in inspector.get_columns(table)}
        if "speed" in columns:
            continue
        op.add_column(table, sa.Column("gusts", sa.Integer))
        if index not in [found["name"] for found in inspector.get_indexes(table)]:
            op.create_index(index, table, ["gusts"])
    add_missing("north", sa.Column("speed", sa.BigInteger))
    add_missing("south", sa.Column("warmth", sa.Integer))
    if not inspector.has_table("papers", schema="archive") or "elsewhere" in existing:
        op.create_table("elsewhere", sa.Column("id", sa.Integer))
    if not inspector.has_table("middle"):
        return
    with op.batch_alter_table("middle") as batch_op:
        if "depth" in [column["name"] for column in inspector.get_columns("middle")]:
            batch_op.alter_column("depth", new_column_name="deepness")
        else:
            batch_op.add_column(sa.Column("depth", sa.Text))


def downgrade():
    if has_column("middle", "deepness"):
        op.alter_column("middle", "deepness", new_column_name="depth")
    for table in ("north", "middle"):
        if has_column(table, "gusts"):
            op.drop_column(table, "gusts")
    op.drop_column("south", "warmth")
