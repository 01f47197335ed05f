"""Columns and constraints that are added after a class or table was made."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Thing(Base):
    __tablename__ = "things"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


Thing.size = mapped_column(Integer, nullable=False)
setattr(Thing, "weight", Column("how_heavy", Integer))
Thing.__table__.append_column(Column("extra", String(3)))
Thing.__table__.append_constraint(UniqueConstraint("name", "size"))
CheckConstraint(Thing.__table__.c.size > 3, name="big")
UniqueConstraint(Thing.__table__.c.name, Thing.__table__.c["how_heavy"], name="both")
Index("ix_extra", Thing.__table__.columns.extra)
