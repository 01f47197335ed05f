"""Types of SQLAlchemy 2: Uuid, Double, multiranges, domains, REGCONFIG and CITEXT."""

import uuid
from typing import Any, Optional

from sqlalchemy import CHAR, Double, ForeignKey, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import (
    ARRAY,
    CITEXT,
    DATEMULTIRANGE,
    DOMAIN,
    ENUM,
    INT4MULTIRANGE,
    INT4RANGE,
    JSON,
    JSONPATH,
    REGCONFIG,
    TSMULTIRANGE,
    TSQUERY,
    Range,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


positive = DOMAIN("positive", Integer(), check="VALUE > 0", not_null=True)
postcode = DOMAIN(
    "postcode", Text, constraint_name="postcode_shape", check=r"VALUE ~ '^\d{5}$'", default="00000"
)
mood = ENUM("sad", "ok", "happy", name="mood")


class Modern(Base):
    __tablename__ = "modern"

    id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, server_default=text("gen_random_uuid()")
    )
    kept_as_text: Mapped[uuid.UUID] = mapped_column(Uuid(native_uuid=False))
    as_text: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    double: Mapped[float] = mapped_column(Double)
    precise: Mapped[float] = mapped_column(Double(53))
    email: Mapped[str] = mapped_column(CITEXT(), unique=True)
    amount: Mapped[int] = mapped_column(positive)
    code: Mapped[Optional[str]] = mapped_column(postcode)
    more_code: Mapped[Optional[str]] = mapped_column(postcode)
    moods: Mapped[Optional[list[str]]] = mapped_column(ARRAY(mood))
    mood: Mapped[str] = mapped_column(mood, server_default="ok")
    ranges: Mapped[Optional[Any]] = mapped_column(INT4MULTIRANGE)
    days: Mapped[Optional[Any]] = mapped_column(DATEMULTIRANGE())
    moments: Mapped[Optional[Any]] = mapped_column(TSMULTIRANGE)
    numbers: Mapped[Range[int]] = mapped_column(INT4RANGE)
    json: Mapped[Optional[dict]] = mapped_column(JSON)
    path: Mapped[Optional[str]] = mapped_column(JSONPATH)
    query: Mapped[Optional[str]] = mapped_column(TSQUERY)
    config: Mapped[Optional[str]] = mapped_column(REGCONFIG)
    fixed: Mapped[str] = mapped_column(CHAR(2), server_default="de")
    parent_id: Mapped[Optional[uuid.UUID]] = mapped_column(ForeignKey("modern.id"))
