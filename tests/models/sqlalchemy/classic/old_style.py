"""Imports and spellings of older code."""

import sqlalchemy
import sqlalchemy.dialects.postgresql as postgres
import sqlalchemy.sql.sqltypes
from sqlalchemy.ext.declarative import declarative_base, declared_attr
from sqlalchemy.orm import backref, relationship
from sqlalchemy.schema import Column, ForeignKey, Index, UniqueConstraint
from sqlalchemy.types import DateTime, Integer

metadata = sqlalchemy.MetaData()


class ModelBase(object):
    __table_args__ = {"comment": "from the base"}

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "_tbl"

    id = Column(Integer, primary_key=True, autoincrement="auto")


Base = declarative_base(cls=ModelBase, metadata=metadata, name="Base")


class Parent(Base):
    uid = Column(postgres.UUID(as_uuid=True), unique=True, default=lambda: None)
    stamp = Column(DateTime(True), server_default=sqlalchemy.func.now())
    kids = relationship("Kid", backref=backref("parent"), cascade="all, delete-orphan")


class Kid(Base):
    __tablename__ = "kids"
    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        Index(None, "name", unique=True),
        {"extend_existing": True},
    )
    name = Column(sqlalchemy.sql.sqltypes.String(12), nullable=False)
    parent_id = Column(Integer, ForeignKey(column="parent_tbl.id", ondelete="CASCADE"))
