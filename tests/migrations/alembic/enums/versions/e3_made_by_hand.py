"""Types made and dropped by hand"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ENUM

revision = "enums_3"
down_revision = "enums_2"

priority = postgresql.ENUM("low", "high", name="priority", create_type=False)
kind = sa.Enum("letter", "card", name="Kind")


def upgrade():
    bind = op.get_bind()
    priority.create(bind, checkfirst=True)
    kind.create(bind)
    ENUM("x", "y", name="axis").create(op.get_bind(), checkfirst=False)
    op.add_column("letters", sa.Column("priority", priority, server_default="low", nullable=False))
    op.add_column("letters", sa.Column("kind", kind))
    op.create_table(
        "axes",
        sa.Column("a", ENUM("x", "y", name="axis", create_type=False), primary_key=True),
        sa.Column("p", priority, nullable=False),
    )
    op.execute("ALTER TYPE priority ADD VALUE 'urgent'")
    priority.create(bind)


def downgrade():
    bind = op.get_bind()
    op.drop_table("axes")
    op.drop_column("letters", "kind")
    op.drop_column("letters", "priority")
    kind.drop(bind)
    priority.drop(bind, checkfirst=True)
    ENUM(name="axis").drop(bind, checkfirst=True)
    ENUM(name="axis").drop(bind)
