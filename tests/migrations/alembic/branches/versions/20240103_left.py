"""Left branch"""
from alembic import op
import sqlalchemy as sa

revision = "left_1"
down_revision = "placeholder"
branch_labels = ("left",)


def upgrade():
    op.create_table(
        "leaves",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("root_id", sa.Integer, sa.ForeignKey("roots.id"), nullable=False),
    )


def downgrade():
    op.drop_table("leaves")
