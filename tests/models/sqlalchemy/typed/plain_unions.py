"""Unions written with a bar where the file does not postpone its annotations."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Final, Literal

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

LONGEST: Final = 64
SCHEMA: str | None = None


class Base(DeclarativeBase):
    __table_args__ = {"schema": SCHEMA, "comment": "by the base"}


class Node(Base):
    __tablename__ = "nodes"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(LONGEST))
    kind: Mapped[Literal["leaf", "branch"] | None]
    other: Mapped[None | uuid.UUID]
    tags: Mapped[Sequence[str]] = mapped_column(ARRAY(String(LONGEST // 2)), default=list)
    at: Mapped[datetime.datetime] = mapped_column(
        TIMESTAMP(timezone=True, precision=6), server_default=func.clock_timestamp()
    )
    children: Mapped[list["Node"]] = relationship()


class Edge(Base):
    __tablename__ = "edges"
    __table_args__ = (
        UniqueConstraint("source", "target", name=f"uq_{__tablename__}"),
        {"comment": "its own"},
    )

    source: Mapped[int] = mapped_column(ForeignKey(Node.id), primary_key=True)
    target: Mapped[int] = mapped_column(ForeignKey(Node.id), primary_key=True)
    weight: Mapped[float | int] = mapped_column(BigInteger, server_default="1")
