"""Inheritance of typed classes, use_existing_column, cascading attributes, single-table columns."""

from typing import Optional

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    declared_attr,
    has_inherited_table,
    mapped_column,
)


class Base(DeclarativeBase):
    pass


class HasIdMixin:
    @declared_attr.cascading
    def id(cls) -> Mapped[int]:
        if has_inherited_table(cls):
            return mapped_column(ForeignKey("person.id"), primary_key=True)
        return mapped_column(primary_key=True)


class Person(HasIdMixin, Base):
    __tablename__ = "person"
    discriminator: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "discriminator"}


class Engineer(Person):
    __tablename__ = "engineer"
    primary_language: Mapped[Optional[str]] = mapped_column(String(20))
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Payment(Base):
    __tablename__ = "payments"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(10))
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "any"}


class Card(Payment):
    number: Mapped[Optional[str]] = mapped_column(String(19))
    reference: Mapped[Optional[str]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "card"}


class Transfer(Payment):
    iban: Mapped[Optional[str]] = mapped_column(String(34), index=True)
    reference: Mapped[Optional[str]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "transfer"}
