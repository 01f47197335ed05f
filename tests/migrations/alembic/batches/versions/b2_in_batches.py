"""The same operations in batches"""
import sqlalchemy as sa
from alembic import op

revision = "batches_2"
down_revision = "batches_1"


def upgrade():
    with op.batch_alter_table("rooms", schema="sales") as batch_op:
        batch_op.add_column(sa.Column("floor", sa.SmallInteger(), nullable=False, index=True))
        batch_op.add_column(sa.Column("next_to", sa.Integer(), comment="door to door"))
        batch_op.create_foreign_key(
            "fk_next", "rooms", ["next_to"], ["id"], referent_schema="sales", ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_rooms_both"), ["floor", "label"], unique=True)
        batch_op.create_unique_constraint("uq_next", ["next_to"])
        batch_op.create_check_constraint("floor_sane", sa.text("floor < 200"))
        batch_op.alter_column("label", type_=sa.String(40), nullable=False, server_default="?")
        batch_op.alter_column("floor", new_column_name="storey")
        batch_op.drop_index("ix_sales_rooms_label")
        batch_op.create_table_comment("rooms and halls")
    with op.batch_alter_table("bookings", schema="sales") as batch:
        batch.drop_constraint("no_overlap")
        batch.drop_column("own")
        batch.create_primary_key("pk_bookings", ["room_id", "during"])
    with op.batch_alter_table("scratch") as batch:
        pass


def downgrade():
    with op.batch_alter_table("bookings", schema="sales") as batch:
        batch.drop_constraint("pk_bookings", type_="primary")
        batch.add_column(sa.Column("own", sa.Enum("x", name="inherited", schema="sales")))
        batch.create_exclude_constraint("no_overlap", ("room_id", "="), ("during", "&&"))
    with op.batch_alter_table("rooms", schema="sales") as batch_op:
        batch_op.create_table_comment("rooms to let")
        batch_op.create_index("ix_sales_rooms_label", ["label"], unique=True)
        batch_op.alter_column("label", type_=sa.String(20), nullable=True, server_default=None)
        for name in ("floor_sane", "uq_next"):
            batch_op.drop_constraint(name)
        batch_op.drop_index("ix_rooms_both")
        batch_op.drop_column("next_to")
        batch_op.drop_column("storey")
