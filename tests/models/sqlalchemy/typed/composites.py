"""composite(), deferred(), column_property(), synonyms and hybrids among the columns."""

import dataclasses
from typing import Optional

from sqlalchemy import Column, Integer, String, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    composite,
    deferred,
    mapped_column,
    synonym,
    validates,
)


class Base(DeclarativeBase):
    pass


@dataclasses.dataclass
class Point:
    x: int
    y: Optional[int]


class Vertex(Base):
    __tablename__ = "vertices"

    id: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[Point] = composite(mapped_column("x1"), mapped_column("y1"))
    end: Mapped[Point] = composite(Point, mapped_column("x2", Integer), mapped_column("y2"))
    big: Mapped[str] = deferred(mapped_column(String(900)))
    old = deferred(Column("old_text", String))
    first = column_property(Column("first_name", String(30), nullable=False))
    later: Mapped[str] = mapped_column(deferred=True, deferred_group="g")
    upper: Mapped[str] = column_property(func.upper(first))
    also = synonym("big")

    @hybrid_property
    def both(self) -> str:
        return self.big + self.later

    @validates("big")
    def check(self, key, value):
        return value
