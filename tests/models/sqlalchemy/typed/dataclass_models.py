"""MappedAsDataclass and the decorator, with dataclass options that are no columns' concern."""

import datetime
from typing import List, Optional

from sqlalchemy import ForeignKey, String, func
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    mapped_column,
    registry,
    relationship,
)

reg = registry()


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    pass


class Stamped(MappedAsDataclass, init=False):
    stamped_at: Mapped[datetime.datetime] = mapped_column(init=False, insert_default=func.now())


class Team(Stamped, Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(String(30), default="none")
    size: Mapped[Optional[int]] = mapped_column(default=None, repr=False)
    players: Mapped[List["Player"]] = relationship(default_factory=list)


class Player(Base):
    __tablename__ = "players"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    team_id: Mapped[Optional[int]] = mapped_column(ForeignKey("teams.id"), default=None)
    score: Mapped[float] = mapped_column(server_default="1.5", default=2.5, kw_only=True)


@reg.mapped_as_dataclass
class Loose:
    __tablename__ = "loose"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    label: Mapped[Optional[str]] = mapped_column(default=None)
