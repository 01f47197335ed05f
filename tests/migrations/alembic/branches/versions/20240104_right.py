"""Right branch, which needs the left one's table"""
from alembic import op
import sqlalchemy as sa

revision = "right" + "_" + "1"
down_revision = "placeholder"
branch_labels = ["right"]
depends_on = ["left_1"]


def upgrade():
    op.add_column("leaves", sa.Column("shade", sa.String(10)))


def downgrade():
    op.drop_column("leaves", "shade")
