"""Keys that are added and taken away

Revision ID: 4a01c0ffee05
Revises: 4a01c0ffee04
"""
from alembic import op
import sqlalchemy as sa

revision = "4a01c0ffee05"
down_revision = "4a01c0ffee04"


def upgrade():
    op.create_table(
        "stock",
        sa.Column("article", sa.CHAR(8), nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), autoincrement=False),
        sa.Column("later", sa.Integer(), sa.ForeignKey("orders.id", use_alter=True, name="fk_x")),
    )
    op.create_primary_key("pk_stock", "stock", ["article", "shelf"])
    op.create_table(
        "counts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article", sa.CHAR(8)),
        sa.Column("shelf", sa.Integer),
        sa.ForeignKeyConstraint(["article", "shelf"], ["stock.article", "stock.shelf"], match="FULL"),
        sa.CheckConstraint(
            sa.and_(sa.column("shelf") > 0, sa.or_(sa.column("article") == None, sa.column("id") != 7))  # noqa: E711
        ),
        sa.CheckConstraint(sa.column("article").in_(["aaaaaaaa", "bbbbbbbb"]), name="two_articles"),
    )
    op.create_unique_constraint(
        None, "counts", ["article", "id"], deferrable=True, initially="DEFERRED"
    )
    op.create_foreign_key(
        "fk_counts_late", "counts", "customers", ["shelf"], ["id"], postgresql_not_valid=True
    )


def downgrade():
    op.drop_constraint("fk_counts_late", "counts", type_="foreignkey")
    op.drop_constraint("counts_article_id_key", "counts", "unique")
    op.drop_table("counts")
    op.drop_constraint("pk_stock", "stock", type_="primary")
    op.drop_table("stock")
