"""Names that need quotes: reserved words, mixed case, spaces, digits."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import quoted_name

Base = declarative_base()


class Order(Base):
    __tablename__ = "order"
    __table_args__ = {"schema": "Sales Data"}
    id = Column("ID", Integer, primary_key=True)
    user = Column(String(5), unique=True)
    select = Column("select", Integer, index=True)
    two_words = Column("two words", Integer)


class Item(Base):
    __tablename__ = "OrderItem"
    id = Column(Integer, primary_key=True)
    order_id = Column("orderId", ForeignKey("Sales Data.order.ID"), nullable=False)
    digit = Column("2nd", Integer)
    lower = Column(quoted_name("plain", True), Integer)
    quote = Column('with"quote', Integer)
    __table_args__ = (Index("Ix_Mixed", "orderId", "2nd"),)
