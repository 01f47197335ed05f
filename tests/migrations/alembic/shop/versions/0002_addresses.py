"""Addresses, and what orders know of them

Revision ID: 4a01c0ffee02
Revises: 4a01c0ffee01
"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


revision: str = "4a01c0ffee02"
down_revision: Union[str, None] = "4a01c0ffee01"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", sa.SmallInteger, primary_key=True),
        sa.Column("customer_id", sa.Integer, nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_addresses_customer",
            ondelete="RESTRICT",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.UniqueConstraint("customer_id", "line"),
    )
    op.add_column("orders", sa.Column("address_id", sa.SmallInteger(), nullable=True))
    op.create_foreign_key(
        "fk_orders_address", "orders", "addresses", ["address_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column(
        "orders",
        sa.Column("gift_for", sa.Integer, sa.ForeignKey("customers.id"), index=True, comment="who"),
    )
    op.add_column(
        "customers", sa.Column("loyalty", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("customers", sa.Column("card", sa.String(16), unique=True))
    op.create_check_constraint("loyalty_positive", "customers", "loyalty >= 0")
    op.create_check_constraint(
        "loyalty_bounded", "customers", sa.column("loyalty").between(0, 1000)
    )


def downgrade() -> None:
    op.drop_constraint("loyalty_bounded", "customers", type_="check")
    op.drop_constraint("loyalty_positive", "customers", type_="check")
    op.drop_column("customers", "card")
    op.drop_column("customers", "loyalty")
    op.drop_column("orders", "gift_for")
    op.drop_constraint("fk_orders_address", "orders", type_="foreignkey")
    op.drop_column("orders", "address_id")
    op.drop_table("addresses")
