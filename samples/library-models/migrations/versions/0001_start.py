"""Placeholder: the first tables were once made by create_all"""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    # stub: nothing is made here
    pass


def downgrade():
    pass
