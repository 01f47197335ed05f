"""Enumerations: classes, values_callable, texts, native or not, shared, in schemas, in arrays."""

import enum

from sqlalchemy import ARRAY, Column, Enum, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.orm import declarative_base

metadata = MetaData()
Base = declarative_base(metadata=metadata)


class Color(enum.Enum):
    RED = "red"
    GREEN = "green"
    CRIMSON = "red"


class Level(str, enum.Enum):
    low = "low level"
    high = "high level"

    @classmethod
    def labels(cls):
        return [member.value for member in cls]

    def describe(self):
        return self.value


class Number(enum.IntEnum):
    ONE = enum.auto()
    TWO = enum.auto()


Shape = enum.Enum("Shape", "round square")
shared = Enum("x", "y", name="shared_kind")
owned = Enum("on", "off", name="owned_kind", metadata=metadata, schema="kinds")
post_state = ENUM("draft", "live", name="post_state", create_type=True)
unused = Enum("never", name="unused_kind", metadata=metadata)


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    color = Column(Enum(Color), nullable=False, server_default="RED")
    level = Column(Enum(Level, values_callable=lambda kind: [m.value for m in kind]))
    named = Column(Enum(Level, name="level_names", values_callable=lambda x: x.labels()))
    number = Column(Enum(Number, name="numbers"))
    shape = Column(Enum(Shape))
    plain = Column(Enum("a", "b'c", name="plain_kind", schema="kinds"))
    one = Column(shared)
    other = Column(shared, server_default="x")
    power = Column(owned)
    state = Column(post_state, default=Level.low)
    text = Column(Enum(Color, native_enum=False))
    checked = Column(Enum(Level, native_enum=False, create_constraint=True, name="checked"))
    unnamed = Column(Enum("p", "qq", native_enum=False, create_constraint=True, length=20))
    many = Column(ARRAY(Enum(Color)))
    default_of_class = Column(String(20), server_default=Level.high.value)


class Comment(Base):
    __tablename__ = "comments"
    id = Column(Integer, primary_key=True)
    color = Column(Enum(Color))
    one = Column(shared)
