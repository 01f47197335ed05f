"""type_annotation_map: plain types, Annotated, NewType, enumerations, Literal, generic aliases."""

import datetime
import enum
from decimal import Decimal
from typing import Annotated, Any, Dict, List, Literal, NewType, Optional

from sqlalchemy import ARRAY, JSON, BigInteger, Enum, Numeric, String, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

str30 = Annotated[str, 30]
str50 = Annotated[str, 50]
money = Annotated[Decimal, "money"]
UserId = NewType("UserId", int)


class Plain(enum.Enum):
    a = "A"
    bb = "BB"


class Valued(str, enum.Enum):
    one = "1st"
    two = "2nd"


class Base(DeclarativeBase):
    registry = registry(
        type_annotation_map={
            int: BigInteger(),
            datetime.datetime: TIMESTAMP(timezone=True),
            str30: String(30),
            str50: String(50),
            money: Numeric(12, 4),
            UserId: BigInteger,
            Dict[str, Any]: JSON,
            List[str]: ARRAY(String),
            enum.Enum: Enum(enum.Enum, native_enum=False, length=12),
            Valued: Enum(Valued, name="valued", values_callable=lambda e: [m.value for m in e]),
        }
    )


class Mixed(Base):
    __tablename__ = "mixed"
    id: Mapped[UserId] = mapped_column(primary_key=True)
    count: Mapped[int]
    small: Mapped[Optional[int]]
    moment: Mapped[datetime.datetime]
    a: Mapped[str30]
    b: Mapped[Optional[str50]]
    c: Mapped[str]
    price: Mapped[money]
    data: Mapped[Dict[str, Any]]
    words: Mapped[List[str]]
    plain: Mapped[Plain]
    valued: Mapped[Optional[Valued]]
    literal: Mapped[Literal["x", "yyy"]]


class Second(DeclarativeBase):
    pass


class Defaults(Second):
    __tablename__ = "defaults"
    id: Mapped[int] = mapped_column(primary_key=True)
    plain: Mapped[Plain]
    valued: Mapped[Optional[Valued]]
    literal: Mapped[Optional[Literal["on", "off"]]]
