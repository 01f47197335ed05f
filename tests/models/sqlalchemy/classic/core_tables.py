"""Tables of SQLAlchemy Core, named again, changed later, and mapped by hand."""

import sqlalchemy as sa
from sqlalchemy import ForeignKey, MetaData, Table
from sqlalchemy.orm import registry

metadata = MetaData()

users = Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50), nullable=False, quote=True),
    sa.Column("Mixed Case", sa.Text),
    sa.Column("order", sa.Integer, nullable=False, server_default="1"),
    sa.UniqueConstraint("name"),
    sa.Index("ix_users_order", "order"),
    comment="Who is there",
)

groups = sa.Table("groups", metadata, sa.Column("id", sa.BigInteger(), primary_key=True))

members = Table(
    "members",
    metadata,
    sa.Column("user_id", ForeignKey(users.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("group_id", ForeignKey("groups.id"), primary_key=True),
)
sa.Index("ix_members_group", members.c.group_id)
sa.Index("ix_members_both", metadata.tables["members"].c.group_id, members.c["user_id"].desc())

Table("users", metadata, sa.Column("age", sa.SmallInteger), extend_existing=True)
groups.append_column(sa.Column("title", sa.Unicode(80), unique=True))
assert Table("groups", metadata) is groups

archive = Table(
    "archive",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("body", sa.LargeBinary),
    postgresql_partition_by="RANGE (day)",
)

mapper_registry = registry(metadata=metadata)


class User:
    pass


mapper_registry.map_imperatively(User, users)
