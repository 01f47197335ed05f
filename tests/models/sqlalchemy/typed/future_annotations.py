"""Annotations that are texts, with names of classes that come later."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING, Any, List

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, WriteOnlyMapped, mapped_column, relationship

if TYPE_CHECKING:
    pass


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSONB, str: String(200)}


class Status(enum.Enum):
    open = 1
    shut = 2


class Account(Base):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    short: Mapped[str | None] = mapped_column(String(5))
    status: Mapped[Status] = mapped_column(default=Status.open)
    old_status: Mapped[Status | None]
    data: Mapped[dict[str, Any]]
    more: Mapped[dict[str, Any] | None]
    seen: Mapped[datetime | None]
    quoted: Mapped["int | None"]
    entries: Mapped[List[Entry]] = relationship(back_populates="account")
    written: WriteOnlyMapped[Entry] = relationship(viewonly=True)


class Entry(Base):
    __tablename__ = "entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    account: Mapped[Account | None] = relationship(back_populates="entries")
