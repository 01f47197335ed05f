"""Tables, sequences and types made through their objects"""
import sqlalchemy as sa
from alembic import op

revision = "batches_3"
down_revision = "batches_2"

metadata = sa.MetaData()
notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Enum("short", "long", name="note_kind")),
    sa.Column("body", sa.Text),
    schema="sales",
)


def upgrade():
    notes.create(op.get_bind())
    sa.Sequence("note_numbers", schema="sales").create(op.get_bind())
    op.create_index("ix_notes_kind", "notes", ["kind"], schema="sales")
    try:
        op.execute("ALTER TABLE sales.notes ADD COLUMN read_at timestamptz")
    except Exception:
        raise


def downgrade():
    op.execute("DROP SEQUENCE sales.note_numbers")
    op.drop_index("ix_notes_kind", table_name="notes", schema="sales")
    op.drop_table("notes", schema="sales")
    op.execute("DROP TYPE note_kind")
