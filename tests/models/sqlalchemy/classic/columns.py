"""Declarative columns of SQLAlchemy 1.x, with other names, keys, defaults and comments."""

from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, Integer, Numeric, String, Text, func, text
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)
    email = Column("email_address", String(255), nullable=False, unique=True)
    display_name = Column(String)
    is_active = Column(Boolean, nullable=False, server_default=text("true"))
    balance = Column(Numeric(12, 2), nullable=False, server_default="0")
    notes = Column(Text, comment="what the team knows, it's free text")
    created_at = Column(DateTime(timezone=True), server_default=func.now(), nullable=False)
    updated_at = Column(DateTime, default=datetime.utcnow, onupdate=datetime.utcnow)
    kind = Column(String(10), server_default="it's", key="customer_kind")
    size = Column(Integer, server_default=text("(1 + 2)"), index=True)
    code = Column(String(8), index=True, unique=True)

    orders = relationship("Order", back_populates="customer")

    def __repr__(self):
        return f"<Customer {self.id}>"


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = {"comment": "What customers bought"}

    id = Column(Integer, primary_key=True, autoincrement=True)
    total = Column(Numeric)

    @property
    def customer(self):
        return None
