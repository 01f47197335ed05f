"""The root of two branches"""
from alembic import op
import sqlalchemy as sa

revision = "root"
down_revision = None


def upgrade():
    op.create_table("roots", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("roots")
