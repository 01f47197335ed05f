"""Mapped annotations: optional ones, unions, Annotated types with columns inside, plain ones."""

import datetime
import decimal
import uuid
from typing import Annotated, ClassVar, Optional, Union

from sqlalchemy import ForeignKey, Numeric, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

intpk = Annotated[int, mapped_column(primary_key=True)]
text50 = Annotated[str, mapped_column(String(50))]
needed = Annotated[str, mapped_column(String(20), nullable=False, index=True, comment="needed")]
user_fk = Annotated[int, mapped_column(ForeignKey("users.id", ondelete="CASCADE"))]
created = Annotated[datetime.datetime, mapped_column(server_default=func.now())]
maybe = Optional[Annotated[str, mapped_column(String(7))]]


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    limit: ClassVar[int] = 5
    id: Mapped[intpk]
    name: Mapped[text50]
    nick: Mapped[Optional[text50]]
    other: Mapped[text50] = mapped_column(nullable=True, unique=True)
    must: Mapped[Optional[needed]]
    short: Mapped[maybe]
    age: Mapped[int]
    height: Mapped[Optional[float]]
    weight: Mapped[Union[float, None]]
    union: Mapped[Union[None, str]] = mapped_column(String(3))
    price: Mapped[decimal.Decimal]
    exact: Mapped[decimal.Decimal] = mapped_column(Numeric(10, 2))
    born: Mapped[datetime.date]
    woke: Mapped[Optional[datetime.time]]
    lasted: Mapped[datetime.timedelta]
    token: Mapped[uuid.UUID]
    blob: Mapped[bytes]
    flag: Mapped[bool]
    created_at: Mapped[created]
    renamed: Mapped[str] = mapped_column("other_name")
    untyped = mapped_column(String(9))
    forced: Mapped[str] = mapped_column(nullable=True)
    boss_id: Mapped[Optional[user_fk]]
    dull: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"), nullable=False)
    boss: Mapped[Optional["User"]] = relationship(
        remote_side="User.id", foreign_keys="User.boss_id"
    )
