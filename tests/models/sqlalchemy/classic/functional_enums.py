"""Enumerations made by calls, with methods, from tuples, and CHECKs over them."""

from enum import Enum as PyEnum
from enum import IntEnum, auto, unique

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
Size = PyEnum("Size", ["small", "large"])
Mark = PyEnum("Mark", {"good": "+", "bad": "-"})
NAMES = tuple(member.name for member in Size)


@unique
class Step(IntEnum):
    first = auto()
    second = auto()

    @property
    def label(self):
        return self.name.title()


def enum_column(kind, **options):
    """A column of the enumeration's values, checked by the database."""
    values = [str(member.value) for member in kind]
    name = options.pop("name", f"ck_{kind.__name__.lower()}")
    return sa.Column(
        sa.Enum(*values, native_enum=False, create_constraint=True, name=name), **options
    )


class Graded:
    @declared_attr
    def mark(cls):
        return enum_column(Mark, name=f"ck_{cls.__tablename__}_mark", nullable=False)


class Shirt(Graded, Base):
    __tablename__ = "shirts"
    id = sa.Column(sa.Integer, primary_key=True)
    size = sa.Column(sa.Enum(Size), server_default=Size.small.name)
    old_size = sa.Column(sa.Enum(*NAMES, name="old_size"))
    step = sa.Column(sa.Enum(Step, native_enum=False, length=30))
    listed = sa.Column(sa.Enum(*(f"v{n}" for n in range(3)), name="listed"))
