"""Tables made through their objects where they are not there yet, and dropped through them"""
import sqlalchemy as sa
from alembic import op

revision = "batches_4"
down_revision = "batches_3"

metadata = sa.MetaData()
notes = sa.Table("notes", metadata, sa.Column("never", sa.Text), schema="sales")
replies = sa.Table(
    "replies",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("tone", sa.Enum("kind", "curt", name="reply_tone"), index=True),
    schema="sales",
)


def upgrade():
    notes.create(op.get_bind(), checkfirst=True)
    replies.create(op.get_bind(), checkfirst=True)
    replies.create(bind=op.get_bind(), checkfirst=True)


def downgrade():
    op.drop_table("replies", schema="sales")
    sa.Enum(name="reply_tone").drop(op.get_bind())
    notes.drop(op.get_bind())
    notes.drop(op.get_bind(), checkfirst=True)
    notes.create(op.get_bind())
    op.add_column("notes", sa.Column("kind", sa.Enum(name="note_kind")), schema="sales")
    op.create_index("ix_notes_kind", "notes", ["kind"], schema="sales")
