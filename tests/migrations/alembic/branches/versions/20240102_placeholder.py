"""Stub, to be filled in later"""

revision = "placeholder"
down_revision = "root"


def upgrade():
    pass


def downgrade():
    """Nothing to undo."""
