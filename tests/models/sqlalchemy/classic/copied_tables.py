"""Tables copied to another metadata, and metadata with every argument."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

source = MetaData(naming_convention={"uq": "uq_%(table_name)s"})
target = MetaData(schema="copies")

origin = Table(
    "origin",
    source,
    Column("id", Integer, primary_key=True),
    Column("name", String(5), unique=True),
    Column("self_id", ForeignKey("origin.id")),
)
kept = Table("kept", source, Column("id", Integer, primary_key=True))
kept = Table("kept", source, Column("never", Integer), keep_existing=True)
copied = Table("copied", target, Column("id", Integer, primary_key=True))
linked = Table(
    "linked",
    target,
    Column("copied_id", ForeignKey("copied.id"), primary_key=True),
    Column("explicit", ForeignKey("copies.copied.id")),
)
