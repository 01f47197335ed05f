"""Copies, loans, fines"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "copies",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("branch_id", sa.Integer(), sa.ForeignKey("branches.id"), nullable=False),
        sa.Column("barcode", sa.String(20), nullable=False, unique=True),
        sa.Column("acquired_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_copies_edition_id", "copies", ["edition_id"])
    op.create_index("ix_copies_branch_id", "copies", ["branch_id"])
    op.create_table(
        "loans",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("copy_id", sa.Integer(), sa.ForeignKey("copies.id"), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column(
            "lent_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_loans_copy_id", "loans", ["copy_id"])
    op.create_index("ix_loans_member_id", "loans", ["member_id"])
    op.create_table(
        "reservations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("work_id", sa.Integer(), sa.ForeignKey("works.id"), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column(
            "placed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("fulfilled_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_reservations_work_id", "reservations", ["work_id"])
    op.create_index("ix_reservations_member_id", "reservations", ["member_id"])
    op.create_table(
        "fines",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("loan_id", sa.Integer(), sa.ForeignKey("loans.id"), nullable=False),
        sa.Column("amount", sa.Numeric(8, 2), nullable=False),
        sa.Column(
            "raised_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )
    op.create_index("ix_fines_loan_id", "fines", ["loan_id"])
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("fine_id", sa.Integer(), sa.ForeignKey("fines.id"), nullable=False),
        sa.Column("amount", sa.Numeric(8, 2), nullable=False),
        sa.Column(
            "paid_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )
    op.create_index("ix_payments_fine_id", "payments", ["fine_id"])


def downgrade():
    op.drop_table("payments")
    op.drop_table("fines")
    op.drop_table("reservations")
    op.drop_table("loans")
    op.drop_table("copies")
