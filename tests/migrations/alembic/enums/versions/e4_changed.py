"""A text becomes an enumeration, and a CHECK follows its type"""
import sqlalchemy as sa
from alembic import op

revision = "enums_4"
down_revision = "enums_3"

OLD = sa.Enum("red", "dark blue", name="colour", native_enum=False, create_constraint=True)
NEW = sa.Enum("red", "dark blue", "grey", name="colour", native_enum=False, create_constraint=True)


def upgrade():
    op.execute("CREATE TYPE paper_size AS ENUM ('a4', 'a5')")
    op.execute("ALTER TABLE letters DROP CONSTRAINT letters_paper_check")
    op.alter_column(
        "letters",
        "paper",
        existing_type=sa.String(12),
        type_=sa.Enum("a4", "a5", name="paper_size"),
        postgresql_using="paper::paper_size",
    )
    op.alter_column("letters", "colour", existing_type=OLD, type_=NEW)
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE letter_state ADD VALUE IF NOT EXISTS 'lost' BEFORE 'sent'")


def downgrade():
    op.alter_column("letters", "colour", existing_type=NEW, type_=OLD)
    op.alter_column(
        "letters", "paper", type_=sa.String(12), postgresql_using="paper::text"
    )
    op.create_check_constraint("letters_paper_check", "letters", "paper IN ('a4', 'a5')")
    sa.Enum(name="paper_size").drop(op.get_bind(), checkfirst=True)
