"""Tables with a schema, parts and exclusions"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint, TSTZRANGE

revision = "batches_1"
down_revision = None


def upgrade():
    op.execute(sa.schema.CreateSchema("sales"))
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), sa.Identity(), primary_key=True),
        sa.Column("label", sa.String(20), index=True, unique=True, comment="on the door"),
        schema="sales",
        comment="rooms to let",
    )
    op.create_table(
        "bookings",
        sa.Column("room_id", sa.Integer(), sa.ForeignKey("sales.rooms.id"), nullable=False),
        sa.Column("during", TSTZRANGE(), nullable=False),
        sa.Column("state", sa.Enum("open", "closed", name="booking_state", schema="sales")),
        sa.Column("own", sa.Enum("x", name="inherited", inherit_schema=True)),
        ExcludeConstraint(
            ("room_id", "="), ("during", "&&"), name="no_overlap", using="gist",
            where=sa.text("state <> 'closed'"),
        ),
        schema="sales",
    )
    op.create_table(
        "measurements",
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Float()),
        sa.PrimaryKeyConstraint("taken_at"),
        postgresql_partition_by="RANGE (taken_at)",
    )
    op.execute(
        "CREATE TABLE measurements_2024 PARTITION OF measurements "
        "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
    )
    op.create_table("scratch", sa.Column("a", sa.Integer), prefixes=["UNLOGGED"])
    op.create_table("children", sa.Column("b", sa.Integer), postgresql_inherits="scratch")
    op.create_exclude_constraint(
        "one_label", "rooms", ("label", "="), using="gist", schema="sales", deferrable=True
    )


def downgrade():
    op.drop_constraint("one_label", "rooms", schema="sales")
    for name in ("children", "scratch", "measurements"):
        op.drop_table(name)
    op.drop_table("bookings", schema="sales")
    op.drop_table("rooms", schema="sales")
    for name in ("booking_state", "inherited"):
        op.execute(f"DROP TYPE sales.{name}")
    op.execute(sa.schema.DropSchema("sales"))
    op.execute("DROP EXTENSION btree_gist")
