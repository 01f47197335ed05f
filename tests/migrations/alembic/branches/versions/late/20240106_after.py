"""After the merge, in a folder of its own"""
from alembic import op
import sqlalchemy as sa

revision = "after"
down_revision = "merged"


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_leaves_shade", "leaves", ["shade"], postgresql_concurrently=True
        )
    op.create_table(
        "fruits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("leaf_id", sa.ForeignKey("leaves.id"), type_=sa.Integer),
    )


def downgrade():
    op.drop_table("fruits")
    with op.get_context().autocommit_block():
        op.drop_index("ix_leaves_shade", table_name="leaves", postgresql_concurrently=True)
