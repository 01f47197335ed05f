from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table

from . import base
from .people import people

orders = Table(
    "orders",
    base.metadata,
    base.key("number"),
    Column("person", ForeignKey(people.c.id, name="fk_person"), nullable=False),
    Column("amount", Integer, server_default="1"),
    CheckConstraint("amount > 0", name="some"),
)
Index("ix_orders_amount", orders.c.amount.desc(), unique=True, postgresql_where=orders.c.amount > 5)
