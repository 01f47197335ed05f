"""Where a copy stands, and how long a card holds"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("copies", sa.Column("shelf_code", sa.String(12), nullable=True))
    op.alter_column("members", "full_name", type_=sa.String(200), existing_type=sa.String(120))


def downgrade():
    op.alter_column("members", "full_name", type_=sa.String(120), existing_type=sa.String(200))
    op.drop_column("copies", "shelf_code")
