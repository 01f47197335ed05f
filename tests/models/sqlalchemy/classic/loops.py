"""Columns from helper functions, loops, dictionaries, stars and conditions."""

from typing import TYPE_CHECKING

from sqlalchemy import *
from sqlalchemy.orm import *

if TYPE_CHECKING:
    pass

try:
    from sqlalchemy.dialects.postgresql import JSONB as Json
except ImportError:
    Json = JSON

Base = declarative_base()
DEBUG = False
LENGTHS = {"first": 10, "second": 20}
COMMON = dict(nullable=False, server_default="")


def id_column(kind=Integer):
    return Column(kind, primary_key=True)


def reference(target, *, optional=False):
    """A foreign key with an index."""
    options = {"index": True}
    if optional:
        options["nullable"] = True
    else:
        options["nullable"] = False
    return Column(ForeignKey(f"{target}.id", ondelete="CASCADE"), **options)


def with_names(prefix, *names):
    return [Column(prefix + name, String(LENGTHS.get(name, 5))) for name in names]


class Parent(Base):
    __tablename__ = "parents"
    id = id_column()
    for name, length in LENGTHS.items():
        locals()[name] = Column(String(length))
    if DEBUG:
        debug = Column(Text)
    else:
        release = Column(Text)
    data = Column(Json)


class Child(Base):
    __tablename__ = "children"
    id = id_column(BigInteger)
    parent_id = reference("parents")
    other_id = reference("parents", optional=True)
    title = Column(String(9), **COMMON)
    __table_args__ = tuple(Index(f"ix_children_{n}", n) for n in ("id", "title"))


setattr(Child, "late", Column(Integer))
Child.later = Column("even_later", String(3))

table = Table(
    "made",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    *with_names("x_", "first", "third"),
)
for kind in ("a", "b"):
    Table(
        f"of_kind_{kind}",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        *[Column(f"{kind}_{n}", Integer) for n in range(3)],
    )
