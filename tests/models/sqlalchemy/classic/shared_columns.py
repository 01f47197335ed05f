"""Enumerations and tables shared across classes, mixins with constraints, multiple mixins."""

from sqlalchemy import CheckConstraint, Column, Enum, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
STATES = ("new", "done")
state_type = Enum(*STATES, name="state")


class Stateful:
    state = Column(state_type, nullable=False, server_default=STATES[0])


class Coded:
    code = Column(String(5), nullable=False)

    @declared_attr
    def __table_args__(cls):
        return (UniqueConstraint("code", name=f"uq_{cls.__tablename__}_code"),)


class Countable:
    @declared_attr
    def amount(cls):
        return Column(Integer, CheckConstraint("amount >= 0", name=f"ck_{cls.__name__.lower()}"))


class Linked:
    @declared_attr
    def parent_id(cls):
        return Column(Integer, ForeignKey(f"{cls.__tablename__}.id", name="fk_up"))


class First(Stateful, Coded, Base):
    __tablename__ = "first"
    id = Column(Integer, primary_key=True)


class Second(Coded, Countable, Linked, Stateful, Base):
    __tablename__ = "second"
    id = Column(Integer, primary_key=True)

    @declared_attr
    def __table_args__(cls):
        return (UniqueConstraint("code", "state", name="uq_both"),)


class Third(First):
    __tablename__ = "third"
    __table_args__ = {"comment": "without the constraint of its parent"}
    id = Column(ForeignKey("first.id", ondelete="CASCADE"), primary_key=True)
    depth = Column(Integer)
