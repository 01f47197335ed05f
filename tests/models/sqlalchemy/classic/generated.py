"""Identities, computed columns, sequences, and server defaults of every kind."""

from sqlalchemy import (
    Column,
    Computed,
    DateTime,
    FetchedValue,
    ForeignKey,
    Identity,
    Integer,
    Sequence,
    String,
    func,
    literal,
    text,
)
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql.expression import false, true
from sqlalchemy.types import BigInteger, Boolean, SmallInteger

Base = declarative_base()
order_numbers = Sequence("order_numbers", start=1000, increment=5, metadata=Base.metadata)


class Order(Base):
    __tablename__ = "orders"
    id = Column(BigInteger, Identity(always=True, start=10, cycle=True), primary_key=True)
    number = Column(Integer, order_numbers, server_default=order_numbers.next_value())
    price = Column(Integer, nullable=False)
    doubled = Column(Integer, Computed("price * 2"))
    label = Column(String, Computed("'n' || number::text", persisted=True))
    created = Column(DateTime(timezone=True), server_default=func.current_timestamp())
    day = Column(DateTime, server_default=func.date_trunc("day", func.now()))
    later = Column(DateTime, server_default=text("now() + interval '1 day'"))
    by_trigger = Column(Integer, FetchedValue())
    fetched = Column(Integer, server_default=FetchedValue())
    on = Column(Boolean, server_default=true())
    off = Column(Boolean, server_default=false(), nullable=False)
    quoted = Column(String, server_default=text("'x'::character varying"))
    literal = Column(Integer, server_default=literal(5))
    cycle = Column(Integer, Identity(minvalue=1, maxvalue=9, cache=3, increment=2))


class Small(Base):
    __tablename__ = "small"
    id = Column(SmallInteger, primary_key=True)


class Counted(Base):
    __tablename__ = "counted"
    id = Column(Integer, Sequence("counted_ids", schema="kinds"), primary_key=True)


class Optional(Base):
    __tablename__ = "optional"
    id = Column(Integer, Sequence("never_made", optional=True), primary_key=True)


class Text(Base):
    __tablename__ = "text_key"
    id = Column(String(5), primary_key=True)
    order_id = Column(ForeignKey("orders.id"))


class Given(Base):
    __tablename__ = "given"
    id = Column(Integer, primary_key=True, autoincrement=False)


class Defaulted(Base):
    __tablename__ = "defaulted"
    id = Column(Integer, primary_key=True, default=lambda: 7)


class Served(Base):
    __tablename__ = "served"
    id = Column(Integer, primary_key=True, server_default=text("7"))


class Two(Base):
    __tablename__ = "two_keys"
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)


class Numbered(Base):
    __tablename__ = "one_of_two"
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True, autoincrement=True)
