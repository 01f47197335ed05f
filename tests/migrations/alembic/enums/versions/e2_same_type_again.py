"""The same type in a later table is not made twice in one run

Revision ID: enums_2
Revises: enums_1
"""
import sqlalchemy as sa
from alembic import op

revision = "enums_2"
down_revision = ("enums_1",)


def upgrade():
    op.create_table(
        "parcels",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.Enum("draft", "sent", "it's done", name="letter_state")),
    )


def downgrade():
    op.drop_table("parcels")
