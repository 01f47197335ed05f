"""Several bases and metadata objects, registries and decorators."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.orm import as_declarative, declarative_base, registry

First = declarative_base(metadata=MetaData(schema="one"))
Second = declarative_base()
reg = registry(metadata=MetaData(schema="two"))


class A(First):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)


class B(First):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    a_id = Column(ForeignKey("a.id"))
    by_name = Column(ForeignKey("one.a.id"))


class C(Second):
    __tablename__ = "a"
    id = Column(String(3), primary_key=True)


@reg.mapped
class D:
    __tablename__ = "d"
    id = Column(Integer, primary_key=True)
    name = Column(String)


Generated = reg.generate_base()


class E(Generated):
    __tablename__ = "e"
    d_id = Column(ForeignKey(D.id), primary_key=True)


@as_declarative(metadata=MetaData())
class Third:
    id = Column(Integer, primary_key=True)


class F(Third):
    __tablename__ = "f"
    __table_args__ = {"schema": "three"}


class G(Second):
    __table__ = Table(
        "g",
        Second.metadata,
        Column("id", Integer, primary_key=True),
        Column("c_id", ForeignKey("a.id")),
    )
    renamed = __table__.c.c_id
