"""Mixins of annotated columns, sort_order, declared_attr with return types, generic bases."""

import datetime
from typing import Any, Generic, Optional, TypeVar

from sqlalchemy import ForeignKey, MetaData, String, func, text
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    declarative_mixin,
    declared_attr,
    mapped_column,
    relationship,
)

T = TypeVar("T")


class Base(AsyncAttrs, DeclarativeBase):
    __abstract__ = True
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower()

    def to_dict(self) -> dict:
        return {}


class HasId:
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


@declarative_mixin
class Audited:
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now(), sort_order=99)
    changed_at: Mapped[Optional[datetime.datetime]] = mapped_column(onupdate=func.now())
    note: Mapped[Optional[str]]


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[Optional[int]]:
        return mapped_column(ForeignKey("owner.id"), index=True)

    @declared_attr
    def label(cls) -> Mapped[str]:
        return mapped_column(String(11), server_default=text(f"'{cls.__name__}'"))

    @declared_attr
    def guessed(cls) -> Mapped[Optional[int]]:
        return mapped_column()

    @declared_attr
    def owner(cls) -> Mapped["Owner"]:
        return relationship("Owner")


class Repository(Generic[T]):
    kind: Any


class Owner(HasId, Audited, Base):
    name: Mapped[str] = mapped_column(unique=True)


class Pet(HasId, Owned, Audited, Base):
    note: Mapped[str] = mapped_column(String(4))


class Toy(Owned, HasId, Base):
    __tablename__ = "toys"
    guessed = mapped_column(String(1))
    cost: Mapped[Optional[int]] = None
