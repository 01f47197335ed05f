"""First tables of the shop

Revision ID: 4a01c0ffee01
Revises:
Create Date: 2024-02-01 09:00:00
"""

from alembic import op
import sqlalchemy as sa


revision = "4a01c0ffee01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False, comment="lower case only"),
        sa.Column("full_name", sa.Unicode(120)),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("email", name=op.f("uq_customers_email")),
        sa.CheckConstraint("position('@' in email) > 1", name="email_has_at"),
        comment="People who buy, it's them",
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customers.id", ondelete="CASCADE")),
        sa.Column("reference", sa.String(20), unique=True),
        sa.Column("placed_on", sa.Date(), index=True, server_default=sa.text("CURRENT_DATE")),
        sa.Column("total", sa.Numeric(12, 2), sa.CheckConstraint("total >= 0"), nullable=False),
        sa.Column("note", sa.Text(), server_default="it's empty: 100%"),
        sa.Column("user", sa.String, quote=True),
    )
    op.create_table(
        "order_lines",
        sa.Column(
            "order_id",
            sa.BigInteger(),
            sa.ForeignKey("orders.id", name="fk_lines_order", onupdate="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.SmallInteger(), primary_key=True, autoincrement=True),
        sa.Column("Article Code", sa.CHAR(8), nullable=False),
        sa.Column("amount", sa.Integer(), server_default="1", nullable=False),
        sa.Index("ix_lines_article", "Article Code"),
    )


def downgrade():
    op.drop_table("order_lines")
    op.drop_table("orders")
    op.drop_table("customers")
