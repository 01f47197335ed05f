"""Defaults, identity, generated columns and numbering"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import func, literal, text

revision = "kinds_2"
down_revision = "kinds_1"


def upgrade():
    op.create_table(
        "defaults",
        sa.Column("a", sa.Integer, sa.Identity(always=True, start=5, increment=2), primary_key=True),
        sa.Column("b", sa.String, server_default="plain"),
        sa.Column("c", sa.String, server_default=text("'verb' || 'atim'")),
        sa.Column("d", sa.DateTime, server_default=func.current_timestamp()),
        sa.Column("e", sa.DateTime, server_default=func.timezone("utc", func.now())),
        sa.Column("f", sa.Integer, server_default=literal(7)),
        sa.Column("g", sa.Boolean, server_default="false", nullable=False),
        sa.Column("h", sa.Boolean, server_default=sa.false()),
        sa.Column("i", sa.Integer, sa.Computed("f * 2"), nullable=False),
        sa.Column("j", sa.Integer, sa.Computed(text("f + 1"), persisted=True)),
        sa.Column("k", sa.Text, server_default=sa.cast("x", sa.Text)),
        sa.Column("l", sa.DateTime, server_default=func.now() + text("interval '1 day'")),
        sa.Column("m", sa.Integer, server_default=sa.FetchedValue()),
        sa.Column("n", sa.BigInteger, sa.Identity(), nullable=False),
        sa.Column("o", sa.Integer, server_default="3", default=4, onupdate=5),
        sa.Column("p", sa.Text, server_default=sa.literal_column("current_user")),
        sa.Column("q", sa.Text, server_default=r"back\slash"),
        sa.Column("r", sa.Text, server_default=sa.null()),
    )
    op.create_table(
        "numbered_by_key",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), sa.ForeignKey("numbered_by_key.id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "not_numbered_since_referring",
        sa.Column("id", sa.BigInteger(), sa.ForeignKey("numbered_by_key.id"), primary_key=True),
    )
    op.create_table(
        "numbered_though_referring",
        sa.Column(
            "id",
            sa.BigInteger(),
            sa.ForeignKey("numbered_by_key.id"),
            primary_key=True,
            autoincrement="ignore_fk",
        ),
    )
    op.create_table(
        "not_numbered_since_default",
        sa.Column("id", sa.Integer(), server_default=text("42"), primary_key=True),
    )
    op.create_table(
        "numbered_numeric",
        sa.Column("id", sa.Numeric(10, 0), primary_key=True, autoincrement=True),
    )
    op.create_table(
        "keyed_by_text", sa.Column("id", sa.String(36), primary_key=True, default=lambda: "x")
    )
    op.create_table(
        "not_numbered_since_two",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name="pk_two"),
    )
    op.execute(sa.schema.CreateSequence(sa.Sequence("tickets", start=100, increment=5)))
    op.create_table(
        "with_sequence",
        sa.Column("id", sa.Integer, sa.Sequence("tickets"), primary_key=True),
        sa.Column("n", sa.Integer, server_default=text("nextval('tickets')")),
    )
    op.alter_column(
        "not_numbered_since_two",
        "a",
        server_default=sa.Identity(always=True),
        existing_server_default=None,
    )
    op.alter_column(
        "not_numbered_since_two",
        "a",
        server_default=sa.Identity(always=False, increment=3, cycle=True),
        existing_server_default=sa.Identity(always=True),
    )


def downgrade():
    op.alter_column(
        "not_numbered_since_two", "a", server_default=None, existing_server_default=sa.Identity()
    )
    op.drop_table("with_sequence")
    op.execute(sa.schema.DropSequence(sa.Sequence("tickets")))
    for table in [
        "not_numbered_since_two",
        "keyed_by_text",
        "numbered_numeric",
        "not_numbered_since_default",
        "numbered_though_referring",
        "not_numbered_since_referring",
        "numbered_by_key",
        "defaults",
    ]:
        op.drop_table(table)
