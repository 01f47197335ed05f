"""People and the catalogue"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("card_number", sa.String(20), nullable=False, unique=True),
        sa.Column("full_name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
    )
    op.create_table(
        "staff_members",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("branch_id", sa.Integer(), sa.ForeignKey("branches.id"), nullable=False),
        sa.Column("full_name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_staff_members_branch_id", "staff_members", ["branch_id"])
    op.create_table(
        "publishers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(160), nullable=False, unique=True),
        sa.Column("country", sa.String(2), nullable=True),
    )
    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sort_name", sa.String(160), nullable=False),
        sa.Column("display_name", sa.String(160), nullable=False),
        sa.Column("born", sa.Integer(), nullable=True),
    )
    op.create_table(
        "works",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("first_published", sa.Integer(), nullable=True),
    )
    op.create_table(
        "work_authors",
        sa.Column(
            "work_id", sa.Integer(), sa.ForeignKey("works.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("authors.id"), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index("ix_work_authors_author_id", "work_authors", ["author_id"])
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("work_id", sa.Integer(), sa.ForeignKey("works.id"), nullable=False),
        sa.Column("publisher_id", sa.Integer(), sa.ForeignKey("publishers.id"), nullable=True),
        sa.Column("isbn", sa.String(13), nullable=True, unique=True),
        sa.Column("pages", sa.Integer(), nullable=True),
    )
    op.create_index("ix_editions_work_id", "editions", ["work_id"])
    op.create_index("ix_editions_publisher_id", "editions", ["publisher_id"])


def downgrade():
    op.drop_table("editions")
    op.drop_table("work_authors")
    op.drop_table("works")
    op.drop_table("authors")
    op.drop_table("publishers")
    op.drop_table("staff_members")
    op.drop_table("members")
    op.drop_table("branches")
