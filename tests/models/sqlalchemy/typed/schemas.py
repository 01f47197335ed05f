"""Schemas of tables, of the metadata and of enumerations; foreign keys that cross them."""

import enum
from typing import Optional

from sqlalchemy import (
    BLANK_SCHEMA,
    Column,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Sequence,
    String,
    Table,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Kind(enum.Enum):
    new = 1
    old = 2


class Base(DeclarativeBase):
    metadata = MetaData(schema="main")


class Inside(Base):
    __tablename__ = "inside"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Optional[Kind]]
    chosen: Mapped[Kind] = mapped_column(Enum(Kind, name="chosen_kind", schema="kinds"))
    same: Mapped[Kind] = mapped_column(Enum(Kind, name="same_kind", inherit_schema=True))
    owned: Mapped[Kind] = mapped_column(Enum(Kind, name="owned_kind", metadata=Base.metadata))


class Outside(Base):
    __tablename__ = "outside"
    __table_args__ = {"schema": "far"}
    id: Mapped[int] = mapped_column(primary_key=True)
    inside_id: Mapped[int] = mapped_column(ForeignKey("inside.id"), index=True)
    named_id: Mapped[Optional[int]] = mapped_column(ForeignKey("main.inside.id"))
    own_id: Mapped[Optional[int]] = mapped_column(ForeignKey("far.outside.id"))
    same: Mapped[Kind] = mapped_column(Enum(Kind, name="same_kind", inherit_schema=True))


class Blank(Base):
    __tablename__ = "blank"
    __table_args__ = {"schema": BLANK_SCHEMA}
    id: Mapped[int] = mapped_column(primary_key=True)
    outside_id: Mapped[int] = mapped_column(ForeignKey(Outside.id))


numbers = Sequence("numbers", metadata=Base.metadata)
plain = Table(
    "plain",
    Base.metadata,
    Column("id", Integer, Sequence("plain_ids", metadata=Base.metadata), primary_key=True),
    Column("number", Integer, server_default=numbers.next_value()),
    Column("blank_id", ForeignKey(Blank.id)),
    Column("text", String),
)
