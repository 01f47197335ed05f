"""Classes over tables of Core, association tables of a typed base, aliases of modules."""

from __future__ import annotations

import sqlalchemy as sa
import sqlalchemy.orm as orm
from sqlalchemy import schema as ddl


class Base(orm.DeclarativeBase):
    pass


tags_of_notes = sa.Table(
    "tags_of_notes",
    Base.metadata,
    sa.Column("note_id", sa.ForeignKey("notes.id"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True),
    ddl.CheckConstraint("note_id <> tag_id", name="different"),
)


class Note(Base):
    __tablename__ = "notes"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    tags: orm.Mapped[set[Tag]] = orm.relationship(secondary=tags_of_notes)


class Tag(Base):
    __table__ = sa.Table(
        "tags",
        Base.metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("label", sa.String(12), key="text"),
        sa.UniqueConstraint("text", name="uq_label"),
    )
    text: orm.Mapped[str]


class View:
    """Not mapped: it has no base."""

    id = sa.Column(sa.Integer)


sa.Index("ix_tags_label", Tag.__table__.c.text, unique=False)
sa.Index("ix_notes_id", Note.id.desc())
