"""Types that a table's creation makes, and that its drop leaves"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "enums_1"
down_revision = None

STATES = ("draft", "sent", "it's done")


def upgrade():
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.Enum(*STATES, name="letter_state"), server_default="draft"),
        sa.Column("previous", sa.Enum(*STATES, name="letter_state")),
        sa.Column("tags", postgresql.ARRAY(sa.Enum("a", "b", name="letter_tag"))),
        sa.Column("size", sa.Enum("s", "m", "xl", name="size", native_enum=False)),
        sa.Column(
            "colour",
            sa.Enum("red", "dark blue", name="colour", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column(
            "paper",
            sa.Enum("a4", "a5", native_enum=False, create_constraint=True, length=12),
        ),
    )


def downgrade():
    op.drop_table("letters")
