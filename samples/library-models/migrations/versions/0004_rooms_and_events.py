"""Rooms, events and who works when"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("branch_id", sa.Integer(), sa.ForeignKey("branches.id"), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
    )
    op.create_index("ix_rooms_branch_id", "rooms", ["branch_id"])
    op.create_table(
        "room_bookings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("room_id", sa.Integer(), sa.ForeignKey("rooms.id"), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_room_bookings_room_id", "room_bookings", ["room_id"])
    op.create_index("ix_room_bookings_member_id", "room_bookings", ["member_id"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("room_id", sa.Integer(), sa.ForeignKey("rooms.id"), nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_events_room_id", "events", ["room_id"])
    op.create_table(
        "event_signups",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "event_id", sa.Integer(), sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column(
            "signed_up_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )
    op.create_index("ix_event_signups_event_id", "event_signups", ["event_id"])
    op.create_index("ix_event_signups_member_id", "event_signups", ["member_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_notices_member_id", "notices", ["member_id"])
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "staff_member_id", sa.Integer(), sa.ForeignKey("staff_members.id"), nullable=False
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_shifts_staff_member_id", "shifts", ["staff_member_id"])
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "staff_member_id", sa.Integer(), sa.ForeignKey("staff_members.id"), nullable=True
        ),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column(
            "happened_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    )
    op.create_index("ix_audit_entries_staff_member_id", "audit_entries", ["staff_member_id"])


def downgrade():
    op.drop_table("audit_entries")
    op.drop_table("shifts")
    op.drop_table("notices")
    op.drop_table("event_signups")
    op.drop_table("events")
    op.drop_table("room_bookings")
    op.drop_table("rooms")
