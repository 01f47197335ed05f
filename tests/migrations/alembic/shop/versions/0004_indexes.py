"""Indexes of every make

Revision ID: 4a01c0ffee04
Revises: 4a01c0ffee03
"""
import sqlalchemy as sa
from alembic import op

revision = "4a01c0ffee04"
down_revision = "4a01c0ffee03"
branch_labels = ()
depends_on = None

TRIGRAMS = {"display_name": "text_pattern_ops"}


def upgrade():
    op.create_index("ix_customers_lower_email", "customers", [sa.text("lower(email)")], unique=True)
    op.create_index(
        "ix_customers_name", "customers", ["display_name"], postgresql_ops=TRIGRAMS
    )
    op.create_index(
        op.f("ix_orders_open"),
        "orders",
        ["customer_id", sa.text("placed_on DESC NULLS LAST")],
        unique=False,
        postgresql_where=sa.text("total > 0 AND remark IS NOT NULL"),
        postgresql_include=["total"],
    )
    op.create_index(
        "ix_orders_brin", "orders", ["placed_on"], postgresql_using="BRIN",
        postgresql_with={"pages_per_range": 32},
    )
    op.create_index(
        "ix_items_amount", "order_items", [sa.column("amount").desc(), "Article Code"],
        postgresql_where=sa.column("amount") > 1,
    )
    op.create_index(
        "ix_customers_fold", "customers",
        [sa.func.lower(sa.column("display_name")), sa.func.coalesce(sa.column("card"), "none")],
    )
    op.create_index(None, "orders", ["address_id"])
    op.create_unique_constraint("uq_items_article", "order_items", ["order_id", "Article Code"])
    op.drop_index("ix_lines_article", table_name="order_items")


def downgrade():
    op.create_index("ix_lines_article", "order_items", ["Article Code"])
    op.drop_constraint("uq_items_article", "order_items", type_="unique")
    op.drop_index("ix_orders_address_id")
    op.drop_index("ix_customers_fold", "customers")
    for name in ("ix_items_amount", "ix_orders_brin", "ix_orders_open", "ix_customers_name"):
        op.drop_index(name)
    op.drop_index("ix_customers_lower_email", table_name="customers")
