"""Tables with options of PostgreSQL: partitions, inheritance, storage, unlogged ones."""

from sqlalchemy import Column, Date, Integer, MetaData, Table, text
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"
    __table_args__ = {"postgresql_partition_by": "RANGE (day)", "comment": "by day"}
    id = Column(Integer, primary_key=True, autoincrement=False)
    day = Column(Date, primary_key=True, server_default=text("CURRENT_DATE"))


class Volatile(Base):
    __tablename__ = "volatile"
    __table_args__ = {"prefixes": ["UNLOGGED"], "info": {"a": 1}, "mysql_engine": "InnoDB"}
    id = Column(Integer, primary_key=True)


class Left(Base):
    __tablename__ = "left_side"
    id = Column(Integer, primary_key=True, info={"x": 1}, doc="a key")
    n = Column(Integer, index=False, unique=False, nullable=True, comment=None)


apart = MetaData()
child = Table(
    "child",
    apart,
    Column("id", Integer, primary_key=True),
    Column("more", Integer),
    postgresql_inherits="bystander",
)
