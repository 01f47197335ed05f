"""Both branches again in one"""

revision = "merged"
down_revision = ("left_1", "right_1")
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
